import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Compilation } from "../generator/pipeline/compile.js";
import { diagnosticTexts } from "../generator/diagnostics/print.js";
import { compileText, fileOf, type Texts } from "./support/compile.js";
import { disagreements } from "./support/disagreements.js";
import { typeCheck } from "./support/typescript.js";
import { emptyFolder, linkDependencies, writeFiles, writeSideBySide } from "./support/workspace.js";

/**
 * `cases/<name>/`: a small document for each construct that the model knows, and what is made of it. `npm run test:update`
 * writes the expected files anew; read the difference before you commit it.
 */
const CASES = fileURLToPath(new URL("cases/", import.meta.url));
const UPDATE = process.env["UPDATE_GOLDENS"] === "1";
const SHOWN = ["types.ts", "validators.ts", "operations.ts", "fixtures.ts"];

const names = readdirSync(CASES).filter((name) => existsSync(join(CASES, name, "document.yaml")));

const compilations = new Map<string, Promise<Compilation>>();

function compileCase(name: string): Promise<Compilation> {
  const text = readFileSync(join(CASES, name, "document.yaml"), "utf8");
  const others = otherDocuments(join(CASES, name));
  const compilation = compilations.get(name) ?? compileText(text, { name, file: "document.yaml", others });
  compilations.set(name, compilation);
  return compilation;
}

/** The files beside the document and what is expected of it: those that it refers to. */
function otherDocuments(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.(yaml|json)$/.test(path) && path !== "document.yaml",
  );
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function shownFiles(compilation: Compilation): { path: string; text: string }[] {
  const diagnostics = diagnosticTexts(compilation.diagnostics, compilation, (_, text) => text);
  const files = compilation.files
    ? SHOWN.map((path) => ({ path, text: fileOf(compilation, `src/${path}`) }))
    : [];
  return [
    ...files,
    ...(diagnostics.length > 0 ? [{ path: "diagnostics.txt", text: `${diagnostics.join("\n\n")}\n` }] : []),
  ];
}

describe.each(names)("%s", (name) => {
  it("is compiled to the expected files", async () => {
    const folder = join(CASES, name, "expected");
    const files = shownFiles(await compileCase(name));
    if (UPDATE) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const { path, text } of files) writeFileSync(join(folder, path), text);
    }
    expect(readdirSync(folder).toSorted()).toEqual(files.map(({ path }) => path).toSorted());
    for (const { path, text } of files) expect(text, path).toBe(readFileSync(join(folder, path), "utf8"));
  });
});

describe("the packages of all cases", () => {
  it.each(["5.9", "7"] as const)(
    "type-check under TypeScript %s with the strictest flags",
    async (version) => {
      const folder = emptyFolder();
      linkDependencies(folder);
      const compiled = names.map(async (name) => [name, (await compileCase(name)).files ?? []] as const);
      const settings = writeSideBySide(folder, new Map(await Promise.all(compiled)));
      writeFiles(folder, [{ path: "tsconfig.json", text: JSON.stringify(settings) }]);
      expect(await typeCheck(version, ["-p", "."], folder)).toBe("");
    },
  );

  it.each(names)("%s: validators accept every fixture and refuse every invalid one", async (name) => {
    const folder = emptyFolder();
    linkDependencies(folder);
    writePackage(folder, name, await compileCase(name));
    expect(await disagreements(join(folder, name))).toEqual([]);
  });
});

function writePackage(folder: string, name: string, compilation: Compilation): void {
  writeFiles(
    folder,
    (compilation.files ?? []).map(({ path, text }) => ({ path: `${name}/${path}`, text })),
  );
}
