import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { dependencyFolder, copyPackage, packageFolder, PACKAGES, type PackageName } from "./packages.js";
import { runWell } from "./run.js";

/** A folder outside the checkout in which the packed packages are installed, as their users would have them. */
export interface Consumer {
  readonly folder: string;
  readonly tarballs: Readonly<Record<PackageName, string>>;
}

const BESIDE = ["msw@2.15.0", "msw-3@npm:msw@3.0.5", "openapi-fetch@0.17.0", "@types/node@20"];
/** The folder of a consumer who has MSW 3. */
export const MSW_3 = "msw-3";
const PREFIX = "clientsmith-consumer-";
const TWO_MINUTES = 120_000;
const ONE_HOUR = 3_600_000;

/** What a consumer can import, in one module: `installed.ts` loads it. */
const ENTRY = [
  'export * as mswNode from "msw/node";',
  'export { default as createFetchClient } from "openapi-fetch";',
  ...PACKAGES.flatMap((name) =>
    ["", "fixtures", "mocks", "validators", "openapi"].map(
      (subpath) =>
        `export * as ${exportName(name, subpath)} from "${["@clientsmith", name, subpath].filter(Boolean).join("/")}";`,
    ),
  ),
].join("\n");

function exportName(name: PackageName, subpath: string): string {
  return `${name}-${subpath || "client"}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Packs and installs the packages as they are now. Done once for the same files: the folder is named after their digest, and
 * takes its place when it is complete.
 */
export async function installConsumer(): Promise<Consumer> {
  const folder = join(tmpdir(), `${PREFIX}${digest()}`);
  while (!existsSync(folder)) {
    if (claim(`${folder}.lock`))
      await installAt(folder).finally(() => rmSync(`${folder}.lock`, { recursive: true, force: true }));
    else await setTimeout(100);
  }
  const tarballs = Object.fromEntries(PACKAGES.map((name) => [name, join(folder, tarballOf(folder, name))]));
  return { folder, tarballs: tarballs as Record<PackageName, string> };
}

/** True for one of the test files that run at the same time. What a killed run has left behind holds nobody up for long. */
function claim(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (ageOf(lock) > TWO_MINUTES) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function ageOf(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
}

async function installAt(folder: string): Promise<void> {
  removeStale();
  const draft = mkdtempSync(join(tmpdir(), "clientsmith-draft-"));
  try {
    await install(draft);
    if (!existsSync(folder)) renameSync(join(draft, "consumer"), folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
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
  placeBesideMsw3(folder);
}

/** The same packages in a folder of their own, in which `msw` is its version 3. */
function placeBesideMsw3(folder: string): void {
  const modules = join(folder, MSW_3, "node_modules");
  cpSync(join(folder, "node_modules/@clientsmith"), join(modules, "@clientsmith"), { recursive: true });
  symlinkSync(join("../../node_modules", MSW_3), join(modules, "msw"));
  symlinkSync("../../node_modules/openapi-fetch", join(modules, "openapi-fetch"));
  cpSync(join(folder, "entry.mjs"), join(folder, MSW_3, "entry.mjs"));
}

function tarballOf(folder: string, name: PackageName): string {
  const found = readdirSync(folder).find(
    (file) => file.startsWith(`clientsmith-${name}-`) && file.endsWith(".tgz"),
  );
  if (!found) throw new Error(`no tarball of ${name} in ${folder}`);
  return found;
}

/** Of all that the installed files depend on. */
function digest(): string {
  const hash = createHash("sha256").update(JSON.stringify([BESIDE, MSW_3, ENTRY, process.version]));
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

/** Folders of earlier files, which no test run can still be using. */
function removeStale(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const path = join(tmpdir(), name);
    if (ageOf(path) > ONE_HOUR) rmSync(path, { recursive: true, force: true });
  }
}
