import { counted, fail, type Check } from "./check.js";
import type { Format, NumberFormat } from "./formats.js";

interface StringRules {
  /** True where other types pass. */
  readonly loose?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly format?: readonly [name: string, is: Format];
}

/** Lengths count Unicode code points (JSON Schema Validation 2020-12, section 6.3). */
export function string(rules: StringRules = {}): Check {
  const { loose = false, minLength = 0, maxLength = Infinity, pattern } = rules;
  const [formatName, hasFormat] = rules.format ?? [];
  const isBounded = minLength > 0 || maxLength < Infinity;
  return (value, faults) => {
    if (typeof value !== "string") return loose || fail(faults, "type", "must be a string");
    let valid = true;
    if (isBounded) {
      const length = lengthOf(value, minLength, maxLength);
      if (length < minLength)
        valid = fail(faults, "minLength", `must have at least ${counted(minLength, "character")}`);
      if (length > maxLength)
        valid = fail(faults, "maxLength", `must have at most ${counted(maxLength, "character")}`);
    }
    if (pattern && !pattern.test(value)) valid = fail(faults, "pattern", `must match ${pattern.source}`);
    if (hasFormat && !hasFormat(value)) valid = fail(faults, "format", `must have the format ${formatName}`);
    return valid;
  };
}

/** Code points, counted where it matters: they are as many as the code units of a text, or half of them, or between. */
function lengthOf(text: string, minimum: number, maximum: number): number {
  const { length } = text;
  const isDecided = length < minimum || (length >= 2 * minimum && length <= maximum);
  return isDecided ? length : [...text].length;
}

interface NumberRules {
  readonly loose?: true;
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly format?: readonly [name: string, is: NumberFormat];
}

export function number(rules: NumberRules = {}): Check {
  const { loose = false, integer = false, minimum = -Infinity, maximum = Infinity } = rules;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = rules;
  const [formatName, hasFormat] = rules.format ?? [];
  return (value, faults) => {
    // JSON has no NaN and no infinity.
    if (typeof value !== "number" || !Number.isFinite(value))
      return loose || fail(faults, "type", "must be a number");
    if (integer && !Number.isInteger(value)) return fail(faults, "type", "must be an integer");
    let valid = true;
    if (value < minimum) valid = fail(faults, "minimum", `must be at least ${minimum}`);
    if (value > maximum) valid = fail(faults, "maximum", `must be at most ${maximum}`);
    if (value <= exclusiveMinimum)
      valid = fail(faults, "exclusiveMinimum", `must be over ${exclusiveMinimum}`);
    if (value >= exclusiveMaximum)
      valid = fail(faults, "exclusiveMaximum", `must be under ${exclusiveMaximum}`);
    if (multipleOf !== undefined && !isMultiple(value, multipleOf))
      valid = fail(faults, "multipleOf", `must be a multiple of ${multipleOf}`);
    if (hasFormat && !hasFormat(value)) valid = fail(faults, "format", `must have the format ${formatName}`);
    return valid;
  };
}

/** 0.3 is a multiple of 0.1 on paper; as binary fractions the quotient is off by what rounding three numbers can bring. */
function isMultiple(value: number, of: number): boolean {
  if (Number.isInteger(of)) return value % of === 0;
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) <= 2 * Number.EPSILON * Math.abs(quotient);
}
