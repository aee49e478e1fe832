import { isArray, isObject, objectOf, type JsonValue } from "../source/json.js";

/**
 * Order by UTF-16 code units, the same on every machine (`localeCompare` depends on the locale). Whatever a
 * document lists as members of a map has no order of its own.
 */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A sorted copy, by a key of each item, which is asked for once. */
export function sortedBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  const keyed = Array.from(items, (item) => ({ item, key: key(item) }));
  return keyed.toSorted((a, b) => byCodeUnit(a.key, b.key)).map(({ item }) => item);
}

/** The items by a key of each: keys and items in the order in which they come. */
export function groupedBy<K, T>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const own = key(item);
    const group = groups.get(own);
    if (group) group.push(item);
    else groups.set(own, [item]);
  }
  return groups;
}

/** A copy with the members of every object sorted. */
export function sortedKeys(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  return objectOf(
    sortedBy(Object.entries(value), ([key]) => key).map(
      ([key, member]) => [key, sortedKeys(member)] as const,
    ),
  );
}
