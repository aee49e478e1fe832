import { buildFixtures } from "../fixtures/build.js";
import type { ApiFixtures } from "../fixtures/fixture.js";
import type { Fault, Prover } from "../fixtures/prove.js";
import { reasonOf } from "../fixtures/prove.js";
import type { ApiModel, Operation } from "../model/model.js";
import type { Direction } from "../model/graph.js";
import type { SchemaId } from "../model/schema.js";
import { isArray, isObject, objectOf, type JsonValue } from "../source/json.js";
import { tokensOf, valueAt } from "../source/pointer.js";
import type { Change } from "./change.js";
import type { Pair } from "./effect.js";

/** A value that one document allows and the other does not: proof that something breaks. */
export type Witness = {
  /** The document that allows it. The other refuses it. */
  readonly validIn: "base" | "head";
  readonly value: JsonValue;
  /** Why the other refuses it, in its validator's words. */
  readonly reason: string;
};

/** One side: what its document says, and who proves it. */
export type Side = { readonly model: ApiModel; readonly prover: Prover };

/**
 * Searches for witnesses. Requests break where the old document allows what the new one refuses, responses where the new one allows
 * what the old one refuses.
 */
export class WitnessSearch {
  private readonly sides: Pair<Side>;
  private readonly fixtures = new Map<"base" | "head", ApiFixtures>();
  private readonly provers = new Map<string, Prover>();

  constructor(sides: Pair<Side>) {
    this.sides = sides;
  }

  /** A witness of a change of a body's schema; undefined where none is found. */
  of(change: Change): Witness | undefined {
    const validIn = change.direction === "request" ? "base" : "head";
    const schemas = this.schemasOf(change);
    if (!schemas) return undefined;
    const whole = this.values(validIn, schemas[validIn]);
    const [full] = whole;
    const drafts = strained(full ?? null, change);
    return firstOf([...drafts, ...whole], (value) => this.prove(schemas, validIn, value, change));
  }

  /** Values of all kinds that one side allows and the other refuses, where no rule has found anything. */
  unexplained(schemas: Pair<SchemaId>, validIn: "base" | "head"): Witness | undefined {
    return firstOf(this.values(validIn, schemas[validIn]), (value) => this.prove(schemas, validIn, value));
  }

  unexplainedBy(_changes: readonly Change[]): (Change & { readonly witness: Witness })[] {
    return [];
  }

  /** @param change what the fault must be about. */
  private prove(
    schemas: Pair<SchemaId>,
    validIn: "base" | "head",
    value: JsonValue,
    change?: Change,
  ): Witness | undefined {
    const other = validIn === "base" ? "head" : "base";
    if (this.verdict(validIn, schemas[validIn], value).kind !== "valid") return undefined;
    const verdict = this.verdict(other, schemas[other], value);
    if (verdict.kind !== "invalid" || (change && !verdict.faults.some((fault) => isAbout(fault, change))))
      return undefined;
    return { validIn, value, reason: reasonOf(verdict) };
  }

  private verdict(side: "base" | "head", id: SchemaId, value: JsonValue): ReturnType<Prover["verdict"]> {
    const { origin, view } = this.sides[side].model.schemas.get(id)!;
    return this.proverOf(side, view?.direction).verdict(origin, value);
  }

  /** The prover of what a direction sees, made when it is first asked for. */
  private proverOf(side: "base" | "head", direction?: Direction): Prover {
    const { model, prover } = this.sides[side];
    if (!direction) return prover;
    const key = `${side} ${direction}`;
    const views = [...model.schemas.values()].flatMap(({ view }) =>
      view?.direction === direction ? view.notRequired : [],
    );
    const made = this.provers.get(key) ?? prover.inView(views);
    this.provers.set(key, made);
    return made;
  }

  private values(side: "base" | "head", id: SchemaId): readonly JsonValue[] {
    const { model, prover } = this.sides[side];
    const fixtures = this.fixtures.get(side) ?? buildFixtures(model, prover).value;
    this.fixtures.set(side, fixtures);
    const { valid } = fixtures.schemas.get(id) ?? { valid: [] };
    return [...valid.filter((each) => each.id === "full"), ...valid.filter((each) => each.id !== "full")].map(
      ({ value }) => value,
    );
  }

  /** The schemas of the body that a change is about, on both sides. */
  private schemasOf({ subject, operation }: Change): Pair<SchemaId> | undefined {
    const ids = (["base", "head"] as const).map((side) => {
      const found = this.sides[side].model.operations.find((each) => keyOf(each) === operationKey(operation));
      if (!found) return undefined;
      if (subject.kind === "body")
        return found.body?.content.find(({ type }) => type === subject.mediaType)?.schema;
      if (subject.kind !== "response") return undefined;
      const response = found.responses.find(({ status }) => status === subject.status);
      return response?.content.find(({ type }) => type === subject.mediaType)?.schema;
    });
    const [base, head] = ids;
    return base === undefined || head === undefined ? undefined : { base, head };
  }
}

function keyOf({ method, path }: Operation): string {
  return operationKey(`${method} ${path}`);
}

function operationKey(name = ""): string {
  return name.replace(/\{[^{}]*\}/g, "{}");
}

/** True for a fault at the place of the change, or at the object that should hold it or should not. */
function isAbout({ pointer, keyword }: Fault, { path }: Change): boolean {
  const tokens = tokensOf(path);
  const at = tokensOf(pointer);
  const isAt = (names: readonly string[]) =>
    names.length === at.length && names.every((name, index) => name === "*" || name === at[index]);
  return isAt(tokens) || (MEMBERSHIP.has(keyword) && isAt(tokens.slice(0, -1)));
}

/** Keywords by which an object speaks of its members. */
const MEMBERSHIP = new Set([
  "required",
  "additionalProperties",
  "unevaluatedProperties",
  "dependentRequired",
  "propertyNames",
]);

function firstOf(
  values: readonly JsonValue[],
  prove: (value: JsonValue) => Witness | undefined,
): Witness | undefined {
  for (const value of values) {
    const witness = prove(value);
    if (witness) return witness;
  }
  return undefined;
}

/** The value with the place that a change is about strained to what only one side takes. */
function strained(full: JsonValue, { path, before, after }: Change): JsonValue[] {
  const pointer = path.replaceAll("/*", "/0");
  const current = valueAt(full, pointer);
  const edges = [before, after].filter((each) => typeof each === "number");
  const candidates: (JsonValue | undefined)[] = [
    ...[before, after].flatMap((each) => (each !== undefined && !isArray(each) ? [each] : [])),
    ...[before, after].flatMap((each) => (isArray(each) ? [...each] : [])),
    null,
    undefined,
    ...edges.flatMap((edge) => [edge, edge - 1, edge + 1, edge + 0.5]),
    ...edges
      .filter((edge) => edge >= 0 && edge < MAX_LENGTH)
      .flatMap((edge) => [edge - 1, edge, edge + 1].flatMap((length) => ofLength(current, length))),
    "text",
    "",
    1.5,
    0,
    -1,
    true,
    [],
    {},
    ...(isArray(current) && current.length > 0 ? [[current[0]!, current[0]!]] : [[0, 0]]),
    ...(isObject(current) ? [{ ...current, unexpectedProperty: "unexpected" }] : []),
  ];
  return candidates
    .map((candidate) => replaceAt(full, tokensOf(pointer), candidate))
    .filter((value) => value !== undefined);
}

/** Longer texts and lists are no evidence that anybody reads. */
const MAX_LENGTH = 2_000;

function ofLength(value: JsonValue | undefined, length: number): JsonValue[] {
  if (length < 0) return [];
  if (isArray(value))
    return value.length === 0 ? [] : [Array.from({ length }, (_, index) => value[index % value.length]!)];
  return typeof value === "string" || value === undefined ? ["x".repeat(length)] : [];
}

/** The value with something else at a place, or (for `undefined`) without the member there; undefined where there is no such place. */
function replaceAt(
  value: JsonValue,
  [token, ...rest]: readonly string[],
  next: JsonValue | undefined,
): JsonValue | undefined {
  if (token === undefined) return next;
  if (isArray(value)) {
    const item = value[Number(token)];
    const changed = item === undefined ? undefined : replaceAt(item, rest, next);
    return changed === undefined
      ? undefined
      : value.map((each, index) => (String(index) === token ? changed : each));
  }
  if (!isObject(value)) return undefined;
  const others = Object.entries(value).filter(([key]) => key !== token);
  const own = Object.hasOwn(value, token) ? value[token] : undefined;
  if (rest.length === 0)
    return next === undefined ? objectOf(others) : objectOf([...others, [token, next] as const]);
  const changed = own === undefined ? undefined : replaceAt(own, rest, next);
  return changed === undefined ? undefined : objectOf([...others, [token, changed] as const]);
}
