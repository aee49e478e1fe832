import { partsOf } from "../../model/graph.js";
import type { ApiModel } from "../../model/model.js";
import { sortedBy } from "../../model/order.js";
import type { Schema } from "../../model/schema.js";
import type { Pair } from "../change.js";
import { placesIn, type PlaceOf } from "../sets/canonical.js";

/**
 * What a discriminator says of an alternative on the one side, and the alternative says itself on the other: to say what was settled
 * changes nothing, so there it is taken for said. Where both leave it to the discriminator, it forbids no value.
 *
 * @returns of each side, what counts as said.
 */
export function statedBranches({ base, head }: Pair<ApiModel>): Pair<ReadonlySet<Schema>> {
  const branches = { base: branchesOf(base), head: branchesOf(head) };
  return {
    base: settledIn(branches.base, branches.head),
    head: settledIn(branches.head, branches.base),
  };
}

/** An alternative that values of a property mean, and what the discriminator says where the alternative does not. */
type Meant = { readonly key: string; readonly narrowing?: Schema | undefined };

function settledIn(own: readonly Meant[], others: readonly Meant[]): ReadonlySet<Schema> {
  const stated = new Set(others.flatMap(({ key, narrowing }) => (narrowing ? [] : [key])));
  return new Set(own.flatMap(({ key, narrowing }) => (narrowing && stated.has(key) ? [narrowing] : [])));
}

function branchesOf({ schemas }: ApiModel): readonly Meant[] {
  const placeOf = placesIn(schemas);
  return [...schemas.values()].flatMap(({ schema }) =>
    partsOf(schema).flatMap((part) => meantBy(part, placeOf)),
  );
}

function meantBy(schema: Schema, placeOf: PlaceOf): readonly Meant[] {
  const { discriminator } = schema;
  if (schema.kind !== "union" || !discriminator) return [];
  const { members, branches = [] } = schema;
  return branches.flatMap(({ values, narrowing }, index) => {
    const member = members[index];
    if (member?.kind !== "ref") return [];
    const key = JSON.stringify([placeOf(member.target), discriminator.property, sortedBy(values, String)]);
    return [{ key, narrowing }];
  });
}
