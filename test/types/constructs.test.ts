import { expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { buildModel } from "../../generator/model/build.js";
import { childrenOf, type Schema } from "../../generator/model/schema.js";
import { proverOf } from "../../generator/pipeline/prover.js";
import { parse } from "../../generator/source/parse.js";
import type { JsonValue } from "../../generator/source/json.js";
import { compileText, fileOf } from "../support/compile.js";
import { typeCheck } from "../support/typescript.js";
import { upgradedAlone } from "../support/shape.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";
import { COMMON, CONSTRUCTS, type Construct } from "./constructs.js";

const nameOf = (index: number) => `Construct${index}`;

const DOCUMENT = `openapi: 3.2.0
info: { title: Constructs, version: "1" }
components:
  schemas:
${[...COMMON.trim().split("\n"), ...CONSTRUCTS.map(({ schema }, index) => `${nameOf(index)}: ${schema}`)]
  .map((line) => `    ${line}\n`)
  .join("")}`;

const document = parse({ id: "constructs.yaml", text: DOCUMENT }).value!;
const model = buildModel(upgradedAlone(document), document.id);

/** A line that compiles for each value that is accepted, and one that must not for each that is refused. */
function programOf({ name, accepts, rejects, program }: Construct, index: number): string {
  const of = (value: string, at: string) => `export const ${at}: types.${nameOf(index)} = ${value};`;
  return [
    `// ${name}`,
    ...accepts.map((value, at) => of(value, `accepted${index}_${at}`)),
    ...rejects.map((each, at) => {
      const value = typeof each === "string" ? each : each.value;
      return `// @ts-expect-error ${name} takes no ${value}\n${of(value, `refused${index}_${at}`)}`;
    }),
    ...(program === undefined
      ? []
      : [
          `export const program${index} = ${program.replace(/\bT\b/g, `types.${nameOf(index)}`).replace(/\b(Car|Truck|Bike)\b/g, "types.$1")};`,
        ]),
  ].join("\n");
}

const OPTIONS = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];

it.each(["5.9", "7"] as const)(
  "types take and refuse what they should, under TypeScript %s",
  async (version) => {
    const compilation = await compileText(DOCUMENT, { file: "constructs.yaml", openapi: false });
    const folder = emptyFolder();
    const program = ['import type * as types from "./types.js";', ...CONSTRUCTS.map(programOf)].join("\n\n");
    writeFiles(folder, [
      { path: "types.ts", text: fileOf(compilation, "src/types.ts") },
      { path: "program.ts", text: program },
    ]);
    expect(
      await typeCheck(
        version,
        [...OPTIONS, "--target", "es2022", "--module", "nodenext", "program.ts"],
        folder,
      ),
    ).toBe("");
  },
);

it.each(CONSTRUCTS.map((construct, index) => ({ ...construct, index })))(
  "$name: what its type refuses, its schema refuses or does not mean",
  ({ accepts, rejects, index }) => {
    const prover = proverOf(upgradedAlone(document));
    const origin = { source: document.id, pointer: `/components/schemas/${nameOf(index)}` };
    const isValid = (value: string) => prover.isValid(origin, parseYaml(value) as JsonValue);
    expect(accepts.filter((value) => !isValid(value))).toEqual([]);
    for (const each of rejects)
      expect([each, isValid(typeof each === "string" ? each : each.value)]).toEqual([
        each,
        typeof each !== "string",
      ]);
  },
);

/** A schema of every kind is among the constructs: an entry that is missing does not compile. */
const KINDS: { readonly [Kind in Schema["kind"]]: true } = {
  any: true,
  never: true,
  ref: true,
  literals: true,
  null: true,
  boolean: true,
  number: true,
  string: true,
  array: true,
  object: true,
  union: true,
  intersection: true,
  not: true,
  conditional: true,
  unevaluated: true,
};

it("a construct of every kind that the model knows is tested", () => {
  const kinds = (schema: Schema): string[] => [schema.kind, ...childrenOf(schema).flatMap(kinds)];
  const found = new Set([...model.value!.schemas.values()].flatMap(({ schema }) => kinds(schema)));
  expect([...found].toSorted()).toEqual(Object.keys(KINDS).toSorted());
  expect(model.problems.filter(({ severity }) => severity === "error")).toEqual([]);
});
