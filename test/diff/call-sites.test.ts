import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Pair } from "../../generator/diff/change.js";
import type { ConsumerReview } from "../../generator/diff/impact/effects.js";
import type { JsonValue } from "../../generator/source/json.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, linkDependencies, writeFiles } from "../support/workspace.js";

type Schemas = { readonly [name: string]: JsonValue };

/** A shop that sells orders. */
const SHOP = {
  Order: {
    type: "object",
    required: ["id", "note", "total"],
    properties: { id: { type: "string" }, note: { type: "string" }, total: { type: "number" } },
  },
  NewOrder: {
    type: "object",
    properties: { sku: { type: "string", maxLength: 50 }, coupon: { type: "string" } },
  },
};

const json = (name: string) => ({
  "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
});

function shop(schemas: Schemas): string {
  const order = { description: "it", content: json("Order") };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Shop", version: "1" },
    paths: {
      "/orders/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        get: { operationId: "getOrder", responses: { 200: order } },
      },
      "/orders": {
        post: {
          operationId: "createOrder",
          requestBody: { required: true, content: json("NewOrder") },
          responses: { 201: order },
        },
      },
    },
    components: { schemas },
  });
}

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2022",
  types: [],
  lib: ["es2023", "dom"],
};

type Told = {
  /** `main.ts:3 TS2322 response-property-type-changed`. */
  readonly breaks: readonly string[];
  readonly untouched: readonly string[];
  readonly files: number;
};

/** What is told of a project that uses the shop of before, by the rules of the findings. */
async function told(
  head: Schemas,
  modules: Readonly<Record<string, string>>,
  { base = {}, options = {} }: { readonly base?: Schemas; readonly options?: object } = {},
): Promise<Told> {
  const documents = { base: shop({ ...SHOP, ...base }), head: shop({ ...SHOP, ...base, ...head }) };
  return toldOf(documents, modules, options);
}

async function toldOf(
  { base, head }: Pair<string>,
  modules: Readonly<Record<string, string>>,
  options: object = {},
): Promise<Told> {
  const cwd = emptyFolder();
  linkDependencies(cwd);
  writeFiles(cwd, [
    { path: "base.json", text: base },
    { path: "head.json", text: head },
    {
      path: "clientsmith.config.mjs",
      text: 'export default { apis: { shop: { input: "head.json" } } };',
    },
    {
      path: "tsconfig.json",
      text: JSON.stringify({
        compilerOptions: { ...COMPILER_OPTIONS, ...options },
        files: Object.keys(modules).filter((path) => !path.startsWith("generated/")),
      }),
    },
    ...Object.entries(modules).map(([path, text]) => ({ path, text })),
  ]);
  const format = ["--format", "json"];
  const { err, out } = await cli(
    cwd,
    "diff",
    "base.json",
    "head.json",
    "--consumer",
    "tsconfig.json",
    ...format,
  );
  expect(err).toBe("");
  const { findings, consumers } = JSON.parse(out) as {
    readonly findings: readonly { readonly id: string; readonly rule: string }[];
    readonly consumers: readonly [ConsumerReview];
  };
  const ruleOf = (id: string | undefined) => findings.find((each) => each.id === id)?.rule ?? "nothing";
  const [{ breaks, untouched, files }] = consumers;
  return {
    breaks: breaks.map(({ file, line, code, finding }) => `${file}:${line} ${code} ${ruleOf(finding)}`),
    untouched: untouched.map(ruleOf),
    files,
  };
}

/** The total is a text, a note may be absent, and new orders have no coupon. */
const CHANGED = {
  Order: {
    type: "object",
    required: ["id", "total"],
    properties: { id: { type: "string" }, note: { type: "string" }, total: { type: "string" } },
  },
  NewOrder: {
    type: "object",
    properties: { sku: { type: "string", maxLength: 50 } },
  },
};

it("checks what takes the package as a module", async () => {
  const named = await told(CHANGED, {
    "space.ts": `import * as shop from "shop";
export const total = (order: shop.Order): number => order.total;
`,
    "type.ts": `export const total = (order: import("shop").Order): number => order.total;
`,
    "later.ts": `export const total = async () => {
  const shop = await import("shop");
  return (await shop.unwrap(shop.createShopClient().getOrder({ id: "1" }))).total * 2;
};
`,
  });
  expect(named.breaks).toEqual([
    "space.ts:2 TS2322 response-property-type-changed",
    "type.ts:1 TS2322 response-property-type-changed",
    "later.ts:3 TS2362 response-property-type-changed",
  ]);
  expect(named.untouched).toEqual(["request-property-removed"]);
});

it.each([
  'export * from "shop";',
  'export * as shop from "shop";',
  'import * as shop from "shop";\nexport { shop };',
  'export type Shop = typeof import("shop");',
])("takes all of the package to be used where a module is handed on: %s", async (text) => {
  expect(await told(CHANGED, { "main.ts": `${text}\n` })).toMatchObject({ breaks: [], untouched: [] });
});

it("checks what takes the generated files by another path than the package's name", async () => {
  // What stands on the disk is neither package.
  const generated = {
    "generated/shop/src/index.ts": "export type Order = { readonly total: any };\n",
    "generated/shop/src/client.ts": "export const stale: string = 5;\n",
  };
  const modules = {
    "alias.ts": `import type { Order } from "@/api";
export const total = (order: Order): number => order.total;
`,
    "relative.ts": `import { createShopClient } from "./generated/shop/src/index.js";
export const created = createShopClient().createOrder({ body: { coupon: "x" } });
`,
    "name.ts": `import type { Order } from "shop";
export const total = (order: Order): number => order.total;
`,
  };
  const options = { paths: { "@/api": ["./generated/shop/src/index.ts"] } };
  expect(await told(CHANGED, { ...modules, ...generated }, { options })).toEqual({
    breaks: [
      "alias.ts:2 TS2322 response-property-type-changed",
      "relative.ts:2 TS2353 request-property-removed",
      "name.ts:2 TS2322 response-property-type-changed",
    ],
    untouched: [],
    files: 3,
  });
});

const TOTAL = "response-property-type-changed";
const NOTE = "response-property-became-optional";
const COUPON = "request-property-removed";

/** Code that stops compiling in its last line, by the rule of the finding that causes it. */
const BROKEN: readonly (readonly [cause: string, ...code: readonly string[]])[] = [
  [TOTAL, "export const f = (order: Order) => {", "const n: number = order.total; return n; };"],
  [TOTAL, "export const f = (order: Order) => order.total.toFixed(order.id.length);"],
  [NOTE, "export const f = (order: Order) => order.note.padEnd(String(order.total).length);"],
  [TOTAL, "export function f(order: Order): number {", "return order.total; }"],
  [TOTAL, "export const f = (os: readonly Order[]) => os.reduce((sum, { total }) => sum + total, 0);"],
  [TOTAL, "export const f = ({ note: n, total: t }: Order) => [n,", "t * 2];"],
  [
    TOTAL,
    "export const f = (os: readonly Order[]) => {",
    "for (const { total } of os) {",
    "const n: { total: number } = { total }; return n; } };",
  ],
  [
    TOTAL,
    "const totalOf = (order: Order) => { const { total } = order; return total; };",
    "export const f = (order: Order) => {",
    "const n = totalOf(order);",
    "return n.toFixed(); };",
  ],
  [
    COUPON,
    'export const f: paths["/orders"]["post"]["requestBody"]["content"]["application/json"]["coupon"] = "";',
  ],
  [COUPON, 'export const f: components["schemas"]["NewOrder"]["coupon"] = "";'],
  [
    TOTAL,
    'export const f = (o: operations["getOrder"]["responses"][200]["content"]["application/json"]) =>',
    "o.total * 2;",
  ],
  [COUPON, "export const f = newOrderFixtures.withoutCoupon;"],
];

it("finds the cause in what an ordinary piece of code names", async () => {
  const modules = BROKEN.map(([, ...code], index) => [
    `m${index}.ts`,
    `import type { Order } from "shop"; import type { components, operations, paths } from "shop/openapi"; import { newOrderFixtures } from "shop/fixtures";
${code.join("\n")}
`,
  ]);
  const { breaks } = await told(CHANGED, Object.fromEntries(modules));
  expect(breaks.map((each) => each.replace(/ TS\d+/, ""))).toEqual(
    BROKEN.map(([cause, ...code], index) => `m${index}.ts:${code.length + 1} ${cause}`),
  );
});

it.each([
  ['components["schemas"]["NewOrder"]["sku"]', [NOTE, TOTAL]],
  ['paths["/orders/{id}"]["get"]', [COUPON]],
  ['operations["createOrder"]["requestBody"]', []],
])("takes what %s leads to as used", async (type, untouched) => {
  const text = `import type { components, operations, paths } from "shop/openapi";\nexport type T = ${type};\n`;
  const found = await told(CHANGED, { "main.ts": text });
  expect([found.breaks, found.untouched.toSorted()]).toEqual([[], untouched]);
});

it("takes what the validators of an operation hold as used", async () => {
  const text =
    'import { getOrderValidators } from "shop/validators";\nexport const held = getOrderValidators;\n';
  expect(await told(CHANGED, { "main.ts": text })).toMatchObject({ breaks: [], untouched: [COUPON] });
});

/** A shop whose orders are in some state. */
const inState = (...values: string[]) =>
  shop({
    Order: { type: "object", required: ["state"], properties: { state: { enum: values } } },
    NewOrder: {},
  });

it("says why a version asks for less than the code needs", async () => {
  const cwd = emptyFolder();
  linkDependencies(cwd);
  writeFiles(cwd, [
    { path: "base.yaml", text: inState("open", "closed") },
    { path: "head.yaml", text: inState("open") },
    {
      path: "clientsmith.config.mjs",
      text: 'export default { apis: { shop: { input: "head.yaml" } } };',
    },
    { path: "tsconfig.json", text: JSON.stringify({ compilerOptions: COMPILER_OPTIONS }) },
    {
      path: "main.ts",
      text: `import type { Order } from "shop";
export const isDone = (order: Order) => order.state === "closed";
`,
    },
  ]);
  const formats = ["--format", "text", "--format", "markdown=report.md", "--format", "html=report.html"];
  const { out } = await cli(cwd, "diff", "base.yaml", "head.yaml", "--consumer", "tsconfig.json", ...formats);
  expect(out).toContain("The package needs a minor version");
  expect(out).toContain("main.ts:2:41  TS2367");
  const remark =
    "The version does not count this: of the types that it compares, the new ones do wherever the old ones did";
  expect(out).toContain(remark);
  for (const name of ["report.md", "report.html"])
    expect(readFileSync(join(cwd, name), "utf8")).toContain(remark);
});

const tagged = (kind: string) => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { const: kind } },
});
const oneOf = (...names: string[]) => names.map((name) => ({ $ref: `#/components/schemas/${name}` }));

it("an alternative that has come, which only the new document has, stops what was exhaustive", async () => {
  const line = {
    type: "object",
    required: ["line"],
    properties: { line: { $ref: "#/components/schemas/Line" } },
  };
  const base = {
    Order: line,
    Line: { oneOf: oneOf("Piece", "Set") },
    Piece: tagged("piece"),
    Set: tagged("set"),
  };
  const head = { Line: { oneOf: oneOf("Piece", "Set", "Gift") }, Gift: tagged("gift") };
  const main = `import type { Line } from "shop";
export function told(line: Line): string {
  switch (line.kind) {
    case "piece": return "one";
    case "set": return "some";
    default: { const rest: never = line; return rest; }
  }
}
export const TEXTS: Record<Line["kind"], string> = { piece: "one", set: "some" };
`;
  const { breaks } = await told(head, { "main.ts": main }, { base });
  expect(breaks).toEqual([
    "main.ts:6 TS2322 response-property-alternative-added",
    "main.ts:9 TS2741 response-property-alternative-added",
  ]);
});

const taking = (name: string, sku: JsonValue): string =>
  JSON.stringify({
    ...(JSON.parse(
      shop({ [name]: { type: "object", properties: { sku, coupon: { type: "string" } } } }),
    ) as object),
    paths: {
      "/orders": {
        post: { operationId: "createOrder", requestBody: { content: json(name) }, responses: {} },
      },
    },
  });

it("a name that is exported no more is so by its rename, and not by what has changed inside of it", async () => {
  const main = `import { createOrder, type NewOrder } from "shop";
export const send = (body: NewOrder) => createOrder({ body });
`;
  const { breaks } = await toldOf(
    { base: taking("NewOrder", { type: "string" }), head: taking("Draft", { type: "integer" }) },
    { "main.ts": main },
  );
  expect(breaks).toEqual(["main.ts:1 TS2305 nothing"]);
});
