import type { Traces } from "./cause.js";

/** What a new package does to the TypeScript of those who use the old one. */
export type TypeScriptImpact = {
  readonly symbol: string;
  /** `moved` is said of a name that stays while its place in the document changes: nothing has to be done. */
  readonly kind: "removed" | "added" | "changed" | "renamed" | "moved";
  /** What the compiler says, or what to call instead. */
  readonly message: string;
  /** A call of a renamed operation as it was, and as it is. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** The names of the subpaths that share its fate: `orderFixtures (./fixtures)`. */
  readonly also?: readonly string[] | undefined;
  /** Where the finding stands that it comes from. */
  readonly traces: Traces;
};
