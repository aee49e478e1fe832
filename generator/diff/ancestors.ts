import type { JsonPointer } from "../source/pointer.js";

/** The pointers of what is around a place, the nearest first. */
export function ancestorsOf(pointer: JsonPointer): JsonPointer[] {
  const ancestors: JsonPointer[] = [];
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = end === 0 ? -1 : pointer.lastIndexOf("/", end - 1))
    ancestors.push(pointer.slice(0, end));
  return ancestors;
}
