import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, it } from "vitest";
import { hasFormat } from "../../generator/fixtures/exact-formats.js";
import { proverOf } from "../../generator/pipeline/prover.js";
import * as formats from "../../generator/runtime/formats.js";
import type { Format } from "../../generator/runtime/formats.js";
import * as v from "../../generator/runtime/schema.js";
import { parse } from "../../generator/source/parse.js";
import { compileText, fileOf } from "../support/compile.js";
import { examineSchema } from "../support/examine.js";
import { upgradedAlone } from "../support/shape.js";
import { FORMAT_CASES } from "./format-cases.js";
import { issuesIn } from "./issues.js";

function saysAjv(format: string, text: string): boolean {
  const definition: unknown = fullFormats[format as keyof typeof fullFormats];
  if (definition instanceof RegExp) return definition.test(text);
  return (
    typeof definition === "function" ? (definition as Format) : (definition as { validate: Format }).validate
  )(text);
}

describe.each(Object.entries(FORMAT_CASES))("%s", (format, { is, valid, invalid, unlikeAjv = {} }) => {
  it.each(valid)("is %j", (text) => {
    expect(is(text)).toBe(true);
  });

  it.each(invalid)("is not %j", (text) => {
    expect(is(text)).toBe(false);
  });

  it("is what ajv-formats takes for it, but for the texts named", () => {
    const different = [...valid, ...invalid].filter((text) => is(text) !== saysAjv(format, text));
    expect(different).toEqual(Object.keys(unlikeAjv));
  });
});

it("what packages take for a format is what fixtures are proved by", () => {
  const schemas = Object.keys(FORMAT_CASES).map((format) => `${format}: { format: ${format} }`);
  const text = `openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents: { schemas: { ${schemas.join(", ")} } }`;
  const document = parse({ id: "a.yaml", text }).value!;
  const prover = proverOf(upgradedAlone(document));
  const different = Object.entries(FORMAT_CASES).flatMap(([format, { is, valid, invalid }]) => {
    const origin = { source: document.id, pointer: `/components/schemas/${format}` };
    return [...valid, ...invalid].filter(
      (each) => is(each) !== prover.isValid(origin, each) || is(each) !== hasFormat(each, format),
    );
  });
  expect(different).toEqual([]);
});

describe.each([
  { format: "int32", is: formats.int32, invalid: [2 ** 31, -(2 ** 31) - 1, 1.5, 1e300] },
  { format: "int64", is: formats.int64, invalid: [1.5, -0.5, 2 ** 63, -(2 ** 63) - 2 ** 11, 2 ** 64, 1e300] },
])("$format", ({ format, is, invalid }) => {
  it.each([0, -0, 2 ** 31 - 1, -(2 ** 31)])("is %j", (number) => {
    expect([is(number), hasFormat(number, format)]).toEqual([true, true]);
  });

  it.each(invalid)("is not %j", (number) => {
    expect([is(number), hasFormat(number, format)]).toEqual([false, false]);
  });
});

/** Known to ajv-formats alone: neither JSON Schema nor OpenAPI's registry names them. */
const UNNAMED = ["iso-time", "iso-date-time", "url", "json-pointer-uri-fragment"];
/** They forbid nothing. */
const SAYS_NOTHING = ["float", "double", "password", "binary"];

it.each(UNNAMED)("nothing is held to %s, which neither packages nor standards know", async (format) => {
  const found = await examineSchema({ type: "string", format, example: "no such text" });
  expect(found).toMatchObject({ values: ["no such text", "no such text"], said: [] });
  expect(found).toMatchObject({ invalid: [{ id: "type" }] });
  const short = await examineSchema({ type: "string", format, maxLength: 1 });
  expect(short).toMatchObject({ said: [] });
});

it("packages hold values to every format that fixtures are held to", async () => {
  const names = Object.keys(fullFormats).filter((name) => ![...UNNAMED, ...SAYS_NOTHING].includes(name));
  const properties = Object.fromEntries(
    names.map((format) => [format, { type: format.startsWith("int") ? "number" : "string", format }]),
  );
  const info = { title: "T", version: "1" };
  const components = { schemas: { All: { type: "object", properties } } };
  const text = JSON.stringify({ openapi: "3.1.0", info, paths: {}, components });
  const validators = fileOf(await compileText(text, { file: "a.json" }), "src/validators.ts");
  const missing = names.filter((name) => !validators.includes(`format: ["${name}", formats.`));
  expect(missing).toEqual([]);
});

it.each([2 ** 53, 2 ** 63 - 2 ** 10, -(2 ** 63)])("int64 has %j", (number) => {
  expect([formats.int64(number), hasFormat(number, "int64")]).toEqual([true, true]);
});

it("no fixture is an integer that JavaScript writes as another", async () => {
  const bounds = { minimum: -(2 ** 63), maximum: 2 ** 63 };
  const schema = {
    type: "integer",
    format: "int64",
    ...bounds,
    default: 2 ** 63,
    examples: [2 ** 60 + 2 ** 9],
  };
  const found = await examineSchema(schema);
  expect(found).toMatchObject({ said: [], values: [expect.any(Number), expect.any(Number)] });
  const { values } = found as { values: readonly number[] };
  expect(values.filter((value) => !Number.isSafeInteger(value))).toEqual([]);
});

it("a number says which format it has not", () => {
  const check = v.number({ integer: true, format: ["int32", formats.int32] });
  expect(issuesIn(check, 2 ** 31)).toMatchObject([
    { keyword: "format", message: "must have the format int32" },
  ]);
  expect(issuesIn(check, 2 ** 31 - 1)).toEqual([]);
});

describe("a long text", () => {
  const size = 50_000;
  const texts = ["a", "a.", "a-", "1.", "%41", "a@", "a:", "a://a", "a:/", "a://[", "1-"].map((unit) =>
    unit.repeat(size),
  );

  it.each(Object.entries(FORMAT_CASES))("is seen through at once by %s", (_format, { is }) => {
    const started = performance.now();
    for (const text of texts) is(`${text}\n`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
