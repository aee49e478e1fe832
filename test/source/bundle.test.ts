import { expect, it } from "vitest";
import { bundle } from "../../generator/source/bundle.js";
import type { JsonObject } from "../../generator/source/json.js";
import { loadDocuments } from "../../generator/source/load.js";
import { upgrade } from "../../generator/source/upgrade.js";
import { fetchingFrom, type Texts } from "../support/compile.js";

async function bundled(text: string, others: Texts = {}): Promise<JsonObject> {
  const entry = { id: "a.yaml", text: `openapi: 3.1.0\n${text}` };
  const { value } = await loadDocuments(entry, fetchingFrom(others));
  const wanted = new Map([["b.yaml#/B", "Wanted"]]);
  const { openapi: _version, ...rest } = bundle(upgrade(value), entry.id, wanted).document;
  return rest;
}

it("what lies elsewhere becomes a component: of the wanted name, or of the last word of its place, if that is free", async () => {
  const text = `components:
  schemas:
    item: { type: string }
    A: { properties: { b: { $ref: "b.yaml#/B" }, c: { $ref: "b.yaml#/deep/item" }, d: { $ref: "#/components/schemas/A/properties/e" }, e: { type: object } } }
`;
  expect(
    await bundled(text, {
      "b.yaml": "{ B: { $ref: '#/deep/item' }, deep: { item: { items: { $ref: '#/B' } } } }",
    }),
  ).toEqual({
    components: {
      schemas: {
        item: { type: "string" },
        A: {
          properties: {
            b: { $ref: "#/components/schemas/Wanted" },
            c: { $ref: "#/components/schemas/item2" },
            d: { $ref: "#/components/schemas/e" },
            e: { type: "object" },
          },
        },
        Wanted: { $ref: "#/components/schemas/item2" },
        item2: { items: { $ref: "#/components/schemas/Wanted" } },
        e: { type: "object" },
      },
    },
  });
});

it("a component that only refers to another document is what is there", async () => {
  const text = "components: { schemas: { A: { $ref: 'b.yaml' }, C: { items: { $ref: b.yaml } } } }";
  expect(await bundled(text, { "b.yaml": "{ type: object, properties: { self: { $ref: '#' } } }" })).toEqual({
    components: {
      schemas: {
        A: { type: "object", properties: { self: { $ref: "#/components/schemas/A" } } },
        C: { items: { $ref: "#/components/schemas/A" } },
      },
    },
  });
});

it("path items and media types are written in place, rings of them end, and nothing names schemas or is nullable any more", async () => {
  const text = `paths: { /a: { $ref: "#/components/pathItems/P", summary: Mine } }
components:
  pathItems: { P: { summary: Theirs, get: { callbacks: { c: { "{$url}": { $ref: "#/components/pathItems/P" } } } } } }
  schemas: { A: { $id: "https://example.com/a", $anchor: x, nullable: true, items: { $ref: "#/$defs/B" }, $defs: { B: { type: string } } } }
`;
  expect(await bundled(text)).toEqual({
    paths: { "/a": { summary: "Mine", get: { callbacks: { c: { "{$url}": {} } } } } },
    components: { schemas: { A: { items: { $ref: "#/components/schemas/B" } }, B: { type: "string" } } },
  });
});

it("a discriminator's mapping is rewritten, and what names nothing stays", async () => {
  const text = `components: { schemas: { A: { oneOf: [{ $ref: "b.yaml#/B" }, { $ref: "gone.yaml" }], discriminator: { propertyName: k, mapping: { b: "b.yaml#/B", a: A } } } } }`;
  expect(await bundled(text, { "b.yaml": "{ B: { type: object } }" })).toMatchObject({
    components: {
      schemas: {
        A: {
          oneOf: [{ $ref: "#/components/schemas/Wanted" }, { $ref: "gone.yaml" }],
          discriminator: { mapping: { b: "#/components/schemas/Wanted", a: "A" } },
        },
      },
    },
  });
});
