import { printable } from "../../diagnostics/print.js";

/** Text that is HTML already. Everything else that enters a page is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * HTML with its holes escaped; a list is put side by side, and what is absent or false is nothing. It is not called `html`: formatters would
 * put white space into the templates, where it is seen and where the hash of a style sheet knows none.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((text, index) => text + (index < parts.length ? textOf(parts[index]) : "")).join(""),
  );
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return escapeHtml(String(part));
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for the content of an element and for a quoted attribute alike. */
function escapeHtml(text: string): string {
  return text
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** A message of ours: what stands in backticks or in quotes is a document's, and set as code. */
export function messageHtml(message: string): Html {
  const parts = message.split(/(`[^`]*`|"[^"]*")/);
  return markup`${parts.map((part, index) =>
    index % 2 === 0 ? part : markup`<code>${part.startsWith("`") ? part.slice(1, -1) : part}</code>`,
  )}`;
}
