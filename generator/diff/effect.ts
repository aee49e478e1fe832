import type { JsonValue } from "../source/json.js";
import type { JsonPointer } from "../source/pointer.js";
import type { Origin } from "../source/source.js";

/** What a change does to the set of instances. `both`: some go and others come. `unknown`: nobody can tell from the documents. */
export type Effect = "narrows" | "widens" | "both" | "keeps" | "unknown";

/** One thing that two schemas say otherwise, at the innermost place where they do. */
export type SchemaChange = {
  /** Its name in the table of rules: `min-length-increased`. */
  readonly change: string;
  readonly effect: Effect;
  /** Where the value stands that is meant, items as `*`: `/subscription/coupons/*`. */
  readonly path: JsonPointer;
  readonly base?: Origin | undefined;
  readonly head?: Origin | undefined;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
  /** Why it weighs less, as far as the schema tells. */
  readonly guard?: Guard | undefined;
  /** What has gone, and whether it was deprecated. */
  readonly mortal?: Mortal | undefined;
};

export type Mortal = { readonly deprecated?: true; readonly sunset?: string };

/** Two schemas, each of its own document. */
export type Pair<T> = { readonly base: T; readonly head: T };

export function effectOf({ narrows, widens }: { narrows: boolean; widens: boolean }): Effect {
  if (narrows) return widens ? "both" : "narrows";
  return widens ? "widens" : "keeps";
}

/**
 * What makes a change milder: that it is about a response without success, that a default stands in, that it was deprecated (and its
 * sunset is past), that an annotation decides, that clients expect further values of an enum, that nobody could rely on it, that clients
 * pass over what they do not know, that its operation was never said to be stable, or that several alternatives
 * of a `oneOf` take a value, which few authors mean to forbid.
 */
export type Guard =
  | "non-success"
  | "has-default"
  | "deprecated"
  | "sunset"
  | "open-enum"
  | "optional"
  | "advisory"
  | "addition"
  | "unstable"
  | "overlap";
