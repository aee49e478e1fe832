import type { ApiModel } from "../model/model.js";
import type { SourceDocument, SourceId } from "../source/source.js";
import { pathsFrom } from "../source/uri.js";
import { basePathChange, movedBasePath, withBasePath } from "./compare/base-path.js";
import { compareApis, compareReceived, type ComparisonOptions } from "./compare/operations.js";
import { documentationChanges } from "./compare/documentation.js";
import {
  findingsOf,
  keyOfChanges,
  rootCauses,
  worstOf,
  type LocatedFinding,
  type TextPlace,
  type RootCause,
} from "./finding.js";
import type { ConsumerReview, FixtureImpact, TypeScriptImpact } from "./impact/effects.js";
import { proved } from "./prove-changes.js";
import { ruleOf, type Level } from "./rules/rules.js";
import { located } from "./locate.js";
import { Unchanged } from "./compare/unchanged.js";
import type { Side } from "./proof/sample-values.js";
import { WitnessSearch } from "./proof/witness-search.js";
import type { Pair } from "./change.js";

export type { LocatedFinding, Location, TextPlace } from "./finding.js";

/** How the version of the package has to move: the worst of the wire and of TypeScript. */
export type Bump = "major" | "minor" | "patch" | "none";

/** What happens to a name that the package exports, and the id of the finding that it comes from, where one is known. */
export type ReportedImpact = Omit<TypeScriptImpact, "traces"> & { readonly finding?: string | undefined };

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
  readonly place?: TextPlace | undefined;
};

/** What a changed document does to those who call the API. */
export type Review = {
  readonly verdict: "breaking" | "warning" | "compatible" | "unchanged";
  readonly bump: Bump;
  readonly findings: readonly LocatedFinding[];
  readonly typescript?: readonly ReportedImpact[] | undefined;
  readonly fixtures?: readonly FixtureImpact[] | undefined;
  readonly consumers?: readonly ConsumerReview[] | undefined;
  readonly waived?: readonly WaivedFinding[] | undefined;
  readonly waiverProblems?: readonly WaiverProblem[] | undefined;
};

/** One document as it was or is. */
export type ReviewSide = Side & {
  /** As packages read it, with what discriminators mean. */
  readonly packaged: Side;
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
  /** What the client receives by webhooks and callbacks, where the document has any. */
  readonly received?: ApiModel | undefined;
};

/** What a review is told beside the documents. */
export type ReviewOptions = ComparisonOptions & {
  /** The SHA-256 of a text, in hexadecimal; for fingerprints. */
  readonly digest: (text: string) => string;
};

/** Reviews the step from one document to another. */
export function review(given: Pair<ReviewSide>, { digest, ...options }: ReviewOptions): Review {
  const moved = movedBasePath({ base: given.base.model, head: given.head.model });
  const sides = moved ? { ...given, [moved.side]: inPaths(given[moved.side], moved.basePath) } : given;
  const models = { base: sides.base.model, head: sides.head.model };
  const meant = { base: sides.base.packaged, head: sides.head.packaged };
  const documents = { base: sides.base.documents, head: sides.head.documents };
  const described = [models.base, ...(sides.base.received ? [sides.base.received] : [])];
  const unchanged = new Unchanged(models);
  const keyOf = keyOfChanges({ base: pathsOf(sides.base), head: pathsOf(sides.head) });
  const causes = [
    ...proved(
      compareApis({ models, unchanged }, options),
      new WitnessSearch(sides, unchanged, { meant }),
      keyOf,
    ),
    ...receivedCauses(sides, options, keyOf),
    ...rootCauses(
      [...(moved ? [basePathChange(moved, models)] : []), ...documentationChanges(documents, described)],
      keyOf,
      worstOf,
    ),
  ];
  return judged({ findings: findingsOf(causes, digest).map((finding) => located(finding, documents)) });
}

/**
 * The parts of a review with what follows from them: the verdict from the wire, and from waivers that are to be mended, which are warnings;
 * the version from the worst of all.
 */
export function judged(parts: Omit<Review, "verdict" | "bump">): Review {
  const levels = parts.findings.map(({ level }) => level);
  const problems = (parts.waiverProblems ?? []).map((): Level => "warning");
  return { ...parts, verdict: verdictOf(new Set([...levels, ...problems])), bump: bumpOf(parts) };
}

function pathsOf({ model, documents }: ReviewSide): (source: SourceId) => string {
  return pathsFrom(model.info.origin.source, documents);
}

/** The side with what its servers end with in its paths. */
function inPaths({ model, packaged, received, ...side }: ReviewSide, basePath: string): ReviewSide {
  return {
    ...side,
    model: withBasePath(model, basePath),
    packaged: { ...packaged, model: withBasePath(packaged.model, basePath) },
    received: received && withBasePath(received, basePath),
  };
}

/** What webhooks and callbacks bring, or bring no more. */
function receivedCauses(
  sides: Pair<ReviewSide>,
  options: ComparisonOptions,
  keyOf: ReturnType<typeof keyOfChanges>,
): RootCause[] {
  const [base, head] = [sides.base.received, sides.head.received];
  if (!base && !head) return [];
  const models = { base: base ?? NOTHING, head: head ?? NOTHING };
  const unchanged = new Unchanged(models);
  const received = {
    base: { model: models.base, judge: sides.base.judge },
    head: { model: models.head, judge: sides.head.judge },
  };
  return proved(
    compareReceived({ models, unchanged }, options),
    new WitnessSearch(received, unchanged, { callers: sides }),
    keyOf,
  );
}

const NOTHING: ApiModel = {
  info: { origin: { source: "", pointer: "" }, title: "", version: "" },
  servers: [],
  operations: [],
  securitySchemes: [],
  schemas: new Map(),
};

function verdictOf(levels: ReadonlySet<Level>): Review["verdict"] {
  if (levels.has("error")) return "breaking";
  if (levels.has("warning")) return "warning";
  return levels.has("info") ? "compatible" : "unchanged";
}

/** Semantic Versioning 2.0.0, sections 6 to 8, for those who call the package. What is said otherwise for people alone is a patch. */
function bumpOf({ findings, typescript = [], fixtures = [] }: Omit<Review, "verdict" | "bump">): Bump {
  if (findings.some(({ level }) => level === "error") || typescript.some(isBreak)) return "major";
  const isFelt = findings.some(({ rule }) => ruleOf(rule).area !== "documentation");
  if (isFelt || typescript.some(({ kind }) => kind !== "moved")) return "minor";
  return findings.length + fixtures.length + typescript.length > 0 ? "patch" : "none";
}

/** True for what may stop a caller's code from compiling. */
function isBreak({ kind }: Pick<ReportedImpact, "kind">): boolean {
  return kind === "removed" || kind === "changed" || kind === "renamed";
}
