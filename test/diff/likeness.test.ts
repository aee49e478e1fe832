import { expect, it } from "vitest";
import { canonicalText } from "../../generator/diff/sets/canonical.js";
import { Likeness } from "../../generator/diff/sets/likeness.js";
import type { ApiModel } from "../../generator/model/model.js";
import type { Schema } from "../../generator/model/schema.js";
import { documentOf, sideOf } from "../support/review.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const member = (schema: object) => ({ type: "object", properties: { a: schema } });

/** The schema that a document calls so, and all others. */
function read(name: string, schemas: object): { schema: Schema; schemas: ApiModel["schemas"] } {
  const { model } = sideOf("a.yaml", documentOf(ref(name), { schemas }));
  const id = [...model.schemas.keys()].find((each) => each.endsWith(`/${name}`))!;
  return { schema: model.schemas.get(id)!.schema, schemas: model.schemas };
}

/** The first schema of each, with those that it leads to. */
const COUPLES: readonly (readonly [name: string, isAlike: boolean, base: object, head: object])[] = [
  [
    "other names",
    true,
    { A: member(ref("B")), B: { type: "string" } },
    { C: member(ref("D")), D: { type: "string" } },
  ],
  [
    "a reference for what it refers to",
    true,
    { A: member({ type: "string" }) },
    { C: member(ref("D")), D: { type: "string" } },
  ],
  [
    "another type, far away",
    false,
    { A: member(ref("B")), B: member({ type: "string" }) },
    { C: member(ref("D")), D: member({ type: "integer" }) },
  ],
  ["what leads back to itself", true, { A: member(ref("A")) }, { C: member(ref("D")), D: member(ref("C")) }],
  [
    "another description",
    true,
    { A: { type: "string", description: "a" } },
    { C: { type: "string", description: "c" } },
  ],
  ["the order of values", true, { A: { enum: ["a", "b"] } }, { C: { enum: ["b", "a"] } }],
  [
    "values with members that are called as keywords",
    false,
    { A: { enum: [{ title: "a" }] } },
    { C: { enum: [{ title: "b" }] } },
  ],
  [
    "values that look like parts of a model",
    true,
    { A: { enum: [{ kind: "literals" }] } },
    { C: { enum: [{ kind: "literals" }] } },
  ],
  ["a list and an object", false, { A: { enum: [[], [1]] } }, { C: { enum: [{}, { "0": 1 }] } }],
  [
    "a list and an object in what a text holds",
    false,
    { A: { type: "string", contentMediaType: "application/json", contentSchema: { const: [] } } },
    { C: { type: "string", contentMediaType: "application/json", contentSchema: { const: {} } } },
  ],
];

it.each(COUPLES)("%s: %s", (_, isAlike, base, head) => {
  const [old, now] = [read("A", base), read("C", head)];
  const schemas = { base: old.schemas, head: now.schemas };
  expect(new Likeness(schemas).isAlike({ base: old.schema, head: now.schema })).toBe(isAlike);
  expect(
    new Likeness({ base: now.schemas, head: old.schemas }).isAlike({ base: now.schema, head: old.schema }),
  ).toBe(isAlike);
});

/** More parts than are written out at each reference. */
const MANY = Array.from({ length: 2_100 }, (_, index) => ({ type: "string", minLength: index + 1 }));

it.each<[name: string, isSame: boolean, one: object, other: object]>([
  ["the same", true, { const: { title: "a" } }, { const: { title: "a" } }],
  ["a value with a title", false, { const: { title: "a" } }, { const: { title: "b" } }],
  ["a value with a target", false, { const: { target: "foo" } }, { const: { target: "bao" } }],
  ["schemas by other names", true, member(ref("B1")), member(ref("B2"))],
  ["schemas that differ", false, member(ref("B1")), member(ref("B3"))],
  [
    "schemas in each other's place",
    false,
    { allOf: [ref("B1"), ref("B3")] },
    { allOf: [ref("B3"), ref("B1")] },
  ],
])("of very many parts, texts tell apart: %s", (_, isSame, one, other) => {
  const named = { B1: member(ref("B1")), B2: member(ref("B2")), B3: { type: "integer" } };
  const [text, otherText] = [one, other].map((last) => {
    const { schema, schemas } = read("A", { A: { anyOf: [...MANY, last] }, ...named });
    return canonicalText(schema, schemas);
  });
  expect(text === otherText).toBe(isSame);
});
