import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ConsumerReview } from "../../generator/diff/impact/effects.js";
import { ROOT } from "../support/root.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, linkDependencies, writeFiles } from "../support/workspace.js";

const PROJECT = fileURLToPath(new URL("test/cases/consumer-project", ROOT));

type Report = {
  readonly findings: readonly {
    readonly id: string;
    readonly rule: string;
    readonly operations: readonly string[];
  }[];
  readonly typescript: readonly { readonly symbol: string; readonly finding?: string }[];
  readonly consumers: readonly ConsumerReview[];
};

/** A module with a function that reads what the new package has no more. */
function reading(name: string): string {
  return `import type { Customer } from "shop";\nexport const ${name} = (customer: Customer) => customer.nickname;\n`;
}

/** A document with one path, and a scheme that guards it. */
const guarded = (path: string, scheme: string) =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Shop", version: "1" },
    security: [{ [scheme]: [] }],
    paths: { [path]: { get: { operationId: "getIt", responses: { 204: { description: "none" } } } } },
    components: { securitySchemes: { [scheme]: { type: "apiKey", in: "header", name: "X-Key" } } },
  });

describe("diff --consumer", () => {
  it("lists the call sites that stop compiling, each with the finding that causes it", async () => {
    const { code, out, err } = await cli(
      PROJECT,
      "diff",
      "base.yaml",
      "head.yaml",
      "--consumer",
      "tsconfig.json",
      "--format",
      "json",
    );
    expect([code, err]).toEqual([1, ""]);
    const { findings, consumers, typescript } = JSON.parse(out) as Report;
    const ruleOf = (id: string | undefined) => findings.find((each) => each.id === id)?.rule;
    const [{ project, files, breaks, known, untouched }, ...others] = consumers as [
      ConsumerReview,
      ...ConsumerReview[],
    ];
    expect(others).toEqual([]);
    expect([project, files, known]).toEqual(["tsconfig.json", 20, 1]);
    const sites = breaks.map(({ file, line, column, code: error, message, finding }) => [
      `${file}:${line}:${column}`,
      error,
      message.split("\n")[0],
      ruleOf(finding),
    ]);
    expect(sites.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1))).toEqual([
      [
        "src/customers/format.ts:5:52",
        "TS2339",
        "Property 'nickname' does not exist on type 'Customer'.",
        "response-required-property-removed",
      ],
      [
        "src/customers/upgrade.ts:6:26",
        "TS2322",
        `Type '"gold"' is not assignable to type '"basic" | "silver" | undefined'.`,
        "request-property-enum-value-removed",
      ],
      [
        "src/orders/cancel.ts:1:10",
        "TS2305",
        "Module '\"shop\"' has no exported member 'deleteOrder'.",
        "api-removed-without-deprecation",
      ],
      [
        "src/orders/create.ts:5:9",
        "TS2741",
        "Property 'currency' is missing in type '{ items: string[]; note: string; }' but required in type 'Draft'.",
        "new-required-request-property",
      ],
      [
        "src/orders/read.ts:5:22",
        "TS2339",
        "Property 'getOrder' does not exist on type 'ShopClient'.",
        "api-operation-id-changed",
      ],
    ]);
    // It names no product and sets no stock.
    expect(findings.filter(({ id }) => untouched.includes(id)).map(({ operations }) => operations)).toEqual([
      ["GET /products"],
      ["PUT /products/{id}/stock"],
    ]);
    // A result is linked to what responses hold, not to what the same operation takes.
    const resultOf = typescript.find(({ symbol }) => symbol === "CreateOrderResult");
    expect(ruleOf(resultOf?.finding)).toBe("response-required-property-removed");
  });

  it("finds no break where nothing changes", async () => {
    const cwd = emptyFolder();
    cpSync(PROJECT, cwd, { recursive: true });
    linkDependencies(cwd);
    cpSync(join(cwd, "base.yaml"), join(cwd, "head.yaml"));
    const { code, out } = await cli(cwd, "diff", "base.yaml", "head.yaml", "--consumer", "tsconfig.json");
    expect(code).toBe(0);
    expect(out).toContain(
      "Consumer `tsconfig.json`: nothing stops compiling in 20 files, beside 1 error that it has today",
    );
  });

  it("follows the references of a project: one list, each file by the options of its own project", async () => {
    const cwd = emptyFolder();
    linkDependencies(cwd);
    const options = { strict: true, noEmit: true, module: "nodenext", types: [], lib: ["es2023", "dom"] };
    const tsconfig = (own: object) => JSON.stringify({ compilerOptions: options, ...own });
    cpSync(join(PROJECT, "base.yaml"), join(cwd, "base.yaml"));
    cpSync(join(PROJECT, "head.yaml"), join(cwd, "head.yaml"));
    cpSync(join(PROJECT, "clientsmith.config.mjs"), join(cwd, "clientsmith.config.mjs"));
    const library = { compilerOptions: { ...options, composite: true, strict: false, outDir: "built" } };
    writeFiles(cwd, [
      { path: "package.json", text: '{ "type": "module" }' },
      {
        path: "tsconfig.json",
        text: JSON.stringify({
          files: [],
          references: [{ path: "./app" }, { path: "./tests/tsconfig.tests.json" }],
        }),
      },
      {
        path: "app/tsconfig.json",
        text: tsconfig({ include: ["src"], references: [{ path: "../library" }] }),
      },
      // What is built of the library is not there: its source is read.
      {
        path: "app/src/main.ts",
        text: `import { nameOf } from "../../library/built/name.js";\n${reading("main")}export const taken: (customer: Customer) => string = nameOf;\n`,
      },
      {
        path: "tests/tsconfig.tests.json",
        text: tsconfig({ include: ["*.ts"] }),
      },
      { path: "tests/name.test.ts", text: `import "../library/name.js";\n${reading("test")}` },
      { path: "library/tsconfig.json", text: JSON.stringify({ ...library, include: ["*.ts"] }) },
      // Strict options would refuse it.
      { path: "library/name.ts", text: `${reading("nameOf")}export const loose = (any) => any;\n` },
    ]);
    const format = ["--format", "json"];
    const { err, out } = await cli(
      cwd,
      "diff",
      "base.yaml",
      "head.yaml",
      "--consumer",
      "tsconfig.json",
      ...format,
    );
    expect(err).toBe("");
    const [consumer] = (JSON.parse(out) as Report).consumers;
    expect([consumer!.project, consumer!.files, consumer!.known]).toEqual(["tsconfig.json", 3, 0]);
    expect(consumer!.breaks.map(({ file, line, code }) => `${file}:${line} ${code}`).toSorted()).toEqual([
      "app/src/main.ts:3 TS2339",
      "library/name.ts:2 TS2339",
      "tests/name.test.ts:3 TS2339",
    ]);
  });

  it("knows what is made from many parts: the credentials, and the types of `./openapi`", async () => {
    const cwd = emptyFolder();
    linkDependencies(cwd);
    cpSync(join(PROJECT, "clientsmith.config.mjs"), join(cwd, "clientsmith.config.mjs"));
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      types: [],
      lib: ["es2023", "dom"],
    };
    writeFiles(cwd, [
      { path: "base.yaml", text: guarded("/old", "old") },
      { path: "head.yaml", text: guarded("/new", "new") },
      { path: "package.json", text: '{ "type": "module" }' },
      { path: "tsconfig.json", text: JSON.stringify({ compilerOptions, files: ["main.ts"] }) },
      {
        path: "main.ts",
        text: `import { createShopClient } from "shop";
import type { paths } from "shop/openapi";
export const client = createShopClient({ auth: { old: "key" } });
export type Old = paths["/old"];
`,
      },
    ]);
    const { out } = await cli(
      cwd,
      "diff",
      "base.yaml",
      "head.yaml",
      "--consumer",
      "tsconfig.json",
      "--format",
      "json",
    );
    const { findings, consumers } = JSON.parse(out) as Report;
    const ruleOf = (id: string | undefined) => findings.find((each) => each.id === id)?.rule;
    expect(consumers[0]?.breaks.map(({ line, finding }) => [line, ruleOf(finding)])).toEqual([
      [3, "api-security-component-renamed"],
      [4, "api-path-removed-without-deprecation"],
    ]);
  });

  it("refuses what is no project", async () => {
    const cwd = emptyFolder();
    const text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";
    writeFiles(cwd, [
      { path: "a.yaml", text },
      { path: "empty.json", text: '{ "files": [], "include": [] }' },
    ]);
    writeFiles(cwd, [
      { path: "lost.json", text: '{ "files": [], "references": [{ "path": "./missing" }] }' },
      { path: "ring.json", text: '{ "files": [], "references": [{ "path": "./ring.json" }] }' },
    ]);
    for (const project of ["missing.json", "empty.json", "lost.json", "ring.json"])
      expect(await cli(cwd, "diff", "a.yaml", "a.yaml", "--consumer", project)).toMatchObject({
        code: 2,
        out: "",
      });
  });
});
