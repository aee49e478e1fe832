import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonValue } from "../../generator/source/json.js";
import { compileText } from "../support/compile.js";
import { linkDependencies, writeFiles } from "../support/workspace.js";
import { installPackages } from "../corpus/sources.js";

/** `npm run bench:validators`: see README.md beside this file. */

const SCHEMAS = {
  Owner: {
    type: "object",
    required: ["id", "name", "email"],
    properties: {
      id: { type: "string", format: "uuid" },
      name: { type: "string", minLength: 1, maxLength: 100 },
      email: { type: "string", format: "email" },
      age: { type: "integer", minimum: 0, maximum: 150 },
    },
  },
  Order: {
    type: "object",
    required: ["id", "status", "lines", "owner"],
    properties: {
      id: { type: "integer" },
      status: { type: "string", enum: ["open", "paid", "sent", "gone"] },
      note: { type: ["string", "null"] },
      createdAt: { type: "string", format: "date-time" },
      owner: { $ref: "#/components/schemas/Owner" },
      lines: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          required: ["sku", "count", "price"],
          properties: {
            sku: { type: "string", pattern: "^[A-Z]{3}-\\d+$" },
            count: { type: "integer", minimum: 1 },
            price: { type: "number", minimum: 0 },
          },
        },
      },
    },
  },
  Event: {
    oneOf: [
      {
        type: "object",
        required: ["type", "order"],
        properties: { type: { const: "placed" }, order: { $ref: "#/components/schemas/Order" } },
      },
      {
        type: "object",
        required: ["type", "reason"],
        properties: { type: { const: "failed" }, reason: { type: "string" } },
      },
    ],
  },
} as const;
type Name = keyof typeof SCHEMAS;
const NAMES = Object.keys(SCHEMAS) as Name[];

const OWNER = { id: "95b11417-f18f-457f-8804-68e361f9164f", name: "Ada", email: "ada@example.com", age: 36 };
const LINES = Array.from({ length: 10 }, (_, index) => ({ sku: `ABC-${index}`, count: 2, price: 9.5 }));
const ORDER = {
  id: 1,
  status: "paid",
  note: null,
  createdAt: "2026-01-15T09:30:00Z",
  owner: OWNER,
  lines: LINES,
};
/** A valid and an invalid value of each, the fault deep inside. */
const VALUES: { readonly [N in Name]: readonly [valid: unknown, invalid: unknown] } = {
  Owner: [OWNER, { ...OWNER, email: "none" }],
  Order: [ORDER, { ...ORDER, lines: [...LINES, { sku: "x", count: 0, price: 1 }] }],
  Event: [
    { type: "placed", order: ORDER },
    { type: "placed", order: { ...ORDER, owner: { ...OWNER, age: -1 } } },
  ],
};

/** The same schemas by hand, as a user of zod writes them. */
const ZOD = `import { z } from "zod";
export const Owner = z.object({ id: z.uuid(), name: z.string().min(1).max(100), email: z.email(), age: z.int().min(0).max(150).optional() });
export const Order = z.object({
  id: z.int(), status: z.enum(["open", "paid", "sent", "gone"]), note: z.string().nullable().optional(),
  createdAt: z.iso.datetime({ offset: true }).optional(), owner: Owner,
  lines: z.array(z.object({ sku: z.string().regex(/^[A-Z]{3}-\\d+$/), count: z.int().min(1), price: z.number().min(0) })).min(1),
});
export const Event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("placed"), order: Order }), z.object({ type: z.literal("failed"), reason: z.string() }),
]);
`;

type Validate = (value: unknown) => boolean;
type Contestant = {
  readonly name: string;
  readonly validators: { readonly [N in Name]: Validate };
  /** Of a bundle that validates by one schema, minified. */
  readonly bundle: (schema: Name) => string | undefined;
};

const folder = mkdtempSync(join(tmpdir(), "clientsmith-bench-"));
linkDependencies(folder);
const peers = installPackages({
  zod: { version: "4.6.7", folder: "." },
  esbuild: { version: "0.28.2", folder: "." },
});
const esbuild = join(peers, "esbuild/bin/esbuild");

/** The text of a module and of all that it imports, minified. */
function bundled(name: string, entry: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, entry);
  const args = [
    path,
    "--bundle",
    "--minify",
    "--format=esm",
    "--platform=neutral",
    "--main-fields=module,main",
  ];
  return execFileSync(esbuild, args, { encoding: "utf8", env: { ...process.env, NODE_PATH: peers } });
}

function nameOf(schema: Name): string {
  return `${schema.toLowerCase()}Schema`;
}

async function ours(): Promise<Contestant> {
  const document = {
    openapi: "3.1.0",
    info: { title: "Bench", version: "1" },
    paths: {},
    components: { schemas: SCHEMAS as unknown as JsonValue },
  };
  const { files = [] } = await compileText(JSON.stringify(document), { name: "ours", openapi: false });
  writeFiles(
    folder,
    files.map(({ path, text }) => ({ path: `ours/${path}`, text })),
  );
  const path = join(folder, "ours/src/validators.ts");
  const module = (await import(pathToFileURL(path).href)) as Record<
    string,
    { issues: (value: unknown) => readonly unknown[] }
  >;
  return {
    name: "clientsmith",
    validators: byName((schema) => {
      const { issues } = module[nameOf(schema)]!;
      return (value) => issues(value).length === 0;
    }),
    bundle: (schema) =>
      bundled(
        "ours",
        `import { ${nameOf(schema)} as schema } from ${JSON.stringify(path)}; export const check = (value) => schema.issues(value);`,
      ),
  };
}

async function ajvRuntime(): Promise<Contestant> {
  const ajv = await newAjv();
  const list = byName((name) => ajv.getSchema(`${name}.json`) as Validate);
  return {
    name: "ajv, compiled at run time",
    validators: list,
    bundle: (schema) =>
      bundled(
        "ajv",
        `import { Ajv2020 } from "ajv/dist/2020.js"; import addFormats from "ajv-formats"; const ajv = new Ajv2020({ strict: false, allErrors: true });
         (addFormats.default ?? addFormats)(ajv); for (const each of ${JSON.stringify(ajvSchemas(schema))}) ajv.addSchema(each); export const check = (value) => ajv.getSchema("${schema}.json")(value);`,
      ),
  };
}

async function ajvStandalone(): Promise<Contestant> {
  const { default: standalone } = (await import("ajv/dist/standalone/index.js")) as unknown as {
    default: { default: (ajv: Ajv2020, schema: unknown) => string };
  };
  const write = async (schema: Name) => {
    const ajv = await newAjv({ code: { source: true, esm: true } });
    const path = join(folder, `standalone-${schema}.cjs`);
    const cjs = await newAjv({ code: { source: true } });
    writeFileSync(path, standalone.default(cjs, cjs.getSchema(`${schema}.json`)));
    return { path, text: standalone.default(ajv, ajv.getSchema(`${schema}.json`)) };
  };
  const written = new Map<Name, Awaited<ReturnType<typeof write>>>();
  for (const schema of NAMES) written.set(schema, await write(schema));
  const require = createRequire(join(folder, "x.cjs"));
  return {
    name: "ajv, standalone",
    validators: byName((schema) => require(written.get(schema)!.path) as Validate),
    bundle: (schema) => bundled("standalone", written.get(schema)!.text),
  };
}

async function newAjv(options: object = {}): Promise<Ajv2020> {
  const { Ajv2020: Ajv } = await import("ajv/dist/2020.js");
  const { default: addFormats } = (await import("ajv-formats")) as unknown as {
    default: ((ajv: unknown) => void) & { default?: (ajv: unknown) => void };
  };
  // As ours: all that is wrong is told.
  const ajv = new Ajv({ strict: false, allErrors: true, ...options });
  (addFormats.default ?? addFormats)(ajv);
  for (const schema of ajvSchemas()) ajv.addSchema(schema);
  return ajv;
}

function ajvSchemas(entry?: Name): object[] {
  const text = (name: Name) =>
    JSON.stringify(SCHEMAS[name]).replace(/#\/components\/schemas\/(\w+)/g, "$1.json");
  const needed = (name: Name): Name[] => [
    name,
    ...NAMES.filter((other) => text(name).includes(`"${other}.json"`)).flatMap(needed),
  ];
  const names = entry ? [...new Set(needed(entry))] : NAMES;
  return names.map((name) => ({ ...(JSON.parse(text(name)) as object), $id: `${name}.json` }));
}

async function zod(): Promise<Contestant> {
  const path = join(peers, "clientsmith-bench-zod.mjs");
  writeFileSync(path, ZOD);
  const module = (await import(pathToFileURL(path).href)) as Record<
    Name,
    { safeParse: (value: unknown) => { success: boolean } }
  >;
  return {
    name: "zod",
    validators: byName((schema) => (value) => module[schema].safeParse(value).success),
    bundle: (schema) =>
      bundled(
        "zod",
        `import { ${schema} as schema } from ${JSON.stringify(path)}; export const check = (value) => schema.safeParse(value);`,
      ),
  };
}

function byName(make: (schema: Name) => Validate): { readonly [N in Name]: Validate } {
  return Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Record<Name, Validate>;
}

const MEASURE_MS = 300;

/** Validations a second: the best of several rounds, since other work only ever slows one down. */
function throughput(validate: Validate, value: unknown, isValid: boolean): number {
  if (validate(value) !== isValid) throw new Error(`the verdict is wrong: ${JSON.stringify(value)}`);
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const end = performance.now() + MEASURE_MS / 5;
    const started = performance.now();
    let count = 0;
    while (performance.now() < end) for (let each = 0; each < 200; each++, count++) validate(value);
    best = Math.max(best, count / (performance.now() - started));
  }
  return best * 1000;
}

function thousands(number: number): string {
  return `${Math.round(number / 1000).toLocaleString("en")} k`.padStart(10);
}

const contestants = [await ours(), await ajvRuntime(), await ajvStandalone(), await zod()];
process.stdout.write(
  `${"".padEnd(28)}${"valid/s".padStart(10)}${"invalid/s".padStart(11)}${"bytes, minified and gzipped".padStart(30)}\n`,
);
for (const schema of NAMES) {
  process.stdout.write(`${schema}\n`);
  const [valid, invalid] = VALUES[schema];
  for (const { name, validators, bundle } of contestants) {
    const figures = [
      throughput(validators[schema], valid, true),
      throughput(validators[schema], invalid, false),
    ];
    const bytes = gzipSync(bundle(schema) ?? "", { level: 9 }).length;
    process.stdout.write(
      `  ${name.padEnd(26)}${figures.map(thousands).join(" ")}${bytes.toLocaleString("en").padStart(30)}\n`,
    );
  }
}
rmSync(folder, { recursive: true, force: true });
