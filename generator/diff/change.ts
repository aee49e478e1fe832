import type { JsonValue } from "../source/json.js";
import type { JsonPointer } from "../source/pointer.js";
import type { Origin } from "../source/source.js";
import type { Effect, Guard } from "./effect.js";

/** Who reads what changed: the server, the client, or nobody on the wire. */
export type ChangeDirection = "request" | "response" | "none";

/** What part of the document a change is about. */
export type Subject =
  | { readonly kind: "api" }
  | { readonly kind: "operation" }
  | { readonly kind: "parameter"; readonly location: string; readonly name: string }
  | { readonly kind: "body"; readonly mediaType: string }
  | { readonly kind: "response"; readonly status: string; readonly mediaType?: string }
  | { readonly kind: "header"; readonly status: string; readonly name: string };

/** One change at one operation, not yet judged. */
export type Change = {
  /** Its row in the table of rules. */
  readonly rule: string;
  readonly effect: Effect;
  readonly direction: ChangeDirection;
  readonly subject: Subject;
  /** `PUT /billing/plan`; undefined for what no operation owns. */
  readonly operation?: string | undefined;
  /** Where the value that is meant stands in a body, items as `*`. */
  readonly path: JsonPointer;
  readonly base?: Origin | undefined;
  readonly head?: Origin | undefined;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
  /** Why it weighs less than its effect. */
  readonly guard?: Guard | undefined;
};
