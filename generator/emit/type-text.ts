import {
  CodeBlockWriter,
  Writers,
  type IndexSignatureDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
} from "ts-morph";
import { targetsOf } from "../model/graph.js";
import {
  closedBy,
  narrowedMembers,
  type ArraySchema,
  type ConditionalSchema,
  type ObjectSchema,
  type Schema,
  type SchemaId,
} from "../model/schema.js";
import { isArray, isObject, type JsonValue } from "../source/json.js";
import { schemaDocs } from "./docs.js";
import { neededProperty, speakingMembers } from "../model/sayable.js";
import { prefixOf } from "../model/other-properties.js";
import { prefixType, propertyName, stringLiteral } from "./literals.js";

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
      return "unknown";
    case "conditional":
      return conditionalType(schema, nameOf);
    case "never":
    case "null":
    case "boolean":
      return schema.kind;
    case "ref":
      return unionOf([nameOf(schema.target), ...(schema.isOpen ? [OPEN] : [])]);
    case "number":
    case "string":
      return schema.asserted ? schema.kind : "unknown";
    case "literals":
      return unionOf([...schema.values.map(literalType), ...(schema.isOpen ? [OPEN] : [])]);
    case "array":
      return arrayType(schema, nameOf);
    case "object":
      return objectType(schema, nameOf);
    case "union":
      return unionOf(narrowedMembers(schema).map((member) => typeText(member, nameOf)));
    case "intersection":
      return intersectionOf(speakingMembers(schema), nameOf);
    case "unevaluated":
      return typeText(closedBy(schema), nameOf);
  }
}

/** Any string, but one that does not swallow the literals beside it: editors still complete them. */
const OPEN = "string & {}";

/**
 * What holds with `then`, or what holds with `else`. A type cannot say that `if` does not hold, but that a property is absent: from an
 * object of any other names, where nothing names them.
 */
function conditionalType(schema: ConditionalSchema, nameOf: NameOf, isNamed = false): string {
  const then = intersectionOf([schema.if, ...(schema.then ? [schema.then] : [])], nameOf);
  const otherwise = schema.else ? typeText(schema.else, nameOf) : "unknown";
  const property = neededProperty(schema.if);
  if (property === undefined) return unionOf([then, otherwise]);
  const names = isNamed || otherwise !== "unknown" ? "" : "; [key: string]: unknown";
  const absent = `{ ${propertyName(property)}?: never${names} }`;
  return unionOf([then, otherwise === "unknown" ? absent : `${parenthesized(otherwise)} & ${absent}`]);
}

function literalType(value: JsonValue): string {
  if (typeof value === "string") return stringLiteral(value);
  if (isArray(value)) return `[${value.map(literalType).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${propertyName(key)}: ${literalType(member)}`,
  );
  return members.length === 0 ? NO_MEMBERS : `{ ${members.join("; ")} }`;
}

/** An object that has no members. In an intersection it would forbid those of the others: there it is left out. */
const NO_MEMBERS = "Record<string, never>";

/**
 * The type of what may be left out of a call, by `undefined` too: code with `exactOptionalPropertyTypes` need not build its arguments
 * piece by piece.
 */
export function orUndefined(type: string): string {
  return type === "unknown" ? type : `${type} | undefined`;
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
  const named = others.map((member) =>
    member.kind === "conditional" ? undefined : memberType(member, nameOf),
  );
  const isNamed = named.some((type) => type !== undefined && type !== "unknown");
  const written = others.map(
    (member, index) => named[index] ?? conditionalType(member as ConditionalSchema, nameOf, isNamed),
  );
  const types = [...new Set(written)].filter((type) => type !== "unknown");
  if (types.length > 0) return types.map(parenthesized).join(" & ");
  const silent = members.find((member) => isSilent(member) && member.asserted);
  return silent ? typeText(silent, nameOf) : "unknown";
}

/** `type: object` and `type: array` beside an `allOf` narrow no type. */
function isSilent(schema: Schema): schema is Schema & (ObjectSchema | ArraySchema) {
  if (schema.kind === "array") return schema.prefixItems.length === 0 && !schema.items;
  return (
    schema.kind === "object" &&
    schema.properties.length === 0 &&
    indexed(schema).length === 0 &&
    !schema.listsNames
  );
}

/** `type: [object, "null"]` beside an `allOf` leaves the members of the object to the others: no name of them is any name. */
function memberType(schema: Schema, nameOf: NameOf): string {
  if (schema.kind !== "union") return typeText(schema, nameOf);
  return unionOf(
    narrowedMembers(schema).map((member) =>
      member.kind === "object" && isSilent(member) ? "object" : typeText(member, nameOf),
    ),
  );
}

function parenthesized(type: string): string {
  return /^[\w$.]+$|^"[^"]*"$|^\{[^{}]*\}$/.test(type) ? type : `(${type})`;
}

/** `minItems` says how many items of a tuple are always there, `maxItems` how many can be. */
function arrayType(schema: ArraySchema, nameOf: NameOf): string {
  const rest = schema.items ? typeText(schema.items, nameOf) : "unknown";
  if (schema.maxItems === 0) return "[]";
  if (schema.prefixItems.length === 0) return rest === "never" ? "[]" : `${parenthesized(rest)}[]`;
  const { minItems = 0, maxItems = Infinity } = schema;
  const items = schema.prefixItems.slice(0, maxItems).map((item, index) => {
    const type = parenthesized(typeText(item, nameOf));
    return index < minItems ? type : `${type}?`;
  });
  const closed = rest === "never" || maxItems <= schema.prefixItems.length;
  return `[${[...items, ...(closed ? [] : [`...${parenthesized(rest)}[]`])].join(", ")}]`;
}

function objectType(schema: ObjectSchema, nameOf: NameOf): string {
  if (schema.listsNames) return mapType(schema, nameOf);
  const members = objectMembers(schema, nameOf);
  if (members.properties.length === 0 && members.indexSignatures.length === 0) {
    if (schema.additionalProperties?.kind === "never" || schema.maxProperties === 0) return NO_MEMBERS;
    // Where all that it describes has no place, an index signature would refuse what an interface describes beside it.
    return schema.leftOut ? "object" : "Record<string, unknown>";
  }
  const [only, ...others] = members.indexSignatures;
  // A type may lead back to itself through a signature, and not through a type argument.
  const isOfNames = indexed(schema).some((member) => targetsOf(member).length > 0);
  if (members.properties.length === 0 && only && others.length === 0 && !isOfNames)
    return `Record<${String(only.keyType)}, ${String(only.returnType)}>`;
  const writer = new CodeBlockWriter();
  Writers.objectType(members)(writer);
  return writer.toString();
}

/** A map whose names are those of an enum. It may lead back to itself, as it is no type argument. */
function mapType({ propertyNames, additionalProperties }: ObjectSchema, nameOf: NameOf): string {
  const names = typeText(propertyNames!, nameOf);
  return `{ [Name in ${names}]?: ${additionalProperties ? typeText(additionalProperties, nameOf) : "unknown"} }`;
}

/** The members of an object schema, with their docs. */
export function objectMembers(schema: ObjectSchema, nameOf: NameOf): ObjectMembers {
  const typed = schema.properties.map((property) => ({
    name: property.name,
    hasQuestionToken: !property.required,
    type: typeText(property.schema, nameOf),
    docs: property.isImplied ? [] : schemaDocs(property.schema),
  }));
  const properties = typed.map((property) => ({ ...property, name: propertyName(property.name) }));
  return { properties, indexSignatures: indexSignatures(schema, typed, nameOf) };
}

type TypedProperty = { readonly name: string; readonly type: string; readonly hasQuestionToken: boolean };

/**
 * The names that no property has. A pattern that asks for a prefix is a signature of its own, unless another one speaks of every
 * name; any other pattern is one for every name, as what it matches has no type.
 */
function indexSignatures(
  schema: ObjectSchema,
  properties: readonly TypedProperty[],
  nameOf: NameOf,
): OptionalKind<IndexSignatureDeclarationStructure>[] {
  const additional = schema.additionalProperties;
  const patterns = schema.patternProperties.map(({ pattern, schema: each }) => ({
    prefix: prefixOf(pattern),
    type: typeText(each, nameOf),
  }));
  const isOpen = additional === undefined && patterns.some(({ prefix }) => prefix === undefined);
  const rest = additional && additional.kind !== "never" ? [typeText(additional, nameOf)] : [];
  if (rest.length > 0 || patterns.some(({ prefix }) => prefix === undefined)) {
    const types = [...rest, ...patterns.map(({ type }) => type), ...(isOpen ? ["unknown"] : [])];
    return [indexSignature("string", types, properties)];
  }
  return patterns.map(({ prefix = "" }) => {
    const isOverlapping = (other = "") => other.startsWith(prefix) || prefix.startsWith(other);
    const types = patterns.filter((other) => isOverlapping(other.prefix)).map(({ type }) => type);
    const matching = properties.filter(({ name }) => name.startsWith(prefix));
    return indexSignature(prefixType(prefix), types, matching);
  });
}

/** An index signature must allow the type of each property beside it; an optional one reads as undefined. */
function indexSignature(
  keyType: string,
  types: readonly string[],
  properties: readonly TypedProperty[],
): OptionalKind<IndexSignatureDeclarationStructure> {
  const optional = properties.some(({ hasQuestionToken }) => hasQuestionToken) ? ["undefined"] : [];
  return {
    keyName: "key",
    keyType,
    returnType: unionOf([...types, ...properties.map(({ type }) => type), ...optional]),
  };
}

/** The schemas of the members that no property names. */
function indexed(schema: ObjectSchema): Schema[] {
  const patterns = schema.patternProperties.map((each) => each.schema);
  const additional = schema.additionalProperties;
  return additional && additional.kind !== "never" ? [...patterns, additional] : patterns;
}
