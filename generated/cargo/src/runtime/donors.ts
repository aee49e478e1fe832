import { own, type JsonObject } from "./json.js";

/** True for an object of JSON, and for nothing of a class. */
export function isPlain(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A place in a value. All items of a list are at one. */
export interface Place {
  readonly path: string;
  /** What it is called wherever it is: a schema may lead back to itself. */
  readonly name: string;
  /** The object that it is in. */
  readonly around?: JsonObject;
}

export const TOP: Place = { path: "", name: "" };

export function memberPlace({ path }: Place, name: string, around: JsonObject): Place {
  return { path: `${path}/${name}`, name, around };
}

export function itemPlace({ path, name }: Place): Place {
  return { path: `${path}/*`, name: `${name}/*` };
}

/**
 * What overrides that no one fixture takes are filled up from, one way after another: what any of the fixtures has at the same place; then also what
 * is anywhere under the same name, as in a schema that leads back to itself, or else beside it, as in a map; then nothing, for an object that no
 * fixture has a place for the whole of: an alternative that none shows.
 */
export const FILLINGS = ["exact", "near", "whole"] as const;

/** The parts of all fixtures by their places. */
export class Donors {
  private readonly byPath = new Map<string, Set<unknown>>();
  private readonly byName = new Map<string, Set<unknown>>();

  private readonly filling: (typeof FILLINGS)[number];

  constructor(fixtures: readonly unknown[], filling: (typeof FILLINGS)[number]) {
    this.filling = filling;
    for (const fixture of fixtures) this.add(fixture, TOP);
  }

  private add(value: unknown, place: Place): void {
    if (!isPlain(value) && !isList(value)) return;
    const atPath = setIn(this.byPath, place.path);
    if (atPath.has(value)) return;
    atPath.add(value);
    setIn(this.byName, place.name).add(value);
    if (isList(value)) for (const item of value) this.add(item, itemPlace(place));
    else for (const [key, member] of Object.entries(value)) this.add(member, memberPlace(place, key, value));
  }

  private at({ path, name, around = {} }: Place): readonly unknown[] {
    const exact = [...(this.byPath.get(path) ?? [])];
    return this.filling === "exact" ? exact : [...exact, ...(this.byName.get(name) ?? Object.values(around))];
  }

  lists(place: Place): readonly (readonly unknown[])[] {
    return this.at(place).filter(isList);
  }

  /** True of an object that is taken as it is. */
  isUnknown(place: Place, overrides: JsonObject): boolean {
    if (this.filling !== "whole" || place.path === TOP.path) return false;
    const given = Object.keys(overrides).filter((name) => overrides[name] !== undefined);
    const hasEach = (each: unknown) => isPlain(each) && given.every((name) => own(each, name) !== undefined);
    return !this.at(place).some(hasEach);
  }

  /** The object that is most like the overrides; the one that is there before others. */
  nearest(place: Place, overrides: JsonObject, there: JsonObject | undefined): JsonObject {
    const all = [...(there ? [there] : []), ...this.at(place)].filter(isPlain);
    const likeness = (each: JsonObject) => likenessOf(each, overrides);
    return all.reduce((best, each) => (likeness(each) > likeness(best) ? each : best), all[0] ?? {});
  }
}

/** How many of the overrides an object has a place for, and how many it has as they are: a constant says which alternative is meant. */
function likenessOf(object: JsonObject, overrides: JsonObject): number {
  let likeness = 0;
  for (const [key, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    if (own(object, key) === value) likeness += 2;
    else if (own(object, key) !== undefined) likeness += 1;
  }
  return likeness;
}

function setIn(sets: Map<string, Set<unknown>>, key: string): Set<unknown> {
  const known = sets.get(key) ?? new Set();
  sets.set(key, known);
  return known;
}
