import type { MediaType, PartEncoding } from "../../model/model.js";
import { jsonEquals, objectOf, type JsonValue } from "../../source/json.js";
import type { Change, Pair } from "../change.js";
import type { Conjunction } from "../sets/alternative.js";
import type { SchemaSets } from "../sets/schema-set.js";
import { change, type Common, type Context } from "./comparison.js";

/**
 * Encoding Objects (OpenAPI 3.2.0): how the parts of a form are written. What says the default, as it would be without it, says nothing.
 * Many servers read more than their document says.
 */
export function compareEncodings(context: Context, both: Pair<MediaType>, common: Common): Change[] {
  if (!isEncoded(both.base) && !isEncoded(both.head)) return [];
  const [before, after] = (["base", "head"] as const).map((side) =>
    new Parts(context.schemas.sets[side], both[side]).written(schemaOf(context, both[side], side)),
  );
  if (jsonEquals(before, after)) return [];
  return [change({ ...common, rule: "request-body-encoding-changed", effect: "unknown", before, after })];
}

function isEncoded({ encoding, prefixEncoding, itemEncoding }: MediaType): boolean {
  return encoding.length + prefixEncoding.length > 0 || itemEncoding !== undefined;
}

function schemaOf({ models }: Context, { schema }: MediaType, side: keyof Pair<unknown>): Conjunction {
  const named = models[side].schemas.get(schema ?? "");
  return named ? [named.schema] : [];
}

/** The parts of one body. */
class Parts {
  private readonly sets: SchemaSets;
  private readonly media: MediaType;

  constructor(sets: SchemaSets, media: MediaType) {
    this.sets = sets;
    this.media = media;
  }

  /** What is said of each part that is not written by default: by its name, or by its position. */
  written(body: Conjunction): JsonValue {
    const { encoding, prefixEncoding, itemEncoding } = this.media;
    const object = this.sets.of(body).find(({ type }) => type === "object");
    const named = encoding.map(
      ({ property, ...part }) =>
        [property, this.part(part, object?.properties.get(property)?.schemas)] as const,
    );
    const placed = prefixEncoding.map((part, index) => [`#${index}`, this.part(part, undefined)] as const);
    const others = itemEncoding ? [["#*", this.part(itemEncoding, undefined)] as const] : [];
    return objectOf([...named, ...placed, ...others].filter(([, said]) => Object.keys(said).length > 0));
  }

  private part(
    part: PartEncoding,
    schemas: Conjunction | undefined,
  ): { readonly [field: string]: JsonValue } {
    const types = schemas && this.typesOf(schemas);
    const headers = part.headers.map(({ name, required }): JsonValue => [name.toLowerCase(), required]);
    return {
      ...this.style(part, types),
      ...(part.contentType !== undefined &&
        !isDefault(part.contentType, types) && { contentType: part.contentType }),
      ...(headers.length > 0 && this.media.kind === "multipart" && { headers }),
    };
  }

  /** Of a list, its items are written. */
  private typesOf(schemas: Conjunction): ReadonlySet<string> {
    const alternatives = this.sets.of(schemas);
    return new Set(
      alternatives.flatMap(({ type, items, opaque }) => {
        if (type === "array") return this.sets.of(items).map((item) => item.type);
        return [...opaque.values()].some(({ text }) => text === "binary") ? ["binary"] : [type];
      }),
    );
  }

  /** A form writes lists by `form` and `explode` unless something else is said; an object is JSON unless one of these is. */
  private style(
    { style, explode, allowReserved }: PartEncoding,
    types: ReadonlySet<string> | undefined,
  ): object {
    const isUsual = (style ?? "form") === "form" && explode !== false && allowReserved !== true;
    if (isUsual && types !== undefined && !types.has("object")) return {};
    return {
      ...(style !== undefined && { style }),
      ...(explode !== undefined && { explode }),
      ...(allowReserved !== undefined && { allowReserved }),
    };
  }
}

const TEXTS: ReadonlySet<string> = new Set(["boolean", "null", "number", "string"]);
const OBJECTS: ReadonlySet<string> = new Set(["null", "object"]);

/** True for the type that a part has when nothing is said of it (OpenAPI 3.2.0, Encoding Object, `contentType`). */
function isDefault(contentType: string, types: ReadonlySet<string> | undefined): boolean {
  if (types === undefined || types.size === 0) return false;
  const all = (known: ReadonlySet<string>) => [...types].every((type) => known.has(type));
  const usual = all(TEXTS) ? "text/plain" : all(OBJECTS) ? "application/json" : "";
  return contentType.toLowerCase() === usual;
}
