import { expect, it } from "vitest";
import { documentOf, reviewTexts } from "../support/review.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

/** A document whose only parameter has the values, a line each from line 18 on. */
function withStates(states: readonly string[]): string {
  return [
    "openapi: 3.1.1",
    "info: { title: Sample, version: '1' }",
    "paths:",
    "  /things:",
    "    get:",
    "      operationId: listThings",
    "      responses: { '204': { description: None. } }",
    "      parameters:",
    "        - $ref: '#/components/parameters/State'",
    "components:",
    "  parameters:",
    "    State:",
    "      { name: state, in: query, schema: { $ref: '#/components/schemas/State' } }",
    "  schemas:",
    "    State:",
    "      type: string",
    "      enum:",
    ...states.map((state) => `        - ${state}`),
  ].join("\n");
}

async function findings(base: readonly string[], head: readonly string[]) {
  const cwd = emptyFolder();
  writeFiles(cwd, [
    { path: "base.yaml", text: withStates(base) },
    { path: "head.yaml", text: withStates(head) },
  ]);
  const { out } = await cli(cwd, "diff", "base.yaml", "head.yaml", "--format", "json");
  type Place = { readonly line: number; readonly column: number; readonly pointer: string };
  type Found = { rule: string; base: Place; head: Place; before: string; after: string; fingerprint: string };
  return (JSON.parse(out) as { findings: Found[] }).findings;
}

it("a value that a list has lost stands at its old line, and at the list's new one; waivers know it as before", async () => {
  const [lost, ...others] = await findings(["open", "closed", "held"], ["open", "closed"]);
  expect(others).toEqual([]);
  const pointer = "/components/schemas/State";
  expect(lost).toMatchObject({
    rule: "request-parameter-enum-value-removed",
    base: { line: 20, column: 11, pointer },
    head: { line: 17, column: 7, pointer },
  });
  const [moved] = await findings(["held", "open", "closed"], ["open", "closed"]);
  expect(moved).toMatchObject({ base: { line: 18, column: 11 }, fingerprint: lost!.fingerprint });
});

it("a value that a list has gained stands at its new line, and at the list's old one", async () => {
  const [gained] = await findings(["open"], ["open", "closed"]);
  expect(gained).toMatchObject({
    rule: "request-parameter-enum-value-added",
    base: { line: 17, column: 7 },
    head: { line: 19, column: 11 },
  });
});

it("the values that a list has gained or lost stand in its order", async () => {
  const gained = await findings(["open"], ["held", "open", "closed", "lost", "new"]);
  expect(gained.map(({ after }) => after)).toEqual(["held", "closed", "lost", "new"]);
  const lost = await findings(["held", "open", "closed", "lost", "new"], ["open"]);
  expect(lost.map(({ before }) => before)).toEqual(["held", "closed", "lost", "new"]);
});

it("what a keyword of a parameter or an operation says stands at the keyword", () => {
  const texts = [
    ["id: getA", "false, style: form, explode: true"],
    ["id: listA, deprecated: true", "true, explode: false, style: pipeDelimited"],
  ].map(([operation, parameter]) =>
    [
      "openapi: 3.1.0",
      "info: { title: T, version: '1' }",
      "paths:",
      "  /a:",
      "    get:",
      `      ${operation!.replace("id", "operationId").replace(", ", "\n      ")}`,
      "      responses: {}",
      "      parameters:",
      "        - name: q",
      "          in: query",
      "          schema: { type: array }",
      `          required: ${parameter!.replaceAll(", ", "\n          ")}`,
    ].join("\n"),
  );
  const { findings: all } = reviewTexts(texts[0]!, texts[1]!);
  const lines = all.map(({ rule, base, head }) => `${rule} ${base?.line} ${head?.line}`);
  expect(lines.toSorted()).toEqual([
    "api-operation-id-changed 6 6",
    "endpoint-deprecated 5 7",
    "request-parameter-became-required 12 13",
    "request-parameter-style-changed 13 15",
  ]);
});

/** A document whose only parameter has the schema, from line 11 on. */
const textOf = (schema: readonly string[]) =>
  [
    "openapi: 3.1.0",
    "info: { title: T, version: '1' }",
    "paths:",
    "  /a:",
    "    get:",
    "      responses: {}",
    "      parameters:",
    "        - name: q",
    "          in: query",
    "          schema:",
    ...schema.map((line) => `            ${line}`),
  ].join("\n");

const placesOf = (base: readonly string[], head: readonly string[]) =>
  reviewTexts(textOf(base), textOf(head)).findings.map((each) => {
    const [old, now] = [each.base, each.head].map((at) => `${at?.line}:${at?.column}`);
    return `${each.rule} ${old} ${now}`;
  });

it("what a keyword of a schema says stands at the keyword, and where it is not, at the schema", () => {
  const list = ["type: array", "items: {}"];
  expect(placesOf([...list, "default: [a]"], ["default: [b]", ...list])).toEqual([
    "request-parameter-default-value-changed 13:13 11:13",
  ]);
  expect(placesOf(list, [...list, "uniqueItems: true"])).toEqual([
    "request-parameter-unique-items-set 10:11 13:13",
  ]);
  expect(placesOf(["type: boolean"], ["oneOf:", "  - type: boolean", "  - type: array"])).toEqual([
    "request-parameter-type-changed 11:13 13:17",
  ]);
  expect(placesOf(["title: A", "type: integer"], ["type: boolean"])).toEqual([
    "request-parameter-type-changed 12:13 11:13",
  ]);
});

const sharing = (...unit: readonly string[]) =>
  [
    ...textOf(["$ref: '#/components/schemas/Range'"]).split("\n"),
    "components:",
    "  schemas:",
    "    Range:",
    "      type: object",
    "      properties:",
    "        from: { $ref: '#/components/schemas/Unit' }",
    "        to: { $ref: '#/components/schemas/Unit' }",
    "    Unit:",
    "      type: string",
    ...unit.map((line) => `      ${line}`),
  ].join("\n");

it("what a schema says beside its values stands at the schema, and is one finding wherever that is referred to", () => {
  const review = reviewTexts(sharing("default: m"), sharing("default: ft", "deprecated: true"));
  expect(
    review.findings.map(({ rule, base, head }) => [rule, base?.line, base?.column, head?.line, head?.column]),
  ).toEqual([
    ["request-parameter-property-default-value-changed", 21, 7, 21, 7],
    ["request-parameter-property-deprecated", 19, 5, 22, 7],
  ]);
});

const granting = (...flow: readonly string[]) =>
  [
    "openapi: 3.1.0",
    "info: { title: T, version: '1' }",
    "security: [{ oa: [] }]",
    "paths: { /a: { get: { responses: {} } } }",
    "components:",
    "  securitySchemes:",
    "    oa:",
    "      type: oauth2",
    "      flows:",
    "        clientCredentials:",
    ...flow.map((line) => `          ${line}`),
  ].join("\n");

it("what an OAuth flow says stands at its own line, with the flow and the scheme that it is of", () => {
  const base = granting("tokenUrl: https://a.test/t", "scopes:", "  read: r", "  write: w");
  const head = granting("tokenUrl: https://a.test/u", "scopes:", "  read: r", "  admin: a");
  const review = reviewTexts(base, head);
  expect(review.findings.map(({ message, base: old, head: now }) => [old?.line, now?.line, message])).toEqual(
    [
      [14, 10, 'scope "write" of OAuth flow `clientCredentials` of security scheme `oa` is no longer given'],
      [
        11,
        11,
        'the tokenUrl of OAuth flow `clientCredentials` of security scheme `oa` was "https://a.test/t", and is "https://a.test/u" now',
      ],
      [10, 14, 'scope "admin" of OAuth flow `clientCredentials` of security scheme `oa` is new'],
    ],
  );
});

/** Two operations, of which some refer to what both could, a reference on line 9 or 15. */
const referring = (...paths: readonly string[]) =>
  [
    "openapi: 3.1.0",
    "info: { title: T, version: '1' }",
    "paths:",
    ...["/a", "/b"].flatMap((path) => [
      `  ${path}:`,
      "    post:",
      "      responses: { '200': { description: ok } }",
      "      parameters:",
      "        - { name: p, in: query, schema: {} }",
      paths.includes(path) ? "        - $ref: '#/components/parameters/Q'" : "        # nothing more",
    ]),
    "components:",
    "  parameters:",
    "    Q: { name: q, in: query, required: true, schema: {} }",
  ].join("\n");

it("what comes or goes by a reference stands at the reference, and is a change of its operation alone", () => {
  const added = (...paths: readonly string[]) => reviewTexts(referring(), referring(...paths)).findings;
  const [one] = added("/a");
  const [other] = added("/b");
  expect(one?.head).toMatchObject({ line: 9, pointer: "/paths/~1a/post/parameters/1" });
  expect(other?.head).toMatchObject({ line: 15, pointer: "/paths/~1b/post/parameters/1" });
  expect(added("/a", "/b").map(({ fingerprint }) => fingerprint)).toEqual([
    one?.fingerprint,
    other?.fingerprint,
  ]);
  const [gone] = reviewTexts(referring("/b"), referring()).findings;
  expect(gone?.base).toMatchObject({ line: 15, pointer: "/paths/~1b/post/parameters/1" });
});

it("a parameter of several operations that has another name is one that goes and one that comes, where it stands", () => {
  const base = referring("/a", "/b");
  const found = reviewTexts(base, base.replace("name: q", "name: r")).findings;
  expect(found.map((each) => [each.rule, each.operations, each.base?.pointer, each.head?.line])).toEqual([
    ["new-required-request-parameter", ["POST /a", "POST /b"], undefined, 18],
    ["request-parameter-removed", ["POST /a", "POST /b"], "/components/parameters/Q", undefined],
  ]);
});

const holding = (schema: object) =>
  documentOf({ type: "object", properties: { a: schema } }, { direction: "request" });

it("a property that may be anything now stands where it stands", () => {
  const [found] = reviewTexts(holding({ type: "object" }), holding({})).findings;
  expect(found?.head?.pointer).toBe(
    "/paths/~1things/put/requestBody/content/application~1json/schema/properties/a",
  );
});

/** A document whose parts stand on lines of their own, the schema of its body from line 20 on. */
const parts = (
  { tag = "a", text = "A.", status = "ok" }: { tag?: string; text?: string; status?: string },
  schema: readonly string[] = ["type: string"],
  more: readonly string[] = [],
) =>
  [
    "openapi: 3.1.0",
    "info:",
    `  { title: T, version: '1', description: ${text} }`,
    "paths:",
    "  /a:",
    "    post:",
    "      operationId: postA",
    "      tags:",
    "        - always",
    `        - ${tag}`,
    "      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Body' } } } }",
    "      responses:",
    "        '200':",
    `          description: ${status}`,
    "components:",
    "  schemas:",
    "    A: { type: object, required: [a], properties: { a: { type: integer }, kind: { type: string } } }",
    "    B: { type: object, required: [b], properties: { b: { type: integer }, kind: { type: string } } }",
    "    Body:",
    ...schema.map((line) => `      ${line}`),
    ...more.map((line) => `    ${line}`),
  ].join("\n");

const [A, B] = ["- $ref: '#/components/schemas/A'", "- $ref: '#/components/schemas/B'"];
const EITHER = "- $ref: '#/components/schemas/Either'";
const [REF_A, REF_B] = [A, B].map((entry) => entry.replace(/^- (.*)$/, "{ $1 }"));
const first = ["title: First", "required: [a]"];
const second = ["title: Second", "required: [b]"];
const listed = (...all: readonly (readonly string[])[]) =>
  all.flatMap(([one, ...others]) => [`  - ${one}`, ...others.map((line) => `    ${line}`)]);
const either = ["Either:", "  oneOf:", `    ${A}`, `    ${B}`];
const mapped = (value: string) => [
  "oneOf:",
  `  ${A}`,
  `  ${B}`,
  "discriminator:",
  "  propertyName: kind",
  "  mapping:",
  "    one: '#/components/schemas/A'",
  `    ${value}: '#/components/schemas/B'`,
];
const identified = ["type: object", "properties:", "  id:", "    type: string"];

it.each<[what: string, base: string, head: string, found: string[]]>([
  [
    "a tag",
    parts({ tag: "b" }),
    parts({ tag: "c" }),
    ['api-tag-added 8 10 tag "c" is new', 'api-tag-removed 10 8 tag "b" is gone'],
  ],
  [
    "the text of the API",
    parts({}),
    parts({ text: "B." }),
    ["documentation-changed 3 3 the description of the API reads differently"],
  ],
  [
    "the text of a response",
    parts({}),
    parts({ status: "done" }),
    ["documentation-changed 14 14 the description of the 200 response reads differently"],
  ],
  [
    "an alternative that has a name",
    parts({}, ["oneOf:", `  ${A}`, `  ${B}`]),
    parts({}, ["oneOf:", `  ${A}`]),
    ['request-body-alternative-removed 22 none alternative "B" of the request body is gone'],
  ],
  [
    "an alternative beside other keywords, with a title",
    parts({}, ["minProperties: 1", "anyOf:", ...listed(first, second, ["required: [c]"])]),
    parts({}, ["minProperties: 1", "anyOf:", ...listed(first)]),
    [
      'request-body-alternative-removed 24 none alternative "Second" of the request body is gone',
      "request-body-alternative-removed 26 none an alternative of the request body is gone",
    ],
  ],
  [
    "an alternative that is several, and not what those are",
    parts({}, ["oneOf:", `  ${EITHER}`, "  - required: [c]"], either),
    parts({}, ["oneOf:", "  - required: [c]"], either),
    ['request-body-alternative-removed 21 none alternative "Either" of the request body is gone'],
  ],
  [
    "one of two lists that hold together, which no one entry is",
    parts({}, ["allOf:", `  - oneOf: [${REF_A}]`, `  - anyOf: [${REF_A}, ${REF_B}]`]),
    parts({}, ["allOf:", `  - oneOf: [${REF_A}]`, `  - anyOf: [${REF_B}]`]),
    ["request-body-alternative-removed 17 none an alternative of the request body is gone"],
  ],
  [
    "an alternative inside another one",
    parts({}, ["oneOf:", `  ${EITHER}`, "  - required: [c]"], either),
    parts({}, ["oneOf:", `  ${EITHER}`, "  - required: [c]"], either.slice(0, -1)),
    ['request-body-alternative-removed 26 none alternative "B" of the request body is gone'],
  ],
  [
    "a value of a mapping",
    parts({}, mapped("two")),
    parts({}, mapped("other")),
    [
      'request-body-discriminator-mapping-added 23 27 value "other" of the discriminator of the request body is new',
      'request-body-discriminator-mapping-deleted 27 23 value "two" of the discriminator of the request body is gone',
    ],
  ],
  [
    "a mark of a property",
    parts({}, identified),
    parts({}, [...identified, "    readOnly: true"]),
    [
      "request-property-became-read-only 22 24 `id` of the request body is read-only now, and has no place in a request",
    ],
  ],
])("%s stands where it is written", (_, base, head, found) => {
  const { findings: all } = reviewTexts(base, head);
  const shown = all.map((each) =>
    [each.rule, each.base?.line ?? "none", each.head?.line ?? "none", each.message].join(" "),
  );
  expect(shown.toSorted()).toEqual(found);
});

const thing = { $ref: "#/components/schemas/Thing" };
const post = (schema: object) => ({
  post: { requestBody: { content: { "application/json": { schema } } }, responses: {} },
});
/** A document of three bodies that are or have a Thing. */
const taking = (...type: readonly string[]) =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {
      "/one": post(thing),
      "/many": post({ type: "array", items: thing }),
      "/in": post({ type: "object", properties: { thing } }),
    },
    components: { schemas: { Thing: { type } } },
  });

it("what a schema says is one cause, whether a body is it or has it somewhere", () => {
  const { findings: all } = reviewTexts(taking("object", "null"), taking("object"));
  expect(all.map(({ message, operations }) => [message, ...operations])).toEqual([
    ["the request body may no longer be null", "POST /in", "POST /many", "POST /one"],
  ]);
});
