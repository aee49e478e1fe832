import { argumentNames } from "../../emit/arguments.js";
import type { OperationNames, SchemaNames } from "../../emit/names.js";
import type { ApiModel, Operation } from "../../model/model.js";
import { groupedBy, sortedBy } from "../../model/order.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import { Likeness } from "../sets/likeness.js";
import { operationTraces, referencesAmong, schemaTraces } from "./cause.js";
import { matched, moved, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import type { TypeScriptImpact } from "./effects.js";

/** The names that a package no longer exports, those that it exports now, and those that only moved or were renamed. */
export function exportedNames(sides: Pair<PackageSide>): TypeScriptImpact[] {
  return [...operationImpacts(sides), ...schemaImpacts(sides), ...movedImpacts(sides)];
}

function operationImpacts(sides: Pair<PackageSide>): TypeScriptImpact[] {
  const { base, head } = sides;
  const pairs = matched(sides);
  const known = new Set(pairs.flatMap((pair) => [pair.base, pair.head]));
  const functions = {
    base: new Set([...base.names.operations.values()].map((names) => names.function)),
    head: new Set([...head.names.operations.values()].map((names) => names.function)),
  };
  const gone = base.model.operations.filter(
    (each) => !known.has(each) && !functions.head.has(base.names.operations.get(each)!.function),
  );
  const come = head.model.operations.filter(
    (each) => !known.has(each) && !functions.base.has(head.names.operations.get(each)!.function),
  );
  return [
    ...pairs.flatMap((pair) => renamedOperation(pair, sides)),
    ...gone.map((operation) => ({
      ...goneImpact(operationExports(base.names.operations.get(operation)!)),
      traces: operationTraces(sides, { base: operation }),
    })),
    ...come.map((operation) => ({
      ...comeImpact(operationExports(head.names.operations.get(operation)!)),
      traces: operationTraces(sides, { head: operation }),
    })),
  ];
}

/** An operation that is called otherwise: same method and path, another name. */
function renamedOperation(pair: Pair<Operation>, sides: Pair<PackageSide>): TypeScriptImpact[] {
  const old = sides.base.names.operations.get(pair.base)!;
  const now = sides.head.names.operations.get(pair.head)!;
  if (old.function === now.function) return [];
  const [was, is] = [operationExports(old), operationExports(now)];
  return [
    {
      symbol: old.function,
      kind: "renamed",
      message: `${old.function} is now ${now.function}`,
      before: callOf(pair.base, old),
      after: callOf(pair.head, now),
      also: was.others.map((name, index) => `${name} → ${is.others[index]}`),
      traces: operationTraces(sides, pair),
    },
  ];
}

/** The shortest call of an operation: `client.getOrder({ id })`. */
function callOf(operation: Operation, names: OperationNames): string {
  const argumentsOf = argumentNames(operation);
  const required = operation.parameters.filter((parameter) => parameter.required);
  const given = [
    ...required.map((parameter) => argumentsOf.get(parameter)!),
    ...(operation.body?.required ? ["body"] : []),
  ];
  return `client.${names.function}(${given.length === 0 ? "" : `{ ${given.join(", ")} }`})`;
}

function schemaImpacts(sides: Pair<PackageSide>): TypeScriptImpact[] {
  const { base, head } = sides;
  const names = { base: typesIn(base), head: typesIn(head) };
  const gone = [...base.names.schemas].filter(([, { type }]) => !names.head.has(type));
  const come = [...head.names.schemas].filter(([, { type }]) => !names.base.has(type));
  const twins = twinsOf(gone, come, sides);
  const taken = new Set(twins.values());
  const references = {
    base: referencesAmong(base, new Set(gone.map(([id]) => id))),
    head: referencesAmong(head, new Set(come.map(([id]) => id))),
  };
  return [
    ...gone.map(([id, each]): TypeScriptImpact => {
      const twin = twins.get(id);
      const traces = schemaTraces(sides, { base: id, ...(twin !== undefined && { head: twin }) });
      if (twin === undefined)
        return {
          ...goneImpact(schemaExports(each)),
          traces: { ...traces, references: { base: references.base(id) } },
        };
      const now = head.names.schemas.get(twin)!;
      const [was, is] = [schemaExports(each), schemaExports(now)];
      const message = `${each.type} is now ${now.type}: another name of the same type`;
      const also = was.others.flatMap((name, index) =>
        is.others[index] === undefined ? [] : [`${name} → ${is.others[index]}`],
      );
      return { symbol: each.type, kind: "renamed", message, also, traces };
    }),
    ...come
      .filter(([id]) => !taken.has(id))
      .map(([id, each]) => ({
        ...comeImpact(schemaExports(each)),
        traces: { ...schemaTraces(sides, { head: id }), references: { head: references.head(id) } },
      })),
    ...requestTypes(base)
      .filter(({ type, requestType }) => names.head.has(type) && !names.head.has(requestType))
      .map(({ id, requestType }) => ({
        ...goneImpact({ main: requestType, others: [] }),
        traces: schemaTraces(sides, { base: id }),
      })),
    ...requestTypes(head)
      .filter(({ type, requestType }) => names.base.has(type) && !names.base.has(requestType))
      .map(({ id, requestType }) => ({
        ...comeImpact({ main: requestType, others: [] }),
        traces: schemaTraces(sides, { head: id }),
      })),
  ];
}

/** The names of all types of schemas. */
function typesIn({ names }: PackageSide): ReadonlySet<string> {
  return new Set([...names.schemas.values()].flatMap(({ type, requestType }) => [type, requestType]));
}

/** The schemas of which requests have a type of its own. */
function requestTypes({
  names,
}: PackageSide): (Pick<SchemaNames, "type" | "requestType"> & { id: SchemaId })[] {
  return [...names.schemas].flatMap(([id, { type, requestType }]) =>
    type === requestType ? [] : [{ id, type, requestType }],
  );
}

type Named = readonly (readonly [SchemaId, SchemaNames])[];

/** Of each schema whose name is gone, the new one that says the same; of several, the one whose name is most like it. */
function twinsOf(
  gone: Named,
  come: Named,
  { base, head }: Pair<PackageSide>,
): ReadonlyMap<SchemaId, SchemaId> {
  const schemas = { base: base.model.schemas, head: head.model.schemas };
  const likeness = new Likeness(schemas);
  const schemaOf = (side: keyof Pair<unknown>, id: SchemaId) => schemas[side].get(id)!.schema;
  const alike = groupedBy(come, ([id]) => outlineOf(schemaOf("head", id), schemas.head));
  const twins = new Map<SchemaId, SchemaId>();
  const taken = new Set<SchemaId>();
  for (const [id, { type }] of gone) {
    const old = schemaOf("base", id);
    const candidates = alike.get(outlineOf(old, schemas.base)) ?? [];
    const free = candidates.filter(([other]) => !taken.has(other));
    const order = sortedBy(free, ([, other]) => mostFirst(commonLength(type, other.type)));
    const twin = order.find(([other]) => likeness.isAlike({ base: old, head: schemaOf("head", other) }));
    if (!twin) continue;
    twins.set(id, twin[0]);
    taken.add(twin[0]);
  }
  return twins;
}

/** What schemas that say the same have in common, and few others have. */
function outlineOf(schema: Schema, schemas: ApiModel["schemas"]): string {
  const passed = new Set<Schema>();
  let found = schema;
  while (found.kind === "ref" && !passed.has(found)) {
    passed.add(found);
    found = schemas.get(found.target)?.schema ?? found;
  }
  return JSON.stringify([
    found.kind,
    found.kind === "object" ? found.properties.map(({ name }) => name) : [],
  ]);
}

/** How many letters two names have in common at their ends. */
function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let [start, end] = [0, 0];
  while (start < most && a[start] === b[start]) start += 1;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return start + end;
}

/** As a text that is sorted. */
function mostFirst(length: number): string {
  return String(1_000_000 - length).padStart(7, "0");
}

/** What keeps its name at another place. */
function movedImpacts(sides: Pair<PackageSide>): TypeScriptImpact[] {
  const { base, head } = sides;
  const { schemas, operations } = moved(sides);
  return [
    ...schemas.flatMap((ids): TypeScriptImpact[] => {
      const [then, now] = [base.model.schemas.get(ids.base)!, head.model.schemas.get(ids.head)!];
      // A direction that sees it otherwise now is no other place.
      if (then.place === now.place) return [];
      const message = `the name stays: what stood at ${then.place} stands at ${now.place}`;
      const symbol = base.names.schemas.get(ids.base)!.type;
      return [{ symbol, kind: "moved", message, traces: schemaTraces(sides, ids) }];
    }),
    ...operations.map((pair): TypeScriptImpact => {
      const [then, now] = [pair.base, pair.head].map(({ method, path }) => `${method} ${path}`);
      const message = `the name stays: what sent ${then} sends ${now}`;
      return {
        symbol: base.names.operations.get(pair.base)!.function,
        kind: "moved",
        message,
        traces: operationTraces(sides, pair),
      };
    }),
  ];
}

/** The main name of something, and those that follow it. */
type Exports = { readonly main: string; readonly others: readonly string[] };

function operationExports({ function: main, args, result, fixtures, mock }: OperationNames): Exports {
  return { main, others: [args, result, `${fixtures} (./fixtures)`, `${mock} (./mocks)`] };
}

function schemaExports({ type, requestType, validator, fixtures, factory }: SchemaNames): Exports {
  const others = [`${validator} (./validators)`, `${fixtures} (./fixtures)`, `${factory} (./fixtures)`];
  return { main: type, others: [...others, ...(requestType === type ? [] : [requestType])] };
}

function goneImpact({ main, others }: Exports): Omit<TypeScriptImpact, "traces"> {
  return { symbol: main, kind: "removed", message: `${main} is no longer exported`, also: others };
}

function comeImpact({ main, others }: Exports): Omit<TypeScriptImpact, "traces"> {
  return { symbol: main, kind: "added", message: `${main} is new`, also: others };
}
