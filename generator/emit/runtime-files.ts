import type { EmittedFile } from "./typescript-module.js";

/** The modules below `src/runtime/` that a text imports, by their path there. */
function importsOf({ text }: EmittedFile, prefix: string): string[] {
  const specifiers = [...text.matchAll(/\bfrom "\.\.?\/([^"]+)\.js"/g)].map(([, path = ""]) => path);
  return specifiers
    .filter((path) => path.startsWith(prefix))
    .map((path) => `${path.slice(prefix.length)}.ts`);
}

/** The files of the runtime that a package needs: what its modules import, and what that imports. */
export function neededRuntime(
  modules: readonly EmittedFile[],
  runtime: readonly EmittedFile[],
): readonly EmittedFile[] {
  const byPath = new Map(runtime.map((file) => [file.path, file]));
  const queue = modules.flatMap((file) => importsOf(file, "runtime/"));
  const needed = new Set(queue);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const file = byPath.get(path);
    for (const next of file ? importsOf(file, "") : []) {
      if (!needed.has(next)) queue.push(next);
      needed.add(next);
    }
  }
  return runtime.filter(({ path }) => needed.has(path));
}
