import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { MARKER, runAction } from "./support/action.js";
import { buildGenerator } from "./support/built.js";
import { Repository } from "./support/repository.js";
import { documentOf } from "./support/review.js";
import { ROOT } from "./support/root.js";
import { json, startServer } from "./support/server.js";

const README = readFileSync(new URL("README.md", ROOT), "utf8");

/** The block of the README that begins with a line. */
function blockOf(first: string): string {
  const block = [...README.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].find(([, text]) =>
    text?.startsWith(first),
  );
  if (!block?.[1]) throw new Error(`the README has no block that begins with ${first}`);
  return block[1];
}

/** A folder for the path, in which `npx clientsmith` is this checkout. */
let binaries = "";

beforeAll(() => {
  binaries = mkdtempSync(join(tmpdir(), "clientsmith-"));
  const main = buildGenerator(binaries);
  const script = `#!/bin/sh\n[ "$1" = clientsmith ] || exit 99\nshift\nexec "${process.execPath}" "${main}" "$@"\n`;
  writeFileSync(join(binaries, "npx"), script);
  chmodSync(join(binaries, "npx"), 0o755);
});

afterAll(() => rmSync(binaries, { recursive: true, force: true }));

/** Runs a command in a repository as a person would: what it printed, and how it ended. */
function shell(repository: Repository, command: string): { code: number; text: string } {
  const env = {
    ...process.env,
    PATH: `${binaries}:${process.env["PATH"]}`,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@b.c",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@b.c",
  };
  try {
    const text = execFileSync("sh", ["-c", `${command} 2>&1`], {
      cwd: repository.cwd,
      env,
      encoding: "utf8",
    });
    return { code: 0, text };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { code: status, text: stdout };
  }
}

function specOf(type: string, folder = ""): Record<string, string> {
  const schema = { type: "object", properties: { a: { type } } };
  return { [`${folder}specs/things.yaml`]: documentOf(schema, { direction: "request" }) };
}

/** A document in two files, of a length at which git knows it again where it has gone. */
function partedIn(folder: string, type: string): Record<string, string> {
  const properties = `{ a: { $ref: "common.yaml#/A" }, b: { type: ${type} } }`;
  return {
    [`${folder}/common.yaml`]: "A: { type: string }\n",
    [`${folder}/api.yaml`]: `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    put:
      operationId: putThing
      responses: { "204": { description: None. } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: ${properties}
`,
  };
}

describe("the diff driver of the README", () => {
  it("reviews changed, new and removed documents in git diff", () => {
    const repository = new Repository(specOf("string"));
    repository.write({ ".gitattributes": blockOf("specs/*.yaml") });
    shell(repository, blockOf("git config diff.openapi.command").trim());
    repository.commit("attributes");
    expect(shell(repository, "git diff").text).toBe("");
    repository.write({
      ...specOf("integer"),
      "specs/more.yaml": documentOf({ type: "string" }),
      "a.txt": "plain",
    });
    repository.git("add", "-A");
    const { code, text } = shell(repository, "git --no-pager diff --cached");
    expect([code, text]).toEqual([0, expect.stringContaining("request-property-type-changed")]);
    expect(text).toContain("PUT /things is new");
    expect(text).toContain("+plain");
    repository.git("commit", "-qm", "change");
    repository.git("rm", "-q", "specs/more.yaml");
    expect(shell(repository, "git --no-pager diff --cached")).toEqual({
      code: 0,
      text: expect.stringContaining("is gone, and was not deprecated before") as string,
    });
  });

  it("shows the faults of a document, and does not end git", () => {
    const repository = new Repository({ ...specOf("string"), ".gitattributes": blockOf("specs/*.yaml") });
    shell(repository, blockOf("git config diff.openapi.command").trim());
    repository.write({ "specs/things.yaml": "openapi: [\n", "z.txt": "z" });
    repository.git("add", "-A");
    const { code, text } = shell(repository, "git --no-pager diff --cached");
    expect(code).toBe(0);
    expect(text).toContain("specs/things.yaml:");
    expect(text).toContain("+z");
  });
});

/** A repository with a document in two files, and the driver for it. */
function driven(): Repository {
  const repository = new Repository({
    ...partedIn("old", "string"),
    ".gitattributes": "api.yaml diff=openapi\n",
  });
  shell(repository, blockOf("git config diff.openapi.command").trim());
  return repository;
}

describe("the diff driver of a document in several files", () => {
  it("reviews one whose folder has another name, each side at its own path, and what it refers to as it last was", () => {
    const repository = driven();
    repository.git("mv", "old", "new");
    repository.write(partedIn("new", "integer"));
    repository.git("add", "-A");
    const staged = shell(repository, "git --no-pager diff -M --cached");
    expect(staged.code).toBe(0);
    expect(staged.text).toContain("base old/api.yaml:13:65  head new/api.yaml:13:65");
    repository.git("commit", "-qm", "moved");
    for (const command of ["diff HEAD~1 HEAD", "show --format= --ext-diff"])
      expect(shell(repository, `git --no-pager ${command}`), command).toEqual(staged);
    const back = shell(repository, "git --no-pager diff HEAD HEAD~1");
    expect(back.text).toContain("base new/api.yaml:13:65  head old/api.yaml:13:65");
  });

  it("reviews one whose folder is gone", () => {
    const repository = driven();
    repository.git("rm", "-rq", "old");
    const gone = "is gone, and was not deprecated before";
    expect(shell(repository, "git --no-pager diff --cached")).toEqual({
      code: 0,
      text: expect.stringContaining(gone) as string,
    });
    repository.git("commit", "-qm", "gone");
    expect(shell(repository, "git --no-pager diff HEAD~1 HEAD").text).toContain(gone);
  });

  it("tells what no commit has, and does not end git", () => {
    const repository = driven();
    const text = partedIn("old", "string")["old/api.yaml"]!.replace("common.yaml", "nowhere/a.yaml");
    repository.write({ "old/api.yaml": text });
    const { code, text: told } = shell(repository, "git --no-pager diff");
    expect(code).toBe(0);
    expect(told).toContain(
      'old/api.yaml:13:40 error: $ref "nowhere/a.yaml#/A" cannot be read: there is no such file',
    );
  });

  it("says of one that a merge has left in the middle what git does", () => {
    const repository = driven();
    repository.git("checkout", "-qb", "other");
    repository.write(partedIn("old", "integer"));
    repository.commit("integer");
    repository.git("checkout", "-q", "main");
    repository.write(partedIn("old", "boolean"));
    repository.commit("boolean");
    shell(repository, "git merge other");
    expect(shell(repository, "git --no-pager diff --cached")).toEqual(
      shell(repository, "git --no-pager diff --cached --no-ext-diff"),
    );
    expect(shell(repository, "git --no-pager diff --cached").text).toBe("* Unmerged path old/api.yaml\n");
  });
});

/** Installs the hook of the README. */
function installHook({ cwd }: Repository): void {
  mkdirSync(join(cwd, ".git/hooks"), { recursive: true });
  writeFileSync(join(cwd, ".git/hooks/pre-commit"), blockOf("#!/bin/sh"));
  chmodSync(join(cwd, ".git/hooks/pre-commit"), 0o755);
}

describe("the pre-commit recipe of the README", () => {
  it("lets the first commit of a repository through", () => {
    const repository = new Repository(specOf("string"));
    shell(repository, "npx clientsmith generate && git checkout -q --orphan first && git add -A");
    installHook(repository);
    const { code, text } = shell(repository, "git commit -qm first");
    expect([code, text]).toEqual([0, expect.stringContaining("PUT /things is new")]);
    expect(shell(repository, "npx clientsmith diff --base other").text).toBe(
      'error: "other" names no commit\n',
    );
  });

  it("sees the document of a linked working tree from a folder of it", () => {
    const repository = new Repository({ ...specOf("string", "a/"), ...specOf("string", "b/") });
    repository.write({ ".git/hooks/pre-commit": "#!/bin/sh\ncd a && npx clientsmith diff --base HEAD\n" });
    chmodSync(join(repository.cwd, ".git/hooks/pre-commit"), 0o755);
    const change = "sed -i.bak s/string/integer/ a/specs/* b/specs/* && git commit -qam change";
    const { code, text } = shell(repository, `git worktree add -q linked && cd linked && ${change}`);
    expect([code, text]).toEqual([1, expect.stringContaining("request-property-type-changed")]);
  });

  it("lets no break through without a waiver", () => {
    const script = blockOf("#!/bin/sh");
    const repository = new Repository(specOf("string"));
    shell(repository, "npx clientsmith generate");
    repository.commit("package");
    installHook(repository);
    repository.write(specOf("integer"));
    repository.git("add", "-A");
    const stale = shell(repository, "git commit -qm change");
    expect([stale.code, stale.text]).toEqual([
      1,
      expect.stringContaining("To mend: npx clientsmith generate things"),
    ]);
    shell(repository, "npx clientsmith generate");
    repository.git("add", "-A");
    const broken = shell(repository, "git commit -qm change");
    expect([broken.code, broken.text]).toEqual([1, expect.stringContaining("request-property-type-changed")]);
    const pointer = "/paths/~1things/put/requestBody/content/application~1json/schema/properties/a";
    const waiver = `{ rule: request-property-type-changed, pointer: ${pointer}, reason: r, expires: 2999-01-01 }`;
    repository.write({ "clientsmith.waivers.yaml": `waivers:\n  - ${waiver}\n` });
    repository.git("add", "-A");
    expect(shell(repository, "git commit -qm change").code).toBe(0);
    // The same for those who use the framework of that name.
    const { repos } = parse(blockOf("# .pre-commit-config.yaml")) as {
      repos: { hooks: { entry: string; pass_filenames: boolean }[] }[];
    };
    const commands = script.split("\n").filter((line) => line.startsWith("npx "));
    expect(repos.flatMap(({ hooks }) => hooks.map(({ entry }) => entry))).toEqual(
      commands.map((line) => line.replace(" || exit 1", "")),
    );
    expect(repos.flatMap(({ hooks }) => hooks.map((hook) => hook.pass_filenames))).toEqual(
      commands.map(() => false),
    );
  });
});

describe("the action", () => {
  it("reviews a real change in a folder of the repository", async () => {
    const repository = new Repository(specOf("string", "apis/"));
    repository.write(specOf("integer", "apis/"));
    repository.commit("change");
    const server = await startServer(json(200, []), json(201, {}));
    const { code, out, summary, outputs } = await runAction(server, {
      repository,
      command: `${binaries}/npx clientsmith`,
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

  it("names the API whose document has a fault, and tells of the others", async () => {
    const repository = new Repository({ ...specOf("string"), "specs/other.yaml": documentOf({}) });
    repository.write({ "specs/other.yaml": "openapi: [\n" });
    repository.commit("change");
    const { code, summary, outputs } = await runAction(await startServer(), {
      repository,
      command: `${binaries}/npx clientsmith`,
      env: { INPUT_CHECK: "false", INPUT_COMMENT: "false" },
    });
    expect([code, outputs]).toEqual([2, "verdict=error\nbump=none\n"]);
    expect(summary).toMatch(
      /^<!-- clientsmith diff -->\n## 🔴 .*\n\n```text\nspecs\/other\.yaml:\d[^`]*\n✗ other was not reviewed\n```\n\n## What was reviewed: 🟢 Nothing changes\n/,
    );
  });
});
