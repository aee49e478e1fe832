import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isArray, isObject, type JsonValue } from "../generator/source/json.js";
import { evaluate, isAdvice } from "../generator/source/validity/evaluate.js";
import { loadSchema, versionOf, type OpenApiVersion } from "../generator/source/validity/schemas.js";
import { ROOT } from "./support/root.js";
import { compileText, type Texts } from "./support/compile.js";

/** What is wrong with a document, one line a fault. */
async function faults(text: string): Promise<string[]> {
  const { diagnostics } = await compileText(text, { openapi: false });
  // What a fixture cannot show is another matter.
  const found = diagnostics.filter(({ code }) => code !== "fixture-unproved");
  return found.map(({ line, column, severity, message, code }) => {
    return `${line}:${column} ${severity}: ${message} [${code}]`;
  });
}

const HEADS: { readonly [version: string]: string } = {
  "2.0": 'swagger: "2.0"',
  "3.0": "openapi: 3.0.4",
  "3.1": "openapi: 3.1.2",
  "3.2": "openapi: 3.2.0",
};
const OK = '{ "204": { description: None. } }';

/** A document whose body starts at its third line. */
function documentOf(version: string, body: string): string {
  const isWhole = version.startsWith("3.0") || version === "2.0" ? !/^paths:/m.test(body) : false;
  return `${HEADS[version]!}\ninfo: { title: T, version: "1" }\n${body}${isWhole ? "\npaths: {}" : ""}`;
}

/** A schema of the version, and the document around it; it stands at 5:8. */
function schemaOf(version: string, schema: string): string {
  const place = version === "2.0" ? "definitions:\n  \n  " : "components:\n  schemas:\n    ";
  return documentOf(version, `${place}A: ${schema}`);
}

describe("what the schema of a version says", () => {
  it.each<[version: string, body: string, expected: string[]]>([
    ["3.1", "", ["1:1 error: an OpenAPI document needs paths, components or webhooks [missing-field]"]],
    [
      "3.1",
      "paths: {}\npath: {}",
      ["4:1 error: path is no field of an OpenAPI document: did you mean paths? [unknown-field]"],
    ],
    ["3.1", "paths: {}\nx-own: {}", []],
    ["3.1", "paths: 7", ["3:8 error: paths must be an object, not 7 [wrong-type]"]],
    ["3.1", "paths: {}\ntags: [7]", ["4:8 error: a tag must be an object, not 7 [wrong-type]"]],
    [
      "3.1",
      "paths: {}\nservers: [{ url: 'https://{r}', variables: { r: { enum: [], default: a } } }]",
      ["4:57 error: enum must hold an item [wrong-value]"],
    ],
    ["3.1", "paths: {}\nsecurity: [{ a: x }]", ['4:17 error: a must be a list, not "x" [wrong-type]']],
    ["3.2", "paths: {}\n$self: 'a#b'", ["4:8 error: $self must hold no fragment [wrong-value]"]],
    [
      "3.2",
      `paths: { /a: { additionalOperations: { GET: { responses: ${OK} } } } }`,
      ['3:40 error: "GET" must be the field of that method [wrong-value]'],
    ],
    ["3.0", "paths: { /a: { get: {} } }", ["3:16 error: GET /a needs responses [responses-missing]"]],
    [
      "3.1",
      "paths: { /a: { get: {} } }",
      [
        "3:16 warning: GET /a describes no responses: every answer will be unexpected [responses-undescribed]",
      ],
    ],
    ["2.0", "paths: { /a: { get: {} } }", ["3:16 error: GET /a needs responses [responses-missing]"]],
    [
      "3.1",
      `paths: { /a: { gett: { responses: ${OK} } } }`,
      ["3:16 error: gett is no field of a path item: did you mean get? [unknown-field]"],
    ],
    [
      "3.0",
      `paths: { /a: { POST: { responses: ${OK} }, psot: { responses: ${OK} } } }`,
      [
        "3:16 error: POST is no field of a path item: did you mean post? [unknown-field]",
        "3:72 error: psot is no field of a path item: did you mean post? [unknown-field]",
      ],
    ],
    // What follows from a misspelt field is not told, and what stands in it is.
    [
      "3.0",
      "paths: { /a: { get: { reponses: { '200': { $ref: '#/components/responses/A' }, '404': 7 } } } }\ncomponent: { responses: { A: { description: '' } } }",
      [
        "3:23 error: reponses is no field of an operation: did you mean responses? [unknown-field]",
        "3:87 error: a response must be an object, not 7 [wrong-type]",
        "4:1 error: component is no field of an OpenAPI document: did you mean components? [unknown-field]",
      ],
    ],
    [
      "3.1",
      "paths: {}\ncomponents: { scema: { A: { $ref: '#/components/schemas/B' } } }",
      [
        "4:15 error: scema is no field of components: did you mean schemas? [unknown-field]",
        '4:35 error: $ref "#/components/schemas/B" points to nothing [ref-not-found]',
      ],
    ],
    // Also inside of what is misspelt.
    [
      "3.0",
      "paths: { /a: { gett: { reponses: { '200': { descripton: '' } } } } }",
      [
        "3:16 error: gett is no field of a path item: did you mean get? [unknown-field]",
        "3:24 error: reponses is no field of an operation: did you mean responses? [unknown-field]",
        "3:45 error: descripton is no field of a response: did you mean description? [unknown-field]",
      ],
    ],
    // What can be no such field is not said to be one.
    ["3.0", "paths: { /a: { qurey: {} } }", ["3:16 error: qurey is no field of a path item [unknown-field]"]],
    ["3.1", "paths: {}\nserver: 7", ["4:1 error: server is no field of an OpenAPI document [unknown-field]"]],
    // Nobody knows which of two is meant, where one is there.
    [
      "3.1",
      "paths: {}\npath: {}",
      ["4:1 error: path is no field of an OpenAPI document: did you mean paths? [unknown-field]"],
    ],
    [
      "3.1",
      `paths: { /a: { get: { responses: { '200': { description: '', schema: {}, type: object } } } } }`,
      [
        "3:62 error: schema is no field of a response: it belongs in a media type of its content [unknown-field]",
      ],
    ],
    [
      "3.0",
      `paths: { /a: { post: { responses: ${OK}, requestBody: { schema: {} } } } }`,
      [
        "3:85 error: schema is no field of a request body: it belongs in a media type of its content [unknown-field]",
      ],
    ],
    [
      "2.0",
      "paths: { /a: { get: { responses: { '200': { description: '', content: {} } } } } }",
      ["3:62 error: content is no field of a response: OpenAPI 2.0 has schema in its place [unknown-field]"],
    ],
    [
      "3.1",
      "paths: {}\ndefinitions: {}\nhost: a\nbasePath: /b",
      [
        "4:1 error: definitions is no field of an OpenAPI document: OpenAPI 3 has it in components [unknown-field]",
        "5:1 error: host is no field of an OpenAPI document: OpenAPI 3 has servers in its place [unknown-field]",
        "6:1 error: basePath is no field of an OpenAPI document: OpenAPI 3 has servers in its place [unknown-field]",
      ],
    ],
    [
      "3.1",
      "paths: { /a: { get: { responses: { '200': { description: '', content: { application/jsno: { schema: { type: object } } } } } } } }",
      [
        "3:93 warning: schema is not supported: a body of this media type is bytes, written and read as they are (did you mean application/json?) [keyword-unsupported]",
      ],
    ],
    [
      "2.0",
      "paths: {}\nhost: https://a.example/b",
      ["4:7 error: host must be a host and its port at most, without a scheme and a path [wrong-value]"],
    ],
    [
      "3.1",
      `paths: { "/a/:id": { get: { responses: ${OK} } }, "/b:c": { get: { responses: ${OK} } } }`,
      [
        '3:10 warning: path "/a/:id" has the segment ":id", which is sent as it stands: did you mean {id}? [path-colon]',
      ],
    ],
    [
      "3.1",
      "paths: { /a: { get: { responses: { ok: { description: '' } } } } }",
      [
        '3:36 error: status "ok" is unknown: use a status code (200), a range (4XX), default [unknown-value]',
        "3:16 warning: GET /a declares no response: every answer will be unexpected [responses-empty]",
      ].toReversed(),
    ],
    [
      "3.1",
      "paths: { /a: { get: { responses: { '200': {} } } } }",
      ["3:36 error: a response needs description [missing-field]"],
    ],
    ["3.2", "paths: { /a: { get: { responses: { '200': {} } } } }", []],
    [
      "3.1",
      "components: { schemas: { A B: {} } }",
      ['3:26 error: component name "A B" must be made of letters, digits, ., - and _ alone [component-name]'],
    ],
    [
      "3.0",
      "components: { schemas: { A B: {} } }",
      ['3:26 error: component name "A B" must be made of letters, digits, ., - and _ alone [component-name]'],
    ],
    [
      "3.1",
      "components: { securitySchemes: { a: { type: apiKey, in: body, name: k } } }",
      ['3:57 error: in "body" is unknown: use header, query, cookie [unknown-value]'],
    ],
    [
      "3.0",
      "components: { securitySchemes: { a: { type: apikey, in: header, name: k } } }",
      [
        '3:45 error: type "apikey" is unknown: use apiKey, http, mutualTLS, oauth2, openIdConnect [unknown-value]',
      ],
    ],
    // Of a scheme of no type, nobody knows what it may have.
    [
      "3.1",
      "components: { securitySchemes: { a: { type: apikey, in: header, name: k } } }",
      [
        '3:45 error: type "apikey" is unknown: use apiKey, http, mutualTLS, oauth2, openIdConnect [unknown-value]',
      ],
    ],
    [
      "3.1",
      "components: { securitySchemes: { a: { type: bearer, scheme: bearer, bearerFormat: JWT, foo: 1 } } }",
      [
        '3:45 error: type "bearer" is unknown: use apiKey, http, mutualTLS, oauth2, openIdConnect [unknown-value]',
        "3:88 error: foo is no field of a security scheme [unknown-field]",
      ],
    ],
    [
      "3.1",
      "components: { securitySchemes: { a: { scheme: bearer, bearerFormat: JWT } } }",
      ["3:34 error: a security scheme needs type [missing-field]"],
    ],
    [
      "3.1",
      "components: { securitySchemes: { a: { type: http, scheme: basic, bearerFormat: JWT } } }",
      ["3:66 error: bearerFormat is no field of a security scheme [unknown-field]"],
    ],
    ...["3.0", "3.1"].map((version): [string, string, string[]] => [
      version,
      "components: { securitySchemes: { a: { type: oauth2, flow: implicit } } }",
      [
        "3:34 error: a security scheme needs flows [missing-field]",
        "3:53 error: flow is no field of a security scheme: OpenAPI 3 has flows in its place [unknown-field]",
      ],
    ]),
    [
      "3.0",
      "components: { securitySchemes: { a: { type: http, scheme: basic, bearerFormat: JWT } } }",
      ["3:66 error: bearerFormat is no field of a security scheme [unknown-field]"],
    ],
    [
      "3.1",
      "components: { responses: { A: { $ref: '#/components/responses/A', description: 7 } } }",
      ["3:80 error: description must be a string, not 7: put it in quotes [wrong-type]"],
    ],
    [
      "3.1",
      "components: { examples: { A: { value: 1, externalValue: a } } }",
      ["3:42 error: value and externalValue exclude each other [fields-exclusive]"],
    ],
    [
      "3.2",
      "components: { mediaTypes: { A: { encoding: {}, itemEncoding: {} } } }",
      ["3:48 error: itemEncoding is no field of a media type [unknown-field]"],
    ],
    ["3.1", "paths: {}\nexternalDocs: {}", ["4:1 error: externalDocs needs url [missing-field]"]],
    [
      "3.1",
      "paths: {}\nexternalDocs: { url: 'a b' }",
      ['4:22 warning: url "a b" is not a URI reference [format-wrong]'],
    ],
    [
      "3.1",
      "components: { schemas: { A: { $id: 'http://[' }, B: { $id: 'http://a@[::1]:80/b' }, C: { $id: '//a]/c' } } }",
      [
        '3:36 warning: $id "http://[" is not a URI reference [format-wrong]',
        '3:95 warning: $id "//a]/c" is not a URI reference [format-wrong]',
      ],
    ],
  ])("OpenAPI %s: %s", async (version, body, expected) => {
    expect(await faults(documentOf(version, body))).toEqual(expected);
  });

  it("info without its fields", async () => {
    expect(await faults("openapi: 3.1.0\ninfo: { licence: { name: MIT } }\npaths: {}\n")).toEqual([
      "2:1 error: info needs title [missing-field]",
      "2:1 error: info needs version [missing-field]",
      "2:9 error: licence is no field of info: did you mean license? [unknown-field]",
    ]);
    expect(await faults("openapi: 3.1.0\npaths: {}\n")).toEqual([
      "1:1 error: an OpenAPI document needs info [missing-field]",
    ]);
  });
});

/** A document whose only parameter starts at 4:2. */
function parameterOf(version: string, parameter: string, path = "/a"): string {
  return documentOf(
    version,
    `paths: { ${path}: { parameters: [\n ${parameter}\n ], get: { responses: ${OK} } } }`,
  );
}

describe("parameters", () => {
  it.each<[version: string, parameter: string, expected: string[], path?: string]>([
    ["3.1", "{ in: query, schema: {} }", ["4:2 error: a parameter needs name [missing-field]"]],
    ["3.1", "{ name: a, schema: {} }", ["4:2 error: a parameter needs in [missing-field]"]],
    ["3.0", "{ name: a, schema: {} }", ["4:2 error: a parameter needs in [missing-field]"]],
    [
      "3.0",
      "{ name: a, schema: {}, content: { text/plain: {} } }",
      [
        "4:2 error: a parameter needs in [missing-field]",
        "4:25 error: schema and content exclude each other [fields-exclusive]",
      ],
    ],
    [
      "3.1",
      "{ name: a, in: quer, allowEmptyValue: true, schema: {} }",
      ['4:17 error: in "quer" is unknown: use query, header, path, cookie [unknown-value]'],
    ],
    // What is there twice is told where it is again.
    [
      "3.0",
      "{ name: a, in: query, schema: {} }, { name: b, in: query, schema: {} }, { name: b, in: query, schema: {} }",
      ['4:74 error: query parameter "b" is declared twice [parameter-duplicate]'],
    ],
    [
      "2.0",
      "{ name: a, in: formData, type: string }, { name: a, in: formData, type: string }",
      [
        "3:28 error: parameters must hold no item twice [wrong-value]",
        "4:2 warning: requestBody of GET is not supported: fetch sends no such body [keyword-unsupported]",
      ],
    ],
    // What cannot be read may be what is not declared.
    [
      "3.1",
      "{ $ref: '#/components/parameters/Id' }",
      ['4:10 error: $ref "#/components/parameters/Id" points to nothing [ref-not-found]'],
      "'/{id}'",
    ],
    [
      "3.0",
      "{ name: userid, in: path, required: true, schema: {} }",
      [
        '5:5 error: path parameter {userId} of "/{userId}/{id}" is not declared: did you mean userid? [path-parameter-undeclared]',
        '5:5 error: path parameter {id} of "/{userId}/{id}" is not declared [path-parameter-undeclared]',
      ],
      "'/{userId}/{id}'",
    ],
    [
      "3.1",
      "{ name: a, in: quer, schema: {} }",
      ['4:17 error: in "quer" is unknown: use query, header, path, cookie [unknown-value]'],
    ],
    [
      "3.0",
      "{ name: a, in: quer, schema: {} }",
      ['4:17 error: in "quer" is unknown: use path, query, header, cookie [unknown-value]'],
    ],
    [
      "2.0",
      "{ name: a, in: quer, type: string }",
      ['4:17 error: in "quer" is unknown: use body, header, formData, query, path [unknown-value]'],
    ],
    ["3.1", "{ name: a, in: query }", ["4:2 error: a parameter needs schema or content [missing-field]"]],
    ["3.0", "{ name: a, in: query }", ["4:2 error: a parameter needs schema or content [missing-field]"]],
    [
      "3.0",
      "{ name: a, in: query, type: array, items: {} }",
      ["4:24 error: type is no field of a parameter: it belongs in its schema [unknown-field]"],
    ],
    [
      "3.1",
      "{ name: X-A, in: header, schema: {} }, { name: x-a, in: header, schema: {} }",
      ['4:41 error: header parameter "x-a" is declared twice [parameter-duplicate]'],
    ],
    [
      "3.1",
      "{ name: id, in: path, required: true, schema: {} }",
      [
        '4:10 error: path parameter "id" does not occur in "/a/:id": did you mean "/a/{id}"? [path-parameter-unused]',
      ],
      "'/a/:id'",
    ],
    [
      "3.1",
      "{ name: a, in: query, schema: {}, content: { text/plain: {} } }",
      ["4:36 error: schema and content exclude each other [fields-exclusive]"],
    ],
    [
      "3.0",
      "{ name: a, in: query, schema: {}, content: { text/plain: { schema: {} } } }",
      ["4:36 error: schema and content exclude each other [fields-exclusive]"],
    ],
    [
      "3.1",
      "{ name: a, in: query, content: { text/plain: { schema: {} }, text/html: { schema: {} } } }",
      ["4:33 error: content must hold one entry only [wrong-value]"],
    ],
    [
      "3.1",
      "{ name: a, in: query, schema: {}, example: 1, examples: {} }",
      ["4:48 error: example and examples exclude each other [fields-exclusive]"],
    ],
    [
      "3.0",
      "{ name: a, in: path, required: true, style: deepObject, schema: {} }",
      ['4:46 error: style "deepObject" is unknown: use matrix, label, simple [unknown-value]'],
      "'/{a}'",
    ],
    [
      "3.1",
      "{ name: a, in: path, required: true, style: deepObject, schema: {} }",
      ['4:46 error: style "deepObject" is unknown: use matrix, label, simple [unknown-value]'],
      "'/{a}'",
    ],
    [
      "3.1",
      "{ name: a, in: path, schema: {} }",
      ['4:10 error: path parameter "a" needs required: true [path-parameter-optional]'],
      "'/{a}'",
    ],
    [
      "3.0",
      "{ name: a, in: path, required: false, schema: {} }",
      ['4:10 error: path parameter "a" needs required: true [path-parameter-optional]'],
      "'/{a}'",
    ],
    [
      "2.0",
      "{ name: a, in: path, type: string }",
      ['4:10 error: path parameter "a" needs required: true [path-parameter-optional]'],
      "'/{a}'",
    ],
    [
      "2.0",
      "{ name: a, in: body }",
      [
        "4:2 warning: requestBody of GET is not supported: fetch sends no such body [keyword-unsupported]",
        "4:2 error: a parameter needs schema [missing-field]",
      ],
    ],
    ["2.0", "{ name: a, in: query }", ["4:2 error: a parameter needs type [missing-field]"]],
    [
      "2.0",
      "{ name: a, in: query, schema: { type: string } }",
      [
        "4:2 error: a parameter needs type [missing-field]",
        "4:24 error: schema is no field of a parameter [unknown-field]",
      ],
    ],
    [
      "3.1",
      "{ name: Accept, in: header, schema: {} }",
      [
        '4:10 warning: header parameter "Accept" is ignored: other parts of a document set this header [header-ignored]',
      ],
    ],
    [
      "3.0",
      "{ name: a, in: header, allowEmptyValue: true, schema: {} }",
      ["4:25 warning: allowEmptyValue has no effect on a header parameter [empty-value-ignored]"],
    ],
    [
      "3.1",
      "{ name: a, in: header, allowEmptyValue: true, schema: {} }",
      ["4:25 error: allowEmptyValue is no field of a parameter [unknown-field]"],
    ],
  ])("OpenAPI %s: %s", async (version, parameter, expected, path) => {
    expect(await faults(parameterOf(version, parameter, path))).toEqual(expected);
  });
});

describe("schemas", () => {
  it.each<[version: string, schema: string, expected: string[]]>([
    [
      "3.1",
      "{ type: objct }",
      [
        '5:16 error: type "objct" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]',
      ],
    ],
    [
      "3.0",
      "{ type: 'null' }",
      [
        '5:16 error: type "null" is unknown: use boolean, integer, number, string, array, object [unknown-value]',
      ],
    ],
    ["3.0", "{ type: [string] }", ["5:16 error: type must be a string, not a list [wrong-type]"]],
    ...["null", "'null'"].map((type): [string, string, string[]] => [
      "3.0",
      `{ type: [string, ${type}] }`,
      [
        "5:16 error: type must be a string, not a list: OpenAPI 3.0 has nullable: true beside type: string [wrong-type]",
      ],
    ]),
    [
      "3.0",
      "{ type: [string, integer, null] }",
      ["5:16 error: type must be a string, not a list [wrong-type]"],
    ],
    [
      "3.0",
      "{ type: null }",
      [
        "5:16 error: type must be a string, not null: OpenAPI 3.0 has nullable: true beside another type [wrong-type]",
      ],
    ],
    [
      "3.1",
      "{ minLength: '1' }",
      ['5:21 error: minLength must be a whole number, not "1": write it without quotes [wrong-type]'],
    ],
    ["3.1", "{ minLength: a }", ['5:21 error: minLength must be a number, not "a" [wrong-type]']],
    [
      "3.0",
      "{ $defs: {} }",
      [
        "5:10 error: $defs is no field of a schema: OpenAPI 3.0 has components.schemas in its place [unknown-field]",
      ],
    ],
    [
      "2.0",
      "{ anyOf: [] }",
      ["5:8 error: anyOf is no field of a schema: OpenAPI 2.0 has no such keyword [unknown-field]"],
    ],
    [
      "3.0",
      "{ additionalProperty: false }",
      [
        "5:10 error: additionalProperty is no field of a schema: did you mean additionalProperties? [unknown-field]",
      ],
    ],
    [
      "3.0",
      "{ $Ref: '#/components/schemas/B' }\n    B: {}",
      ["5:10 error: $Ref is no field of a schema: did you mean $ref? [unknown-field]"],
    ],
    [
      "3.1",
      "{ type: string, enum: [a, 1] }",
      [
        "5:34 warning: enum holds 1, which is no string: put it in quotes, or no value can be it [literal-of-other-type]",
      ],
    ],
    ["3.1", "{ minLength: -1 }", ["5:21 error: minLength must be 0 or more, not -1 [wrong-value]"]],
    [
      "3.1",
      "{ minLength: '0); P; (' }",
      ['5:21 error: minLength must be a number, not "0); P; (" [wrong-type]'],
    ],
    [
      "3.1",
      "{ exclusiveMinimum: true, minimum: 1 }",
      [
        "5:28 error: exclusiveMinimum must be a number, not true: from OpenAPI 3.1 on it is the bound itself, in the place of minimum [wrong-type]",
      ],
    ],
    [
      "3.0",
      "{ exclusiveMinimum: 3 }",
      [
        "5:28 error: exclusiveMinimum must be true or false, not 3: in OpenAPI 3.0 it is true beside minimum [wrong-type]",
      ],
    ],
    [
      "3.1",
      "{ properties: { a: { required: true } } }",
      [
        "5:39 error: required must be a list, not true: name it in the required list of the object that holds it [wrong-type]",
      ],
    ],
    [
      "3.0",
      "{ properties: { a: { required: true } } }",
      [
        "5:39 error: required must be a list, not true: name it in the required list of the object that holds it [wrong-type]",
      ],
    ],
    [
      "2.0",
      "{ properties: { a: { required: true } } }",
      [
        "5:37 error: required must be a list, not true: name it in the required list of the object that holds it [wrong-type]",
      ],
    ],
    ["3.0", "{ required: [] }", ["5:20 error: required must hold an item [wrong-value]"]],
    ["3.1", "{ required: [] }", []],
    [
      "3.0",
      "{ requird: [a] }",
      ["5:10 error: requird is no field of a schema: did you mean required? [unknown-field]"],
    ],
    [
      "3.1",
      "{ requird: [a] }",
      [
        "5:10 warning: requird is no keyword of a schema and has no effect: did you mean required? [keyword-unknown]",
      ],
    ],
    [
      "3.1",
      "{ type: string, nullable: true }",
      [
        '5:24 warning: nullable has no effect in OpenAPI 3.1 and later: add "null" to the type [keyword-nullable]',
      ],
    ],
    ["3.0", "{ type: array }", ["5:5 error: a schema needs items [missing-field]"]],
    [
      "3.1",
      "{ type: [string, null] }",
      ['5:25 error: type must be a string, not null: put "null" in quotes [wrong-type]'],
    ],
    [
      "3.0",
      "{ properties: { total: {}, unit: {} }, required: [Total, toal, other, unit] }",
      [
        '5:58 warning: required names "Total", which no property describes: did you mean total? [required-undescribed]',
        '5:65 warning: required names "toal", which no property describes: did you mean total? [required-undescribed]',
      ],
    ],
    // What is required beside a property of nearly the same name is another one.
    ["3.1", "{ properties: { name: {} }, required: [names, name] }", []],
    [
      "3.1",
      "{ allOf: [{ properties: { name: {} } }, { required: [names] }] }",
      [
        '5:61 warning: required names "names", which no property describes: did you mean name? [required-undescribed]',
      ],
    ],
    [
      "3.0",
      "{ allOf: [{ $ref: '#/components/schemas/B' }], required: [nmae] }\n    B: { properties: { name: {} } }",
      [
        '5:66 warning: required names "nmae", which no property describes: did you mean name? [required-undescribed]',
      ],
    ],
    // Short words of which half is another are others.
    ["3.1", "{ properties: { Date: {} }, required: [Name] }", []],
    // What others describe is known.
    ["3.1", "{ allOf: [{ properties: { name: {}, names: {} } }, { required: [names] }] }", []],
    // Others may describe it.
    ["3.1", "{ allOf: [{ properties: { name: {} }, required: [names] }, { anyOf: [{}] }] }", []],
    ["3.1", "{ patternProperties: { n: {} }, properties: { name: {} }, required: [names] }", []],
    // A base that leads back to itself ends.
    [
      "3.1",
      "{ allOf: [{ $ref: '#/components/schemas/B' }], required: [c] }\n    B: { properties: { d: { allOf: [{ $ref: '#/components/schemas/A' }] } } }",
      [],
    ],
    [
      "3.1",
      "{ items: [{}] }",
      ["5:17 error: a schema must be an object or true or false, not a list [wrong-type]"],
    ],
    [
      "3.1",
      "{ discriminator: kind, required: [kind] }",
      ['5:25 error: a discriminator must be an object, not "kind" [wrong-type]'],
    ],
    [
      "3.1",
      "{ readOnly: true, writeOnly: true }",
      ["5:26 error: readOnly and writeOnly exclude each other [fields-exclusive]"],
    ],
    [
      "3.1",
      "{ oneOf: [{ type: object }], discriminator: { propertyName: kind } }",
      [
        '5:68 warning: propertyName is "kind", which no alternative has as a property [discriminator-undescribed]',
      ],
    ],
    [
      "3.1",
      "{ anyOf: [{ properties: { kind: {} } }, {}], discriminator: { propertyName: kind } }",
      [
        '5:84 warning: no schema requires "kind": what lacks it cannot be told apart [discriminator-optional]',
      ],
    ],
    [
      "3.1",
      "{ oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }, {}], discriminator: { propertyName: kind } }\n    B: { type: object, required: [kind], properties: { kind: {} } }\n    C: { type: object, properties: { kind: {} } }",
      [
        '5:126 warning: "kind" is not required by C, oneOf/2: what lacks it cannot be told apart [discriminator-optional]',
      ],
    ],
    [
      "3.1",
      "{ oneOf: [{ $ref: '#/components/schemas/B' }], discriminator: { propertyName: kinf } }\n    B: { type: object, required: [kind], properties: { kind: {} } }",
      [
        '5:86 warning: propertyName is "kinf", which no alternative has as a property: did you mean kind? [discriminator-undescribed]',
      ],
    ],
    // What is null is told apart by that.
    [
      "3.1",
      "{ oneOf: [{ type: object, required: [kind] }, { type: 'null' }], discriminator: { propertyName: kind } }",
      [],
    ],
    ["3.1", "{ oneOf: [{ type: object, required: [kind] }], discriminator: { propertyName: kind } }", []],
    [
      "3.2",
      "{ oneOf: [{ type: object }], discriminator: { propertyName: kind, defaultMapping: '#/components/schemas/A' } }",
      [],
    ],
    [
      "3.1",
      "{ type: object, required: [kind], discriminator: { propertyName: kind, mapping: { a: Gone.yaml } } }",
      ['5:93 error: $ref "Gone.yaml" cannot be read: there is no such file [ref-unreadable]'],
    ],
    [
      "3.1",
      "{ type: object, required: [kind], discriminator: { propertyName: kind, mapping: { a: Gone } } }",
      ['5:93 error: $ref "#/components/schemas/Gone" points to nothing [ref-not-found]'],
    ],
    [
      "3.1",
      "{ $schema: 'http://json-schema.org/draft-04/schema#', id: 7 }",
      [
        '5:19 warning: dialect "http://json-schema.org/draft-04/schema#" is not supported: it is read as JSON Schema 2020-12 [keyword-unsupported]',
      ],
    ],
  ])("OpenAPI %s: %s", async (version, schema, expected) => {
    expect(await faults(schemaOf(version, schema))).toEqual(expected);
  });
});

describe("what no schema says", () => {
  it.each<[name: string, version: string, body: string, expected: string[]]>([
    [
      "paths that are the same",
      "3.1",
      `paths: { '/a/{x}': { parameters: [{ name: x, in: path, required: true, schema: {} }] },\n '/a/{y}': { parameters: [{ name: y, in: path, required: true, schema: {} }] } }`,
      ['4:2 error: path "/a/{y}" is the same as "/a/{x}" [path-twin]'],
    ],
    [
      "a name twice in a path",
      "3.1",
      "paths: { '/a/{x}/b/{x}': {} }",
      ['3:10 error: {x} stands twice in path "/a/{x}/b/{x}" [path-name-twice]'],
    ],
    [
      "a path with a query",
      "3.1",
      `paths: { '/a?b=c': { get: { responses: ${OK} } } }`,
      ['3:10 error: path "/a?b=c" holds a query: declare query parameters [path-query]'],
    ],
    [
      "another dialect",
      "3.1",
      "paths: {}\njsonSchemaDialect: http://json-schema.org/draft-07/schema#",
      [
        '4:20 warning: dialect "http://json-schema.org/draft-07/schema#" is not supported: it is read as JSON Schema 2020-12 [keyword-unsupported]',
      ],
    ],
    [
      "a path with a fragment",
      "3.0",
      `paths: { '/a#b': { get: { responses: ${OK} } }, '/a/{b#c}': {} }`,
      ['3:10 warning: path "/a#b" holds a fragment, which no request carries [path-fragment]'],
    ],
    [
      "a path with braces of no template",
      "3.1",
      "paths: { '/a/{b': {}, '/b}/c': {}, '/c/{{d}}': {} }",
      [
        '3:10 error: path "/a/{b" holds a brace that belongs to no {name} [path-brace]',
        '3:23 error: path "/b}/c" holds a brace that belongs to no {name} [path-brace]',
        '3:36 error: path "/c/{{d}}" holds a brace that belongs to no {name} [path-brace]',
      ],
    ],
    [
      "a path that walks up",
      "3.2",
      "paths: { /a/..: {}, /./b: {}, /c/%2E./d: {}, /d/...: {}, /e.f/..g: {} }",
      [
        '3:10 error: path "/a/.." has the segment "..", which URLs do not keep [path-dot-segment]',
        '3:21 error: path "/./b" has the segment ".", which URLs do not keep [path-dot-segment]',
        '3:31 error: path "/c/%2E./d" has the segment "%2E.", which URLs do not keep [path-dot-segment]',
      ],
    ],
    [
      "a server's address with a query or a fragment",
      "3.1",
      "paths: {}\nservers: [{ url: 'https://a.b/c?d=e' }, { url: '/c#d' }, { url: 'https://{e?}.f', variables: { 'e?': { default: g } } }, { url: '/{h}', variables: { h: { default: 'i?j' } } }]",
      [
        '4:18 error: url "https://a.b/c?d=e" has a query, which would stand before the paths [server-query]',
        '4:48 error: url "/c#d" has a fragment, which would stand before the paths [server-query]',
        '4:129 error: url "/{h}" has a query, which would stand before the paths [server-query]',
      ],
    ],
    [
      "a server variable that is not defined",
      "3.1",
      "paths: {}\nservers: [{ url: 'https://{region}.a' }]",
      [
        "4:18 error: server variable {region} is not among the variables of the server [server-variable-undefined]",
      ],
    ],
    [
      "a server's address that is none",
      "3.0",
      "paths: {}\nservers: [{ url: 'ht tp://bad host' }, { url: 'https://{r}.a/{v}', variables: { r: { default: eu }, v: { default: 'é' } } }, { url: / }]",
      ['4:18 warning: url "ht tp://bad host" is not a URI reference [format-wrong]'],
    ],
    [
      "a server variable's default outside its enum",
      "3.1",
      "paths: {}\nservers: [{ url: 'https://{r}', variables: { r: { enum: [a], default: b } } }]",
      ['4:71 error: default "b" is unknown: use a [unknown-value]'],
    ],
    [
      "a server variable's default outside its enum, which only should be in it",
      "3.0",
      "servers: [{ url: 'https://{r}', variables: { r: { enum: [a], default: b } } }, { url: '{s}', variables: { s: { enum: [], default: c } } }]",
      ['3:71 warning: default "b" is not among the values of the enum: a [server-default-unlisted]'],
    ],
    [
      "a server's address that lacks its scheme",
      "3.1",
      "paths: {}\nservers: [{ url: api.example.com/v1 }, { url: 'localhost:3000/v1' }, { url: '{r}.example.com', variables: { r: { default: eu } } }]",
      [
        '4:18 warning: url "api.example.com/v1" names a host without a scheme: did you mean https://api.example.com/v1? [server-without-scheme]',
        '4:47 warning: url "localhost:3000/v1" names a host without a scheme: did you mean http://localhost:3000/v1? [server-without-scheme]',
        '4:77 warning: url "{r}.example.com" names a host without a scheme: did you mean https://{r}.example.com? [server-without-scheme]',
      ],
    ],
    [
      "a server's address that is relative",
      "3.1",
      "paths: {}\nservers: [{ url: v1 }, { url: v1.2/api }, { url: ./a.com }, { url: /a.com }, { url: //a.com }, { url: api.json }, { url: '{s}.a.com', variables: { s: { default: 'https://b' } } }]",
      [],
    ],
    [
      "tags that are the same",
      "3.0",
      "tags: [{ name: a }, { name: b }, { name: b }]",
      ['3:42 error: a tag has the name "b" already [name-taken]'],
    ],
    [
      "responses and parameters that are faulty are declared",
      "3.1",
      "paths: { '/a/{id}': { get: { parameters: { id: {} }, responses: { '200': ok } } }, /b: { get: { responses: { '200': { $ref: '#/components/responses/B' } } } }, /c: { get: { responses: [] } }, /d: { get: { responses: {} } } }",
      [
        "3:42 error: parameters must be a list, not an object [wrong-type]",
        '3:74 error: a response must be an object, not "ok" [wrong-type]',
        '3:125 error: $ref "#/components/responses/B" points to nothing [ref-not-found]',
        "3:185 error: responses must be an object, not a list [wrong-type]",
        "3:199 warning: GET /d declares no response: every answer will be unexpected [responses-empty]",
      ],
    ],
    [
      "a property that nothing satisfies, whichever part of it is looked at",
      "3.1",
      "components: { schemas: { A: { type: object, properties: { k: { type: string, $ref: '#/components/schemas/B' } } }, B: { type: object } } }",
      ['3:59 warning: nothing satisfies "k": what it demands contradicts itself [schema-unsatisfiable]'],
    ],
    [
      "servers of one name",
      "3.2",
      "paths: {}\nservers: [{ url: /a, name: n }, { url: /b, name: n }]",
      ['4:50 error: a server has the name "n" already [name-taken]'],
    ],
    [
      "tags: parents, rings and twins",
      "3.2",
      "paths: {}\ntags: [{ name: a, parent: gone }, { name: b, parent: c }, { name: c, parent: b }, { name: a }]",
      [
        '4:27 error: parent "gone" is no tag of the document [tag-parent-unknown]',
        '4:54 error: parent "c" leads back to the tag itself [tag-parent-circular]',
        '4:78 error: parent "b" leads back to the tag itself [tag-parent-circular]',
        '4:91 error: a tag has the name "a" already [name-taken]',
      ],
    ],
    ["a tag that nobody declares", "3.1", `paths: { /a: { get: { tags: [t], responses: ${OK} } } }`, []],
    [
      "links that lead nowhere",
      "3.1",
      "components: { links: { a: { operationId: gone }, b: { operationRef: '#/paths/~1gone/get' } } }",
      [
        '3:42 error: operationId "gone" names no operation [link-unknown]',
        '3:69 error: operationRef "#/paths/~1gone/get" names no operation [link-unknown]',
      ],
    ],
    [
      "a reference of the wrong kind",
      "3.1",
      `components: { schemas: { A: {} } }\npaths: { /a: { get: { parameters: [{ $ref: '#/components/schemas/A' }], responses: ${OK} } } }`,
      [
        '4:44 error: $ref "#/components/schemas/A" points to a schema where a parameter must stand [ref-kind]',
      ],
    ],
    [
      "references to what is no schema",
      "3.1",
      `components:
  responses: { R: { description: '', content: { application/json: { schema: { type: string } } } } }
  schemas:
    A: { $ref: '#' }
    B: { type: object, properties: { b: { $ref: '#/info' } } }
    C: { type: array, items: { $ref: '#/components/responses/R' } }
    D: { $ref: '#/paths/~1a' }
    E: { $ref: '#/paths/~1a/get/responses/200' }
    F: { $ref: '#/components/schemas' }
    G: { $ref: '#/tags/0' }
paths: { /a: { get: { responses: { '200': { description: '' } } } } }
tags: [{ name: a }]`,
      [
        ["6:16", "#", "an OpenAPI document"],
        ["7:49", "#/info", "info"],
        ["8:38", "#/components/responses/R", "a response"],
        ["9:16", "#/paths/~1a", "a path item"],
        ["10:16", "#/paths/~1a/get/responses/200", "a response"],
        ["11:16", "#/components/schemas", "a map"],
        ["12:16", "#/tags/0", "tags"],
      ].map(
        ([at, ref, found]) =>
          `${at} error: $ref "${ref}" points to ${found} where a schema must stand [ref-kind]`,
      ),
    ],
    [
      "references to schemas that are no components",
      "3.1",
      `components:
  responses: { R: { description: '', content: { application/json: { schema: { type: string } } } } }
  x-more: { H: { type: string } }
  schemas:
    A: { $ref: '#/components/responses/R/content/application~1json/schema' }
    B: { $ref: '#/paths/~1a/get/responses/200/content/application~1json/schema/properties/b' }
    C: { $ref: '#/x-defs/Foo' }
    E: { $ref: '#/externalDocs/x-schema' }
    F: { $ref: '#/components/x-more/H' }
    G: { $id: 'https://example.com/g', type: object, properties: { g: { $ref: '#' } } }
    H: { $ref: '#/paths/~1a/get/parameters/0/schema' }
externalDocs: { url: https://a.example, x-schema: { type: string } }
x-defs: { Foo: { type: string } }
paths:
  /a:
    get:
      parameters: [{ name: q, in: query, schema: { type: string } }]
      responses:
        '200': { description: '', content: { application/json: { schema: { properties: { b: { type: string } } } } } }`,
      [],
    ],
    [
      "a query beside a querystring",
      "3.2",
      "webhooks: { a: { parameters: [{ name: a, in: query, schema: {} }, { name: b, in: querystring, content: { text/plain: {} } }] } }",
      ["3:18 error: query and querystring parameters exclude each other [fields-exclusive]"],
    ],
    [
      "a key that is no media type",
      "3.0",
      "paths: { /a: { get: { responses: { '200': { description: '', content: { json: {} } } } } } }",
      ['3:73 warning: "json" is no media type [media-type-malformed]'],
    ],
    [
      "encodings of what is no property",
      "3.1",
      `components:
  schemas: { A: { allOf: [{ $ref: "#/components/schemas/B" }] }, B: { type: object, anyOf: [{ $ref: "#/components/schemas/A" }], properties: { b: {} } } }
  requestBodies:
    named: { content: { multipart/form-data: { schema: { $ref: "#/components/schemas/A" }, encoding: { b: {}, nope: {} } } } }
    open: { content: { multipart/form-data: { schema: { type: object, additionalProperties: { type: string } }, encoding: { any: {} } } } }
    closed: { content: { multipart/form-data: { schema: { type: object, additionalProperties: false }, encoding: { any: {} } } } }
    anything: { content: { multipart/form-data: { schema: true, encoding: { any: {} } } } }
paths: {}`,
      [
        "4:14 warning: allOf leads to B, of which this is an alternative itself: read as B without its alternatives [parent-lists-child]",
        '6:111 warning: encoding names "nope", which is no property of the schema [encoding-unknown]',
        '8:116 warning: encoding names "any", which is no property of the schema [encoding-unknown]',
      ],
    ],
    [
      "what a mapping leaves out, where others have values that are not their names",
      "3.1",
      `components:
  schemas:
    Pet: { type: object, required: [is], properties: { is: { type: string } }, discriminator: { propertyName: is, mapping: { dog: Dog, cat: Cat } } }
    Mammal: { allOf: [{ $ref: "#/components/schemas/Pet" }] }
    Dog: { allOf: [{ $ref: "#/components/schemas/Mammal" }] }
    Cat: { allOf: [{ $ref: "#/components/schemas/Mammal" }] }
    Bird: { allOf: [{ $ref: "#/components/schemas/Pet" }], properties: { is: { const: bird } } }
    PetResponse: { allOf: [{ $ref: "#/components/schemas/Pet" }] }
    Some: { oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }, { $ref: "#/components/schemas/C" }], discriminator: { propertyName: is, mapping: { a: A, b: B } } }
    Same: { oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }, { $ref: "#/components/schemas/C" }], discriminator: { propertyName: is, mapping: { a: A, B: B } } }
    Few: { oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }], discriminator: { propertyName: is, mapping: { a: A } } }
    A: { type: object, required: [is], properties: { is: { type: string } } }
    B: { type: object, required: [is, b], properties: { is: { type: string }, b: {} } }
    C: { type: object, required: [is, c], properties: { is: { type: string }, c: {} } }
paths: {}`,
      [
        '5:111 warning: the mapping leaves out PetResponse, which "is" then means by its name alone [discriminator-unmapped]',
        '11:161 warning: the mapping leaves out C, which "is" then means by its name alone [discriminator-unmapped]',
      ],
    ],
    [
      "values of an enum that the type does not allow",
      "3.0",
      "paths: {}\ncomponents: { schemas: { A: { type: string, nullable: true, enum: [1.0, yes, latest, null] } } }",
      [
        "4:68 warning: enum holds 1, which is no string and no null: put it in quotes, or no value can be it [literal-of-other-type]",
      ],
    ],
    [
      "a const that the type does not allow",
      "3.1",
      "paths: {}\ncomponents: { schemas: { A: { type: integer, const: 1.5 }, B: { const: 1.5 }, C: { type: [number, boolean], const: 1.5 } } }",
      [
        "4:26 warning: nothing satisfies A: no value of its const is allowed [schema-unsatisfiable]",
        "4:53 warning: const holds 1.5, which is no integer: no value can be it [literal-of-other-type]",
      ],
    ],
    [
      "scopes that no flow lists",
      "3.1",
      "paths: {}\nsecurity: [{ a: [any] }]\ncomponents: { securitySchemes: { a: { type: oauth2, flows: {} } } }",
      [],
    ],
  ])("%s (OpenAPI %s)", async (_name, version, body, expected) => {
    expect(await faults(documentOf(version, body))).toEqual(expected);
  });
});

/** One change of a document somewhere: a member goes, gets another name or another value. */
const change = fc.record({
  place: fc.array(fc.nat(), { maxLength: 12 }),
  kind: fc.constantFrom("remove", "rename", "replace"),
  value: fc.constantFrom<JsonValue>(null, true, 7, "text", [], {}, [{}], { $ref: "#/x" }),
});

function changed(
  value: JsonValue,
  { place, kind, value: next }: typeof change extends fc.Arbitrary<infer C> ? C : never,
): JsonValue {
  const [step, ...rest] = place;
  const keys = isObject(value) || isArray(value) ? Object.keys(value) : [];
  if (step === undefined || keys.length === 0) return next;
  const key = keys[step % keys.length]!;
  const member = (value as { readonly [key: string]: JsonValue })[key]!;
  const isLast = rest.length === 0 || typeof member !== "object" || member === null;
  if (isArray(value))
    return value.map((item, index) =>
      String(index) === key ? changed(item, { place: rest, kind, value: next }) : item,
    );
  const entries = Object.entries(value as object) as [string, JsonValue][];
  if (!isLast || kind === "replace")
    return Object.fromEntries(
      entries.map(([name, each]) => [
        name,
        name === key ? changed(each, { place: rest, kind, value: next }) : each,
      ]),
    );
  return Object.fromEntries(
    entries.flatMap(([name, each]) =>
      name !== key ? [[name, each]] : kind === "rename" ? [[`${name}s`, each]] : [],
    ),
  );
}

/** The package's own validator; its types do not name the method. */
function ajvOf(version: OpenApiVersion): (document: unknown) => boolean {
  const validator = new Validator({ logger: false, validateFormats: false }) as unknown as {
    getAjvValidator(version: string): (document: unknown) => boolean;
  };
  return validator.getAjvValidator(version);
}

describe("the verdict is Ajv's", () => {
  const documents = [
    "specs/cargo.yaml",
    "specs/dynamic-auth.yaml",
    "test/cases/openapi-2.0/document.yaml",
    "test/cases/openapi-3.0/document.yaml",
    "test/cases/openapi-3.2/document.yaml",
  ];

  it.each(documents)("on %s, however it is changed", async (path) => {
    const document = parse(readFileSync(new URL(path, ROOT), "utf8")) as JsonValue;
    const version = versionOf(document) as OpenApiVersion;
    const schema = await loadSchema(version);
    const ajv = ajvOf(version);
    expect(evaluate(schema, document).filter((fault) => !isAdvice(fault))).toEqual([]);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const faulty = changes.reduce<JsonValue>(changed, document);
        const isValid = evaluate(schema, faulty).every(isAdvice);
        expect(isValid).toBe(ajv(faulty));
      }),
      { numRuns: 300 },
    );
  });
});

/** What is wrong with a document and those that it refers to, one line a fault. */
async function faultsIn(document: string, others: Texts, lenient = false): Promise<string[]> {
  const { diagnostics } = await compileText(document, { file: "a.yaml", openapi: false, lenient, others });
  return diagnostics
    .filter(({ code }) => code !== "fixture-unproved")
    .map(({ file, line, column, severity, message }) => `${file}:${line}:${column} ${severity}: ${message}`);
}

describe("documents that are referred to", () => {
  const WHERE = `paths:
  /a: { $ref: "parts/path.yaml" }
  /b:
    get:
      parameters: [{ $ref: "parts.yaml#/P" }]
      responses: { "200": { $ref: "whole.yaml#/components/responses/R" } }
components: { schemas: { S: { $ref: "schema.yaml" }, D: { $ref: "parts.yaml#/x/Deep/properties/d" } } }`;
  const OTHERS = {
    "parts/path.yaml": "get:\n  responses: { 200: { description: 5 } }\n  foo: 1\n",
    "parts.yaml":
      "P: { name: p, in: quary, schema: { type: string } }\nx: { Deep: { properties: { d: { type: nmber } } } }\nnobody: { in: 7 }\n",
    "schema.yaml": "type: object\nproperties:\n  a: { minLength: x }\n",
    "whole.yaml":
      "openapi: 3.0.4\ninfo: { title: T }\ncomponents:\n  responses: { R: { content: 7 } }\n  schemas: { Unused: { type: [string] } }\n",
  };

  it("are judged as what their places say, at their own lines; whole ones as what they are", async () => {
    expect(await faultsIn(documentOf("3.1", WHERE), OTHERS)).toEqual([
      'parts.yaml:1:19 error: in "quary" is unknown: use query, header, path, cookie',
      'parts.yaml:2:39 error: type "nmber" is unknown: use null, boolean, integer, number, string, array, object',
      "parts/path.yaml:2:36 error: description must be a string, not 5: put it in quotes",
      "parts/path.yaml:3:3 error: foo is no field of an operation",
      'schema.yaml:3:19 error: minLength must be a number, not "x"',
      "whole.yaml:1:1 error: an OpenAPI document needs paths",
      "whole.yaml:2:1 error: info needs version",
      "whole.yaml:4:16 error: a response needs description",
      "whole.yaml:4:30 error: content must be an object, not 7",
      "whole.yaml:5:30 error: type must be a string, not a list",
    ]);
  });

  it("are not looked at for what a discriminator asks of them", async () => {
    const schema = "{ oneOf: [{ $ref: b.yaml }], discriminator: { propertyName: kind } }";
    const others = { "b.yaml": "type: object\nproperties: { kind: { type: string } }\n" };
    expect(await faultsIn(schemaOf("3.1", schema), others)).toEqual([]);
  });

  it("are read safely where an entry would be", async () => {
    const readings = (await faultsIn(documentOf("3.1", WHERE), OTHERS, true)).filter((each) =>
      each.includes("warning"),
    );
    expect(readings).toEqual([
      expect.stringMatching(/^parts\.yaml:2:39 warning: .*; any value is allowed$/),
      expect.stringMatching(/^parts\/path\.yaml:2:36 warning: .*; it is read as text$/),
      expect.stringMatching(/^parts\/path\.yaml:3:3 warning: .*; it is ignored$/),
      expect.stringMatching(/^whole\.yaml:1:1 warning: .*; it is read as empty$/),
      expect.stringMatching(/^whole\.yaml:2:1 warning: .*; /),
      expect.stringMatching(/^whole\.yaml:4:16 warning: .*; it is read as empty$/),
      expect.stringMatching(/^whole\.yaml:5:30 warning: .*; /),
    ]);
  });

  it.each<[version: string, head: string, parts: string, expected: string[]]>([
    [
      "2.0",
      'paths: { /a: { get: { parameters: [{ $ref: "p.yaml#/P" }], responses: { 200: { $ref: "p.yaml#/R" } } } } }',
      "P: { name: p, in: query, type: strin }\nR: { schema: { type: [string] } }\n",
      [
        'p.yaml:1:32 error: type "strin" is unknown: use boolean, integer, number, string, array',
        "p.yaml:2:1 error: a response needs description",
      ],
    ],
    [
      "3.0",
      'paths: { /a: { post: { requestBody: { $ref: "p.yaml#/B" }, responses: { 200: { $ref: "p.yaml#/R" } } } } }',
      'B: { content: 7 }\nR: { $ref: "#/S", description: 7 }\nS: { description: S, headers: { H: { $ref: "#/H" } } }\nH: { schema: { nullable: 1 } }\n',
      [
        "p.yaml:1:15 error: content must be an object, not 7",
        "p.yaml:4:26 error: nullable must be true or false, not 1",
      ],
    ],
    [
      "3.0",
      'components: { schemas: { A: { $ref: "p.yaml" } } }\npaths: {}',
      '$schema: "http://json-schema.org/draft-07/schema#"\n$id: a\ntype: object\nproperties: { b: { $ref: "#/definitions/B" } }\ndefinitions: { B: { type: string, minLenght: 1 } }\n',
      ["p.yaml:5:35 error: minLenght is no field of a schema: did you mean minLength?"],
    ],
  ])("are parts of a document of %s, too", async (version, head, parts, expected) => {
    expect(await faultsIn(documentOf(version, head), { "p.yaml": parts })).toEqual(expected);
  });
});

const asking = (name: string) =>
  `parameters: [{ name: ${name}, in: query, schema: { type: string } }], responses: { 204: { description: None. } }`;

it("paths that optional queries alone tell apart are both read, but for a method that both have", async () => {
  const body = `paths:
  "/a{?x}": { get: { ${asking("x")} } }
  "/a{?y}": { get: { ${asking("y")} } }
  "/b{?x}": { get: { ${asking("x")} } }
  "/b{?y}": { post: { ${asking("y")} } }
  /c?x=1: { get: { responses: { 204: { description: None. } } } }
  /c?x=2: { get: { responses: { 204: { description: None. } } } }
  /d?x={x}: { get: { ${asking("x")} } }
  /d?y={y}: { get: { ${asking("y")} } }
  /d?y={y}&z={y}: { get: { ${asking("y")} } }
  /d?z={z}&y={y}: { get: { ${asking("y")} } }`;
  const found = await faultsIn(documentOf("3.1", body), {}, true);
  expect(found.filter((each) => each.includes("is the same as"))).toEqual([
    'a.yaml:5:3 error: path "/a{?y}" is the same as "/a{?x}"',
    'a.yaml:7:3 warning: path "/b{?y}" is the same as "/b{?x}"; both are read',
    'a.yaml:13:3 error: path "/d?z={z}&y={y}" is the same as "/d?y={y}&z={y}"',
  ]);
});
