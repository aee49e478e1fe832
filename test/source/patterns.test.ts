import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unicodePattern } from "../../generator/source/patterns.js";
import { compileText } from "../support/compile.js";

describe("a pattern is Unicode-aware, and changed where that says the same of every text", () => {
  it.each([
    [String.raw`^arn[\/\:\-\_\.a-zA-Z0-9]+$`, String.raw`^arn[\/:\-_\.a-zA-Z0-9]+$`],
    [String.raw`^(\-|\_|\s)?$`, String.raw`^(-|_|\s)?$`],
    [String.raw`^[A-Za-z0-9_@\ \.]{5,15}$`, String.raw`^[A-Za-z0-9_@ \.]{5,15}$`],
    [String.raw`[\w-\.]+@`, String.raw`[\w\-\.]+@`],
    [String.raw`^[a-\d]\#[\s-]$`, String.raw`^[a\-\d]#[\s-]$`],
  ])("%s", (pattern, expected) => {
    expect(unicodePattern(pattern)).toBe(expected);
  });

  it.each([
    ["that is so already", String.raw`^[\w\-]+\/\p{L}$`],
    ["of another dialect, which escapes letters that mean something there", String.raw`\A\:\Z`],
    ["that means something else as it stands", "[a-z]{1-70}"],
    ["that is none", String.raw`(\:`],
    ["whose hyphen begins a range after all", String.raw`^[\d-a-z]$`],
    ["whose hyphen would begin one", String.raw`^[\d--z]$`],
    ["whose braces would count", String.raw`^a{1\,2}$`],
    ["that names a code point to one engine alone", String.raw`^\u{3}\:$`],
  ])("but for one %s", (_, pattern) => {
    expect(unicodePattern(pattern)).toBe(pattern);
  });

  it("finds what it found before", () => {
    const pieces = [
      "a",
      "-",
      "_",
      ":",
      " ",
      "[",
      "]",
      "^",
      "$",
      "|",
      "+",
      String.raw`\:`,
      String.raw`\-`,
      String.raw`\_`,
    ];
    const piece = fc.constantFrom(
      ...pieces,
      String.raw`\w`,
      String.raw`\d`,
      String.raw`\S`,
      String.raw`\]`,
      String.raw`\ `,
    );
    const pattern = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(""));
    const text = fc.string({ unit: fc.constantFrom(..."a1-_: ]\\"), maxLength: 4 });
    let changed = 0;
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5, maxLength: 5 }), (before, texts) => {
        const after = unicodePattern(before);
        if (after === before) return;
        changed++;
        for (const each of texts)
          expect(new RegExp(after, "u").test(each)).toBe(new RegExp(before).test(each));
      }),
      { numRuns: 3000 },
    );
    expect(changed).toBeGreaterThan(100);
  });
});

it("a schema with such a pattern has a validator that checks it, and proved fixtures", async () => {
  const schema = { type: "string", pattern: String.raw`^id\:[\w-\.]+$` };
  const components = { schemas: { Address: schema, Other: { $ref: "#/components/schemas/Address" } } };
  for (const openapi of ["3.0.4", "3.1.1"]) {
    const document = { openapi, info: { title: "Sample", version: "1" }, paths: {}, components };
    const { files, diagnostics } = await compileText(JSON.stringify(document), { openapi: false });
    expect(diagnostics.map(({ code }) => code)).toEqual([]);
    const textOf = (path: string) => files?.find((file) => file.path === path)?.text;
    expect(textOf("src/validators.ts")).toContain(String.raw`"^id:[\\w\\-\\.]+$"`);
    expect(textOf("src/fixtures.ts")).toContain('addressFixturesFull = "id:a"');
  }
});

it("wherever the schema stands, and whoever brings it in", async () => {
  const pattern = String.raw`^\"\é\"$`;
  const components = { schemas: { Quoted: { type: "string" }, Elsewhere: { $ref: "#/x-own/Quoted" } } };
  const info = { title: "Sample", version: "1" };
  const own = { Quoted: { type: "string", pattern } };
  const document = { openapi: "3.1.1", info, paths: {}, components, "x-own": own };
  const actions = [{ target: "$.components.schemas.Quoted", update: { pattern } }];
  const overlay = { overlay: "1.0.0", info, actions };
  const { files, diagnostics } = await compileText(JSON.stringify(document), {
    openapi: false,
    overlays: [{ id: "overlay.json", text: JSON.stringify(overlay) }],
  });
  expect(diagnostics).toEqual([]);
  const validators = files?.find(({ path }) => path === "src/validators.ts")?.text;
  expect(validators?.split(String.raw`new RegExp('^"é"$', "u")`)).toHaveLength(3);
});
