import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { check } from "../generator/index.js";
import { Repository } from "./support/repository.js";
import { ROOT } from "./support/root.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

/** A folder like the checkout: its documents, its configuration, its packages. */
function project(): string {
  const folder = emptyFolder();
  for (const path of ["specs", "generated", "clientsmith.config.ts"]) {
    cpSync(fileURLToPath(new URL(path, ROOT)), join(folder, path), {
      recursive: true,
      filter: (source) => !source.endsWith("dist") && !source.endsWith("node_modules"),
    });
  }
  return folder;
}

function snapshotOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

it("what is committed in generated/ is what the documents say", async () => {
  const { code, err } = await cli(fileURLToPath(ROOT), "check");
  expect(err).toBe("✓ cargo: generated/cargo is fresh\n✓ dynamic-auth: generated/dynamic-auth is fresh\n");
  expect(code).toBe(0);
});

it("a changed document makes its files stale: named, with the difference and the command that mends it", async () => {
  const folder = project();
  const spec = join(folder, "specs/cargo.yaml");
  const field = "        threshold:\n          type: number\n";
  writeFileSync(
    spec,
    readFileSync(spec, "utf8").replace(field, `${field}        paused:\n          type: boolean\n`),
  );
  const { code, err } = await cli(folder, "check");
  expect(code).toBe(1);
  expect(err).toContain("✗ cargo: generated/cargo differs from its document in");
  expect(err).toContain("  stale     generated/cargo/src/types.ts\n");
  expect(err).toContain("✓ dynamic-auth: generated/dynamic-auth is fresh\n");
  expect(err).toContain(
    " export interface Topup {\n   creditsCount: number;\n+  paused?: boolean;\n   threshold: number;\n",
  );
  expect(err).toContain("\nTo mend: npx clientsmith generate cargo\n");
  expect((await cli(folder, "generate", "cargo")).code).toBe(0);
  expect((await cli(folder, "check")).code).toBe(0);
});

it("a file edited by hand is named, and not overwritten without --force", async () => {
  const folder = project();
  const index = join(folder, "generated/cargo/src/index.ts");
  appendFileSync(index, "\n");
  const before = snapshotOf(folder);
  const checked = await cli(folder, "check");
  expect(checked.code).toBe(1);
  expect(checked.err).toContain("  edited    generated/cargo/src/index.ts\n");
  expect(checked.err).toContain("\nTo mend: npx clientsmith generate cargo --force\n");
  const held = await cli(folder, "generate");
  expect(held.code).toBe(2);
  expect(held.err).toBe("generated/cargo/src/index.ts was edited by hand: --force overwrites it\n");
  expect(snapshotOf(folder)).toEqual(before);
  expect((await cli(folder, "generate", "--force")).code).toBe(0);
  expect((await cli(folder, "check")).code).toBe(0);
});

it("a file of somebody else in the place of a package is named as such", async () => {
  const folder = project();
  writeFileSync(join(folder, "package.json"), "{}");
  const hold =
    "is not a file that clientsmith made: give the package another folder, or --force overwrites it";
  const held = await cli(folder, "generate", "specs/cargo.yaml", "--out", ".");
  expect([held.code, held.err]).toEqual([2, `package.json ${hold}\n`]);
  const { out } = await cli(folder, "generate", "specs/cargo.yaml", "--out", ".", "--json");
  const [{ diagnostics }] = (JSON.parse(out) as { apis: [{ diagnostics: object[] }] }).apis;
  expect(diagnostics).toMatchObject([{ code: "file-edited", message: `it ${hold}`, file: "package.json" }]);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("{}");
});

it("a checkout with other line ends is fresh, and stays as it is; what else differs is told as ever", async () => {
  const folder = project();
  for (const [path, text] of snapshotOf(join(folder, "generated")))
    writeFileSync(path, text.replaceAll("\n", "\r\n"));
  const before = snapshotOf(folder);
  expect(await cli(folder, "check")).toMatchObject({ code: 0 });
  expect((await cli(folder, "generate")).err).toContain("cargo → generated/cargo: nothing to do");
  expect(snapshotOf(folder)).toEqual(before);
  const spec = join(folder, "specs/cargo.yaml");
  writeFileSync(spec, readFileSync(spec, "utf8").replace("title: Cargo", "title: Freight"));
  const index = join(folder, "generated/cargo/src/index.ts");
  appendFileSync(index, "// mine\r\n");
  const { code, err } = await cli(folder, "check", "cargo");
  expect([code, err.match(/^ {2}(?:stale|edited) .*/gm)]).toEqual([
    1,
    [
      "  stale     generated/cargo/README.md",
      "  stale     generated/cargo/clientsmith.json",
      "  stale     generated/cargo/package.json",
      "  stale     generated/cargo/src/client.ts",
      "  edited    generated/cargo/src/index.ts",
    ],
  ]);
  expect(err).toContain("\n-// mine\n");
  expect(err.match(/^[+-](?![+-]).*/gm)?.length).toBeLessThan(10);
  expect((await cli(folder, "generate", "--force")).code).toBe(0);
  expect(await cli(folder, "check")).toMatchObject({ code: 0 });
});

it("a missing file is named, and written again", async () => {
  const folder = project();
  rmSync(join(folder, "generated/dynamic-auth/src/mocks.ts"));
  const checked = await cli(folder, "check");
  expect(checked.code).toBe(1);
  expect(checked.err).toContain("  missing   generated/dynamic-auth/src/mocks.ts\n");
  await cli(folder, "generate");
  expect((await cli(folder, "check")).code).toBe(0);
});

it("a left-over file is named, and deleted; a file that no manifest lists is never touched", async () => {
  const folder = project();
  writeFileSync(join(folder, "generated/cargo/src/mine.ts"), "export {};\n");
  writeFileSync(
    join(folder, "clientsmith.config.ts"),
    "export default { scope: '@clientsmith', openapi: false };\n",
  );
  const checked = await cli(folder, "check", "cargo");
  expect(checked.code).toBe(1);
  expect(checked.err).toContain("  left over generated/cargo/src/openapi.ts\n");
  expect(checked.err).toContain("  left over generated/cargo/test/types-agree.ts\n");
  await cli(folder, "generate", "cargo");
  expect(existsSync(join(folder, "generated/cargo/src/openapi.ts"))).toBe(false);
  expect(existsSync(join(folder, "generated/cargo/test"))).toBe(false);
  expect(readFileSync(join(folder, "generated/cargo/src/mine.ts"), "utf8")).toBe("export {};\n");
});

const TINY = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\n';

/** The words of a command, as a shell parts them. */
function wordsOf(command: string): string[] {
  return execFileSync("sh", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" })
    .split("\n")
    .slice(0, -1);
}

const TAGGED = TINY.replace(
  "{}",
  '{ /v1/a: { get: { tags: [-a], responses: { "204": { description: "" } } } } }',
);

const READING =
  "--lenient --tag=-a --path=/v1/** --no-deprecated --limit=depth=50 --limit=bytes=5000 --allow-ref=../common".split(
    " ",
  );

it.each<[name: string, asked: readonly string[], words: string]>([
  ["every API", [], "shop 'we ird'"],
  ["an API", ["we ird"], "'we ird'"],
  ["a file", ["other/shop.yaml", "--out", "packages/shop"], "other/shop.yaml --out packages/shop"],
  [
    "a file, and how it is read",
    ["it's/shop.yaml", "--out=pack ages", ...READING],
    String.raw`'it'\''s/shop.yaml' --out 'pack ages' --lenient --limit depth=50 --limit bytes=5000 --allow-ref ../common --tag=-a --path '/v1/**' --no-deprecated`,
  ],
])("check of %s says the command that mends just that", async (_name, asked, words) => {
  const folder = emptyFolder();
  for (const path of ["specs/shop", "specs/we ird", "other/shop", "it's/shop"])
    writeFiles(folder, [{ path: `${path}.yaml`, text: TAGGED }]);
  const { code, err } = await cli(folder, "check", ...asked);
  expect([code, err.split("\n").at(-2)]).toEqual([1, `To mend: npx clientsmith generate ${words}`]);
  expect(await cli(folder, "generate", ...wordsOf(words))).toMatchObject({ code: 0 });
  expect(await cli(folder, "check", ...asked)).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, "generated/shop"))).toBe(asked.length === 0);
});

/** A package of an API that is gone, beside that of one that is there. */
async function renamedProject(): Promise<string> {
  const folder = emptyFolder();
  mkdirSync(join(folder, "specs"));
  writeFileSync(join(folder, "specs/old.yaml"), TINY);
  writeFileSync(join(folder, "specs/other.yaml"), TINY);
  expect((await cli(folder, "generate")).code).toBe(0);
  renameSync(join(folder, "specs/old.yaml"), join(folder, "specs/new.yaml"));
  expect((await cli(folder, "generate", "new")).code).toBe(0);
  return folder;
}

it("a package that belongs to no API is left over: named, and deleted as far as its manifest lists it", async () => {
  const folder = await renamedProject();
  const before = snapshotOf(folder);
  const { code, err } = await cli(folder, "check");
  expect([code, err.split("\n").slice(2, 6)]).toEqual([
    1,
    [
      "✗ generated/old belongs to no API",
      "  left over generated/old/README.md",
      "  left over generated/old/package.json",
      "  left over generated/old/src/client.ts",
    ],
  ]);
  expect(err).toContain("  left over generated/old/clientsmith.json\n\nTo mend: npx clientsmith generate\n");
  expect(snapshotOf(folder)).toEqual(before);
  expect((await cli(folder, "check", "new")).code).toBe(0);
  const written = await cli(folder, "generate");
  expect(written.err).toMatch(/^✓ generated\/old: \d+ files deleted; it belongs to no API$/m);
  expect(readdirSync(join(folder, "generated"))).toEqual(["new", "other"]);
  expect(await cli(folder, "check")).toMatchObject({ code: 0 });
});

it("what is not generated stays in it, and so does a folder without a manifest, one behind a link, one of the configuration", async () => {
  const folder = await renamedProject();
  const generated = join(folder, "generated");
  writeFileSync(join(generated, "old/src/mine.ts"), "export {};\n");
  cpSync(join(generated, "other"), join(folder, "elsewhere"), { recursive: true });
  symlinkSync(join(folder, "elsewhere"), join(generated, "link"));
  cpSync(join(generated, "other"), join(generated, "plain"), { recursive: true });
  rmSync(join(generated, "plain/clientsmith.json"));
  writeFileSync(
    join(folder, "clientsmith.config.ts"),
    'export default { apis: { other: { out: "generated/renamed" } } };\n',
  );
  const kept = ["elsewhere", "generated/plain"].map((path) => snapshotOf(join(folder, path)));
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readdirSync(generated)).toEqual(["link", "new", "old", "plain", "renamed"]);
  expect([...snapshotOf(join(generated, "old")).keys()]).toEqual([join(generated, "old/src/mine.ts")]);
  expect(["elsewhere", "generated/plain"].map((path) => snapshotOf(join(folder, path)))).toEqual(kept);
});

it("a package that belongs to no API is not deleted where it was edited by hand, nor where a document is refused", async () => {
  const folder = await renamedProject();
  appendFileSync(join(folder, "generated/old/src/index.ts"), "\n");
  const before = snapshotOf(folder);
  expect((await cli(folder, "check")).err).toContain("\nTo mend: npx clientsmith generate --force\n");
  expect(await cli(folder, "generate")).toMatchObject({
    code: 2,
    err: "generated/old/src/index.ts was edited by hand: --force overwrites it\n",
  });
  writeFileSync(join(folder, "specs/other.yaml"), "openapi: 1\n");
  expect((await cli(folder, "generate", "--force")).code).toBe(2);
  writeFileSync(join(folder, "specs/other.yaml"), TINY);
  expect(snapshotOf(folder)).toEqual(before);
  expect((await cli(folder, "generate", "--force")).code).toBe(0);
  expect(existsSync(join(folder, "generated/old"))).toBe(false);
});

it("a run that was killed while it deleted one is completed by the next", async () => {
  const folder = await renamedProject();
  const old = join(folder, "generated/old");
  const steps = [...snapshotOf(old).keys()].map((path) => ({ path: path.slice(old.length + 1) }));
  mkdirSync(join(old, ".clientsmith"));
  writeFileSync(join(old, ".clientsmith/journal.json"), JSON.stringify({ run: "a", coordinator: "", steps }));
  writeFileSync(join(old, ".clientsmith/commitment.json"), JSON.stringify({ run: "a", packages: [""] }));
  expect((await cli(folder, "check")).code).toBe(0);
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readdirSync(old)).toEqual([]);
});

it("a run on one API, or into another folder, passes it over", async () => {
  const folder = await renamedProject();
  expect((await cli(folder, "generate", "other")).code).toBe(0);
  rmSync(join(folder, "specs/other.yaml"));
  expect((await cli(folder, "generate", "--out", "packages/new")).code).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual(["new", "old", "other"]);
});

it("where no API is left, what is left over is named, and stays", async () => {
  const folder = await renamedProject();
  mkdirSync(join(folder, "generated/notes"));
  rmSync(join(folder, "specs"), { recursive: true });
  const before = snapshotOf(folder);
  const err =
    "error: there is no API: write specs/<api>.yaml, or name a file; what is left over, delete yourself: generated/new, generated/old, generated/other\n";
  expect(await cli(folder, "check")).toEqual({ code: 2, out: "", err });
  expect(await cli(folder, "generate", "--force")).toEqual({ code: 2, out: "", err });
  expect(snapshotOf(folder)).toEqual(before);
});

it("where specs/ is not there, what is left over is named, and stays", async () => {
  const folder = await renamedProject();
  renameSync(join(folder, "specs"), join(folder, "docs"));
  const config = 'export default { apis: { new: { input: "docs/new.yaml" } } };\n';
  writeFileSync(join(folder, "clientsmith.config.ts"), config);
  const before = snapshotOf(folder);
  const err =
    "error: specs/ is not there: what belongs to no API without it, delete yourself, or make the folder: generated/old, generated/other\n";
  expect(await cli(folder, "check")).toEqual({ code: 2, out: "", err });
  expect(await cli(folder, "generate", "--force")).toEqual({ code: 2, out: "", err });
  expect(snapshotOf(folder)).toEqual(before);
  mkdirSync(join(folder, "specs"));
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual(["new"]);
});

it("a program is told of it", async () => {
  const folder = await renamedProject();
  const { status, leftovers } = await check({ cwd: folder });
  expect([status, leftovers?.map(({ out, files }) => [out, files.at(-1)])]).toEqual([
    "drift",
    [["generated/old", { path: "clientsmith.json", action: "delete", drift: "left over" }]],
  ]);
});

it("a file in the way that no manifest lists is not overwritten without --force", async () => {
  const folder = emptyFolder();
  const spec = fileURLToPath(new URL("specs/cargo.yaml", ROOT));
  writeFileSync(join(folder, "README.md"), "mine\n");
  const held = await cli(folder, "generate", spec, "--out", ".");
  expect(held.code).toBe(2);
  expect(readdirSync(folder)).toEqual(["README.md"]);
});

it("a manifest that names files elsewhere deletes nothing there", async () => {
  const folder = project();
  const manifest = join(folder, "generated/cargo/clientsmith.json");
  const victim = join(folder, "specs/cargo.yaml");
  const text = JSON.parse(readFileSync(manifest, "utf8")) as { files: Record<string, string> };
  for (const path of ["../../specs/cargo.yaml", victim, "src/../../../specs/cargo.yaml"])
    text.files[path] = "0";
  writeFileSync(manifest, JSON.stringify(text));
  expect((await cli(folder, "generate", "--force")).code).toBe(0);
  expect(existsSync(victim)).toBe(true);
});

it("an error in one document leaves every package as it was", async () => {
  const folder = project();
  appendFileSync(join(folder, "specs/cargo.yaml"), "        extra: { type: strin }\n");
  writeFileSync(
    join(folder, "specs/dynamic-auth.yaml"),
    readFileSync(join(folder, "specs/dynamic-auth.yaml"), "utf8").replace(
      "type: object\n      required:",
      "type: objct\n      required:",
    ),
  );
  const before = snapshotOf(join(folder, "generated"));
  const run = await cli(folder, "generate", "--force");
  expect(run.code).toBe(2);
  expect(run.err).toMatch(/^specs\/dynamic-auth\.yaml:\d+:\d+ error: type "objct" is unknown/m);
  expect(snapshotOf(join(folder, "generated"))).toEqual(before);
});

/** A document with one schema. */
function specWith(schema: string): Record<string, string> {
  return { "specs/api.yaml": `${TINY}components: { schemas: { ${schema} } }\n` };
}

it("after a merge, the manifest of one side and --force make the package anew", async () => {
  const repository = new Repository(specWith("A: { type: string }"));
  const { cwd } = repository;
  const commit = async (kind: string) => {
    repository.write(specWith(kind));
    expect((await cli(cwd, "generate")).code).toBe(0);
    repository.commit(kind);
  };
  await commit("A: { type: string }");
  repository.git("checkout", "-qb", "other");
  await commit("A: { type: integer }");
  repository.git("checkout", "-q", "main");
  await commit("A: { type: boolean }");
  expect(() => repository.git("merge", "-q", "other")).toThrow();
  repository.write(specWith("A: { type: number }"));
  expect((await cli(cwd, "generate", "--force")).err).toContain("in a merge, take all of it from one side");
  repository.git("checkout", "--ours", "generated/api/clientsmith.json");
  expect((await cli(cwd, "generate")).err).toContain("was edited by hand: --force overwrites it");
  expect((await cli(cwd, "generate", "--force")).code).toBe(0);
  expect((await cli(cwd, "check")).code).toBe(0);
  expect(readFileSync(join(cwd, "generated/api/src/types.ts"), "utf8")).not.toContain("<<<<<<<");
});
