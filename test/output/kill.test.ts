import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readDisk } from "../../generator/output/apply.js";
import { withFolders } from "../../generator/output/session.js";
import { buildGenerator } from "../support/built.js";
import { run } from "../support/run.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

/** Counts each call that changes the disk, and kills its own process before the one whose number the environment names. */
const KILLER = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
let calls = 0;
for (const name of ["writeFile", "rename", "rm", "rmdir", "mkdir", "open"]) {
  const original = fs.promises[name];
  fs.promises[name] = (...args) => {
    if (++calls === Number(process.env.KILL_AT)) process.kill(process.pid, "SIGKILL");
    return original(...args);
  };
}
syncBuiltinESMExports();
process.on("exit", () => process.stdout.write(String(calls)));
`;

let built: string;
let main: string;
let killer: string;
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), "clientsmith-built-"));
  main = buildGenerator(built);
  killer = join(built, "killer.mjs");
  writeFileSync(killer, KILLER);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

/** Runs a script that dies before its n-th change to the disk. True where it lived. */
async function survives(script: string, killAt: number, ...args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, ["--import", pathToFileURL(killer).href, script, ...args], {
    stdio: "ignore",
    env: { ...process.env, KILL_AT: String(killAt) },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code === 0;
}

type Texts = Readonly<Record<string, string | undefined>>;

/** Two packages of one run: files that change, come, go, one deep, one that is nobody's; and each its manifest. */
const OLD: Texts = {
  "a/clientsmith.json": "old",
  "a/src/change.ts": "old",
  "a/test/go.ts": "old",
  "b/clientsmith.json": "old",
  "b/change.ts": "old",
};
const NEW: Texts = {
  "a/clientsmith.json": "new",
  "a/src/change.ts": "new",
  "a/test/go.ts": undefined,
  "a/deep/er/come.ts": "new",
  "b/clientsmith.json": "new",
  "b/change.ts": "new",
};
const FOREIGN = { path: "a/test/mine.ts", text: "mine" };
const PATHS = [...new Set([...Object.keys(OLD), ...Object.keys(NEW)])];

/** Writes the new texts over the old, as a run does. */
function applyingScript(folder: string): string {
  const changes = ["a", "b"].map((name) => {
    const paths = PATHS.filter((path) => path.startsWith(`${name}/`));
    return {
      folder: join(folder, name),
      changes: paths.map((path) => ({ path: path.slice(2), after: NEW[path] })),
    };
  });
  return `
import { applyChanges } from ${JSON.stringify(pathToFileURL(join(built, "dist/output/apply.js")).href)};
import { withFolders } from ${JSON.stringify(pathToFileURL(join(built, "dist/output/session.js")).href)};
const changes = ${JSON.stringify(changes)};
await withFolders(changes.map(({ folder }) => folder), { waitMs: 1000 }, () => applyChanges(changes));
`;
}

/** What whoever reads through the tool sees. */
async function seen(folder: string): Promise<Texts> {
  const parts = await Promise.all(
    ["a", "b"].map(async (name) => {
      const paths = PATHS.filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(2));
      return [...(await readDisk(join(folder, name), paths))].map(([path, text]) => [
        `${name}/${path}`,
        text,
      ]);
    }),
  );
  return Object.fromEntries(parts.flat()) as Texts;
}

function onDisk(folder: string): Texts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

function stateOf(texts: Texts): "old" | "new" | "mix" {
  const isLike = (state: Texts) => PATHS.every((path) => texts[path] === state[path]);
  return isLike(OLD) ? "old" : isLike(NEW) ? "new" : "mix";
}

it("a run killed before any of its writes leaves all packages old or all new, and the next run tidies up", async () => {
  const states: string[] = [];
  for (let killAt = 1, lived = false; !lived; killAt++) {
    const folder = emptyFolder();
    const texts = Object.entries(OLD).map(([path, text]) => ({ path, text: text! }));
    writeFiles(folder, [...texts, FOREIGN, { path: "apply.mjs", text: applyingScript(folder) }]);
    lived = await survives(join(folder, "apply.mjs"), killAt);
    rmSync(join(folder, "apply.mjs"));
    const state = stateOf(await seen(folder));
    states.push(state);
    // The next run may be for one of the packages alone.
    const first = killAt % 2 === 0 ? "a" : "b";
    for (const name of [first, first === "a" ? "b" : "a"]) {
      await withFolders([join(folder, name)], { waitMs: 1000 }, async () => undefined);
      expect(stateOf(await seen(folder)), `killed at ${killAt}, then ${name}`).toBe(state);
    }
    const expected = { ...(state === "old" ? OLD : NEW), [FOREIGN.path]: FOREIGN.text };
    expect(onDisk(folder), `killed at ${killAt}`).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(existsSync(join(folder, "a/.clientsmith")) || existsSync(join(folder, "b/.clientsmith"))).toBe(
      false,
    );
  }
  expect(states.length).toBeGreaterThan(30);
  expect(states).toEqual(states.toSorted((a, b) => (a === b ? 0 : a === "old" ? -1 : 1)));
  expect(new Set(states)).toEqual(new Set(["old", "new"]));
});

const DOCUMENT = (type: string) =>
  `openapi: 3.1.0\ninfo: { title: Tiny, version: "1" }\ncomponents: { schemas: { Id: { type: ${type} } } }\n`;

it("generate killed while it writes: check sees one state, and generate completes it", async () => {
  const folder = emptyFolder();
  const spec = join(folder, "specs/tiny.yaml");
  writeFiles(folder, [{ path: "specs/tiny.yaml", text: DOCUMENT("string") }]);
  await cli(folder, "generate");
  writeFileSync(spec, DOCUMENT("integer"));
  const args = ["--import", pathToFileURL(killer).href, main, "generate"];
  const counted = await run(process.execPath, args, { cwd: folder, env: { KILL_AT: "0" } });
  const calls = Number(counted.stdout);
  for (const [index, killAt] of [Math.round(calls / 3), calls - 5].entries()) {
    writeFileSync(spec, DOCUMENT(["number", "boolean"][index]!));
    const killed = await run(process.execPath, args, { cwd: folder, env: { KILL_AT: String(killAt) } });
    expect(killed.code).toBe(-1);
    const { code, err } = await cli(folder, "check");
    expect([0, 1]).toContain(code);
    expect(err).not.toMatch(/edited|missing|left over/);
    expect((await cli(folder, "generate")).code).toBe(0);
    expect((await cli(folder, "check")).code).toBe(0);
    expect(existsSync(join(folder, "generated/tiny/.clientsmith"))).toBe(false);
  }
});
