import type { Origin, Position, SourceDocument, SourceId } from "../source/source.js";
import { tokensOf, type JsonPointer } from "../source/pointer.js";
import { compareApis } from "./compare-operations.js";
import type { Pair } from "./compare-schemas.js";
import { findingsOf, type Finding } from "./finding.js";
import type { TypeScriptImpact } from "./impact.js";
import { levelOf, type Level } from "./rules.js";
import { WitnessSearch, type Side } from "./witness.js";

/** A place in a document: what an editor opens. */
export type Location = {
  readonly file: SourceId;
  readonly line: number;
  readonly column: number;
  readonly pointer: JsonPointer;
};

/** A finding with its places. */
export type LocatedFinding = Omit<Finding, "base" | "head"> & {
  readonly base?: Location | undefined;
  readonly head?: Location | undefined;
};

/** How the version of the package has to move: the worst of the wire and of TypeScript. */
export type Bump = "major" | "minor" | "patch" | "none";

/** What happens to a name that the package exports, and the id of the finding that it comes from, where one is known. */
export type ReportedImpact = TypeScriptImpact & { readonly finding?: string | undefined };

/** What happens to a fixture of the package. */
export type FixtureImpact = {
  readonly schema: string;
  readonly fixture: string;
  readonly kind: "added" | "removed" | "changed";
};

/** A finding that somebody has agreed to: it counts in no verdict. */
export type WaivedFinding = LocatedFinding & {
  readonly waiver: { readonly reason: string; readonly expires?: string | undefined };
};

/** A waiver that waives nothing any more. */
export type WaiverProblem = {
  readonly kind: "expired" | "unused";
  /** A fingerprint, or a rule and a pointer, as the file of waivers has it. */
  readonly waiver: string;
  readonly message: string;
  readonly place?: Location | undefined;
};

/** What a changed document does to those who call the API. */
export type Review = {
  readonly verdict: "breaking" | "warning" | "compatible" | "unchanged";
  readonly bump: Bump;
  readonly findings: readonly LocatedFinding[];
  readonly typescript?: readonly ReportedImpact[] | undefined;
  readonly fixtures?: readonly FixtureImpact[] | undefined;
  readonly waived?: readonly WaivedFinding[] | undefined;
  readonly waiverProblems?: readonly WaiverProblem[] | undefined;
};

/** One document as it was or is. */
export type ReviewSide = Side & { readonly documents: ReadonlyMap<SourceId, SourceDocument> };

/**
 * Reviews the step from one document to another.
 *
 * @param digest the SHA-256 of a text, in hexadecimal; for fingerprints.
 */
export function review(sides: Pair<ReviewSide>, digest: (text: string) => string): Review {
  const changes = compareApis({ base: sides.base.model, head: sides.head.model });
  const search = new WitnessSearch(sides);
  const proved = changes.map((change) =>
    levelOf(change) === "error" ? { ...change, witness: search.of(change) } : change,
  );
  const findings = findingsOf(proved, digest).map((finding): LocatedFinding => {
    const { base, head, ...rest } = finding;
    return { ...rest, base: locate(base, sides.base), head: locate(head, sides.head) };
  });
  const levels = new Set(findings.map(({ level }) => level));
  return { verdict: verdictOf(levels), bump: bumpOf(levels), findings };
}

/** A review with what stops compiling: the version moves by the worst of both. */
export function withImpact(found: Review, typescript: readonly TypeScriptImpact[]): Review {
  const breaks = typescript.some(({ kind }) => kind !== "added");
  return { ...found, typescript, bump: breaks ? "major" : found.bump };
}

function verdictOf(levels: ReadonlySet<Level>): Review["verdict"] {
  if (levels.has("error")) return "breaking";
  if (levels.has("warning")) return "warning";
  return levels.has("info") ? "compatible" : "unchanged";
}

function bumpOf(levels: ReadonlySet<Level>): Bump {
  if (levels.has("error")) return "major";
  return levels.has("warning") || levels.has("info") ? "minor" : "none";
}

function locate(origin: Origin | undefined, { documents }: ReviewSide): Location | undefined {
  const document = origin && documents.get(origin.source);
  if (!origin || !document) return undefined;
  const { line, column }: Position = document.locate(
    origin.pointer,
    tokensOf(origin.pointer).length === 0 ? "value" : "key",
  );
  return { file: origin.source, line, column, pointer: origin.pointer };
}
