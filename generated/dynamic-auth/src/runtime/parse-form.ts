import { concreteType } from "./body.js";
import { encodingOf } from "./form.js";
import { onlyOne, readAt } from "./misfit.js";
import type { Encodings, ParameterRule, PropertyEncoding, WireShape } from "./operation.js";
import { pairsOf, pairValues, type RawPair } from "./parse-values.js";

/** How the text of each field becomes a value. */
export type FieldShapes = { readonly [property: string]: readonly WireShape[] };

/** Of a field of which nothing is said: it is text, or each of its texts where there are some. The check knows which is meant. */
const OPEN: readonly WireShape[] = [
  { as: "value", types: ["string"] },
  { as: "array", types: ["string"] },
];

/** The fields of `application/x-www-form-urlencoded`, each as a query parameter of its style is read. */
export function formValue(
  { encoding }: { readonly encoding?: Encodings },
  shapes: FieldShapes,
  text: string,
): object {
  const pairs = pairsOf(text, "&");
  const names = new Set([
    ...Object.keys(shapes),
    ...pairs.map(([name]) => decode(name)).filter((name) => !isMember(name, shapes)),
  ]);
  const fields = [...names].flatMap((name): [string, unknown][] => {
    const own = encodingOf(encoding, name);
    const { style = "form", explode = style === "form" } = own;
    const rule: ParameterRule = { name, argument: name, in: "query", style, explode };
    const all = ownShapes(shapes, name) ?? OPEN;
    const [value] = readAt(name, () =>
      isJson(own) ? jsonValues(name, all, pairs) : pairValues(rule, all, { pairs, named: names }),
    );
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(fields);
}

/** A style takes the place of a media type (OpenAPI 3.2.0, Encoding Object). */
function isJson({ contentType, style, explode, allowReserved }: PropertyEncoding): boolean {
  const isStyled = (style ?? explode ?? allowReserved) !== undefined;
  return !isStyled && /[/+]json\b/i.test(concreteType(contentType) ?? "");
}

/** The values of a field that is JSON: each item of a list is, for itself. */
function jsonValues(name: string, shapes: readonly WireShape[], pairs: readonly RawPair[]): unknown[] {
  const values = pairs
    .filter(([key]) => decode(key) === name)
    .map(([, text]): unknown => JSON.parse(decode(text)));
  const isList = shapes !== OPEN && shapes.some(({ as }) => as === "array");
  if (isList && values.length > 0) return [values];
  return values.length > 0 ? [onlyOne(values)] : [];
}

function decode(raw: string): string {
  return decodeURIComponent(raw.replaceAll("+", " "));
}

/** `filter[plan]` belongs to the field `filter`. */
function isMember(name: string, shapes: FieldShapes): boolean {
  const [, field] = /^([^[]*)\[.*\]$/.exec(name) ?? [];
  return field !== undefined && Object.hasOwn(shapes, field);
}

export function ownShapes(shapes: FieldShapes, name: string): readonly WireShape[] | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}
