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

/** Items by a key of each: keys and items in the order in which they come, and no group without items. */
export type Groups<K, T> = Map<K, [T, ...T[]]>;

/** The items by a key of each. */
export function groupedBy<K, T>(items: Iterable<T>, key: (item: T) => K): Groups<K, T> {
  const groups: Groups<K, T> = new Map();
  for (const item of items) addTo(groups, key(item), item);
  return groups;
}

/** Puts an item into the group of its key. */
export function addTo<K, T>(groups: Groups<K, T>, key: K, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
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
