import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generate, OutputError } from "../../generator/index.js";
import { buildGenerator } from "../support/built.js";
import { cli, cliOn } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

/** Makes each rename take its time, so that a run is long in the middle of its writing; the last waits for a file, if one is named. */
const SLOW = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const { rename } = fs.promises;
const awaited = process.env["AWAITED"];
fs.promises.rename = async (from, to) => {
  const isLast = to.endsWith("clientsmith.json");
  do await new Promise((resolve) => setTimeout(resolve, 60));
  while (awaited && isLast && !fs.existsSync(awaited));
  return rename(from, to);
};
syncBuiltinESMExports();
`;

let built: string;
let main: string;
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), "clientsmith-built-"));
  main = buildGenerator(built);
  writeFileSync(join(built, "slow.mjs"), SLOW);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

async function slowGenerate(cwd: string, args: readonly string[], awaited = ""): Promise<number | null> {
  const slow = pathToFileURL(join(built, "slow.mjs")).href;
  const child = spawn(process.execPath, ["--import", slow, main, "generate", ...args], {
    cwd,
    env: { ...process.env, AWAITED: awaited },
    stdio: "ignore",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

const DOCUMENT = (type: string) =>
  `openapi: 3.1.0\ninfo: { title: Tiny, version: "1" }\ncomponents: { schemas: { Id: { type: ${type} } } }\n`;

it("two runs at once do not mix: one waits, and the package is what one of them made", async () => {
  const folder = emptyFolder();
  const types = ["string", "integer"];
  writeFiles(
    folder,
    types.map((type) => ({ path: `${type}.yaml`, text: DOCUMENT(type) })),
  );
  writeFiles(
    folder,
    types.map((type) => ({ path: `${type}/api.yaml`, text: DOCUMENT(type) })),
  );
  const runs = types.map((type) => slowGenerate(folder, [`${type}/api.yaml`, "--out", "out"]));
  expect(await Promise.all(runs)).toEqual([0, 0]);
  const codes = await Promise.all(
    types.map(async (type) => (await cli(folder, "check", `${type}/api.yaml`, "--out", "out")).code),
  );
  expect(new Set(codes)).toEqual(new Set([0, 1]));
  expect(existsSync(join(folder, "out/.clientsmith"))).toBe(false);
});

it("only one process is between taking a lock and giving it back", async () => {
  const folder = emptyFolder();
  const counter = join(folder, "counter");
  // What is counted is lost where two read the same number.
  const script = `
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { withFolders } from ${JSON.stringify(pathToFileURL(join(built, "dist/output/session.js")).href)};
for (let round = 0; round < 5; round++) {
  await withFolders([${JSON.stringify(join(folder, "package"))}], { waitMs: 60_000 }, async () => {
    const count = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
    await setTimeout(5);
    writeFileSync(${JSON.stringify(counter)}, String(count + 1));
  });
}`;
  writeFiles(folder, [
    { path: "counter", text: "0" },
    { path: "count.mjs", text: script },
  ]);
  const runs = [1, 2, 3].map(async () => {
    const child = spawn(process.execPath, [join(folder, "count.mjs")], { stdio: "inherit" });
    return (await once(child, "exit"))[0] as number;
  });
  expect(await Promise.all(runs)).toEqual([0, 0, 0]);
  expect(readFileSync(counter, "utf8")).toBe("15");
});

it("check waits for a run that writes, says so, and sees all that it wrote", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "specs/tiny.yaml", text: DOCUMENT("string") }]);
  const awaited = join(folder, "go-on");
  const writing = slowGenerate(folder, [], awaited);
  while (!existsSync(join(folder, "generated/tiny/.clientsmith/commitment.json"))) await delay(5);
  let said = "";
  const err = (text: string) => {
    said += text;
    writeFileSync(awaited, "");
  };
  const { code } = await cliOn({ err }, folder, "check");
  expect(said).toBe(
    "generated/tiny is being written by another run: waiting for it\n✓ tiny: generated/tiny is fresh\n",
  );
  expect(code).toBe(0);
  expect(await writing).toBe(0);
});

it("a run waits for another so long and no longer; a lock that a dead process left holds nobody up", async () => {
  const folder = emptyFolder();
  const lock = join(folder, "generated/tiny/.clientsmith/lock");
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: DOCUMENT("string") },
    {
      path: "generated/tiny/.clientsmith/lock",
      text: JSON.stringify({ pid: process.pid, host: hostname(), token: "x" }),
    },
  ]);
  const waiting = generate({ cwd: folder, waitMs: 200 });
  await expect(waiting).rejects.toThrow(OutputError);
  await expect(waiting).rejects.toThrow(
    `${join(folder, "generated/tiny")} is being written by process ${process.pid} on ${hostname()}: wait for it, or delete ${lock}`,
  );
  expect(readdirSync(join(folder, "generated/tiny"))).toEqual([".clientsmith"]);
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  writeFileSync(lock, JSON.stringify({ pid: child.pid, host: hostname(), token: "x" }));
  expect((await generate({ cwd: folder, waitMs: 200 })).status).toBe("written");
  expect(existsSync(lock)).toBe(false);
});

it("what a killed run left in its workshop is cleared, whoever wrote it: nothing leads elsewhere", async () => {
  const folder = emptyFolder();
  const steps = [{ path: "../../victim", staged: "0" }, { path: "../../victim" }];
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: DOCUMENT("string") },
    { path: "victim", text: "whole" },
    {
      path: "generated/tiny/.clientsmith/journal.json",
      text: JSON.stringify({ run: "1", coordinator: ".", steps }),
    },
    {
      path: "generated/tiny/.clientsmith/commitment.json",
      text: JSON.stringify({ run: "1", packages: ["."] }),
    },
    { path: "generated/tiny/.clientsmith/1/0", text: "evil" },
  ]);
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readFileSync(join(folder, "victim"), "utf8")).toBe("whole");
  expect(existsSync(join(folder, "generated/tiny/.clientsmith"))).toBe(false);
});
