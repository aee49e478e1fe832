import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError } from "../generator/config/targets.js";
import { allowedBy, allowsUrl, holdsPath } from "../generator/pipeline/allow.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

async function allows(url: string, ...prefixes: string[]): Promise<boolean> {
  return allowsUrl(new URL(url), await allowedBy([{ prefixes, folder: "/" }]));
}

describe("prefixes of URLs", () => {
  it.each([
    ["https://a.example", "https://a.example/"],
    ["https://a.example", "https://a.example/b/c.yaml?d"],
    ["https://a.example/", "https://A.EXAMPLE/b"],
    ["https://a.example/b", "https://a.example/b"],
    ["https://a.example/b/", "https://a.example/b/c"],
    ["https://a.example/b", "https://a.example:443/x/../b/c"],
    ["http://a.example:8080/b", "http://a.example:8080/b/c"],
    ["https://a.example/b%20c", "https://a.example/b c/d"],
  ])("%s allows %s", async (prefix, url) => expect(await allows(url, prefix)).toBe(true));

  it.each([
    ["https://a.example", "https://a.example.evil.com/"],
    ["https://a.example", "https://a.example@evil.com/"],
    ["https://a.example", "https://user:secret@a.example/"],
    ["https://a.example", "http://a.example/"],
    ["https://a.example", "https://a.example:8443/"],
    ["https://a.example", "https://b.a.example/"],
    ["https://a.example/api", "https://a.example/apis/b"],
    ["https://a.example/api", "https://a.example/api/../secret"],
    ["https://a.example/api", "https://a.example/api/%2e%2e/secret"],
    ["https://a.example/api", "https://a.example/api/..%2fsecret"],
    ["https://a.example/api", "https://a.example/api/..%5Csecret"],
    ["https://a.example/api", "https://a.example//api/b"],
    ["https://a.example/api", "https://a.example/API/b"],
    ["a.example", "https://a.example/"],
    ["/", "https://a.example/"],
  ])("%s does not allow %s", async (prefix, url) => expect(await allows(url, prefix)).toBe(false));

  it("are http or https", async () => {
    await expect(allowedBy([{ prefixes: ["ftp://a.example"], folder: "/" }])).rejects.toThrow(UsageError);
    await expect(allowedBy([{ prefixes: ["https://"], folder: "/" }])).rejects.toThrow(
      "--allow-ref https://: give a path, or the beginning of an http(s) URL",
    );
  });
});

describe("folders", () => {
  it.each([
    ["/a/b", "/a/b/c.yaml", true],
    ["/a/b", "/a/b", true],
    ["/a/b", "/a/b/..c", true],
    ["/a/b", "/a/bc", false],
    ["/a/b", "/a", false],
    ["/a/b", "/a/c", false],
  ])("%s holds %s: %s", (folder, path, expected) => expect(holdsPath(folder, path)).toBe(expected));

  it("are what they are behind their symbolic links", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "real/a.yaml", text: "" }]);
    symlinkSync(join(folder, "real"), join(folder, "link"));
    const { paths } = await allowedBy([{ prefixes: ["link", "./gone"], folder }]);
    expect(paths.map((path) => path.endsWith("/real") || path.endsWith("/gone"))).toEqual([true, true]);
  });
});
