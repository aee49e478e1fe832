import { expect, it } from "vitest";
import { diagnosticTexts } from "../generator/diagnostics/print.js";
import { compileText } from "./support/compile.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

/** What the author of a document reads. */
async function report(text: string): Promise<string> {
  const { diagnostics, documents } = await compileText(text, { file: "api.yaml", openapi: false });
  return diagnosticTexts(diagnostics, { documents }, (_, shown) => shown).join("\n");
}

const HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';

it("wrong YAML, at the place of the fault", async () => {
  expect(await report('openapi: 3.1.0\ninfo:\n  title: "open\npaths: {}\n')).toMatchInlineSnapshot(`
    "api.yaml:3:10 error: this quote is never closed [yaml-syntax]
      3 |   title: "open
        |          ^"
  `);
  expect(await report("a: 1\na: 2\n")).toMatchInlineSnapshot(`
    "api.yaml:2:1 error: the key "a" is given twice [key-duplicate]
      2 | a: 2
        | ^"
  `);
  expect(await report("a: 1\n\tb: 2\n")).toMatchInlineSnapshot(`
    "api.yaml:2:1 error: tabs are not allowed as indentation [yaml-syntax]
      2 |  b: 2
        | ^"
  `);
  expect(await report("a:\n  b:\n\t\tc: 1\n    d: 2\n")).toMatchInlineSnapshot(`
    "api.yaml:3:1 error: tabs are not allowed as indentation [yaml-syntax]
      3 |   c: 1
        | ^"
  `);
  expect(await report("a: *b\nc: &b 1\n")).toMatchInlineSnapshot(`
    "api.yaml:1:4 error: *b names no anchor that stands before it [yaml-syntax]
      1 | a: *b
        |    ^"
  `);
  expect(await report("a: 1\nb: T\u0000\n")).toMatchInlineSnapshot(`
    "api.yaml:2:5 error: a control character has no place in YAML: in double quotes, \\u0000 stands for it [yaml-syntax]
      2 | b: T�
        |     ^"
  `);
  expect(await report("")).toMatchInlineSnapshot(`
    "api.yaml:1:1 error: the document is empty [document-empty]
      1 | 
        | ^"
  `);
  expect(await report("a: .nan\n")).toMatchInlineSnapshot(`
    "api.yaml:1:4 error: NaN has no place in an OpenAPI document: JSON cannot carry it [yaml-not-json]
      1 | a: .nan
        |    ^"
  `);
  expect(await report("a: &x [*x]\n")).toMatchInlineSnapshot(`
    "api.yaml:1:8 error: an alias of what holds it has no place in an OpenAPI document: JSON cannot carry it [yaml-not-json]
      1 | a: &x [*x]
        |        ^"
  `);
  expect(await report("a: 1\n---\nb: 2\n")).toMatchInlineSnapshot(`
    "api.yaml:2:1 error: a second YAML document starts here [yaml-syntax]
      2 | ---
        | ^"
  `);
  expect(await report("a: !!js/function 'x'\n")).toMatchInlineSnapshot(`
    "api.yaml:1:4 error: unresolved tag: tag:yaml.org,2002:js/function: a text that begins with ! needs quotes [yaml-syntax]
      1 | a: !!js/function 'x'
        |    ^"
  `);
});

it.each([
  [
    "d: Note: slow\n",
    '1:4 nested mappings are not allowed in compact mappings: a text with ": " in it needs quotes; the fields of an object are indented alike',
  ],
  [
    "d: *bold* text\n",
    "1:11 unexpected scalar at node end: a text that begins with a quote, or with *, &, !, { or [, needs quotes around all of it",
  ],
  [
    "d: @internal thing\n",
    "1:4 plain value cannot start with reserved character @: a text that begins so needs quotes",
  ],
  [
    "d: |foo\n",
    "1:5 block scalar header includes extra characters: |foo: a text that begins with | or > needs quotes",
  ],
  [
    "d: > two words\n  more\n",
    "1:6 not a YAML token: two words: what | or > is for begins on the next line; a text that begins with one of them needs quotes",
  ],
  [
    "d: |two words\n",
    "1:5 block scalar header includes extra characters: |two: a text that begins with | or > needs quotes",
  ],
  ["d: 'it's bad'\n", "1:8 unexpected scalar at node end: an apostrophe in single quotes is written twice"],
  ['d: "say "no" now"\n', '1:10 unexpected scalar at node end: a quote in double quotes is written \\"'],
  [
    "d: 'a' text\n",
    "1:8 unexpected scalar at node end: a text that begins with a quote, or with *, &, !, { or [, needs quotes around all of it",
  ],
  [
    'p: "^\\d+$"\n',
    "1:6 invalid escape sequence \\d: in double quotes, \\\\ stands for \\; in single quotes, \\ stands for itself",
  ],
  // What stands behind a star is read as an alias, and moves what follows.
  ["c:\n  */*:\n    a: 1\n  b/c: 2\n", '2:3 a key that begins with * needs quotes: "*/*"'],
  ["c:\n  b/c: 2\n  */*: { a: 1 }\n", '3:3 a key that begins with * needs quotes: "*/*"'],
  ["c: { *: 1 }\n", '1:6 a key that begins with * needs quotes: "*"'],
  // A line that is indented too far goes on with the text above it.
  [
    'a:\n  b: T\n   c: U\n   d: V\n  e: "1"\n',
    '3:4 this line is indented further than the field above: the fields of an object are indented alike; a text with ": " in it needs quotes',
  ],
  [
    "a:\n  b: a text\n    of lines. Note: slow\n  c: 1\n",
    '2:6 nested mappings are not allowed in compact mappings: a text with ": " in it needs quotes; the fields of an object are indented alike',
  ],
  [
    "a:\n  b:1\n  c: 2\n",
    "2:3 implicit keys need to be on a single line: a space is missing behind the colon, or the line is not indented as it should be",
  ],
  // Of what follows from one slip, the first is told.
  [
    "a:\n  b: 1\n c: 2\n d: 3\n e: 4\n",
    "3:1 all mapping items must start at the same column: the fields of an object are indented alike",
  ],
  [
    "a:\n  b: 1\n c: 2\n",
    "3:1 all mapping items must start at the same column: the fields of an object are indented alike",
  ],
])("%j, with what to do about it", async (text, message) => {
  const { diagnostics } = await compileText(text, { file: "api.yaml", openapi: false });
  expect(diagnostics.map((each) => `${each.line}:${each.column} ${each.message}`)).toEqual([message]);
});

it.each([
  ["a: 'abc\nb: 1\n", ["1:4 error: this quote is never closed"]],
  ['a: "abc\\"\nb: 1\n', ["1:4 error: this quote is never closed"]],
  ["a: 1\nb: { c: T\nd: {}\n", ["2:4 error: this brace is never closed"]],
  ["a: [1, 2\nb: 3\n", ["1:4 error: this bracket is never closed"]],
  ['a: { b: "c }\nd: 1\n', ["1:9 error: this quote is never closed"]],
  ["a: { b: [1, 2 }\n", ["1:9 error: this bracket is never closed"]],
  ['{ "a": {\n  "b": 1\n', ["1:8 error: this brace is never closed"]],
])("%j, at what opens it", async (text, messages) => {
  const { diagnostics } = await compileText(text, { file: "api.yaml", openapi: false });
  expect(
    diagnostics.map(({ line, column, severity, message }) => `${line}:${column} ${severity}: ${message}`),
  ).toEqual(messages);
});

it("a $ref to nothing, at the $ref", async () => {
  const text = `${HEAD}components:
  schemas:
    Pet:
      properties:
        owner:
          $ref: "#/components/schemas/Owner"
    Ring: { $ref: "#/components/schemas/Ring" }
    Away: { $ref: "other.yaml#/Pet" }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:8:17 error: $ref "#/components/schemas/Owner" points to nothing [ref-not-found]
      8 |           $ref: "#/components/schemas/Owner"
        |                 ^
    api.yaml:9:19 error: $ref "#/components/schemas/Ring" leads back to itself and names no schema [ref-circular]
      9 |     Ring: { $ref: "#/components/schemas/Ring" }
        |                   ^
    api.yaml:10:19 error: $ref "other.yaml#/Pet" cannot be read: there is no such file [ref-unreadable]
      10 |     Away: { $ref: "other.yaml#/Pet" }
         |                   ^"
  `);
});

it("a version of 2.0 that lacks its quotes is told what it needs", async () => {
  expect(await report("swagger: 2.0\n")).toContain(
    'api.yaml:1:10 error: swagger must be a string, not a number: put it in quotes, as "2.0" [version-unsupported]',
  );
});

it.each([
  ["A: { title: B }\n    C:\n      $ref: #/components/schemas/A", "$ref"],
  ["A:\n      description: # 1 of many", "description"],
  ["A:\n      'description':  # 1 of many", "description"],
])("what YAML takes for a comment is said to be one: %j", async (schemas, name) => {
  expect(await report(`${HEAD}components:\n  schemas:\n    ${schemas}\n`)).toContain(
    `error: ${name} must be a string, not null: put it in quotes, for # begins a comment [wrong-type]`,
  );
  expect(await report(`${HEAD}components: { schemas: { A: { ${name}: null } } } # no text\n`)).toContain(
    `error: ${name} must be a string, not null [wrong-type]`,
  );
});

it("advises no reference that is written already", async () => {
  const folder = emptyFolder();
  const ref = "other.yaml#/componets/schemas/Pet";
  writeFiles(folder, [
    { path: "api.yaml", text: `${HEAD}components: { schemas: { A: { $ref: "${ref}" } } }\n` },
    { path: "other.yaml", text: `${HEAD}componets: { schemas: { Pet: {} } }\n` },
  ]);
  const { err } = await cli(folder, "generate", "api.yaml");
  expect(err).toContain(`error: $ref "${ref}" points to nothing in other.yaml [ref-not-found]\n`);
  expect(err).toContain("componets is no field of an OpenAPI document: did you mean components?");
});

it.each([
  ["#/components/schemas/Pet", ": did you mean ../api.yaml#/components/schemas/Pet?"],
  ["#/components/schemas/Pat", ""],
])("$ref %j of another file than the one that has it", async (ref, advice) => {
  const folder = emptyFolder();
  writeFiles(folder, [
    {
      path: "api.yaml",
      text: `${HEAD}components: { schemas: { Pet: {}, A: { $ref: "parts/a.yaml" } } }\n`,
    },
    { path: "parts/a.yaml", text: `items: { $ref: "${ref}" }\n` },
  ]);
  const { err } = await cli(folder, "generate", "api.yaml");
  expect(err).toContain(
    `parts/a.yaml:1:16 error: $ref "${ref}" points to nothing${advice} [ref-not-found]\n`,
  );
});

it.each([
  ["#/components/schema/Pet", "points to nothing: did you mean #/components/schemas/Pet? [ref-not-found]"],
  ["#/components/schemas/pat", "points to nothing: did you mean #/components/schemas/Pet? [ref-not-found]"],
  ["#/definitions/Pet", "points to nothing: did you mean #/components/schemas/Pet? [ref-not-found]"],
  ["#/components/schemas/Horse", "points to nothing [ref-not-found]"],
  [
    "#components/schemas/Pet",
    "names an anchor that no schema in api.yaml has: did you mean #/components/schemas/Pet? [ref-anchor-unknown]",
  ],
  ["Pet", "cannot be read: there is no such file: did you mean #/components/schemas/Pet? [ref-unreadable]"],
  ["Horse", "cannot be read: there is no such file [ref-unreadable]"],
])("$ref %j, with the nearest that is there", async (ref, message) => {
  const text = `${HEAD}components: { schemas: { Pet: {}, A: { $ref: "${ref}" } } }\n`;
  expect(await report(text)).toContain(`api.yaml:3:46 error: $ref "${ref}" ${message}\n`);
});

it("a $ref with backslashes, at each that has some, wherever the file lies", async () => {
  const text = `${HEAD}paths: { /a: { $ref: 'a\\b.yaml' } }
components:
  schemas: { A: { $ref: 'p\\a.yaml' }, B: { $ref: 'p/a.yaml' } }
  responses: { R: { $ref: 'C:\\r.yaml#/R' } }
`;
  const others = { "p/a.yaml": "items: { $ref: '..\\\\b.yaml' }\n", "a/b.yaml": "{}", "b.yaml": "{}" };
  const { diagnostics } = await compileText(text, { file: "api.yaml", others, openapi: false });
  expect(
    diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
  ).toEqual(
    [
      ["api.yaml:3:22", "a\\b.yaml"],
      ["api.yaml:5:25", "p\\a.yaml"],
      ["api.yaml:6:27", "C:\\r.yaml#/R"],
      ["p/a.yaml:1:16", "..\\\\b.yaml"],
    ].map(
      ([at, ref]) =>
        `${at} $ref ${JSON.stringify(ref)} cannot be read: a reference holds no backslash: use /`,
    ),
  );
});

it("a $ref of 2.0 to nothing, with the nearest that is there, in the words of 2.0", async () => {
  const head = 'swagger: "2.0"\ninfo: { title: T, version: "1" }\npaths: {}\n';
  const text = `${head}definitions: { Pet: {}, A: { $ref: "#/definition/Pet" } }\n`;
  expect(await report(text)).toContain(
    '4:36 error: $ref "#/definition/Pet" points to nothing: did you mean #/definitions/Pet? [ref-not-found]\n',
  );
});

it("an unknown security scheme, with the nearest that is there", async () => {
  const text = `${HEAD}components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths: { /a: { get: { security: [{ tokn: [] }], responses: { 204: { description: None. } } } } }
`;
  expect(await report(text)).toContain(
    'api.yaml:4:34 error: security scheme "tokn" is not in components.securitySchemes: did you mean token? [security-unknown]\n',
  );
});

it("a $ref that is no reference, once and as what it is", async () => {
  const text = `${HEAD}components:
  schemas:
    A: { $ref: 3 }
    B: { $ref: "#/components/schemas/%zz" }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:5:16 error: $ref must be a string, not 3 [wrong-type]
      5 |     A: { $ref: 3 }
        |                ^
    api.yaml:6:16 error: $ref "#/components/schemas/%zz" has a % that two hexadecimal digits must follow: %25 stands for % itself [ref-anchor-unknown]
      6 |     B: { $ref: "#/components/schemas/%zz" }
        |                ^"
  `);
});

it.each([
  ["openapi: 3.0.4", "components: { schemas: { A: { $ref: a.yaml } } }"],
  ['swagger: "2.0"', "definitions: { A: { $ref: a.yaml } }"],
])("a reference of another document to what is no schema, at that document: %s", async (head, schemas) => {
  const text = `${head}\ninfo: { title: T, version: "1" }\npaths: {}\n${schemas}\n`;
  const others = { "a.yaml": 'type: object\nproperties: { a: { $ref: "api.yaml#/info" } }\n' };
  const { diagnostics } = await compileText(text, { file: "api.yaml", others, openapi: false });
  expect(diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
    'a.yaml:2 $ref "api.yaml#/info" points to info where a schema must stand',
  ]);
});

it("a duplicate operationId, at the second", async () => {
  const text = `${HEAD}paths:
  /a:
    get:
      operationId: same
      responses: { "204": { description: None. } }
  /b:
    get:
      operationId: same
      responses: { "204": { description: None. } }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:10:20 error: operationId "same" is taken by GET /a [operation-id-duplicate]
      10 |       operationId: same
         |                    ^"
  `);
});

it("a path parameter that is not declared, at the operation, and one that the path does not hold", async () => {
  const text = `${HEAD}paths:
  /a/{id}:
    get:
      parameters:
        - { name: other, in: path, required: true, schema: { type: string } }
      responses: { "204": { description: None. } }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:5:5 error: path parameter {id} of "/a/{id}" is not declared [path-parameter-undeclared]
      5 |     get:
        |     ^
    api.yaml:7:19 error: path parameter "other" does not occur in "/a/{id}" [path-parameter-unused]
      7 |         - { name: other, in: path, required: true, schema: { type: string } }
        |                   ^"
  `);
});

it("an unknown type, at its value", async () => {
  const text = `${HEAD}components:
  schemas:
    Pet:
      type: objct
    Owner:
      type: [string, nul]
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:6:13 error: type "objct" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
      6 |       type: objct
        |             ^
    api.yaml:8:22 error: type "nul" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
      8 |       type: [string, nul]
        |                      ^"
  `);
});

it("missing responses, at the operation", async () => {
  const text = `${HEAD}paths:
  /a:
    get:
      operationId: a
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:5:5 warning: GET /a describes no responses: every answer will be unexpected [responses-undescribed]
      5 |     get:
        |     ^"
  `);
});

it("all of them at once, none twice, in the order of the lines", async () => {
  const text = `${HEAD}paths:
  /a/{id}:
    get:
      operationId: same
      requestBody: { $ref: "#/components/requestBodies/Gone" }
    put:
      operationId: same
      parameters: 7
      responses:
        "200": { description: Fine., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
        "404": { description: Gone., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
components:
  schemas:
    Pet:
      type: objct
      required: name
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:5:5 error: path parameter {id} of "/a/{id}" is not declared [path-parameter-undeclared]
      5 |     get:
        |     ^
    api.yaml:5:5 warning: GET /a/{id} describes no responses: every answer will be unexpected [responses-undescribed]
      5 |     get:
        |     ^
    api.yaml:7:28 error: $ref "#/components/requestBodies/Gone" points to nothing [ref-not-found]
      7 |       requestBody: { $ref: "#/components/requestBodies/Gone" }
        |                            ^
    api.yaml:9:20 error: operationId "same" is taken by GET /a/{id} [operation-id-duplicate]
      9 |       operationId: same
        |                    ^
    api.yaml:10:19 error: parameters must be a list, not 7 [wrong-type]
      10 |       parameters: 7
         |                   ^
    api.yaml:17:13 error: type "objct" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
      17 |       type: objct
         |             ^
    api.yaml:18:17 error: required must be a list, not "name" [wrong-type]
      18 |       required: name
         |                 ^"
  `);
});

it("what a document lacks, and versions that are not supported", async () => {
  expect(await report("info: {}\n")).toMatchInlineSnapshot(`
    "api.yaml:1:1 error: an OpenAPI document needs openapi [missing-field]
      1 | info: {}
        | ^"
  `);
  expect(await report("openapi: 3.1.0\npaths: {}\n")).toMatchInlineSnapshot(`
    "api.yaml:1:1 error: an OpenAPI document needs info [missing-field]
      1 | openapi: 3.1.0
        | ^"
  `);
  expect(await report('swagger: "1.2"\n')).toMatchInlineSnapshot(`
    "api.yaml:1:10 error: OpenAPI "1.2" is not supported: 2.0, 3.0, 3.1 and 3.2 are [version-unsupported]
      1 | swagger: "1.2"
        |          ^"
  `);
  expect(await report("[1]\n")).toMatchInlineSnapshot(`
    "api.yaml:1:1 error: an OpenAPI document must be an object, not a list [wrong-type]
      1 | [1]
        | ^"
  `);
});

it("a number or a flag where a text is wanted, as it is written, and what to do", async () => {
  const text = "openapi: 3.0\ninfo: { title: true, version: 1.0 }\npaths: {}\n";
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:1:10 error: openapi must be a string, not 3.0: put a whole version in quotes, as "3.0.0" [wrong-type]
      1 | openapi: 3.0
        |          ^
    api.yaml:2:16 error: title must be a string, not true: put it in quotes [wrong-type]
      2 | info: { title: true, version: 1.0 }
        |                ^
    api.yaml:2:31 error: version must be a string, not 1.0: put it in quotes [wrong-type]
      2 | info: { title: true, version: 1.0 }
        |                               ^"
  `);
  const quoted = 'openapi: "3.0"\ninfo: { title: T, version: "1" }\npaths: {}\n';
  expect(await report(quoted)).toMatchInlineSnapshot(`
    "api.yaml:1:10 error: OpenAPI 3.0 is no whole version: write "3.0.0" [version-unsupported]
      1 | openapi: "3.0"
        |          ^"
  `);
});

it("columns count characters of the line, and control characters of a document never reach the terminal", async () => {
  const text = `${HEAD}components: { schemas: { "é\\u001b[31m": { type: "\\u001b[2J" } } }\n`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:3:26 error: component name "é\\u001b[31m" must be made of letters, digits, ., - and _ alone [component-name]
      3 | components: { schemas: { "é\\u001b[31m": { type: "\\u001b[2J" } } }
        |                          ^
    api.yaml:3:49 error: type "\\u001b[2J" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
      3 | components: { schemas: { "é\\u001b[31m": { type: "\\u001b[2J" } } }
        |                                                 ^"
  `);
});

it("JSON documents have lines, too", async () => {
  const text = '{\n  "openapi": "3.1.0",\n  "info": { "title": "T", "version": 1 }\n}\n';
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:1:1 error: an OpenAPI document needs paths, components or webhooks [missing-field]
      1 | {
        | ^
    api.yaml:3:38 error: version must be a string, not 1: put it in quotes [wrong-type]
      3 |   "info": { "title": "T", "version": 1 }
        |                                      ^"
  `);
});

it("a whole query string beside other parameters of the query, at each of those", async () => {
  const text = `openapi: 3.2.0
info: { title: T, version: "1" }
paths:
  /a:
    parameters:
      - { name: page, in: query, schema: { type: integer } }
    get:
      parameters:
        - { name: all, in: querystring, content: { application/json: { schema: {} } } }
        - { name: other, in: querystring, content: { text/plain: { schema: {} } } }
        - { name: bare, in: querystring, schema: {} }
      responses: { "204": {} }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:6:27 error: parameter "page" cannot stand beside "all", which is the whole query string [querystring-shared]
      6 |       - { name: page, in: query, schema: { type: integer } }
        |                           ^
    api.yaml:9:9 error: parameters must hold one querystring parameter at most [wrong-value]
      9 |         - { name: all, in: querystring, content: { application/json: { schema: {} } } }
        |         ^
    api.yaml:10:30 error: parameter "other" cannot stand beside "all", which is the whole query string [querystring-shared]
      10 |         - { name: other, in: querystring, content: { text/plain: { schema: {} } } }
         |                              ^
    api.yaml:11:11 error: a parameter needs content [missing-field]
      11 |         - { name: bare, in: querystring, schema: {} }
         |           ^
    api.yaml:11:29 error: parameter "bare" cannot stand beside "all", which is the whole query string [querystring-shared]
      11 |         - { name: bare, in: querystring, schema: {} }
         |                             ^"
  `);
});

it("what OpenAPI does not permit of styles, at the style", async () => {
  const text = `${HEAD}paths:
  /a:
    get:
      parameters:
        - { name: a, in: query, style: label, schema: { type: string } }
        - { name: b, in: query, style: spaceDelimited, explode: true, schema: { type: array } }
      responses:
        "204": { description: None., content: { text/plain: {} } }
        "200":
          description: Ok.
          headers: { Set-Cookie: { schema: { type: string } }, X-Deep: { schema: { type: object, properties: { a: { type: object } } } } }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:7:40 error: style "label" is unknown: use form, spaceDelimited, pipeDelimited, deepObject [unknown-value]
      7 |         - { name: a, in: query, style: label, schema: { type: string } }
        |                                        ^
    api.yaml:8:65 warning: explode: true of style spaceDelimited is not supported: it is written as with false [keyword-unsupported]
      8 |         - { name: b, in: query, style: spaceDelimited, explode: true, schema: { type: array } }
        |                                                                 ^
    api.yaml:10:38 warning: content of status 204 is not supported: such a response has no body [keyword-unsupported]
      10 |         "204": { description: None., content: { text/plain: {} } }
         |                                      ^
    api.yaml:13:34 warning: header Set-Cookie is not supported: no browser shows it; elsewhere response.headers.getSetCookie() does [keyword-unsupported]
      13 |           headers: { Set-Cookie: { schema: { type: string } }, X-Deep: { schema: { type: object, properties: { a: { type
         |                                  ^
    api.yaml:13:72 warning: the schema of header X-Deep is not supported: its value is a string [keyword-unsupported]
      13 |           headers: { Set-Cookie: { schema: { type: string } }, X-Deep: { schema: { type: object, properties: { a: { type
         |                                                                        ^"
  `);
});

it("lists of 2.0 that no style of 3.x writes, at their format", async () => {
  const list = "type: array, items: { type: integer }, collectionFormat";
  const text = `swagger: "2.0"
info: { title: T, version: "1" }
paths:
  /a/{ids}:
    post:
      parameters:
        - { name: ids, in: path, required: true, ${list}: pipes }
        - { name: q, in: query, ${list}: tsv }
        - { name: all, in: query, ${list}: ssv }
        - { name: f, in: formData, ${list}: tsv }
      responses:
        "204":
          description: None.
          headers:
            X-Ids: { ${list}: ssv }
            X-All: { ${list}: csv }
`;
  const { diagnostics } = await compileText(text, { openapi: false });
  expect(diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`).toSorted()).toEqual([
    "10:93 collectionFormat: tsv is not supported: items are separated by commas",
    "15:79 collectionFormat: ssv is not supported: items are separated by commas",
    "7:107 collectionFormat: pipes is not supported: items are separated by commas",
    "8:90 collectionFormat: tsv is not supported: items are separated by commas",
  ]);
});

it("events of which some hold JSON, where nothing tells them apart, at their schema", async () => {
  const text = `openapi: 3.2.0
info: { title: T, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          content:
            text/event-stream:
              itemSchema:
                oneOf:
                  - { type: object, properties: { data: { type: string, contentMediaType: application/json } } }
                  - { type: object, properties: { data: { type: [string, integer] } } }
            text/csv:
              itemSchema: { type: string }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:11:17 warning: JSON data of some events is not supported: events are told apart by the const of their \`event\`: data stays a string [keyword-unsupported]
      11 |                 oneOf:
         |                 ^
    api.yaml:15:15 warning: itemSchema is not supported: bodies of this media type are not read item by item [keyword-unsupported]
      15 |               itemSchema: { type: string }
         |               ^"
  `);
});

it("what is said of a body that is handed over as it is, but not of one that is JSON as well", async () => {
  const body = "schema: { type: object, properties: { id: { type: integer } } }";
  const text = `openapi: 3.2.0
info: { title: T, version: "1" }
paths:
  /a:
    post:
      requestBody:
        content:
          application/msgpack: { ${body} }
          text/plain: { schema: { type: string } }
      responses:
        "200":
          content:
            text/plain: { schema: { type: integer } }
        "201":
          content:
            application/xml: { ${body} }
            application/json: { ${body} }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:8:34 warning: schema is not supported: a body of this media type is bytes, written and read as they are [keyword-unsupported]
      8 |           application/msgpack: { schema: { type: object, properties: { id: { type: integer } } } }
        |                                  ^
    api.yaml:13:27 warning: schema is not supported: a body of this media type is a string, written and read as it is [keyword-unsupported]
      13 |             text/plain: { schema: { type: integer } }
         |                           ^"
  `);
});

it("what is said of the parts of a response, and nothing where it is bytes", async () => {
  const text = `openapi: 3.2.0
info: { title: T, version: "1" }
paths:
  /a:
    post:
      requestBody: { content: { multipart/mixed: { itemSchema: { type: object } } } }
      responses:
        "200": { description: Items., content: { multipart/mixed: { itemSchema: { type: object } } } }
        "201": { description: A list., content: { multipart/mixed: { schema: { type: array, items: { type: object } } } } }
        "400": { description: Bytes., content: { multipart/mixed: { schema: { type: string, format: binary } } } }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:8:69 warning: itemSchema is not supported: the body of a multipart response is a Blob, whose parts are not read [keyword-unsupported]
      8 |         "200": { description: Items., content: { multipart/mixed: { itemSchema: { type: object } } } }
        |                                                                     ^
    api.yaml:9:70 warning: schema is not supported: the body of a multipart response is a Blob, whose parts are not read [keyword-unsupported]
      9 |         "201": { description: A list., content: { multipart/mixed: { schema: { type: array, items: { type: object } } } 
        |                                                                      ^"
  `);
});

it("what is said of the fields of a response, and nothing where it is text", async () => {
  const text = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a:
    post:
      requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object } } } }
      responses:
        "200": { description: Fields., content: { application/x-www-form-urlencoded: { schema: { type: object } } } }
        "400": { description: Text., content: { application/x-www-form-urlencoded: { schema: { type: string } } } }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:8:88 warning: schema is not supported: the body of a response that is a form is a string, whose fields are not read [keyword-unsupported]
      8 |         "200": { description: Fields., content: { application/x-www-form-urlencoded: { schema: { type: object } } } }
        |                                                                                        ^"
  `);
});

it("a reference to nothing in a media type, once", async () => {
  const text = `${HEAD}paths:
  /a:
    get:
      responses:
        "200":
          description: Ok.
          content:
            text/event-stream: { itemSchema: { $ref: "#/components/schemas/None" } }
            application/jsonl: { schema: { $ref: "#/components/schemas/Nothing" } }
`;
  expect(await report(text)).toMatchInlineSnapshot(`
    "api.yaml:10:34 error: itemSchema is no field of a media type [unknown-field]
      10 |             text/event-stream: { itemSchema: { $ref: "#/components/schemas/None" } }
         |                                  ^
    api.yaml:11:50 error: $ref "#/components/schemas/Nothing" points to nothing [ref-not-found]
      11 |             application/jsonl: { schema: { $ref: "#/components/schemas/Nothing" } }
         |                                                  ^"
  `);
});

it("names of files never reach the terminal as they are, nor a line of a log that begins with a command", async () => {
  const cwd = emptyFolder();
  const name = "a\u001b[31m\n::error::x";
  writeFiles(cwd, [{ path: `specs/${name}.yaml`, text: `${HEAD}paths: {}\n` }]);
  const runs = [
    await cli(cwd, "check"),
    await cli(cwd, "generate"),
    await cli(cwd, "check"),
    await cli(cwd, "generate", "--release"),
  ];
  writeFiles(cwd, [
    { path: `generated/${name}/README.md`, text: "\u001b[2J\n::error::y\n" },
    { path: `specs/${name}.yaml`, text: `${HEAD}paths: 1\n` },
  ]);
  runs.push(await cli(cwd, "check"), await cli(cwd, "generate"), await cli(cwd, "diff", "b\n::error::x"));
  for (const { err } of runs) {
    expect(err).not.toBe("");
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^\s*::/m);
  }
});
