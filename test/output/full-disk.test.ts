import type { FileHandle } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const TINY = 'openapi: 3.1.0\ninfo: { title: Tiny, version: "1" }\npaths: {}\n';

/** Which writes find the disk full, as Node says it: without a path. */
const full = vi.hoisted(() => ({
  at: "",
  refuse: () => Promise.reject(Object.assign(new Error("ENOSPC: write"), { code: "ENOSPC" })),
}));

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>();
  const open = async (...args: Parameters<typeof actual.open>): Promise<FileHandle> => {
    const file = await actual.open(...args);
    if (full.at === "lock") file.writeFile = full.refuse;
    return file;
  };
  const writeFile = (...args: Parameters<typeof actual.writeFile>) =>
    full.at === "files" ? full.refuse() : actual.writeFile(...args);
  return { ...actual, open, writeFile };
});

it.each(["lock", "files"])(
  "a disk that is full is told with a path, and nothing is left over: %s",
  async (at) => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "tiny.yaml", text: TINY }]);
    full.at = at;
    const { code, err } = await cli(folder, "generate", "tiny.yaml", "--out", "packages/out");
    full.at = "";
    expect([code, err]).toEqual([
      2,
      `error: cannot write ${join(folder, "packages/out")}: the disk is full\n`,
    ]);
    expect(readdirSync(folder)).toEqual(["tiny.yaml"]);
    expect(existsSync(join(folder, "packages"))).toBe(false);
  },
);
