import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { EmittedFile } from "../generator/emit/typescript-module.js";
import { Formatter } from "../generator/output/format.js";
import type * as threads from "../generator/pipeline/threads.js";
import { buildGenerator } from "./support/built.js";
import { largeDocument } from "./support/large-document.js";
import { ROOT } from "./support/root.js";
import { run, runWell } from "./support/run.js";
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

/** What threads run until the test has ended. */
function replaceWorker(text: string): void {
  const worker = join(built, "dist/bundle/worker.js");
  const whole = readFileSync(worker, "utf8");
  writeFileSync(worker, text);
  onTestFinished(() => writeFileSync(worker, whole));
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
    text: index % 3 === 0 ? `*  item   ${index}\n` : `export const a={b:[${"1,".repeat(10_000)}${index}]}`,
  }));

  const allOf = (formatter: Formatter): Promise<EmittedFile[]> => {
    formatter.add(files);
    return formatter.finish();
  };

  it("give what this thread gives, in the order in which it was asked for", async () => {
    const all = started();
    let taken = 0;
    const lend = (batch: readonly EmittedFile[]) => {
      const { result, takeBack } = all.lend("format", batch)!;
      result.then(
        () => (taken += 1),
        () => undefined,
      );
      return { result, takeBack };
    };
    const formatted = await allOf(new Formatter({ from: 100_000, lend }));
    expect(formatted).toEqual(await allOf(new Formatter()));
    expect(formatted.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(taken).toBeGreaterThan(0);
  });

  it("do nothing that was taken back, and what they have begun they finish", async () => {
    const all = started();
    const tasks = Array.from({ length: 40 }, (_, index) => all.lend("format", [files[index]!])!);
    const later = tasks.slice(20).filter(({ takeBack }) => takeBack());
    expect(later.length).toBeGreaterThan(0);
    await Promise.all(tasks.slice(0, 20).map(({ result }) => result));
    expect(tasks[0]!.takeBack()).toBe(false);
    expect(later[0]!.takeBack()).toBe(false);
    const ended = await Promise.race([...later.map(({ result }) => result), all.lend("format", [])!.result]);
    expect(ended).toEqual([]);
  });

  it("say what went wrong, and go on", async () => {
    const all = started();
    const format = (text: string) => all.lend("format", [{ path: "a.ts", text }])!.result;
    await expect(format("const = 1")).rejects.toThrow(/expected/i);
    await expect(all.lend("bridge", null as never)!.result).rejects.toThrow();
    expect(await format("a ( )")).toEqual([{ path: "a.ts", text: "a();\n" }]);
  });
});

it("what a thread fails at is done here", async () => {
  const formatter = new Formatter({
    from: 0,
    lend: () => ({ result: Promise.reject(new Error("it has ended")), takeBack: () => false }),
  });
  formatter.add([{ path: "a.ts", text: "a ( )" }]);
  expect(await formatter.finish()).toEqual([{ path: "a.ts", text: "a();\n" }]);
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

it("the package is the same where threads cannot start", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "large.json", text: JSON.stringify(largeDocument()) }]);
  await runWell(process.execPath, [main, "generate", "large.json", "--out", "threaded"], folder);
  replaceWorker('throw new Error("it cannot start");');
  await runWell(process.execPath, [main, "generate", "large.json", "--out", "alone"], folder);
  const [threaded, alone] = [textsIn(join(folder, "threaded")), textsIn(join(folder, "alone"))];
  expect([...alone.keys()]).toContain("/src/openapi.ts");
  expect(alone).toEqual(threaded);
});

describe("what the compiler says of a changed document", () => {
  const folder = fileURLToPath(new URL("test/diff/revisions/cargo", ROOT));
  const args = ["diff", "r1.yaml", "r2.yaml", "--format", "json"];
  const review = () => run(process.execPath, [main, ...args], { cwd: folder });
  const isThreaded = availableParallelism() > 1;

  it("is the same with a thread, without one, and where it cannot start", async () => {
    const { code, out, err } = await cli(folder, ...args);
    expect(out).toContain("is not assignable to type");
    const here = { code, stdout: out, stderr: err };
    expect(await review()).toEqual(here);
    replaceWorker('throw new Error("it cannot start");');
    expect(await review()).toEqual(here);
  });

  it.runIf(isThreaded)("is what the thread says", async () => {
    const answer = "{ id, value: [{ question: 0, message: 'a thread was here' }] }";
    replaceWorker(
      `import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id }) => parentPort.postMessage(${answer}));`,
    );
    const { stdout } = await review();
    expect(stdout).toContain("a thread was here");
    expect(stdout).not.toContain("is not assignable to type");
  });
});
