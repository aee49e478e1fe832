import { expect, it } from "vitest";
import { preferencesOf } from "../../generator/mock/prefer.js";
import { matchPath } from "../../generator/runtime/path-template.js";

it.each([
  ["", {}],
  ["code=404", { code: "404" }],
  ["Code = 404 , EXAMPLE = a", { code: "404", example: "a" }],
  ['example="a, b; c=\\"d\\"", code=200', { example: 'a, b; c="d"', code: "200" }],
  ['code=200; note="x, y"; z, dynamic', { code: "200", dynamic: "true" }],
  ["code=404, code=500", { code: "404" }],
  ['example=""', { example: "" }],
  ['example="unended', { example: '"unended' }],
  [",,;, =", {}],
])("Prefer: %s", (header, preferences) => {
  expect(Object.fromEntries(preferencesOf(header))).toEqual(preferences);
});

it.each([
  ["/a/{id}", "/a/1", { id: "1" }],
  ["/a/{id}", "/a/", undefined],
  ["/a/{id}", "/a/1/2", undefined],
  ["/a/{id}", "/a/%2F", { id: "%2F" }],
  ["/{a}.{b}", "/x.y.z", { a: "x", b: "y.z" }],
  ["/{a}-{b}", "/-", undefined],
  ["/{a}{b}", "/xyz", { a: "x", b: "yz" }],
  ["/v{n}.json", "/v1.json", { n: "1" }],
  ["/v{n}.json", "/v.json", undefined],
  ["/v{n}.json", "/v1.xml", undefined],
  ["/ä b", "/%C3%A4%20b", {}],
  ["/a", "/%", undefined],
])("%s and %s", (template, path, values) => {
  expect(matchPath(template, path)).toEqual(values);
});

it("matches a path of many names in time that grows with its length", () => {
  const template = `/${"{a}".repeat(40)}x`;
  const started = performance.now();
  expect(matchPath(template, `/${"y".repeat(100_000)}`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});
