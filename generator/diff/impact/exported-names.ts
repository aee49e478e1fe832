import { argumentNames } from "../../emit/arguments.js";
import type { OperationNames, SchemaNames } from "../../emit/names.js";
import type { Operation, Response } from "../../model/model.js";
import type { SchemaId } from "../../model/schema.js";
import { operationTraces, referencesAmong, schemaTraces, type Traces } from "./cause.js";
import { matched, moved, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import type { TypeScriptImpact } from "./effects.js";
import { renamedSchemas } from "./renamed-schemas.js";

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
    ...pairs.flatMap((pair) => [...renamedOperation(pair, sides), ...headerTypes(pair, sides)]),
    ...gone.map((operation) => ({
      ...goneImpact(allExports(base.names.operations.get(operation)!)),
      traces: operationTraces(sides, { base: operation }),
    })),
    ...come.map((operation) => ({
      ...comeImpact(allExports(head.names.operations.get(operation)!)),
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
  const headers = new Map([...now.headers].map(([{ status }, name]) => [status, name]));
  return [
    {
      symbol: old.function,
      kind: "renamed",
      message: `${old.function} is now ${now.function}`,
      before: callOf(pair.base, old),
      after: callOf(pair.head, now),
      also: [
        ...was.others.map((name, index) => `${name} → ${is.others[index]}`),
        ...[...old.headers].map(([{ status }, name]) => `${name} → ${headers.get(status) ?? "nothing"}`),
      ],
      traces: operationTraces(sides, pair),
    },
  ];
}

/** The types of response headers that come and go with them, where the operation keeps its name: else they are called otherwise with it. */
function headerTypes(pair: Pair<Operation>, sides: Pair<PackageSide>): TypeScriptImpact[] {
  const old = sides.base.names.operations.get(pair.base)!;
  const now = sides.head.names.operations.get(pair.head)!;
  if (old.function !== now.function) return [];
  return [
    ...headersMissing(now, old).map(([response, main]) => ({
      ...goneImpact({ main, others: [] }),
      traces: headerTraces(response, "base"),
    })),
    ...headersMissing(old, now).map(([response, main]) => ({
      ...comeImpact({ main, others: [] }),
      traces: headerTraces(response, "head"),
    })),
  ];
}

function headersMissing({ headers }: OperationNames, from: OperationNames): [Response, string][] {
  const names = new Set(headers.values());
  return [...from.headers].filter(([, name]) => !names.has(name));
}

/** The headers that a type is made of, and their response. */
function headerTraces({ origin, headers }: Response, side: keyof Pair<unknown>): Traces {
  const places = { base: [], head: [], [side]: [origin] };
  return {
    places,
    references: { [side]: headers.map((header) => header.reference ?? header.origin) },
    operations: [],
  };
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
  const references = {
    base: referencesAmong(base, new Set(gone.map(([id]) => id))),
    head: referencesAmong(head, new Set(come.map(([id]) => id))),
  };
  const { twins, heirs } = renamedSchemas({ base: gone, head: come }, references, sides);
  const taken = new Set([...twins.values(), ...heirs.values()]);
  return [
    ...gone.map(([id, each]): TypeScriptImpact => {
      const other = twins.get(id) ?? heirs.get(id);
      const traces = schemaTraces(sides, { base: id, ...(other !== undefined && { head: other }) });
      if (other === undefined)
        return {
          ...goneImpact(schemaExports(each)),
          traces: { ...traces, references: { base: references.base(id) } },
        };
      const now = head.names.schemas.get(other)!;
      const [was, is] = [schemaExports(each), schemaExports(now)];
      const same = twins.has(id)
        ? "another name of the same type"
        : "another name, and not quite the same type";
      const message = `${each.type} is now ${now.type}: ${same}`;
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

/** What keeps its name at another place. */
function movedImpacts(sides: Pair<PackageSide>): TypeScriptImpact[] {
  const { base, head } = sides;
  const { schemas, operations } = moved(sides);
  return [
    ...schemas.flatMap((ids): TypeScriptImpact[] => {
      const [then, now] = [base.model.schemas.get(ids.base)!, head.model.schemas.get(ids.head)!];
      // A direction that sees it otherwise now is no other place.
      if (then.place === now.place) return [];
      const [there, here] = [then, now].map(({ place, see = place }) => see);
      const message = `the name stays: what stood at ${there} stands at ${here}`;
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

function allExports(names: OperationNames): Exports {
  const { main, others } = operationExports(names);
  return { main, others: [...others, ...names.headers.values()] };
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
