import { concreteType } from "./body.js";
import { encodingOf } from "./form.js";
import type { Encodings, ParameterRule, WireShape } from "./operation.js";
import { pairsOf, pairValues } from "./parse-values.js";

/** How the text of each field becomes a value. */
export type FieldShapes = { readonly [property: string]: readonly WireShape[] };
const TEXT: readonly WireShape[] = [{ as: "value", types: ["string"] }];

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
    const { style = "form", explode = style === "form", ...rest } = encodingOf(encoding, name);
    const rule: ParameterRule = { name, argument: name, in: "query", style, explode };
    const isJson = /[/+]json\b/i.test(concreteType(rest.contentType) ?? "");
    const own = isJson ? ([{ as: "json" }] as const) : (ownShapes(shapes, name) ?? TEXT);
    const [value] = pairValues(rule, own, { pairs, named: names });
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(fields);
}

function decode(raw: string): string {
  return decodeURIComponent(raw.replaceAll("+", " "));
}

/** `filter[plan]` belongs to the field `filter`. */
function isMember(name: string, shapes: FieldShapes): boolean {
  return name.endsWith("]") && Object.hasOwn(shapes, name.slice(0, name.indexOf("[")));
}

export function ownShapes(shapes: FieldShapes, name: string): readonly WireShape[] | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}
