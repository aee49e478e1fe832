import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installConsumer } from "../support/consumer.js";
import { loadInstalled } from "../support/installed.js";
import { PACKAGES, packageFolder, type PackageName } from "../support/packages.js";
import { run, type Ended } from "../support/run.js";
import { json, startServer } from "../support/server.js";
import { subjectsOf } from "../support/subjects.js";
import { typeCheck } from "../support/typescript.js";

const subjects = subjectsOf(await loadInstalled());
const { folder } = await installConsumer();

const SERVERS = {
  "dynamic-auth": "https://app.dynamicauth.com/api/v0",
  cargo: "https://api.getcargo.io/v1",
};

/** Leads what a block sends to the document's server to another, and lets nothing else out. */
const HOOK = `
const { DOCUMENT_SERVER, LOOPBACK_SERVER } = process.env;
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  if (!request.url.startsWith(DOCUMENT_SERVER)) throw new Error("not to the document's server: " + request.url);
  return fetch(new Request(LOOPBACK_SERVER + request.url.slice(DOCUMENT_SERVER.length), request));
};
`;

const CONFIG = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    module: "nodenext",
    types: ["node"],
    outDir: "out",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
  },
};

function blocksOf(name: PackageName): string[] {
  const text = readFileSync(join(packageFolder(name), "README.md"), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = ""]) => block);
}

describe.each(PACKAGES)("the README of %s", (name) => {
  const blocks = blocksOf(name);
  const subject = subjects.find((each) => each.name === name)!;
  const inner = mkdtempSync(join(folder, "readme-"));
  afterAll(() => rmSync(inner, { recursive: true, force: true }));

  let complaints = "";

  beforeAll(async () => {
    writeFileSync(join(inner, "tsconfig.json"), JSON.stringify(CONFIG));
    writeFileSync(join(inner, "hook.mjs"), HOOK);
    blocks.forEach((block, index) => writeFileSync(join(inner, `block-${index}.ts`), block));
    complaints = await typeCheck("7", ["-p", "."], inner);
  });

  async function runBlock(index: number, server: string): Promise<Ended> {
    const variable = `${name.toUpperCase().replace("-", "_")}_TOKEN`;
    const env = { DOCUMENT_SERVER: SERVERS[name], LOOPBACK_SERVER: server, [variable]: "t0ken" };
    return run(process.execPath, ["--import", "./hook.mjs", `out/block-${index}.js`], { cwd: inner, env });
  }

  it("shows the client, fixtures, mocks, validators and openapi-fetch", () => {
    const from = blocks.map((block) => [...block.matchAll(/from "(.*?)"/g)].map(([, module]) => module));
    expect(from).toEqual([
      [`@clientsmith/${name}`],
      [`@clientsmith/${name}/fixtures`],
      ["msw/node", `@clientsmith/${name}/mocks`],
      [`@clientsmith/${name}/validators`],
      [`@clientsmith/${name}`, `@clientsmith/${name}/validators`],
      ["openapi-fetch", `@clientsmith/${name}/openapi`],
    ]);
  });

  it("has blocks that compile as they stand", () => {
    expect(complaints).toBe("");
  });

  it.each(blocks.map((block, index) => ({ block, index })))(
    "has a block $index that runs",
    async ({ block, index }) => {
      const { status, data } = subject.success;
      const server = await startServer(json(status, data));
      const { code, stdout, stderr } = await runBlock(index, server.url);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
      if (block.includes("console.log")) expect(stdout).not.toBe("");
      if (index > 0) return expect(server.requests).toEqual([]);
      expect(stdout).toMatch(new RegExp(`^${status} \\{`));
      expect(server.requests).toMatchObject([
        { line: `PUT ${subject.path} HTTP/1.1`, headers: { authorization: "Bearer t0ken" } },
      ]);
    },
  );

  it("has a call that also tells of a failure", async () => {
    const { status, error } = subject.failure;
    const server = await startServer(json(status, error));
    const { code, stdout, stderr } = await runBlock(0, server.url);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^${status} \\{`));
  });

  it("names the package and the operation, with its method and path", () => {
    const text = readFileSync(join(packageFolder(name), "README.md"), "utf8");
    const template = subject.path.replace(/[0-9a-f-]{36}/, "{organizationId}");
    expect(text).toContain(`\`PUT ${template}\`\n`);
    expect(text).toContain(`### ${subject.operationId}\n`);
    expect(text).toContain(`npm install @clientsmith/${name}\n`);
  });
});
