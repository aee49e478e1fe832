import type { SourceDocument } from "../source/source.js";
import type { Diagnostic } from "./diagnostic.js";

export type Paint = (style: "red" | "yellow" | "green" | "dim" | "bold", text: string) => string;

/** Longer source lines are cut around the caret. */
const LINE_WIDTH = 120;

/**
 * Each diagnostic as people read it:
 *
 *     specs/cargo.yaml:12:15 error: $ref "#/x" points to nothing [ref-not-found]
 *       12 |         $ref: "#/x"
 *          |               ^
 *
 * @param revision where the documents are not those on disk: it stands before the names of files, as git has it.
 */
export function diagnosticTexts(
  diagnostics: readonly Diagnostic[],
  { documents, revision }: { documents: ReadonlyMap<string, SourceDocument>; revision?: string | undefined },
  paint: Paint,
): string[] {
  const lines = new Map<string, readonly string[]>();
  return diagnostics.map((diagnostic) => {
    const { file, line } = diagnostic;
    // A document may have megabytes, and a thousand diagnostics: it is cut into lines once.
    const known = lines.get(file) ?? documents.get(file)?.text.split(/\r\n|\r|\n/) ?? [];
    lines.set(file, known);
    const shown = revision === undefined ? file : `${revision}:${file}`;
    return textOf({ ...diagnostic, file: shown }, known[line - 1], paint);
  });
}

function textOf(diagnostic: Diagnostic, source: string | undefined, paint: Paint): string {
  const { file, line, column, severity, message, code } = diagnostic;
  const color = severity === "error" ? "red" : "yellow";
  const head = `${paint("bold", oneLine(`${file}:${line}:${column}`))} ${paint(color, `${severity}:`)} ${oneLine(message)} ${paint("dim", `[${code}]`)}`;
  if (source === undefined) return head;
  const from = column > LINE_WIDTH ? column - LINE_WIDTH / 2 : 0;
  const shown = printable(source.slice(from, from + LINE_WIDTH));
  const gutter = `  ${line} | `;
  const caret = `${" ".repeat(gutter.length - 3)} | ${" ".repeat(Math.max(column - 1 - from, 0))}`;
  return `${head}\n${paint("dim", gutter)}${shown}\n${paint("dim", caret)}${paint(color, "^")}`;
}

/**
 * What others have written, a document's text or the name of a file, must steer neither the reader's terminal (control characters, and those that turn the direction of writing) nor the
 * machine that keeps the log: `##[…]` and `##vso[…]` are commands wherever they stand in a line, and `::` is one where a line begins.
 */
export function printable(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, "\u{fffd}")
    .replace(/\p{Surrogate}/gu, "\u{fffd}")
    .replace(/##(?=\[|vso\[)/gi, "#\u{fffd}")
    .replace(/^(\s*:)(?=:)/, "$1\u{fffd}");
}

/** The text in one line, printable. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s*[\r\n]+\s*/g, " "));
}
