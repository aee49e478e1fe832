import fc from "fast-check";
import { expect, it } from "vitest";
import type { ShownRequest } from "../../generator/diff/proof/shown-message.js";
import { reviewTexts } from "../support/review.js";
import { mockText, serve } from "../support/mocked.js";
import { api } from "./table/rows.js";

const S = { type: "string", enum: ["red", "blue"] };
const LIST = { type: "array", items: S, minItems: 2 };
const OBJECT = {
  type: "object",
  required: ["r", "g"],
  properties: { r: { type: "integer" }, g: { type: "boolean" } },
};

/** Ways to write a parameter that a server cannot take for one another. */
const WRITINGS: readonly object[] = [
  { in: "query", schema: { type: "integer" } },
  { in: "query", schema: LIST },
  { in: "query", schema: LIST, explode: false },
  { in: "query", schema: LIST, style: "pipeDelimited", explode: false },
  { in: "query", schema: OBJECT, explode: false },
  { in: "query", schema: OBJECT, style: "deepObject" },
  { in: "query", content: { "application/json": { schema: LIST } } },
  { in: "header", schema: { type: "integer" } },
  { in: "header", schema: OBJECT },
  { in: "header", schema: OBJECT, explode: true },
  { in: "cookie", schema: { type: "integer" } },
  { in: "cookie", schema: LIST, explode: false },
];

/** Ways to be let in, each by itself. */
const SCHEMES: readonly object[] = [
  { type: "apiKey", in: "header", name: "X-Key" },
  { type: "apiKey", in: "query", name: "key" },
  { type: "apiKey", in: "cookie", name: "key" },
  { type: "http", scheme: "basic" },
  { type: "http", scheme: "bearer" },
];

type Wire = { readonly parameter: object; readonly scheme: object };
const wires: fc.Arbitrary<Wire> = fc.record({
  parameter: fc.constantFrom(...WRITINGS),
  scheme: fc.constantFrom(...SCHEMES),
});

function documentOf({ parameter, scheme }: Wire): string {
  const operation = { parameters: [{ name: "q", required: true, ...parameter }], security: [{ own: [] }] };
  return JSON.stringify(api(operation, { components: { securitySchemes: { own: scheme } } }));
}

async function statusOf(document: string, { method, path, query, headers }: ShownRequest): Promise<number> {
  const { url } = await serve((await mockText(document)).mock);
  const response = await fetch(`${url}${path}${query === undefined ? "" : `?${query}`}`, {
    method,
    ...(headers && { headers }),
  });
  return response.status;
}

it("a request that proves an error is taken by a server of the one document, and not by one of the other", async () => {
  await fc.assert(
    fc.asyncProperty(wires, wires, async (from, to) => {
      const [base, head] = [documentOf(from), documentOf(to)];
      fc.pre(base !== head);
      const errors = reviewTexts(base, head).findings.filter(({ level }) => level === "error");
      expect(errors).not.toEqual([]);
      for (const { witness, rule } of errors) {
        if (witness?.kind !== "request") throw new Error(`${rule} is not proved by a request`);
        expect(await statusOf(base, witness.value)).toBe(200);
        expect(await statusOf(head, witness.value)).toBeGreaterThanOrEqual(400);
      }
    }),
    { numRuns: 25 },
  );
});
