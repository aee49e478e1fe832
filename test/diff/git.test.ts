import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { Repository } from "../support/repository.js";
import { cli } from "../support/terminal.js";

const document = (path: string) => `openapi: 3.1.0
info: { title: Things, version: "1", description: What there is. }
paths:
  ${path}: { get: { responses: { "204": { description: None. } } } }
`;

type Finding = { readonly rule: string; readonly level: string; readonly operations: readonly string[] };

async function findings(cwd: string, api: string): Promise<string[]> {
  const { out } = await cli(cwd, "diff", api, "--base", "HEAD", "--format", "json");
  return (JSON.parse(out) as { findings: Finding[] }).findings.map(
    ({ level, rule, operations }) => `${level} ${rule} ${operations.join(", ")}`,
  );
}

it("a document that comes offers operations, one that goes takes them away, and its texts are no change", async () => {
  const repository = new Repository({ "specs/old.yaml": document("/old") });
  repository.write({ "specs/new.yaml": document("/new") });
  rmSync(join(repository.cwd, "specs/old.yaml"));
  expect(await findings(repository.cwd, "new")).toEqual(["info endpoint-added GET /new"]);
  expect(await findings(repository.cwd, "old")).toEqual([
    "error api-path-removed-without-deprecation GET /old",
  ]);
});

/** An overlay with those actions, after one that changes no call. */
const overlay = (...actions: string[]) => `overlay: 1.0.0
info: { title: O, version: "1" }
actions:
  - { target: $.info, update: { title: Ours } }
${actions.map((action) => `  - ${action}\n`).join("")}`;

it("what an overlay brings is shown at its line, and beside the document where it is gone", async () => {
  const takes =
    "{ target: \"$.paths['/things'].get\", update: { parameters: [{ in: query, name: q, schema: {} }] } }";
  const repository = new Repository({
    "clientsmith.config.js": `export default ${JSON.stringify({ apis: { things: { overlays: ["ours.yaml"] } } })};`,
    "specs/things.yaml": document("/things"),
    "ours.yaml": overlay(),
  });
  repository.write({ "ours.yaml": overlay(takes) });
  const { out } = await cli(repository.cwd, "diff", "--base", "HEAD");
  expect(out).toContain("  base  specs/things.yaml\n  head  specs/things.yaml");
  expect(out).toContain("nearest specs/things.yaml:4:14  head ours.yaml:5:64");
  repository.commit("with a parameter");
  repository.write({ "ours.yaml": overlay() });
  const github = await cli(repository.cwd, "diff", "--base", "HEAD", "--format", "github");
  expect(github.out).toContain(" file=specs/things.yaml,line=4,col=14,");
  expect(github.out).toContain("before: ours.yaml:5:64");
});

it("nothing is shown at a line of a document that is not there", async () => {
  const repository = new Repository({ "specs/old.yaml": document("/old") });
  rmSync(join(repository.cwd, "specs/old.yaml"));
  const { out } = await cli(repository.cwd, "diff", "old", "--base", "HEAD");
  expect(out).toContain("base specs/old.yaml:");
  expect(out).not.toContain("nearest specs/old.yaml");
});

it("a document that was moved is compared with what it was, whether git is told of it or not", async () => {
  const repository = new Repository({ "specs/shop.yaml": document("/old") });
  repository.write({
    "api/shop.yaml": document("/new"),
    "clientsmith.config.mjs": 'export default { apis: { shop: { input: "api/shop.yaml" } } };',
  });
  rmSync(join(repository.cwd, "specs/shop.yaml"));
  const changes = ["error api-path-removed-without-deprecation GET /old", "info endpoint-added GET /new"];
  expect(await findings(repository.cwd, "shop")).toEqual(changes);
  repository.git("add", ".");
  expect(await findings(repository.cwd, "shop")).toEqual(changes);
});

it.each(["a[1]", "a*", "a?", ":a"])(
  "a new document whose name git could read as a pattern is new: %s",
  async (api) => {
    const repository = new Repository({ "specs/a1.yaml": document("/a") });
    repository.write({ [`specs/${api}.yaml`]: document("/b") });
    expect(await findings(repository.cwd, api)).toEqual(["info endpoint-added GET /b"]);
  },
);

it.each([":/^base", "HEAD^{/base}", "v1"])("a commit has any name that git knows: %s", async (revision) => {
  const repository = new Repository({ "specs/shop.yaml": document("/old") });
  repository.git("tag", "-am", "release", "v1");
  repository.write({ "specs/shop.yaml": document("/new") });
  const { code, err } = await cli(repository.cwd, "diff", "--base", revision);
  expect([code, err]).toEqual([1, ""]);
});

it.each([":/nowhere", "HEAD:specs"])("what names no commit is told: %s", async (revision) => {
  const repository = new Repository({ "specs/shop.yaml": document("/old") });
  expect(await cli(repository.cwd, "diff", "--base", revision)).toMatchObject({
    code: 2,
    err: `error: ${JSON.stringify(revision)} names no commit\n`,
  });
});

const part = (type: string) => `Id: { type: ${type} }\n`;
const whole = `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    put:
      requestBody: { content: { application/json: { schema: { $ref: "parts/id.yaml#/Id" } } } }
      responses: { "204": { description: None. } }
`;

type Texts = Readonly<Record<string, string>>;

function linked(links: Texts, files: Texts): Repository {
  const repository = new Repository(files);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(repository.cwd, path));
  repository.commit("links");
  return repository;
}

describe("links are followed as files are read", () => {
  it.each<[name: string, changed: string, links: Texts, files: Texts]>([
    [
      "a document",
      "docs/parts/id.yaml",
      { "specs/shop.yaml": "../docs/shop.yaml", "specs/parts": "../docs/parts" },
      { "docs/shop.yaml": whole, "docs/parts/id.yaml": part("string"), "specs/.keep": "" },
    ],
    [
      "the folder of the documents, in two steps",
      "api/v1/parts/id.yaml",
      { specs: "api/latest", "api/latest": "v1" },
      { "api/v1/shop.yaml": whole, "api/v1/parts/id.yaml": part("string") },
    ],
    [
      "the folder of what it refers to",
      "specs/old/id.yaml",
      { "specs/parts": "old" },
      { "specs/shop.yaml": whole, "specs/old/id.yaml": part("string") },
    ],
  ])("%s", async (_name, changed, links, files) => {
    const repository = linked(links, files);
    const asked = ["--allow-ref", "docs"];
    const unchanged = await cli(repository.cwd, "diff", "--base", "HEAD", ...asked);
    expect([unchanged.code, unchanged.err]).toEqual([0, ""]);
    expect(unchanged.out).toContain("Nothing changes");
    repository.write({ [changed]: part("integer") });
    const { code, out } = await cli(repository.cwd, "diff", "--base", "HEAD", ...asked);
    expect([code, out]).toEqual([1, expect.stringContaining("request-body-type-changed")]);
  });
});

describe("what git cannot say is an error, and no new document", () => {
  it("where a clone has not got the object", async () => {
    const repository = new Repository({ "specs/shop.yaml": document("/old") });
    const object = repository.git("rev-parse", "HEAD:specs/shop.yaml").trim();
    rmSync(join(repository.cwd, ".git/objects", object.slice(0, 2), object.slice(2)));
    const { code, out, err } = await cli(repository.cwd, "diff", "--base", "HEAD");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^error: git cat-file: .*\b/);
    expect(err).toContain(object);
  });

  it("where the document lies elsewhere", async () => {
    const other = new Repository({ "shop.yaml": document("/old") });
    const repository = new Repository({
      "clientsmith.config.mjs": `export default { apis: { shop: { input: ${JSON.stringify(join(other.cwd, "shop.yaml"))} } } };`,
    });
    const { code, err } = await cli(repository.cwd, "diff", "--base", "HEAD");
    expect(code).toBe(2);
    expect(err).toContain("shop.yaml: it lies outside of the git repository ");
  });

  it("where it is in a submodule", async () => {
    const other = new Repository({ "shop.yaml": document("/old") });
    const repository = new Repository({ "a.txt": "" });
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.cwd, "specs");
    repository.commit("submodule");
    const { code, err } = await cli(repository.cwd, "diff", "--base", "HEAD");
    expect([code, err]).toEqual([2, "error: specs/shop.yaml: specs is a submodule: run this there\n"]);
  });

  it("where Git LFS keeps it", async () => {
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    const repository = new Repository({ "specs/shop.yaml": pointer });
    repository.write({ "specs/shop.yaml": document("/old") });
    const { code, err } = await cli(repository.cwd, "diff", "--base", "HEAD");
    expect(code).toBe(2);
    expect(err).toContain("specs/shop.yaml: git holds no more of it than a pointer of Git LFS");
  });

  it("where there is no git", async () => {
    const { cwd } = new Repository({ "specs/shop.yaml": document("/old") });
    vi.stubEnv("PATH", "");
    const { code, err } = await cli(cwd, "diff", "--base", "HEAD").finally(() => vi.unstubAllEnvs());
    expect([code, err]).toEqual([2, "error: git is not on the PATH: what was committed is read by it\n"]);
  });
});

it("a document of the commit is read as one on disk, whatever its encoding", async () => {
  const repository = new Repository({ "specs/shop.yaml": "" });
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(document("/old"), "utf16le")]);
  writeFileSync(join(repository.cwd, "specs/shop.yaml"), utf16);
  repository.commit("utf-16");
  expect(await findings(repository.cwd, "shop")).toEqual([]);
});

it("a fault of the commit is shown at its line there, and named so", async () => {
  const repository = new Repository({ "specs/shop.yaml": "openapi: 3.1.0\ninfo: [\n" });
  repository.write({ "specs/shop.yaml": document("/old") });
  const { code, err } = await cli(repository.cwd, "diff", "--base", "HEAD");
  expect(code).toBe(2);
  expect(err).toMatch(/^HEAD:specs\/shop\.yaml:2:7 error: .*\n {2}2 \| info: \[\n/);
});

it("says that the configuration is not what it was, for both sides are read by that of today", async () => {
  const repository = new Repository({
    "specs/shop.yaml": document("/old"),
    "clientsmith.config.mjs": "export default {};\n",
  });
  expect((await cli(repository.cwd, "diff", "--base", "HEAD")).err).toBe("");
  repository.write({ "clientsmith.config.mjs": "export default { openapi: false };\n" });
  expect((await cli(repository.cwd, "diff", "--base", "HEAD")).err).toBe(
    "warning: clientsmith.config.mjs is not what it was in HEAD: both sides are read as it says now\n",
  );
});
