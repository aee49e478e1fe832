import { symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';

function schemas(named: object): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    components: { schemas: named },
  });
}

function snapshotOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), "latin1"),
    ]),
  );
}

/** Generates from a project inside a folder that holds other things, and expects a refusal that changes none of them. */
async function refusal(
  text: string | Uint8Array,
  prepare: (folder: string) => void = () => undefined,
): Promise<string> {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "x.yaml", text: schemas({ X: { type: "string" } }) }]);
  writeFiles(join(folder, "project"), [{ path: "specs/api.yaml", text: text as string }]);
  prepare(join(folder, "project"));
  const before = snapshotOf(folder);
  const { code, err } = await cli(join(folder, "project"), "generate");
  expect(snapshotOf(folder)).toEqual(before);
  expect(code).toBe(2);
  const first = /^specs\/api\.yaml:(\d+:\d+ error: .*)$/m.exec(err)?.[1];
  if (first === undefined) throw new Error(err);
  return first;
}

describe("facets that are no numbers", () => {
  it.each(["minimum", "maxLength", "multipleOf", "minItems", "maxProperties", "exclusiveMaximum"])(
    "%s",
    async (keyword) => {
      const text = `${HEAD}components:\n  schemas:\n    A:\n      type: [number, string, array, object]\n      ${keyword}: "0); P; ("\n`;
      expect(await refusal(text)).toContain(`7:${9 + keyword.length} error: `);
    },
  );
});

function linkOutside(folder: string): void {
  symlinkSync("../../x.yaml", join(folder, "specs/link.yaml"));
}

describe("references that leave the document", () => {
  const refs = [
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "/etc/passwd",
    "../../x.yaml#/components/schemas/X",
    "link.yaml#/components/schemas/X",
    "..\\..\\x.yaml",
    "//127.0.0.1/x",
  ];

  it.each(refs)("%s", async (ref) => {
    const text = `${HEAD}components:\n  schemas:\n    A:\n      $ref: ${JSON.stringify(ref)}\n`;
    const message = await refusal(text, linkOutside);
    expect(message).toMatch(/^6:\d+ error: /);
    expect(message).not.toContain("root:");
  });

  it("open no connection", async () => {
    const server = createServer();
    let connections = 0;
    server.on("connection", () => connections++);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await refusal(schemas({ A: { $ref: `http://127.0.0.1:${port}/x.json` } }))).toContain(" error: ");
    expect(connections).toBe(0);
  });
});

const chain = (length: number, wrap: (ref: object) => object) =>
  schemas(
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `A${index}`,
        index === length - 1 ? { type: "string" } : wrap({ $ref: `#/components/schemas/A${index + 1}` }),
      ]),
    ),
  );

/** Name, text, and the first message. */
const TEXTS: readonly (readonly [
  name: string,
  text: string | (() => string | Uint8Array),
  message: string,
])[] = [
  [
    "a schema that is a reference to itself",
    schemas({ A: { $ref: "#/components/schemas/A" } }),
    '1:92 error: $ref "#/components/schemas/A" leads back to itself and names no schema [ref-circular]',
  ],
  [
    "a ring of references",
    schemas({ A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } }),
    "leads back to itself and names no schema",
  ],
  [
    "a chain of 10,000 allOf",
    () => chain(10_000, (ref) => ({ allOf: [ref] })),
    "more than 100 references that each lead to the next for the same value: --limit references=N raises the limit",
  ],
  [
    "alternatives that double sixty times",
    () => chain(60, (ref) => ({ anyOf: [ref, ref] })),
    "more than 100000 schemas to try for one value: --limit evaluations=N",
  ],
  [
    "unions that multiply",
    schemas({
      A: {
        allOf: Array.from({ length: 20 }, () => ({
          oneOf: [1, 2, 3].map((each) => ({ properties: { [each]: {} } })),
        })),
      },
    }),
    "more than 10000 ways to meet a schema: --limit alternatives=N",
  ],
  [
    "a chain of 10,000 parameters that leads nowhere",
    () =>
      JSON.stringify({
        openapi: "3.1.0",
        info: { title: "T", version: "1" },
        paths: { "/a": { get: { parameters: [{ $ref: "#/components/parameters/P0" }], responses: {} } } },
        components: {
          parameters: Object.fromEntries(
            Array.from({ length: 10_000 }, (_, index) => [
              `P${index}`,
              { $ref: `#/components/parameters/P${index + 1}` },
            ]),
          ),
        },
      }),
    '$ref "#/components/parameters/P10000" points to nothing',
  ],
  [
    "20,000 references to nothing, each nearly one of 20,000 names",
    () => {
      const names = Array.from({ length: 20_000 }, (_, index) => `${"Schema".repeat(10)}${10_000 + index}`);
      const refs = names.map((name) => [name, { $ref: `#/components/schemas/x${name}` }]);
      return schemas({
        A: { properties: Object.fromEntries(refs) as object },
        ...Object.fromEntries(names.map((name) => [name, {}])),
      });
    },
    "points to nothing",
  ],
  [
    "schemas nested 10,000 deep",
    () =>
      `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"A":${'{"properties":{"a":'.repeat(10_000)}{}${"}}".repeat(10_000)}}}}`,
    "1:1010 error: more than 100 levels of nesting: --limit depth=N",
  ],
  [
    "JSON nested 200,000 deep",
    () => '{"a":'.repeat(200_000) + "1" + "}".repeat(200_000),
    "1:501 error: more than 100 levels of nesting",
  ],
  [
    "lists of JSON nested 200,000 deep",
    () => `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
    "1:105 error: more than 100 levels of nesting",
  ],
  [
    "20,000 open brackets",
    () => `${HEAD}x-a: ${"[".repeat(20_000)}`,
    "3:105 error: more than 100 levels of nesting",
  ],
  [
    "20,000 closed brackets",
    () => `${HEAD}x-a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`,
    "3:105 error: more than 100 levels of nesting",
  ],
  [
    "20,000 dashes",
    () => `${HEAD}x-a:\n  ${"- ".repeat(20_000)}1`,
    "4:201 error: more than 100 levels of nesting",
  ],
  [
    "20,000 question marks",
    () => `${HEAD}x-a:\n  ${"? ".repeat(20_000)}1`,
    "more than 100 levels of nesting",
  ],
  [
    "a nine-level alias bomb",
    () =>
      `${HEAD}x-a:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((name, index) => `  ${name}: &${name} [${Array(10).fill(`*${"abcdefgh"[index]}`).join(",")}]\n`).join("")}`,
    "4:28 error: more than 2000000 values after the expansion of aliases: --limit nodes=N",
  ],
  [
    "aliases that nest 10,000 deep",
    () =>
      `${HEAD}x-0: &a0 [x]\n${Array.from({ length: 10_000 }, (_, index) => `x-${index + 1}: &a${index + 1} [*a${index}]\n`).join("")}`,
    "more than 100 levels of nesting",
  ],
  [
    "an alias of what holds it",
    `${HEAD}x-a: &a [*a]\n`,
    "3:10 error: an alias of what holds it has no place in an OpenAPI document: JSON cannot carry it",
  ],
  ["an alias of nothing", `${HEAD}x-a: *a\n`, "3:6 error: "],
  ["duplicate keys", `${HEAD}x-a: 1\nx-a: 2\n`, '4:1 error: the key "x-a" is given twice [key-duplicate]'],
  [
    "duplicate keys of JSON",
    '{"openapi":"3.1.0",\n "info":{"title":"T","version":"1","\\u0074itle":"U"}}',
    '2:36 error: the key "title" is given twice [key-duplicate]',
  ],
  [
    "a key that an alias brings in twice",
    `${HEAD}x-a: &k b\nx-b: { ? *k : 1, b: 2 }\n`,
    '4:18 error: the key "b" is given twice',
  ],
  ["several documents", `${HEAD}---\na: 1\n`, "3:1 error: a second YAML document starts here"],
  [
    "a tag that makes a function",
    `${HEAD}x-a: !!js/function 'function () {}'\n`,
    "3:6 error: unresolved tag: tag:yaml.org,2002:js/function",
  ],
  ["tabs", "openapi: 3.1.0\ninfo:\n\ttitle: T\n", "3:1 error: tabs are not allowed as indentation"],
  [
    "a number beyond all doubles",
    '{"openapi":"3.1.0","info":{"title":"T","version":"1"},\n"x-a":-1e400}',
    "2:7 error: -1e400 has no place in an OpenAPI document: JSON cannot carry it",
  ],
  ["the same in YAML", `${HEAD}x-a: 1e400\n`, "3:6 error: Infinity has no place"],
  [
    "bytes that are no UTF-8",
    () => Uint8Array.from([0x61, 0xff, 0x61]),
    "1:1 error: cannot read the document: it is no valid UTF-8: save it as UTF-8",
  ],
  [
    "UTF-32",
    () => Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
    "1:1 error: cannot read the document: it is in UTF-32: save it as UTF-8",
  ],
  [
    "a document of 50 MB",
    () => `${HEAD}x-a: ${"x".repeat(50_000_000)}\n`,
    "1:1 error: more than 33554432 bytes of one document: --limit bytes=N raises the limit",
  ],
  [
    "a key as long as a document",
    () => schemas({ A: { type: "x".repeat(1_000_000) } }),
    `"${"x".repeat(500)}`,
  ],
];

describe("texts", () => {
  it.each(TEXTS)("%s", async (_, text, message) => {
    const started = performance.now();
    const found = await refusal(typeof text === "string" ? text : text());
    expect(found).toContain(message);
    expect(found.length).toBeLessThan(1_200);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

it("limits are raised by the command line and by the configuration, which name them", async () => {
  const folder = emptyFolder();
  const deep = schemas({
    A: { example: Array.from({ length: 101 }).reduce<object>((inner) => [inner], []) },
  });
  writeFiles(folder, [{ path: "specs/a.yaml", text: deep }]);
  expect((await cli(folder, "generate")).code).toBe(2);
  expect((await cli(folder, "generate", "--limit", "depth=200", "--limit", "bytes=1_000_000")).code).toBe(0);
  expect((await cli(folder, "check", "--limit", "depth=200")).code).toBe(0);
  writeFiles(folder, [{ path: "clientsmith.config.ts", text: "export default { limits: { depth: 300 } };" }]);
  expect((await cli(folder, "check")).code).toBe(0);
  expect((await cli(folder, "check", "--limit", "bytes=100")).err).toContain(
    "specs/a.yaml:1:1 error: more than 100 bytes",
  );
  const wrong = async (limit: string) => (await cli(folder, "check", "--limit", limit)).err;
  expect(await wrong("depth")).toContain(
    "error: --limit depth must read NAME=NUMBER, with one of bytes, depth, nodes",
  );
  expect(await wrong("width=1")).toContain('error: there is no limit "width": bytes, depth, nodes');
  expect(await wrong("depth=0")).toContain("error: the limit depth must be a whole number over 0");
});

it("what is nested deeper than the stack is refused, not crashed on, whatever the limits say", async () => {
  const folder = emptyFolder();
  const text = `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"A":${'{"not":'.repeat(50_000)}{}${"}".repeat(50_000)}}}}`;
  writeFiles(folder, [{ path: "specs/a.yaml", text }]);
  const { code, err } = await cli(folder, "generate", "--limit", "depth=1000000");
  expect(err).toContain("specs/a.yaml:1:1 error: the document is nested deeper than Node's stack allows");
  expect(code).toBe(2);
});

it.each([
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${HEAD}paths: {}\n`, "utf8")],
  ["UTF-16, little end first", Buffer.from(`\ufeff${HEAD}paths: {}\n`, "utf16le")],
  ["UTF-16, big end first", Buffer.from(`\ufeff${HEAD}paths: {}\n`, "utf16le").swap16()],
  ["UTF-16 without a mark", Buffer.from(`${HEAD}paths: {}\n`, "utf16le")],
  ["UTF-8 in lines that CR ends", Buffer.from(`${HEAD}paths: {}\n`.replaceAll("\n", "\r"))],
  ["UTF-8 in lines that CRLF ends", Buffer.from(`${HEAD}paths: {}\n`.replaceAll("\n", "\r\n"))],
])("%s is read", async (_, bytes) => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "specs/a.yaml", text: bytes as unknown as string }]);
  expect((await cli(folder, "generate")).code).toBe(0);
});
