import { isObject, own, type JsonObject, type JsonValue } from "./json.js";
import type { Place } from "./load.js";
import { changePlaces } from "./places.js";
import { join, valueAt, type JsonPointer } from "./pointer.js";
import type { References } from "./references.js";
import { idOf, type Origin, type SourceDocument } from "./source.js";
import type { Upgraded } from "./upgrade.js";
import { fragmentOf } from "./uri.js";

/**
 * A schema that says nothing but `$ref` may name another that says nothing else, and so on. Each link means the same as the last, but
 * validators and compilers take stack for every one of them. So those that are far from the end refer to the end itself; names of
 * names as people write them stay.
 */
const LONGEST = 20;

/** Where a chain of references ends, and how many links away. */
type End = { readonly origin: Origin; readonly distance: number };

/** The documents without long chains of schemas that are nothing but references. */
export function shortenChains(upgraded: Upgraded, places: readonly Place[]): Upgraded {
  const { documents, references } = upgraded;
  const links = longLinks([...documents.values()], references);
  if (links.length === 0) return upgraded;
  const changed = new Map(
    [...documents].map(([source, document]) => {
      const inside = new Map(
        links
          .filter(({ link }) => link.source === source)
          .map(({ link, $ref }) => [link.pointer, $ref] as const),
      );
      return [source, inside.size === 0 ? document : withLinks(document, inside)] as const;
    }),
  );
  return { documents: changed, references: references.withDocuments(changed, places) };
}

function withLinks(document: SourceDocument, links: ReadonlyMap<JsonPointer, string>): SourceDocument {
  const { value } = document;
  const places = [...links.keys()].map((pointer) => ({ pointer, kind: "schema" as const }));
  const after = changePlaces({ before: value, after: value }, places, (_, { pointer }) => ({
    $ref: links.get(pointer)!,
  }));
  return { ...document, value: after };
}

/** The links that are to refer elsewhere, and to what. */
function longLinks(
  documents: readonly SourceDocument[],
  references: References,
): { readonly link: Origin; readonly $ref: string }[] {
  const ends = new Map<string, { readonly link: Origin; readonly end: End | undefined }>();
  for (const { id, value } of documents)
    for (const [name, schema] of Object.entries(componentsOf(value)))
      follow({ source: id, pointer: join("/components/schemas", name) }, schema, { references, ends });
  return [...ends.values()].flatMap(({ link, end }) =>
    end && end.distance > LONGEST ? [{ link, $ref: addressOf(end.origin, references) }] : [],
  );
}

function componentsOf(document: JsonValue): JsonObject {
  const schemas = isObject(document) ? valueAt(document, "/components/schemas") : undefined;
  return isObject(schemas) ? schemas : {};
}

type Known = {
  readonly references: References;
  /** The links that were followed, none twice; a ring and a chain that leads nowhere have no end. */
  readonly ends: Map<string, { readonly link: Origin; readonly end: End | undefined }>;
};

function follow(origin: Origin, value: JsonValue, { references, ends }: Known): void {
  const path: Origin[] = [];
  const open = new Set<string>();
  let [at, schema]: [Origin, JsonValue | undefined] = [origin, value];
  while (isLink(schema) && !ends.has(idOf(at)) && !open.has(idOf(at))) {
    open.add(idOf(at));
    path.push(at);
    const found = references.resolve(schema.$ref, at);
    [at, schema] = found.kind === "found" ? [found.origin, found.value] : [at, undefined];
  }
  const isRing = open.has(idOf(at));
  const last = ends.has(idOf(at)) ? ends.get(idOf(at))!.end : { origin: at, distance: 0 };
  const end = isRing || schema === undefined ? undefined : last;
  path.forEach((link, index) => {
    const distance = (end?.distance ?? 0) + path.length - index;
    ends.set(idOf(link), { link, end: end && { origin: end.origin, distance } });
  });
}

function isLink(schema: JsonValue | undefined): schema is { readonly $ref: string } {
  return isObject(schema) && Object.keys(schema).length === 1 && typeof own(schema, "$ref") === "string";
}

function addressOf({ source, pointer }: Origin, references: References): string {
  return `${references.resourceOf({ source, pointer: "" }).uri}#${fragmentOf(pointer)}`;
}
