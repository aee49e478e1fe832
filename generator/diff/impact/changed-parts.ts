import type { PackageNames } from "../../emit/names.js";
import type { OpenEnums } from "../../emit/open-enums.js";
import {
  bodiesOf,
  headerTargets,
  leadingTo,
  targetsOf,
  type Direction,
  type usesOf,
} from "../../model/graph.js";
import type { ApiModel, Operation, Place } from "../../model/model.js";
import { groupedBy } from "../../model/order.js";
import type { SchemaId } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { placesIn, saysSame, type PlaceOf } from "../sets/canonical.js";
import { pairedOperations } from "../compare/comparison.js";
import type { Pair } from "../change.js";

/** One side of a change, as its package. */
export type PackageSide = {
  readonly model: ApiModel;
  readonly names: PackageNames;
  readonly openEnums: OpenEnums;
  readonly uses: ReturnType<typeof usesOf>;
  /** The same of webhooks and callbacks, seen by the client that answers them, by the places of schemas: that model has ids of its own. */
  readonly received?: Readonly<Record<Direction, ReadonlySet<Place>>> | undefined;
  /** The document that `./openapi` is made from, as OpenAPI 3.1 or later says it; undefined where the package has no such subpath. */
  readonly document?: JsonValue | undefined;
};

/** Where the schemas of each side stand. */
export function placesOf({ base, head }: Pair<PackageSide>): Pair<PlaceOf> {
  return { base: placesIn(base.model.schemas), head: placesIn(head.model.schemas) };
}

/** The operations that both sides have. */
export function matched({ base, head }: Pair<PackageSide>): Pair<Operation>[] {
  const pairs = pairedOperations({ base: base.model, head: head.model });
  return pairs.flatMap((pair) => (pair.base && pair.head ? [{ base: pair.base, head: pair.head }] : []));
}

/** What has the same name in both packages, and stands at another place of each document: an operation may have got the name of another. */
export function moved({ base, head }: Pair<PackageSide>): ChangedParts {
  const placeOf = placesOf({ base, head });
  const places = new Set([...head.model.schemas.keys()].map(placeOf.head));
  const known = new Set([...base.model.schemas.keys()].map(placeOf.base));
  const schemas = new Map(
    [...head.names.schemas]
      .filter(([id]) => !known.has(placeOf.head(id)))
      .map(([id, { type }]) => [type, id]),
  );
  const partners = new Map(matched({ base, head }).map((pair) => [pair.base, pair.head]));
  const operations = new Map([...head.names.operations].map(([each, names]) => [names.function, each]));
  return {
    schemas: [...base.names.schemas].flatMap(([id, { type }]) => {
      const other = places.has(placeOf.base(id)) ? undefined : schemas.get(type);
      return other === undefined ? [] : [{ base: id, head: other }];
    }),
    operations: [...base.names.operations].flatMap(([operation, names]) => {
      const other = operations.get(names.function);
      return other === undefined || other === partners.get(operation)
        ? []
        : [{ base: operation, head: other }];
    }),
  };
}

/** Pairs of what stands at one place of both documents and differs there, or in something that it leads to. */
export type ChangedParts = {
  readonly schemas: readonly Pair<SchemaId>[];
  readonly operations: readonly Pair<Operation>[];
};

/** What the types must be compared of: what differs at its place, what has moved under its name, and what directions see otherwise. */
export function comparedParts(sides: Pair<PackageSide>): ChangedParts {
  const [changed, elsewhere] = [changedParts(sides), moved(sides)];
  const known = new Set([...changed.schemas, ...elsewhere.schemas].map(keyOf));
  return {
    schemas: [
      ...changed.schemas,
      ...elsewhere.schemas,
      ...otherViews(sides).filter((pair) => !known.has(keyOf(pair))),
    ],
    operations: [...changed.operations, ...elsewhere.operations],
  };
}

/** A pair, as a key. */
export function keyOf({ base, head }: Pair<SchemaId>): string {
  return JSON.stringify([base, head]);
}

/**
 * What one document has a schema for and the other one for each direction; what now has the name of something that another direction sees,
 * or whose enums are open; and what has another name because of that.
 */
function otherViews({ base, head }: Pair<PackageSide>): Pair<SchemaId>[] {
  const views = groupedBy([...head.model.schemas.values()], ({ place }) => place);
  return [...base.model.schemas.values()].flatMap((then) =>
    (views.get(then.place) ?? []).flatMap((now) => {
      const isSplit = (then.view === undefined) !== (now.view === undefined);
      const isSeenAlike =
        then.view?.direction === now.view?.direction &&
        base.openEnums.isOpen(then.id) === head.openEnums.isOpen(now.id);
      const isSameName = base.names.schemas.get(then.id)!.type === head.names.schemas.get(now.id)!.type;
      return isSplit || isSeenAlike !== isSameName ? [{ base: then.id, head: now.id }] : [];
    }),
  );
}

function changedParts({ base, head }: Pair<PackageSide>): ChangedParts {
  const placeOf = placesOf({ base, head });
  const others = new Map([...head.model.schemas.keys()].map((id) => [placeOf.head(id), id]));
  const pairs = [...base.model.schemas.keys()].flatMap((id) => {
    const other = others.get(placeOf.base(id));
    return other === undefined ? [] : [{ base: id, head: other }];
  });
  const schemaOf = (id: SchemaId, { model }: PackageSide) => model.schemas.get(id)!.schema;
  const differing = pairs.filter(
    (pair) => !saysSame({ base: schemaOf(pair.base, base), head: schemaOf(pair.head, head) }, placeOf),
  );
  const leading = (side: "base" | "head") =>
    leadingTo(
      differing.map((pair) => pair[side]),
      { base, head }[side].model.schemas,
    );
  const reached = { base: leading("base"), head: leading("head") };
  const leadsToChange = (ids: Pair<readonly SchemaId[]>) =>
    ids.base.some((id) => reached.base.has(id)) || ids.head.some((id) => reached.head.has(id));
  const own = new Set(differing);
  return {
    // What a type holds that no operation uses, is told of by itself.
    schemas: pairs.filter(
      (pair) =>
        own.has(pair) ||
        (isUsed(pair, { base, head }) && leadsToChange({ base: [pair.base], head: [pair.head] })),
    ),
    operations: matched({ base, head }).filter(
      (pair) =>
        !saysSame({ base: typedParts(pair.base), head: typedParts(pair.head) }, placeOf) ||
        leadsToChange({ base: targetsOfOperation(pair.base), head: targetsOfOperation(pair.head) }),
    ),
  };
}

/** True for a schema that an operation of either side leads to. */
export function isUsed(ids: Pair<SchemaId>, sides: Pair<PackageSide>): boolean {
  const isIn = (side: keyof Pair<unknown>) => {
    const { request, response } = sides[side].uses;
    return request.has(ids[side]) || response.has(ids[side]);
  };
  return isIn("base") || isIn("head");
}

/** What the types of an operation are made from. */
function typedParts({ parameters, body, responses }: Operation): object {
  return { parameters, body, responses };
}

/** The schemas that an operation refers to. */
export function targetsOfOperation({ parameters, body, responses }: Operation): SchemaId[] {
  const media = [...(body?.content ?? []), ...responses.flatMap(({ content }) => content)];
  return [
    ...parameters.flatMap(({ schema }) => targetsOf(schema)),
    ...bodiesOf(media),
    ...responses.flatMap(({ headers }) => headerTargets(headers)),
  ];
}
