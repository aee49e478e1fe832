import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
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
