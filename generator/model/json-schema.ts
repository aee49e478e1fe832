import { isArray, isObject, jsonEquals, own, type JsonObject, type JsonValue } from "../source/json.js";
import { isExpression } from "../source/patterns.js";
import { readDiscriminator } from "./discriminator.js";
import { sortedBy, sortedKeys } from "./order.js";
import { otherProperty } from "./other-properties.js";
import { below, type Node, type ObjectNode, type Reader } from "./reader.js";
import type { SchemaTable } from "./schema-table.js";
import type {
  Annotations,
  ArraySchema,
  Discriminator,
  NumberSchema,
  ObjectSchema,
  Property,
  Schema,
  StringSchema,
} from "./schema.js";

const TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"] as const;
type Type = (typeof TYPES)[number];

const NUMBER_FORMATS = new Set(["int32", "int64", "float", "double"]);

/** The keywords that speak of one type only (JSON Schema Validation 2020-12, sections 6.2 to 6.5; Core, section 10.3). */
const FACETS = {
  string: [
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
  ],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  array: ["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"],
  object: [
    "properties",
    "required",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "dependentRequired",
    "minProperties",
    "maxProperties",
  ],
} as const;
type Faceted = keyof typeof FACETS;

const UNSUPPORTED = ["$recursiveRef", "$recursiveAnchor", "dependencies"];

/** Reads a Schema Object (OpenAPI 3.1.1; JSON Schema 2020-12) as the model knows it. */
export function readSchema(reader: Reader, node: Node, table: SchemaTable): Schema {
  return new SchemaReader(reader, table).read(node);
}

class SchemaReader {
  private readonly reader: Reader;
  private readonly table: SchemaTable;

  constructor(reader: Reader, table: SchemaTable) {
    this.reader = reader;
    this.table = table;
  }

  read(node: Node): Schema {
    const bare: Annotations = { origin: node.origin, examples: [] };
    if (node.value === true) return { ...bare, kind: "any" };
    if (node.value === false) return { ...bare, kind: "never" };
    const object = this.reader.expect(node, "object", "a schema");
    if (!object) return { ...bare, kind: "any" };
    this.reportUnsupported(object);
    const discriminator = readDiscriminator(this.reader, object, this.table);
    const isUnion = Object.hasOwn(object.value, "anyOf") || Object.hasOwn(object.value, "oneOf");
    const annotations = {
      ...this.annotations(object),
      ...(discriminator && !isUnion && { discriminator }),
    };
    const parts = [
      ...this.ref(object),
      ...this.typed(object),
      ...this.allOf(object),
      ...this.union(object, "anyOf", discriminator),
      ...this.union(object, "oneOf", discriminator),
      ...this.not(object),
      ...this.conditional(object),
    ];
    return this.unevaluated(object, annotations, parts) ?? joined(annotations, parts);
  }

  /** `unevaluatedProperties` and `unevaluatedItems` speak of what all other keywords of their schema left over. */
  private unevaluated(
    node: ObjectNode,
    annotations: Annotations,
    parts: readonly Schema[],
  ): Schema | undefined {
    const properties = this.reader.child(node, "unevaluatedProperties");
    const items = this.reader.child(node, "unevaluatedItems");
    if (!properties && !items) return undefined;
    return {
      ...annotations,
      kind: "unevaluated",
      schema: joined(bareOf(node), parts),
      ...(properties && { properties: this.read(properties) }),
      ...(items && { items: this.read(items) }),
    };
  }

  private annotations(node: ObjectNode): Annotations {
    const text = (key: string) => this.reader.member(node, key, "string")?.value;
    const flag = (key: string) => this.reader.member(node, key, "boolean")?.value === true;
    const title = text("title");
    const description = text("description");
    const preset = this.reader.child(node, "default");
    const example = this.reader.child(node, "example");
    const sunset = own(node.value, "x-sunset");
    const meaning = own(node.value, "x-ms-discriminator-value");
    const extensible = own(node.value, "x-extensible-enum");
    return {
      origin: node.origin,
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(flag("deprecated") && { deprecated: true }),
      ...(flag("readOnly") && { readOnly: true }),
      ...(flag("writeOnly") && { writeOnly: true }),
      ...(preset && { default: sortedKeys(preset.value) }),
      ...(typeof sunset === "string" && { sunset }),
      ...(typeof meaning === "string" && { meaning }),
      ...(isArray(extensible) && { extensible }),
      examples: [
        ...(example ? [sortedKeys(example.value)] : []),
        ...this.reader.items(node, "examples").map(({ value }) => sortedKeys(value)),
      ],
    };
  }

  private reportUnsupported(node: ObjectNode): void {
    for (const keyword of UNSUPPORTED.filter((each) => Object.hasOwn(node.value, each))) {
      const effect = "types and validators allow what it forbids";
      this.reader.report("keyword-unsupported", { keyword, effect }, below(node.origin, keyword), "key");
    }
  }

  private ref(node: ObjectNode): Schema[] {
    if (!Object.hasOwn(node.value, "$ref")) return [];
    const target = this.table.nameTarget(node as Node<JsonObject & { $ref: string }>);
    return [{ ...bareOf(node), ...(target === undefined ? { kind: "any" } : { kind: "ref", target }) }];
  }

  private typed(node: ObjectNode): Schema[] {
    const types = this.types(node);
    const literals = this.literals(node, types);
    const facets = (Object.keys(FACETS) as Faceted[]).filter((type) => this.hasFacet(node, type));
    const dependent = this.dependentSchemas(node);
    if (literals) {
      const kept = facets.filter((type) => type !== "string" || !this.isOnlyFormat(node));
      return [literals, ...kept.map((type) => this.faceted(node, type, false)), ...dependent];
    }
    if (!types) return [...facets.map((type) => this.faceted(node, type, false)), ...dependent];
    const members = types.map((type) => [
      this.typeMember(node, type),
      ...(type === "object" ? dependent : []),
    ]);
    const [only, ...others] = members;
    if (others.length === 0) return only!;
    const joinedMembers = members.map((parts) => joined(bareOf(node), parts));
    return [{ ...bareOf(node), kind: "union", keyword: "type", members: joinedMembers }];
  }

  /** The asserted types, `integer` dropped beside `number`; undefined where none is asserted. */
  private types(node: ObjectNode): Type[] | undefined {
    const type = this.reader.child(node, "type");
    if (!type) return undefined;
    const listed = Array.isArray(type.value)
      ? this.reader.strings(node, "type")
      : [this.reader.expect(type, "string", "type")];
    const known = listed.flatMap((each) => (each ? this.knownType(each) : []));
    const unique = [...new Set(known)];
    const types = unique.includes("number") ? unique.filter((each) => each !== "integer") : unique;
    return types.length > 0 ? types : undefined;
  }

  private knownType(node: Node<string>): Type[] {
    const type = TYPES.find((each) => each === node.value);
    if (!type)
      this.reader.report("unknown-value", { name: "type", found: node.value, expected: TYPES }, node.origin);
    return type ? [type] : [];
  }

  /** The values of `enum` and `const` that have an asserted type; of both, the constant that is listed. */
  private literals(node: ObjectNode, types: readonly Type[] | undefined): Schema | undefined {
    const constant = this.reader.child(node, "const");
    const listed = this.reader.member(node, "enum", "array");
    if (!constant && !listed) return undefined;
    const values = (constant ? [constant.value] : listed!.value).map(sortedKeys);
    const isTyped = (value: JsonValue) => !types || types.some((type) => hasType(value, type));
    const isListed = (value: JsonValue) =>
      !constant || !listed || listed.value.some((each) => jsonEquals(each, value));
    const allowed = values.filter((value) => isTyped(value) && isListed(value));
    const keyword = constant ? "const" : "enum";
    for (const [index, value] of values.entries())
      if (!isTyped(value)) {
        const at = constant ? constant.origin : below(listed!.origin, index);
        this.reader.report("literal-of-other-type", { keyword, value, types: types! }, at);
      }
    const lacksNull = types?.includes("null") && !allowed.includes(null);
    return {
      ...bareOf(node),
      kind: "literals",
      keyword,
      values: allowed,
      ...((allowed.length < values.length || lacksNull) && { isNarrower: true }),
    };
  }

  private hasFacet(node: ObjectNode, type: Faceted): boolean {
    const formatIsNumber = NUMBER_FORMATS.has(String(node.value["format"]));
    return FACETS[type].some(
      (key) => Object.hasOwn(node.value, key) && !(key === "format" && formatIsNumber),
    );
  }

  private isOnlyFormat(node: ObjectNode): boolean {
    return FACETS.string.every((key) => key === "format" || !Object.hasOwn(node.value, key));
  }

  private typeMember(node: ObjectNode, type: Type): Schema {
    if (type === "null" || type === "boolean") return { ...bareOf(node), kind: type };
    if (type === "integer") return { ...bareOf(node), ...this.number(node, true, true) };
    return this.faceted(node, type, true);
  }

  private faceted(node: ObjectNode, type: Faceted, asserted: boolean): Schema {
    const read = {
      string: () => this.string(node, asserted),
      number: () => this.number(node, asserted, false),
      array: () => this.array(node, asserted),
      object: () => this.object(node, asserted),
    };
    return { ...bareOf(node), ...read[type]() };
  }

  private string(node: ObjectNode, asserted: boolean): StringSchema {
    const format = this.reader.member(node, "format", "string");
    const pattern = this.reader.member(node, "pattern", "string");
    const content = this.reader.child(node, "contentSchema");
    return {
      kind: "string",
      asserted,
      ...(format && { format: format.value }),
      ...(pattern && this.isPattern(pattern) && { pattern: pattern.value }),
      ...this.numbers(node, ["minLength", "maxLength"]),
      ...this.texts(node, ["contentEncoding", "contentMediaType"]),
      ...(content && { contentSchema: sortedKeys(content.value) }),
    };
  }

  private number(node: ObjectNode, asserted: boolean, integer: boolean): NumberSchema {
    return {
      kind: "number",
      asserted,
      integer,
      ...this.texts(node, ["format"]),
      ...this.numbers(node, FACETS.number),
    };
  }

  private array(node: ObjectNode, asserted: boolean): ArraySchema {
    const items = this.reader.child(node, "items");
    const contains = this.reader.child(node, "contains");
    const { minContains = 1, maxContains } = this.numbers(node, ["minContains", "maxContains"]);
    return {
      kind: "array",
      asserted,
      prefixItems: this.reader.items(node, "prefixItems").map((item) => this.read(item)),
      ...(items && { items: this.read(items) }),
      ...(contains && {
        contains: {
          schema: this.read(contains),
          minimum: minContains,
          ...(maxContains !== undefined && { maximum: maxContains }),
        },
      }),
      ...this.numbers(node, ["minItems", "maxItems"]),
      ...(this.reader.member(node, "uniqueItems", "boolean")?.value && { uniqueItems: true }),
    };
  }

  private object(node: ObjectNode, asserted: boolean): ObjectSchema {
    const additional = this.reader.child(node, "additionalProperties");
    const names = this.reader.child(node, "propertyNames");
    const others = {
      patternProperties: sortedBy(this.reader.entries(node, "patternProperties"), ([pattern]) => pattern)
        .filter(([pattern, schema]) => this.isPattern({ value: pattern, origin: schema.origin }))
        .map(([pattern, schema]) => ({ pattern, schema: this.read(schema) })),
      ...(additional && { additionalProperties: this.read(additional) }),
    };
    return {
      kind: "object",
      asserted,
      properties: this.properties(node, others),
      ...others,
      ...(names && { propertyNames: this.read(names) }),
      dependentRequired: this.dependentRequired(node),
      ...this.numbers(node, ["minProperties", "maxProperties"]),
    };
  }

  private properties(
    node: ObjectNode,
    others: Pick<ObjectSchema, "patternProperties" | "additionalProperties">,
  ): Property[] {
    const required = new Set(this.reader.strings(node, "required").map(({ value }) => value));
    const declared = this.reader.entries(node, "properties").map(([name, schema]) => {
      return { name, required: required.has(name), schema: this.read(schema) };
    });
    const names = new Set(declared.map(({ name }) => name));
    const undeclared = [...required]
      .filter((name) => !names.has(name))
      .map((name): Property => {
        return {
          name,
          required: true,
          schema: otherProperty(name, others) ?? { ...bareOf(node), kind: "any" },
          isImplied: true,
        };
      });
    return sortedBy([...declared, ...undeclared], ({ name }) => name);
  }

  private dependentRequired(node: ObjectNode): ObjectSchema["dependentRequired"] {
    const object = this.reader.member(node, "dependentRequired", "object");
    return sortedBy(
      Object.keys(object?.value ?? {}).map((property) => {
        return { property, required: this.reader.strings(object!, property).map(({ value }) => value) };
      }),
      ({ property }) => property,
    );
  }

  private allOf(node: ObjectNode): Schema[] {
    return this.reader.items(node, "allOf").map((member) => this.read(member));
  }

  private union(node: ObjectNode, keyword: "anyOf" | "oneOf", discriminator?: Discriminator): Schema[] {
    if (!Object.hasOwn(node.value, keyword)) return [];
    const members = this.reader.items(node, keyword).map((member) => this.read(member));
    return [{ ...bareOf(node), kind: "union", keyword, members, ...(discriminator && { discriminator }) }];
  }

  private not(node: ObjectNode): Schema[] {
    const schema = this.reader.child(node, "not");
    return schema ? [{ ...bareOf(node), kind: "not", schema: this.read(schema) }] : [];
  }

  private conditional(node: ObjectNode): Schema[] {
    const condition = this.reader.child(node, "if");
    const then = this.reader.child(node, "then");
    const otherwise = this.reader.child(node, "else");
    if (!condition) return [];
    return [
      {
        ...bareOf(node),
        kind: "conditional",
        if: this.read(condition),
        ...(then && { then: this.read(then) }),
        ...(otherwise && { else: this.read(otherwise) }),
      },
    ];
  }

  /** `dependentSchemas` (Core, section 10.2.2.4): a schema that holds of the objects that have a property. */
  private dependentSchemas(node: ObjectNode): Schema[] {
    const entries = sortedBy(this.reader.entries(node, "dependentSchemas"), ([property]) => property);
    return entries.map(([name, schema]) => ({
      ...bareOf(node),
      kind: "conditional",
      if: {
        ...bareOf(node),
        kind: "object",
        asserted: true,
        properties: [{ name, required: true, isImplied: true, schema: { ...bareOf(node), kind: "any" } }],
        patternProperties: [],
        dependentRequired: [],
      },
      then: this.read(schema),
    }));
  }

  private numbers<K extends string>(node: ObjectNode, keys: readonly K[]): { [key in K]?: number } {
    const found = keys.map((key) => [key, this.reader.member(node, key, "number")?.value] as const);
    return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as { [key in K]?: number };
  }

  private texts<K extends string>(node: ObjectNode, keys: readonly K[]): { [key in K]?: string } {
    const found = keys.map((key) => [key, this.reader.member(node, key, "string")?.value] as const);
    return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as { [key in K]?: string };
  }

  /** Patterns are ECMA-262 regular expressions (JSON Schema Core 2020-12, section 6.4), Unicode-aware. */
  private isPattern(pattern: Node<string>): boolean {
    if (isExpression(pattern.value)) return true;
    this.reader.report("pattern-invalid", { pattern: pattern.value }, pattern.origin);
    return false;
  }
}

/** Keywords that stand side by side as one schema. */
function joined(annotations: Annotations, parts: readonly Schema[]): Schema {
  const [only, ...others] = parts;
  if (!only) return { ...annotations, kind: "any" };
  if (others.length > 0 || only.origin !== annotations.origin)
    return { ...annotations, kind: "intersection", members: parts };
  return { ...only, ...annotations };
}

function bareOf(node: Node): Annotations {
  return { origin: node.origin, examples: [] };
}

function hasType(value: unknown, type: Type): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value as JsonObject);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
