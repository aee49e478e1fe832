import { expect, it } from "vitest";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

/** A document with the schema as both bodies, and as a part that both refer to. */
function holding(version: string, schema: object): string {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } };
  const operation = { operationId: "putThing", requestBody: { content } };
  return JSON.stringify({
    openapi: version,
    info: { title: "T", version: "1" },
    paths: {
      "/things": { put: { ...operation, responses: { "200": { description: "", content } } } },
    },
    components: { schemas: { Thing: { type: "object", properties: { bytes: schema } } } },
  });
}

async function findings(base: string, head: string): Promise<string[]> {
  const cwd = emptyFolder();
  writeFiles(cwd, [
    { path: "base.json", text: base },
    { path: "head.json", text: head },
  ]);
  const { out } = await cli(cwd, "diff", "base.json", "head.json", "--format", "json");
  return (JSON.parse(out) as { findings: { level: string; rule: string }[] }).findings.map(
    ({ level, rule }) => `${level} ${rule}`,
  );
}

const ENCODED = { type: "string", contentEncoding: "base64" };

it.each<[format: string, restated: object]>([
  ["byte", ENCODED],
  ["binary", { type: "string", contentMediaType: "application/octet-stream" }],
])("bytes by the format %s of 3.0 are those that 3.1 describes in other words", async (format, restated) => {
  const old = holding("3.0.3", { type: "string", format });
  const now = holding("3.1.0", restated);
  expect([await findings(old, now), await findings(now, old)]).toEqual([[], []]);
});

it("another encoding is another one", async () => {
  const head = holding("3.1.0", { ...ENCODED, contentEncoding: "base32" });
  expect(await findings(holding("3.0.3", { type: "string", format: "byte" }), head)).toContain(
    "error response-property-format-removed",
  );
});
