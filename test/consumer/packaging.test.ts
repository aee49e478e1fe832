import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, it, onTestFinished } from "vitest";
import { installConsumer } from "../support/consumer.js";
import { dependencyFolder, PACKAGES, packageFolder } from "../support/packages.js";
import { run, runWell } from "../support/run.js";

const { folder, tarballs } = await installConsumer();

/** Every source, and what the compiler makes of it. */
function expectedFiles(sources: string): string[] {
  const modules = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  return modules.flatMap((path) => {
    const stem = `dist/${path.slice(0, -".ts".length)}`;
    return [`src/${path}`, ...[".js", ".js.map", ".d.ts", ".d.ts.map"].map((end) => stem + end)];
  });
}

describe.each(PACKAGES)("the tarball of %s", (name) => {
  const installed = join(folder, "node_modules/@clientsmith", name);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<
    string,
    unknown
  >;

  it("holds the sources, what is built of them, the README, and nothing else", async () => {
    const listed = await runWell("tar", ["-tzf", tarballs[name]], folder);
    const expected = [...expectedFiles(join(packageFolder(name), "src")), "README.md", "package.json"];
    const files = listed
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, ""));
    expect(files.toSorted()).toEqual(expected.toSorted());
  });

  it("describes itself", () => {
    expect(manifest).toMatchObject({
      name: `@clientsmith/${name}`,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
      description: expect.stringContaining("API") as unknown,
      type: "module",
      types: "./dist/index.d.ts",
      sideEffects: false,
      files: ["dist", "src"],
      engines: { node: expect.stringMatching(/^>=20/) as unknown },
      license: "MIT",
      repository: {
        type: "git",
        url: expect.stringMatching(/^git\+https:/) as unknown,
        directory: `generated/${name}`,
      },
      dependencies: { "openapi-fetch": expect.any(String) as unknown },
      peerDependenciesMeta: { msw: { optional: true } },
    });
    expect(Object.keys(manifest["exports"] as object)).toEqual([
      ".",
      "./fixtures",
      "./mocks",
      "./validators",
      "./openapi",
      "./runtime/*",
      "./package.json",
    ]);
    expect(Object.keys(manifest["dependencies"] as object)).toEqual(["openapi-fetch"]);
  });

  it("has no fault that publint knows", async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(tarballs[name]);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("has types that Are The Types Wrong? finds right", async () => {
    const attw = join(dependencyFolder("@arethetypeswrong/cli"), "dist/index.js");
    const args = [attw, tarballs[name], "--profile", "esm-only", "--format", "json"];
    const { code, stdout } = await run(process.execPath, args, { cwd: folder });
    const { analysis, problems } = JSON.parse(stdout) as {
      analysis: { entrypoints: object };
      problems?: object;
    };
    expect(code, JSON.stringify(problems)).toBe(0);
    expect(Object.keys(analysis.entrypoints)).toEqual(Object.keys(manifest["exports"] as object));
  });

  it("maps what is built to the sources beside it", () => {
    const map = readFileSync(join(installed, "dist/runtime/send.js.map"), "utf8");
    const { sources } = JSON.parse(map) as { sources: string[] };
    expect(sources).toEqual(["../../src/runtime/send.ts"]);
    const source = readFileSync(join(installed, "dist/runtime", sources[0] ?? ""), "utf8");
    expect(source).toBe(readFileSync(join(packageFolder(name), "src/runtime/send.ts"), "utf8"));
  });

  it("works without msw, which only ./mocks needs", async () => {
    const empty = mkdtempSync(join(tmpdir(), "clientsmith-"));
    onTestFinished(() => rmSync(empty, { recursive: true, force: true }));
    await runWell(
      "npm",
      ["install", "--no-audit", "--no-fund", "--prefer-offline", "--prefix", empty, tarballs[name]],
      empty,
    );
    expect(readdirSync(join(empty, "node_modules")).filter((each) => !each.startsWith("."))).toEqual([
      "@clientsmith",
      "openapi-fetch",
      "openapi-typescript-helpers",
    ]);
    const subpaths = ["", "/fixtures", "/validators", "/openapi"];
    const program = subpaths.map((subpath) => `await import("@clientsmith/${name}${subpath}");`).join("\n");
    const { code, stderr } = await run(process.execPath, ["--input-type=module", "-e", program], {
      cwd: empty,
    });
    expect(code, stderr).toBe(0);
  });
});
