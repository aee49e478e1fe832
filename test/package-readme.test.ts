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

/** What the example of an operation makes its client with. */
async function clientOf(rest: object, operation: object = {}): Promise<string | undefined> {
  const get = { operationId: "listThings", responses: { "200": { description: "" } }, ...operation };
  const info = { title: "T", version: "1" };
  const text = JSON.stringify({ openapi: "3.1.0", info, paths: { "/things": { get } }, ...rest });
  const readme = fileOf(await compileText(text, { name: "things", file: "document.yaml" }), "README.md");
  const options = /^const things = createThingsClient\((.*)\);$/m.exec(readme)?.[1];
  expect(readme.includes("names no absolute server"), readme).toBe(options!.includes("baseUrl"));
  return options;
}

it.each<[string, object, object, string]>([
  ["without servers", {}, {}, '{ baseUrl: "https://api.example.com" }'],
  ["with a relative one", { servers: [{ url: "/v1" }] }, {}, '{ baseUrl: "https://api.example.com/v1" }'],
  ["with an absolute one", { servers: [{ url: "https://a.example/v1" }] }, {}, ""],
  [
    "with a relative one of the operation",
    { servers: [{ url: "https://a.example" }] },
    { servers: [{ url: "files/" }] },
    '{ baseUrl: "https://api.example.com/files" }',
  ],
  ["with an absolute one of the operation", {}, { servers: [{ url: "https://a.example" }] }, ""],
])("the example names a host where the document does not: %s", async (_name, rest, operation, options) => {
  expect(await clientOf(rest, operation)).toBe(options);
});
