import { INHERITED } from "../model/sayable.js";
import type { ExampleFixture, FixtureId, FixtureSet } from "../fixtures/fixture.js";
import { camelCase, Scope } from "./identifiers.js";

/** The keys of the document's examples of a body, beside those of the fixtures that stand with them. */
export function exampleKeys(
  examples: readonly ExampleFixture[],
  beside: Iterable<string> = [],
): readonly string[] {
  const scope = new Scope([...INHERITED, ...beside]);
  return examples.map(({ name }) => scope.claim(camelCase(name)));
}

/** The keys of a set's valid fixtures, by their id: chosen in the order of the set, none twice. */
export function fixtureKeys(set: FixtureSet): ReadonlyMap<FixtureId, string> {
  // TypeScript takes the type of such a key from Object, whatever the record says.
  const scope = new Scope(INHERITED);
  return new Map(set.valid.map(({ id, words }) => [id, scope.claim(camelCase(words))]));
}
