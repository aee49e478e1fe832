import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { compileText } from "../support/compile.js";
import { json, startServer } from "../support/server.js";
import { linkDependencies, writeFiles } from "../support/workspace.js";

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  security: [{ key: [], cookie: [] }, { bearer: [] }],
  paths: {
    "/a": {
      get: {
        operationId: "get",
        parameters: ["header", "cookie", "query"].map((place) => ({
          name: `x-${place}`,
          in: place,
          schema: { type: "string" },
        })),
        responses: { 200: { description: "OK", content: { "application/json": { schema: {} } } } },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "x-key" },
      cookie: { type: "apiKey", in: "cookie", name: "session" },
      bearer: { type: "http", scheme: "bearer" },
    },
  },
};

type Client = { get(args: object, options?: object): Promise<{ ok: boolean }> };

let createClient: (options: object) => Client;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-client-"));
  linkDependencies(folder);
  writeFiles(folder, (await compileText(JSON.stringify(DOCUMENT), { openapi: false })).files!);
  const module = (await import(pathToFileURL(join(folder, "src/index.ts")).href)) as {
    createSampleClient: typeof createClient;
  };
  createClient = module.createSampleClient;
  rmSync(folder, { recursive: true });
});

const INJECTED = [
  "a\r\nX-Injected: 1",
  "a\nX-Injected: 1",
  "a\rX-Injected: 1",
  "a\r\n\r\nGET /evil HTTP/1.1\r\n\r\n",
  "a\u0000b",
];

it.each(INJECTED)(
  "a value with a line end is refused or encoded, wherever it goes, and never becomes a header: %j",
  async (value) => {
    const server = await startServer(json(200, {}));
    const attempts = [
      [{ "x-header": value }, {}, {}],
      [{ "x-cookie": value }, {}, {}],
      [{ "x-query": value }, {}, {}],
      [{}, { auth: { bearer: value } }, {}],
      [{}, { auth: { key: value, cookie: "b" } }, {}],
      [{}, { auth: { key: "b", cookie: value } }, {}],
      [{}, {}, { headers: { "X-Own": value } }],
      [{}, {}, { headers: { [`X-${value}`]: "own" } }],
    ] as const;
    const outcomes: string[] = [];
    for (const [args, options, request] of attempts) {
      const client = createClient({ baseUrl: server.url, ...options });
      outcomes.push(
        await client.get(args, request).then(
          ({ ok }) => (ok ? "sent" : "failed"),
          (error: Error) => error.name,
        ),
      );
    }
    // Cookies and queries are percent-encoded; headers have no escapes.
    expect(outcomes).toEqual([
      "TypeError",
      "sent",
      "sent",
      "TypeError",
      "TypeError",
      "sent",
      "TypeError",
      "TypeError",
    ]);
    expect(server.requests.map(({ line }) => line.split(/[? ]/)[1])).toEqual(["/a", "/a", "/a"]);
    expect(JSON.stringify(server.requests.map(({ headers }) => Object.keys(headers)))).not.toMatch(
      /injected/i,
    );
  },
);
