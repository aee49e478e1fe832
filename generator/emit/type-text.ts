import {
  CodeBlockWriter,
  Writers,
  type IndexSignatureDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
} from "ts-morph";
import {
  closedBy,
  narrowedMembers,
  type ArraySchema,
  type ObjectSchema,
  type Schema,
  type SchemaId,
  type UnevaluatedSchema,
} from "../model/schema.js";
import { isArray, isObject, type JsonValue } from "../source/json.js";
import { schemaDocs } from "./docs.js";
import { propertyName, stringLiteral } from "./literals.js";

/** How a type names another schema of the model. */
export type NameOf = (target: SchemaId) => string;

/** The members of an object type, as ts-morph takes them. */
export type ObjectMembers = {
  readonly properties: OptionalKind<PropertySignatureStructure>[];
  readonly indexSignatures: OptionalKind<IndexSignatureDeclarationStructure>[];
};

/**
 * The TypeScript type of a schema's instances. A type may allow more than the schema where TypeScript has no words
 * (`not`, `pattern`), never less.
 */
export function typeText(schema: Schema, nameOf: NameOf): string {
  switch (schema.kind) {
    case "any":
    case "not":
    case "conditional":
      return "unknown";
    case "never":
    case "null":
    case "boolean":
      return schema.kind;
    case "ref":
      return nameOf(schema.target);
    case "number":
    case "string":
      return schema.asserted ? schema.kind : "unknown";
    case "literals":
      return unionOf(schema.values.map(literalType));
    case "array":
      return arrayType(schema, nameOf);
    case "object":
      return objectType(schema, nameOf);
    case "union":
      return unionOf(narrowedMembers(schema).map((member) => typeText(member, nameOf)));
    case "intersection":
      return intersectionOf(schema.members, nameOf);
    case "unevaluated":
      return unevaluatedType(schema, nameOf);
  }
}

/** What was not evaluated has no names of its own: a schema for it leaves every name open. */
function unevaluatedType(schema: UnevaluatedSchema, nameOf: NameOf): string {
  const closed = closedBy(schema);
  const type = typeText(closed, nameOf);
  const { properties } = schema;
  const isOpened =
    closed === schema.schema && properties && properties.kind !== "never" && properties.kind !== "any";
  return isOpened && type !== "unknown" ? `${parenthesized(type)} & { [key: string]: unknown }` : type;
}

function literalType(value: JsonValue): string {
  if (typeof value === "string") return stringLiteral(value);
  if (isArray(value)) return `[${value.map(literalType).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${propertyName(key)}: ${literalType(member)}`)
    .join("; ")} }`;
}

function unionOf(types: readonly string[]): string {
  const unique = [...new Set(types)];
  if (unique.includes("unknown")) return "unknown";
  return unique.length === 0 ? "never" : unique.map(parenthesized).join(" | ");
}

/** Literals beside constraints of their own type stay literals: `"a" & string` says nothing more. */
function intersectionOf(members: readonly Schema[], nameOf: NameOf): string {
  const literals = members.find(({ kind }) => kind === "literals");
  const others = members.filter(
    (member) => !isSilent(member) && !(literals && (member.kind === "string" || member.kind === "number")),
  );
  const types = [...new Set(others.map((member) => typeText(member, nameOf)))].filter(
    (type) => type !== "unknown",
  );
  return types.length === 0 ? "unknown" : types.map(parenthesized).join(" & ");
}

/** `type: object` beside an `allOf` narrows no type. */
function isSilent(schema: Schema): boolean {
  return schema.kind === "object" && schema.properties.length === 0 && indexed(schema).length === 0;
}

function parenthesized(type: string): string {
  return /^[\w$.]+$|^"[^"]*"$|^\{[^{}]*\}$/.test(type) ? type : `(${type})`;
}

function arrayType(schema: ArraySchema, nameOf: NameOf): string {
  const rest = schema.items ? typeText(schema.items, nameOf) : "unknown";
  if (schema.prefixItems.length === 0) return `${parenthesized(rest)}[]`;
  const items = schema.prefixItems.map((item, index) => {
    const type = parenthesized(typeText(item, nameOf));
    return index < (schema.minItems ?? 0) ? type : `${type}?`;
  });
  const closed = rest === "never" || schema.maxItems === schema.prefixItems.length;
  return `[${[...items, ...(closed ? [] : [`...${parenthesized(rest)}[]`])].join(", ")}]`;
}

function objectType(schema: ObjectSchema, nameOf: NameOf): string {
  const members = objectMembers(schema, nameOf);
  if (members.properties.length === 0 && members.indexSignatures.length === 0)
    return "Record<string, unknown>";
  const [only] = members.indexSignatures;
  if (members.properties.length === 0 && only) return `Record<string, ${String(only.returnType)}>`;
  const writer = new CodeBlockWriter();
  Writers.objectType(members)(writer);
  return writer.toString();
}

/** The members of an object schema, with their docs. */
export function objectMembers(schema: ObjectSchema, nameOf: NameOf): ObjectMembers {
  const properties = schema.properties.map((property) => ({
    name: propertyName(property.name),
    hasQuestionToken: !property.required,
    type: typeText(property.schema, nameOf),
    docs: schemaDocs(property.schema),
  }));
  return { properties, indexSignatures: indexSignatures(schema, properties, nameOf) };
}

/** An index signature must allow the type of each property beside it; an optional one reads as undefined. */
function indexSignatures(
  schema: ObjectSchema,
  properties: readonly { readonly type: string; readonly hasQuestionToken: boolean }[],
  nameOf: NameOf,
): OptionalKind<IndexSignatureDeclarationStructure>[] {
  const others = indexed(schema).map((each) => typeText(each, nameOf));
  if (others.length === 0) return [];
  const optional = properties.some(({ hasQuestionToken }) => hasQuestionToken) ? ["undefined"] : [];
  const returnType = unionOf([...others, ...properties.map(({ type }) => type), ...optional]);
  return [{ keyName: "key", keyType: "string", returnType }];
}

/** The schemas of the members that no property names. */
function indexed(schema: ObjectSchema): Schema[] {
  const patterns = schema.patternProperties.map((each) => each.schema);
  const additional = schema.additionalProperties;
  return additional && additional.kind !== "never" ? [...patterns, additional] : patterns;
}
