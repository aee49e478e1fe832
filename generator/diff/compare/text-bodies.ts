import type { MediaType } from "../../model/model.js";
import type { Pair } from "../change.js";
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

/** True for a body that is a text, or a form of which each part is one: there `type: string` takes what is a number elsewhere. */
export function isTextBody({ models, schemas }: Context, both: Pair<MediaType>): boolean {
  return (["base", "head"] as const).every((side) => {
    const { kind, schema = "", encoding } = both[side];
    const named = models[side].schemas.get(schema);
    if (!named || kind === "text") return kind === "text";
    const isForm = kind === "form" || kind === "multipart";
    const isJson = encoding.some(({ contentType = "" }) => /json/i.test(contentType));
    return isForm && !isJson && holdsTexts(schemas.sets[side], [named.schema]);
  });
}

function holdsTexts(sets: SchemaSets, body: Conjunction): boolean {
  return sets.of(body).every(({ type, properties, patternProperties, additional }) => {
    if (type !== "object") return true;
    const parts = [...properties.values()].map((each) => each.schemas);
    const others = additional.length > 0 ? [additional] : [];
    return [...parts, ...others, ...patternProperties.values()].every((part) => isTextOrList(sets, part));
  });
}

/** An object, and a list in a list, is JSON where nothing else is said of it (OpenAPI 3.2.0, Encoding Object). */
function isTextOrList(sets: SchemaSets, part: Conjunction): boolean {
  return sets.of(part).every(({ type, items }) => {
    if (type === "array")
      return sets.of(items).every((item) => item.type !== "array" && item.type !== "object");
    return type !== "object";
  });
}
