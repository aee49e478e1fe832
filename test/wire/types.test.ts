import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMPILERS, typeCheck, type CompilerVersion } from "../support/typescript.js";
import { emptyFolder, linkDependencies, writeFiles, writeSideBySide } from "../support/workspace.js";
import { CASES, packageOf } from "./packages.js";

const [right = "", wrong = ""] = ["right-use", "wrong-use"].map((name) =>
  readFileSync(new URL(`${name}.ts.txt`, import.meta.url), "utf8"),
);

/** `line: code` of each error. Compilers differ in the code of some: `TS2345|TS2741`. */
function expectedErrors(text: string): RegExp[] {
  return text.split("\n").flatMap((line, index) => {
    const codes = /@ts-expect-error (TS[\d|TS]+):/.exec(line)?.[1];
    return codes === undefined ? [] : [new RegExp(`^${index + 2}: (${codes})$`)];
  });
}

const packages = Promise.all(CASES.map(async (name) => [name, await packageOf(name)] as const)).then(
  (entries) => new Map(entries),
);

it.each(Object.keys(COMPILERS) as CompilerVersion[])(
  "right use compiles and wrong use does not, under TypeScript %s",
  async (version) => {
    const folder = emptyFolder();
    linkDependencies(folder);
    const settings = writeSideBySide(folder, await packages);
    writeFiles(folder, [
      { path: "tsconfig.json", text: JSON.stringify({ ...settings, include: ["*.ts"] }) },
      { path: "right-use.ts", text: right },
      { path: "wrong-use.ts", text: wrong.replaceAll("// @ts-expect-error", "// expected here") },
    ]);
    const output = await typeCheck(version, ["-p", ".", "--pretty", "false"], folder);
    const errors = [...output.matchAll(/^wrong-use\.ts\((\d+),\d+\): error (TS\d+):/gm)].map(
      ([, line, code]) => `${line}: ${code}`,
    );
    const expected = expectedErrors(wrong).map((each) => expect.stringMatching(each) as string);
    expect(errors, output).toEqual(expected);
    expect(output.match(/^\S+: error/gm) ?? []).toHaveLength(errors.length);
  },
);
