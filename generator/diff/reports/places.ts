import type { Pair } from "../change.js";
import { inText } from "../locate.js";
import type { LocatedFinding, Location } from "../review.js";
import { nearestOf, type Documents } from "./nearest.js";

/** Where a finding stands on one side: the place itself, or what is nearest to it where the place is gone or not yet there. */
export type Place = Location & { readonly isExact: boolean };

/** Both sides of a finding. */
export function placesOf(
  { base, head }: Pick<LocatedFinding, "base" | "head">,
  documents: Pair<Documents>,
): Partial<Pair<Place>> {
  const found = {
    base: base ? exact(base) : head && nearest(head, documents.head, documents.base),
    head: head ? exact(head) : base && nearest(base, documents.base, documents.head),
  };
  return { ...(found.base && { base: found.base }), ...(found.head && { head: found.head }) };
}

function exact(location: Location): Place {
  return { ...location, isExact: true };
}

function nearest(location: Location, own: Documents, other: Documents): Place | undefined {
  const living = nearestOf(location, own, other);
  if (!living) return undefined;
  const position = other.get(living.source)!.locate(living.pointer, living.pointer === "" ? "value" : "key");
  return { ...inText(position, living.source), ...living, isExact: false };
}

/** One line of a document. */
export type SourceLine = { readonly number: number; readonly text: string; readonly isMarked: boolean };

/** Lines that are shown before the place, and at most from the place on. */
const BEFORE = 2;
const AFTER = 7;

/** Longer lines are cut; a document may be one line. */
const WIDTH = 160;

/** The lines of a text, as editors count them. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** The lines around a place: a few before it, and what belongs to it by its indentation. The margin that all have is taken away. */
export function linesAround({ line, column }: Location, lines: readonly string[]): SourceLine[] {
  const from = Math.max(line - 1 - BEFORE, 0);
  const own = lines.slice(line - 1, line - 1 + AFTER);
  const indent = indentOf(own[0] ?? "");
  const next = own.findIndex((each, index) => index > 0 && each.trim() !== "" && indentOf(each) <= indent);
  const to = line - 1 + (next === -1 ? own.length : Math.max(next, 2));
  const shown = lines.slice(from, to);
  const margin = Math.min(...shown.filter((each) => each.trim() !== "").map(indentOf));
  return shown.map((text, index) => {
    const number = from + index + 1;
    const at = number === line ? column - margin : 1;
    return { number, text: cut(text.slice(margin), at), isMarked: number === line };
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function cut(line: string, column: number): string {
  const from = column > WIDTH ? column - WIDTH / 2 : 0;
  const shown = line.slice(from, from + WIDTH);
  return `${from > 0 ? "…" : ""}${shown}${from + WIDTH < line.length ? "…" : ""}`;
}
