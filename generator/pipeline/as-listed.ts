import { BASE } from "../fixtures/in-direction.js";
import { basesIn } from "../model/break-rings.js";
import type { ApiModel, NamedSchema } from "../model/model.js";
import type { Schema, UnionSchema } from "../model/schema.js";
import { isObject, own, type JsonObject, type JsonValue } from "../source/json.js";
import { isWithin, join, valueAt } from "../source/pointer.js";
import type { Origin } from "../source/source.js";
import type { Upgraded } from "../source/upgrade.js";
import { fragmentOf } from "../source/uri.js";
import { repaired } from "../source/validity/repair.js";
import { edited, type DocumentEdit } from "./edited.js";
import { otherThan, tagOf } from "./tags.js";

type Schemas = ApiModel["schemas"];
type Listing = Schema & UnionSchema & { readonly base: string };

/**
 * The documents with the alternatives of each parent that lists what builds on it (`model/list-children.ts`), for the validator that proves
 * fixtures: the parent asks for one of them, too, and what builds on it refers to a copy of what the parent says beside that.
 */
export function asListed(upgraded: Upgraded, schemas: Schemas): Upgraded {
  const named = [...schemas.values()];
  return edited(upgraded, [
    ...named.flatMap((each) => (isListing(each.schema) ? listed(each.schema, schemas, upgraded) : [])),
    ...named.flatMap(({ schema }) => onBases(schema, schemas, upgraded)),
  ]);
}

function isListing(schema: Schema): schema is Listing {
  return schema.kind === "union" && schema.base !== undefined;
}

function listed(parent: Listing, schemas: Schemas, upgraded: Upgraded): DocumentEdit[] {
  const { source, pointer } = parent.origin;
  const value = valueAt(upgraded.documents.get(source)!.value, pointer);
  if (!isObject(value)) return [];
  const inherited = onBases(schemas.get(parent.base)!.schema, schemas, upgraded).filter(
    (edit) => edit.source === source && isWithin(edit.pointer, pointer),
  );
  const { discriminator: _, ...shared } = value;
  const copy = repaired(
    shared,
    inherited.map((edit) => ({ ...edit, pointer: edit.pointer.slice(pointer.length) })),
  );
  const [container, name] = BASE;
  const kept = own(value, container);
  const anyOf = alternativesOf(parent, schemas, upgraded);
  // One that the parent does not have itself.
  const [keyword, asked] = (
    [
      ["anyOf", anyOf],
      ["oneOf", [{ anyOf }]],
      ["not", { not: { anyOf } }],
    ] as const
  ).find(([each]) => !Object.hasOwn(value, each)) ?? [undefined];
  return [
    { source, pointer: join(pointer, container), value: { ...(isObject(kept) && kept), [name]: copy } },
    ...(keyword === undefined ? [] : [{ source, pointer: join(pointer, keyword), value: asked }]),
  ];
}

function alternativesOf(
  { members, branches = [], discriminator, base }: Listing,
  schemas: Schemas,
  upgraded: Upgraded,
): JsonObject[] {
  const { property } = discriminator!;
  return members.map((member, index): JsonObject => {
    const { values, isFallback = false } = branches[index]!;
    const target = member.kind === "ref" && member.target !== base ? schemas.get(member.target) : undefined;
    const others = branches.filter((_branch, place) => place !== index).flatMap((branch) => branch.values);
    const tag =
      values.length > 0
        ? tagOf(property, values)
        : isFallback || target
          ? otherThan(property, others)
          : { not: { required: [property] } };
    return target ? { allOf: [{ $ref: addressOf(target.origin, upgraded) }, tag] } : tag;
  });
}

function addressOf({ source, pointer }: Origin, { references }: Upgraded): string {
  const { uri } = references.resourceOf({ source, pointer: "" });
  return `${uri}#${fragmentOf(pointer)}`;
}

/** What builds on parents refers to what they have in common. */
function onBases(schema: Schema, schemas: Schemas, upgraded: Upgraded): DocumentEdit[] {
  return basesIn(schema).flatMap(({ origin, target }): DocumentEdit[] => {
    const base: NamedSchema | undefined = schemas.get(target);
    if (!base?.isBase) return [];
    const place = { ...base.origin, pointer: join(base.origin.pointer, ...BASE) };
    const value: JsonValue = addressOf(place, upgraded);
    return [{ source: origin.source, pointer: join(origin.pointer, "$ref"), value }];
  });
}
