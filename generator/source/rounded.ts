/**
 * What a JSON or YAML number becomes where JavaScript holds another value: integers beyond 2^53 are rounded. Fractions always are, and
 * nobody asks for more.
 *
 * @returns the digits of that value; undefined where the number is held as it is written.
 */
export function roundedValue(written: string): string | undefined {
  // Most numbers are short: fifteen digits are always exact.
  if (written.length < 16 || !/^[-+]?\d+$/.test(written)) return undefined;
  const value = Number(written);
  // What JavaScript itself writes for a value is read as that value again.
  if (!Number.isFinite(value) || String(value) === written) return undefined;
  const digits = BigInt(value).toString();
  return digits === BigInt(written.replace("+", "")).toString() ? undefined : digits;
}
