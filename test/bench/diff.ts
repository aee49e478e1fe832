import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { corpusDocuments, installPackages } from "../corpus/sources.js";
import { ROOT } from "../support/root.js";
import { measureByTurns, tableOf, type Contestant } from "./measure.js";
import { mutated } from "./mutated.js";

/** `npm run bench:diff [-- --runs N --only PATTERN]`: see README.md beside this file. */

const { values } = parseArgs({
  options: { runs: { type: "string", default: "5" }, only: { type: "string", default: "" } },
});

const root = fileURLToPath(ROOT);
const peers = installPackages({ "@redocly/cli": { version: "2.77.0", folder: "." } });

/** Both end with 1 where they find breaks. */
function contestants(base: string, head: string): Contestant[] {
  return [
    {
      name: "clientsmith diff (with what stops compiling)",
      args: [join(root, "dist/bundle/main.js"), "diff", base, head, "--format", "json"],
      exits: [0, 1],
    },
    {
      name: "redocly diff",
      args: [join(peers, "@redocly/cli/bin/cli.js"), "diff", base, head, "--format", "json"],
      exits: [0, 1],
    },
  ];
}

type Step = { readonly name: string; readonly base: string; readonly head: string };

const folder = mkdtempSync(join(tmpdir(), "clientsmith-bench-diff-"));

/** From one published revision to the next. */
function revisionStep(api: string, base: string, head: string): Step {
  const fileOf = (revision: string) => join(root, "test/diff/revisions", api, `${revision}.yaml`);
  return { name: `${api} ${base} → ${head}`, base: fileOf(base), head: fileOf(head) };
}

/** A real document against a copy in which something has changed at many places. */
function changedCopy(name: string): Step {
  const { path } = corpusDocuments().find((document) => document.name === name)!;
  const { document, changes } = mutated(JSON.parse(readFileSync(path, "utf8")));
  const head = join(folder, `${basename(path, ".json")}.changed.json`);
  writeFileSync(head, JSON.stringify(document, undefined, 2));
  return { name: `${name} with ${changes} changes`, base: path, head };
}

execFileSync("npm", ["run", "-s", "build"], { cwd: root, stdio: "inherit" });
const steps = [
  revisionStep("dynamic-auth", "r1", "r2"),
  revisionStep("dynamic-auth", "r2", "r3"),
  revisionStep("cargo", "r1", "r2"),
  changedCopy("@octokit/openapi/api.github.com.json"),
];
for (const { name, base, head } of steps.filter((each) => new RegExp(values.only).test(each.name))) {
  process.stdout.write(`${name}\n${tableOf(measureByTurns(contestants(base, head), Number(values.runs)))}\n`);
}
rmSync(folder, { recursive: true });
