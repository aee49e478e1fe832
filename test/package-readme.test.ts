import { expect, it } from "vitest";
import { compileText, fileOf } from "./support/compile.js";

const EITHER = [
  "if (result.ok) console.log(result.status, result.data);",
  "else console.error(result.status, result.error);",
];

/** What a result may be decides what compiles: one that is always a success has no `error`. */
it.each<[name: string, statuses: readonly string[], lines: readonly string[]]>([
  ["a success or a failure", ["200", "404"], EITHER],
  ["whatever default is", ["default"], EITHER],
  ["a success", ["200", "2XX"], ["console.log(result.status, result.data);"]],
  ["a failure", ["404"], ["console.error(result.status, result.error);"]],
  ["nothing", [], ["console.log(result);"]],
])("the example asks a result for what it is: %s", async (_name, statuses, lines) => {
  const responses = Object.fromEntries(statuses.map((status) => [status, { description: "" }]));
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/things": { get: { operationId: "listThings", responses } } },
  });
  const readme = fileOf(await compileText(text, { name: "things", file: "document.yaml" }), "README.md");
  const [, example = ""] = /await things\.listThings\(\);\n\n([^`]*)\n```/.exec(readme) ?? [];
  expect(example.split("\n")).toEqual(lines);
});
