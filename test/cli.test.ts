import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { checkCommand } from "../generator/commands/check.js";
import { diffCommand } from "../generator/commands/diff.js";
import { generateCommand } from "../generator/commands/generate.js";
import { initCommand } from "../generator/commands/init.js";
import { mockCommand } from "../generator/commands/mock.js";
import { check, generate } from "../generator/index.js";
import { buildGenerator } from "./support/built.js";
import { Repository } from "./support/repository.js";
import { ROOT } from "./support/root.js";
import { cli, cliOn } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

const CARGO = fileURLToPath(new URL("specs/cargo.yaml", ROOT));
const TINY =
  'openapi: 3.1.0\ninfo: { title: Tiny, version: "1" }\ncomponents: { schemas: { Id: { type: string } } }\n';

it("generate FILE --out DIR needs no configuration, and --json prints one object on standard output", async () => {
  const folder = emptyFolder();
  const { code, out, err } = await cli(folder, "generate", CARGO, "--out", "client", "--json");
  expect(code).toBe(0);
  const { apis, ms } = JSON.parse(out) as { apis: Record<string, unknown>[]; ms: number };
  expect(ms).toBeGreaterThan(0);
  expect(apis).toHaveLength(1);
  expect(apis[0]).toMatchObject({ name: "cargo", out: "client", diagnostics: [], fixtures: { refused: 0 } });
  const files = apis[0]!["files"] as { path: string; action: string }[];
  expect(files.map(({ path }) => path)).toContain("src/index.ts");
  expect(new Set(files.map(({ action }) => action))).toEqual(new Set(["create"]));
  expect(err).toMatch(
    /^✓ cargo → client: \d+ files created; \d+ fixtures proved, \d+ choices shown, \d+ pairs of them\n\d+ ms\n$/,
  );
  expect(JSON.parse(readFileSync(join(folder, "client/package.json"), "utf8"))).toMatchObject({
    name: "cargo",
    license: "UNLICENSED",
  });
});

it("without a configuration, specs/<api>.yaml becomes generated/<api>/", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: TINY },
    { path: "specs/notes.md", text: "no document" },
  ]);
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual(["tiny"]);
  expect((await cli(folder, "generate")).err).toContain("tiny → generated/tiny: nothing to do");
});

it("hidden files in specs/ are those of editors and systems: they are no documents", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: TINY },
    { path: "specs/.tiny.yaml.json", text: "{}" },
    { path: "specs/._tiny.yaml", text: "\u0000" },
  ]);
  symlinkSync("somebody@somewhere.1:2", join(folder, "specs/.#tiny.yaml"));
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual(["tiny"]);
});

it("a configuration overrides the convention", async () => {
  const folder = emptyFolder();
  const config = `import { defineConfig } from "clientsmith";
export default defineConfig({
  scope: "@acme",
  openapi: false,
  apis: { billing: { input: "api/tiny.yaml", out: "packages/billing", version: "2.3.4", license: "Apache-2.0" } },
});
`;
  writeFiles(folder, [
    { path: "api/tiny.yaml", text: TINY },
    { path: "clientsmith.config.ts", text: config },
  ]);
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, "packages/billing/package.json"), "utf8"))).toMatchObject({
    name: "@acme/billing",
    version: "2.3.4",
    license: "Apache-2.0",
  });
  expect(readdirSync(join(folder, "packages/billing/src"))).not.toContain("openapi.ts");
});

it("faults of the command line are one line on standard error, with exit 2", async () => {
  const folder = emptyFolder();
  const fault = async (...argv: string[]) => cli(folder, ...argv);
  expect(await fault("generate")).toEqual({
    code: 2,
    out: "",
    err: "error: there is no API: write specs/<api>.yaml, or name a file\n",
  });
  expect(await fault("generate", "billing")).toMatchObject({
    code: 2,
    err: 'error: "billing" is no API (none) and no .yaml, .yml or .json file\n',
  });
  const url = "https://example.com/api.yaml";
  const noFile = `error: ${url} is no file: a document is read from one, and what it refers to from URLs, too\n`;
  expect(await fault("generate", url)).toMatchObject({ code: 2, err: noFile });
  const help = "see clientsmith generate --help";
  for (const [option, message] of [
    ["--wrong", `there is no option --wrong: ${help}`],
    ["--ot", "there is no option --ot: did you mean --out?"],
    ["--out", `--out needs a value: ${help}`],
    ["--force=no", `--force takes no value: ${help}`],
  ] as const)
    expect(await fault("generate", option)).toEqual({ code: 2, out: "", err: `error: ${message}\n` });
  expect(await fault("generate", "--out", "-x")).toMatchObject({
    code: 2,
    err: "error: --out needs a value: one that begins with a dash is written --out=-x\n",
  });
  expect(await fault("generat")).toMatchObject({
    code: 2,
    err: 'error: there is no command "generat": did you mean generate?\n',
  });
  expect(await fault("generate", "a.yaml", "b.yaml", "--out", "x")).toMatchObject({
    code: 2,
    err: "error: --out is for one API: name it\n",
  });
  expect(await fault("invent")).toMatchObject({
    code: 2,
    err: 'error: there is no command "invent": see clientsmith --help\n',
  });
  expect(await fault("generate", "gone.yaml")).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^gone\.yaml:1:1 error: cannot read the document: there is no such file/,
    ) as string,
  });
  mkdirSync(join(folder, "folder.yaml"));
  expect(await fault("generate", "folder.yaml")).toMatchObject({
    code: 2,
    err: expect.stringContaining("error: cannot read the document: it is a folder [") as string,
  });
  const config = (text: string) => writeFileSync(join(folder, "clientsmith.config.ts"), text);
  config(`export default { apis: { a: { input: "${url}" } } };\n`);
  expect(await fault("check")).toMatchObject({ code: 2, err: noFile });
  config("throw new Error('no');\n");
  expect(await fault("check")).toMatchObject({
    code: 2,
    err: expect.stringContaining("clientsmith.config.ts") as string,
  });
});

it("--json prints one object also where nothing can be looked at", async () => {
  const folder = emptyFolder();
  const unknown = '"foo" is no API (none) and no .yaml, .yml or .json file';
  const wrong = "there is no option --wrong";
  for (const command of ["check", "generate"]) {
    const failed = await cli(folder, command, "foo", "--json");
    expect([failed.code, failed.err]).toEqual([2, `error: ${unknown}\n`]);
    expect(JSON.parse(failed.out)).toEqual({ apis: [], error: unknown, ms: 0 });
    const { out } = await cli(folder, command, "--wrong", "--json");
    expect(JSON.parse(out)).toMatchObject({ apis: [], error: expect.stringContaining(wrong) as string });
  }
});

const edit = (file: string) => ({
  code: "file-edited",
  severity: "error",
  message: "it was edited by hand: --force overwrites it",
  file,
  line: 1,
  column: 1,
  pointer: "",
});

it("--json says which files were edited by hand where that is why nothing was written", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: TINY },
    { path: "specs/old.yaml", text: TINY },
  ]);
  await cli(folder, "generate");
  rmSync(join(folder, "specs/old.yaml"));
  for (const path of ["tiny", "old"]) writeFileSync(join(folder, "generated", path, "README.md"), "mine");
  const held = await cli(folder, "generate", "--json");
  expect(held.code).toBe(2);
  expect(JSON.parse(held.out)).toMatchObject({
    apis: [{ name: "tiny", diagnostics: [edit("generated/tiny/README.md")] }],
    leftovers: [{ out: "generated/old", diagnostics: [edit("generated/old/README.md")] }],
  });
  const checked = JSON.parse((await cli(folder, "check", "--json")).out) as object;
  expect(checked).toMatchObject({ apis: [{ files: [{ drift: "edited" }], diagnostics: [] }] });
  const done = JSON.parse((await cli(folder, "generate", "--json", "--force")).out) as object;
  expect(done).toMatchObject({ apis: [{ diagnostics: [] }] });
});

it.each([checkCommand, diffCommand, generateCommand, initCommand, mockCommand])(
  "--help of $name has a line for each option",
  async ({ name, options }) => {
    const { out } = await cli(emptyFolder(), name, "--help");
    const lines = [...out.matchAll(/^ {2}--([\w-]+)/gm)].map(([, option = ""]) => option);
    expect([...new Set(lines)].toSorted()).toEqual(Object.keys(options).toSorted());
  },
);

/** The words that the help of a command has on `--json`. */
async function jsonMembers(command: string): Promise<string[]> {
  const { out } = await cli(emptyFolder(), command, "--help");
  const [, words = ""] = /--json {2}(.*?); what there is none of/s.exec(out) ?? [];
  return words.match(/\w+/g) ?? [];
}

it("--help lists every member of what --json prints", async () => {
  const { cwd } = new Repository({ "specs/tiny.yaml": TINY, "specs/old.yaml": TINY });
  const membersOf = async (...argv: string[]) => {
    const report = JSON.parse((await cli(cwd, ...argv, "--json")).out) as { apis: object[] };
    return [...Object.keys(report), ...report.apis.flatMap((api) => Object.keys(api))];
  };
  await cli(cwd, "generate");
  rmSync(join(cwd, "specs/old.yaml"));
  const printed = {
    check: [...(await membersOf("check")), ...(await membersOf("check", "foo"))],
    generate: [...(await membersOf("generate", "--release")), ...(await membersOf("generate", "foo"))],
  };
  expect(printed.check).toEqual(expect.arrayContaining(["leftovers", "error"]));
  expect(printed.generate).toEqual(expect.arrayContaining(["leftovers", "error", "release"]));
  for (const command of ["check", "generate"] as const)
    expect(await jsonMembers(command)).toEqual(expect.arrayContaining(printed[command]));
});

it("whoever reads may go: the work is done, and the exit code is its own", async () => {
  const folder = emptyFolder();
  const main = buildGenerator(folder);
  writeFiles(folder, [
    { path: "tiny.yaml", text: TINY },
    { path: "bad.yaml", text: "openapi: 3.1.0\n" },
  ]);
  const codeOf = async (...argv: string[]) => {
    const child = spawn(process.execPath, [main, ...argv], { cwd: folder });
    child.stdout.destroy();
    child.stderr.destroy();
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  };
  expect(await codeOf("check", "bad.yaml", "--json")).toBe(2);
  expect(await codeOf("generate", "tiny.yaml", "--out", "out", "--json")).toBe(0);
  expect(existsSync(join(folder, "out/clientsmith.json"))).toBe(true);
  expect(await codeOf("check", "tiny.yaml", "--out", "out")).toBe(0);
});

it("what a configuration prints is no report; a report that cannot be written is an error", async () => {
  const folder = emptyFolder();
  const main = buildGenerator(folder);
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: TINY },
    { path: "clientsmith.config.mjs", text: 'console.log("loud"); console.info("too"); export default {};' },
  ]);
  const run = (out: "pipe" | number) =>
    spawnSync(process.execPath, [main, "check", "--json"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", out, "pipe"],
    });
  const printed = run("pipe");
  expect([printed.status, JSON.parse(printed.stdout)]).toMatchObject([1, { apis: [{ name: "tiny" }] }]);
  expect(printed.stderr).toContain("loud\ntoo\n");
  // A file that is open for reading takes no text.
  const unwritable = openSync(main, "r");
  const { status, stderr } = run(unwritable);
  closeSync(unwritable);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: cannot write to standard output: .+$/m);
  expect(stderr).not.toContain("    at ");
});

function bracketed(_style: string, text: string): string {
  return `<${text}>`;
}

it("colours are those of the stream that they are written to", async () => {
  const repository = new Repository({ "specs/tiny.yaml": TINY });
  repository.write({ "specs/tiny.yaml": TINY.replace("string", "integer") });
  const plain = await cliOn({ paint: bracketed }, repository.cwd, "diff", "--base", "HEAD");
  expect(plain.out).not.toContain("<");
  const painted = await cliOn({ paintOut: bracketed }, repository.cwd, "diff", "--base", "HEAD");
  expect(painted.out).toContain("<");
});

it("--help and --version, of the tool and of each command", async () => {
  const folder = emptyFolder();
  for (const argv of [["--help"], [], ["generate", "--help"], ["check", "-h"]]) {
    const { code, out, err } = await cli(folder, ...argv);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Example:\n  npx clientsmith ");
  }
  const { version } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as { version: string };
  expect(await cli(folder, "--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

it("the programmatic interface does the same", async () => {
  const folder = emptyFolder();
  const options = { cwd: folder, apis: [CARGO], out: "client", config: { scope: "@acme" } };
  expect((await check(options)).status).toBe("drift");
  const written = await generate(options);
  expect(written.status).toBe("written");
  expect(written.apis[0]?.files.find(({ path }) => path === "README.md")).toEqual({
    path: "README.md",
    action: "create",
    drift: "missing",
  });
  expect(await check(options)).toMatchObject({ status: "fresh", apis: [{ name: "cargo", files: [] }] });
  writeFileSync(join(folder, "client/README.md"), "mine");
  expect((await generate(options)).status).toBe("refused");
  expect((await generate({ ...options, force: true })).status).toBe("written");
});

it("progress is shown on a terminal, and gone when the run ends", async () => {
  const folder = emptyFolder();
  const { err } = await cliOn({ isInteractive: true }, folder, "generate", CARGO, "--out", "client");
  expect(err).toContain("\r\u001b[2Kcargo: proving fixtures");
  expect(err.replace(/^[\s\S]*\r\u001b\[2K/, "")).toMatch(/^✓ cargo → client/);
});

/** `generate --watch` in a folder, until it is interrupted; `onErr` is told what it prints. */
function startWatch(
  folder: string,
  onErr: (text: string) => void = () => undefined,
  onOut: (text: string) => void = () => undefined,
) {
  const end = new AbortController();
  const interrupted = new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve()));
  const terminal = { interrupted, isInteractive: true, err: onErr, out: onOut };
  const running = cliOn(terminal, folder, "generate", "--watch", "--json");
  const stop = async () => {
    end.abort();
    return (await running).code;
  };
  return { stop };
}

/** Waits until a file of the folder holds a text; undefined stands for no file. */
async function untilHolds(path: string, text: string | undefined): Promise<void> {
  const holds = () => (text === undefined ? !existsSync(path) : readFileSync(path, "utf8").includes(text));
  await vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000 });
}

it("--watch generates again when the document changes, until it is interrupted", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "specs/tiny.yaml", text: TINY }]);
  const types = join(folder, "generated/tiny/src/types.ts");
  const { stop } = startWatch(folder);
  await untilHolds(types, "Id = string");
  writeFileSync(join(folder, "specs/tiny.yaml"), TINY.replace("string", "integer"));
  await untilHolds(types, "Id = number");
  expect(await stop()).toBe(0);
});

it("--watch misses no change that comes while the first run is under way", async () => {
  const folder = emptyFolder();
  const spec = join(folder, "specs/tiny.yaml");
  writeFiles(folder, [{ path: "specs/tiny.yaml", text: TINY }]);
  let said = "";
  const { stop } = startWatch(folder, (text) => {
    if (!said.includes("proving fixtures") && text.includes("proving fixtures"))
      writeFileSync(spec, TINY.replace("string", "integer"));
    said += text;
  });
  await untilHolds(join(folder, "generated/tiny/src/types.ts"), "Id = number");
  expect(await stop()).toBe(0);
});

it("--watch sees documents come and go in specs/, and the configuration change", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "specs/tiny.yaml", text: TINY }]);
  let said = "";
  const { stop } = startWatch(folder, (text) => void (said += text));
  const nameOf = (api: string) => join(folder, "generated", api, "package.json");
  await untilHolds(nameOf("tiny"), '"name": "tiny"');
  writeFileSync(join(folder, "specs/more.yaml"), TINY);
  await untilHolds(nameOf("more"), '"name": "more"');
  writeFileSync(join(folder, "clientsmith.config.ts"), 'export default { scope: "@acme" };\n');
  await untilHolds(nameOf("more"), '"name": "@acme/more"');
  writeFileSync(join(folder, "clientsmith.config.ts"), 'export default { scope: "@other" };\n');
  await untilHolds(nameOf("more"), '"name": "@other/more"');
  rmSync(join(folder, "specs/more.yaml"));
  await untilHolds(nameOf("more"), undefined);
  rmSync(join(folder, "specs"), { recursive: true });
  await vi.waitFor(() => expect(said).toContain("there is no API"), { timeout: 20_000 });
  writeFiles(folder, [{ path: "specs/last.yaml", text: TINY }]);
  await untilHolds(nameOf("last"), '"name": "@other/last"');
  expect(await stop()).toBe(0);
});

/** A file that a document refers to. */
function partOf(type: string) {
  return [{ path: "docs/api/parts/id.yaml", text: `type: ${type}\n` }];
}

it.each([
  ["deleted", (folder: string) => rmSync(folder, { recursive: true })],
  ["moved", (folder: string) => renameSync(folder, `${folder}.away`)],
])("--watch goes on where the folders of documents are %s, and come back", async (_how, away) => {
  const folder = emptyFolder();
  const input = "docs/api/openapi.yaml";
  const referring = TINY.replace("{ type: string }", '{ $ref: "parts/id.yaml" }');
  writeFiles(folder, [
    { path: "clientsmith.config.ts", text: `export default { apis: { tiny: { input: "${input}" } } };` },
    { path: input, text: referring },
    ...partOf("string"),
  ]);
  let said = "";
  const { stop } = startWatch(folder, (text) => void (said += text));
  const types = join(folder, "generated/tiny/src/types.ts");
  await untilHolds(types, "Id = string");
  away(join(folder, "docs/api/parts"));
  await vi.waitFor(() => expect(said).toContain("there is no such file"), { timeout: 20_000 });
  writeFiles(folder, partOf("integer"));
  await untilHolds(types, "Id = number");
  said = "";
  away(join(folder, "docs"));
  await vi.waitFor(() => expect(said).toContain("there is no such file"), { timeout: 20_000 });
  writeFiles(folder, [{ path: input, text: referring }, ...partOf("boolean")]);
  await untilHolds(types, "Id = boolean");
  writeFiles(folder, partOf("string"));
  await untilHolds(types, "Id = string");
  expect(await stop()).toBe(0);
});

/** A configuration that gets something from elsewhere. */
function importing(more: string): string {
  return `import { all } from "./config/all.js";\nexport default { ${more}scope: all.scope };\n`;
}

it.each([
  ["clientsmith.config.ts", "config/scope.ts"],
  ["clientsmith.config.mjs", "config/scope.ts"],
  ["clientsmith.config.js", "config/scope/index.ts"],
])("--watch sees %s change, and what it imports", async (config, imported) => {
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: TINY },
    { path: config, text: importing("") },
    { path: "config/all.ts", text: 'import { scope } from "./scope";\nexport const all = { scope };\n' },
    { path: imported, text: 'export const scope = "@one";\n' },
  ]);
  const { stop } = startWatch(folder);
  const manifest = join(folder, "generated/tiny/package.json");
  await untilHolds(manifest, '"name": "@one/tiny"');
  writeFiles(folder, [{ path: imported, text: 'export const scope = "@two";\n' }]);
  await untilHolds(manifest, '"name": "@two/tiny"');
  writeFiles(folder, [{ path: config, text: importing('license: "MIT", ') }]);
  await untilHolds(manifest, '"license": "MIT"');
  expect(await stop()).toBe(0);
});

it("--watch --json prints one object a run, also where one comes to nothing", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "specs/tiny.yaml", text: TINY }]);
  let [out, err] = ["", ""];
  const { stop } = startWatch(
    folder,
    (text) => void (err += text),
    (text) => void (out += text),
  );
  const reports = () =>
    out.split(/^(?=\{)/m).map((text) => JSON.parse(text) as { apis: unknown[]; error?: string });
  await vi.waitFor(() => expect(reports()).toHaveLength(1), { timeout: 20_000 });
  writeFiles(folder, [{ path: "clientsmith.config.ts", text: "export default { scop: 1 };" }]);
  await vi.waitFor(() => expect(reports()).toHaveLength(2), { timeout: 20_000 });
  expect(reports()[1]).toMatchObject({
    apis: [],
    error: expect.stringContaining("scop is unknown") as string,
  });
  expect(err).toMatch(/error: \S+ scop is unknown/);
  expect(await stop()).toBe(0);
});
