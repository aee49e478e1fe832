import { describe, expect, it } from "vitest";
import { headersReader } from "../../generator/runtime/headers.js";
import type { HeaderRule, HeaderRules } from "../../generator/runtime/operation.js";
import { startServer } from "../support/server.js";
import { call } from "./rules.js";

const RULES: HeaderRules = {
  "X-Rate-Limit": { as: "value", types: ["number"] },
  "X-Tags": { as: "array", types: ["string"] },
  __proto__x: { as: "value", types: ["string"] },
};

function read(rule: HeaderRule, text: string): unknown {
  return (headersReader({ "X-A": rule }, new Headers({ "x-a": text })) as { "X-A": unknown })["X-A"];
}

const value = (...types: ("null" | "boolean" | "number" | "string")[]): HeaderRule => ({
  as: "value",
  types,
});
const object = (explode: boolean): HeaderRule => {
  return { as: "object", explode, properties: { R: ["number"], G: ["number"], B: ["number"] } };
};

const map: HeaderRule = {
  as: "object",
  explode: true,
  properties: { name: ["string"] },
  patternProperties: [["^is", ["boolean"]]],
  additionalProperties: ["number"],
};

describe("a header becomes a value", () => {
  it.each<[HeaderRule, string, unknown]>([
    [value("string"), "12", "12"],
    [value("string"), "", ""],
    [value("number"), "12", 12],
    [value("number"), "-1.5e3", -1500],
    [value("number"), "0x10", undefined],
    [value("number"), "12 apples", undefined],
    [value("number"), "", undefined],
    [value("number", "string"), "soon", "soon"],
    [value("boolean"), "false", false],
    [value("boolean"), "no", undefined],
    [value("null", "number"), "", null],
    [{ as: "json" }, '{"a":[1]}', { a: [1] }],
    [{ as: "json" }, "{", undefined],
    // OpenAPI 3.2.0, "Style Examples", simple.
    [{ as: "array", types: ["string"] }, "blue,black,brown", ["blue", "black", "brown"]],
    [{ as: "array", types: ["number"] }, "12345678, 90099", [12345678, 90099]],
    [{ as: "array", types: ["number"] }, "1,x", undefined],
    [{ as: "array", types: ["number"] }, "", []],
    [object(false), "R,100,G,200,B,150", { R: 100, G: 200, B: 150 }],
    [object(true), "R=100,G=200,B=150", { R: 100, G: 200, B: 150 }],
    [object(true), "R=100,further=a=b", { R: 100, further: "a=b" }],
    [object(true), "R", undefined],
    [object(false), "R", undefined],
    [object(true), "R=red", undefined],
    [map, "name=1,isOpen=true,left=2", { name: "1", isOpen: true, left: 2 }],
    [map, "isOpen=1", undefined],
  ])("%o of %j: %j", (rule, text, expected) => {
    expect(read(rule, text)).toEqual(expected);
  });
});

describe("a result", () => {
  const headers = { rules: { "200": RULES }, read: headersReader };
  const responses = { "200": [], "404": [] };

  it("has the headers that the document describes, by its names, and all of them as text", async () => {
    const sent = { "x-rate-limit": "9", "X-TAGS": "a,b", "X-Other": "c" };
    const server = await startServer({ status: 200, headers: sent });
    const result = await call({ baseUrl: server.url, rule: { headers, responses } });
    expect(result).toMatchObject({
      headers: { "X-Rate-Limit": 9, "X-Tags": ["a", "b"], __proto__x: undefined },
    });
    expect(Object.keys((result as unknown as { headers: object }).headers)).toEqual(Object.keys(RULES));
    expect(result.response.headers.get("X-Other")).toBe("c");
  });

  it("has none of a status for which none is described", async () => {
    const server = await startServer({ status: 404, headers: { "X-Rate-Limit": "9" } });
    expect(await call({ baseUrl: server.url, rule: { headers, responses } })).not.toHaveProperty("headers");
  });
});
