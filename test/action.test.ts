import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildGenerator } from "./support/built.js";
import { Repository } from "./support/repository.js";
import { documentOf } from "./support/review.js";
import { ROOT } from "./support/root.js";
import { json, startServer, type LoopbackServer, type Reaction } from "./support/server.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

const SCRIPT = fileURLToPath(new URL("generator/action/review.mjs", ROOT));
const MARKER = "<!-- clientsmith diff -->";

/** Stands for clientsmith: says what it is asked, and ends as it is told. */
const STUB = `
const args = process.argv.slice(2);
const format = args[args.indexOf("--format") + 1];
if (args[0] === "check") { console.error("✗ things is stale"); process.exit(Number(process.env.STUB_CHECK ?? 0)); }
if (format === "json") { console.log(JSON.stringify({ verdict: process.env.STUB_VERDICT ?? "breaking", bump: "major" })); process.exit(Number(process.env.STUB_DIFF ?? 0)); }
if (format === "github") console.log("::error file=specs/things.yaml,line=3::gone");
if (format === "markdown") console.log("${MARKER}\\n## Breaking\\n\\n" + args.join(" ") + "\\ntoken: " + (process.env.INPUT_TOKEN ?? "none"));
`;

type Ran = {
  readonly code: number;
  readonly out: string;
  readonly summary: string;
  readonly outputs: string;
};

type Setting = {
  readonly repository?: Repository;
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs the script as the action does, on a pull request whose target is the first commit. */
function runAction(server: LoopbackServer, setting: Setting = {}): Promise<Ran> {
  const repository = setting.repository ?? new Repository({ "a.txt": "a" });
  const folder = emptyFolder();
  const base = { sha: repository.git("rev-list", "--max-parents=0", "HEAD").trim() };
  writeFiles(folder, [
    { path: "stub.mjs", text: STUB },
    { path: "event.json", text: JSON.stringify({ pull_request: { number: 7, base } }) },
  ]);
  const at = (name: string) => join(folder, name);
  const read = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), "utf8") : "");
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
      done({ code, out, summary: read("summary.md"), outputs: read("output") });
    });
  });
}

const NONE: Reaction = json(200, []);

function commentOf(id: number, body: string, type = "Bot"): object {
  return { id, body, user: { type } };
}

describe("the action", () => {
  it("creates the comment, annotates, and writes the summary and its outputs", async () => {
    const server = await startServer(NONE, json(201, { id: 1 }));
    const { code, out, summary, outputs } = await runAction(server, { env: { STUB_DIFF: "1" } });
    expect(code).toBe(1);
    expect(server.requests.map(({ line }) => line)).toEqual([
      "GET /repos/acme/api/issues/7/comments?per_page=100&page=1 HTTP/1.1",
      "POST /repos/acme/api/issues/7/comments HTTP/1.1",
    ]);
    const { body } = JSON.parse(server.requests[1]!.body) as { body: string };
    expect(body.startsWith(`${MARKER}\n## Breaking`)).toBe(true);
    expect(server.requests[1]!.headers).toMatchObject({
      authorization: "Bearer ghs_secret",
      "x-github-api-version": "2022-11-28",
    });
    expect(out).toContain("::error file=specs/things.yaml,line=3::gone\n");
    expect(summary).toContain("## Breaking");
    expect(summary).toContain("The generated packages are what their documents say.");
    expect(outputs).toBe("verdict=breaking\nbump=major\n");
  });

  it("updates the comment that it wrote, wherever it stands, and nobody else's", async () => {
    const others = Array.from({ length: 100 }, (_, index) => commentOf(index, "hello", "User"));
    const own = [commentOf(200, `${MARKER} spoofed`, "User"), commentOf(300, `${MARKER}\r\nold`)];
    const server = await startServer(json(200, others), json(200, own), json(200, {}));
    expect((await runAction(server)).code).toBe(0);
    expect(server.requests.map(({ line }) => line.split("?")[0])).toEqual([
      "GET /repos/acme/api/issues/7/comments",
      "GET /repos/acme/api/issues/7/comments",
      "PATCH /repos/acme/api/issues/comments/300 HTTP/1.1",
    ]);
    expect(server.requests[1]!.line).toContain("page=2");
  });

  it("leaves a comment that says the same, and writes no first one where nothing changes", async () => {
    const first = await startServer(NONE, json(201, {}));
    const repository = new Repository({ "a.txt": "a" });
    await runAction(first, { repository });
    const { body } = JSON.parse(first.requests[1]!.body) as { body: string };
    const again = await startServer(json(200, [commentOf(1, body.replaceAll("\n", "\r\n"))]));
    await runAction(again, { repository });
    expect(again.requests).toHaveLength(1);
    const quiet = await startServer(NONE);
    await runAction(quiet, { env: { STUB_VERDICT: "unchanged" } });
    expect(quiet.requests).toHaveLength(1);
  });

  it.each([403, 404, 401])("falls back to the summary where the token may not write: %d", async (status) => {
    const server = await startServer(
      NONE,
      json(status, { message: "Resource not accessible by integration" }),
    );
    const { code, out, summary } = await runAction(server);
    expect(code).toBe(0);
    expect(out).not.toContain("::warning");
    expect(summary).toContain("## Breaking");
  });

  it("warns where GitHub has a fault, and fails for none of it", async () => {
    const server = await startServer(json(502, {}));
    const { code, out } = await runAction(server);
    expect(code).toBe(0);
    expect(out).toContain("::warning::the comment was not written: GitHub answered 502");
    const gone = await startServer("hangUp");
    expect((await runAction(gone)).out).toContain("::warning::the comment was not written");
  });

  it("fails where packages are stale, and says so everywhere", async () => {
    const server = await startServer(NONE, json(201, {}));
    const { code, out, summary } = await runAction(server, {
      env: { STUB_CHECK: "1", STUB_VERDICT: "unchanged" },
    });
    expect(code).toBe(1);
    expect(out).toContain("::error::generated packages differ from their documents");
    expect(summary).toContain("✗ things is stale");
    expect(server.requests[1]!.body).toContain("run `npx clientsmith generate`");
    const off = await runAction(await startServer(NONE), {
      env: { STUB_CHECK: "1", INPUT_CHECK: "false", INPUT_COMMENT: "false" },
    });
    expect(off.code).toBe(0);
  });

  it("hands words of inputs on as they are, to no shell, and the token to nobody", async () => {
    const server = await startServer(NONE, json(201, {}));
    const repository = new Repository({ "a.txt": "a" });
    const apis = "$(touch${IFS}pwned) ;touch pwned2 `touch pwned3`";
    const { summary } = await runAction(server, {
      repository,
      env: { INPUT_APIS: apis, INPUT_FAIL_ON: "none" },
    });
    expect(summary).toContain("diff $(touch${IFS}pwned) ;touch pwned2 `touch pwned3` --base ");
    expect(summary).toContain("token: none");
    expect(["pwned", "pwned2", "pwned3"].filter((name) => existsSync(join(repository.cwd, name)))).toEqual(
      [],
    );
  });

  it("compares with the merge base, and with what it is told", async () => {
    const repository = new Repository({ "a.txt": "a" });
    const first = repository.git("rev-parse", "HEAD").trim();
    repository.write({ "a.txt": "b" });
    repository.commit("target moves on");
    const tip = repository.git("rev-parse", "HEAD").trim();
    repository.git("checkout", "-q", "-b", "change", first);
    repository.write({ "b.txt": "b" });
    repository.commit("change");
    const quiet = { INPUT_COMMENT: "false" };
    const server = await startServer(NONE);
    const told = await runAction(server, { repository, env: { ...quiet, INPUT_BASE: "main" } });
    expect(told.summary).toContain(`--base ${first} `);
    expect(tip).not.toBe(first);
    const nowhere = await runAction(server, { repository, env: { ...quiet, INPUT_BASE: "nowhere" } });
    expect([nowhere.code, nowhere.out]).toEqual([
      2,
      "::error::there is no commit to compare with: check out with fetch-depth: 0, or give the input base\n",
    ]);
    expect(server.requests).toEqual([]);
  });

  it("reviews a real change in a folder of the repository", async () => {
    const main = buildGenerator(emptyFolder());
    const schema = (type: string) => ({ type: "object", properties: { a: { type } } });
    const repository = new Repository({
      "apis/specs/things.yaml": documentOf(schema("string"), { direction: "request" }),
    });
    repository.write({ "apis/specs/things.yaml": documentOf(schema("integer"), { direction: "request" }) });
    repository.commit("change");
    const server = await startServer(NONE, json(201, {}));
    const { code, out, summary, outputs } = await runAction(server, {
      repository,
      command: `${process.execPath} ${main}`,
      env: { INPUT_WORKING_DIRECTORY: "apis", INPUT_CHECK: "false" },
    });
    expect(code).toBe(1);
    expect(outputs).toBe("verdict=breaking\nbump=major\n");
    expect(out).toMatch(
      /^::error file=apis\/specs\/things\.yaml,line=1,col=\d+,title=request-property-type-changed::/,
    );
    expect(summary.startsWith(`${MARKER}\n## 🔴 Breaking: 1 error`)).toBe(true);
    expect(server.requests[1]!.body).toContain("request-property-type-changed");
  });
});

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
};
type Workflow = {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
};

function read<T>(path: string): T {
  return parse(readFileSync(new URL(path, ROOT), "utf8")) as T;
}

describe("the files of the action", () => {
  it("put no input into a script, and pin what others wrote", () => {
    const action = read<{ inputs: Record<string, object>; runs: { steps: Step[] } }>("action.yml");
    const workflows = ["spec-review", "test"].map((name) => read<Workflow>(`.github/workflows/${name}.yml`));
    const steps = [
      ...action.runs.steps,
      ...workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps)),
    ];
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    const foreign = steps.flatMap(({ uses }) => (uses === undefined || uses === "./" ? [] : [uses]));
    expect(foreign.length).toBeGreaterThan(3);
    expect(foreign.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
    expect(workflows.map(({ permissions }) => permissions)).toEqual([
      { contents: "read", "pull-requests": "write" },
      { contents: "read" },
    ]);
  });

  it("hand every input to the script, which reads no other", () => {
    const action = read<{ inputs: Record<string, object>; runs: { steps: Step[] } }>("action.yml");
    const wanted = Object.keys(action.inputs).map(
      (name) => `INPUT_${name.toUpperCase().replaceAll("-", "_")}`,
    );
    expect(Object.keys(action.runs.steps[0]!.env!).toSorted()).toEqual(wanted.toSorted());
    const used = new Set(readFileSync(SCRIPT, "utf8").match(/INPUT_[A-Z_]+/g));
    expect([...used].toSorted()).toEqual(wanted.toSorted());
  });
});
