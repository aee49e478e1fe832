import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, it } from "vitest";
import { hasFormat } from "../../generator/fixtures/exact-formats.js";
import { proverOf } from "../../generator/pipeline/prover.js";
import type { Format } from "../../generator/runtime/formats.js";
import { parse } from "../../generator/source/parse.js";
import { upgradedAlone } from "../support/shape.js";
import { FORMAT_CASES } from "./format-cases.js";

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
