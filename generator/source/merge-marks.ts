/** Where a conflict of a merge begins. */
export const CONFLICT = /^<{7} /gm;

/** True for a text that a merge has left its marks in, and nobody has resolved. */
export function hasMergeMarks(text: string): boolean {
  return text.search(CONFLICT) !== -1 && /^>{7} /m.test(text);
}
