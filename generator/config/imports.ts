import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/**
 * The files of our own that a module loads, and those that they load: where each is, or all places where it may be. Read off their text: the
 * loader tells nobody, and what is found too many is only watched.
 */
export async function importedFiles(path: string, known: Set<string> = new Set()): Promise<string[]> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return [];
  const found = relativeImports(text)
    .flatMap((specifier) => placesOf(resolve(dirname(path), specifier)))
    .filter((place) => !known.has(place));
  for (const place of found) known.add(place);
  const deeper = await Promise.all(found.map((place) => importedFiles(place, known)));
  return [...found, ...deeper.flat()];
}

/** `./scope.js` of `import { scope } from "./scope.js"`, and of what else loads a module. */
function relativeImports(text: string): string[] {
  const found = text.matchAll(/\b(?:from|import|require)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]*)\1/g);
  return [...new Set([...found].map(([, , specifier]) => specifier!))];
}

const ENDINGS = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];

function placesOf(path: string): string[] {
  // TypeScript calls a module as what it compiles to.
  const source = path.replace(/js$/, "ts");
  const names = ENDINGS.map((ending) => path + ending);
  const inside = ENDINGS.slice(1).map((ending) => join(path, `index${ending}`));
  return [...new Set([...names, source, ...inside])];
}
