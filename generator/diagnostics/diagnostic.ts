import type { JsonPointer } from "../source/pointer.js";
import type { Position, SourceDocument } from "../source/source.js";
import type { Code, Severity } from "./catalogue.js";
import type { Problem } from "./problem.js";

/** A problem at its line: what `--json` prints and the programmatic API returns. */
export type Diagnostic = {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** The document's path from the working directory. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  readonly pointer: JsonPointer;
};

/** The problems at their lines, in the order of the lines, none twice: of two that say the same, the first. */
export function locateProblems(
  problems: readonly Problem[],
  documents: ReadonlyMap<string, SourceDocument>,
): Diagnostic[] {
  const located = problems.map((problem) => locateProblem(problem, documents));
  const unique = new Map<string, Diagnostic>();
  for (const diagnostic of located) {
    const key = keyOf(diagnostic);
    if (!unique.has(key)) unique.set(key, diagnostic);
  }
  return [...unique.values()].toSorted(byPosition);
}

/** A value has one type and one choice: two complaints of it are one, however each stage words it. */
const ONCE_A_PLACE: ReadonlySet<Code> = new Set(["wrong-type", "unknown-value"]);

function keyOf({ code, message, file, line, column }: Diagnostic): string {
  return JSON.stringify([file, line, column, code, ONCE_A_PLACE.has(code) ? "" : message]);
}

/** The problems with their positions, for documents in which their places are not the same later. */
export function atPositions(
  problems: readonly Problem[],
  documents: ReadonlyMap<string, SourceDocument>,
): Problem[] {
  return problems.map((problem) =>
    documents.has(problem.origin.source) ? { ...problem, place: positionOf(problem, documents) } : problem,
  );
}

function positionOf({ origin, place }: Problem, documents: ReadonlyMap<string, SourceDocument>): Position {
  if (typeof place === "object") return place;
  return documents.get(origin.source)?.locate(origin.pointer, place) ?? { line: 1, column: 1 };
}

function locateProblem(problem: Problem, documents: ReadonlyMap<string, SourceDocument>): Diagnostic {
  const { code, severity, message } = problem;
  const { line, column, origin: { source, pointer } = problem.origin } = positionOf(problem, documents);
  return { code, severity, message, file: source, line, column, pointer };
}

function byPosition(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
