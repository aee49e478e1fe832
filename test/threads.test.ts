import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { formatFiles } from "../generator/output/format.js";
import type * as threads from "../generator/pipeline/threads.js";
import { buildGenerator } from "./support/built.js";
import { runWell } from "./support/run.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

let built: string;
let main: string;
let Threads: typeof threads.Threads;
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), "clientsmith-built-"));
  main = buildGenerator(built);
  const url = pathToFileURL(join(built, "dist/pipeline/threads.js")).href;
  ({ Threads } = (await import(url)) as typeof threads);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

function started(): threads.Threads {
  const all = new Threads();
  onTestFinished(() => all.end());
  return all;
}

/** A document of more than two million characters, most of them for people. */
function largeDocument(): object {
  const prose = "One two, three four five. ".repeat(4_000);
  const schemaOf = (index: number) => ({
    type: "object",
    description: `${index} ${prose}`,
    required: ["id"],
    properties: { id: { type: "string" }, [`count${index}`]: { type: "integer", minimum: index } },
  });
  const schemas = Object.fromEntries(
    Array.from({ length: 24 }, (_, index) => [`S${index}`, schemaOf(index)]),
  );
  return { openapi: "3.1.0", info: { title: "Large", version: "1" }, components: { schemas } };
}

function textsIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]));
}

// On one core, this thread does all.
describe.skipIf(availableParallelism() < 2)("threads", () => {
  const files = Array.from({ length: 40 }, (_, index) => ({
    path: `src/a${index}.${index % 3 === 0 ? "md" : "ts"}`,
    text: index % 3 === 0 ? `*  item   ${index}\n` : `export const a={b:[${"1,".repeat(2_000)}${index}]}`,
  }));

  it("give what this thread gives, in the order in which it was asked for", async () => {
    const all = started();
    let taken = 0;
    const elsewhere = (batch: typeof files) => {
      const result = all.run("format", batch);
      taken += result ? batch.length : 0;
      return result;
    };
    const formatted = await formatFiles(files, { from: 0, elsewhere: elsewhere as never });
    expect(formatted).toEqual(await formatFiles(files));
    expect(formatted.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(taken).toBeGreaterThan(0);
  });

  it("take so many tasks ahead, and no more until one is done", async () => {
    const all = started();
    const tasks = Array.from({ length: 100 }, () => all.run("format", files.slice(0, 2)));
    const taken = tasks.filter((task) => task !== undefined);
    expect(taken.length).toBeLessThan(100);
    await Promise.all(taken);
    expect(all.run("format", [])).toBeDefined();
  });

  it("say what went wrong, and go on", async () => {
    const all = started();
    await expect(all.run("format", [{ path: "a.ts", text: "const = 1" }])).rejects.toThrow(/expected/i);
    await expect(all.run("bridge", null as never)).rejects.toThrow();
    expect(await all.run("format", [{ path: "a.ts", text: "a ( )" }])).toEqual([
      { path: "a.ts", text: "a();\n" },
    ]);
  });
});

it("the package of a large document is the same with and without threads", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "large.json", text: JSON.stringify(largeDocument()) }]);
  await runWell(process.execPath, [main, "generate", "large.json", "--out", "threaded"], folder);
  await cli(folder, "generate", "large.json", "--out", "alone");
  const [threaded, alone] = [textsIn(join(folder, "threaded")), textsIn(join(folder, "alone"))];
  expect(threaded.size).toBeGreaterThan(20);
  expect(threaded).toEqual(alone);
});
