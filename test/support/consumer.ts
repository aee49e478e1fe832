import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dependencyFolder, copyPackage, packageFolder, PACKAGES, type PackageName } from "./packages.js";
import { runWell } from "./run.js";

/** A folder outside the checkout in which the packed packages are installed, as their users would have them. */
export interface Consumer {
  readonly folder: string;
  readonly tarballs: Readonly<Record<PackageName, string>>;
}

const BESIDE = ["msw@2.15.0", "openapi-fetch@0.17.0", "@types/node@20"];
const PREFIX = "clientsmith-consumer-";
const ONE_HOUR = 3_600_000;

/** What a consumer can import, in one module: a test loads it to run what was installed. */
const ENTRY = [
  'export * as mswNode from "msw/node";',
  'export { default as createFetchClient } from "openapi-fetch";',
  ...PACKAGES.flatMap((name) =>
    ["", "fixtures", "mocks", "validators", "openapi"].map(
      (subpath) => `export * as ${exportName(name, subpath)} from "${["@clientsmith", name, subpath].filter(Boolean).join("/")}";`,
    ),
  ),
].join("\n");

function exportName(name: PackageName, subpath: string): string {
  return `${name}-${subpath || "client"}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Packs and installs the packages as they are now. Done once for the same files: the folder is named after their digest,
 * and takes its place when it is complete, so test files may ask for it at the same time.
 */
export async function installConsumer(): Promise<Consumer> {
  const folder = join(tmpdir(), `${PREFIX}${digest()}`);
  if (!existsSync(folder)) {
    removeStale();
    const draft = mkdtempSync(join(tmpdir(), "clientsmith-draft-"));
    await install(draft);
    moveUnlessThere(join(draft, "consumer"), folder);
    rmSync(draft, { recursive: true, force: true });
  }
  const tarballs = Object.fromEntries(PACKAGES.map((name) => [name, join(folder, tarballOf(folder, name))]));
  return { folder, tarballs: tarballs as Record<PackageName, string> };
}

/** What {@link ENTRY} exports, loaded by Node itself, from the installed files. */
export async function loadInstalled<Exports>(consumer: Consumer): Promise<Exports> {
  return (await import(pathToFileURL(join(consumer.folder, "entry.mjs")).href)) as Exports;
}

async function install(draft: string): Promise<void> {
  const folder = join(draft, "consumer");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(join(folder, "entry.mjs"), ENTRY);
  for (const name of PACKAGES)
    await runWell("npm", ["pack", "--pack-destination", folder], copyPackage(name, draft));
  const tarballs = PACKAGES.map((name) => `./${tarballOf(folder, name)}`);
  const flags = ["--no-audit", "--no-fund", "--prefer-offline"];
  await runWell("npm", ["install", ...flags, ...tarballs, ...BESIDE], folder);
}

function tarballOf(folder: string, name: PackageName): string {
  const found = readdirSync(folder).find((file) => file.startsWith(`clientsmith-${name}-`) && file.endsWith(".tgz"));
  if (!found) throw new Error(`no tarball of ${name} in ${folder}`);
  return found;
}

/** Of all that the installed files depend on. */
function digest(): string {
  const hash = createHash("sha256").update(JSON.stringify([BESIDE, ENTRY, process.version]));
  hash.update(readFileSync(join(dependencyFolder("typescript"), "package.json")));
  for (const name of PACKAGES) {
    const files = readdirSync(packageFolder(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/\/(dist|node_modules)\//.test(path.slice(packageFolder(name).length)));
    for (const path of files.toSorted()) hash.update(`\0${path}\0`).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Another test file may have been quicker; its folder is as good. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** Folders of earlier files, which no test run can still be using. */
function removeStale(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const path = join(tmpdir(), name);
    if (Date.now() - statSync(path).mtimeMs > ONE_HOUR) rmSync(path, { recursive: true, force: true });
  }
}
