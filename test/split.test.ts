import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNames } from "../generator/emit/identifiers.js";
import { SPLIT_LENGTH } from "../generator/emit/typescript-module.js";
import type { Compilation } from "../generator/pipeline/compile.js";
import { compileText, fileOf } from "./support/compile.js";
import { disagreements } from "./support/disagreements.js";
import { typeCheck } from "./support/typescript.js";
import { emptyFolder, linkDependencies, writeFiles } from "./support/workspace.js";

const DESCRIPTION = "What this holds, at the length at which large documents tell it. ".repeat(20);

/** So many that the mocks are cut, too. */
const STATUSES = Array.from({ length: 3 }, (_, index) => 200 + index);

/** A document of so many schemas, each of which refers to the next but one; the last to itself. */
function documentOf(count: number, added: object = {}): string {
  const names = Array.from({ length: count }, (_, index) => `Thing${String(index).padStart(4, "0")}`);
  const ref = (index: number) => ({ $ref: `#/components/schemas/${names[Math.min(index, count - 1)]}` });
  const schemas = names.map((name, index) => [
    name,
    {
      type: "object",
      description: DESCRIPTION,
      required: ["id"],
      properties: { id: { type: "string" }, state: { enum: ["on", "off"] }, next: ref(index + 2) },
    },
  ]);
  const operation = (index: number) => ({
    operationId: `get${names[index]}`,
    tags: [["Ones at 0", "Ones/1", "Ones, 2"][index % 3]],
    description: DESCRIPTION,
    responses: Object.fromEntries(
      STATUSES.map((status) => [
        status,
        { description: "An answer.", content: { "application/json": { schema: ref(index) } } },
      ]),
    ),
  });
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Large", version: "1" },
    paths: Object.fromEntries(names.map((name, index) => [`/${name}`, { get: operation(index) }])),
    components: { schemas: Object.fromEntries([...schemas, ...Object.entries(added)]) },
  });
}

const COUNT = 450;
const options = { name: "large", openapi: false };
const large = await compileText(documentOf(COUNT), options);

function pathsOf({ files }: Compilation): string[] {
  return (files ?? []).map(({ path }) => path);
}

describe("a module that is long", () => {
  it("is cut into a file a schema, or a tag, and exports what they declare", () => {
    const types = fileOf(large, "src/types.ts");
    expect(types.split("\n").slice(2, 4)).toEqual([
      'export type * from "./types/thing0000.js";',
      'export type * from "./types/thing0001.js";',
    ]);
    expect(fileOf(large, "src/types/thing0000.ts")).toContain(
      'import type { Thing0002 } from "./thing0002.js";\n',
    );
    expect(fileOf(large, "src/operations.ts").split("\n").slice(2)).toEqual([
      'export * from "./operations/api.js";',
      'export * from "./operations/ones-at-0-operations.js";',
      'export * from "./operations/ones-1-operations.js";',
      'export * from "./operations/ones-2-operations.js";',
      "",
    ]);
    expect(fileOf(large, "src/mocks.ts").split("\n").slice(2)).toEqual([
      'export * from "./mocks/ones-at-0-operations.js";',
      'export * from "./mocks/ones-1-operations.js";',
      'export * from "./mocks/ones-2-operations.js";',
      'export * from "./mocks/handlers.js";',
      'export { InvalidRequestError, watchRequests } from "./runtime/invalid-request.js";',
      "",
    ]);
  });

  it("has files that load those that they use, and no others", async () => {
    const cut = ["types", "operations", "fixtures", "mocks"];
    const inner = (large.files ?? []).filter(({ path }) => cut.includes(path.split("/").at(-2)!));
    for (const { path, text } of inner)
      for (const module of cut) expect(text, path).not.toContain(`from "../${module}.js"`);
    const mocks = fileOf(large, "src/mocks/ones-1-operations.ts");
    expect(mocks).toContain('import { thing0001Fixtures } from "../fixtures/thing0001.js";');
    expect(mocks).toContain('from "../operations/ones-1-operations.js";');
    const { exports } = JSON.parse(fileOf(large, "package.json")) as { exports: object };
    expect(Object.keys(exports)).toEqual([
      ".",
      "./fixtures",
      "./mocks",
      "./validators",
      "./fixtures/*",
      "./mocks/*",
      "./runtime/*",
      "./package.json",
    ]);
    expect(fileOf(large, "README.md")).toContain(
      "Of `./fixtures`, `./mocks`, each file is a subpath of its own, too, that loads what it needs: `mockGetThing0000` is in `large/mocks/ones-at-0-operations`.",
    );
    const folder = emptyFolder();
    linkDependencies(folder);
    writeFiles(folder, large.files ?? []);
    const module = (await import(
      pathToFileURL(join(folder, "src/mocks/ones-1-operations.ts")).href
    )) as object;
    expect(Object.keys(module)).toContain("mockGetThing0001");
  });

  it("has no file that is longer than a module may be, but the client's", () => {
    const long = (large.files ?? []).filter(({ text }) => text.length > SPLIT_LENGTH);
    expect(long.map(({ path }) => path)).toEqual(["src/client.ts"]);
  });

  it("type-checks", { timeout: 120_000 }, async () => {
    const folder = emptyFolder();
    linkDependencies(folder);
    writeFiles(folder, large.files ?? []);
    expect(await typeCheck("7", ["-p", "."], folder)).toBe("");
  });

  it(
    "is evaluated in an order in which every fixture finds those that it uses",
    { timeout: 120_000 },
    async () => {
      const folder = emptyFolder();
      linkDependencies(folder);
      writeFiles(folder, large.files ?? []);
      expect(existsSync(join(folder, "src/fixtures/thing0000.ts"))).toBe(true);
      const module = (await import(pathToFileURL(join(folder, "src/fixtures.ts")).href)) as {
        thing0000Fixtures: { full: { next: unknown } };
      };
      expect(module.thing0000Fixtures.full.next).toMatchObject({ id: expect.any(String) as string });
      expect(await disagreements(folder)).toEqual([]);
    },
  );

  it("keeps each schema in its file when one is added", async () => {
    const added = await compileText(documentOf(COUNT, { Addition: { type: "boolean" } }), options);
    const files = new Map((added.files ?? []).map(({ path, text }) => [path, text]));
    const changed = (large.files ?? []).filter(({ path, text }) => files.get(path) !== text);
    expect(changed.map(({ path }) => path)).toEqual([
      "src/index.ts",
      "src/types.ts",
      "src/validators.ts",
      "src/fixtures.ts",
      "clientsmith.json",
    ]);
    expect(pathsOf(added).filter((path) => !pathsOf(large).includes(path))).toContain(
      "src/types/addition.ts",
    );
  });
});

it("a short module stays one file", async () => {
  const paths = pathsOf(await compileText(documentOf(10), options));
  expect(paths.filter((path) => /^src\/(?!runtime)[^/]*\//.test(path))).toEqual([]);
});

it("a README shows 20 of many operations, lists 200, and says how many more there are", () => {
  const lines = fileOf(large, "README.md").split("\n");
  expect(lines.filter((line) => line.startsWith("### get"))).toHaveLength(20);
  const listed = lines.filter((line) => line.startsWith("- `getThing"));
  expect(listed).toHaveLength(200);
  expect(listed.at(-1)).toBe("- `getThing0219`: `GET /Thing0219`");
  expect(lines).toContain(`And ${COUNT - 220} more: the type \`LargeClient\` has all of them.`);
});

describe("file names", () => {
  it.each([
    ["BillingSubscription", "billing-subscription"],
    ["URLList2", "url-list2"],
    ["Even/odd ones", "even-odd-ones"],
    ["../../etc/passwd", "etc-passwd"],
    ["CON", "con-"],
    ["Größe", "größe"],
    ["名前", "名前"],
    ["…", "unnamed"],
  ])("%s → %s", (name, expected) => {
    expect(fileNames([name]).get(name)).toBe(expected);
  });

  it("are safe and differ without case, whatever the names", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: "binary", maxLength: 200 })), (names) => {
        const files = [...fileNames(names).values()];
        expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(names.length);
        for (const file of files) expect(file).toMatch(/^[^\p{C}\p{Z}/\\.:*?"<>|]{1,90}$/u);
      }),
    );
  });
});
