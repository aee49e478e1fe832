export type OrderLine = { readonly sku: string; readonly count: number };

export function skusOf(lines: readonly OrderLine[]): string[] {
  return lines.flatMap(({ sku, count }) => Array.from({ length: count }, () => sku));
}
