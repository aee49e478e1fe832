import { util } from "prettier";

/**
 * A text whose line breaks are not chosen yet (Wadler, "A prettier printer"), in the terms of Prettier's own documents: a group stands
 * on one line if it fits, or breaks all its lines; what is inside it is then asked in turn.
 */
export type Doc = string | readonly Doc[] | Node;

export type Node =
  | { readonly kind: "line"; readonly type: "space" | "soft" | "hard" | "literal" }
  | { readonly kind: "indent"; readonly by: number; readonly contents: Doc; readonly width: number }
  | {
      readonly kind: "group";
      readonly contents: Doc;
      /** Breaks whatever its width, for a line break inside it is forced. */
      readonly isBroken: boolean;
      readonly width: number;
      /** Other ways to print it, of which the first that fits is taken, else the last. */
      readonly states?: readonly Doc[];
      readonly id?: object;
    }
  | { readonly kind: "ifBreak"; readonly broken: Doc; readonly flat: Doc; readonly id?: object }
  | { readonly kind: "indentIfBreak"; readonly contents: Doc; readonly width: number; readonly id: object }
  | { readonly kind: "fill"; readonly parts: readonly Doc[]; readonly from: number };

/** A space, or a line break where its group breaks. */
export const line: Doc = { kind: "line", type: "space" };
/** Nothing, or a line break where its group breaks. */
export const softline: Doc = { kind: "line", type: "soft" };
/** A line break; the groups around it break. */
export const hardline: Doc = { kind: "line", type: "hard" };
/** A line break inside a comment: what follows keeps its own indentation. */
export const literalline: Doc = { kind: "line", type: "literal" };

/** Wider than any line: what has no width on one line. */
const FORCED = Number.POSITIVE_INFINITY;

export function indent(contents: Doc, by = 2): Doc {
  return { kind: "indent", by, contents, width: widthOf(contents) };
}

export function group(contents: Doc, options: { isBroken?: boolean; id?: object } = {}): Doc {
  const width = widthOf(contents);
  const isBroken = options.isBroken === true || willBreak(contents);
  return { kind: "group", contents, width, isBroken, ...(options.id && { id: options.id }) };
}

/** The first of the states that fits. A line break that is forced in one says nothing about the groups around. */
export function firstFitting(states: readonly [Doc, ...Doc[]]): Doc {
  return { kind: "group", contents: states[0], width: widthOf(states[0]), isBroken: false, states };
}

export function ifBreak(broken: Doc, flat: Doc = "", id?: object): Doc {
  return { kind: "ifBreak", broken, flat, ...(id && { id }) };
}

/** Indented where the group `id` breaks. */
export function indentIfBreak(contents: Doc, id: object): Doc {
  return { kind: "indentIfBreak", contents, id, width: widthOf(contents) };
}

/** Contents and separators in turn; as many on each line as fit. */
export function fill(parts: readonly Doc[]): Doc {
  return { kind: "fill", parts, from: 0 };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc[] {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

/** True where a line break is forced outside of groups that choose among states. */
export function willBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(willBreak);
  switch (doc.kind) {
    case "line":
      return doc.type === "hard" || doc.type === "literal";
    case "group":
      return doc.isBroken;
    case "fill":
      return doc.parts.some(willBreak);
    case "ifBreak":
      return willBreak(doc.broken) || willBreak(doc.flat);
    default:
      return doc.width === FORCED && willBreak(doc.contents);
  }
}

/** True where the document has a place to break at. */
export function canBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(canBreak);
  switch (doc.kind) {
    case "line":
    case "fill":
      return true;
    case "ifBreak":
      return canBreak(doc.broken) || canBreak(doc.flat);
    default:
      return canBreak(doc.contents);
  }
}

/** `Array.isArray`, which does not narrow a readonly array by itself. */
export function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

/** The width on one line; infinite where a line break is forced inside. Each node knows its own, so that fitting takes no walk. */
export function widthOf(doc: Doc): number {
  if (typeof doc === "string") return textWidth(doc);
  if (isList(doc)) {
    let width = 0;
    for (const part of doc) width += widthOf(part);
    return width;
  }
  switch (doc.kind) {
    case "line":
      return doc.type === "space" ? 1 : doc.type === "soft" ? 0 : FORCED;
    case "group":
      return doc.isBroken ? FORCED : doc.width;
    case "fill":
      return widthOf(doc.parts);
    case "ifBreak":
      // Asked of another group, it has no width of its own.
      return doc.id ? FORCED : widthOf(doc.flat);
    default:
      return doc.width;
  }
}

/** Columns that a text takes: wide characters of East Asia take two, marks that combine with others none. */
function textWidth(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7f) return util.getStringWidth(text);
  }
  return text.length;
}
