/** True where every text that matches one pattern matches the other: it is the same, or the beginning of all that the one matches. */
export function isPatternWithin(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  // An alternative would begin otherwise, and what may be repeated may be absent.
  return (
    /^\^[\w -]*$/.test(outer) &&
    inner.startsWith(outer) &&
    !inner.includes("|") &&
    !/^[*?{]/.test(inner.slice(outer.length))
  );
}
