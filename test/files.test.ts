import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { check, generate } from "../generator/index.js";
import { allowedBy } from "../generator/pipeline/allow.js";
import { download } from "../generator/pipeline/remote.js";
import { DEFAULT_LIMITS } from "../generator/source/limits.js";
import { startServer } from "./support/server.js";
import { cli, cliOn } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

const ID = "type: string\n";

/** A document whose one schema is what a reference names. */
function referring(ref: string): string {
  return `openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents:\n  schemas:\n    Id:\n      $ref: ${JSON.stringify(ref)}\n`;
}

function folderWith(files: { readonly [path: string]: string }): string {
  const folder = emptyFolder();
  writeFiles(
    folder,
    Object.entries(files).map(([path, text]) => ({ path, text })),
  );
  return folder;
}

const typesIn = (folder: string) => readFileSync(join(folder, "generated/a/src/types.ts"), "utf8");

describe("files", () => {
  it("in the folder of the document and below are read, whatever folder the run starts in", async () => {
    const folder = folderWith({
      "api/specs/a.yaml": referring("./parts/my id.yaml#/Id"),
      "api/specs/parts/my id.yaml": `Id: { ${ID.trim()} }`,
    });
    expect((await cli(join(folder, "api"), "generate")).code).toBe(0);
    const types = typesIn(join(folder, "api"));
    expect(types).toContain("/** @see parts/my%20id.yaml#/Id */\nexport type Id = string;");
    for (const [cwd, input] of [
      ["api/specs", "a.yaml"],
      [".", "api/specs/a.yaml"],
      ["api/specs/parts", "../a.yaml"],
    ] as const) {
      const out = join(folder, "out", String(cwd.length));
      expect((await cli(join(folder, cwd), "generate", input, "--out", out)).code).toBe(0);
      expect(readFileSync(join(out, "src/types.ts"), "utf8")).toBe(types);
    }
  });

  it.each([
    ["a path out of the folder", "../common/id.yaml", "common/id.yaml"],
    ["a path out of the folder in disguise", "./%2e%2e/common/id.yaml", "common/id.yaml"],
    ["a link that leaves the folder", "link.yaml", "specs/link.yaml"],
    ["a folder that is a link", "linked/id.yaml", "specs/linked/id.yaml"],
    ["what is not there, elsewhere", "../common/gone.yaml", "common/gone.yaml"],
  ])("elsewhere are refused at the $ref, with what allows them: %s", async (_name, ref, allow) => {
    const folder = folderWith({ "specs/a.yaml": referring(ref), "common/id.yaml": ID });
    symlinkSync(join(folder, "common/id.yaml"), join(folder, "specs/link.yaml"));
    symlinkSync(join(folder, "common"), join(folder, "specs/linked"));
    const { code, err } = await cli(folder, "generate");
    expect(code).toBe(2);
    expect(err).toContain(
      `specs/a.yaml:6:13 error: $ref ${JSON.stringify(ref)} leaves the folder of the document: --allow-ref ${allow} allows it [ref-not-allowed]`,
    );
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });

  it("by absolute paths and file: URLs are judged by where they lead", async () => {
    const folder = folderWith({ "specs/id.yaml": ID, "specs/a.yaml": "" });
    const inside = join(folder, "specs/id.yaml");
    for (const ref of ["/etc/hostname", "file:///etc/hostname", "//etc/hostname"]) {
      writeFileSync(join(folder, "specs/a.yaml"), referring(ref));
      expect((await check({ cwd: folder })).apis[0]!.diagnostics, ref).toMatchObject([
        { code: ref.startsWith("//") ? "ref-unreadable" : "ref-not-allowed", line: 6 },
      ]);
    }
    writeFileSync(join(folder, "specs/a.yaml"), referring(pathToFileURL(inside).href));
    expect((await check({ cwd: folder })).status).toBe("drift");
  });

  it("that several paths lead to are one document", async () => {
    const folder = folderWith({
      "specs/a.yaml": referring("b.yaml"),
      "specs/b.yaml":
        "type: object\nproperties: { c: { $ref: one/b.yaml }, d: { $ref: 'two/one/b.yaml?x' } }\n",
    });
    symlinkSync(".", join(folder, "specs/one"));
    symlinkSync(".", join(folder, "specs/two"));
    expect((await cli(folder, "generate")).code).toBe(0);
    expect(typesIn(folder).match(/@see [^\n]*b\.yaml#/g)).toEqual(["@see b.yaml#"]);
  });

  it("beside the documents are no APIs of their own if one of those refers to them", async () => {
    const folder = folderWith({ "specs/a.yaml": referring("id.yaml"), "specs/id.yaml": ID });
    const names = async (...apis: string[]) =>
      (await check({ cwd: folder, apis })).apis.map(({ name }) => name);
    expect(await names()).toEqual(["a"]);
    expect(await names("id")).toEqual(["id"]);
    writeFileSync(join(folder, "specs/lonely.yaml"), ID);
    expect(await names()).toEqual(["a", "lonely"]);
  });

  it("of the project that are links out of it, or no files, are read where somebody says so alone", async () => {
    const folder = folderWith({ "project/specs/a.yaml": "", "secret.yaml": "secret: 1\n" });
    const cwd = join(folder, "project");
    rmSync(join(cwd, "specs/a.yaml"));
    symlinkSync("../../secret.yaml", join(cwd, "specs/a.yaml"));
    const found = await cli(cwd, "check");
    expect([found.code, found.err]).toEqual([
      2,
      expect.stringContaining(
        "specs/a.yaml:1:1 error: cannot read the document: it is a link that leads out of the project; give --allow-ref ../secret.yaml if that is right",
      ),
    ]);
    expect(found.err).not.toContain("secret: 1");
    for (const asked of [["--allow-ref", "../secret.yaml"], ["specs/a.yaml"]])
      expect((await cli(cwd, "check", ...asked)).err).toContain("secret: 1");
    rmSync(join(cwd, "specs/a.yaml"));
    execFileSync("sh", ["-c", "mkfifo specs/a.yaml"], { cwd });
    expect((await cli(cwd, "check")).err).toContain("it is no file");
  });

  it("that never end are read up to the limit", async () => {
    const folder = emptyFolder();
    symlinkSync("/dev/zero", join(folder, "zero.yaml"));
    const asked = ["zero.yaml", "--out", "out", "--limit", "bytes=1000"];
    const { code, err } = await cli(folder, "generate", ...asked);
    expect([code, err]).toEqual([2, expect.stringContaining("1000 bytes of one document")]);
  });

  it("elsewhere are read where an option or the configuration allows it, and nothing beside them", async () => {
    const folder = folderWith({
      "specs/a.yaml": referring("../common/id.yaml"),
      "common/id.yaml": "$ref: more.yaml\n",
      "common/more.yaml": ID,
    });
    const codeOf = async (...allowed: string[]) =>
      (await cli(folder, "generate", ...allowed.flatMap((each) => ["--allow-ref", each]))).code;
    expect(await codeOf("common/id.yaml")).toBe(2);
    expect(await codeOf("share")).toBe(2);
    expect(await codeOf("elsewhere", "common")).toBe(0);
    expect(await codeOf(join(folder, "common"))).toBe(0);
    expect((await cli(folder, "check")).code).toBe(2);
    expect((await cli(folder, "check", "--allow-ref", "common/")).code).toBe(0);
    writeFileSync(join(folder, "clientsmith.config.ts"), 'export default { allowRefs: ["./common"] };\n');
    expect((await cli(folder, "check")).code).toBe(0);
    expect(typesIn(folder)).toContain("@see ../common/id.yaml#");
  });

  it.each(["nowhere", "nowhere/id.yaml", "common/gone.yaml", "linked/nowhere"])(
    "elsewhere that are allowed and not there are named as such: %s",
    async (allowed) => {
      const ref = `../${allowed.endsWith(".yaml") ? allowed : `${allowed}/id.yaml`}`;
      const folder = folderWith({ "specs/a.yaml": referring(ref), "common/id.yaml": ID });
      symlinkSync("common", join(folder, "linked"));
      const { code, err } = await cli(folder, "generate", "--allow-ref", allowed);
      expect(code).toBe(2);
      expect(err).toContain(`error: $ref "${ref}" cannot be read: there is no such file [ref-unreadable]`);
    },
  );

  it("that are no files, no documents or not there are named", async () => {
    const folder = folderWith({ "specs/parts/x": "" });
    const message = async (ref: string) => {
      writeFileSync(join(folder, "specs/a.yaml"), referring(ref));
      const { diagnostics } = (await check({ cwd: folder })).apis[0]!;
      return diagnostics.map((each) => `${each.file}:${each.line} ${each.message}`);
    };
    expect(await message("parts")).toEqual(['specs/a.yaml:6 $ref "parts" cannot be read: it is no file']);
    expect(await message("gone.yaml")).toEqual([
      'specs/a.yaml:6 $ref "gone.yaml" cannot be read: there is no such file',
    ]);
    expect(await message("parts/x")).toEqual(["specs/parts/x:1 the document is empty"]);
    writeFileSync(join(folder, "specs/parts/x"), "a: [\n");
    expect(await message("parts/x")).toEqual(["specs/parts/x:1 this bracket is never closed"]);
    expect(await message("mailto:a@b.example")).toEqual([
      'specs/a.yaml:6 $ref "mailto:a@b.example" cannot be read: only files, http: and https: can be read',
    ]);
  });

  it("are shown with their own lines", async () => {
    const folder = folderWith({
      "specs/a.yaml": referring("b.yaml#/Id"),
      "specs/b.yaml": "# B\nId:\n  type: strin\n",
    });
    expect((await cli(folder, "generate")).err).toContain('specs/b.yaml:3:9 error: type "strin" is unknown');
    expect((await cli(folder, "generate")).err).toContain("  3 |   type: strin\n    |         ^");
  });

  it("are all watched, also those that are not there yet", async () => {
    const folder = folderWith({ "specs/a.yaml": referring("parts/id.yaml") });
    mkdirSync(join(folder, "specs/parts"));
    const end = new AbortController();
    const interrupted = new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve()));
    const watching: string[] = [];
    const err = (text: string) => void watching.push(text);
    const running = cliOn({ interrupted, err }, folder, "generate", "--watch");
    await vi.waitFor(() => expect(watching.join("")).toContain("watching"), { timeout: 20_000 });
    for (const [type, expected] of [
      ["string", "string"],
      ["integer", "number"],
    ] as const) {
      writeFileSync(join(folder, "specs/parts/id.yaml"), `type: ${type}\n`);
      await vi.waitFor(() => expect(typesIn(folder)).toContain(`Id = ${expected}`), { timeout: 20_000 });
    }
    end.abort();
    expect((await running).code).toBe(0);
  });
});

const yaml = (body: string) => ({ status: 200, headers: { "Content-Type": "application/yaml" }, body });
const LOCK = "clientsmith.lock.json";

describe("remote documents", () => {
  it("are asked for only where a prefix allows it", async () => {
    const server = await startServer(yaml(ID));
    const folder = folderWith({ "specs/a.yaml": referring(`${server.url}/v1/id.yaml`) });
    const refused = await cli(folder, "generate");
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`--allow-ref ${server.url}/v1/ allows it [ref-not-allowed]`);
    expect((await cli(folder, "generate", "--allow-ref", `${server.url}/v2`)).code).toBe(2);
    expect(server.requests).toEqual([]);
    expect((await cli(folder, "generate", "--allow-ref", `${server.url}/v1`)).code).toBe(0);
    expect(server.requests.map(({ line }) => line)).toEqual(["GET /v1/id.yaml HTTP/1.1"]);
    const { headers } = server.requests[0]!;
    expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined]);
    expect(typesIn(folder)).toContain(`@see ${server.url}/v1/id.yaml#`);
  });

  it("refer to their neighbours, and never to files, be they in the folder of the document", async () => {
    const folder = folderWith({ "specs/a.yaml": "", "specs/id.yaml": ID });
    const file = pathToFileURL(join(folder, "specs/id.yaml")).href;
    const server = await startServer(
      yaml(`properties: { a: { $ref: b.yaml }, c: { $ref: ${JSON.stringify(file)} } }`),
      yaml(ID),
    );
    writeFileSync(join(folder, "specs/a.yaml"), referring(`${server.url}/v1/id.yaml`));
    const { apis } = await check({ cwd: folder, apis: ["a"], allowRefs: [server.url] });
    expect(server.requests.map(({ line }) => line)).toEqual([
      "GET /v1/id.yaml HTTP/1.1",
      "GET /v1/b.yaml HTTP/1.1",
    ]);
    expect(apis[0]!.diagnostics).toMatchObject([
      { code: "ref-not-allowed", file: `${server.url}/v1/id.yaml`, line: 1 },
    ]);
  });

  it("are redirected only to where a prefix allows it", async () => {
    const target = await startServer(yaml(ID));
    const server = await startServer(
      { status: 302, headers: { Location: `${target.url}/id.yaml` } },
      { status: 301, headers: { Location: "./id.yaml" } },
    );
    const folder = folderWith({ "specs/a.yaml": referring(`${server.url}/latest`) });
    const allowing = (...allowRefs: string[]) => check({ cwd: folder, allowRefs });
    expect((await allowing(server.url)).apis[0]!.diagnostics).toMatchObject([
      { code: "ref-not-allowed", message: expect.stringContaining(`--allow-ref ${target.url}/ `) as string },
    ]);
    expect(target.requests).toEqual([]);
    expect((await allowing(server.url, target.url)).apis[0]!.diagnostics[0]!.message).toContain(
      "redirected more than 5 times",
    );
  });

  it("that fail say how", async () => {
    const server = await startServer({ status: 404 }, "hangUp");
    const folder = folderWith({ "specs/a.yaml": referring(`${server.url}/id.yaml`) });
    const message = async () =>
      (await check({ cwd: folder, allowRefs: [server.url] })).apis[0]!.diagnostics[0]!.message;
    expect(await message()).toContain("answers with status 404");
    expect(await message()).toMatch(/cannot be read: other side closed|socket/);
  });

  it("are locked to what they were when they were accepted", async () => {
    const server = await startServer(yaml(ID), yaml(ID), yaml(ID), yaml("type: integer\n"));
    const url = `${server.url}/id.yaml`;
    const folder = folderWith({
      "specs/a.yaml": referring(url),
      "clientsmith.config.ts": `export default { allowRefs: [${JSON.stringify(server.url)}] };\n`,
    });
    const lock = () => JSON.parse(readFileSync(join(folder, LOCK), "utf8")) as { documents: object };

    const first = await cli(folder, "check");
    expect(first.code).toBe(1);
    expect(first.err).toContain(
      `✗ ${LOCK} differs from the remote documents that are read\n  missing   ${LOCK}`,
    );
    expect(existsSync(join(folder, LOCK))).toBe(false);

    expect((await cli(folder, "generate")).err).toContain(`✓ ${LOCK} created`);
    expect(Object.keys(lock().documents)).toEqual([url]);
    expect((await cli(folder, "check")).code).toBe(0);

    for (const command of ["check", "generate"]) {
      const changed = await cli(folder, command);
      expect(changed.code).toBe(2);
      expect(changed.err).toContain("accept it by clientsmith generate --update-lock [ref-unreadable]");
    }
    const before = readFileSync(join(folder, LOCK), "utf8");
    expect((await cli(folder, "generate", "--update-lock")).code).toBe(0);
    expect(readFileSync(join(folder, LOCK), "utf8")).not.toBe(before);
    expect(typesIn(folder)).toContain("Id = number");
  });

  it("that are not accepted leave the lock and the packages as they were", async () => {
    const server = await startServer(yaml(ID), yaml("type: strin\n"));
    const folder = folderWith({
      "specs/a.yaml": referring(`${server.url}/a`),
      "specs/b.yaml": referring(`${server.url}/b`),
    });
    expect((await generate({ cwd: folder, allowRefs: [server.url] })).status).toBe("refused");
    expect(existsSync(join(folder, LOCK))).toBe(false);
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });

  it("are read once a run, kept in the lock by runs on other APIs, and forgotten by a run on all", async () => {
    const server = await startServer(yaml(ID));
    const folder = folderWith({
      "specs/a.yaml": referring(`${server.url}/id`),
      "specs/b.yaml": referring(`${server.url}/id`),
    });
    const options = { cwd: folder, allowRefs: [server.url] };
    expect((await generate(options)).lock).toEqual({ path: LOCK, action: "create", drift: "missing" });
    expect(server.requests).toHaveLength(1);
    for (const api of ["a", "b"]) writeFileSync(join(folder, `specs/${api}.yaml`), referring("#/info"));
    expect((await check({ ...options, apis: ["a"] })).lock).toBeUndefined();
    rmSync(join(folder, "specs/b.yaml"));
    expect((await check(options)).lock).toEqual({ path: LOCK, action: "delete", drift: "left over" });
  });

  it.each([
    ["no JSON", "<<<<<<< HEAD\n{}"],
    ["no object", "[]"],
    ["without documents", "{}"],
    ["documents that are none", '{ "documents": null }'],
    ["a digest that is none", '{ "documents": { "https://a.example/": "edited" } }'],
  ])("have a lock that is one, or that --update-lock writes anew: %s", async (_, text) => {
    const server = await startServer(yaml(ID));
    const folder = folderWith({ "specs/a.yaml": referring(`${server.url}/id`), [LOCK]: text });
    const allow = ["--allow-ref", server.url];
    for (const command of ["check", "generate"]) {
      const { code, err } = await cli(folder, command, ...allow);
      expect(code).toBe(2);
      expect(err).toMatch(
        /^error: clientsmith\.lock\.json is not what clientsmith writes: .* --update-lock\n/,
      );
    }
    expect(server.requests).toEqual([]);
    expect(existsSync(join(folder, "generated"))).toBe(false);
    expect((await cli(folder, "generate", "--update-lock", ...allow)).code).toBe(0);
    expect((await cli(folder, "check", ...allow)).code).toBe(0);
  });

  it.each(["silence", "stall"] as const)("have a time to come in: %s", async (reaction) => {
    const server = await startServer(reaction);
    const allowed = await allowedBy([{ prefixes: [server.url], folder: "/" }]);
    const started = performance.now();
    expect(await download(server.url, { allowed, limits: DEFAULT_LIMITS, timeout: 200 })).toEqual({
      kind: "unreadable",
      reason: "it was not there within 0.2 s",
    });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("have a size, whatever their headers say", async () => {
    const server = await startServer(yaml(ID.padEnd(1000)));
    const folder = folderWith({ "specs/a.yaml": referring(`${server.url}/id`) });
    const options = ["--allow-ref", server.url, "--limit"];
    expect((await cli(folder, "generate", ...options, "bytes=999")).err).toContain(
      "cannot be read: it is larger than 999 bytes: --limit bytes=N raises the limit [ref-unreadable]",
    );
    expect((await cli(folder, "generate", ...options, "bytes=1000")).code).toBe(0);
  });

  it("get no credentials: none that stand in the reference, none that a redirect brings", async () => {
    const target = await startServer(yaml(ID));
    const withUser = target.url.replace("//", "//user:secret@");
    const server = await startServer({
      status: 302,
      headers: { Location: `${withUser}/id`, "Set-Cookie": "session=secret" },
    });
    const folder = folderWith({ "specs/a.yaml": "" });
    for (const ref of [`${withUser}/id`, `${server.url}/id`]) {
      writeFileSync(join(folder, "specs/a.yaml"), referring(ref));
      const { code, err } = await cli(
        folder,
        "generate",
        "--allow-ref",
        target.url,
        "--allow-ref",
        server.url,
      );
      expect(code).toBe(2);
      expect(err).toContain("[ref-not-allowed]");
    }
    expect(target.requests).toEqual([]);
    expect(server.requests.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([
      [undefined, undefined],
    ]);
  });
});
