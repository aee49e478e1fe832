import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../generator/source/parse.js";
import { join } from "../../generator/source/pointer.js";
import { References, type Resolution } from "../../generator/source/references.js";
import { fragmentOf, relativeUri, resolveReference } from "../../generator/source/uri.js";

/** An index of documents; each is read as a schema from its root. */
function indexOf(texts: { readonly [id: string]: string }): References {
  const references = new References("3.1");
  for (const [id, text] of Object.entries(texts)) {
    references.add(parse({ id, text }).value!);
    references.scan({ source: id, pointer: "" }, "schema");
  }
  return references;
}

/** What a reference at the root of a document names, in short. */
function named(references: References, ref: string, from: string, pointer = ""): string {
  return short(references.resolve(ref, { source: from, pointer }));
}

function short(resolution: Resolution): string {
  return resolution.kind === "found"
    ? `${resolution.origin.source}#${resolution.origin.pointer}`
    : resolution.kind;
}

describe("JSON Pointers (RFC 6901)", () => {
  const references = indexOf({ "a.json": '{"a/b":{"m~n":1," ":2,"%":3,"é":4,"":{"":5}},"list":[{"x":1}]}' });

  it.each([
    ["#", "a.json#"],
    ["", "a.json#"],
    ["a.json", "a.json#"],
    ["#/a~1b/m~0n", "a.json#/a~1b/m~0n"],
    ["#/a~1b/%20", "a.json#/a~1b/ "],
    ["#/a~1b/%25", "a.json#/a~1b/%"],
    ["#/a~1b/%C3%A9", "a.json#/a~1b/é"],
    ["#/a~1b//", "a.json#/a~1b//"],
    ["#/list/0/x", "a.json#/list/0/x"],
    ["#/list/00", "nothing"],
    ["#/list/-", "nothing"],
    ["#/constructor", "nothing"],
    ["#/a~1b/%zz", "anchor-unknown"],
    ["#name", "anchor-unknown"],
    ["b.json", "unknown"],
    ["http://[", "unknown"],
  ])("%s", (ref, target) => expect(named(references, ref, "a.json")).toBe(target));

  it("lead to every member, whatever its name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        fc.pre(!/\p{Surrogate}/u.test(name));
        const index = indexOf({ "a.json": JSON.stringify({ [name]: { x: 1 } }) });
        const pointer = join("", name);
        expect(named(index, `#${fragmentOf(pointer)}`, "a.json")).toBe(`a.json#${pointer}`);
      }),
    );
  });
});

it("references resolve as in RFC 3986, section 5.4", () => {
  const base = "http://a/b/c/d;p?q";
  const cases = {
    "g:h": "g:h",
    g: "http://a/b/c/g",
    "./g": "http://a/b/c/g",
    "g/": "http://a/b/c/g/",
    "/g": "http://a/g",
    "//g": "http://g/",
    "?y": "http://a/b/c/d;p?y",
    "g?y": "http://a/b/c/g?y",
    ";x": "http://a/b/c/;x",
    "": "http://a/b/c/d;p?q",
    "..": "http://a/b/",
    "../g": "http://a/b/g",
    "../../g": "http://a/g",
    "../../../g": "http://a/g",
    "g;x=1/../y": "http://a/b/c/y",
  };
  for (const [ref, uri] of Object.entries(cases))
    expect(resolveReference(`${ref}#s`, base), ref).toEqual({ uri, fragment: "s" });
  expect(resolveReference("#/a", "urn:example:a")).toEqual({ uri: "urn:example:a", fragment: "/a" });
  expect(resolveReference("b", "urn:example:a")).toBeUndefined();
});

it("a document's place among others depends on nothing above them", () => {
  expect(relativeUri("file:///x/api/a.yaml", "file:///x/api/a.yaml")).toBe("");
  expect(relativeUri("file:///x/api/a.yaml", "file:///x/api/b/c.yaml")).toBe("b/c.yaml");
  expect(relativeUri("file:///x/api/a.yaml", "file:///x/common/b.yaml")).toBe("../common/b.yaml");
  expect(relativeUri("file:///x/api/a.yaml", "https://a.example/b.yaml")).toBe("https://a.example/b.yaml");
});

describe("identifiers (JSON Schema Core 2020-12, section 8.2)", () => {
  const references = indexOf({
    "root.yaml": `
$id: https://example.com/root.json
$defs:
  A: { $anchor: foo }
  B:
    $id: other.json
    $defs:
      X: { $anchor: bar }
      Y: { $id: t/inner.json, $anchor: bar }
  C: { $id: "urn:uuid:ee564b8a-7a87-4125-8c96-e9f123d6766f" }
`,
    "plain.yaml": "User: { $anchor: user, properties: { $id: { type: string }, $anchor: { type: string } } }",
  });

  // The example of section A of the specification.
  it.each([
    ["https://example.com/root.json", "root.yaml#"],
    ["https://example.com/root.json#foo", "root.yaml#/$defs/A"],
    ["https://example.com/root.json#/$defs/A", "root.yaml#/$defs/A"],
    ["https://example.com/other.json", "root.yaml#/$defs/B"],
    ["https://example.com/other.json#bar", "root.yaml#/$defs/B/$defs/X"],
    ["https://example.com/other.json#/$defs/X", "root.yaml#/$defs/B/$defs/X"],
    ["https://example.com/t/inner.json#bar", "root.yaml#/$defs/B/$defs/Y"],
    ["urn:uuid:ee564b8a-7a87-4125-8c96-e9f123d6766f", "root.yaml#/$defs/C"],
    ["https://example.com/root.json#bar", "anchor-unknown"],
    ["plain.yaml", "plain.yaml#"],
  ])("%s", (ref, target) => expect(named(references, ref, "plain.yaml")).toBe(target));

  it("change what references start from, for the schema that has them and all below", () => {
    expect(named(references, "#bar", "root.yaml", "/$defs/B/$defs/X")).toBe("root.yaml#/$defs/B/$defs/X");
    expect(named(references, "#bar", "root.yaml", "/$defs/B/$defs/Y/$ref")).toBe(
      "root.yaml#/$defs/B/$defs/Y",
    );
    expect(named(references, "other.json", "root.yaml", "/$defs/A")).toBe("root.yaml#/$defs/B");
    expect(named(references, "../other.json", "root.yaml", "/$defs/B/$defs/Y")).toBe("root.yaml#/$defs/B");
  });

  it("of a map of schemas are found when they are asked for; a property of that name is none", () => {
    expect(named(references, "plain.yaml#user", "plain.yaml")).toBe("plain.yaml#/User");
  });

  it("mean nothing in documents of 3.0", () => {
    const old = new References("3.0");
    old.add(parse({ id: "a.yaml", text: "A: { $id: https://example.com/a, $anchor: a }" }).value!);
    old.scan({ source: "a.yaml", pointer: "/A" }, "schema");
    expect(named(old, "https://example.com/a", "a.yaml")).toBe("unknown");
    expect(named(old, "#a", "a.yaml")).toBe("anchor-unknown");
  });
});

it("$self is what references start from (OpenAPI 3.2.0), and another name of the document", () => {
  const references = new References("3.1");
  const rest = "$self: https://example.com/api/openapi\n";
  references.add(parse({ id: "a.yaml", text: `openapi: 3.2.0\n${rest}` }).value!);
  references.add(parse({ id: "b.yaml", text: "{}" }).value!);
  references.alias("https://example.com/api/b", "b.yaml");
  expect(named(references, "b", "a.yaml")).toBe("b.yaml#");
  expect(named(references, "https://example.com/api/openapi#/openapi", "b.yaml")).toBe("a.yaml#/openapi");
  references.add(parse({ id: "c.yaml", text: `openapi: 3.1.0\n${rest}` }).value!);
  expect(named(references, "b.yaml", "c.yaml")).toBe("b.yaml#");
});
