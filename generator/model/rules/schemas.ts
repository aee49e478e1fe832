import { isObject, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { pointerOfFragment, tokensOf } from "../../source/pointer.js";
import { below, type ObjectNode, type Reader } from "../reader.js";
import { listOf, mayHold, partsOf, targetOf } from "./parts.js";
import type { Rule } from "./rule.js";

/** What the keywords of a Schema Object say of each other. */
export const schemaRule: Rule = (reader, node, document) => {
  const { readOnly, writeOnly } = node.value;
  if (readOnly === true && writeOnly === true)
    reader.withReading("ignored", () =>
      reader.report(
        "fields-exclusive",
        { fields: ["readOnly", "writeOnly"] },
        below(node.origin, "writeOnly"),
        "key",
      ),
    );
  checkDiscriminator(reader, node, document);
  checkRequired(reader, node, document);
};

/** Where a schema that stands beside others stands: they may describe what it requires. */
const BESIDE_OTHERS = /\/(?:(?:allOf|anyOf|oneOf)\/\d+|not|if|then|else|dependentSchemas\/[^/]*)$/;
/** What describes properties in ways that are not followed. */
const OTHERS = ["$dynamicRef", "anyOf", "oneOf", "patternProperties", "if", "dependentSchemas"];
/** Who builds on more schemas than this is not held to their properties. */
const MAX_BASES = 50;

/** A schema that holds together with others, and where it stands below the one that is checked; undefined where a reference leads elsewhere. */
type Member = { readonly value: JsonObject; readonly way: readonly (string | number)[] | undefined };

/** A schema with the members of its `allOf`, and what they refer to; undefined where nobody knows what else describes properties. */
function membersOf(value: JsonObject, document: ObjectNode): readonly Member[] | undefined {
  const members: Member[] = [{ value, way: [] }];
  const seen = new Set<JsonValue>([value]);
  // A list that grows while it is walked is walked to its end.
  for (const { value: schema, way } of members) {
    if (OTHERS.some((keyword) => Object.hasOwn(schema, keyword))) return undefined;
    const inside = listOf(schema["allOf"]).map((base, index) => ({
      base,
      place: way && [...way, "allOf", index],
    }));
    const isReference = Object.hasOwn(schema, "$ref");
    const bases = isReference ? [...inside, { base: targetOf(schema, document), place: undefined }] : inside;
    for (const { base, place } of bases) {
      if (!isObject(base) || members.length > MAX_BASES) return undefined;
      if (seen.has(base)) continue;
      seen.add(base);
      members.push({ value: base, way: place });
    }
  }
  return members;
}

/** What is required need not be described (JSON Schema Validation 2020-12, section 6.5.3), but a name that is nearly one of the properties' is misspelt. */
function checkRequired(reader: Reader, node: ObjectNode, document: ObjectNode): void {
  const isNamed = Object.hasOwn(node.value, "required") || Object.hasOwn(node.value, "allOf");
  const members = isNamed ? membersOf(node.value, document) : undefined;
  if (!members) return;
  const properties = new Set(members.flatMap(({ value }) => propertiesOf(value)));
  if (properties.size === 0) return;
  const required = new Set(members.flatMap(({ value }) => listOf(value["required"])));
  const isDescribed = (name: JsonValue) => typeof name !== "string" || properties.has(name);
  // Where it stands is worked out for few.
  if ([...required].every(isDescribed) || BESIDE_OTHERS.test(node.origin.pointer)) return;
  const free = [...properties].filter((name) => !required.has(name));
  for (const { value, way } of members)
    for (const [index, name] of (way ? listOf(value["required"]) : []).entries()) {
      const isStrange = typeof name === "string" && !properties.has(name);
      const near = isStrange ? reader.guesser.nearest(name, free) : undefined;
      if (near !== undefined)
        reader.report(
          "required-undescribed",
          { name: String(name), near },
          below(node.origin, ...way!, "required", index),
        );
    }
}

/**
 * "The property name used MUST be required" by the schemas that are told apart (OpenAPI 3.1.2, Discriminator Object): one that may be
 * absent tells nothing.
 */
function checkDiscriminator(reader: Reader, node: ObjectNode, document: ObjectNode): void {
  const { value } = node;
  const discriminator = value["discriminator"];
  const name = isObject(discriminator) ? discriminator["propertyName"] : undefined;
  // `defaultMapping` says what a value without the property is (OpenAPI 3.2.0).
  if (typeof name !== "string" || (isObject(discriminator) && "defaultMapping" in discriminator)) return;
  const alternatives = alternativesOf(value);
  const lacking = alternatives.filter(({ schema }) => !requires(schema, name, document, 0));
  const isRequired = alternatives.length > 0 && lacking.length === 0;
  if (isRequired || requires(value, name, document, 0)) return;
  const at = below(node.origin, "discriminator", "propertyName");
  const parts = [...partsOf(value, document)];
  if (alternatives.length > 0 && !parts.some((part) => mayHold(part, name))) {
    const near = reader.guesser.nearest(name, parts.flatMap(propertiesOf));
    reader.report("discriminator-undescribed", { name, near }, at);
    return;
  }
  const some = lacking.length < alternatives.length ? lacking.map((each) => each.name) : [];
  reader.report("discriminator-optional", { name, lacking: some }, at);
}

/** A member of `oneOf` or `anyOf`, and what people know it by. */
type Alternative = { readonly schema: JsonValue; readonly name: string };

/** The alternatives of a schema that take objects: what is null is told apart by that. */
function alternativesOf(value: JsonObject): readonly Alternative[] {
  const all = ["oneOf", "anyOf"].flatMap((keyword) =>
    listOf(value[keyword]).map((schema, index) => ({
      schema,
      name: nameOf(schema) ?? `${keyword}/${index}`,
    })),
  );
  return all.filter(({ schema }) => !isObject(schema) || schema["type"] !== "null");
}

/** The name of the component that a schema refers to. */
function nameOf(schema: JsonValue): string | undefined {
  const ref = isObject(schema) ? own(schema, "$ref") : undefined;
  const pointer = typeof ref === "string" ? pointerOfFragment(ref.slice(ref.indexOf("#") + 1)) : undefined;
  return pointer === undefined ? undefined : tokensOf(pointer).at(-1);
}

function propertiesOf(schema: JsonValue): string[] {
  const properties = isObject(schema) ? schema["properties"] : undefined;
  return isObject(properties) ? Object.keys(properties) : [];
}

/** References are followed so far; what is deeper counts as not required. */
const MAX_DEPTH = 20;

function requires(schema: JsonValue, name: string, document: ObjectNode, depth: number): boolean {
  if (!isObject(schema) || depth > MAX_DEPTH) return false;
  const next = (each: JsonValue) => requires(each, name, document, depth + 1);
  const choices = [listOf(schema["oneOf"]), listOf(schema["anyOf"])];
  return (
    isElsewhere(schema) ||
    listOf(schema["required"]).includes(name) ||
    listOf(schema["allOf"]).some(next) ||
    choices.some((members) => members.length > 0 && members.every(next)) ||
    next(targetOf(schema, document))
  );
}

/** What stands in another document is not judged: it counts as required. */
function isElsewhere(schema: JsonObject): boolean {
  const ref = own(schema, "$ref");
  return typeof ref === "string" && !ref.startsWith("#");
}
