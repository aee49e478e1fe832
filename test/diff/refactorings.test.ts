import { describe, expect, it } from "vitest";
import { documentOf, reviewTexts, verdicts } from "../support/review.js";

const pet = (name: string) => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string" }, [name]: { type: "string" } },
});
const PETS = { Cat: pet("purr"), Dog: pet("bark") };
const PET = { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] };

const TEXT = { type: "string" };

/** Alternatives that what is required tells apart, beside their kinds. */
const BEASTS = (cat: object, dog: object) => ({
  Cat: { type: "object", required: ["kind", "purr"], properties: { kind: cat, purr: TEXT } },
  Dog: { type: "object", required: ["kind", "bark"], properties: { kind: dog, bark: TEXT } },
});
const MAPPED = {
  ...PET,
  discriminator: {
    propertyName: "kind",
    mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
  },
};

type More = { readonly base?: object; readonly head?: object; readonly baseVersion?: string };

/** Two ways to say the same: each is silent, in both directions. */
const SAME: readonly (readonly [
  name: string,
  base: object | boolean,
  head: object | boolean,
  more?: More,
])[] = [
  [
    "inlining a $ref",
    { $ref: "#/components/schemas/A" },
    { type: "object", properties: { a: { type: "string" } } },
    { base: { A: { type: "object", properties: { a: { type: "string" } } } } },
  ],
  ["wrapping in allOf", { type: "string", minLength: 2 }, { allOf: [{ type: "string", minLength: 2 }] }],
  [
    "a $ref in allOf with a description",
    { $ref: "#/components/schemas/A" },
    { description: "x", allOf: [{ $ref: "#/components/schemas/A" }] },
    { base: { A: { type: "string" } }, head: { A: { type: "string" } } },
  ],
  [
    "the names of a map",
    { type: "object", additionalProperties: TEXT, propertyNames: { enum: ["a", "b"] } },
    { type: "object", properties: { a: TEXT, b: TEXT }, additionalProperties: false },
  ],
  [
    "the names of a map as a component",
    { type: "object", propertyNames: { enum: ["a", "b"] } },
    { type: "object", propertyNames: { $ref: "#/components/schemas/A" } },
    { head: { A: { type: "string", enum: ["b", "a"] } } },
  ],
  [
    "the names of an object, one of which it must have",
    {
      type: "object",
      properties: { a: { maxLength: 5 }, c: TEXT },
      patternProperties: { "^a": TEXT },
      required: ["a"],
      propertyNames: { enum: ["a", "b"] },
    },
    {
      type: "object",
      properties: { a: { type: "string", maxLength: 5 }, b: {} },
      required: ["a"],
      additionalProperties: false,
    },
  ],
  ["null as oneOf", { type: ["string", "null"] }, { oneOf: [{ type: "string" }, { type: "null" }] }],
  ["null as anyOf", { anyOf: [{ type: "null" }, { type: "string" }] }, { type: ["string", "null"] }],
  ["a format of integers", { type: "number", format: "int32" }, { type: "integer", format: "int32" }],
  ["a single oneOf", { type: "integer" }, { oneOf: [{ type: "integer" }] }],
  ["constants for an enum", { enum: ["a", "b"] }, { anyOf: [{ const: "b" }, { const: "a" }] }],
  [
    "the order of an enum",
    { type: "string", enum: ["a", "b", "c"] },
    { type: "string", enum: ["c", "a", "b"] },
  ],
  [
    "the order of keys",
    { type: "object", properties: { a: {}, b: {} }, required: ["a", "b"] },
    { required: ["b", "a"], properties: { b: {}, a: {} }, type: "object" },
  ],
  [
    "merging allOf",
    {
      allOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "number" } } },
      ],
    },
    { type: "object", properties: { a: { type: "string" }, b: { type: "number" } }, required: ["a"] },
  ],
  [
    "an exclusive bound of integers",
    { type: "integer", minimum: 1, maximum: 9 },
    { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10 },
  ],
  ["bounds that say nothing", { type: "string" }, { type: "string", minLength: 0 }],
  ["additionalProperties: true", { type: "object" }, { type: "object", additionalProperties: true }],
  ["an enum with its type", { enum: ["a", "b"] }, { type: "string", enum: ["a", "b"] }],
  [
    "an enum split over allOf",
    { type: "string", enum: ["a", "b"] },
    { allOf: [{ enum: ["a", "b", "c"] }, { enum: ["a", "b", "d"] }] },
  ],
  ["boolean as an enum", { type: "boolean" }, { enum: [true, false] }],
  [
    "required spread over allOf",
    { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    { allOf: [{ type: "object", properties: { a: { type: "string" } } }, { required: ["a"] }] },
  ],
  [
    "recursion, one turn unrolled",
    { $ref: "#/components/schemas/N" },
    { type: "object", properties: { next: { $ref: "#/components/schemas/N" } } },
    {
      base: { N: { type: "object", properties: { next: { $ref: "#/components/schemas/N" } } } },
      head: { N: { type: "object", properties: { next: { $ref: "#/components/schemas/N" } } } },
    },
  ],
  ["annotations", { type: "string" }, { type: "string", description: "d", title: "t", examples: ["x"] }],
  [
    "nullable over an upgrade",
    { type: "string", nullable: true },
    { type: ["string", "null"] },
    { baseVersion: "3.0.3" },
  ],
  [
    "exclusiveMinimum over an upgrade",
    { type: "number", minimum: 1, exclusiveMinimum: true },
    { type: "number", exclusiveMinimum: 1 },
    { baseVersion: "3.0.3" },
  ],
  [
    "distributing a union",
    { type: "object", properties: { k: { enum: ["a", "b"] } }, required: ["k"] },
    {
      oneOf: [
        { type: "object", properties: { k: { const: "a" } }, required: ["k"] },
        { type: "object", properties: { k: { const: "b" } }, required: ["k"] },
      ],
    },
  ],
  [
    "a closed tuple, by its length",
    { type: "array", prefixItems: [{ type: "string" }], items: false },
    { type: "array", prefixItems: [{ type: "string" }], maxItems: 1 },
  ],
  [
    "what all alternatives share, beside them",
    {
      oneOf: [
        { type: "object", properties: { x: { type: "string" }, a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { x: { type: "string" }, b: { type: "string" } }, required: ["b"] },
      ],
    },
    {
      allOf: [
        { type: "object", properties: { x: { type: "string" } } },
        {
          oneOf: [
            { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
            { type: "object", properties: { b: { type: "string" } }, required: ["b"] },
          ],
        },
      ],
    },
  ],
  [
    "unevaluatedProperties where nothing else is named",
    { allOf: [{ type: "object", properties: { a: { type: "string" } } }], unevaluatedProperties: false },
    { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
  ],
  [
    "a list of types as alternatives",
    { type: ["string", "integer"], maxLength: 5 },
    { anyOf: [{ type: "string", maxLength: 5 }, { type: "integer" }] },
  ],
  [
    "a constant that is forbidden",
    { type: "string", not: { enum: ["a"] } },
    { type: "string", not: { const: "a" } },
  ],
  ["a pattern that every text matches", { type: "string" }, { type: "string", pattern: "^.*" }],
  [
    "a format of numbers that go no further",
    { type: "integer", minimum: 0, maximum: 100 },
    { type: "integer", format: "int32", minimum: 0, maximum: 100 },
  ],
  [
    "a format as its bounds",
    { type: "integer", format: "int32" },
    { type: "integer", minimum: -2147483648, exclusiveMaximum: 2147483648 },
  ],
  [
    "a pattern of few texts as an enum",
    { type: "string", pattern: "^(?:on|of{2}|v[1-3])$" },
    { type: "string", enum: ["on", "off", "v1", "v2", "v3"] },
  ],
  [
    "a pattern of few texts, otherwise",
    { type: "string", pattern: "^(on|off)$" },
    { type: "string", pattern: "^o(n|ff)$" },
  ],
  [
    "a pattern of many texts, otherwise",
    { type: "string", pattern: "^(?:[0-9]{4}-)+[A-F]$" },
    { type: "string", pattern: "^(\\d{4}-\\d{4}-|\\d{4}-)+[AB-F]$" },
  ],
  [
    "a pattern of lengths",
    { type: "string", pattern: "^[a-z]+$", minLength: 1, maxLength: 3 },
    { type: "string", pattern: "^[a-z]{1,3}$" },
  ],
  [
    "few texts of which the lengths leave some",
    { type: "string", pattern: "^a{0,5}$", minLength: 2, maxLength: 3 },
    { type: "string", enum: ["aa", "aaa"] },
  ],
  [
    "a length that a format has anyhow",
    { type: "string", format: "uuid" },
    { type: "string", format: "uuid", minLength: 1, maxLength: 64 },
  ],
  [
    "the least length of a date-time",
    { type: "string", format: "date-time" },
    { type: "string", format: "date-time", minLength: 20 },
  ],
  [
    "the least length of a time",
    { type: "string", format: "time" },
    { type: "string", format: "time", minLength: 9 },
  ],
  [
    "the least length of an email",
    { type: "string", format: "email" },
    { type: "string", format: "email", minLength: 3 },
  ],
  [
    "the least length of a uri",
    { type: "string", format: "uri" },
    { type: "string", format: "uri", minLength: 2 },
  ],
  [
    "the least length of a duration",
    { type: "string", format: "duration" },
    { type: "string", format: "duration", minLength: 3 },
  ],
  [
    "the least length of a relative-json-pointer",
    { type: "string", format: "relative-json-pointer" },
    { type: "string", format: "relative-json-pointer", minLength: 1 },
  ],
  [
    "lengths that a pattern leaves",
    { type: "string", pattern: "^(?:[0-9a-f]{8}|[0-9a-f]{17})$" },
    { type: "string", pattern: "^(?:[0-9a-f]{8}|[0-9a-f]{17})$", minLength: 8, maxLength: 17 },
  ],
  [
    "a mapping that says what the names say",
    { ...PET, discriminator: { propertyName: "kind" } },
    {
      ...PET,
      discriminator: {
        propertyName: "kind",
        mapping: { Cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" },
      },
    },
    { base: PETS, head: PETS },
  ],
  [
    "values that a mapping gives, and that alternatives say themselves",
    MAPPED,
    MAPPED,
    { base: BEASTS(TEXT, TEXT), head: BEASTS({ ...TEXT, enum: ["cat"] }, { const: "dog" }) },
  ],
  [
    "values that names give, and that alternatives say themselves",
    { ...PET, discriminator: { propertyName: "kind" } },
    { ...PET, discriminator: { propertyName: "kind" } },
    { base: BEASTS(TEXT, TEXT), head: BEASTS({ const: "Cat" }, { ...TEXT, enum: ["Dog"] }) },
  ],
  [
    "values that names give to alternatives that differ in nothing else that is required, in a list",
    { type: "array", items: { ...PET, discriminator: { propertyName: "kind" } } },
    { type: "array", items: { ...PET, discriminator: { propertyName: "kind" } } },
    {
      base: PETS,
      head: {
        Cat: { ...PETS.Cat, properties: { ...PETS.Cat.properties, kind: { const: "Cat" } } },
        Dog: { ...PETS.Dog, properties: { ...PETS.Dog.properties, kind: { const: "Dog" } } },
      },
    },
  ],
  [
    "names that a pattern matches, otherwise",
    { type: "object", patternProperties: { "^x-": TEXT }, additionalProperties: false },
    { type: "object", patternProperties: { "^x-.*": TEXT }, additionalProperties: false },
  ],
  [
    "names that two patterns match together",
    { type: "object", patternProperties: { "^[ab]": TEXT }, additionalProperties: { type: "integer" } },
    {
      type: "object",
      patternProperties: { "^a": TEXT, "^b": TEXT },
      additionalProperties: { type: "integer" },
    },
  ],
  ["contains of nothing", { type: "array" }, { type: "array", contains: { type: "string" }, minContains: 0 }],
  [
    "multiples",
    { allOf: [{ multipleOf: 2 }, { multipleOf: 3 }], type: "integer" },
    { multipleOf: 6, type: "integer" },
  ],
  ["multiples of a part of an integer", { type: "integer", multipleOf: 0.5 }, { type: "integer" }],
  ["the bound of an integer", { type: "integer", minimum: 1.5 }, { type: "integer", minimum: 2 }],
  ["a few integers", { type: "integer", minimum: 1, maximum: 3 }, { enum: [1, 2, 3] }],
  [
    "integers as multiples between open bounds",
    { type: "integer", minimum: 0, maximum: 3 },
    { type: "number", multipleOf: 1, exclusiveMinimum: -1, exclusiveMaximum: 4 },
  ],
  ["null as a constant", { const: null }, { type: "null" }],
  ["values that a bound leaves out", { enum: ["a", "bb"], maxLength: 1 }, { enum: ["a"] }],
  ["values that `not` leaves out", { enum: ["a", "b"], not: { const: "b" } }, { enum: ["a"] }],
  ["a type that `not` leaves out", { type: ["string", "null"], not: { type: "null" } }, { type: "string" }],
  ["anything among the items", { type: "array", contains: {} }, { type: "array", minItems: 1 }],
  [
    "the end of a tuple",
    { type: "array", prefixItems: [TEXT], unevaluatedItems: false },
    { type: "array", prefixItems: [TEXT], items: false },
  ],
  [
    "a tuple of equal items",
    { type: "array", prefixItems: [TEXT, TEXT], minItems: 2, maxItems: 2 },
    { type: "array", items: TEXT, minItems: 2, maxItems: 2 },
  ],
  [
    "the pattern of every name",
    { type: "object", properties: { a: {} }, patternProperties: { ".*": TEXT } },
    { type: "object", properties: { a: TEXT }, additionalProperties: TEXT },
  ],
  ["names that are texts", { type: "object", propertyNames: { type: "string" } }, { type: "object" }],
  ["a condition without consequence", { type: "string", if: { minLength: 1 } }, { type: "string" }],
  [
    "a consequence that says nothing",
    { type: "object", if: { minProperties: 1 }, then: { required: ["a"] }, else: true },
    { type: "object", if: { minProperties: 1 }, then: { required: ["a"] } },
  ],
  ["a condition that always holds", { if: true, then: TEXT }, TEXT],
  ["a condition that never holds", { if: false, else: TEXT }, TEXT],
  [
    "what a property needs",
    { type: "object", dependentSchemas: { a: { required: ["b", "c"] } } },
    { type: "object", dependentRequired: { a: ["b", "c"] } },
  ],
  [
    "that a property needs what is required",
    { type: "object", required: ["b"], dependentRequired: { a: ["b"] } },
    { type: "object", required: ["b"] },
  ],
  ["`not` of any other value", { type: "boolean", not: { const: false } }, { const: true }],
];

describe.each(SAME.map(([name, base, head, more]) => ({ name, base, head, more: more ?? {} })))(
  "$name",
  ({ base, head, more }) => {
    const texts = {
      base: documentOf(base, { schemas: more.base ?? {}, version: more.baseVersion ?? "3.1.0" }),
      head: documentOf(head, { schemas: more.head ?? {} }),
    };
    it("is silent", () => expect(verdicts(reviewTexts(texts.base, texts.head))).toEqual([]));
    it("is silent the other way round", () =>
      expect(verdicts(reviewTexts(texts.head, texts.base))).toEqual([]));
  },
);

it("a change that is none of these is not silent", () => {
  const review = reviewTexts(documentOf({ type: "string" }), documentOf({ type: "string", minLength: 1 }));
  expect(verdicts(review)).toEqual([
    "error request-body-min-length-set",
    "info response-body-min-length-set",
  ]);
  expect(review.findings[0]?.witness).toEqual({
    kind: "value",
    outcome: "refused",
    validIn: "base",
    value: "",
    reason: "/ must NOT have fewer than 1 characters",
  });
});
