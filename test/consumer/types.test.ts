import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { installConsumer } from "../support/consumer.js";
import { copyPackage, PACKAGES } from "../support/packages.js";
import { COMPILERS, typeCheck, type CompilerVersion } from "../support/typescript.js";
import { emptyFolder } from "../support/workspace.js";

const VERSIONS = Object.keys(COMPILERS) as CompilerVersion[];
const PROGRAMS = new URL("programs/", import.meta.url);

// The declarations that are installed are checked with one module system, by the oldest compiler and the newest: they are the same files, and
// MSW's take most of the time.
const MODULES = [
  { module: "nodenext", types: ["node"] },
  { module: "esnext", moduleResolution: "bundler", types: [], skipLibCheck: true },
] as const;

const isLibChecked = (version: CompilerVersion) => version !== "6";

const STRICT = {
  target: "es2022",
  lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
};

function textOf(program: string): string {
  return readFileSync(new URL(`${program}.ts.txt`, PROGRAMS), "utf8");
}

interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** `file.ts(3,5): error TS2322: …` */
function diagnosticsOf(output: string): Diagnostic[] {
  return [...output.matchAll(/^(\S+?)\((\d+),\d+\): error (TS\d+):/gm)].map(
    ([, file = "", line, code = ""]) => ({ file, line: Number(line), code }),
  );
}

/** What the comments expect of the lines that follow them. Compilers differ in the code of some: `TS2345|TS2741`. */
function expectedIn(file: string, text: string): unknown[] {
  return text.split("\n").flatMap((line, index) => {
    const codes = /@ts-expect-error (TS[\d|TS]+):/.exec(line)?.[1];
    return codes === undefined
      ? []
      : [{ file, line: index + 2, code: expect.stringMatching(`^(${codes})$`) as unknown }];
  });
}

/** A folder in the consumer's, gone after the test. */
async function folderInConsumer(): Promise<string> {
  const { folder } = await installConsumer();
  const inner = mkdtempSync(join(folder, "types-"));
  onTestFinished(() => rmSync(inner, { recursive: true, force: true }));
  return inner;
}

describe.each(VERSIONS)("the installed packages under TypeScript %s", (version) => {
  it.each(MODULES)("right use compiles and wrong use does not, with module $module", async (module) => {
    const folder = await folderInConsumer();
    const wrong = textOf("wrong-use");
    const bare = wrong.replaceAll("// @ts-expect-error", "// expected here");
    writeFileSync(join(folder, "right-use.ts"), textOf("right-use"));
    writeFileSync(join(folder, "wrong-use.ts"), wrong);
    writeFileSync(join(folder, "wrong-use-bare.ts"), bare);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...STRICT, skipLibCheck: !isLibChecked(version), ...module } }),
    );
    const output = await typeCheck(version, ["-p", ".", "--pretty", "false"], folder);
    expect(diagnosticsOf(output), output).toEqual(expectedIn("wrong-use-bare.ts", wrong));
  });
});

describe.each(VERSIONS)("a library around a package under TypeScript %s", (version) => {
  it.each(MODULES)("has declarations of its own, with module $module", async (module) => {
    const folder = await folderInConsumer();
    writeFileSync(join(folder, "wrapping.ts"), textOf("wrapping"));
    const emitted = {
      noEmit: false,
      skipLibCheck: true,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: "built",
    };
    const compilerOptions = { ...STRICT, ...module, ...emitted };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["wrapping.ts"] }));
    expect(await typeCheck(version, ["-p", "."], folder)).toBe("");
    const declared = readFileSync(join(folder, "built/wrapping.d.ts"), "utf8");
    expect(declared).toContain('import("@clientsmith/cargo/runtime/fixtures").Fixtures<');
  });
});

describe.each(VERSIONS)("a back end under TypeScript %s", (version) => {
  it("compiles with the types of Node, and without those of a browser", async () => {
    const folder = await folderInConsumer();
    writeFileSync(join(folder, "back-end.ts"), textOf("back-end"));
    const checked = { skipLibCheck: !isLibChecked(version) };
    const compilerOptions = { ...STRICT, lib: ["es2022"], ...checked, ...MODULES[0] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    expect(await typeCheck(version, ["-p", "."], folder)).toBe("");
  });
});

describe.each(PACKAGES)("the sources of %s", (name) => {
  it.each(VERSIONS)("type-check by their own settings under TypeScript %s", async (version) => {
    const folder = copyPackage(name, emptyFolder());
    expect(await typeCheck(version, ["-p", "tsconfig.json"], folder)).toBe("");
  });

  it.each([
    ["a type", /: string;/, ": number;"],
    ["an optional property", /\?: string;/, ": string;"],
    ["an enum", /: "(\w+-?\w*)" \| /, ": "],
  ])("do not type-check when %s of types.ts differs from the document", async (_what, from, to) => {
    const folder = copyPackage(name, emptyFolder());
    const path = join(folder, "src/types.ts");
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
    const output = await typeCheck("7", ["-p", "tsconfig.json", "--pretty", "false"], folder);
    expect(diagnosticsOf(output)).toContainEqual(
      expect.objectContaining({ file: "test/types-agree.ts", code: "TS2344" }),
    );
  });
});
