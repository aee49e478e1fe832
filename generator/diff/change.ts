import type { JsonValue } from "../source/json.js";
import type { JsonPointer } from "../source/pointer.js";
import type { Origin } from "../source/source.js";

/** What a change does to the set of instances. `both`: some go and others come. `unknown`: nobody can tell from the documents. */
export type Effect = "narrows" | "widens" | "both" | "keeps" | "unknown";

/** Two things, each of its own document. */
export type Pair<T> = { readonly base: T; readonly head: T };

/** Where something differs, and what it says on each side. */
export type Difference = {
  /** Where the value that is meant stands in a body: `/subscription/coupons/*` (see `place.ts`). */
  readonly path: JsonPointer;
  readonly base?: Origin | undefined;
  readonly head?: Origin | undefined;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
};

/** What is known of a change, whatever it is a change of. */
export type Facts = Difference & {
  readonly effect: Effect;
  /** Why it weighs less than its effect. */
  readonly guard?: Guard | undefined;
  /** That it is of JSON, where other parts of the same body are texts. */
  readonly isJson?: true;
};

/** One thing that two schemas say otherwise, at the innermost place where they do. */
export type SchemaChange = Facts & {
  /** Its name in the table of rules: `min-length-increased`. */
  readonly change: string;
  /** What it does if anything, where nobody can tell whether it does. */
  readonly atMost?: "narrows" | "widens" | undefined;
  /** What has gone, and whether it was deprecated. */
  readonly mortal?: Mortal | undefined;
};

export type Mortal = { readonly deprecated?: true; readonly sunset?: string };

/** Who reads what changed: the server, the client, or nobody on the wire. */
export type ChangeDirection = "request" | "response" | "none";

/** What part of the document a change is about. */
export type Subject =
  /** The whole, or a part of it that operations share, as people call it. */
  | { readonly kind: "api"; readonly part?: string }
  | { readonly kind: "operation" }
  | { readonly kind: "parameter"; readonly location: string; readonly name: string }
  | { readonly kind: "body"; readonly mediaType: string }
  | { readonly kind: "response"; readonly status: string; readonly mediaType?: string }
  | { readonly kind: "header"; readonly status: string; readonly name: string }
  /** What else has a text, as people call it. */
  | { readonly kind: "part"; readonly words: string };

/** One change at one operation, not yet judged. */
export type Change = Facts & {
  /** Its row in the table of rules. */
  readonly rule: string;
  readonly direction: ChangeDirection;
  readonly subject: Subject;
  /** Of a response: all of its root cause, where these are several. */
  readonly statuses?: readonly string[] | undefined;
  /** `PUT /billing/plan`; undefined for what no operation owns. */
  readonly operation?: string | undefined;
  /** That something of before stays beside what comes. */
  readonly isFurther?: true;
};

/** What makes a change milder. */
export type Guard =
  /** It is about a response without success. */
  | "non-success"
  /** A default stands in. */
  | "has-default"
  /** It was deprecated. */
  | "deprecated"
  /** And its sunset is past. */
  | "sunset"
  /** Clients expect further values of an enum. */
  | "open-enum"
  /** Nobody could rely on it. */
  | "optional"
  /** An annotation decides. */
  | "advisory"
  /** It is about what a discriminator means: the schemas say nothing of it, and a value may show it. */
  | "meant"
  /** Clients pass over what they do not know. */
  | "addition"
  /** Its operation was never said to be stable. */
  | "unstable"
  /** Several alternatives of a `oneOf` take a value, which few authors mean to forbid; or another operation takes the same requests. */
  | "overlap"
  /** It is about a format that nothing is held to. */
  | "unheld";

export function effectOf({ narrows, widens }: { narrows: boolean; widens: boolean }): Effect {
  if (narrows) return widens ? "both" : "narrows";
  return widens ? "widens" : "keeps";
}
