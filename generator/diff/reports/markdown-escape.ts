import { printable } from "../../diagnostics/print.js";

/** Parts a word that would mean something, and is not seen. */
const SPLIT = "\u200b";

/** ASCII punctuation, which a backslash makes plain (CommonMark 0.31, section 2.4), but for what means nothing inside a line. */
const PUNCTUATION = /[\\`*_{}[\]()<>#+\-.!|~&=^]/g;

/**
 * Text of a document as plain text of GitHub's Markdown. Escapes alone do not do: mentions (`@user`), references (`#1`, `GH-1`, hashes of
 * commits) and addresses are found in what is rendered, so those are parted by a character that has no width. A `$` begins mathematics, and takes no
 * escape: GitHub asks for a span.
 */
export function plainMarkdown(text: string): string {
  return flat(text)
    .replace(/[@#](?=\S)/g, `$&${SPLIT}`)
    .replace(/\bGH-(?=\d)/gi, `$&${SPLIT}`)
    .replace(/:(?=\/\/|[\w+-]+:)/g, `:${SPLIT}`)
    .replace(/\b(?:www|mailto|xmpp)(?=[.:])/gi, `$&${SPLIT}`)
    .replace(/[0-9a-f]{7,}/gi, (run) => run.replace(/.{6}(?=.)/g, `$&${SPLIT}`))
    .replace(PUNCTUATION, "\\$&")
    .replaceAll("$", `<span>$</span>`);
}

/** Text of a document as a span of code: nothing in it means anything (CommonMark 0.31, section 6.1). */
export function codeMarkdown(text: string): string {
  const content = flat(text);
  if (content.trim() === "") return "` `";
  const fence = "`".repeat(longestRun(content) + 1);
  // A space at both ends is taken away again, so one is added where the text has its own, or a backtick.
  const pad = /^[ `]|[ `]$/.test(content) ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** A message of ours around names of a document: what stands in backticks or in quotes becomes code, the rest plain text. Backticks of two parts never touch. */
export function messageMarkdown(message: string): string {
  return message
    .split(/(`[^`]*`|"[^"]*")/)
    .map((part, index) => {
      if (index % 2 === 0) return plainMarkdown(part);
      return codeMarkdown(part.startsWith("`") ? part.slice(1, -1) : part);
    })
    .reduce((text, part) => `${text}${text.endsWith("`") && part.startsWith("`") ? SPLIT : ""}${part}`, "");
}

/** Lines of a document as a block of code that none of them can close (CommonMark 0.31, section 4.5). */
export function fencedMarkdown(lines: readonly string[], language: string): string {
  const clean = lines.map(printable);
  const fence = "`".repeat(Math.max(longestRun(clean.join("\n")) + 1, 3));
  return [`${fence}${language}`, ...clean, fence].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function flat(text: string): string {
  return printable(text.replace(/\s+/g, " "));
}
