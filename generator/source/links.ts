import { fieldsOf, mapFields, type Located } from "./grammar.js";
import { isObject, own, type JsonObject, type JsonValue } from "./json.js";
import { keyOf, without, type Sources } from "./sources.js";
import type { Origin } from "./source.js";

/** An operation that stays or goes. */
type OperationPlace = { readonly origin: Origin; readonly id?: string };

/** What a filter decided. */
export type Decision = {
  readonly kept: readonly OperationPlace[];
  readonly gone: {
    readonly operations: readonly OperationPlace[];
    /** Members of `paths` and `webhooks` that keep no operation. */
    readonly entries: readonly Origin[];
  };
};

/** Tells of a link whether its operation is gone (OpenAPI 3.1.1, Link Object: `operationId` or `operationRef`). */
function danglesIn(sources: Sources, { kept, gone }: Decision): (link: Located) => boolean {
  const keptIds = new Set(kept.map(({ id }) => id));
  const goneIds = new Set(gone.operations.map(({ id }) => id).filter((id) => !keptIds.has(id)));
  const goneKeys = new Set(gone.operations.map(({ origin }) => keyOf(origin)));
  return ({ pointer }) => {
    const link = sources.follow({ source: sources.entry, pointer });
    const id = link && own(link.value, "operationId");
    const ref = link && own(link.value, "operationRef");
    if (typeof id === "string") return goneIds.has(id);
    const target = typeof ref === "string" ? sources.resolve(ref, link!.origin) : undefined;
    return target !== undefined && goneKeys.has(keyOf(target));
  };
}

/** The entry without the links whose operation is gone. */
export function withoutDanglingLinks(root: JsonValue, sources: Sources, decision: Decision): JsonValue {
  return withoutLinks({ kind: "document", pointer: "", value: root }, danglesIn(sources, decision));
}

/** Links stand in responses and in components, never below a schema. */
function withoutLinks({ kind, pointer, value }: Located, dangles: (link: Located) => boolean): JsonValue {
  if (!isObject(value) || kind === "schema") return value;
  const links = fieldsOf({ kind, pointer, value }).filter((child) => child.kind === "link" && dangles(child));
  const gone = links.map((link) => link.pointer.slice(pointer.length));
  const rest = without(value, gone) as JsonObject;
  return mapFields(rest, kind, (child) =>
    withoutLinks({ ...child, pointer: pointer + child.pointer }, dangles),
  );
}
