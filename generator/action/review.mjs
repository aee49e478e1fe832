// @ts-check
/**
 * What `action.yml` runs: `check` and `diff` against the merge base; annotations, the job's summary, and one comment that is kept up to date.
 * Plain JavaScript for Node 20 without dependencies: an action is used as it stands in its repository. Everything that it is told comes through
 * the environment and reaches no shell.
 */
import { execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { keepComment } from "./comment.mjs";

const MARKER = "<!-- clientsmith diff -->";
/** GitHub refuses longer comments. */
const MAX_COMMENT = 65_536;
/** What is shown of the output of `check`. */
const MAX_OUTPUT = 20_000;
const MAX_BUFFER = 256 * 1024 * 1024;

/** @typedef {{ code: number, out: string, err: string }} Ran */

const { env } = process;
const workspace = env["GITHUB_WORKSPACE"] ?? process.cwd();
const cwd = resolve(workspace, env["INPUT_WORKING_DIRECTORY"] || ".");
const event = readEvent();

async function main() {
  const base = await mergeBase();
  if (base === undefined) {
    say("error", "there is no commit to compare with: check out with fetch-depth: 0, or give the input base");
    return 2;
  }
  const apis = wordsOf(env["INPUT_APIS"]);
  const waivers = env["INPUT_WAIVERS"] ? ["--waivers", env["INPUT_WAIVERS"]] : [];
  const consumers = wordsOf(env["INPUT_CONSUMERS"]).flatMap((project) => ["--consumer", project]);
  const check = env["INPUT_CHECK"] === "false" ? undefined : await clientsmith(["check", ...apis]);
  const { diff, markdown, annotations } = await reports([
    ...apis,
    "--base",
    base,
    "--fail-on",
    env["INPUT_FAIL_ON"] || "breaking",
    ...waivers,
    ...consumers,
  ]);
  process.stdout.write(annotationsOf(annotations));
  process.stderr.write(diff.err);
  if (check && check.code !== 0) {
    process.stderr.write(check.err);
    say(
      "error",
      check.code === 1
        ? "generated packages differ from their documents: run clientsmith generate"
        : "clientsmith check failed",
    );
  }
  const isReviewed = diff.code <= 1 && markdown !== "";
  if (!isReviewed) say("error", "clientsmith diff failed");
  const report = isReviewed ? markdown : failureText(diff, markdown);
  summarize(`${report}\n${checkText(check)}`);
  const review = /** @type {Review} */ (parsed(diff.out) ?? {});
  const { verdict = "error", bump = "none" } = review;
  output({ verdict: isReviewed ? verdict : "error", bump });
  const isQuiet = isReviewed && saysNothing(review) && (check?.code ?? 0) === 0;
  await comment(commentBody(report, check), isQuiet);
  return Math.max(diff.code, check?.code ?? 0);
}

/**
 * The report where not all could be reviewed: why, and what is said of the rest, unless no comment holds both.
 *
 * @param {Ran} diff
 * @param {string} markdown
 */
function failureText({ err }, markdown) {
  const failure = `${MARKER}\n## 🔴 clientsmith could not review all of this change\n${fenced(err)}`;
  const rest = markdown.replace(`${MARKER}\n## `, "\n## What was reviewed: ");
  return failure.length + rest.length <= MAX_COMMENT ? failure + rest : failure;
}

/** @typedef {{ verdict?: string, bump?: string, waived?: unknown[], apis?: Review[] }} Review */

/**
 * True where there is nothing to be told of: neither on the wire, nor of the package, nor what was waived.
 *
 * @param {Review} review
 * @returns {boolean}
 */
function saysNothing({ verdict, bump, waived = [], apis = [] }) {
  return verdict === "unchanged" && bump === "none" && waived.length === 0 && apis.every(saysNothing);
}

/** @returns {{ pull_request?: { number: number, base: { sha: string } }, before?: string }} */
function readEvent() {
  const path = env["GITHUB_EVENT_PATH"];
  return (path ? parsed(readFileSync(path, "utf8")) : undefined) ?? {};
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} text */
function wordsOf(text) {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}

/**
 * The commit that the change started from: what is asked for, or where the pull request left its target, or what a push replaced. A shallow
 * checkout has not got it yet.
 */
async function mergeBase() {
  const start = env["INPUT_BASE"] || event.pull_request?.base.sha || event.before;
  if (start === undefined || start === "" || /^0+$/.test(start)) return undefined;
  const name = (await isCommit(start)) ? start : await fetched(start);
  if (name === undefined) return undefined;
  const found = await git(["merge-base", name, "HEAD"]);
  // Without history there is no merge base. GitHub's merge commit has the tip of the target as its parent.
  return found.code === 0 ? found.out.trim() : name;
}

/** @param {string} name */
async function isCommit(name) {
  return (await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`])).code === 0;
}

/** @param {string} name */
async function fetched(name) {
  const { code } = await git(["fetch", "--no-tags", "--depth=1", "--end-of-options", "origin", name]);
  if (code !== 0) return undefined;
  return (await isCommit(name)) ? name : (await git(["rev-parse", "FETCH_HEAD"])).out.trim();
}

/** @param {string[]} args */
function git(args) {
  return run("git", args);
}

/** @param {string[]} args */
function clientsmith(args) {
  const [command = "npx", ...first] = wordsOf(env["INPUT_COMMAND"] || "npx --no-install clientsmith");
  return run(command, [...first, ...args]);
}

/**
 * One review, in three forms: the JSON is printed, the others are written into files.
 *
 * @param {string[]} args
 */
async function reports(args) {
  const folder = mkdtempSync(join(env["RUNNER_TEMP"] || tmpdir(), "clientsmith-"));
  const [markdown, annotations] = ["review.md", "annotations.txt"].map((name) => join(folder, name));
  const formats = ["json", `markdown=${markdown}`, `github=${annotations}`];
  const diff = await clientsmith(["diff", ...args, ...formats.flatMap((format) => ["--format", format])]);
  const texts = { markdown: textOf(markdown), annotations: textOf(annotations) };
  rmSync(folder, { recursive: true, force: true });
  return { diff, ...texts };
}

/** @param {string | undefined} path */
function textOf(path) {
  return path !== undefined && existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** @param {string} command @param {string[]} args @returns {Promise<Ran>} */
function run(command, args) {
  // What runs here is the checkout's code: it gets no token.
  const { INPUT_TOKEN: _, ...inherited } = env;
  const options = { cwd, env: { ...inherited, NO_COLOR: "1" }, maxBuffer: MAX_BUFFER };
  return new Promise((done) => {
    execFile(command, args, options, (error, out, err) => {
      const code = error ? (typeof error.code === "number" ? error.code : 2) : 0;
      done({ code, out, err: err === "" && code > 1 ? String(error?.message) : err });
    });
  });
}

/**
 * Paths of annotations start from the root of the repository.
 *
 * @param {string} text
 */
function annotationsOf(text) {
  const folder = relative(workspace, cwd).split(sep).join("/");
  if (folder === "") return text;
  const prefix = `${folder}/`.replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
  return text.replace(/^(::(?:error|warning|notice) file=)/gm, `$1${prefix}`);
}

/** @param {"error" | "warning"} level @param {string} text */
function say(level, text) {
  process.stdout.write(
    `::${level}::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}\n`,
  );
}

/** @param {string} text */
function summarize(text) {
  const path = env["GITHUB_STEP_SUMMARY"];
  if (path) appendFileSync(path, `${text}\n`);
}

/** @param {{ verdict: string, bump: string }} values */
function output({ verdict, bump }) {
  const path = env["GITHUB_OUTPUT"];
  if (path) appendFileSync(path, `verdict=${verdict}\nbump=${bump}\n`);
}

/** @param {Ran | undefined} check */
function checkText(check) {
  if (!check) return "";
  if (check.code === 0) return "\nThe generated packages are what their documents say.\n";
  return `\n${checkWords(check)}\n${fenced(check.err)}`;
}

/** @param {Ran} check one that does not end with 0 */
function checkWords({ code }) {
  return code === 1
    ? "⚠️ The generated packages are not what their documents say: run `npx clientsmith generate`."
    : "⚠️ `clientsmith check` failed: nobody knows whether the generated packages are what their documents say.";
}

/** @param {string} text */
function fenced(text) {
  const shown = text.length > MAX_OUTPUT ? `${text.slice(0, MAX_OUTPUT)}\n…` : text;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `\n${fence}text\n${shown.trimEnd()}\n${fence}\n`;
}

/** @param {string} report @param {Ran | undefined} check */
function commentBody(report, check) {
  const note = check && check.code !== 0 ? `\n${checkWords(check)}\n` : "";
  return report.length + note.length <= MAX_COMMENT ? report + note : report;
}

/** @param {string} body @param {boolean} isQuiet */
async function comment(body, isQuiet) {
  const number = event.pull_request?.number;
  const { INPUT_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  if (env["INPUT_COMMENT"] === "false" || number === undefined || !token || !repository) return;
  const api = env["GITHUB_API_URL"] ?? "https://api.github.com";
  try {
    const outcome = await keepComment({ api, repository, number, token }, { body, marker: MARKER, isQuiet });
    if (outcome.kind === "refused")
      process.stderr.write(
        `The token may not comment here (${outcome.status}), as on a pull request from a fork: the summary has the report.\n`,
      );
  } catch (error) {
    say("warning", `the comment was not written: ${/** @type {Error} */ (error).message}`);
  }
}

process.exitCode = await main();
