import { isObject, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import { tokensOf, valueAt, type JsonPointer } from "./pointer.js";
import type { References } from "./references.js";
import type { Origin, SourceDocument, SourceId } from "./source.js";

/** The documents of an API, and what the references in them name. */
export class Sources {
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
  /** The document that holds the OpenAPI Object. */
  readonly entry: SourceId;

  /** Of the documents as they were before any of them was changed. */
  readonly references: References;

  constructor(documents: ReadonlyMap<SourceId, SourceDocument>, entry: SourceId, references: References) {
    this.references = references;
    this.documents = documents;
    this.entry = entry;
  }

  valueAt({ source, pointer }: Origin): JsonValue | undefined {
    const document = this.documents.get(source);
    return document && valueAt(document.value, pointer);
  }

  /** Where the reference leads that stands in the object at `from`; undefined where it names nothing. */
  resolve(ref: string, from: Origin): Origin | undefined {
    const found = this.references.resolve(ref, from);
    return found.kind === "found" && this.valueAt(found.origin) !== undefined ? found.origin : undefined;
  }

  /** The object at a place, or the one that its `$ref` leads to, however long the chain; undefined where there is none. */
  follow(start: Origin): { readonly origin: Origin; readonly value: JsonObject } | undefined {
    const seen = new Set<string>();
    let origin: Origin | undefined = start;
    while (origin && !seen.has(keyOf(origin))) {
      seen.add(keyOf(origin));
      const value: JsonValue | undefined = this.valueAt(origin);
      if (!isObject(value)) return undefined;
      const ref: JsonValue | undefined = own(value, "$ref");
      if (typeof ref !== "string") return { origin, value };
      origin = this.resolve(ref, origin);
    }
    return undefined;
  }
}

/** One string for one place. */
export function keyOf({ source, pointer }: Origin): string {
  return `${source}#${pointer}`;
}

/** A copy without the members at the pointers. */
export function without(value: JsonValue, pointers: readonly JsonPointer[]): JsonValue {
  return remove(value, pointers.map(tokensOf));
}

function remove(value: JsonValue, ways: readonly (readonly string[])[]): JsonValue {
  if (ways.length === 0 || !isObject(value)) return value;
  const byToken = new Map<string, (readonly string[])[]>();
  for (const [token = "", ...rest] of ways) byToken.set(token, [...(byToken.get(token) ?? []), rest]);
  return objectOf(
    Object.entries(value).flatMap(([key, member]) => {
      const below = byToken.get(key) ?? [];
      return below.some((way) => way.length === 0) ? [] : [[key, remove(member, below)] as const];
    }),
  );
}
