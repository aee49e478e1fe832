import { P } from "./payloads.js";

/** A hostile document that becomes a package, and strings of it that the package must hold as they are. */
export type HostileDocument = {
  readonly name: string;
  readonly document: object;
  readonly literals?: readonly string[];
};

const JSON_BODY = (schema: object) => ({ "application/json": { schema } });
const OK = { 200: { description: "OK" } };

function api(parts: {
  paths?: object;
  components?: object;
  info?: object;
  servers?: object[];
  tags?: object[];
}): object {
  return { openapi: "3.1.0", ...parts, info: { title: "T", version: "1", ...parts.info } };
}

function schemas(named: object): object {
  return api({ components: { schemas: named } });
}

const CLOSER = `*/ ${P}; /*`;
const REFORMED = `**//${P}`;
const ENUM = ['blue";}\n' + P + ";//", "a'b", `\${${P}}`, "", "`", "\u2028"];
const TEMPLATE = `v\${${P}}\`+${P}+\`w`;
const PROPERTY = `x']: ${P}, ['y`;
const BUILT_IN = ["__proto__", "constructor", "toString", "hasOwnProperty"];

export const DOCUMENTS: readonly HostileDocument[] = [
  {
    name: "comments",
    document: api({
      info: { title: CLOSER, summary: CLOSER, description: REFORMED },
      paths: {
        "/a": {
          get: {
            operationId: "a",
            summary: CLOSER,
            description: REFORMED,
            deprecated: true,
            responses: { 200: { description: CLOSER } },
          },
        },
      },
      components: {
        schemas: {
          A: {
            title: CLOSER,
            description: `\u202e\u2066${REFORMED}\r${P}\u2028${P}\u2029${P}\n@deprecated ${CLOSER}`,
            deprecated: true,
            "x-deprecated-reason": CLOSER,
            type: "object",
            properties: {
              text: {
                type: "string",
                title: REFORMED,
                default: CLOSER,
                pattern: "\\*/",
                example: CLOSER,
                examples: [REFORMED],
              },
            },
          },
        },
      },
    }),
    literals: [CLOSER, "\\*/"],
  },
  {
    name: "enums",
    document: schemas({
      A: {
        type: "string",
        enum: ENUM,
        "x-enum-descriptions": ["\n", "\r", "\u2028", "\u2029"].map((end) => `a${end}X=(${P}) as any,//`),
        "x-enum-varnames": ENUM.map(() => `A=(${P}) as any,//`),
      },
    }),
    literals: ENUM,
  },
  {
    name: "values",
    document: schemas({
      A: { const: TEMPLATE },
      B: { type: "array", items: { type: "string", default: TEMPLATE } },
      C: { type: "object", additionalProperties: true, default: { [TEMPLATE]: { [PROPERTY]: "'),P,('" } } },
      D: { type: "string", format: "date-time", default: `'),${P},('` },
      E: { const: { ["__proto__"]: TEMPLATE, [PROPERTY]: [TEMPLATE] } },
    }),
    literals: [TEMPLATE, PROPERTY],
  },
  {
    name: "names",
    document: api({
      paths: {
        "/a/{x']: y, ['z}": {
          post: {
            operationId: "a",
            parameters: [
              { name: "x']: y, ['z", in: "path", required: true, schema: { type: "string" } },
              ...["query", "header", "cookie"].map((place) => ({
                name: PROPERTY,
                in: place,
                schema: { type: "string" },
              })),
            ],
            requestBody: {
              content: {
                "multipart/form-data": {
                  schema: {
                    type: "object",
                    properties: { [`\${${P}}`]: { type: "string" }, [PROPERTY]: { type: "string" } },
                  },
                  encoding: { [`\${${P}}`]: { contentType: `text/plain"; ${P}; "` } },
                },
              },
            },
            responses: {
              200: { description: "", headers: { [`\${${P}}`]: { schema: { type: "string" } } } },
            },
          },
        },
      },
      components: {
        schemas: {
          A: { type: "object", required: [PROPERTY], properties: { [PROPERTY]: { type: "string" } } },
        },
      },
    }),
    literals: [PROPERTY, `\${${P}}`, "x']: y, ['z"],
  },
  {
    name: "paths",
    document: api({
      paths: {
        [`/a/\`+${P}+\``]: { get: { responses: OK } },
        "/a/${id}/{id}": {
          get: {
            parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
            responses: OK,
          },
        },
        "/a'/{id}": {
          get: {
            parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
            responses: OK,
          },
        },
        [`/a";${P};//`]: { get: { responses: OK } },
        "/*/ evil /*": { get: { responses: OK } },
      },
    }),
    literals: [`/a/\`+${P}+\``, "/a/${id}/{id}", "/a'/{id}", `/a";${P};//`],
  },
  {
    name: "servers",
    document: api({
      info: { version: `1';${P};//`, title: `a"; ${P}; //\`\n\`\`\`\n<script>${P}</script>` },
      servers: [{ url: `https://x", [${P}]: 0, y: "{v}\``, variables: { v: { default: `'+${P}+'` } } }],
      paths: { "/a": { get: { operationId: "a", responses: OK } } },
    }),
    literals: [`https://x", [${P}]: 0, y: "'+${P}+'\``],
  },
  {
    name: "operations",
    document: api({
      paths: Object.fromEntries(
        [
          `x";${P};//`,
          "class",
          "await",
          "a-b",
          "a_b",
          "a b",
          "",
          "😀",
          "__proto__",
          "constructor",
          "then",
          "handlers",
        ].map((operationId, index) => [
          `/${index}`,
          {
            get: {
              operationId,
              tags: [operationId],
              responses: { 200: { description: "", content: JSON_BODY({ type: "string" }) } },
            },
          },
        ]),
      ),
    }),
    literals: [`x";${P};//`, "😀"],
  },
  {
    name: "schemas",
    document: api({
      tags: [{ name: "../../evil" }, { name: "CON" }],
      components: {
        schemas: Object.fromEntries(
          [
            `A {} ${P}; interface B`,
            "../../evil",
            "..\\evil",
            "CON",
            "a/b",
            "a~b",
            "\u0000",
            "n".repeat(300),
            "Foo",
            "foo",
            "FOO",
            "😀",
            "",
            "string",
            "Promise",
            "1",
            ...BUILT_IN,
          ].map((name) => [name, { type: "object", properties: { a: { type: "string" } } }]),
        ),
      },
    }),
  },
  {
    name: "media-types",
    document: api({
      paths: {
        "/a": {
          post: {
            operationId: "a",
            security: [{ [`k': ${P}, '`]: [] }],
            requestBody: {
              content: {
                [`application/json': ${P}, '`]: {
                  schema: { type: "object", properties: { a: { type: "string" } } },
                },
              },
            },
            responses: {
              200: {
                description: "",
                headers: { [`X': ${P}, '`]: { schema: { type: "string" } } },
                content: {
                  [`application/json": ${P}, "`]: { schema: { $ref: "#/components/schemas/Animal" } },
                },
              },
            },
          },
        },
      },
      components: {
        securitySchemes: {
          [`k': ${P}, '`]: { type: "apiKey", in: "query", name: `q': ${P}, '`, description: CLOSER },
          [`b": ${P}, "`]: { type: "http", scheme: "bearer" },
        },
        schemas: {
          Animal: {
            oneOf: [{ $ref: "#/components/schemas/Cat" }],
            discriminator: {
              propertyName: `t": ${P}, "`,
              mapping: { [`c": ${P}, "`]: "#/components/schemas/Cat" },
            },
          },
          Cat: {
            type: "object",
            required: [`t": ${P}, "`],
            properties: { [`t": ${P}, "`]: { const: `c": ${P}, "` } },
          },
        },
      },
    }),
    literals: [`application/json': ${P}, '`, `q': ${P}, '`, `t": ${P}, "`, `c": ${P}, "`],
  },
  {
    name: "extensions",
    document: schemas({
      A: {
        type: "string",
        "x-ts-import": `fs"; ${P}; //`,
        "x-go-type-import": { path: "child_process" },
        "x-go-type": P,
        "x-ts-type": P,
        "x-type": P,
        "x-python-import": { module: "os", name: P },
        tsType: P,
        format: "constructor",
      },
      B: { type: "string", format: "__proto__" },
    }),
  },
  {
    // Beside `__proto__`, which is not written as a literal, TypeScript would say nothing of these.
    name: "inherited",
    document: api({
      paths: {
        "/a": {
          get: {
            parameters: [
              {
                name: "q",
                in: "query",
                style: "deepObject",
                schema: { type: "object", properties: { constructor: { type: "integer" }, toString: {} } },
              },
            ],
            responses: {
              200: {
                description: "",
                headers: {
                  constructor: { schema: { type: "string" } },
                  valueOf: { schema: { enum: ["a"] } },
                },
                content: JSON_BODY({ type: "object" }),
              },
            },
          },
        },
      },
    }),
  },
  {
    name: "built-ins",
    document: api({
      tags: BUILT_IN.map((name) => ({ name })),
      paths: {
        "/a/{constructor}": {
          get: {
            operationId: "toString",
            tags: BUILT_IN,
            parameters: [
              { name: "constructor", in: "path", required: true, schema: { type: "string" } },
              ...BUILT_IN.flatMap((name) =>
                ["query", "header", "cookie"].map((place) => ({
                  name,
                  in: place,
                  schema: { type: "string" },
                })),
              ),
            ],
            responses: {
              200: {
                description: "",
                headers: Object.fromEntries(BUILT_IN.map((name) => [name, { schema: { type: "string" } }])),
                content: JSON_BODY({ $ref: "#/components/schemas/A" }),
              },
            },
          },
        },
      },
      components: {
        schemas: {
          A: {
            type: "object",
            required: BUILT_IN,
            properties: Object.fromEntries(BUILT_IN.map((name) => [name, { type: "string" }])),
          },
          ...Object.fromEntries(BUILT_IN.map((name) => [name, { type: "string", enum: BUILT_IN }])),
        },
      },
    }),
    literals: BUILT_IN,
  },
  {
    name: "ref-as-data",
    document: schemas({
      A: {
        type: "object",
        properties: { $ref: { type: "string" } },
        example: { $ref: "http://127.0.0.1:9/x.json" },
      },
    }),
    literals: ["http://127.0.0.1:9/x.json"],
  },
  {
    name: "circles",
    document: schemas({
      B: { allOf: [{ $ref: "#/components/schemas/B" }] },
      C: { anyOf: [{ $ref: "#/components/schemas/C" }, { type: "string" }] },
      Pet: {
        type: "object",
        properties: { t: { type: "string" } },
        oneOf: [{ $ref: "#/components/schemas/Cat" }],
      },
      Cat: {
        allOf: [
          { $ref: "#/components/schemas/Pet" },
          { type: "object", properties: { m: { type: "string" } } },
        ],
      },
      R: { type: "object", required: ["r"], properties: { r: { $ref: "#/components/schemas/R" } } },
      S: { type: "object", properties: { t: { $ref: "#/components/schemas/T" } } },
      T: { type: "array", items: { $ref: "#/components/schemas/S" } },
      N: { not: { $ref: "#/components/schemas/N" } },
      I: { if: { $ref: "#/components/schemas/I" }, then: { type: "string" } },
    }),
  },
  {
    name: "doubling",
    document: schemas(
      Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [
          `A${index}`,
          index === 59
            ? { type: "string" }
            : {
                type: "object",
                required: ["a", "b"],
                properties: Object.fromEntries(
                  ["a", "b"].map((name) => [name, { $ref: `#/components/schemas/A${index + 1}` }]),
                ),
              },
        ]),
      ),
    ),
  },
  {
    name: "unions",
    document: schemas({
      A: {
        allOf: Array.from({ length: 6 }, (_, index) => ({
          anyOf: ["a", "b", "c"].map((name) => ({
            type: "object",
            properties: { [`${name}${index}`]: { type: "string" } },
          })),
        })),
      },
      B: {
        anyOf: ["B", "B"].map(() => ({
          type: "object",
          required: ["c"],
          properties: { c: { $ref: "#/components/schemas/B" } },
        })),
        example: Array.from({ length: 40 }).reduce<object>((value) => ({ c: value }), {}),
      },
    }),
  },
  {
    name: "patterns",
    document: schemas({
      A: { type: "string", pattern: "^(a|a)*$", example: `${"a".repeat(60)}!` },
      B: { type: "string", pattern: "[" },
      C: { type: "string", pattern: "\\p{Letter}" },
      D: { type: "string", pattern: "a{1,2147483647}" },
      E: { type: "string", pattern: "((a{1000}){1000}){1000}" },
      F: { type: "string", pattern: "(|){60}$x" },
      G: { type: "string", pattern: "(".repeat(50_000) + ")".repeat(50_000) },
      H: {
        type: "object",
        patternProperties: { "^(a|a)*$": { type: "string" } },
        example: { [`${"a".repeat(60)}!`]: "x" },
      },
      I: { type: "string", pattern: "^(([a-z ])+.)+[A-Z]([a-z])+$", minLength: 5_000 },
    }),
    literals: ["^(a|a)*$", "\\p{Letter}"],
  },
  {
    name: "bounds",
    document: schemas({
      A: { type: "string", minLength: 1e9 },
      B: { type: "array", items: { type: "string" }, minItems: 1e9 },
      C: { type: "string", maxLength: 1e9 },
      D: { type: "array", items: { type: "integer" }, maxItems: 1e9, uniqueItems: true },
      E: { type: "object", minProperties: 1e9 },
      F: { type: "array", contains: { type: "string" }, minContains: 1e9 },
      G: { type: "number", minimum: 1e308, multipleOf: 5e-324 },
    }),
  },
  {
    name: "deep",
    document: schemas({
      A: Array.from({ length: 45 }).reduce<object>(
        (inner) => ({ type: "object", required: ["a"], properties: { a: inner } }),
        { type: "string" },
      ),
      B: Array.from({ length: 90 }).reduce<object>((inner) => ({ type: "array", items: inner }), {
        type: "string",
      }),
      C: Array.from({ length: 90 }).reduce<object>((inner) => ({ additionalProperties: inner }), {
        type: "string",
      }),
      D: Array.from({ length: 90 }).reduce<object>((inner) => ({ not: inner }), { type: "string" }),
      E: Array.from({ length: 45 }).reduce<object>((inner) => ({ oneOf: [inner, { type: "number" }] }), {
        type: "string",
      }),
      F: { default: Array.from({ length: 90 }).reduce<object>((inner) => ({ a: inner }), {}) },
    }),
  },
];
