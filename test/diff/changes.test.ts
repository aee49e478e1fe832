import { describe, expect, it } from "vitest";
import { api, paths as documentOfPaths } from "./table/rows.js";
import { documentOf, reviewTexts, verdicts } from "../support/review.js";

/** What takes and gives pets, and cats, of which only the server says the id. */
function petsAndCats(type: string): string {
  const [cats, pets] = ["Cat", "Pet"].map((name) => {
    const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
    return { put: { requestBody: { content }, responses: { "200": { description: "", content } } } };
  });
  const schemas = {
    Pet: { ...only("kind"), discriminator: { propertyName: "kind" } },
    Cat: ofPet({ type: "object", properties: { id: { type, readOnly: true } } }),
  };
  const paths = { "/cats": cats, "/pets": pets };
  const info = { title: "T", version: "1" };
  return JSON.stringify({ openapi: "3.1.0", info, paths, components: { schemas } });
}

const naming = (name: object) => ({ type: "object", properties: { name } });
const ofPet = (own: object) => ({ allOf: [{ $ref: "#/components/schemas/Pet" }, own] });

const only = (name: string) => ({
  type: "object",
  properties: { [name]: { type: "string" } },
  required: [name],
});
const text = { type: "string" };
const closed = (name: string) => ({ ...only(name), additionalProperties: false });

/** An object of two parts, the first of which is closed. */
function closedBy(first: object, second: object): object {
  return { type: "object", allOf: [{ ...first, additionalProperties: false }, second] };
}

/** A payment that must have a reference under a condition. */
const paid = {
  type: "object",
  properties: { kind: { enum: ["card", "iban"] }, ref: text },
  required: ["kind"],
  then: { required: ["ref"] },
};
const needs = (...names: string[]) => names.map((name) => ({ required: [name] }));

/** What a change of a schema is called, as the body of a request and of a response. */
const CHANGES: readonly (readonly [
  name: string,
  base: object | boolean,
  head: object | boolean,
  expected: readonly string[],
])[] = [
  [
    "a type",
    { type: "string" },
    { type: "integer" },
    ["error request-body-type-changed", "error response-body-type-changed"],
  ],
  [
    "any text beside the listed ones",
    { ...text, enum: ["a", "b"] },
    { anyOf: [{ ...text, enum: ["a", "b"] }, text] },
    ["info request-body-enum-removed", "warning response-body-enum-removed"],
  ],
  [
    "no text any more beside the listed ones",
    { anyOf: [{ ...text, enum: ["a", "b"] }, text] },
    { ...text, enum: ["a", "b"] },
    ["error request-body-enum-added", "info response-body-enum-added"],
  ],
  [
    "a type more",
    { type: "string" },
    { type: ["string", "integer"] },
    ["error response-body-type-changed", "info request-body-type-changed"],
  ],
  [
    "an alternative of another type",
    text,
    { oneOf: [text, only("id")] },
    ["error response-body-type-changed", "info request-body-type-changed"],
  ],
  [
    "an alternative less of a type that no other has",
    { anyOf: [{ type: "integer" }, text, only("id")] },
    { anyOf: [{ type: "integer" }, text] },
    ["error request-body-type-changed", "info response-body-type-changed"],
  ],
  [
    "null more",
    { type: "string" },
    { type: ["string", "null"] },
    ["error response-body-became-nullable", "info request-body-became-nullable"],
  ],
  [
    "null less",
    { type: ["string", "null"] },
    { type: "string" },
    ["error request-body-became-not-nullable", "info response-body-became-not-nullable"],
  ],
  [
    "an integer",
    { type: "number" },
    { type: "integer" },
    ["error request-body-became-integer", "info response-body-became-integer"],
  ],
  [
    "an enum value less",
    { enum: ["a", "b"] },
    { enum: ["a"] },
    ["error request-body-enum-value-removed", "info response-body-enum-value-removed"],
  ],
  [
    "a higher minimum",
    { type: "integer", minimum: 1 },
    { type: "integer", minimum: 5 },
    ["error request-body-min-increased", "info response-body-min-increased"],
  ],
  [
    "a lower maximum",
    { type: "integer", maximum: 9 },
    { type: "integer", maximum: 5 },
    ["error request-body-max-decreased", "info response-body-max-decreased"],
  ],
  [
    "a higher maxItems",
    { type: "array", maxItems: 2 },
    { type: "array", maxItems: 3 },
    ["error response-body-max-items-increased", "info request-body-max-items-increased"],
  ],
  [
    "a length beside a format that nobody is held to",
    { type: "string", format: "idn-email" },
    { type: "string", format: "idn-email", minLength: 3 },
    ["error request-body-min-length-set", "info response-body-min-length-set"],
  ],
  [
    "a pattern in the place of a format that it covers",
    { type: "string", format: "date" },
    { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    ["error response-body-format-removed", "info request-body-format-removed"],
  ],
  [
    "a pattern in the place of a format that it does not cover",
    { type: "string", format: "date" },
    { type: "string", pattern: "^2\\d{3}-\\d{2}-\\d{2}$" },
    [
      "error request-body-pattern-added",
      "error response-body-format-removed",
      "info request-body-format-removed",
      "info response-body-pattern-added",
    ],
  ],
  [
    "a choice of one of two that take the same values, where there was one of them",
    only("a"),
    { oneOf: [only("a"), { allOf: [only("a"), only("b")] }] },
    ["warning request-body-unexplained"],
  ],
  [
    "one of two that take the same values, where there was a choice of one of them",
    { oneOf: [only("a"), { allOf: [only("a"), only("b")] }] },
    only("a"),
    ["warning response-body-unexplained"],
  ],
  [
    "a multiple of less, on paper",
    { type: "number", multipleOf: 0.3 },
    { type: "number", multipleOf: 0.1 },
    ["error response-body-multiple-of-changed", "info request-body-multiple-of-changed"],
  ],
  [
    "a minimum above a fraction",
    { type: "integer", exclusiveMinimum: 0.6 },
    { type: "integer", minimum: 1.5 },
    ["error request-body-min-set", "info response-body-min-set"],
  ],
  [
    "a pattern that no line break matches",
    { type: "string" },
    { type: "string", pattern: "^.*$" },
    ["error request-body-pattern-added", "info response-body-pattern-added"],
  ],
  [
    "one alternative alone, where several could be met at once",
    { anyOf: [only("a"), only("b")] },
    { oneOf: [only("a"), only("b")] },
    ["warning request-body-unexplained"],
  ],
  [
    "what no alternative names, where each was closed",
    { oneOf: [closed("a"), closed("b")] },
    { anyOf: [only("a"), only("b")], unevaluatedProperties: false },
    ["error response-body-unexplained"],
  ],
  [
    "a property less, and another that is required",
    { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    [
      "error request-property-became-required",
      "info response-property-became-required",
      "warning request-property-removed",
      "warning response-optional-property-removed",
    ],
  ],
  [
    "a pattern that is written otherwise, beside a greatest length",
    { type: "object", properties: { a: { type: "string", pattern: "^a" } } },
    { type: "object", properties: { a: { type: "string", pattern: "^[a]", maxLength: 3 } } },
    ["error request-property-max-length-set", "info response-property-max-length-set"],
  ],
  [
    "unique items",
    { type: "array" },
    { type: "array", uniqueItems: true },
    ["error request-body-unique-items-set", "info response-body-unique-items-set"],
  ],
  [
    "a pattern",
    { type: "string" },
    { type: "string", pattern: "^a" },
    ["error request-body-pattern-added", "info response-body-pattern-added"],
  ],
  [
    "another pattern",
    { type: "string", pattern: "^a" },
    { type: "string", pattern: "^b" },
    ["error request-body-pattern-changed", "error response-body-pattern-changed"],
  ],
  [
    "items of another type",
    { type: "array", items: { type: "string" } },
    { type: "array", items: { type: "number" } },
    ["error request-property-type-changed", "error response-property-type-changed"],
  ],
  [
    "a required property",
    { type: "object" },
    { type: "object", required: ["a"], properties: { a: { type: "string" } } },
    ["error new-required-request-property", "info response-required-property-added"],
  ],
  [
    "an optional property",
    { type: "object" },
    { type: "object", properties: { a: { type: "string" } } },
    ["info new-optional-request-property", "info response-optional-property-added"],
  ],
  [
    "a property that became required",
    { type: "object", properties: { a: {} } },
    { type: "object", properties: { a: {} }, required: ["a"] },
    ["error request-property-became-required", "info response-property-became-required"],
  ],
  [
    "a property that became optional",
    { type: "object", properties: { a: {} }, required: ["a"] },
    { type: "object", properties: { a: {} } },
    ["error response-property-became-optional", "info request-property-became-optional"],
  ],
  [
    "a required property less",
    { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    { type: "object" },
    ["error response-required-property-removed", "warning request-property-removed"],
  ],
  [
    "an optional property less",
    { type: "object", properties: { a: { type: "string" } } },
    { type: "object" },
    ["warning request-property-removed", "warning response-optional-property-removed"],
  ],
  [
    "a property of a closed object less",
    { type: "object", additionalProperties: false, properties: { a: {}, b: {} } },
    { type: "object", additionalProperties: false, properties: { a: {} } },
    ["error request-property-removed", "warning response-optional-property-removed"],
  ],
  [
    "a closed object",
    { type: "object" },
    { type: "object", additionalProperties: false },
    [
      "error request-body-additional-properties-forbidden",
      "info response-body-additional-properties-forbidden",
    ],
  ],
  [
    "a branch less",
    {
      oneOf: [
        { type: "object", required: ["a"], properties: { a: { const: 1 } } },
        { type: "object", required: ["a"], properties: { a: { const: 2 } } },
      ],
    },
    { oneOf: [{ type: "object", required: ["a"], properties: { a: { const: 1 } } }] },
    ["error request-body-alternative-removed", "info response-body-alternative-removed"],
  ],
  [
    "a deep one",
    {
      type: "object",
      properties: {
        a: { type: "array", items: { type: "object", properties: { b: { maxLength: 5, type: "string" } } } },
      },
    },
    {
      type: "object",
      properties: {
        a: { type: "array", items: { type: "object", properties: { b: { maxLength: 4, type: "string" } } } },
      },
    },
    ["error request-property-max-length-decreased", "info response-property-max-length-decreased"],
  ],
  [
    "a property that all others of its name described otherwise",
    { type: "object", properties: { a: text }, additionalProperties: { type: "integer" } },
    { type: "object", properties: { a: text, b: text }, additionalProperties: { type: "integer" } },
    ["error request-property-type-changed", "error response-property-type-changed"],
  ],
  [
    "a property that is no longer read-only, where others are described",
    {
      type: "object",
      properties: { a: { type: "integer", readOnly: true } },
      additionalProperties: text,
    },
    { type: "object", properties: { a: { type: "integer" } }, additionalProperties: text },
    ["warning request-property-became-not-read-only"],
  ],
  [
    "a property where others were anything, which says nothing",
    { type: "object", additionalProperties: true },
    { type: "object", properties: { a: { type: "array", items: only("b") } }, additionalProperties: true },
    ["info new-optional-request-property", "info response-optional-property-added"],
  ],
  [
    "a property less where others are anything",
    { type: "object", properties: { a: { type: "array", items: only("b") } }, additionalProperties: {} },
    { type: "object", additionalProperties: {} },
    ["warning request-property-removed", "warning response-optional-property-removed"],
  ],
  [
    "a property of any kind that all others of its name describe",
    { type: "object", properties: { a: {} } },
    { type: "object", additionalProperties: text },
    [
      "error request-property-type-changed",
      "error request-property-type-changed",
      "info response-property-type-changed",
      "info response-property-type-changed",
    ],
  ],
  [
    "a property that a pattern describes otherwise",
    { type: "object", patternProperties: { "^x": text } },
    { type: "object", patternProperties: { "^x": text }, properties: { xa: { enum: ["a"] } } },
    ["error request-property-enum-added", "info response-property-enum-added"],
  ],
  [
    "a value more that is forbidden",
    { type: "string", not: { enum: ["a"] } },
    { type: "string", not: { enum: ["a", "b"] } },
    ["error request-body-not-changed", "info response-body-not-changed"],
  ],
  [
    "what some item must be",
    { type: "array", contains: { type: "integer" } },
    { type: "array", contains: { type: "number" } },
    ["error response-body-contains-changed", "info request-body-contains-changed"],
  ],
  [
    "how long names may be",
    { type: "object", propertyNames: { maxLength: 10 } },
    { type: "object", propertyNames: { maxLength: 5 } },
    ["error request-body-property-names-changed", "info response-body-property-names-changed"],
  ],
  [
    "what follows from a condition",
    { type: "object", if: { required: ["k"], properties: { k: { const: 1 } } }, then: { required: ["x"] } },
    {
      type: "object",
      if: { required: ["k"], properties: { k: { const: 1 } } },
      then: { required: ["x", "y"] },
    },
    ["error request-body-conditional-changed", "warning response-body-conditional-changed"],
  ],
  [
    // Each text of the new one matches the old one: whether others did, nobody can tell of one that looks ahead.
    "a pattern that no more texts match, if any less",
    { type: "string", pattern: "^a+$" },
    { type: "string", pattern: "^(?=a)a+$" },
    ["info response-body-pattern-changed", "warning request-body-pattern-changed"],
  ],
  [
    "a pattern that more texts match",
    { type: "string", pattern: "^[a-z]+$" },
    { type: "string", pattern: "^[a-z0-9]+$" },
    ["error response-body-pattern-changed", "info request-body-pattern-changed"],
  ],
  [
    "a pattern with an alternative less",
    { type: "string", pattern: "^(cus|acct)_[a-z0-9]+$" },
    { type: "string", pattern: "^cus_[a-z0-9]+$" },
    ["error request-body-pattern-changed", "info response-body-pattern-changed"],
  ],
  [
    "a pattern that goes less far",
    { type: "string", pattern: "^[a-z]+$" },
    { type: "string", pattern: "^[a-y]+$" },
    ["error request-body-pattern-changed", "info response-body-pattern-changed"],
  ],
  [
    "a pattern that takes a character more",
    { type: "string", pattern: "^[A-Z]{3}-\\d+$" },
    { type: "string", pattern: "^[A-Z]{3,4}-\\d+$" },
    ["error response-body-pattern-changed", "info request-body-pattern-changed"],
  ],
  [
    "a pattern less of texts of one length",
    { type: "string", pattern: "^[0-9a-z]+$", minLength: 20 },
    { type: "string", pattern: "^[0-9a-y]+$", minLength: 20 },
    ["error request-body-pattern-changed", "info response-body-pattern-changed"],
  ],
  [
    "a condition of a value more",
    { ...paid, if: { properties: { kind: { const: "card" } } } },
    { ...paid, if: { properties: { kind: { enum: ["card", "iban"] } } } },
    ["error request-body-conditional-changed", "warning response-body-conditional-changed"],
  ],
  [
    "one of several properties that must be there",
    { type: "object", properties: { a: text, b: text } },
    { type: "object", properties: { a: text, b: { ...text, maxLength: 3 } }, anyOf: needs("a", "b") },
    [
      "error request-body-required-choice-added",
      "error request-property-max-length-set",
      "info response-body-required-choice-added",
      "info response-property-max-length-set",
    ],
  ],
  [
    "either of two properties that must be there, where not both could be",
    { type: "object", properties: { a: text, b: text }, not: { required: ["a", "b"] } },
    {
      type: "object",
      properties: { a: text, b: text },
      oneOf: [
        { required: ["a"], not: { required: ["b"] } },
        { required: ["b"], not: { required: ["a"] } },
      ],
    },
    ["error request-body-required-choice-added", "info response-body-required-choice-added"],
  ],
  [
    "a property that must be there, beside one of two",
    { type: "object", properties: { a: text, b: text, c: text } },
    { type: "object", properties: { a: text, b: text, c: text }, required: ["c"], oneOf: needs("a", "b") },
    [
      "error request-body-required-choice-added",
      "error request-property-became-required",
      "info response-body-required-choice-added",
      "info response-property-became-required",
    ],
  ],
  [
    "an alternative less of what must be there",
    { type: "object", properties: { a: text, b: text, c: text }, anyOf: needs("a", "b", "c") },
    { type: "object", properties: { a: text, b: text, c: text }, anyOf: needs("a", "b") },
    ["error request-body-alternative-removed", "info response-body-alternative-removed"],
  ],
  [
    "an integer of all types",
    true,
    { type: "integer" },
    ["error request-body-type-changed", "info response-body-type-changed"],
  ],
  [
    "a property that was forbidden",
    { type: "object", properties: { a: false } },
    { type: "object" },
    ["error response-property-type-changed", "info request-property-type-changed"],
  ],
  [
    "a name of every object's prototype that is needed",
    { type: "object" },
    { type: "object", dependentRequired: { a: ["constructor"] } },
    ["error request-body-dependent-required-added", "info response-body-dependent-required-added"],
  ],
  [
    "a value that has the names of a model's fields",
    { const: { origin: "LHR", title: "a" } },
    { const: { origin: "CDG", title: "a" } },
    ["error request-body-const-changed", "error response-body-const-changed"],
  ],
  [
    "a name that one part names by a pattern, and another by itself",
    closedBy({ patternProperties: { "^x-": {} } }, { properties: { "x-a": { type: "string" } } }),
    closedBy(
      { patternProperties: { "^x-": {} } },
      { properties: { "x-a": { type: "string", maxLength: 5 } } },
    ),
    ["error request-property-max-length-set", "info response-property-max-length-set"],
  ],
  [
    "a name that one part names by itself, and another by a pattern",
    closedBy({ properties: { "x-a": { type: "string" } } }, { patternProperties: { "^x-": {} } }),
    closedBy(
      { properties: { "x-a": { type: "string", maxLength: 5 } } },
      { patternProperties: { "^x-": {} } },
    ),
    ["error request-property-max-length-set", "info response-property-max-length-set"],
  ],
  [
    "an item more of a tuple that is closed",
    { type: "array", prefixItems: [text], items: false },
    { type: "array", prefixItems: [text, { type: "boolean" }], items: false },
    ["error response-body-max-items-increased", "info request-body-max-items-increased"],
  ],
  [
    "a part that takes no further properties, beside another",
    { type: "object", allOf: [only("a"), { properties: { b: text } }] },
    closedBy(only("a"), { properties: { b: text } }),
    [
      "error request-body-additional-properties-forbidden",
      "info response-body-additional-properties-forbidden",
    ],
  ],
  [
    "a property that a pattern means now",
    { type: "object", properties: { "x-a": text }, additionalProperties: false },
    { type: "object", patternProperties: { "^x-": text }, additionalProperties: false },
    ["error response-property-type-changed", "info request-property-type-changed"],
  ],
  [
    "a property that is one of a map now",
    { type: "object", properties: { a: text }, additionalProperties: false },
    { type: "object", additionalProperties: text },
    ["error response-body-additional-properties-allowed", "info request-body-additional-properties-allowed"],
  ],
  [
    "a required property that is one of a map now",
    { type: "object", properties: { a: text }, required: ["a"], additionalProperties: text },
    { type: "object", additionalProperties: text },
    ["error response-property-became-optional", "info request-property-became-optional"],
  ],
  [
    "a property that is another one of a map now",
    { type: "object", properties: { a: text }, additionalProperties: { maxLength: 5 } },
    { type: "object", additionalProperties: { type: "string", maxLength: 5 } },
    [
      "error request-property-max-length-set",
      "error request-property-type-changed",
      "info response-property-max-length-set",
      "info response-property-type-changed",
    ],
  ],
  [
    "a pattern that means more names",
    { type: "object", patternProperties: { "^x-": text }, additionalProperties: false },
    { type: "object", patternProperties: { "^x": text }, additionalProperties: false },
    ["error response-body-pattern-properties-widened", "info request-body-pattern-properties-widened"],
  ],
  [
    "a pattern that means fewer names, and says something else of them",
    { type: "object", patternProperties: { "^[a-z0-9]+$": text }, additionalProperties: false },
    {
      type: "object",
      patternProperties: { "^[a-z]+$": { ...text, maxLength: 5 } },
      additionalProperties: false,
    },
    [
      "error request-body-pattern-properties-narrowed",
      "error request-property-max-length-set",
      "info response-body-pattern-properties-narrowed",
      "info response-property-max-length-set",
    ],
  ],
  [
    "a pattern that means the names of two, and says something else of them",
    { type: "object", patternProperties: { "^a": text, "^b": text }, additionalProperties: false },
    {
      type: "object",
      patternProperties: { "^[ab]": { ...text, maxLength: 5 } },
      additionalProperties: false,
    },
    [
      "error request-property-max-length-set",
      "error request-property-max-length-set",
      "info response-property-max-length-set",
      "info response-property-max-length-set",
    ],
  ],
  [
    "a pattern that means more names, beside others that say something else",
    { type: "object", patternProperties: { "^x-": text }, additionalProperties: { type: "integer" } },
    { type: "object", patternProperties: { "^x": text }, additionalProperties: { type: "integer" } },
    ["error request-property-type-changed", "error response-property-type-changed"],
  ],
];

describe.each(CHANGES)("%s", (_name, base, head, expected) => {
  const review = reviewTexts(documentOf(base), documentOf(head));
  it("is called by its rules", () => expect(verdicts(review).toSorted()).toEqual([...expected].toSorted()));
  it("is proved where it is an error", () => {
    const unproved = review.findings.filter(({ level, witness }) => level === "error" && !witness);
    expect(unproved.map(({ rule }) => rule)).toEqual([]);
  });
});

const list = (items: object) => ({ type: "array", items });
const object = (a: object) => ({ type: "object", properties: { a } });
const ref = { $ref: "#/components/schemas/A" };
const needing = (required: string[]) => ({ ...object(ref), required });
const parts = (...types: string[]) => ({
  type: "object",
  allOf: [
    { patternProperties: { "^x": { type: types } } },
    { patternProperties: { "^x": { minLength: 3 } } },
  ],
});

/** Each as `path rule`, of what a request takes. */
const found = (base: object, head: object, schemas: { base?: object; head?: object } = {}) => {
  const { findings } = reviewTexts(
    documentOf(base, { schemas: schemas.base ?? {}, direction: "request" }),
    documentOf(head, { schemas: schemas.head ?? {}, direction: "request" }),
  );
  return findings.map(({ path, rule }) => `${path} ${rule}`);
};

it("a pattern of which no engine sees the end is not run", () => {
  const endless = `${"a".repeat(40)}b`;
  expect(found({ enum: [endless] }, { type: "string", pattern: "^(a|a)*$" })).toEqual([
    " request-body-pattern-added",
    " request-body-enum-removed",
  ]);
});

it("a tuple that is closed is shown by an item more, whatever keyword closes it", () => {
  const tuple = { type: "array", prefixItems: [text] };
  const { findings } = reviewTexts(documentOf(tuple), documentOf({ ...tuple, items: false }));
  const closing = findings.find(({ rule }) => rule === "request-body-max-items-set");
  expect(closing?.witness).toMatchObject({ validIn: "base" });
  expect(closing?.witness?.value).toHaveLength(2);
});

it("both parts that speak of one pattern count", () => {
  expect(found(parts("string"), parts("string", "integer"))).toEqual(["/~0^x request-property-type-changed"]);
});

const either = (...names: string[]) => ({
  oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
});

const pets = (name: string, mapping?: object) => ({
  ...either(name, "Dog"),
  discriminator: { propertyName: "kind", ...(mapping && { mapping }) },
});

const closedThing = (mark: object) =>
  documentOf(
    { type: "object", properties: { a: text, b: { ...text, ...mark } }, additionalProperties: false },
    { direction: "response" },
  );

describe("what a schema says beside which values it allows", () => {
  const old = { ...text, deprecated: true };

  it.each([
    ["a list", list(text), list(old), "/*"],
    ["a member of a list", list(object(text)), list(object(old)), "/*/a"],
    ["a member of what stands side by side", { allOf: [object(text)] }, { allOf: [object(old), {}] }, "/a"],
    ["a list in a list", object(list(list(text))), object(list(list(old))), "/a/*/*"],
  ])("is found in %s", (_name, base, head, path) => {
    expect(found(base, head)).toEqual([`${path} request-property-deprecated`]);
  });

  it.each([
    ["what may be null", { anyOf: [object(text), { type: "null" }] }, "/a"],
    ["what has any name", { type: "object", additionalProperties: text }, "/*"],
    ["what has the name of a pattern", { type: "object", patternProperties: { "^x": text } }, "/~0^x"],
    ["an item by its place", { type: "array", prefixItems: [text] }, "/0"],
    ["an alternative", { oneOf: [{ type: "integer" }, object(text)] }, "/a"],
  ])("is found in %s", (_name, base, path) => {
    const head = JSON.parse(
      JSON.stringify(base).replace(JSON.stringify(text), JSON.stringify(old)),
    ) as object;
    expect(found(base, head)).toEqual([`${path} request-property-deprecated`]);
  });

  it.each([
    ["what may be left out", (own: object) => object(own), "warning"],
    ["what must be there", (own: object) => ({ ...object(own), required: ["a"] }), "info"],
    ["what another part requires", (own: object) => ({ allOf: [object(own), { required: ["a"] }] }), "info"],
    ["an item", (own: object) => list(own), "info"],
    ["a value in a map", (own: object) => ({ type: "object", additionalProperties: own }), "info"],
    ["a body that must be sent", (own: object) => own, "info"],
  ])("is a default that means something else: in %s", (_name, documented, level) => {
    const review = reviewTexts(
      documentOf(documented({ ...text, default: "a" }), { direction: "request" }),
      documentOf(documented({ ...text, default: "b" }), { direction: "request" }),
    );
    expect(verdicts(review)).toEqual([
      expect.stringMatching(`^${level} request-(?:body|property)-default-value-changed$`),
    ]);
  });

  it("is no value that a discriminator gives, which validation does not know", () => {
    const Pet = { type: "object", properties: { id: text } };
    const Cat = { allOf: [{ $ref: "#/components/schemas/Pet" }, object(text)] };
    const cat = { $ref: "#/components/schemas/Cat" };
    const discriminated = { Pet: { ...Pet, discriminator: { propertyName: "kind" } }, Cat };
    const review = reviewTexts(
      documentOf(cat, { schemas: discriminated }),
      documentOf(cat, { schemas: { Pet, Cat } }),
    );
    expect(verdicts(review).toSorted()).toEqual([
      "warning request-body-discriminator-removed",
      "warning response-body-discriminator-removed",
    ]);
  });

  it("counts behind a reference: a default of what is required now", () => {
    const schemas = { A: { ...text, default: "a" } };
    const review = reviewTexts(
      documentOf(needing([]), { schemas, direction: "request" }),
      documentOf(needing(["a"]), { schemas, direction: "request" }),
    );
    expect(verdicts(review)).toEqual(["warning request-property-became-required"]);
  });

  it("is found behind references, also those that lead back, once", () => {
    const tree = (value: object) => ({
      type: "object",
      properties: { value, left: ref, right: ref, all: list(ref) },
    });
    const schemas = { base: { A: tree(text) }, head: { A: tree(old) } };
    expect(found(list(ref), list(ref), schemas)).toEqual(["/*/value request-property-deprecated"]);
  });

  it("is found in an alternative that has a name, wherever it stands in the list", () => {
    const B = { type: "integer" };
    expect(
      found(either("A", "B"), either("B", "A"), {
        base: { A: object(text), B },
        head: { A: object(old), B },
      }),
    ).toEqual(["/a request-property-deprecated"]);
  });

  it("holds the values of a discriminator, which names mean where no mapping does", () => {
    const kind = { type: "object", properties: { kind: text }, required: ["kind"] };
    const named = { base: { Cat: object(text), Dog: kind }, head: { Feline: object(text), Dog: kind } };
    expect(found(pets("Cat"), pets("Feline"), named)).toEqual([
      " request-body-discriminator-mapping-deleted",
      " request-body-discriminator-mapping-added",
    ]);
    expect(found(pets("Cat"), pets("Feline", { Cat: "Feline" }), named)).toEqual([]);
  });

  it("holds the names of what builds on a parent, where no mapping lists them", () => {
    const Pet = { ...only("kind"), discriminator: { propertyName: "kind" } };
    const child = { allOf: [{ $ref: "#/components/schemas/Pet" }, only("name")] };
    const holding = { type: "object", properties: { pet: { $ref: "#/components/schemas/Pet" } } };
    const reviewed = (base: object, head: object, direction: "request" | "response" = "request") =>
      verdicts(
        reviewTexts(
          documentOf(holding, { direction, schemas: { Pet, ...base } }),
          documentOf(holding, { direction, schemas: { Pet, ...head } }),
        ),
      );
    const [deleted, added] = ["deleted", "added"].map(
      (each) => `request-property-discriminator-mapping-${each}`,
    );
    expect(reviewed({ Cat: child, Dog: child }, { Kitty: child, Dog: child })).toEqual([
      `warning ${deleted}`,
      `info ${added}`,
    ]);
    expect(reviewed({ Cat: child, Dog: child }, { Dog: child })).toEqual([`warning ${deleted}`]);
    expect(reviewed({ Dog: child }, { Cat: child, Dog: child })).toEqual([`info ${added}`]);
    // A client knows no other, whether a mapping lists it or not.
    expect(reviewed({ Dog: child }, { Cat: child, Dog: child }, "response")).toEqual([
      "warning response-property-discriminator-mapping-added",
    ]);
    const mapping = { dog: "#/components/schemas/Dog", cat: "#/components/schemas/Cat" };
    const mapped = (own: object) => ({ ...Pet, discriminator: { propertyName: "kind", mapping: own } });
    expect(
      reviewed(
        { Pet: mapped({ dog: mapping.dog }), Dog: child },
        { Pet: mapped(mapping), Cat: child, Dog: child },
        "response",
      ),
    ).toEqual(["warning response-property-discriminator-mapping-added"]);
    // In a request, another parent is seen than in a response.
    const seen = { ...Pet, properties: { ...Pet.properties, id: { type: "string", readOnly: true } } };
    const views = reviewTexts(
      documentOf(holding, { schemas: { Pet, Cat: child } }),
      documentOf(holding, { schemas: { Pet: seen, Cat: child } }),
    );
    expect(verdicts(views)).toEqual(["info response-optional-property-added"]);
  });

  it("holds what the values of a parent's discriminator mean, as packages read it", () => {
    const propertyName = "kind";
    const Pet = (mapping: object) => ({ ...only("kind"), discriminator: { propertyName, ...mapping } });
    const mapping = { mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" } };
    for (const [direction, required] of [
      ["request", "error request-property-became-required"],
      ["response", "info response-property-became-required"],
    ] as const)
      for (const pet of [Pet({}), Pet(mapping)]) {
        const of = (Cat: object) =>
          documentOf(
            { type: "object", properties: { pet: { $ref: "#/components/schemas/Pet" } } },
            { direction, schemas: { Pet: pet, Cat, Dog: ofPet(only("bark")) } },
          );
        const [base, sicker] = [of(ofPet(naming(text))), of(ofPet(naming({ type: "integer" })))];
        const { findings } = reviewTexts(base, sicker);
        expect(findings.map(({ level, rule, path }) => [level, rule, path])).toEqual([
          ["error", `${direction}-property-type-changed`, "/pet/name"],
        ]);
        const wrong = direction === "request" ? "must be integer" : "must be string";
        expect(findings[0]!.witness).toMatchObject({ kind: "value", reason: `/pet/name ${wrong}` });
        expect(verdicts(reviewTexts(base, of(ofPet({ ...only("name"), required: ["name"] }))))).toEqual([
          required,
        ]);
        expect(verdicts(reviewTexts(base, base))).toEqual([]);
      }
    // The body itself may be the parent.
    const alone = (own: object) => ({ Pet: Pet({}), Cat: ofPet(naming(own)) });
    const pet = { $ref: "#/components/schemas/Pet" };
    expect(found(pet, pet, { base: alone(text), head: alone({ type: "integer" }) })).toEqual([
      "/name request-property-type-changed",
    ]);
    // Who is meant by a value may say so, and is none of them without building on the parent.
    const Cat = (own: object) => ({ Pet: Pet(mapping), Cat: ofPet(own), Dog: ofPet(only("bark")) });
    const said = { properties: { kind: { const: "cat" } } };
    expect(found(pet, pet, { base: Cat({}), head: Cat(said) })).toEqual([]);
    expect(found(pet, pet, { base: Cat(said), head: Cat({}) })).toEqual([]);
    expect(found(pet, pet, { base: Cat({}), head: { ...Cat({}), Cat: only("name") } })).toEqual([
      " request-body-discriminator-mapping-deleted",
    ]);
    // A union of the same children has the same values.
    const kinds = { Pet: Pet({}), Cat: ofPet(only("name")), Dog: ofPet(only("bark")) };
    expect(
      found(pet, pets("Cat"), { base: kinds, head: kinds }).filter((each) => /mapping/.test(each)),
    ).toEqual([]);
    // What a parent says, its children say with it: once.
    const all = (type: string) => ({
      Pet: { ...Pet({}), properties: { kind: text, age: { type } } },
      Cat: ofPet(only("name")),
    });
    expect(
      found(
        { $ref: "#/components/schemas/Pet" },
        { $ref: "#/components/schemas/Pet" },
        {
          base: all("string"),
          head: all("integer"),
        },
      ),
    ).toEqual(["/age request-property-type-changed"]);
  });

  it("is missed where responses leave it out, also by who knows of no other property", () => {
    expect(verdicts(reviewTexts(closedThing({}), closedThing({ writeOnly: true })))).toEqual([
      "warning response-property-became-write-only",
    ]);
  });

  it("holds what a direction sees of those that a parent's discriminator means", () => {
    const { findings } = reviewTexts(petsAndCats("string"), petsAndCats("integer"));
    expect(findings.map(({ rule, operations }) => [rule, operations])).toEqual([
      ["response-property-type-changed", ["PUT /cats", "PUT /pets"]],
    ]);
  });

  it("is another value where an alternative says itself what no discriminator said", () => {
    const mapping = { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" };
    const kinds = (cat: object) => ({
      Cat: { type: "object", properties: { kind: cat, a: text }, required: ["kind", "a"] },
      Dog: { type: "object", properties: { kind: text, b: text }, required: ["kind", "b"] },
    });
    const schemas = { base: kinds(text), head: kinds({ const: "lion" }) };
    expect(found(pets("Cat", mapping), pets("Cat", mapping), schemas)).toEqual([
      "/kind request-property-enum-added",
    ]);
  });

  it("is no reason to take a value that several alternatives take, where any number of them was enough", () => {
    const kind = { type: "object", properties: { kind: text }, required: ["kind"] };
    const schemas = { Cat: kind, Dog: kind };
    const { oneOf, ...rest } = pets("Cat");
    const named = { base: schemas, head: schemas };
    expect(found({ ...rest, anyOf: oneOf }, pets("Cat"), named)).toEqual([" request-body-unexplained"]);
  });

  it("is compared with what stands in the same place, however it is called", () => {
    expect(found(list(ref), list(old), { base: { A: text } })).toEqual(["/* request-property-deprecated"]);
    expect(found(ref, { allOf: [ref] }, { base: { A: old }, head: { A: old } })).toEqual([]);
    expect(found(object(text), list(old)).filter((each) => each.endsWith("deprecated"))).toEqual([]);
  });
});

it("schemas that all lead to each other are walked from near to far", () => {
  const names = Array.from({ length: 12 }, (_, index) => `S${index}`);
  const schemasWith = (leaf: object) =>
    Object.fromEntries(
      names.map((name) => {
        const links = names.map(
          (other) => [`to${other}`, { $ref: `#/components/schemas/${other}` }] as const,
        );
        const own = name === "S11" && { leaf };
        return [name, { type: "object", properties: { ...Object.fromEntries(links), ...own } }];
      }),
    );
  const textWith = (leaf: object) =>
    documentOf({ $ref: "#/components/schemas/S0" }, { schemas: schemasWith(leaf), direction: "request" });
  const { findings } = reviewTexts(textWith({ type: "integer" }), textWith({ type: "integer", maximum: 5 }));
  expect(findings.map(({ message }) => message)).toEqual([
    "`toS11.leaf` of the request body has a maximum now: 5",
  ]);
});

function withHeirs(v: object): string {
  const node = { $ref: "#/components/schemas/Node" };
  const schemas = {
    Base: { type: "object", properties: { parent: node, v } },
    Node: {
      allOf: [{ $ref: "#/components/schemas/Base" }, { type: "object", properties: { parent: { ...node } } }],
    },
  };
  return documentOf(node, { schemas, direction: "request" });
}

it("a schema that refers to its own heirs is compared to its end", () => {
  const { findings } = reviewTexts(withHeirs({ type: "string" }), withHeirs({ type: "integer" }));
  expect(findings.map(({ message }) => message)).toEqual([
    "the type of `v` of the request body changed from string to integer",
  ]);
});

function putting(name: string): object {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
  return { put: { requestBody: { content }, responses: { "204": { description: "done" } } } };
}

function withThing(size: object): string {
  const shelf = { type: "array", items: { $ref: "#/components/schemas/Thing" } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/far": putting("Box"), "/near": putting("Thing") },
    components: {
      schemas: {
        Box: { type: "object", properties: { shelf } },
        Thing: { type: "object", properties: { size } },
      },
    },
  });
}

it("what several operations share is told where it stands nearest", () => {
  const { findings } = reviewTexts(
    withThing({ type: "integer" }),
    withThing({ type: "integer", maximum: 5 }),
  );
  expect(findings.map(({ message, operations }) => ({ message, operations }))).toEqual([
    { message: "`size` of the request body has a maximum now: 5", operations: ["PUT /far", "PUT /near"] },
  ]);
});

/** An operation each whose responses of these statuses hold the same error, in the body and in a header. */
function failingWith(schema: object, ...statuses: string[][]): string {
  const operations = statuses.map((each, index) => {
    const responses = each.map((status) => [status, { $ref: "#/components/responses/Fault" }]);
    return [`/${index}`, { get: { responses: Object.fromEntries(responses) as object } }];
  });
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Fault" } } };
  return JSON.stringify(
    documentOfPaths(Object.fromEntries(operations) as object, {
      components: {
        schemas: { Fault: { type: "object", required: ["code"], properties: { code: schema } } },
        responses: { Fault: { description: "", headers: { "X-A": { schema } }, content } },
      },
    }),
  );
}

it.each([
  [[["200"], ["200"]], "the 200 response"],
  [[["200", "4XX"], ["201"]], "the 200, 201 and 4XX responses"],
  [[["400", "401"], ["402", "403"], ["404"]], "the responses of 5 statuses"],
])("what responses share is said of all of them: %j", (statuses, words) => {
  const { findings } = reviewTexts(
    failingWith({ type: "integer" }, ...statuses),
    failingWith({ type: "string" }, ...statuses),
  );
  expect(findings.map(({ message }) => message)).toEqual([
    `the type of header \`X-A\` of ${words} changed from integer to string`,
    `the type of \`code\` of ${words} changed from integer to string`,
  ]);
});

it("a bound that something else says, too, is no finding beside one that is", () => {
  const pattern = "[0-9a-f]{32}";
  const { findings } = reviewTexts(
    documentOf({ type: "string", pattern }, { direction: "request" }),
    documentOf({ type: "string", pattern, minLength: 32, maxLength: 32 }, { direction: "request" }),
  );
  expect(findings.map(({ rule, witness }) => [rule, witness?.reason])).toEqual([
    ["request-body-max-length-set", "/ must NOT have more than 32 characters"],
  ]);
});

const BOOLEAN = { type: "boolean" };
const listed = (...values: unknown[]) => ({ enum: values });
const taking = (schema: object) => JSON.stringify(api({ parameters: [{ name: "q", in: "query", schema }] }));

describe("what a parameter lists is compared by the texts that are sent of it", () => {
  it.each<[base: object, head: object, messages: string[]]>([
    [BOOLEAN, listed("true", "false"), []],
    [listed("true", "false"), BOOLEAN, []],
    [listed(1, 2), listed("2", "1"), []],
    [{ type: "array", items: BOOLEAN }, { type: "array", items: listed("true", "false") }, []],
    [listed("true", "false", "auto"), BOOLEAN, ['error: "auto" is no longer a value of query parameter `q`']],
    [BOOLEAN, listed("true"), ['error: "false" is no longer a value of query parameter `q`']],
    [listed(1, 2), listed("1", "2", "3"), ['info: "3" is a new value of query parameter `q`']],
    [
      BOOLEAN,
      { type: "integer" },
      ["error: the type of query parameter `q` changed from boolean to integer"],
    ],
  ])("%j and %j", (base, head, messages) => {
    const { findings } = reviewTexts(taking(base), taking(head));
    expect(findings.map(({ level, message }) => `${level}: ${message}`)).toEqual(messages);
    expect(findings.every(({ level, witness }) => level !== "error" || witness?.kind === "request")).toBe(
      true,
    );
  });
});

it("schemas that refer to each other in a long row are compared to its end", () => {
  const [base, head] = ["string", "integer"].map((type) => {
    const row = Array.from({ length: 1_500 }, (_, index) => {
      const next = index < 1_499 ? { $ref: `#/components/schemas/S${index + 1}` } : { type };
      return [`S${index}`, { type: "object", properties: { a: next } }] as const;
    });
    return documentOf(
      { $ref: "#/components/schemas/S0" },
      { schemas: Object.fromEntries(row), direction: "response" },
    );
  });
  const { findings } = reviewTexts(base!, head!);
  expect(findings.map(({ rule, path }) => [rule, path])).toEqual([
    ["response-property-type-changed", "/a".repeat(1_500)],
  ]);
});
