import type { Expression, Fixture } from "../../fixtures/fixture.js";
import { sortedBy } from "../../model/order.js";
import {
  isArray,
  isObject,
  own,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../../source/json.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Pair } from "../change.js";
import type { PlaceOf } from "../sets/canonical.js";
import type { FixtureImpact } from "./effects.js";

/** What is written, and what it is worth. */
type Written = Pick<Fixture, "value" | "expression">;

/** Fixtures by the expressions that name them, each with its type. */
export type Values = ReadonlyMap<string, { readonly schema: string; readonly fixture: Written }>;

/** How a fixture is written: what it takes from others, by their places. */
function writtenText({ expression }: Written, placeOf: PlaceOf): string {
  return JSON.stringify(expression, (_, member: unknown) =>
    isUse(member) ? [placeOf(member.schema), member.set, member.id] : member,
  );
}

type Use = Extract<Expression, { kind: "use" }>;

function isUse(member: unknown): member is Use {
  return (
    typeof member === "object" &&
    member !== null &&
    "kind" in member &&
    member.kind === "use" &&
    "schema" in member
  );
}

/** What fixtures are compared by. */
export type Compared = { readonly differences: Differences; readonly placeOf: Pair<PlaceOf> };

/** The fixtures of one side that the other has not, and those that it writes otherwise. */
export function changes(values: Pair<Values>, { differences, placeOf }: Compared): FixtureImpact[] {
  const names = sortedBy(new Set([...values.base.keys(), ...values.head.keys()]), (name) => name);
  return names.flatMap((name): FixtureImpact[] => {
    const [before, after] = [values.base.get(name), values.head.get(name)];
    if (!before) return [{ name, schema: after!.schema, kind: "added" }];
    if (!after) return [{ name, schema: before.schema, kind: "removed" }];
    const found = differences.of(before.fixture.value, after.fixture.value);
    const isOwn =
      found.length > 0 &&
      writtenText(before.fixture, placeOf.base) !== writtenText(after.fixture, placeOf.head);
    return isOwn ? [{ name, schema: after.schema, kind: "changed", changes: found }] : [];
  });
}

/** Where values of one side differ from those of the other. Fixtures share their parts: what was found equal is not gone through again. */
export class Differences {
  private readonly equal = new WeakMap<object, object>();

  /** The innermost places that both have, and members that one alone has. */
  of(a: JsonValue | undefined, b: JsonValue | undefined, pointer: JsonPointer = ""): JsonPointer[] {
    if (this.areEqual(a, b)) return [];
    if (isObject(a) && isObject(b))
      return sortedBy(new Set([...Object.keys(a), ...Object.keys(b)]), (key) => key).flatMap((key) =>
        this.of(own(a, key), own(b, key), join(pointer, key)),
      );
    if (isArray(a) && isArray(b) && a.length === b.length)
      return a.flatMap((item, index) => this.of(item, b[index], join(pointer, index)));
    return [pointer];
  }

  private areEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (this.equal.get(a) === b) return true;
    const keys = Object.keys(a);
    const areEqual =
      isArray(a) === isArray(b) &&
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && this.areEqual(partOf(a, key), partOf(b, key)));
    if (areEqual) this.equal.set(a, b);
    return areEqual;
  }
}

function partOf(whole: JsonObject | JsonArray, key: string): JsonValue | undefined {
  return isArray(whole) ? whole[Number(key)] : whole[key];
}
