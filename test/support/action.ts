import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Repository } from "./repository.js";
import { ROOT } from "./root.js";
import type { LoopbackServer } from "./server.js";
import { emptyFolder, writeFiles } from "./workspace.js";

/** What `action.yml` runs. */
export const SCRIPT = fileURLToPath(new URL("generator/action/review.mjs", ROOT));

/** What its comment begins with. */
export const MARKER = "<!-- clientsmith diff -->";

/** Stands for clientsmith: says what it is asked, prints and writes the reports that it is asked for, and ends as it is told. */
const STUB = `
import { appendFileSync, writeFileSync } from "node:fs";
const args = process.argv.slice(2);
appendFileSync(process.env.STUB_RUNS, args[0] + "\\n");
if (args[0] === "check") { console.error("✗ things is stale"); process.exit(Number(process.env.STUB_CHECK ?? 0)); }
const asked = args.filter((_, index) => args[index - 1] === "--format");
const told = args.filter((arg) => arg !== "--format" && !asked.includes(arg));
const reports = {
  json: JSON.stringify({ verdict: "breaking", bump: "major", ...JSON.parse(process.env.STUB_REVIEW ?? "{}") }),
  github: "::error file=specs/things.yaml,line=3::gone",
  markdown: "${MARKER}\\n## Breaking\\n\\n" + told.join(" ") + "\\ntoken: " + (process.env.INPUT_TOKEN ?? "none") +
    "\\n".repeat(Number(process.env.STUB_LENGTH ?? 0)),
};
for (const format of asked) {
  const [name, file] = format.split("=");
  if (file) writeFileSync(file, reports[name] + "\\n");
  else console.log(reports[name]);
}
process.stderr.write(process.env.STUB_FAULT ?? "");
process.exit(Number(process.env.STUB_DIFF ?? 0));
`;

/** What a run of the action left behind. */
export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly summary: string;
  readonly outputs: string;
  /** The commands of clientsmith that it ran. */
  readonly commands: readonly string[];
};

/** What it runs on. */
export type Setting = {
  readonly repository?: Repository;
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs the script as the action does, on a pull request whose target is the first commit. */
export function runAction(server: LoopbackServer, setting: Setting = {}): Promise<Ran> {
  const repository = setting.repository ?? new Repository({ "a.txt": "a" });
  const folder = emptyFolder();
  const base = { sha: repository.git("rev-list", "--max-parents=0", "HEAD").trim() };
  writeFiles(folder, [
    { path: "stub.mjs", text: STUB },
    { path: "event.json", text: JSON.stringify({ pull_request: { number: 7, base } }) },
  ]);
  const at = (name: string) => join(folder, name);
  const left = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), "utf8") : "");
  const env = {
    PATH: process.env["PATH"],
    GITHUB_API_URL: server.url,
    GITHUB_EVENT_PATH: at("event.json"),
    GITHUB_OUTPUT: at("output"),
    GITHUB_REPOSITORY: "acme/api",
    GITHUB_STEP_SUMMARY: at("summary.md"),
    GITHUB_WORKSPACE: repository.cwd,
    INPUT_COMMAND: setting.command ?? `${process.execPath} ${at("stub.mjs")}`,
    INPUT_TOKEN: "ghs_secret",
    RUNNER_TEMP: folder,
    STUB_RUNS: at("runs"),
    ...setting.env,
  };
  return new Promise((done) => {
    execFile(process.execPath, [SCRIPT], { cwd: repository.cwd, env }, (error, out) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      done({
        code,
        out,
        summary: left("summary.md"),
        outputs: left("output"),
        commands: left("runs").split("\n").slice(0, -1),
      });
    });
  });
}
