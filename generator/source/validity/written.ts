import type { JsonPointer } from "../pointer.js";
import type { SourceDocument } from "../source.js";

/** A number or a flag as its author wrote it: `1.0` in YAML is the number 1. */
export function writtenAt(document: SourceDocument, pointer: JsonPointer, value: number | boolean): string {
  const { line, column } = document.locate(pointer, "value");
  const start = startOfLine(document.text, line) + column - 1;
  const written = /^[\w.+-]+/.exec(document.text.slice(start, start + 100))?.[0] ?? "";
  return Number(written) === value ? written : String(value);
}

/** True where a comment stands in the place of a member's value. */
export function isCommented(document: SourceDocument, pointer: JsonPointer): boolean {
  const { line, column } = document.locate(pointer, "key");
  const start = startOfLine(document.text, line) + column - 1;
  return /^["']?[\w$-]+["']?: +#/.test(document.text.slice(start, start + 200));
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let each = 1; each < line; each++) start = text.indexOf("\n", start) + 1;
  return start;
}
