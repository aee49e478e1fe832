import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { Repository } from "./support/repository.js";
import { ROOT } from "./support/root.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

/** What the README shows of a run is what a run prints: every line of it, in that order; `…` stands for lines that are left out. */

const README = readFileSync(new URL("README.md", ROOT), "utf8");
const CARGO = readFileSync(new URL("specs/cargo.yaml", ROOT), "utf8");

/** The output in the README that begins with a text. */
function shown(first: string): string[] {
  const blocks = README.matchAll(/^```(?<language>\w*)\n(?<text>[\s\S]*?)^```$/gm);
  const block = [...blocks].find(
    ({ groups }) => !groups?.["language"] && groups?.["text"]?.startsWith(first),
  );
  if (!block?.groups?.["text"]) throw new Error(`the README shows nothing that begins with ${first}`);
  return block.groups["text"].split("\n").filter((line) => !/^\s*…?$/.test(line));
}

/** As many of the lines, from the first, as stand in the text one after the other, whatever stands between them. */
function among(lines: readonly string[], text: string): string[] {
  const printed = text.split("\n");
  let from = 0;
  const missing = lines.findIndex((line) => {
    const at = printed.indexOf(line, from);
    from = at + 1;
    return at === -1;
  });
  return missing === -1 ? [...lines] : lines.slice(0, missing);
}

function changed(from: string, to: string): string {
  expect(CARGO.split(from)).toHaveLength(2);
  return CARGO.replace(from, to);
}

/** The lines of shell in the README that begin with a text. */
function commands(first: string): string[] {
  const blocks = [...README.matchAll(/^```sh\n(?<text>[\s\S]*?)^```$/gm)].map(
    ({ groups }) => groups!["text"]!,
  );
  return blocks.flatMap((text) => text.split("\n")).filter((line) => line.startsWith(first));
}

it("a newcomer has a command that works in a checkout, as it stands there", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "openapi.yaml", text: CARGO }]);
  const [command = ""] = commands("npm run -s clientsmith -- ");
  const [npm, ...args] = command.split(" ");
  const paths = args.map((arg) => (/^(openapi\.yaml|packages\/api)$/.test(arg) ? join(folder, arg) : arg));
  const { stderr } = await promisify(execFile)(npm!, paths, { cwd: fileURLToPath(ROOT) });
  expect(stderr).toContain("✓ openapi → ");
  expect(existsSync(join(folder, "packages/api/package.json"))).toBe(true);
});

it("a newcomer is told how to install it before what needs it installed", () => {
  const { name, version } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as {
    name: string;
    version: string;
  };
  const install = `npm install --save-dev ${name}`;
  expect(commands(install)).toEqual([
    `${install} # or: ${install.replace(name, "")}../${name}/${name}-${version}.tgz`,
  ]);
  expect(README.indexOf(install)).toBeLessThan(README.indexOf("npx clientsmith"));
});

it("generate says what it has made", async () => {
  const { cwd } = new Repository({ "openapi.yaml": CARGO });
  const { err } = await cli(cwd, "generate", "openapi.yaml", "--out", "packages/api");
  const lines = shown("✓ openapi");
  expect(among(lines, err)).toEqual(lines);
});

it("check shows what a changed document changes", async () => {
  const repository = new Repository({ "specs/cargo.yaml": CARGO });
  await cli(repository.cwd, "generate");
  const threshold = "        threshold:\n          type: number\n";
  repository.write({
    "specs/cargo.yaml": changed(threshold, `${threshold}        paused:\n          type: boolean\n`),
  });
  const { out, err } = await cli(repository.cwd, "check");
  const lines = shown("✗ cargo");
  expect(among(lines, out + err)).toEqual(lines);
});

it("a fault is shown at its line", async () => {
  const faulty = changed(
    'schemas/Cadence"\n          description: Billing cadence for the plan.',
    'schemas/Cadance"\n          description: Billing cadence for the plan.',
  );
  const { cwd } = new Repository({ "specs/cargo.yaml": faulty });
  const lines = shown("specs/cargo.yaml:");
  expect(among(lines, (await cli(cwd, "generate")).err)).toEqual(lines);
});

it("diff shows and proves what breaks", async () => {
  const repository = new Repository({ "specs/cargo.yaml": CARGO });
  repository.write({ "specs/cargo.yaml": changed("        - semi_annual\n", "") });
  const lines = shown('  ✗ error  "semi_annual"');
  expect(among(lines, (await cli(repository.cwd, "diff", "--base", "HEAD")).out)).toEqual(lines);
});
