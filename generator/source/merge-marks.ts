/** True for a text that a merge has left its marks in, and nobody has resolved. */
export function hasMergeMarks(text: string): boolean {
  return /^<{7} /m.test(text) && /^>{7} /m.test(text);
}
