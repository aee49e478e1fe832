import { describe, expect, it } from "vitest";
import { proverOf as proverOfDocuments } from "../../generator/pipeline/prover.js";
import { resolveDynamic } from "../../generator/source/dynamic.js";
import { loadDocuments } from "../../generator/source/load.js";
import { upgrade } from "../../generator/source/upgrade.js";
import { compileText, fetchingFrom, fileOf, type Texts } from "../support/compile.js";

const HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';

/** What the schemas of a document say of values, by the validator that proves fixtures. */
async function proverOf(schemas: string, others: Texts = {}) {
  const text = `${HEAD}components:\n  schemas:\n${schemas.replace(/^/gm, "    ")}\n`;
  const loaded = await loadDocuments({ id: "a.yaml", text }, fetchingFrom(others));
  const { value, problems } = resolveDynamic(upgrade(loaded.value), loaded.value.places);
  const prover = proverOfDocuments(value);
  const isValid = (name: string, instance: unknown) =>
    prover.verdict({ source: "a.yaml", pointer: `/components/schemas/${name}` }, instance as never).kind;
  return { isValid, problems: [...loaded.problems, ...problems].map(({ message }) => message) };
}

const deepTree = (leaf: object) => ({ children: [{ children: [{ data: 1, children: [leaf] }] }] });
const nested = (leaf: unknown) => ({ inner: { other: { nested: { inner: { value: leaf } } } } });

/** Situations of the specification (JSON Schema Core 2020-12, sections 7.7.1.1 and 8.2.3.2). */
describe("$dynamicRef", () => {
  it("names what $ref would, where nothing overrides it", async () => {
    const { isValid } = await proverOf(`
A: { $id: https://example.com/a, type: array, items: { $dynamicRef: "#items" }, $defs: { foo: { $dynamicAnchor: items, type: string } } }
B: { $id: https://example.com/b, type: array, items: { $dynamicRef: "#items" }, $defs: { foo: { $anchor: items, type: string } } }
C: { $id: https://example.com/c, type: array, items: { $dynamicRef: "#/$defs/foo" }, $defs: { foo: { $dynamicAnchor: items, type: string } } }`);
    for (const name of ["A", "B", "C"]) {
      expect(isValid(name, ["foo"])).toBe("valid");
      expect(isValid(name, [42])).toBe("invalid");
    }
  });

  const GENERIC = `
List: { $id: https://example.com/list, type: array, items: { $dynamicRef: "#items" }, $defs: { items: { $dynamicAnchor: items } } }
Strings: { $id: https://example.com/strings, $ref: list, $defs: { foo: { $dynamicAnchor: items, type: string } } }
Numbers: { $id: https://example.com/numbers, $ref: list, $defs: { foo: { $dynamicAnchor: items, type: number } } }
Middle: { $id: https://example.com/middle, $ref: strings, $defs: { foo: { $dynamicAnchor: items, type: string, minLength: 3 } } }
Static: { $id: https://example.com/static, $ref: list, $defs: { foo: { $anchor: items, type: string } } }`;

  it("names the outermost anchor of the resources that were entered, evaluated or not", async () => {
    const { isValid, problems } = await proverOf(GENERIC);
    expect(problems).toEqual([]);
    expect(isValid("List", ["a", 1])).toBe("valid");
    expect(isValid("Strings", ["a"])).toBe("valid");
    expect(isValid("Strings", [1])).toBe("invalid");
    expect(isValid("Numbers", [1])).toBe("valid");
    expect(isValid("Numbers", ["a"])).toBe("invalid");
    expect(isValid("Middle", ["abc"])).toBe("valid");
    expect(isValid("Middle", ["a"])).toBe("invalid");
    // An $anchor of the name is none of these.
    expect(isValid("Static", [1])).toBe("valid");
  });

  it("keeps the meaning of each use, in one schema and through others that have no anchor", async () => {
    const { isValid } = await proverOf(`${GENERIC}
Both: { type: object, properties: { strings: { $ref: https://example.com/strings }, numbers: { $ref: "#/components/schemas/Numbers" } } }
Box: { $id: https://example.com/box, type: object, properties: { list: { $ref: list } } }
StringBox: { $id: https://example.com/string-box, allOf: [{ $ref: box }], required: [list], $defs: { foo: { $dynamicAnchor: items, type: string } } }`);
    expect(isValid("Both", { strings: ["a"], numbers: [1] })).toBe("valid");
    expect(isValid("Both", { strings: [1] })).toBe("invalid");
    expect(isValid("Both", { numbers: ["a"] })).toBe("invalid");
    expect(isValid("Box", { list: [1] })).toBe("valid");
    expect(isValid("StringBox", { list: ["a"] })).toBe("valid");
    expect(isValid("StringBox", { list: [1] })).toBe("invalid");
    expect(isValid("StringBox", {})).toBe("invalid");
  });

  it("extends a recursive schema at every depth", async () => {
    const { isValid } = await proverOf(`
Tree: { $id: https://example.com/tree, $dynamicAnchor: node, type: object, properties: { data: true, children: { type: array, items: { $dynamicRef: "#node" } } } }
Strict: { $id: https://example.com/strict, $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false }`);
    expect(isValid("Strict", deepTree({ data: 1 }))).toBe("valid");
    expect(isValid("Strict", deepTree({ daat: 1 }))).toBe("invalid");
    expect(isValid("Tree", deepTree({ daat: 1 }))).toBe("valid");
  });

  it("goes through files", async () => {
    const { isValid, problems } = await proverOf(
      `Words: { $ref: words.yaml }\nPlain: { $ref: list.yaml }\nPages: { $ref: pages.yaml }`,
      {
        "list.yaml":
          "type: array\nitems: { $dynamicRef: '#item' }\n$defs: { item: { $dynamicAnchor: item } }\n",
        "words.yaml": "$ref: list.yaml\n$defs: { word: { $dynamicAnchor: item, type: string } }\n",
        "pages.yaml":
          "$defs: { page: { $dynamicAnchor: item, type: integer } }\ntype: object\nproperties: { inner: { $ref: 'list.yaml' }, own: { $ref: 'words.yaml' } }\n",
      },
    );
    expect(problems).toEqual([]);
    expect(isValid("Words", ["a"])).toBe("valid");
    expect(isValid("Words", [1])).toBe("invalid");
    expect(isValid("Plain", [1, "a"])).toBe("valid");
    expect(isValid("Pages", { inner: [1], own: [1] })).toBe("valid");
    expect(isValid("Pages", { own: ["a"] })).toBe("invalid");
  });

  it("ends where a generic schema leads back to itself, by whatever way", async () => {
    const { isValid } = await proverOf(`
Nested: { $id: https://example.com/nested, type: object, properties: { value: { $dynamicRef: "#T" }, inner: { $ref: "#" }, other: { $ref: twin } }, $defs: { T: { $dynamicAnchor: T } } }
Twin: { $id: https://example.com/twin, type: object, properties: { value: { $dynamicRef: "#T" }, nested: { $ref: nested } }, $defs: { T: { $dynamicAnchor: T } } }
Strings: { $id: https://example.com/s, $ref: nested, $defs: { T: { $dynamicAnchor: T, type: string } } }`);
    expect(isValid("Strings", nested("a"))).toBe("valid");
    expect(isValid("Strings", nested(1))).toBe("invalid");
    expect(isValid("Nested", nested(1))).toBe("valid");
  });

  it("that names nothing is an error at its line", async () => {
    const { diagnostics } = await compileText(
      `${HEAD}components: { schemas: { A: { $dynamicRef: "#gone" } } }\n`,
    );
    expect(diagnostics).toMatchObject([
      { code: "ref-anchor-unknown", line: 3, column: 44, pointer: "/components/schemas/A/$dynamicRef" },
    ]);
  });
});

const GENERIC_AND_USER = `${HEAD}components:
  schemas:
    List: { $id: https://example.com/list, type: array, items: { $dynamicRef: "#T" }, $defs: { T: { $dynamicAnchor: T } } }
    User: { type: object, properties: { list: { $ref: https://example.com/list } } }
`;

async function typesOf(schemas: string): Promise<string> {
  return fileOf(await compileText(GENERIC_AND_USER + schemas), "src/types.ts");
}

it("an override changes no name and no text of the schemas that it does not concern", async () => {
  const extra =
    "    Words: { $id: https://example.com/words, $ref: list, $defs: { T: { $dynamicAnchor: T, type: string } } }\n";
  const added = (await typesOf(extra)).replace(/\n\/\*\* @see #\/components\/schemas\/Words[^]*$/, "");
  expect(added.trim()).toBe((await typesOf("")).trim());
});

it("a document that is made to explode is told so", async () => {
  const names = Array.from({ length: 14 }, (_, index) => `n${index}`);
  const levels = names.map((name, index) => {
    const next = index + 1 < names.length ? `level${index + 1}` : "leaf";
    const side = (each: string) =>
      `{ $id: "https://example.com/${each}${index}", $ref: ${next}, $defs: { ${name}: { $dynamicAnchor: ${name}, const: ${each} } } }`;
    return `Level${index}: { $id: "https://example.com/level${index}", anyOf: [${side("a")}, ${side("b")}] }`;
  });
  const leaf = `Leaf: { $id: https://example.com/leaf, anyOf: [${names.map((name) => `{ $dynamicRef: "#${name}" }`).join(", ")}], $defs: { ${names
    .map((name) => `${name}: { $dynamicAnchor: ${name} }`)
    .join(", ")} } }`;
  const { problems } = await proverOf([leaf, ...levels].join("\n"));
  expect(problems[0]).toMatch(/^\$dynamicRef is not supported: the schemas that it leads to are too many/);
}, 60_000);
