import type { MediaType, PartEncoding } from "../../model/model.js";
import { sortedBy } from "../../model/order.js";
import { below } from "../../model/reader.js";
import type { JsonValue } from "../../source/json.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import { nameToken } from "../place.js";
import type { Conjunction } from "../sets/alternative.js";
import type { SchemaSets } from "../sets/schema-set.js";
import type { Context } from "./comparison.js";
import { mediaKey } from "./media-names.js";

/** How a part is written, by field; a header of it as `header X-Part`, which is required or optional. */
export type WrittenPart = ReadonlyMap<string, JsonValue>;

/** An Encoding Object, and where it stands. */
type Encoding = { readonly part: PartEncoding; readonly origin: Origin };

/** The parts of one body, by the tokens of their places: their names, or their positions. */
export class FormParts {
  private readonly sets: SchemaSets;
  private readonly media: MediaType;
  private readonly body: Conjunction;
  private readonly encodings: ReadonlyMap<string, Encoding>;

  constructor({ models, schemas }: Context, side: keyof Pair<unknown>, media: MediaType) {
    const named = models[side].schemas.get(media.schema ?? "");
    this.sets = schemas.sets[side];
    this.media = media;
    this.body = named ? [named.schema] : [];
    this.encodings = new Map(encodingsOf(media));
  }

  /** Of the parts of which something is said. */
  get tokens(): Iterable<string> {
    return this.encodings.keys();
  }

  /** Where something is said of a part, or its form. */
  originOf(token: string): Origin {
    return this.encodings.get(token)?.origin ?? this.media.origin;
  }

  /** How a part is written in the document's own words. */
  said(token: string): WrittenPart {
    const { contentType, style, explode, allowReserved, headers } = this.encodingOf(token);
    const fields = { contentType: contentType && typesIn(contentType), style, explode, allowReserved };
    const known = this.media.kind === "multipart" ? headers : [];
    return new Map<string, JsonValue>([
      ...Object.entries(fields).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, value] as const],
      ),
      ...known.map(
        ({ name, required }) => [`header ${name.toLowerCase()}`, required ? "required" : "optional"] as const,
      ),
    ]);
  }

  /** How it is written where nothing else is said. */
  usual(token: string): WrittenPart {
    const schemas = this.schemasOf(token);
    const types = schemas ? this.typesOf(schemas) : NO_TYPES;
    const contentType = (schemas && this.mediaTypeIn(schemas)) ?? usualType(types);
    return new Map<string, JsonValue>([
      ...usualStyle(this.encodingOf(token), types),
      ...(contentType === undefined ? [] : [["contentType", typesIn(contentType)] as const]),
    ]);
  }

  private encodingOf(token: string): PartEncoding {
    return this.encodings.get(token)?.part ?? NO_ENCODING;
  }

  private schemasOf(token: string): Conjunction | undefined {
    const object = this.sets.of(this.body).find(({ type }) => type === "object");
    const named = [...(object?.properties ?? [])].find(([name]) => nameToken(name) === token);
    return named?.[1].schemas;
  }

  /** Of a list, its items are written. */
  private typesOf(schemas: Conjunction): ReadonlySet<string> {
    return new Set(
      this.sets.of(schemas).flatMap(({ type, items, opaque }) => {
        if (type === "array") return this.sets.of(items).map((item) => item.type);
        return [...opaque.values()].some(({ text }) => text === "binary") ? ["binary"] : [type];
      }),
    );
  }

  private mediaTypeIn(schemas: Conjunction): string | undefined {
    return this.sets
      .parts(schemas)
      .flatMap((each) => (each.kind === "string" ? (each.contentMediaType ?? []) : []))[0];
  }
}

const NO_ENCODING: PartEncoding = { headers: [] };
const NO_TYPES: ReadonlySet<string> = new Set();

function* encodingsOf({
  origin,
  encoding,
  prefixEncoding,
  itemEncoding,
}: MediaType): Generator<[string, Encoding]> {
  for (const part of encoding)
    yield [nameToken(part.property), { part, origin: below(origin, "encoding", part.property) }];
  for (const [index, part] of prefixEncoding.entries())
    yield [String(index), { part, origin: below(origin, "prefixEncoding", index) }];
  if (itemEncoding) yield ["*", { part: itemEncoding, origin: below(origin, "itemEncoding") }];
}

/** A form writes lists by `form` and `explode`; an object is JSON unless one of these is said. */
function usualStyle(
  { style, explode, allowReserved }: PartEncoding,
  types: ReadonlySet<string>,
): readonly (readonly [string, JsonValue])[] {
  const isSaid = [style, explode, allowReserved].some((each) => each !== undefined);
  if (!isSaid && (types.size === 0 || types.has("object"))) return [];
  return [
    ["style", "form"],
    ["explode", (style ?? "form") === "form"],
    ["allowReserved", false],
  ];
}

/** Media types in one order, and as they are compared. */
function typesIn(contentType: string): string {
  return sortedBy(contentType.split(",").map(mediaKey), (type) => type).join(", ");
}

const TEXTS: ReadonlySet<string> = new Set(["boolean", "null", "number", "string"]);
const OBJECTS: ReadonlySet<string> = new Set(["null", "object"]);
const BYTES: ReadonlySet<string> = new Set(["binary"]);

/** The type that a part has when nothing is said of it (OpenAPI 3.2.0, Encoding Object, `contentType`). */
function usualType(types: ReadonlySet<string>): string | undefined {
  if (types.size === 0) return undefined;
  const all = (known: ReadonlySet<string>) => [...types].every((type) => known.has(type));
  if (all(TEXTS)) return "text/plain";
  if (all(OBJECTS)) return "application/json";
  return all(BYTES) ? "application/octet-stream" : undefined;
}
