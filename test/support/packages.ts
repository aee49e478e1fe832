import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The generated packages, by the name of their folder. */
export const PACKAGES = ["dynamic-auth", "cargo"] as const;
export type PackageName = (typeof PACKAGES)[number];

const ROOT = new URL("../../", import.meta.url);

export function packageFolder(name: PackageName): string {
  return fileURLToPath(new URL(`generated/${name}`, ROOT));
}

/** A folder of the checkout's dependencies. */
export function dependencyFolder(name: string): string {
  return fileURLToPath(new URL(`node_modules/${name}`, ROOT));
}

/** A copy of a generated package, with its dependencies, so that no build writes into the checkout. */
export function copyPackage(name: PackageName, into: string): string {
  const folder = join(into, name);
  cpSync(packageFolder(name), folder, {
    recursive: true,
    filter: (path) => basename(path) !== "dist" && basename(path) !== "node_modules",
  });
  for (const each of ["openapi-fetch", "msw", "typescript"])
    link(dependencyFolder(each), join(folder, "node_modules", each));
  link(join(dependencyFolder("typescript"), "bin/tsc"), join(folder, "node_modules/.bin/tsc"));
  return folder;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
