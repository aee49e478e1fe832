import { expect, it } from "vitest";
import { Routes } from "../../generator/diff/proof/routes.js";
import type { WireRequest } from "../../generator/diff/proof/message.js";
import { sideOf } from "../support/review.js";

function routesOf(...paths: string[]): Routes {
  const item = { get: { responses: {} } };
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: Object.fromEntries(paths.map((path) => [path, item])),
  });
  return new Routes(sideOf("a.json", text).model.operations);
}

function asked(path: string, more: Partial<WireRequest> = {}): WireRequest {
  const plain = { query: "", headers: [], hasCertificate: false, scopes: new Map() };
  return { kind: "request", method: "GET", path, ...plain, ...more };
}

const ROUTES = routesOf("/a/{id}", "/a/me", "/a/{id}.json", "/{x}/b", "/a/{id}/b", "/a b/{id}", "/q?v=1");

it.each([
  ["/a/1", {}, ["/a/{id}"]],
  // Concrete paths come first, then those of which a part is.
  ["/a/me", {}, ["/a/me"]],
  ["/a/1.json", {}, ["/a/{id}.json"]],
  ["/a/b", {}, ["/a/{id}"]],
  ["/a/1/b", {}, ["/a/{id}/b"]],
  // What is percent-encoded or not is one path.
  ["/a%20b/1", {}, ["/a b/{id}"]],
  ["/%zz/b", {}, ["/{x}/b"]],
  ["/q", { query: "v=1&w=2" }, ["/q"]],
  ["/q", {}, []],
  ["/a/1", { method: "PUT" }, []],
  ["/a/1/b/c", {}, []],
])("%s is for the operation that it means most", (path, more, expected) => {
  const takers = ROUTES.takersOf(asked(path, more));
  expect(takers.map((each) => each.path).toSorted()).toEqual(expected);
});
