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

/** Stands for clientsmith: says what it is asked, and ends as it is told. */
const STUB = `
const args = process.argv.slice(2);
const format = args[args.indexOf("--format") + 1];
if (args[0] === "check") { console.error("✗ things is stale"); process.exit(Number(process.env.STUB_CHECK ?? 0)); }
if (format === "json") { console.log(JSON.stringify({ verdict: process.env.STUB_VERDICT ?? "breaking", bump: "major" })); process.exit(Number(process.env.STUB_DIFF ?? 0)); }
if (format === "github") console.log("::error file=specs/things.yaml,line=3::gone");
if (format === "markdown") console.log("${MARKER}\\n## Breaking\\n\\n" + args.join(" ") + "\\ntoken: " + (process.env.INPUT_TOKEN ?? "none"));
`;

/** What a run of the action left behind. */
export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly summary: string;
  readonly outputs: string;
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
    ...setting.env,
  };
  return new Promise((done) => {
    execFile(process.execPath, [SCRIPT], { cwd: repository.cwd, env }, (error, out) => {
      const code = typeof error?.code === "number" ? error.code : 0;
      done({ code, out, summary: left("summary.md"), outputs: left("output") });
    });
  });
}
