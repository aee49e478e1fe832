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
