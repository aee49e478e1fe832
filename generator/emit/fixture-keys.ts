import { INHERITED } from "../fixtures/fits-type.js";
import type { FixtureId, FixtureSet } from "../fixtures/fixture.js";
import { camelCase, Scope } from "./names.js";

/** The keys of a set's valid fixtures, by their id: chosen in the order of the set, none twice. */
export function fixtureKeys(set: FixtureSet): ReadonlyMap<FixtureId, string> {
  // TypeScript takes the type of such a key from Object, whatever the record says.
  const scope = new Scope(INHERITED);
  return new Map(set.valid.map(({ id, words }) => [id, scope.claim(camelCase(words))]));
}
