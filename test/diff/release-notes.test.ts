import { expect, it } from "vitest";
import { releaseNotes, type ReleaseNotes } from "../../generator/diff/release-notes.js";
import type { Review } from "../../generator/diff/review.js";
import { reviewTexts } from "../support/review.js";
import { api, paths, query } from "./table/rows.js";

const NOTHING = [JSON.stringify(api({})), JSON.stringify(api({}))] as const;

const notesOf = (base: object, head: object) =>
  releaseNotes(reviewTexts(JSON.stringify(base), JSON.stringify(head)));

const get = { get: { operationId: "getA", responses: { "200": { description: "" } } } };
const gone = (more: object) => ({ ...get.get, operationId: "getB", deprecated: true, ...more });
const later = { "x-sunset": "2030-01-01" };
const choosing = (...values: string[]) => api(query({ schema: { enum: values } }));
const alternative = { type: "object", properties: { kind: { type: "string" } }, required: ["kind"] };
/** What `kind` says of a body, by these values. */
const meaning = (...values: string[]) =>
  api(
    {
      requestBody: {
        content: {
          "application/json": {
            schema: {
              oneOf: [{ $ref: "#/components/schemas/A" }],
              discriminator: {
                propertyName: "kind",
                mapping: Object.fromEntries(values.map((value) => [value, "#/components/schemas/A"])),
              },
            },
          },
        },
      },
    },
    { components: { schemas: { A: alternative } } },
  );
const scheme = { components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } } };

it.each<[name: string, base: object, head: object, notes: { readonly [title: string]: RegExp }]>([
  ["nothing", api({}), api({}), {}],
  ["a parameter more", api({}), api(query()), { Added: /`q`/ }],
  [
    "a minimum more",
    api(query()),
    api(query({ schema: { type: "string", minLength: 1 } })),
    { Changed: /^\*\*Breaking:\*\* .*\(`PUT \/things\/{id}`\)$/ },
  ],
  [
    "another type",
    api(query()),
    api(query({ schema: { type: "integer" } })),
    { Changed: /^\*\*Breaking:\*\* / },
  ],
  ["a parameter less", api(query()), api({}), { Removed: /`q`/ }],
  [
    "a parameter less before its time",
    api(query({ deprecated: true, ...later })),
    api({}),
    { Removed: /`q`/ },
  ],
  [
    "a path less before its time",
    paths({ "/a": get, "/b": { get: gone(later) } }),
    paths({ "/a": get }),
    { Removed: /`GET \/b`/ },
  ],
  [
    "an operation less before its time",
    paths({ "/a": { ...get, put: gone(later) } }),
    paths({ "/a": get }),
    { Removed: /`PUT \/a`/ },
  ],
  ["a value of an enum less", choosing("a", "b"), choosing("a"), { Removed: /`q`/ }],
  ["a meaning less", meaning("a", "b"), meaning("a"), { Removed: /`b`|"b"/ }],
  ["a deprecation", api({}), api({ deprecated: true }), { Deprecated: /./ }],
  [
    "an earlier end",
    api({ deprecated: true, ...later }),
    api({ deprecated: true, "x-sunset": "2029-01-01" }),
    { Deprecated: /^\*\*Breaking:\*\* / },
  ],
  ["another key", api({}, scheme), api({ security: [{ key: [] }] }, scheme), { Security: /./ }],
  [
    "words",
    api({ summary: "Sets." }),
    api({ summary: "Puts." }),
    { Changed: /^What is said of the API for people\.$/ },
  ],
])("%s", (_name, base, head, notes) => {
  const found = notesOf(base, head);
  expect(found.map(({ title }) => title)).toEqual(Object.keys(notes));
  for (const { title, lines } of found) {
    expect(lines.length).toBeLessThan(3);
    for (const line of lines) expect(line).toMatch(notes[title]!);
  }
});

it("the exported names and the fixtures follow, each said once", () => {
  const typescript = [
    { symbol: "A", kind: "removed" },
    { symbol: "B", kind: "added" },
    { symbol: "C", kind: "renamed", before: "C", after: "D" },
    { symbol: "E", kind: "changed" },
    { symbol: "E", kind: "changed" },
    { symbol: "F", kind: "changed", finding: "error" },
    { symbol: "G", kind: "moved" },
    { symbol: "H", kind: "changed", finding: "warning" },
  ];
  const said = reviewTexts(JSON.stringify(api({})), JSON.stringify(api({ deprecated: true }))).findings[0]!;
  const findings = (["error", "warning"] as const).map((level) => ({
    ...said,
    id: level,
    level,
    message: level,
  }));
  const fixtures = ["added", "changed", "changed"].map((kind) => ({ kind }));
  const review = { ...reviewTexts(...NOTHING), findings, typescript, fixtures } as unknown as Review;
  expect(releaseNotes(review)).toEqual([
    { title: "Added", lines: ["`B` is exported"] },
    {
      title: "Changed",
      lines: [
        "**Breaking:** `C` is now `D`",
        "**Breaking:** the type `E` takes or gives something else",
        "**Breaking:** the type `H` takes or gives something else",
        "Fixtures: 1 added, 0 removed, 2 changed",
      ],
    },
    {
      title: "Deprecated",
      lines: ["**Breaking:** error (`PUT /things/{id}`)", "warning (`PUT /things/{id}`)"],
    },
    { title: "Removed", lines: ["**Breaking:** `A` is no longer exported"] },
  ]);
});

it("what nobody would read is counted", () => {
  const many = Object.fromEntries(
    Array.from({ length: 62 }, (_, index) => [
      `/p${index}`,
      { get: { ...get.get, operationId: `get${index}` } },
    ]),
  );
  const [added] = notesOf(paths({}), paths(many));
  expect([added!.lines.length, added!.lines.at(-1)]).toEqual([61, "… and 2 more."]);
});

it("what was waived is said with its reason", () => {
  const step = [api(query()), api(query({ schema: { type: "integer" } }))].map((each) =>
    JSON.stringify(each),
  );
  const found = reviewTexts(step[0]!, step[1]!);
  const waived = found.findings.map((each) => ({ ...each, waiver: { reason: "Nobody sends it." } }));
  const [{ title, lines }] = releaseNotes({ ...found, findings: [], waived }) as [ReleaseNotes[number]];
  expect(title).toBe("Changed");
  expect(lines).toEqual([expect.stringMatching(/^the type of .* changed .*: Nobody sends it\\?\.$/)]);
});
