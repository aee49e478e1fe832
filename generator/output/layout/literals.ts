/** A string literal in the quotes that need fewer escapes. */
export function stringText(raw: string): string {
  const content = raw.slice(1, -1);
  const quote = preferredQuote(content);
  if (raw.startsWith(quote)) return raw;
  const other = quote === '"' ? "'" : '"';
  const requoted = content.replace(/\\(["'\\])|(["'])/g, (match, escaped?: string, bare?: string) => {
    if (escaped !== undefined) return escaped === other ? other : match;
    return bare === quote ? `\\${quote}` : match;
  });
  return quote + requoted + quote;
}

function preferredQuote(content: string): '"' | "'" {
  if (!content.includes('"')) return '"';
  let double = 0;
  let single = 0;
  for (const character of content) {
    if (character === '"') double++;
    if (character === "'") single++;
  }
  return double > single ? "'" : '"';
}

/** A number without `+` in its exponent and without trailing zeros. */
export function numberText(raw: string): string {
  if (/^\d+$/.test(raw)) return raw;
  return raw
    .toLowerCase()
    .replace(/^([+-]?[\d.]+e)(?:\+|(-))?0*(?=\d)/, "$1$2")
    .replace(/^([+-]?[\d.]+)e[+-]?0+$/, "$1")
    .replace(/^([+-])?\./, "$10.")
    .replace(/(\.\d+?)0+(?=e|$)/, "$1")
    .replace(/\.(?=e|$)/, "");
}
