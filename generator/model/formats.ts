/**
 * The formats of texts that validators and proofs hold values to (JSON Schema Validation 2020-12, section 7.3; OpenAPI Format Registry).
 * Any other only says what is meant.
 */
export const TEXT_FORMATS = [
  "date",
  "time",
  "date-time",
  "uuid",
  "email",
  "uri",
  "ipv4",
  "ipv6",
  "byte",
  "hostname",
  "duration",
  "uri-reference",
  "uri-template",
  "json-pointer",
  "relative-json-pointer",
  "regex",
] as const;

/** And those of numbers. */
export const NUMBER_FORMATS = ["int32", "int64"] as const;

export type TextFormat = (typeof TEXT_FORMATS)[number];
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

export function isTextFormat(format: string): format is TextFormat {
  return TEXT_FORMATS.some((each) => each === format);
}

export function isNumberFormat(format: string): format is NumberFormat {
  return NUMBER_FORMATS.some((each) => each === format);
}
