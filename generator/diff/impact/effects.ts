import type { JsonPointer } from "../../source/pointer.js";
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

/** What happens to a fixture of the package. */
export type FixtureImpact = {
  /** As code says it: `orderFixtures.full`. */
  readonly name: string;
  /** The type whose value it is; of a value that breaks a constraint, the type that it is none of. */
  readonly schema: string;
  readonly kind: "added" | "removed" | "changed";
  /** Where a changed one differs, as JSON Pointers into the value. */
  readonly changes?: readonly JsonPointer[] | undefined;
};

/** A place of a project where code that compiles against the old package does not against the new one. */
export type ConsumerBreak = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `TS2339`. */
  readonly code: string;
  readonly message: string;
  /** The id of the finding that causes it, where that can be told. */
  readonly finding?: string | undefined;
};

/** What becomes of a project that uses the package. */
export type ConsumerReview = {
  /** The `tsconfig.json` of the project. */
  readonly project: string;
  /** How many files of its own were checked. */
  readonly files: number;
  readonly breaks: readonly ConsumerBreak[];
  /** How many errors it has against the old package, too: they are no breaks. */
  readonly known: number;
  /** The ids of the findings that touch nothing that it uses. */
  readonly untouched: readonly string[];
};
