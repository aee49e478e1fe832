import { describe, expect, it } from "vitest";
import { closest, isRange } from "../../generator/runtime/media-type.js";
import type { ResponseBodyRule } from "../../generator/runtime/operation.js";
import { startServer } from "../support/server.js";
import { call, failureOf } from "./rules.js";

const NAMES = ["application/json", "text/plain", "text/*", "*/*", "application/*+json", "image/*"];
const rules = (names: readonly string[]) => names.map((mediaType) => ({ mediaType }));

describe("the media type that describes a content type best", () => {
  it.each([
    ["application/json", "application/json"],
    ["APPLICATION/JSON; charset=utf-8", "application/json"],
    ["application/problem+json", "application/*+json"],
    ["text/plain;charset=utf-8", "text/plain"],
    ["text/csv", "text/*"],
    ["image/png", "image/*"],
    ["video/mp4", "*/*"],
  ])("%s → %s", (contentType, expected) => {
    expect(closest(rules(NAMES), contentType)?.mediaType).toBe(expected);
    expect(closest(rules(NAMES.toReversed()), contentType)?.mediaType).toBe(expected);
  });

  it("is decided by parameters between equals, which else say nothing", () => {
    const versions = rules([
      "application/json",
      'application/json; version="2"',
      "application/json;version=1",
    ]);
    expect(closest(versions, "application/json;charset=utf-8; version=2")?.mediaType).toBe(
      versions[1]?.mediaType,
    );
    expect(closest(versions, "application/json;version=3")?.mediaType).toBe("application/json");
    expect(closest(rules(["application/json;version=1"]), "application/json")).toBeDefined();
  });

  it("may be none", () => {
    expect(closest(rules(["text/*", "application/*+json"]), "application/json")).toBeUndefined();
    expect(closest(rules(["text/*"]), "")).toBeUndefined();
  });

  it("knows a range", () => {
    expect(NAMES.filter(isRange)).toEqual(["text/*", "*/*", "application/*+json", "image/*"]);
  });
});

const EITHER: readonly ResponseBodyRule[] = [
  { mediaType: "application/json", as: "json" },
  { mediaType: "text/*", as: "text" },
  { mediaType: "image/*", as: "binary" },
];

/** The data of a response of this type. */
async function dataOf(contentType: string | undefined, body: string): Promise<unknown> {
  const headers = contentType === undefined ? {} : { "Content-Type": contentType };
  const { url } = await startServer({ status: 200, headers, body });
  const result = await call({ baseUrl: url, rule: { responses: { "200": EITHER } } });
  return result.ok ? result.data : undefined;
}

describe("a response of several media types", () => {
  it("is read as its own says", async () => {
    expect(await dataOf("application/json; charset=utf-8", '{"a":1}')).toEqual({ a: 1 });
    expect(await dataOf("text/csv", "[1]")).toBe("[1]");
    const image = await dataOf("image/png", "x");
    expect(image).toBeInstanceOf(Blob);
    expect((image as Blob).type).toBe("image/png");
  });

  it("is read as the first where it says nothing, or what the document does not", async () => {
    expect(await dataOf(undefined, "[1]")).toEqual([1]);
    expect(await dataOf("application/problem+json", "[1]")).toEqual([1]);
    expect((await failureOf(dataOf("application/pdf", "<html>"))).kind).toBe("unreadableBody");
  });

  it("has no byte order mark", async () => {
    expect(await dataOf("text/plain", "\ufeffa")).toBe("a");
    expect(await dataOf("application/json", "\ufeff1")).toBe(1);
  });
});
