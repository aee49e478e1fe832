import { expect, it } from "vitest";
import type { Pair } from "../../generator/diff/change.js";
import type { LocatedFinding } from "../../generator/diff/finding.js";
import type { PackageSide } from "../../generator/diff/impact/changed-parts.js";
import { PackageSymbols } from "../../generator/diff/impact/package-symbols.js";
import { Relations } from "../../generator/diff/impact/relations.js";

const originOf = (pointer: string) => ({ source: "a.yaml", pointer });

function finding(id: string, base: string, ...operations: readonly string[]): LocatedFinding {
  const location = { file: "a.yaml", source: "a.yaml", line: 1, column: 1, pointer: base };
  return { id, operations, base: location } as unknown as LocatedFinding;
}

it("tells how findings have to do with traces, each by the nearest of its relations", () => {
  const findings = [
    finding("own", "/schemas/A/properties/b", "GET /a"),
    finding("operation", "/schemas/C", "GET /a", "GET /c"),
    finding("reached", "/schemas/B/items"),
    finding("beside", "/schemas/AB", "GET /b"),
  ];
  const places = { base: ["/schemas/A", "/schemas/B", "/schemas/C"].map(originOf), head: [] };
  const found = new Relations(findings).of({ places, operations: ["GET /a"] });
  expect(Object.fromEntries([...found].map(([{ id }, relation]) => [id, relation]))).toEqual({
    own: "own",
    operation: "operation",
    reached: "reached",
  });
});

/** Schemas that count how often one is looked at. */
class Watched<K, V> extends Map<K, V> {
  asked = 0;
  override get(key: K): V | undefined {
    this.asked += 1;
    return super.get(key);
  }
}

it("looks for what an export leads to when it is asked for, and once", () => {
  const ids = Array.from({ length: 100 }, (_, index) => `a.yaml#/S${index}`);
  const schema = { kind: "any", origin: originOf("/S") };
  const schemas = new Watched(ids.map((id) => [id, { id, origin: originOf(id), schema }]));
  const names = {
    api: { client: "Client", auth: "Auth" },
    schemas: new Map(ids.map((id, index) => [id, { type: `S${index}` }])),
    operations: new Map(),
  };
  const info = { origin: originOf("") };
  const side = { names, model: { info, schemas, operations: [], securitySchemes: [] } };
  const symbols = new PackageSymbols({ base: side, head: side } as unknown as Pair<PackageSide>, "base");
  expect(schemas.asked).toBe(0);
  const first = symbols.evidence({ owner: "S1", members: [] });
  const { asked } = schemas;
  expect(asked).toBeGreaterThan(0);
  expect(symbols.evidence({ owner: "S1", members: ["a"] })?.traces).toBe(first?.traces);
  expect(schemas.asked).toBe(asked);
});
