import type { NumberFormat, TextFormat } from "../model/formats.js";
import type {
  ArraySchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  StringSchema,
  UnionSchema,
} from "../model/schema.js";
import type { JsonValue } from "../source/json.js";
import { call, json, list, openObject, runtimeName, type Code } from "./code.js";

/** Formats of texts that `runtime/formats.ts` checks, by the name of its function. */
const FORMATS: { readonly [F in TextFormat]: string } = {
  date: "date",
  time: "time",
  "date-time": "dateTime",
  uuid: "uuid",
  email: "email",
  uri: "uri",
  ipv4: "ipv4",
  ipv6: "ipv6",
  byte: "byte",
  hostname: "hostname",
  duration: "duration",
  "uri-reference": "uriReference",
  "uri-template": "uriTemplate",
  "json-pointer": "jsonPointer",
  "relative-json-pointer": "relativeJsonPointer",
  regex: "regex",
};

/** And those of numbers. */
const NUMBER_FORMATS: { readonly [F in NumberFormat]: string } = { int32: "int32", int64: "int64" };

/** A schema as calls of `runtime/schema.ts`, one line a property. */
export function checkOf(schema: Schema): Code {
  switch (schema.kind) {
    case "any":
    case "never":
    case "boolean":
      return runtimeName(schema.kind, "schema");
    case "null":
      return runtimeName("nullValue", "schema");
    case "ref":
      return call("ref", "schema", { kind: "validator", schema: schema.target });
    case "literals":
      return call("literals", "schema", json(schema.keyword), json(schema.values));
    case "string":
      return withRules("string", stringRules(schema));
    case "number":
      return withRules("number", numberRules(schema));
    case "array":
      return withRules("array", arrayRules(schema));
    case "object":
      return withRules("object", objectRules(schema));
    case "union":
      return union(schema);
    case "intersection":
      return call("allOf", "schema", ...schema.members.map(checkOf));
    case "not":
      return call("not", "schema", checkOf(schema.schema));
    case "conditional":
      return withRules("conditional", [
        ["if", checkOf(schema.if)],
        ["then", schema.then && checkOf(schema.then)],
        ["else", schema.else && checkOf(schema.else)],
      ]);
    case "unevaluated": {
      const rules: Rules = [
        ["properties", schema.properties && checkOf(schema.properties)],
        ["items", schema.items && checkOf(schema.items)],
      ];
      return call("unevaluated", "schema", checkOf(schema.schema), openObject(rules));
    }
  }
}

type Rules = readonly (readonly [name: string, value: Code | undefined])[];

function withRules(name: string, rules: Rules): Code {
  const object = openObject(rules);
  return call(name, "schema", ...(object.members.length > 0 ? [object] : []));
}

function given(value: JsonValue | undefined): Code | undefined {
  return value === undefined ? undefined : json(value);
}

function looseRule({ asserted }: { asserted: boolean }): Rules[number] {
  return ["loose", asserted ? undefined : json(true)];
}

/** A discriminator that tells no member from the others leaves the union as it is. */
function union(schema: Schema & UnionSchema): Code {
  const { keyword, members, discriminator, branches = [] } = schema;
  const isTold = branches.some(({ values, isFallback }) => values.length > 0 || isFallback);
  if (keyword === "type" || !discriminator || !isTold)
    return call(keyword === "type" ? "types" : keyword, "schema", ...members.map(checkOf));
  const fallback = branches.findIndex(({ isFallback }) => isFallback);
  const listed = branches.map(({ values }, index) => list([json(values), checkOf(members[index]!)]));
  return withRules("discriminated", [
    ["keyword", json(keyword)],
    ["property", json(discriminator.property)],
    ["branches", { kind: "list", items: listed, isOpen: true }],
    ["fallback", fallback === -1 ? undefined : json(fallback)],
  ]);
}

function stringRules(schema: StringSchema): Rules {
  return [
    looseRule(schema),
    ["minLength", given(schema.minLength)],
    ["maxLength", given(schema.maxLength)],
    ["pattern", schema.pattern === undefined ? undefined : { kind: "regExp", pattern: schema.pattern }],
    ["format", formatOf(schema, FORMATS)],
  ];
}

function formatOf(
  { format: name = "" }: { format?: string },
  known: { readonly [format: string]: string },
): Code | undefined {
  const is = Object.hasOwn(known, name) ? known[name] : undefined;
  return is === undefined ? undefined : list([json(name), runtimeName(is, "formats")]);
}

function numberRules(schema: NumberSchema): Rules {
  return [
    looseRule(schema),
    ["integer", schema.integer ? json(true) : undefined],
    ["minimum", given(schema.minimum)],
    ["maximum", given(schema.maximum)],
    ["exclusiveMinimum", given(schema.exclusiveMinimum)],
    ["exclusiveMaximum", given(schema.exclusiveMaximum)],
    ["multipleOf", given(schema.multipleOf)],
    ["format", formatOf(schema, NUMBER_FORMATS)],
  ];
}

function arrayRules(schema: ArraySchema): Rules {
  const { contains, prefixItems } = schema;
  return [
    looseRule(schema),
    ["prefixItems", prefixItems.length > 0 ? list(prefixItems.map(checkOf)) : undefined],
    ["items", schema.items && checkOf(schema.items)],
    [
      "contains",
      contains &&
        openObject([
          ["check", checkOf(contains.schema)],
          ["minimum", json(contains.minimum)],
          ["maximum", given(contains.maximum)],
        ]),
    ],
    ["minItems", given(schema.minItems)],
    ["maxItems", given(schema.maxItems)],
    ["uniqueItems", given(schema.uniqueItems)],
  ];
}

function objectRules(schema: ObjectSchema): Rules {
  const declared = schema.properties.filter(({ isImplied }) => !isImplied);
  const implied = schema.properties.filter(({ isImplied }) => isImplied).map(({ name }) => name);
  const properties = declared.map((property): Rules[number] => {
    const check = checkOf(property.schema);
    return [property.name, property.required ? check : call("optional", "schema", check)];
  });
  const patterns = schema.patternProperties.map(({ pattern, schema: own }) =>
    list([{ kind: "regExp", pattern }, checkOf(own)]),
  );
  const dependents = schema.dependentRequired.map((each): Rules[number] => [
    each.property,
    json(each.required),
  ]);
  return [
    looseRule(schema),
    ["properties", properties.length > 0 ? openObject(properties) : undefined],
    ["required", implied.length > 0 ? json(implied) : undefined],
    ["patternProperties", patterns.length > 0 ? list(patterns) : undefined],
    ["additionalProperties", schema.additionalProperties && checkOf(schema.additionalProperties)],
    ["propertyNames", schema.propertyNames && checkOf(schema.propertyNames)],
    ["dependentRequired", dependents.length > 0 ? openObject(dependents) : undefined],
    ["minProperties", given(schema.minProperties)],
    ["maxProperties", given(schema.maxProperties)],
  ];
}
