import { isArray, isObject, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { pointerOfFragment, valueAt } from "../../source/pointer.js";
import { below, type ObjectNode, type Reader } from "../reader.js";
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
  checkRequired(reader, node);
};

/** Where a schema that stands beside others stands: they may describe what it requires. */
const BESIDE_OTHERS = /\/(?:(?:allOf|anyOf|oneOf)\/\d+|not|if|then|else|dependentSchemas\/[^/]*)$/;
const HOLDS_OTHERS = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "patternProperties"];

/** What is required need not be described (JSON Schema Validation 2020-12, section 6.5.3), but a name that is nearly one of the properties' is misspelt. */
function checkRequired(reader: Reader, node: ObjectNode): void {
  const { value } = node;
  const { properties } = value;
  if (!isObject(properties) || HOLDS_OTHERS.some((keyword) => Object.hasOwn(value, keyword))) return;
  const listed = listOf(value["required"]);
  const required = new Set(listed);
  const strange = [...required].filter(
    (name) => typeof name === "string" && !Object.hasOwn(properties, name),
  ) as string[];
  if (strange.length === 0 || BESIDE_OTHERS.test(node.origin.pointer)) return;
  const free = Object.keys(properties).filter((name) => !required.has(name));
  for (const name of strange) {
    const near = reader.guesser.nearest(name, free);
    if (near === undefined) continue;
    const place = below(node.origin, "required", listed.indexOf(name));
    reader.report("required-undescribed", { name, near }, place);
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
  const members = ["oneOf", "anyOf"].flatMap((keyword) => listOf(value[keyword]));
  const isRequired =
    requires(value, name, document, 0) ||
    (members.length > 0 && members.every((member) => requires(member, name, document, 0)));
  if (!isRequired)
    reader.report("discriminator-optional", { name }, below(node.origin, "discriminator", "propertyName"));
}

/** References are followed so far; what is deeper counts as not required. */
const MAX_DEPTH = 20;

function requires(schema: JsonValue, name: string, document: ObjectNode, depth: number): boolean {
  if (!isObject(schema) || depth > MAX_DEPTH) return false;
  const next = (each: JsonValue) => requires(each, name, document, depth + 1);
  const choices = [listOf(schema["oneOf"]), listOf(schema["anyOf"])];
  return (
    listOf(schema["required"]).includes(name) ||
    listOf(schema["allOf"]).some(next) ||
    choices.some((members) => members.length > 0 && members.every(next)) ||
    next(targetOf(schema, document))
  );
}

/** What a reference names in the document; null where it names nothing there. */
export function targetOf(schema: JsonObject, document: ObjectNode): JsonValue {
  const ref = own(schema, "$ref");
  // What stands in another document is not judged: it counts as required.
  if (typeof ref !== "string" || !ref.startsWith("#")) return null;
  const pointer = pointerOfFragment(ref.slice(1));
  return (pointer === undefined ? undefined : valueAt(document.value, pointer)) ?? null;
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}
