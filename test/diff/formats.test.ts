import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { documentOf } from "../support/review.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const narrowed = (maxLength: number) => documentOf({ type: "string", maxLength }, { direction: "request" });

function folderOf(): string {
  const cwd = emptyFolder();
  writeFiles(cwd, [
    { path: "base.json", text: narrowed(5) },
    { path: "head.json", text: narrowed(4) },
  ]);
  return cwd;
}

async function printed(cwd: string, format: string): Promise<string> {
  return (await cli(cwd, "diff", "base.json", "head.json", "--format", format)).out;
}

describe("diff --format NAME=FILE", () => {
  it("makes several reports in one run: those that a run each prints", async () => {
    const cwd = folderOf();
    const formats = ["json", "markdown=out/review.md", "github=notes.txt", "text=review.txt"];
    const { code, out, err } = await cli(
      cwd,
      "diff",
      "base.json",
      "head.json",
      ...formats.flatMap((format) => ["--format", format]),
    );
    expect([code, err]).toEqual([1, ""]);
    expect(out).toBe(await printed(cwd, "json"));
    const written = (name: string) => readFileSync(join(cwd, name), "utf8");
    expect(written("out/review.md")).toBe(await printed(cwd, "markdown"));
    expect(written("notes.txt")).toBe(await printed(cwd, "github"));
    expect(written("review.txt")).toBe(await printed(cwd, "text"));
    expect(readdirSync(join(cwd, "out"))).toEqual(["review.md"]);
  });

  it("prints nothing where all is written", async () => {
    const cwd = folderOf();
    const { code, out } = await cli(cwd, "diff", "base.json", "head.json", "--format", "html=a=b.html");
    expect([code, out]).toEqual([1, ""]);
    expect(readFileSync(join(cwd, "a=b.html"), "utf8")).toContain("<!doctype html>");
  });

  it.each([
    [["json", "markdown"], "--format: one report can be printed; write the others into files: NAME=FILE"],
    [["json="], "--format json=: name a file"],
    [["yaml=a"], '--format "yaml" is unknown: use text, markdown, json, github, sarif, html'],
  ])("refuses %j", async (formats, message) => {
    const cwd = folderOf();
    const options = formats.flatMap((format) => ["--format", format]);
    const { code, out, err } = await cli(cwd, "diff", "base.json", "head.json", ...options);
    expect([code, out, err]).toEqual([2, "", `error: ${message}\n`]);
  });

  it("fails where it cannot write", async () => {
    const cwd = folderOf();
    const { code, err } = await cli(
      cwd,
      "diff",
      "base.json",
      "head.json",
      "--format",
      "json=head.json/a.json",
    );
    expect(code).toBe(2);
    expect(err).toContain(
      `cannot write ${join(cwd, "head.json/a.json")}: a file is where a folder should be`,
    );
    expect(existsSync(join(cwd, "head.json"))).toBe(true);
  });
});
