import { holds } from "../sets/values.js";
import type { Alternative } from "../sets/alternative.js";
import type { Pair } from "../change.js";

/** Alternatives that are meant to be the same: of one name, or of one tag, or the only ones that are left. */
export function pairUp({ base, head }: Pair<readonly Alternative[]>): Partial<Pair<Alternative>>[] {
  const free = new Set(head);
  const take = (one: Alternative, is: (other: Alternative) => boolean) => {
    const found = [...free].find(is);
    if (found) free.delete(found);
    return { base: one, ...(found && { head: found }) };
  };
  const named = base.map((one) =>
    take(one, (other) => nameOf(one) === nameOf(other) || sharesTag(one, other)),
  );
  const rest = named.map((pair) =>
    pair.head ? pair : take(pair.base, () => base.length === 1 && head.length === 1),
  );
  return [...rest, ...[...free].map((other) => ({ head: other }))];
}

function nameOf({ origin, values }: Alternative): string {
  return values ? "values" : origin.pointer;
}

function sharesTag(a: Alternative, b: Alternative): boolean {
  return [...a.properties].some(([name, { required, schemas }]) => {
    const [own] = schemas;
    const [other] = b.properties.get(name)?.schemas ?? [];
    return (
      required &&
      own?.kind === "literals" &&
      other?.kind === "literals" &&
      own.values.some((value) => holds(other.values, value))
    );
  });
}
