import { StructureKind, type TypeAliasDeclarationStructure } from "ts-morph";
import { partsOf } from "../model/graph.js";
import type { ApiModel, NamedSchema } from "../model/model.js";
import { listedNames } from "../model/listed-names.js";
import { addTo, type Groups } from "../model/order.js";
import { childrenOf, type Schema, type SchemaId, type SchemaOf } from "../model/schema.js";
import { isObject } from "../source/json.js";
import type { JsonPointer } from "../source/pointer.js";
import { docs, seeTag } from "./docs.js";
import { stringLiteral } from "./literals.js";
import { Scope } from "./identifiers.js";
import type { PackageNames } from "./names.js";
import type { OpenEnums } from "./open-enums.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

type AgreementInput = {
  readonly model: ApiModel;
  readonly names: PackageNames;
  /** The component that each schema is for openapi-typescript. */
  readonly components: ReadonlyMap<SchemaId, string>;
  readonly openEnums: OpenEnums;
};

/**
 * `test/types-agree.ts`: a type test that compiles only while the named types and those of openapi-typescript take and give
 * the same values. Two generators that share no code agree, or the file says where they do not, and why ours is right.
 */
export function emitAgreement({ model, names, components, openEnums }: AgreementInput): EmittedFile {
  const module = new TypeScriptModule("test/types-agree.ts");
  const differences = findDifferences(model.schemas);
  const scope = new Scope([...names.schemas.values()].map(({ type }) => type));
  module.add(AGREE, ...([...model.schemas.keys()].some((id) => openEnums.showsOpen(id)) ? [IS, CLOSED] : []));
  for (const id of model.schemas.keys()) {
    const component = components.get(id);
    if (component === undefined) continue;
    const difference = differences.get(id);
    const isOpen = openEnums.showsOpen(id);
    const type = module.type(names.schemas.get(id)!.requestType, "../src/types.js");
    const theirs = `${module.type("components", "../src/openapi.js")}["schemas"][${stringLiteral(component)}]`;
    module.add({
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: scope.claim(`${type}Agrees`),
      docs: docs(
        difference === undefined
          ? isOpen
            ? OPEN_ENUM
            : undefined
          : `Not compared: ${difference.reason}. Ours is right.`,
        difference && [seeTag(difference.pointer)],
      ),
      type:
        difference === undefined
          ? `Expect<Agree<${isOpen ? `Closed<${type}>` : type}, ${theirs}>>`
          : `[${type}, ${theirs}]`,
    });
  }
  if (model.schemas.size > 0) module.add(EXPECT);
  return module.file();
}

const AGREE: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  isExported: true,
  name: "Agree",
  typeParameters: ["A", "B"],
  docs: docs("True where each type is assignable to the other. Brackets keep unions whole."),
  type: "[A] extends [B] ? ([B] extends [A] ? true : false) : false",
};

const CLOSED: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  isExported: true,
  name: "Closed",
  typeParameters: ["T"],
  docs: docs(
    "The type with its enums closed: without `string & {}`, which takes every string and yet is not `string` itself.",
  ),
  type: `T extends string
    ? string extends T ? (Is<T, string> extends true ? T : never) : T
    : T extends object ? { [Key in keyof T]: Closed<T[Key]> } : T`,
};

const IS: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  isExported: true,
  name: "Is",
  typeParameters: ["A", "B"],
  docs: docs("True where the two types are the same, not only assignable to each other."),
  type: "(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false",
};

const EXPECT: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  isExported: true,
  name: "Expect",
  typeParameters: ["T extends true"],
  docs: docs("Compiles for true alone."),
  type: "T",
};

/** What openapi-typescript says otherwise than the document, and where. */
type Difference = { readonly reason: string; readonly pointer: JsonPointer };

/** Why the types of a schema, or of one that it is made of, are not compared. Our types say what the schema says. */
function findDifferences(schemas: ReadonlyMap<SchemaId, NamedSchema>): ReadonlyMap<SchemaId, Difference> {
  const users: Groups<SchemaId, SchemaId> = new Map();
  const differences = new Map<SchemaId, Difference>();
  for (const { id, schema, view, origin } of schemas.values()) {
    const parts = partsOf(schema);
    if (view) differences.set(id, { reason: DIRECTION, pointer: origin.pointer });
    for (const part of parts)
      for (const target of discriminated(part))
        differences.set(target, { reason: DISCRIMINATOR, pointer: part.origin.pointer });
    const own = parts.flatMap((part) => {
      const reason = differenceAt(part, (target) => schemas.get(target)?.schema);
      return reason === undefined ? [] : [{ reason, pointer: part.origin.pointer }];
    });
    if (own[0]) differences.set(id, own[0]);
    for (const part of parts) if (part.kind === "ref") addTo(users, part.target, id);
  }
  const queue = [...differences];
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const user of users.get(next[0]) ?? []) {
      if (differences.has(user)) continue;
      differences.set(user, next[1]);
      queue.push([user, next[1]]);
    }
  }
  return differences;
}

const DISCRIMINATOR = "openapi-typescript writes its own guess of the discriminator into each member";

const OPEN_ENUM = "Enums are open in responses; openapi-typescript closes them.";

const DIRECTION =
  "openapi-typescript has one type for both directions, with what is readOnly in requests and what is writeOnly in responses";

const UNTYPED =
  "openapi-typescript gives `unknown` to an object or a list that has no `type`, and ours says what its author means";

/** The members of a union that has a discriminator. */
function discriminated(schema: Schema): SchemaId[] {
  if (schema.kind !== "union" || !schema.discriminator) return [];
  return schema.members.flatMap((member) => (member.kind === "ref" ? [member.target] : []));
}

/** What openapi-typescript says otherwise of a schema, as far as its own keywords go. */
function differenceAt(schema: Schema, schemaOf: SchemaOf): string | undefined {
  switch (schema.kind) {
    case "array":
      if (!schema.asserted) return UNTYPED;
      if (schema.maxItems === 0 && schema.items)
        return "openapi-typescript does not read `maxItems`, and ours is a list that is always empty";
      return schema.prefixItems.length > 0
        ? "openapi-typescript requires every item of a tuple, and allows no others"
        : undefined;
    case "literals":
      if (schema.keyword === "const" && schema.values.includes(null))
        return "openapi-typescript gives `unknown` to a constant that is null";
      return schema.isNarrower || schema.values.some((value) => isObject(value) || Array.isArray(value))
        ? "openapi-typescript lists values of an enum that its `type` forbids, null if the `type` alone allows it, and none that are objects or lists"
        : undefined;
    case "union":
      return schema.discriminator && DISCRIMINATOR;
    case "intersection":
      return "openapi-typescript joins keywords that stand side by side as alternatives";
    case "conditional":
      return "openapi-typescript does not read `if` and `dependentSchemas`";
    case "unevaluated":
      return "openapi-typescript does not read `unevaluatedProperties` and `unevaluatedItems`";
    case "object":
      return objectDifference(schema, schemaOf);
    default:
      return undefined;
  }
}

function objectDifference(schema: Schema & { kind: "object" }, schemaOf: SchemaOf): string | undefined {
  const { additionalProperties, patternProperties, properties, asserted } = schema;
  if (properties.length === 0 && (additionalProperties?.kind === "never" || schema.maxProperties === 0))
    return "openapi-typescript leaves an object open that has no members";
  if (properties.some(({ isImplied }) => isImplied)) {
    return "openapi-typescript forgets a property that is required and described nowhere";
  }
  if (!asserted) return UNTYPED;
  if (listedNames(schema, schemaOf)) return "openapi-typescript does not read `propertyNames`";
  if (patternProperties.length > 0)
    return "openapi-typescript gives every property the type of `patternProperties`, whatever its name";
  const isIndexed = additionalProperties && additionalProperties.kind !== "never";
  return isIndexed && properties.length > 0
    ? "openapi-typescript makes every property the type of `additionalProperties`, too"
    : undefined;
}

/**
 * A schema that openapi-typescript writes a type for that no TypeScript compiles: one that leads back to itself through lists and
 * unions alone (TS2502).
 */
export function unwritable({ schemas }: ApiModel): NamedSchema | undefined {
  return [...schemas.values()].find(({ id }) => reachesItself(id, schemas));
}

function reachesItself(start: SchemaId, schemas: ReadonlyMap<SchemaId, NamedSchema>): boolean {
  const seen = new Set<SchemaId>();
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const named = schemas.get(id);
    for (const target of named ? bareTargets(named.schema) : []) {
      if (target === start) return true;
      if (!seen.has(target)) queue.push(target);
      seen.add(target);
    }
  }
  return false;
}

/** The references that stand inside no object. */
function bareTargets(schema: Schema): SchemaId[] {
  if (schema.kind === "ref") return [schema.target];
  return schema.kind === "object" ? [] : childrenOf(schema).flatMap(bareTargets);
}
