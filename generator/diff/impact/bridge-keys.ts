import type { Operation } from "../../model/model.js";
import { isObject, jsonEquals, type JsonObject, type JsonValue } from "../../source/json.js";
import { join, valueAt } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import { nameOf } from "../compare/comparison.js";
import { operationTraces, referencesToPart, type Traces } from "./cause.js";
import { matched, moved, type PackageSide } from "./changed-parts.js";
import type { TypeScriptImpact } from "./effects.js";

/** A package that has `./openapi`. */
type BridgedSide = PackageSide & { readonly document: JsonValue };

/** `paths["/orders"]`, by its names. */
type Key = readonly string[];
/** What a key was, what it is now if anything, and where it comes from. */
type LostKey = { readonly base: Key; readonly head?: Key | undefined; readonly traces: Traces };

/**
 * What code can no longer name by `./openapi`, in the words of openapi-typescript, though all else that the package exports of it keeps its
 * name: `paths["/orders"]` where the path takes over what the servers end with, `operations["get-order"]`, `components["responses"]["Missing"]`.
 */
export function bridgeImpacts(sides: Pair<PackageSide>): TypeScriptImpact[] {
  const lost = new Map(lostKeys(sides).map((each) => [textOf(each.base), each]));
  return [...lost].map(([symbol, { head, traces }]) => ({
    symbol,
    kind: head ? "renamed" : "removed",
    message: `${symbol} is ${head ? `now ${textOf(head)}` : "no longer exported"} (./openapi)`,
    traces,
  }));
}

function lostKeys({ base, head }: Pair<PackageSide>): LostKey[] {
  if (!isBridged(base) || !isBridged(head)) return [];
  const sides = { base, head };
  const pairs = [...matched(sides), ...moved(sides).operations];
  return [
    ...pairs.flatMap((pair) => lostPath(pair, sides)),
    ...pairs.flatMap((pair) => lostOperation(pair, sides)),
    ...SECTIONS.flatMap((section) => lostComponents(section, sides)),
  ];
}

function isBridged(side: PackageSide): side is BridgedSide {
  return side.document !== undefined;
}

function textOf([first, ...others]: Key): string {
  return `${first}${others.map((name) => `[${JSON.stringify(name)}]`).join("")}`;
}

function lostPath(pair: Pair<Operation>, { base, head }: Pair<BridgedSide>): LostKey[] {
  const [was, is] = [keyOfPath(pair.base), keyOfPath(pair.head)];
  const isLost = has(base.document, was) && !has(head.document, was);
  // A path is called otherwise because a server is, or a parameter in it.
  const kept = new Set(pathParameters(pair.head).map(({ name }) => name));
  const renamed = pathParameters(pair.base).find(({ name }) => !kept.has(name));
  const places = { base: [renamed?.origin ?? originOf(was, base)], head: [originOf(is, head)] };
  return isLost ? [{ base: was, head: is, traces: { places, operations: [] } }] : [];
}

function pathParameters({ parameters }: Operation): Operation["parameters"] {
  return parameters.filter(({ location }) => location === "path");
}

function keyOfPath(operation: Operation): Key {
  return ["paths", nameOf(operation).slice(operation.method.length + 1)];
}

function has(document: JsonValue, key: Key): boolean {
  return valueAt(document, join("", ...key)) !== undefined;
}

function originOf(key: Key, { model }: PackageSide): Origin {
  return { source: model.info.origin.source, pointer: join("", ...key) };
}

/** What is called otherwise is told by that. */
function lostOperation(pair: Pair<Operation>, { base, head }: Pair<BridgedSide>): LostKey[] {
  const [was, is] = [idOf(pair.base, base), idOf(pair.head, head)];
  const [old, now] = [base.names.operations.get(pair.base)!, head.names.operations.get(pair.head)!];
  if (was === undefined || was === is || old.function !== now.function) return [];
  const traces = operationTraces({ base, head }, pair);
  return [{ base: ["operations", was], head: is === undefined ? is : ["operations", is], traces }];
}

/** The operationId that its author has given. */
function idOf({ origin, id }: Operation, { document, model }: BridgedSide): string | undefined {
  if (origin.source !== model.info.origin.source) return id;
  const given = valueAt(document, join(origin.pointer, "operationId"));
  return typeof given === "string" ? given : undefined;
}

/** The components that openapi-typescript has types of. */
const SECTIONS = ["schemas", "responses", "parameters", "requestBodies", "headers"];

/** A schema whose type has gone, or is called otherwise, is told by that. */
function lostComponents(section: string, { base, head }: Pair<BridgedSide>): LostKey[] {
  const keyOf = (name: string): Key => ["components", section, name];
  const [old, now] = [componentsOf(base, section), componentsOf(head, section)];
  const come = new Map(Object.entries(now).filter(([name]) => !Object.hasOwn(old, name)));
  return Object.entries(old).flatMap(([name, value]): LostKey[] => {
    if (Object.hasOwn(now, name)) return [];
    const heir = [...come].find(([, other]) => jsonEquals(value, other))?.[0];
    if (heir !== undefined) come.delete(heir);
    const origin = originOf(keyOf(name), base);
    if (section === "schemas" && isTold(origin, { base, head })) return [];
    // One of another name is in use as it was.
    const references = { base: heir === undefined ? referencesToPart(base, origin) : [] };
    const traces = { places: { base: [origin], head: [] }, references, operations: [] };
    return [{ base: keyOf(name), head: heir === undefined ? heir : keyOf(heir), traces }];
  });
}

function componentsOf({ document }: BridgedSide, section: string): JsonObject {
  const found = valueAt(document, join("", "components", section));
  return isObject(found) ? found : {};
}

/** True where the type of a schema is not exported any more. */
function isTold({ source, pointer }: Origin, { base, head }: Pair<BridgedSide>): boolean {
  const types = new Set([...head.names.schemas.values()].map(({ type }) => type));
  return [...base.model.schemas.values()].some(
    ({ id, origin }) =>
      origin.source === source && origin.pointer === pointer && !types.has(base.names.schemas.get(id)!.type),
  );
}
