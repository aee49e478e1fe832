import { mapFields, type Kind } from "./grammar.js";
import { isObject, mapMembers, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import { withoutDanglingLinks, type Decision } from "./links.js";
import { isWithin, join, tokensOf, type JsonPointer } from "./pointer.js";
import { reachFrom, type Reached } from "./reach.js";
import { Sources, without } from "./sources.js";
import { writtenPointer, type Origin, type SourceDocument, type SourceId } from "./source.js";

/**
 * The documents without what is gone: operations, the path items that held nothing else, links to them, and every component of the
 * entry that nothing reaches which stays. What stays and refers into an operation that goes gets its target as a component.
 */
export function prune(sources: Sources, decision: Decision): ReadonlyMap<SourceId, SourceDocument> {
  const operations = decision.gone.operations.map(({ origin }) => origin);
  const thinned = mapDocuments(sources, (value, id) => without(value, pointersIn(id, operations)));
  const kept = mapDocuments(thinned, (value, id) => {
    const rest = without(value, pointersIn(id, decision.gone.entries));
    return id === sources.entry ? withoutDanglingLinks(rest, sources, decision) : rest;
  });
  const entry = kept.documents.get(sources.entry)!;
  const reached = reachFrom({ original: sources, thinned, kept });
  return new Map([...kept.documents, [sources.entry, keepReached(entry, reached, sources)]]);
}

function mapDocuments(
  { documents, entry, references }: Sources,
  change: (value: JsonValue, id: SourceId) => JsonValue,
): Sources {
  const changed = [...documents].map(
    ([id, each]) => [id, { ...each, value: change(each.value, id) }] as const,
  );
  return new Sources(new Map(changed), entry, references);
}

function pointersIn(id: SourceId, origins: readonly Origin[]): JsonPointer[] {
  return origins.filter(({ source }) => source === id).map(({ pointer }) => pointer);
}

/** The entry with those components that are reached, and those that were made of what was moved. */
function keepReached(document: SourceDocument, reached: Reached, sources: Sources): SourceDocument {
  const { value, id: source } = document;
  if (!isObject(value)) return document;
  const { components: _all, ...rest } = reached.needsSecurity ? value : withoutMember(value, "security");
  const components = keptComponents(value, reached);
  const whole = Object.keys(components).length > 0 ? { ...rest, components } : rest;
  const movedTo = (ref: string) => {
    const target = sources.resolve(ref, { source, pointer: "" });
    return target?.source === source ? reached.moved.get(target.pointer)?.to : undefined;
  };
  return {
    ...document,
    value: reached.moved.size > 0 ? redirect(whole, "document", movedTo) : whole,
    locate: (pointer, at) => document.locate(originalPointer(pointer, reached), at),
    written: (pointer) => writtenPointer(document, originalPointer(pointer, reached)),
  };
}

function withoutMember(object: JsonObject, name: string): JsonObject {
  return objectOf(Object.entries(object).filter(([key]) => key !== name));
}

function keptComponents(root: JsonObject, { components: kept, moved }: Reached): JsonObject {
  const components = own(root, "components");
  const sections = new Map<string, JsonValue>();
  for (const [section, members] of Object.entries(isObject(components) ? components : {})) {
    const isKept = ([name]: [string, JsonValue]) => kept.has(join("/components", section, name));
    const rest = isObject(members) ? objectOf(Object.entries(members).filter(isKept)) : members;
    const isExtension = section.startsWith("x-");
    if (isExtension || !isObject(rest) || Object.keys(rest).length > 0)
      sections.set(section, isExtension ? members : rest);
  }
  for (const { to, value } of moved.values()) {
    const [, section = "", name = ""] = tokensOf(to);
    const members = sections.get(section);
    sections.set(section, objectOf([...Object.entries(isObject(members) ? members : {}), [name, value]]));
  }
  return objectOf(sections);
}

/** References to what was moved, as they are now. */
function redirect(
  value: JsonValue,
  kind: Kind,
  movedTo: (ref: string) => JsonPointer | undefined,
): JsonValue {
  if (!isObject(value)) return value;
  const whole = mapFields(value, kind, (child) => redirect(child.value, child.kind, movedTo));
  return mapMembers(whole, (key, member) => {
    const to = key === "$ref" && typeof member === "string" ? movedTo(member) : undefined;
    return to === undefined ? member : `#${to}`;
  });
}

function originalPointer(pointer: JsonPointer, { moved }: Reached): JsonPointer {
  for (const [from, { to }] of moved) if (isWithin(pointer, to)) return from + pointer.slice(to.length);
  return pointer;
}
