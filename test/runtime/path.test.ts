import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParameterRule } from "../../generator/runtime/operation.js";
import { serializePath } from "../../generator/runtime/serialize.js";

function path(name: string, rest: Partial<ParameterRule> = {}): ParameterRule {
  return { name, argument: name, in: "path", style: "simple", explode: false, ...rest };
}

const RULES = [path("id"), path("ext")];

describe("serializePath", () => {
  it.each<[template: string, args: Record<string, unknown>, filled: string]>([
    ["/a/{id}/b", { id: 7 }, "/a/7/b"],
    ["/a/{id}.{ext}", { id: "x", ext: "json" }, "/a/x.json"],
    ["/{id}/{id}", { id: "x" }, "/x/x"],
    ["/a/{id}", { id: "b/c" }, "/a/b%2Fc"],
    ["/a/{id}", { id: "../b" }, "/a/..%2Fb"],
    ["/a/{id}", { id: "?b#c" }, "/a/%3Fb%23c"],
    ["/a/{id}", { id: "{ext}", ext: "json" }, "/a/%7Bext%7D"],
    ["/a/{id}", { id: "$&" }, "/a/%24%26"],
    ["/a/{id}", { id: "%2e%2e" }, "/a/%252e%252e"],
    ["/a/{id}", { id: "..." }, "/a/..."],
    ["/a/x{id}", { id: ".." }, "/a/x.."],
    ["/../{id}", { id: "x" }, "/../x"],
  ])("%s with %j → %s", (template, args, filled) => {
    expect(serializePath(template, RULES, { id: "any", ext: "any", ...args })).toBe(filled);
  });

  it("leaves a template without parameters as it is", () => {
    expect(serializePath("/a/../b", [], {})).toBe("/a/../b");
  });

  it("fills in the styles of a path", () => {
    const rules = [path("id", { style: "label" }), path("ext", { style: "matrix", explode: true })];
    expect(serializePath("/a{id}/b{ext}", rules, { id: [1, 2], ext: ["x", ""] })).toBe("/a.1,2/b;ext=x;ext");
  });

  it("takes the argument by its own name, and only from the path's parameters", () => {
    const rules = [path("id", { argument: "pathId" }), path("id", { in: "query", style: "form" })];
    expect(serializePath("/a/{id}", rules, { pathId: "right", id: "wrong" })).toBe("/a/right");
  });
});

describe("arguments that would change the path", () => {
  it.each<[template: string, args: Record<string, unknown>]>([
    ["/a/{id}", { id: "." }],
    ["/a/{id}/b", { id: ".." }],
    ["/a/{id}{ext}", { id: ".", ext: "." }],
    ["/a/.{id}", { id: "." }],
  ])("%s with %j leaves it", (template, args) => {
    expect(() => serializePath(template, RULES, { ext: "any", ...args })).toThrow(
      /^.+: an argument makes the segment "\.\.?", which would leave the path$/,
    );
  });

  it("does not let a label be a dot, nor reserved text be an encoded one", () => {
    expect(() => serializePath("/{id}", [path("id", { style: "label" })], { id: "" })).toThrow(TypeError);
    const reserved = [path("id", { allowReserved: true })];
    expect(() => serializePath("/{id}", reserved, { id: "%2E%2e" })).toThrow(TypeError);
    expect(serializePath("/{id}", reserved, { id: "../x" })).toBe("/..%2Fx");
  });

  it.each([[undefined], [""], [null], [[]], [{}]])("has no place for %j", (id) => {
    const error = new TypeError("id is needed: it is part of the path");
    expect(() => serializePath("/a/{id}", [path("id")], { id })).toThrow(error);
  });

  it("has no place for what an argument inherits", () => {
    expect(() => serializePath("/{toString}", [path("toString")], {})).toThrow(TypeError);
  });
});

describe("any text", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("a", ".", "/", "\\", "%", "2", "e", "f", "?", "#", ";", "\t", "\n", "é"),
    }),
  );
  const styles = fc.constantFrom("simple", "label", "matrix");

  it("stays one segment of the URL, and decodes back, or is refused", () => {
    fc.assert(
      fc.property(texts, styles, (text, style) => {
        const filled = filledOrRefused("/a/{id}/b", [path("id", { style })], { id: text });
        if (filled === undefined) return;
        const segments = new URL(`https://h${filled}`).pathname.split("/");
        expect(segments).toHaveLength(4);
        const prefix = { simple: "", label: ".", matrix: text === "" ? ";id" : ";id=" }[style];
        expect([segments[1], decodeURIComponent(segments[2]!), segments[3]]).toEqual([
          "a",
          prefix + text,
          "b",
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  it("stays in its segment beside another parameter, reserved or not", () => {
    fc.assert(
      fc.property(texts, texts, fc.boolean(), (id, ext, allowReserved) => {
        const rules = [path("id", { allowReserved }), path("ext", { allowReserved })];
        const filled = filledOrRefused("/a/{id}.{ext}/b", rules, { id, ext });
        if (filled === undefined) return;
        const url = new URL(`https://h${filled}`);
        expect([url.pathname.split("/").length, url.search, url.hash]).toEqual([4, "", ""]);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Refused only by a `TypeError`. */
function filledOrRefused(...call: Parameters<typeof serializePath>): string | undefined {
  try {
    return serializePath(...call);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return undefined;
  }
}
