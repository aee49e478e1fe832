import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { buildGenerator } from "../support/built.js";
import { cli, cliOn } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const document = (value: string) => `
openapi: 3.1.0
info: { title: Tiny, version: "1" }
servers: [{ url: /api }]
paths:
  /thing: { get: { tags: [a], responses: { "200": { description: It., content: { application/json: { schema: { const: ${value} } } } } } } }
  /other: { get: { tags: [b], responses: { "204": { description: Nothing. } } } }
`;

/** A command line that runs until it is interrupted. */
function start(folder: string, ...argv: string[]) {
  const end = new AbortController();
  const written = { err: "" };
  const interrupted = new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve()));
  const running = cliOn({ interrupted, err: (text) => void (written.err += text) }, folder, "mock", ...argv);
  const url = () =>
    vi.waitFor(
      () => {
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(written.err) ?? [];
        if (found === undefined) throw new Error(`no address: ${written.err}`);
        return found;
      },
      { timeout: 20_000 },
    );
  const stop = async () => {
    end.abort();
    return (await running).code;
  };
  return { url, stop, written };
}

describe("clientsmith mock", () => {
  it("serves all of specs/ until it is told to end", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/tiny.yaml", text: document("1") }]);
    const { url, stop, written } = start(folder, "--port", "0");
    const address = await url();
    expect(written.err).toBe(`✓ tiny at ${address}/api: 2 operations\n`);
    expect(await (await fetch(`${address}/api/thing`)).json()).toBe(1);
    expect(written.err).toContain("GET /api/thing → 200 full, ");
    expect(await stop()).toBe(0);
    await expect(fetch(`${address}/api/thing`)).rejects.toThrow("fetch failed");
  });

  it("serves a part of a document", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "tiny.yaml", text: document("1") }]);
    const { url, stop } = start(folder, "tiny.yaml", "--port=0", "--tag", "b");
    expect((await fetch(`${await url()}/api/thing`)).status).toBe(404);
    expect((await fetch(`${await url()}/api/other`)).status).toBe(204);
    expect(await stop()).toBe(0);
  });

  it("reads again what changes, and serves what it had where that is faulty", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "tiny.yaml", text: document("1") }]);
    const { url, stop, written } = start(folder, "tiny.yaml", "--port=0", "--watch");
    const address = await url();
    const served = async () => (await fetch(`${address}/api/thing`)).json() as Promise<unknown>;
    await vi.waitFor(() => expect(written.err).toContain("watching"), { timeout: 20_000 });
    writeFileSync(join(folder, "tiny.yaml"), "openapi: 3.1.0\n");
    await vi.waitFor(() => expect(written.err).toContain("what was served before still is"), {
      timeout: 20_000,
    });
    expect(await served()).toBe(1);
    writeFileSync(join(folder, "tiny.yaml"), document("2"));
    await vi.waitFor(async () => expect(await served()).toBe(2), { timeout: 20_000 });
    expect(await stop()).toBe(0);
  });

  it("serves what comes into specs/, by the configuration as it is then", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/tiny.yaml", text: document("1") }]);
    const { url, stop } = start(folder, "--port=0", "--watch");
    const address = await url();
    const served = async (path: string) => (await fetch(address + path)).status;
    const untilServed = (path: string, status: number) =>
      vi.waitFor(async () => expect(await served(path)).toBe(status), { timeout: 20_000 });
    writeFileSync(join(folder, "specs/more.yaml"), document("2").replace("/api", "/more"));
    await untilServed("/more/thing", 200);
    const config = "export default { apis: { more: { include: { tags: ['b'] } } } };\n";
    writeFileSync(join(folder, "clientsmith.config.ts"), config);
    await untilServed("/more/thing", 404);
    expect(await stop()).toBe(0);
  });

  it("says what is wrong, with exit 2", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [
      { path: "tiny.yaml", text: document("1") },
      { path: "faulty.yaml", text: "openapi: 3.1.0\n" },
    ]);
    const busy = createServer().listen(0, "127.0.0.1");
    await once(busy, "listening");
    onTestFinished(() => void busy.close());
    const { port } = busy.address() as AddressInfo;
    expect(await cli(folder, "mock", "tiny.yaml", "--port", String(port))).toEqual({
      code: 2,
      out: "",
      err: `error: port ${port} of 127.0.0.1 is in use: --port takes another, or 0 for one that is free\n`,
    });
    expect(await cli(folder, "mock", "tiny.yaml", "--port", "x")).toMatchObject({
      code: 2,
      err: 'error: --port "x" is no port: it takes a number up to 65535\n',
    });
    expect(await cli(folder, "mock", "faulty.yaml")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^faulty\.yaml:1:1 error: /) as string,
    });
    expect((await cli(folder, "mock", "--help")).out).toContain("Prefer: code=404");
  });

  it("ends by a signal, with connections open, as a process that users run", async () => {
    const folder = emptyFolder();
    const main = buildGenerator(folder);
    writeFiles(folder, [{ path: "tiny.yaml", text: document("1") }]);
    const child = spawn(process.execPath, [main, "mock", "tiny.yaml", "--port", "0"], { cwd: folder });
    let err = "";
    child.stderr.on("data", (chunk) => void (err += String(chunk)));
    const ended = once(child, "exit");
    await vi.waitFor(() => expect(err).toMatch(/http:\/\//), { timeout: 30_000 });
    const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(err) ?? [];
    expect(await (await fetch(`${url}/api/thing`)).json()).toBe(1);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});
