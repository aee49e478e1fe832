import type { Operation } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { sortedBy } from "../model/order.js";

/**
 * The names that a package has given, as its manifest keeps them: the next `generate` gives these first, so that what is added to a
 * document renames nothing old.
 */
export type PinnedNames = {
  /** By the schema's place from its document on: {@link schemaKey}. */
  readonly schemas: ReadonlyMap<string, PinnedName>;
  /** By the operation's `operationId`, or the words of its method and path. */
  readonly operations: ReadonlyMap<string, PinnedName>;
};

/** The one name that the others follow from; or each that does not follow, by what it names. */
export type PinnedName = string | { readonly [role: string]: string };

/** What a manifest holds. */
export type PinnedNamesJson = {
  readonly schemas: { readonly [key: string]: PinnedName };
  readonly operations: { readonly [key: string]: PinnedName };
};

/**
 * What a schema is known by, wherever the documents are read from: `#/components/schemas/Cadence` in the entry, in another document its path
 * from the entry's folder before it.
 */
export function schemaKey(id: SchemaId, entry: string): string {
  if (id.startsWith(`${entry}#`)) return id.slice(entry.length);
  const folders = entry.split("/").slice(0, -1);
  const parts = id.split("/");
  const shared = folders.findIndex((folder, index) => parts[index] !== folder);
  const depth = shared === -1 ? folders.length : shared;
  return [...folders.slice(depth).map(() => ".."), ...parts.slice(depth)].join("/");
}

/** What an operation is known by: renaming it, or giving it an `operationId`, is its author's wish for another name. */
export function operationKey({ id }: Operation): string {
  return id;
}

/** The names as a manifest lists them. */
export function pinnedToJson({ schemas, operations }: PinnedNames): PinnedNamesJson {
  return { schemas: recordOf(schemas), operations: recordOf(operations) };
}

function recordOf(names: ReadonlyMap<string, PinnedName>): { readonly [key: string]: PinnedName } {
  return Object.fromEntries(sortedBy(names, ([key]) => key));
}

/** The names in a manifest, which somebody may have edited by hand: what is none is left out. */
export function pinnedFromJson(value: unknown): PinnedNames {
  const { schemas, operations } = (value ?? {}) as Partial<Record<keyof PinnedNames, unknown>>;
  return { schemas: namesIn(schemas), operations: namesIn(operations) };
}

function namesIn(value: unknown): Map<string, PinnedName> {
  return new Map(
    Object.entries(value ?? {}).filter((entry): entry is [string, PinnedName] => isName(entry[1])),
  );
}

function isName(value: unknown): value is PinnedName {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((name) => typeof name === "string");
}
