import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cli } from "../support/terminal.js";
import { ROOT } from "../support/root.js";

const UPDATE = process.env["UPDATE_GOLDENS"] === "1";
const REVISIONS = new URL("test/diff/revisions/", ROOT);

/** The steps between the published revisions of both endpoints, and what each is: the exit code of `diff`. */
const STEPS = [
  ["dynamic-auth", "r1", "r2", 0],
  ["dynamic-auth", "r2", "r3", 1],
  ["cargo", "r1", "r2", 1],
] as const;

describe.each(STEPS)("%s from %s to %s", (api, base, head, exit) => {
  const folder = new URL(`${api}/`, REVISIONS);

  it.each([
    ["text", "txt"],
    ["markdown", "md"],
  ])("is reviewed as expected, as %s", async (format, extension) => {
    const golden = new URL(`${base}-${head}.${extension}`, folder);
    const run = await cli(fileURLToPath(folder), "diff", `${base}.yaml`, `${head}.yaml`, "--format", format);
    if (UPDATE) writeFileSync(golden, run.out);
    expect(run).toMatchObject({ code: exit, err: "" });
    expect(run.out).toBe(readFileSync(golden, "utf8"));
  });

  it("is nothing where nothing changes", async () => {
    const { code, out } = await cli(fileURLToPath(folder), "diff", `${base}.yaml`, `${base}.yaml`);
    expect({ code, first: out.split("\n")[0] }).toStrictEqual({ code: 0, first: "Nothing changes" });
  });
});

function read(path: string): unknown {
  return parse(readFileSync(new URL(path, ROOT), "utf8"));
}

it.each([
  ["dynamic-auth", "r3"],
  ["cargo", "r2"],
])("the last revision of %s is the document of today", (api, last) => {
  expect(read(`test/diff/revisions/${api}/${last}.yaml`)).toStrictEqual(read(`specs/${api}.yaml`));
});
