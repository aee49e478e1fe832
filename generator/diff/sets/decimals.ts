/**
 * True where a number is a whole multiple of another, as both are written (Validation 2020-12, section 6.2.1): 0.3 is one of 0.1, though not in
 * binary fractions.
 */
export function isMultipleOf(value: number, step: number): boolean {
  const [one, other] = [decimalOf(value), decimalOf(step)];
  const places = Math.max(one.places, other.places);
  const whole = ({ digits, places: own }: Decimal) => digits * 10n ** BigInt(places - own);
  return whole(other) !== 0n && whole(one) % whole(other) === 0n;
}

/** `digits` divided by ten so many times. */
type Decimal = { readonly digits: bigint; readonly places: number };

/** `1.5e-7` → 15 and 8 places. */
function decimalOf(number: number): Decimal {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? [];
  const places = fraction.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}
