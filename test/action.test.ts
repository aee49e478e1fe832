import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { MARKER, runAction, SCRIPT } from "./support/action.js";
import { Repository } from "./support/repository.js";
import { ROOT } from "./support/root.js";
import { json, startServer, type Reaction } from "./support/server.js";

const NONE: Reaction = json(200, []);
/** The review of a change that nobody feels. */
const SILENT = { verdict: "unchanged", bump: "none" };

function commentOf(id: number, body: string, type = "Bot"): object {
  return { id, body, user: { type } };
}

describe("the action", () => {
  it("creates the comment, annotates, and writes the summary and its outputs", async () => {
    const server = await startServer(NONE, json(201, { id: 1 }));
    const { code, out, summary, outputs, commands } = await runAction(server, { env: { STUB_DIFF: "1" } });
    expect(code).toBe(1);
    // One run makes all three reports.
    expect(commands).toEqual(["check", "diff"]);
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
    await runAction(quiet, { env: { STUB_REVIEW: JSON.stringify(SILENT) } });
    expect(quiet.requests).toHaveLength(1);
    const several = { ...SILENT, apis: [SILENT, { ...SILENT, waived: [{ id: "F1" }] }] };
    for (const review of [{ ...SILENT, bump: "major" }, { ...SILENT, waived: [{ id: "F1" }] }, several]) {
      const told = await startServer(NONE, json(201, {}));
      await runAction(told, { env: { STUB_REVIEW: JSON.stringify(review) } });
      expect(told.requests).toHaveLength(2);
    }
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
      env: { STUB_CHECK: "1", STUB_REVIEW: JSON.stringify(SILENT) },
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

  it("is never green where something could not be reviewed, and says what, before all else", async () => {
    const failed = { STUB_DIFF: "2", STUB_FAULT: "✗ other was not reviewed\n", INPUT_CHECK: "false" };
    const bodyOf = async (env: Record<string, string>) => {
      const server = await startServer(NONE, json(201, {}));
      const { code, summary, outputs } = await runAction(server, { env: { ...failed, ...env } });
      const { body } = JSON.parse(server.requests[1]!.body) as { body: string };
      expect([code, outputs, summary]).toEqual([2, "verdict=error\nbump=none\n", `${body}\n\n`]);
      return body;
    };
    const top = `${MARKER}\n## 🔴 clientsmith could not review all of this change\n`;
    const body = await bodyOf({ STUB_REVIEW: JSON.stringify(SILENT) });
    const why = "\n```text\n✗ other was not reviewed\n```\n";
    expect(body.startsWith(`${top}${why}\n## What was reviewed: Breaking\n`)).toBe(true);
    const long = await bodyOf({ STUB_REVIEW: JSON.stringify(SILENT), STUB_LENGTH: "65400" });
    expect(long).toBe(`${top}${why}`);
  });

  it("sends nobody to generate where check itself failed", async () => {
    const server = await startServer(NONE, json(201, {}));
    const { code, summary } = await runAction(server, { env: { STUB_CHECK: "2" } });
    const { body } = JSON.parse(server.requests[1]!.body) as { body: string };
    expect(code).toBe(2);
    for (const text of [summary, body]) {
      expect(text).toContain("\n⚠️ `clientsmith check` failed: ");
      expect(text).not.toContain("clientsmith generate");
    }
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

type Action = {
  readonly inputs: Readonly<Record<string, object>>;
  readonly runs: { readonly steps: readonly Step[] };
};

const ACTION = parse(readFileSync(new URL("action.yml", ROOT), "utf8")) as Action;
const WORKFLOWS = ["spec-review", "test"].map(
  (name) => parse(readFileSync(new URL(`.github/workflows/${name}.yml`, ROOT), "utf8")) as Workflow,
);

describe("the files of the action", () => {
  it("put no input into a script, and pin what others wrote", () => {
    const steps = [
      ...ACTION.runs.steps,
      ...WORKFLOWS.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps)),
    ];
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    const foreign = steps.flatMap(({ uses }) => (uses === undefined || uses === "./" ? [] : [uses]));
    expect(foreign.length).toBeGreaterThan(3);
    expect(foreign.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
    expect(WORKFLOWS.map(({ permissions }) => permissions)).toEqual([
      { contents: "read", "pull-requests": "write" },
      { contents: "read" },
    ]);
  });

  it("hand every input to the script, which reads no other", () => {
    const wanted = Object.keys(ACTION.inputs).map(
      (name) => `INPUT_${name.toUpperCase().replaceAll("-", "_")}`,
    );
    expect(Object.keys(ACTION.runs.steps[0]!.env!).toSorted()).toEqual(wanted.toSorted());
    const used = new Set(readFileSync(SCRIPT, "utf8").match(/INPUT_[A-Z_]+/g));
    expect([...used].toSorted()).toEqual(wanted.toSorted());
  });
});
