import { expect, it } from "vitest";
import type { Traces } from "../../generator/diff/impact/cause.js";
import { Causes } from "../../generator/diff/impact/causes.js";
import type { LocatedFinding } from "../../generator/diff/finding.js";

type Place = { readonly base?: string; readonly head?: string };

const locationOf = (pointer: string) => ({ file: "a.yaml", line: 1, column: 1, pointer });
const originOf = (pointer: string) => ({ source: "a.yaml", pointer });

function finding(
  id: string,
  {
    base,
    head,
    level = "warning",
    ...more
  }: Place & Partial<Pick<LocatedFinding, "direction" | "operations">> & { level?: LocatedFinding["level"] },
): LocatedFinding {
  const placed = {
    ...(base !== undefined && { base: locationOf(base) }),
    ...(head !== undefined && { head: locationOf(head) }),
  };
  return { id, level, direction: "request", operations: [], ...more, ...placed } as unknown as LocatedFinding;
}

function traces(
  { base = [], head = [] }: { readonly base?: readonly string[]; readonly head?: readonly string[] },
  { operations = [], direction }: Partial<Pick<Traces, "operations" | "direction">> = {},
): Traces {
  return { places: { base: base.map(originOf), head: head.map(originOf) }, operations, direction };
}

/** Findings, where an effect stands, and the finding that it comes from. */
it.each<[name: string, findings: LocatedFinding[], Traces, cause: string | undefined]>([
  ["nothing found", [], traces({ base: ["/a"] }), undefined],
  [
    "at its place",
    [finding("other", { base: "/b" }), finding("own", { base: "/a" })],
    traces({ base: ["/a"] }),
    "own",
  ],
  ["below its place", [finding("below", { head: "/a/properties/b" })], traces({ head: ["/a"] }), "below"],
  ["beside it, by letters alone", [finding("beside", { base: "/ab" })], traces({ base: ["/a"] }), undefined],
  ["on the other side", [finding("head", { head: "/a" })], traces({ base: ["/a"] }), undefined],
  [
    "the worst at its place",
    [finding("note", { base: "/a", level: "info" }), finding("error", { head: "/a/b", level: "error" })],
    traces({ base: ["/a"], head: ["/a"] }),
    "error",
  ],
  [
    "the first of those alike",
    [finding("first", { base: "/a/x" }), finding("second", { base: "/a/y" })],
    traces({ base: ["/a"] }),
    "first",
  ],
  [
    "its own direction before what is worse",
    [finding("error", { base: "/a", level: "error", direction: "response" }), finding("own", { base: "/a" })],
    traces({ base: ["/a"] }, { direction: "request" }),
    "own",
  ],
  [
    "another direction where its own has none",
    [finding("response", { base: "/a", direction: "response" })],
    traces({ base: ["/a"] }, { direction: "request" }),
    "response",
  ],
  [
    "one of its operation before what it leads to",
    [finding("schema", { base: "/schemas/A" }), finding("operation", { base: "/x", operations: ["GET /a"] })],
    traces({ base: ["/a", "/schemas/A"] }, { operations: ["GET /a"] }),
    "operation",
  ],
  [
    "none of several operations",
    [finding("both", { base: "/x", operations: ["GET /a", "GET /b"] })],
    traces({ base: ["/a"] }, { operations: ["GET /a"] }),
    undefined,
  ],
  [
    "the nearest schema that it leads to, whatever is worse",
    [finding("far", { base: "/schemas/B", level: "error" }), finding("near", { base: "/schemas/A/items" })],
    traces({ base: ["/a", "/schemas/A", "/schemas/B"] }),
    "near",
  ],
  [
    "what it leads to before what it is a part of",
    [finding("around", { base: "/a", level: "error" }), finding("to", { base: "/schemas/A" })],
    traces({ base: ["/a/b", "/schemas/A"] }),
    "to",
  ],
  [
    "what refers to it, where nothing stands nearer",
    [finding("path", { base: "/paths/a" }), finding("other", { base: "/paths/b" })],
    { ...traces({ base: ["/schemas/A"] }), references: { base: [originOf("/paths/a/get")] } },
    "path",
  ],
  ["what it is a part of", [finding("around", { base: "/a" })], traces({ base: ["/a/b/c"] }), "around"],
  ["not the document as a whole", [finding("all", { base: "" })], traces({ base: ["/a/b/c"] }), undefined],
])("an effect comes from %s", (_name, findings, effect, cause) => {
  expect(new Causes(findings).of(effect)?.id).toBe(cause);
});
