/** A document with every object and field of OpenAPI 3.1.1 that can carry a string, and many of 2020-12's keywords. */
export const RICH = {
  openapi: "3.1.0",
  info: {
    title: "Rich",
    summary: "All of it",
    description: "A document with every object.",
    termsOfService: "https://example.com/terms",
    contact: { name: "Ada", url: "https://example.com", email: "ada@example.com" },
    license: { name: "MIT", identifier: "MIT" },
    version: "1.0.0",
  },
  servers: [
    {
      url: "https://{region}.example.com/v1",
      description: "Production",
      variables: { region: { default: "eu", enum: ["eu", "us"], description: "Where" } },
    },
  ],
  externalDocs: { url: "https://example.com/docs", description: "More" },
  tags: [{ name: "things", description: "Things", externalDocs: { url: "https://example.com/things" } }],
  security: [{ key: [] }],
  paths: {
    "/things/{thingId}": {
      summary: "One thing",
      description: "A thing by its id",
      parameters: [
        { name: "thingId", in: "path", required: true, description: "Which", schema: { type: "string" } },
      ],
      get: {
        operationId: "getThing",
        summary: "Get",
        description: "Gets a thing",
        tags: ["things"],
        externalDocs: { url: "https://example.com/get", description: "About" },
        parameters: [
          {
            name: "fields",
            in: "query",
            description: "Which fields",
            style: "form",
            explode: true,
            schema: { type: "array", items: { type: "string" } },
            example: ["a"],
          },
          {
            name: "X-Trace",
            in: "header",
            deprecated: true,
            schema: { type: "string", default: "none" },
            examples: { one: { summary: "One", description: "The first", value: "trace" } },
          },
          { name: "session", in: "cookie", schema: { type: "string", enum: ["a", "b"] } },
          { name: "filter", in: "query", content: { "application/json": { schema: { type: "object" } } } },
        ],
        responses: {
          200: {
            description: "The thing",
            headers: { "X-Rate": { description: "How many", schema: { type: "integer" } } },
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Thing" },
                examples: { sample: { summary: "S", value: { kind: "cat", name: "Tom", size: "small" } } },
              },
              "text/plain": { schema: { type: "string" } },
            },
            links: {
              self: {
                operationId: "getThing",
                description: "Itself",
                parameters: { thingId: "$response.body#/name" },
              },
            },
          },
          "4XX": { $ref: "#/components/responses/Failure" },
          default: { description: "Else" },
        },
      },
      put: {
        operationId: "putThing",
        deprecated: true,
        security: [{ oauth: ["write"] }, { basic: [] }, {}],
        requestBody: {
          description: "The new thing",
          required: true,
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/Thing" },
              example: { kind: "dog", name: "Rex" },
            },
          },
        },
        callbacks: {
          done: {
            "{$request.body#/url}": {
              post: { operationId: "done", responses: { 204: { description: "Seen" } } },
            },
          },
        },
        responses: { 204: { description: "Done" } },
      },
      post: {
        operationId: "uploadThing",
        requestBody: {
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                properties: { note: { type: "string" }, tags: { type: "array", items: { type: "string" } } },
              },
              encoding: {
                note: { contentType: "text/plain", headers: { "X-Part": { schema: { type: "string" } } } },
              },
            },
          },
        },
        responses: {
          201: {
            description: "Made",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  title: "Made",
                  properties: { id: { type: "string", format: "uuid" } },
                },
              },
            },
          },
        },
      },
    },
    "/search": {
      post: {
        operationId: "search",
        requestBody: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: { type: "object", properties: { q: { type: "string" }, sort: { type: "string" } } },
              encoding: { sort: { style: "form", explode: false } },
            },
          },
        },
        responses: {
          200: {
            description: "Found",
            content: {
              "application/json": {
                schema: { type: "array", items: { $ref: "#/components/schemas/Thing" } },
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        title: "A thing",
        description: "Described",
        type: "object",
        required: ["kind", "name"],
        properties: {
          kind: {
            type: "string",
            enum: ["cat", "dog"],
            "x-enum-varnames": ["Cat", "Dog"],
            "x-enum-descriptions": ["A cat", "A dog"],
          },
          name: { type: "string", description: "Its name", pattern: "^[A-Z]", minLength: 1, example: "Tom" },
          size: { const: "small" },
          born: { type: "string", format: "date-time", default: "2026-01-15T09:30:00Z" },
          note: { type: ["string", "null"], contentMediaType: "text/plain", contentEncoding: "base64" },
          map: {
            type: "object",
            additionalProperties: { type: "string" },
            propertyNames: { pattern: "^[a-z]+$" },
            default: { key: "value" },
          },
          list: {
            type: "array",
            prefixItems: [{ type: "string" }],
            items: { type: "number" },
            examples: [["a", 1]],
          },
        },
        patternProperties: { "^x-": { type: "string" } },
        dependentRequired: { note: ["size"] },
        externalDocs: { url: "https://example.com/thing" },
        xml: { name: "thing", namespace: "https://example.com", prefix: "t" },
        "x-extension": "anything",
      },
      Animal: {
        oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
        discriminator: { propertyName: "type", mapping: { cat: "#/components/schemas/Cat", dog: "Dog" } },
      },
      Cat: {
        type: "object",
        required: ["type"],
        properties: { type: { const: "cat" }, lives: { type: "integer" } },
      },
      Dog: {
        type: "object",
        required: ["type"],
        properties: { type: { const: "dog" }, "good boy": { type: "boolean" } },
      },
      Both: {
        allOf: [
          { $ref: "#/components/schemas/Thing" },
          { type: "object", properties: { extra: { type: "string" } } },
        ],
      },
      Either: {
        if: { properties: { a: { const: "x" } } },
        then: { required: ["b"] },
        else: { not: { required: ["c"] } },
      },
    },
    responses: {
      Failure: {
        description: "Failed",
        content: {
          "application/problem+json": {
            schema: { type: "object", properties: { detail: { type: "string" } } },
          },
        },
      },
    },
    parameters: { Page: { name: "page", in: "query", schema: { type: "integer" } } },
    examples: { Sample: { summary: "A sample", value: "x" } },
    requestBodies: { Body: { content: { "application/json": { schema: { type: "string" } } } } },
    headers: { Rate: { description: "Rate", schema: { type: "integer" } } },
    securitySchemes: {
      key: { type: "apiKey", name: "X-Key", in: "header", description: "A key" },
      basic: { type: "http", scheme: "basic" },
      bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      oauth: {
        type: "oauth2",
        flows: { clientCredentials: { tokenUrl: "https://example.com/token", scopes: { write: "Write" } } },
      },
      oidc: { type: "openIdConnect", openIdConnectUrl: "https://example.com/.well-known" },
    },
  },
} as const;
