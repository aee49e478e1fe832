import type ts from "typescript";
import { hardline, join, literalline, type Doc } from "./doc.js";

/** Thrown for syntax that no emitter writes in bulk: Prettier lays it out. */
export class UnknownSyntax extends Error {}

/** The module that is laid out. */
export type Source = { readonly text: string; readonly file: ts.SourceFile };

export function textOf(node: ts.Node, { file, text }: Source): string {
  return text.slice(node.getStart(file), node.end);
}

/** True where a blank line stands behind the node: one of them is kept. */
export function isBlankAfter(node: ts.Node, { text }: Source): boolean {
  BLANK.lastIndex = node.end;
  return BLANK.test(text);
}

const BLANK = /[,; \t]*\n[ \t]*\n/y;

/** True where a line break stands between two places. */
export function hasNewline(from: number, to: number, { text }: Source): boolean {
  const found = text.indexOf("\n", from);
  return found !== -1 && found < to;
}

/** How many comments a text holds, those in strings not counted. */
export function countComments(text: string): number {
  if (!text.includes("/*") && !text.includes("//")) return 0;
  let count = 0;
  for (const [token] of text.matchAll(STRING_OR_COMMENT)) if (token.startsWith("/")) count++;
  return count;
}

const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** A comment before a node, and where it ends. */
export type Comment = { readonly doc: Doc; readonly end: number; readonly isLine: boolean };

/** The comments between the end of what is before a node and the node. */
export function commentsBefore(node: ts.Node, { text, file }: Source): Comment[] {
  NO_COMMENT.lastIndex = node.pos;
  if (NO_COMMENT.test(text)) return [];
  const gap = text.slice(node.pos, node.getStart(file));
  return [...gap.matchAll(COMMENT)].map((match) => ({
    doc: commentDoc(match[0]),
    end: node.pos + match.index + match[0].length,
    isLine: match[0].startsWith("//"),
  }));
}

/** Most nodes have none: to know that, their beginning need not be looked for. */
const NO_COMMENT = /\s*[^\s/]/y;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** Lines that all start with a star are indented anew; others are kept. */
function commentDoc(text: string): Doc {
  if (text.startsWith("//")) return text.trimEnd();
  const lines = text.split("\n");
  if (!lines.slice(1).every((each) => each.trimStart().startsWith("*"))) return join(literalline, lines);
  const aligned = lines.map((each, index) => (index === 0 ? each.trimEnd() : ` ${each.trim()}`));
  return join(hardline, aligned);
}

/** A node behind its comments, each on lines of its own as in the source. */
export function withComments(node: ts.Node, doc: Doc, source: Source): Doc {
  const comments = commentsBefore(node, source);
  if (comments.length === 0) return doc;
  return [...comments.map((comment) => [comment.doc, spaceAfter(comment, source)]), doc];
}

function spaceAfter({ end, isLine }: Comment, { text }: Source): Doc {
  const gap = /^[ \t]*(\n[ \t]*(\n)?)?/.exec(text.slice(end, end + 200))!;
  if (gap[1] === undefined && !isLine) return " ";
  return gap[2] === undefined ? hardline : [hardline, hardline];
}
