import type { JsonValue } from "../source/json.js";
import type { Origin } from "../source/source.js";

/** Names a schema of the model: its source and pointer, `specs/cargo.yaml#/components/schemas/Cadence`. */
export type SchemaId = string;
/** Gives the schema that a reference names. */
export type SchemaOf = (id: SchemaId) => Schema | undefined;

/** Annotations of JSON Schema Validation 2020-12, section 9: they say nothing about an instance. */
export type Annotations = {
  readonly origin: Origin;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: true;
  readonly readOnly?: true;
  readonly writeOnly?: true;
  readonly default?: JsonValue;
  /** `x-sunset`: the date after which it may go. */
  readonly sunset?: string;
  /** `x-ms-discriminator-value`: the value of a parent's discriminator that means it, in the place of its name. */
  readonly meaning?: string;
  /** `x-extensible-enum`: values to which others may come. */
  readonly extensible?: readonly JsonValue[];
  readonly examples: readonly JsonValue[];
  /** Of a schema that others build on by `allOf` (OpenAPI 3.2.0, Discriminator Object); a union has its own. */
  readonly discriminator?: Discriminator;
};

/**
 * What a JSON Schema (2020-12) says about an instance, its kind decided once.
 *
 * A schema that constrains one type without asserting it (`{ minLength: 1 }` lets 5 pass) has `asserted: false`.
 */
export type Schema = Annotations &
  (
    | AnySchema
    | NeverSchema
    | RefSchema
    | LiteralsSchema
    | NullSchema
    | BooleanSchema
    | NumberSchema
    | StringSchema
    | ArraySchema
    | ObjectSchema
    | UnionSchema
    | IntersectionSchema
    | NotSchema
    | ConditionalSchema
    | UnevaluatedSchema
  );

/** Every instance: `true`, `{}`. */
export type AnySchema = { readonly kind: "any" };
/** No instance: `false`. */
export type NeverSchema = { readonly kind: "never" };
/** `$ref` (JSON Schema Core 2020-12, section 8.2.3.1) to a schema of the model. */
export type RefSchema = {
  readonly kind: "ref";
  readonly target: SchemaId;
  /** As of {@link LiteralsSchema}, where the target is an enum. */
  readonly isOpen?: true;
};
/** `enum` and `const` (Validation, sections 6.1.2 and 6.1.3), already filtered by each other and by a sibling `type`. */
export type LiteralsSchema = {
  readonly kind: "literals";
  readonly keyword: "enum" | "const";
  readonly values: readonly JsonValue[];
  /** True where a sibling keyword forbids some of the values that the document lists, or `type` allows null, which is none of them. */
  readonly isNarrower?: true;
  /** True where further strings are to be expected of a newer server. */
  readonly isOpen?: true;
  /** Of a discriminator's values, those that mean this schema; the others mean schemas that build on it. */
  readonly meant?: readonly JsonValue[];
};
export type NullSchema = { readonly kind: "null" };
export type BooleanSchema = { readonly kind: "boolean" };

/** Validation, section 6.2. */
export type NumberSchema = {
  readonly kind: "number";
  readonly asserted: boolean;
  readonly integer: boolean;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
};

/** Validation, sections 6.3, 7 and 8. Lengths count Unicode code points. */
export type StringSchema = {
  readonly kind: "string";
  readonly asserted: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly contentEncoding?: string;
  readonly contentMediaType?: string;
  readonly contentSchema?: JsonValue;
};

/** Core, section 10.3.1, and Validation, section 6.4. `items` speaks of what comes after `prefixItems`. */
export type ArraySchema = {
  readonly kind: "array";
  readonly asserted: boolean;
  readonly prefixItems: readonly Schema[];
  readonly items?: Schema;
  readonly contains?: { readonly schema: Schema; readonly minimum: number; readonly maximum?: number };
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
};

/** Core, section 10.3.2, and Validation, section 6.5. */
export type ObjectSchema = {
  readonly kind: "object";
  readonly asserted: boolean;
  readonly properties: readonly Property[];
  readonly patternProperties: readonly { readonly pattern: string; readonly schema: Schema }[];
  /** What no property and no pattern names; undefined where the document says nothing, which allows everything. */
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  /** For types: that `propertyNames` lists all names. */
  readonly listsNames?: true;
  readonly dependentRequired: readonly { readonly property: string; readonly required: readonly string[] }[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** That a discriminator gives it to those that build on its schema: packages follow it; who takes the document at its word does not. */
  readonly isGiven?: true;
  /** The properties that have no place in the direction that sees the schema. */
  readonly leftOut?: readonly LeftOut[];
};

/** A property that a direction leaves out, why, and where it stands. */
export type LeftOut = {
  readonly name: string;
  readonly mark: "read-only" | "write-only";
  readonly origin: Origin;
};

/** A property that `properties` names, or `required` alone. */
export type Property = {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  /** Named by `required` alone: its schema is what patterns and `additionalProperties` say of it, or any. */
  readonly isImplied?: true;
  /** Where schemas are merged: what those say that name it, and what others say of any name. Its type takes what both take. */
  readonly parts?: { readonly named: Schema; readonly unnamed: Schema };
};

/** `anyOf`, `oneOf` (Core, sections 10.2.1.2 and 10.2.1.3), a list of types, or a nullable type. */
export type UnionSchema = {
  readonly kind: "union";
  readonly keyword: "anyOf" | "oneOf" | "type";
  readonly members: readonly Schema[];
  /** What the discriminator says of each member, in their order. */
  readonly branches?: readonly Branch[];
  /** Of a parent that lists what builds on it by `allOf`: what those have in common, as a schema of its own. */
  readonly base?: SchemaId;
};

/** OpenAPI 3.2.0, Discriminator Object: a property says which of several schemas a value is meant to be. */
export type Discriminator = {
  readonly property: string;
  /** Where the property is named. */
  readonly origin: Origin;
  readonly mapping: readonly Mapping[];
  /** `defaultMapping`: the schema of a value without the property, or with one that is not known. */
  readonly fallback?: SchemaId;
  /** The value that means the schema itself, where others build on it. */
  readonly own?: string;
};
export type Mapping = { readonly value: string; readonly target: SchemaId; readonly origin: Origin };

/** A value that a discriminator's property tells schemas apart by: a text, or another constant that a schema states. */
export type DiscriminatorValue = string | number | boolean;

/** A member of a union that has a discriminator. */
export type Branch = {
  /** The values of the property that mean this member; none where the document leaves that open. */
  readonly values: readonly DiscriminatorValue[];
  /** Says the values, where the member itself leaves the property open. */
  readonly narrowing?: Schema;
  readonly isFallback?: true;
};

/** `allOf` (Core, section 10.2.1.1), or keywords that stand side by side. */
export type IntersectionSchema = { readonly kind: "intersection"; readonly members: readonly Schema[] };
/** Core, section 10.2.1.4. */
export type NotSchema = { readonly kind: "not"; readonly schema: Schema };
/** `if`, `then`, `else` (Core, section 10.2.2). */
export type ConditionalSchema = {
  readonly kind: "conditional";
  readonly if: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
};

/**
 * `unevaluatedProperties` and `unevaluatedItems` (Core, sections 11.3 and 11.2): what they say of the members and items that the
 * keywords beside them, `schema`, did not look at.
 */
export type UnevaluatedSchema = {
  readonly kind: "unevaluated";
  readonly schema: Schema;
  readonly properties?: Schema;
  readonly items?: Schema;
};

/** The members of a union, each with what the discriminator says of it. */
export function narrowedMembers({ members, branches = [] }: UnionSchema): readonly Schema[] {
  return members.map((member, index): Schema => {
    const narrowing = branches[index]?.narrowing;
    if (!narrowing) return member;
    return { kind: "intersection", members: [member, narrowing], origin: member.origin, examples: [] };
  });
}

/**
 * What stands beside `unevaluated*`, with them in it where it is one object or one list: there they say what
 * `additionalProperties` and `items` would.
 */
export function closedBy({ schema, properties, items }: UnevaluatedSchema): Schema {
  if (schema.kind === "object" && properties && !schema.additionalProperties)
    return { ...schema, additionalProperties: properties };
  if (schema.kind === "array" && items && !schema.items && !schema.contains) return { ...schema, items };
  return schema;
}

/** The schemas that stand directly below a schema, each with the tokens that lead there from it. */
export function childrenOf(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case "array":
      return [...schema.prefixItems, ...optional(schema.items), ...optional(schema.contains?.schema)];
    case "object":
      return [
        ...schema.properties.map((property) => property.schema),
        ...schema.patternProperties.map((each) => each.schema),
        ...optional(schema.additionalProperties),
        ...optional(schema.propertyNames),
      ];
    case "union":
    case "intersection":
      return schema.members;
    case "not":
      return [schema.schema];
    case "conditional":
      return [schema.if, ...optional(schema.then), ...optional(schema.else)];
    case "unevaluated":
      return [schema.schema, ...optional(schema.properties), ...optional(schema.items)];
    default:
      return [];
  }
}

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
