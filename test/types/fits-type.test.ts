import { expect, it } from "vitest";
import { fitsType } from "../../generator/fixtures/fits-type.js";
import { mergingSchemas } from "../../generator/fixtures/merge.js";
import type { JsonValue } from "../../generator/source/json.js";
import { compileText, fileOf } from "../support/compile.js";
import { sideOf } from "../support/review.js";
import { typeCheck } from "../support/typescript.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const TEXT = { type: "string" };
const OBJECT = { type: "object", properties: { a: TEXT, b: { type: "number" } }, required: ["a"] };

const BOTH = {
  first: { type: "object", properties: { x: TEXT, y: TEXT } },
  second: { type: "object", properties: { y: TEXT, z: TEXT } },
};

/** A schema, values that a literal of its type may be, and others that it may not. */
const ROWS: readonly (readonly [schema: object | boolean, fitting: JsonValue[], others: JsonValue[]])[] = [
  [{}, [1, "a", null, {}, []], []],
  [false, [], [1, null, {}]],
  [{ type: "null" }, [null], [0, ""]],
  [{ type: "boolean" }, [true], [0, "true"]],
  [{ type: "integer" }, [1, 1.5], ["1"]],
  [{ minimum: 1 }, [0, "a"], []],
  [{ type: ["string", "null"] }, ["a", null], [1]],
  [{ enum: ["a", 1, null] }, ["a", 1, null], ["b", 2]],
  [{ type: "array", items: TEXT }, [[], ["a"]], [[1], ["a", 1], {}]],
  [{ type: "array" }, [[], [1, "a"]], [{}]],
  [{ type: "array", prefixItems: [TEXT], items: { type: "number" } }, [["a"], ["a", 1]], [["a", "b"], [1]]],
  [OBJECT, [{ a: "" }, { a: "", b: 1 }], [{}, { a: 1 }, { a: "", b: "" }, { a: "", c: 1 }, []]],
  [{ type: "object" }, [{}, { any: 1 }], [1]],
  [{ type: "object", additionalProperties: TEXT }, [{}, { any: "" }], [{ any: 1 }]],
  [{ ...OBJECT, additionalProperties: false }, [{ a: "" }], [{ a: "", c: 1 }]],
  [{ type: "object", additionalProperties: false }, [{}], [{ a: 1 }]],
  [
    { type: "object", patternProperties: { "^x": TEXT }, additionalProperties: false },
    [{ xa: "" }],
    [{ xa: 1 }],
  ],
  [{ type: "object", properties: { toString: TEXT } }, [{ toString: "" }], [{}]],
  [{ type: "object", properties: { toLocaleString: TEXT } }, [], [{}]],
  [{ $ref: "#/components/schemas/Other" }, [{ a: "" }], [{}, "a"]],
  [{ anyOf: [TEXT, OBJECT] }, ["", { a: "" }], [1, { a: 1 }]],
  [{ allOf: [OBJECT, { type: "object", required: ["b"] }] }, [{ a: "", b: 1 }], [{ a: "" }, { b: 1 }]],
  [{ allOf: [TEXT, { maxLength: 1 }] }, ["a", "ab"], [1]],
  [
    { allOf: [{ type: "object", properties: { o: BOTH.first } }, { additionalProperties: BOTH.second }] },
    [{ o: { y: "" } }, { p: { z: "" } }],
    [{ o: { x: "" } }, { o: { z: "" } }, { p: { x: "" } }],
  ],
  [{ ...OBJECT, unevaluatedProperties: false }, [{ a: "" }], [{ b: 1 }, { a: "", c: 1 }]],
  [{ ...OBJECT, type: ["object", "null"], dependentSchemas: { c: {} } }, [{ a: "" }, null], [{}, 1]],
  [{ ...OBJECT, type: ["object", "null"], unevaluatedProperties: TEXT }, [{ a: "", c: "" }, null], [{}, 1]],
  [{ if: { required: ["a"] }, then: { required: ["b"] } }, [{ a: 1, b: 1 }, { c: 1 }], ["a", 1, null]],
  [{ if: { required: ["a"] }, else: { type: "integer" } }, [{ a: 1 }], ["a", null]],
  [
    { ...OBJECT, if: { type: "object", properties: { c: {} } }, additionalProperties: false },
    [{ a: "" }],
    [{ a: "", c: 1 }],
  ],
  [{ ...OBJECT, if: { type: "object", properties: { c: {} } } }, [{ a: "" }], [{ a: "", c: 1 }]],
  [{ if: { items: TEXT }, then: { type: "integer" }, else: { items: OBJECT } }, [[{ a: "" }]], [1, {}]],
  [{ type: "object", dependentSchemas: { valueOf: { required: ["a"] } } }, [{}, { b: 1 }], [1]],
  [{ enum: [1, [2]], items: { type: "integer" } }, [1, [2]], [2, "a"]],
  [{ allOf: [{ type: "integer" }, { items: TEXT }], unevaluatedItems: false }, [1], ["a", ["a"]]],
  [{ if: TEXT, then: { const: "x" }, else: { type: "integer" } }, ["x", 1], ["y", true]],
  [{ type: "array", items: OBJECT }, [[{ a: "" }]], [[{ a: "" }, { a: "", c: 1 }], [{}]]],
];

const DOCUMENT = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  components: {
    schemas: { Other: OBJECT, ...Object.fromEntries(ROWS.map(([schema], index) => [`Row${index}`, schema])) },
  },
});

it("takes what the rows say", () => {
  const { model } = sideOf("t.json", DOCUMENT);
  const schemas = mergingSchemas(model.schemas);
  const byName = new Map([...model.schemas.values()].map(({ origin, schema }) => [origin.pointer, schema]));
  for (const [index, [, fitting, others]] of ROWS.entries()) {
    const schema = byName.get(`/components/schemas/Row${index}`)!;
    const taken = [...fitting, ...others].filter((value) => fitsType(schema, value, schemas));
    expect(taken, `row ${index}`).toEqual(fitting);
  }
});

it("takes what the compiler takes", async () => {
  const compiled = await compileText(DOCUMENT, { openapi: false });
  const lines = ROWS.flatMap(([, fitting, others], index) => [
    ...fitting.map((value) => `export const _: t.Row${index} = ${JSON.stringify(value)};`),
    ...others.flatMap((value) => [
      "// @ts-expect-error",
      `export const _: t.Row${index} = ${JSON.stringify(value)};`,
    ]),
  ]).map((line, at) => line.replace(" _:", ` c${at}:`));
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "types.ts", text: fileOf(compiled, "src/types.ts") },
    { path: "use.ts", text: ['import type * as t from "./types.js";', ...lines].join("\n") },
  ]);
  const flags = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "use.ts"];
  expect(await typeCheck("7", flags, folder)).toBe("");
});
