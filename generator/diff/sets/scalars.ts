import { below } from "../../model/reader.js";
import type { LiteralsSchema, NumberSchema, Schema, StringSchema } from "../../model/schema.js";
import {
  everything,
  NO_FACETS,
  opaqueOf,
  SET_TYPES,
  typeOf,
  type Alternative,
  type BoundKeyword,
  type Facets,
} from "./alternative.js";
import { isIntegerFormat } from "./formats.js";

export function ofLiterals({ keyword, values, origin }: Schema & LiteralsSchema): readonly Alternative[] {
  return SET_TYPES.flatMap((type) => {
    const own = values.filter((value) => typeOf(value) === type);
    const isConst = keyword === "const" ? ({ isConst: true } as const) : {};
    return own.length === 0 ? [] : [{ ...everything(type, origin), values: own, ...isConst }];
  });
}

const NUMBER_BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;

export function ofNumber(schema: Schema & NumberSchema): Partial<Alternative> {
  const { integer, multipleOf, format, origin } = schema;
  return {
    facets: {
      ...NO_FACETS,
      bounds: boundsOf(schema, NUMBER_BOUNDS),
      integer: integer || isIntegerFormat(format),
      multipleOf: multipleOf === undefined ? [] : [multipleOf],
    },
    opaque: format === undefined ? new Map() : opaqueOf("format", format, below(origin, "format")),
  };
}

/** Patterns that every text matches: a dot is no line break, so what begins and ends with dots alone leaves some texts out. */
export const MATCHES_ALL = /^(?:\^?(?:\.\*|\(\.\*\))?|(?:\.\*|\(\.\*\))?\$?|\^?\[\\s\\S\]\*\$?)$/;

export function ofString(schema: Schema & StringSchema): Partial<Alternative> {
  const texts = (["pattern", "format"] as const).flatMap((keyword) => {
    const text = schema[keyword];
    return text === undefined || (keyword === "pattern" && MATCHES_ALL.test(text))
      ? []
      : [...opaqueOf(keyword, text, below(schema.origin, keyword))];
  });
  return {
    facets: { ...NO_FACETS, bounds: boundsOf(schema, ["minLength", "maxLength"]) },
    opaque: new Map(texts),
  };
}

export function boundsOf<K extends BoundKeyword>(
  schema: Schema & { readonly [key in K]?: number },
  keywords: readonly K[],
): Facets["bounds"] {
  return new Map(
    keywords.flatMap((keyword) => {
      const value = schema[keyword];
      // A length or a count of at least 0 says nothing.
      if (value === undefined || (value === 0 && /^min[LIP]/.test(keyword))) return [];
      return [[keyword, { value, origin: below(schema.origin, keyword) }] as const];
    }),
  );
}
