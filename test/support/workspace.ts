import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { EmittedFile } from "../../generator/emit/typescript-module.js";
import { ROOT } from "./root.js";

/** An empty folder outside the checkout, gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the files into the folder, making the folders on the way. */
export function writeFiles(folder: string, files: readonly { path: string; text: string }[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/**
 * Writes packages beside each other for one run of a compiler. The client code that all of them have is there once, and each package
 * finds it as its own: read once a package, it would be most of what the compiler has to do.
 *
 * @param packages the files of each by its name.
 * @returns what a `tsconfig.json` in the folder has to say.
 * @throws where two packages have different client code.
 */
export function writeSideBySide(folder: string, packages: ReadonlyMap<string, readonly EmittedFile[]>) {
  const runtime = new Map<string, string>();
  for (const [name, files] of packages)
    for (const { path, text } of files) {
      const [, module] = /^src\/(runtime\/.*)/.exec(path) ?? [];
      if (module === undefined) writeFiles(folder, [{ path: `${name}/${path}`, text }]);
      else if ((runtime.get(module) ?? text) !== text) throw new Error(`${name} has another ${module}`);
      else runtime.set(module, text);
    }
  writeFiles(
    folder,
    [...runtime].map(([path, text]) => ({ path: `common/${path}`, text })),
  );
  writeFiles(folder, [{ path: "package.json", text: '{ "type": "module" }' }]);
  const names = [...packages.keys()];
  return {
    extends: `./${names[0]}/tsconfig.json`,
    compilerOptions: { rootDirs: ["common", ...names.map((name) => `${name}/src`)] },
    include: ["common", "*/src", "*/test"],
  };
}

/** Makes the checkout's dependencies resolvable from the folder. */
export function linkDependencies(folder: string): void {
  symlinkSync(fileURLToPath(new URL("node_modules", ROOT)), join(folder, "node_modules"), "dir");
}
