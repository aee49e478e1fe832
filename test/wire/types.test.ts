import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMPILERS, typeCheck, type CompilerVersion } from "../support/typescript.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";
import { CASES, writePackages } from "./packages.js";

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

it.each(Object.keys(COMPILERS) as CompilerVersion[])(
  "right use compiles and wrong use does not, under TypeScript %s",
  async (version) => {
    const folder = emptyFolder();
    await writePackages(folder);
    const config = { extends: `./${CASES[0]}/tsconfig.json`, include: ["*.ts"] };
    writeFiles(folder, [
      { path: "tsconfig.json", text: JSON.stringify(config) },
      { path: "package.json", text: JSON.stringify({ type: "module" }) },
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
