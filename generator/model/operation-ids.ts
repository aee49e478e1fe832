import type { Operation } from "./model.js";
import type { Reader } from "./reader.js";

/** `get /users/{id}/keys` → `get users by id keys`: words for a name, where the document gives no operationId. */
export function idOf({ method, path, query = [] }: Pick<Operation, "method" | "path" | "query">): string {
  const words = path.split("/").map((segment) => segment.replace(/\{([^{}]*)\}/g, " by $1 "));
  const pairs = query.map((pair) => pair.replace("=", " "));
  return [method.toLowerCase(), ...words, ...pairs].join(" ").replace(/\s+/g, " ").trim();
}

/**
 * Reports each operationId that is taken; its operation is named after its method and path. Where these are another's words, too, what the
 * path asks of a query follows (`/a?b={b}` and `/a?c={c}`), or a number (`/a` and `/a/`).
 */
export function withUniqueIds(reader: Reader, operations: readonly Operation[]): Operation[] {
  const taken = new Map<string, Operation>();
  const every = operations.map(idOf);
  const repeated = new Set(every.filter((words, index) => every.indexOf(words) < index));
  return operations.map((operation, index) => {
    const own = every[index]!;
    const words = [
      own,
      ...(repeated.has(own) && operation.queryKeys ? ["by", ...operation.queryKeys] : []),
    ].join(" ");
    const wanted = operation.id === own ? words : operation.id;
    const other = taken.get(wanted);
    if (other && wanted !== words) reportTaken(reader, operation, other);
    const id = other ? freeId(words, taken) : wanted;
    taken.set(id, operation);
    return { ...operation, id, ...(other && { isUnnamed: true }) };
  });
}

function freeId(words: string, taken: ReadonlyMap<string, Operation>): string {
  let id = words;
  for (let number = 2; taken.has(id); number++) id = `${words} ${number}`;
  return id;
}

function reportTaken(reader: Reader, { id, origin }: Operation, { method, path }: Operation): void {
  const at = { source: origin.source, pointer: `${origin.pointer}/operationId` };
  reader.report("operation-id-duplicate", { id, first: `${method} ${path}` }, at);
}
