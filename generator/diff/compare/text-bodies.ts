import type { MediaType } from "../../model/model.js";
import { tokensOf, type JsonPointer } from "../../source/pointer.js";
import type { Pair } from "../change.js";
import { nameToken, patternToken } from "../place.js";
import type { Conjunction } from "../sets/alternative.js";
import type { SchemaSets } from "../sets/schema-set.js";
import type { Context } from "./comparison.js";

/** True for bytes, which are held to no schema. Where a schema leaves no texts, it speaks of what the bytes say: of YAML's objects, CSV's rows. */
export function isBinaryBody(
  { models, schemas }: Context,
  side: keyof Pair<unknown>,
  { kind, schema = "" }: MediaType,
): boolean {
  const named = models[side].schemas.get(schema);
  return (
    kind === "binary" &&
    (!named || schemas.sets[side].of([named.schema]).some(({ type }) => type === "string"))
  );
}

/** Of which places values are sent as their texts, where `type: string` takes what is a number elsewhere: all, or those. */
export type Texts = true | ((path: JsonPointer) => boolean);

/** Which places of a body are texts on both sides: all of one that is, and of a form each part but those of JSON, where there are any; undefined for none. */
export function textsIn(context: Context, both: Pair<MediaType>): Texts | undefined {
  const [base, head] = (["base", "head"] as const).map((side) => jsonPartsIn(context, side, both[side]));
  if (!base || !head) return undefined;
  if (base.size + head.size === 0) return true;
  return (path) => {
    const [part] = tokensOf(path);
    return part !== undefined && !base.has(part) && !head.has(part);
  };
}

/** The tokens of the parts of a form that are no texts; undefined for a body that is neither a text nor a form. */
function jsonPartsIn(
  { models, schemas }: Context,
  side: keyof Pair<unknown>,
  { kind, schema = "", encoding }: MediaType,
): ReadonlySet<string> | undefined {
  if (kind === "text") return new Set();
  const named = models[side].schemas.get(schema);
  if (!named || (kind !== "form" && kind !== "multipart")) return undefined;
  const sets = schemas.sets[side];
  const said = encoding.filter(({ contentType = "" }) => /json/i.test(contentType));
  const parts = sets
    .of([named.schema])
    .flatMap(({ properties, patternProperties, additional }) => [
      ...[...properties].map(([name, each]) => [nameToken(name), each.schemas] as const),
      ...[...patternProperties].map(([pattern, each]) => [patternToken(pattern), each] as const),
      ...(additional.length > 0 ? [["*", additional] as const] : []),
    ]);
  return new Set([
    ...said.map(({ property }) => nameToken(property)),
    ...parts.flatMap(([token, part]) => (isTextOrList(sets, part) ? [] : [token])),
  ]);
}

/** An object, and a list in a list, is JSON where nothing else is said of it (OpenAPI 3.2.0, Encoding Object). */
function isTextOrList(sets: SchemaSets, part: Conjunction): boolean {
  return sets.of(part).every(({ type, items }) => {
    if (type === "array")
      return sets.of(items).every((item) => item.type !== "array" && item.type !== "object");
    return type !== "object";
  });
}
