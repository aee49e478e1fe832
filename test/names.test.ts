import { upgradedAlone } from "./support/shape.js";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { camelCase, fileNames, isUsable, pascalCase } from "../generator/emit/identifiers.js";
import { chooseNames, tagPart, type PackageNames } from "../generator/emit/names.js";
import { OpenEnums } from "../generator/emit/open-enums.js";
import { pinnedFromJson, pinnedToJson, schemaKey, type PinnedNames } from "../generator/emit/pinned.js";
import { buildModel } from "../generator/model/build.js";
import type { JsonObject } from "../generator/source/json.js";
import type { SourceDocument } from "../generator/source/source.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

describe("words become identifiers", () => {
  const LONG = "x".repeat(300);

  it.each([
    ["list-users", "ListUsers", "listUsers"],
    ["Billing subscription", "BillingSubscription", "billingSubscription"],
    ["URLList", "URLList", "urlList"],
    ["API key", "APIKey", "apiKey"],
    ["X-Rate", "XRate", "xRate"],
    ["a v100", "AV100", "aV100"],
    ["x APIkey", "XAPIkey", "xAPIkey"],
    ["a b c", "ABC", "aBC"],
    ["größe abrufen", "GrößeAbrufen", "größeAbrufen"],
    ["2fa", "_2fa", "_2fa"],
    ["__proto__", "Proto_", "proto_"],
    ["🎉", "Unnamed", "unnamed"],
    ["🎉 a", "A", "a"],
    ["a\0b", "AB", "aB"],
    ["", "Unnamed", "unnamed"],
    ["𝒜𝒷", "𝒜𝒷", "𝒜𝒷"],
  ])("%j", (words, pascal, camel) => {
    expect([pascalCase(words), camelCase(words)]).toEqual([pascal, camel]);
  });

  it("have no letter that TypeScript does not know, whichever Unicode this Node.js goes by", () => {
    const letters = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter((text) =>
      /\p{ID_Continue}/u.test(text),
    );
    const unread = letters.filter((letter) =>
      Array.from(pascalCase(`a${letter}`)).some(
        (each) => !ts.isIdentifierPart(each.codePointAt(0)!, ts.ScriptTarget.Latest),
      ),
    );
    expect(unread).toEqual([]);
    expect(pascalCase("\u{323b0}a\u1c89b")).toBe("AB");
    expect(isUsable("\u{323b0}")).toBe(false);
  });

  it("long ones are cut, and told apart by what was cut off", () => {
    const names = [
      LONG,
      `${LONG}y`,
      `${LONG}z`,
      `y${LONG}`,
      "𝒜".repeat(200),
      "a".repeat(119) + "𝒜".repeat(10),
    ].map(pascalCase);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(120);
      expect(name).toMatch(/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u);
    }
    expect(pascalCase(LONG)).toBe(`X${"x".repeat(104)}X11hejo515zezpw`);
    expect(pascalCase("x".repeat(120))).toBe(`X${"x".repeat(119)}`);
    expect(camelCase(pascalCase(LONG))).toHaveLength(120);
  });
});

it("words become names of files, which differ in more than case and mean nothing to a system", () => {
  const x = "x".repeat(79);
  const files = {
    BillingSubscription: "billing-subscription",
    URLList2Go: "url-list2-go",
    "a/b\\..c": "a-b-c",
    ABC: "abc",
    abc: "abc2",
    Con: "con-",
    com1: "com1-",
    "🎉": "unnamed",
    [`${x}yzz`]: `${x}y`,
    [`${x} zz`]: x,
    Größe: "größe",
  };
  expect(Object.fromEntries(fileNames(Object.keys(files)))).toEqual(files);
});

it.each([
  [["a", "b"], "/x", "a operations"],
  [[], "/v1/users/{id}", "users operations"],
  [[], "/v2beta/{id}/things", "things operations"],
  [[], "/{id}", " operations"],
])("operations with the tags %j at %s share a file: %s", (tags, path, part) => {
  expect(tagPart({ tags, path })).toBe(part);
});

/** Names that collide when they are made identifiers, or with what follows from another, or mean something to JavaScript. */
const WORDS = [
  ..."foo-bar fooBar foo_bar FooBar foobar FOO_BAR foo.bar fooBar2 foo-bar-2 Foo foo fooSchema FooSchema buildFoo BuildFoo".split(
    " ",
  ),
  ..."FooArgs fooFixtures FooFixtures invalidFooFixtures mockFoo FooAnswer FooResult fooOperation fooBarFixtures URLList UrlList".split(
    " ",
  ),
  ..."Response ResponseModel then Then constructor __proto__ toString delete 2fa _2fa 🎉 💥 größe a v100 TestClient createTestClient".split(
    " ",
  ),
  "a v100",
  "NUL",
  "nul\0",
  "x".repeat(300),
  "x".repeat(299) + "y",
];

/** A document by what collides in it: schemas, operations with an operationId, and operations without. */
type Plan = {
  readonly schemas: readonly string[];
  readonly ids: readonly string[];
  readonly paths: readonly string[];
};

const words = fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 12 });
const plan = fc.record({ schemas: words, ids: words, paths: words });

function union(a: Plan, b: Plan): Plan {
  const both = (key: keyof Plan) => [...new Set([...a[key], ...b[key]])];
  return { schemas: both("schemas"), ids: both("ids"), paths: both("paths") };
}

const RESPONSES = {
  "200": { $ref: "#/components/responses/Shared" },
  "201": { description: "Own.", content: { "application/json": { schema: { type: "object" } } } },
};

function documentOf({ schemas, ids, paths }: Plan): JsonObject {
  const identified = ids.map(
    (id) => [`/id/${encodeURIComponent(id)}`, { post: { operationId: id, responses: RESPONSES } }] as const,
  );
  const plain = paths.map(
    (word) => [`/${encodeURIComponent(word)}`, { get: { responses: RESPONSES } }] as const,
  );
  return {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: Object.fromEntries([...identified, ...plain]),
    components: {
      schemas: Object.fromEntries(schemas.map((name) => [name, { type: "string" }] as const)),
      responses: {
        Shared: { description: "Shared.", content: { "application/json": { schema: { type: "array" } } } },
      },
    },
  };
}

/** The names by the key that they are pinned by, and the pins as they come back from a manifest. */
type Named = {
  readonly names: ReadonlyMap<string, object>;
  readonly all: readonly string[];
  readonly pins: PinnedNames;
};

function nameOf(value: JsonObject, pinned?: PinnedNames): Named {
  const document: SourceDocument = {
    id: "specs/api.yaml",
    text: "",
    value,
    locate: () => ({ line: 1, column: 1 }),
  };
  const { value: model } = buildModel(upgradedAlone(document), document.id);
  const names = chooseNames(model!, { api: "test", openEnums: OpenEnums.of(model!, true), pinned });
  const pins = JSON.parse(JSON.stringify(pinnedToJson(names.pinned))) as unknown;
  return { names: byKey(names), all: allOf(names), pins: pinnedFromJson(pins) };
}

function byKey({ schemas, operations }: PackageNames): Map<string, object> {
  return new Map<string, object>([
    ...[...schemas].map(([id, names]) => [id, names] as const),
    ...[...operations].map(([{ method, path }, names]) => [`${method} ${path}`, names] as const),
  ]);
}

function allOf({ api, schemas, operations }: PackageNames): string[] {
  const schemaNames = [...schemas.values()].flatMap((names) => [...new Set(Object.values(names))]);
  const operationNames = [...operations.values()].flatMap(({ headers, parameters, ...names }) => [
    ...Object.values(names),
    ...headers.values(),
    ...(parameters === "" ? [] : [parameters]),
  ]);
  return [...Object.values(api), ...schemaNames, ...operationNames];
}

const RUNS = { seed: 1, numRuns: 300 };

describe("names of a document", () => {
  it("are identifiers, none twice", () => {
    fc.assert(
      fc.property(plan, (each) => {
        const { all } = nameOf(documentOf(each));
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((name) => !/^[\p{ID_Start}$_][\p{ID_Continue}$]{0,150}$/u.test(name))).toEqual([]);
        expect(all.filter((name) => ["then", "__proto__", "delete", "Response"].includes(name))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("are the same again when they are pinned", () => {
    fc.assert(
      fc.property(plan, (each) => {
        const first = nameOf(documentOf(each));
        const second = nameOf(documentOf(each), first.pins);
        expect(second).toEqual(first);
      }),
      RUNS,
    );
  });

  it("stay when schemas and operations are added, and again when more are", () => {
    let renamed = 0;
    fc.assert(
      fc.property(plan, plan, plan, (base, more, most) => {
        const plans = [base, union(base, more), union(union(base, more), most)];
        let last = nameOf(documentOf(plans[0]!));
        for (const each of plans.slice(1)) {
          const next = nameOf(documentOf(each), last.pins);
          for (const [key, names] of last.names) expect(next.names.get(key), key).toEqual(names);
          expect(new Set(next.all).size).toBe(next.all.length);
          expect(nameOf(documentOf(each), next.pins)).toEqual(next);
          const unpinned = nameOf(documentOf(each));
          renamed += [...last.names].some(
            ([key, names]) => JSON.stringify(unpinned.names.get(key)) !== JSON.stringify(names),
          )
            ? 1
            : 0;
          last = next;
        }
      }),
      { ...RUNS, numRuns: 120 },
    );
    // Without pins, most of these additions would rename something.
    expect(renamed).toBeGreaterThan(50);
  });

  it("stay when others go, and what is gone is pinned no longer", () => {
    fc.assert(
      fc.property(plan, plan, (base, more) => {
        const first = nameOf(documentOf(union(base, more)));
        const second = nameOf(documentOf(base), first.pins);
        for (const [key, names] of second.names) expect(names, key).toEqual(first.names.get(key));
        expect(
          [...second.pins.schemas.keys()].filter((key) => key.startsWith("#/components/schemas/")),
        ).toHaveLength(base.schemas.length);
        expect(second.pins.operations.size).toBe(base.ids.length + base.paths.length);
      }),
      RUNS,
    );
  });

  it("take no name from a manifest that is no identifier, reserved, or given twice", () => {
    const pin = fc.oneof(
      fc.constantFrom(
        "",
        "a b",
        "a;b",
        "class",
        "then",
        "__proto__",
        "Foo",
        "foo",
        "TestClient",
        "x".repeat(1_000),
        "A = 1, B",
        "a\u2028b",
      ),
      fc.string(),
      fc.dictionary(
        fc.constantFrom("type", "function", "fixtures", "args", "constructor"),
        fc.constantFrom("Foo", "class", "a b", "fooFixtures"),
      ),
    );
    const pins = fc.dictionary(fc.constantFrom(...WORDS), pin, { noNullPrototype: true });
    fc.assert(
      fc.property(plan, pins, pins, (each, schemas, operations) => {
        const keyed = Object.fromEntries(
          Object.entries(schemas).map(([name, value]) => [`#/components/schemas/${name}`, value]),
        );
        const pinned = pinnedFromJson({ schemas: keyed, operations });
        const { all } = nameOf(documentOf(each), pinned);
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((name) => !/^[\p{ID_Start}$_][\p{ID_Continue}$]{0,300}$/u.test(name))).toEqual([]);
        expect(all.filter((name) => ["then", "__proto__", "class"].includes(name))).toEqual([]);
      }),
      RUNS,
    );
  });
});

it("a body's own schema is called after its operation, or after what operations share, and its media type where others describe another", () => {
  const body = { type: "object" };
  const content = {
    "application/xml": { schema: { ...body, title: "XML" } },
    "text/*": { schema: { ...body, title: "Text" } },
    "text/json": { schema: body },
    "application/json": { schema: body },
    "application/cbor": { schema: { $ref: "#/components/schemas/Thing" } },
  };
  const json = { "application/json": { schema: body } };
  const { names } = nameOf({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {
      // The reference comes first: what it names is called after its operation all the same.
      "/a": {
        put: {
          operationId: "putA",
          requestBody: { $ref: "#/components/requestBodies/Thing" },
          responses: {
            "200": {
              description: "",
              content: {
                "application/json": {
                  schema: { $ref: "#/paths/~1b/get/responses/200/content/application~1json/schema" },
                },
              },
            },
            "404": { $ref: "#/components/responses/NotFound" },
            "410": { $ref: "#/components/responses/GoneResponse" },
            "500": { $ref: "#/components/responses/500" },
          },
        },
      },
      "/b": { get: { operationId: "getB", responses: { "200": { description: "", content } } } },
    },
    components: {
      schemas: { Thing: body },
      requestBodies: { Thing: { content: json } },
      responses: {
        NotFound: { description: "", content: json },
        GoneResponse: { description: "", content: json },
        "500": { description: "", content: json },
      },
    },
  });
  expect([...names.values()].flatMap((each) => ("type" in each ? [each.type] : []))).toEqual([
    "ThingBody",
    "PutAResponse500",
    "GoneResponse",
    "NotFoundResponse",
    "Thing",
    "GetBResponse200",
    "GetBResponse200Xml",
    "GetBResponse200Text",
  ]);
});

it("a schema is known by its place from the entry on, wherever that is read from", () => {
  expect(schemaKey("specs/api.yaml#/components/schemas/A", "specs/api.yaml")).toBe("#/components/schemas/A");
  expect(schemaKey("specs/common/a.yaml#/A", "specs/api.yaml")).toBe("common/a.yaml#/A");
  expect(schemaKey("common/a.yaml#/A", "specs/v1/api.yaml")).toBe("../../common/a.yaml#/A");
  expect(schemaKey("../specs/a.yaml#/A", "../specs/api.yaml")).toBe("a.yaml#/A");
  expect(schemaKey("/x/specs/a.yaml#/A/b~1c", "/x/specs/api.yaml")).toBe("a.yaml#/A/b~1c");
});

const types = (folder: string) => readFileSync(join(folder, "generated/api/src/types.ts"), "utf8");
const manifestOf = (folder: string) => join(folder, "generated/api/clientsmith.json");

const document = (schemas: string, paths = "") => `openapi: 3.1.0
info: { title: T, version: "1" }
paths:${paths || " {}"}
components:
  schemas:
${schemas}`;

describe("on disk", () => {
  const OLD = "    foo_bar: { type: string }\n";
  const NEW = "    foo-bar: { type: integer }\n    fooBar: { type: boolean }\n";

  it("a schema that sorts before an old one, and collides with it, renames nothing", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/api.yaml", text: document(OLD) }]);
    await cli(folder, "generate");
    expect(types(folder)).toContain("export type FooBar = string;");
    writeFileSync(join(folder, "specs/api.yaml"), document(NEW + OLD));
    expect(await cli(folder, "generate")).toMatchObject({ code: 0 });
    expect(types(folder)).toContain("export type FooBar = string;");
    expect(types(folder)).toContain("export type FooBar2 = number;");
    const { names } = JSON.parse(readFileSync(manifestOf(folder), "utf8")) as { names: unknown };
    expect(names).toEqual({
      schemas: {
        "#/components/schemas/foo-bar": "FooBar2",
        "#/components/schemas/fooBar": "FooBar3",
        "#/components/schemas/foo_bar": "FooBar",
      },
      operations: {},
    });
    expect(await cli(folder, "check")).toMatchObject({ code: 0 });
    writeFileSync(join(folder, "specs/api.yaml"), document(OLD));
    await cli(folder, "generate");
    expect(readFileSync(manifestOf(folder), "utf8")).not.toContain("foo-bar");
  });

  it("a name that was taken where it follows from another is kept, too", async () => {
    const folder = emptyFolder();
    const paths = "\n  /foo: { get: { operationId: foo, responses: { '204': { description: None. } } } }";
    writeFiles(folder, [{ path: "specs/api.yaml", text: document("    Foo: { type: string }\n", paths) }]);
    await cli(folder, "generate");
    const { names } = JSON.parse(readFileSync(manifestOf(folder), "utf8")) as { names: unknown };
    expect(names).toEqual({
      schemas: { "#/components/schemas/Foo": "Foo" },
      operations: { foo: { function: "foo", fixtures: "fooFixtures2" } },
    });
  });

  it("a manifest edited by hand breaks nothing", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/api.yaml", text: document(OLD) }]);
    await cli(folder, "generate");
    const good = readFileSync(manifestOf(folder), "utf8");
    for (const name of ["1", "class", "a; alert(1)", "", null, 7, ["FooBar"], { type: "x y" }]) {
      const manifest = JSON.parse(good) as { names: { schemas: Record<string, unknown> } };
      manifest.names.schemas["#/components/schemas/foo_bar"] = name;
      writeFileSync(manifestOf(folder), JSON.stringify(manifest));
      expect(await cli(folder, "generate")).toMatchObject({ code: 0 });
      expect(readFileSync(manifestOf(folder), "utf8")).toBe(good);
    }
    for (const names of [undefined, null, 7, [], { schemas: null }, { schemas: [], operations: "x" }]) {
      writeFileSync(manifestOf(folder), JSON.stringify({ ...(JSON.parse(good) as object), names }));
      expect(await cli(folder, "generate")).toMatchObject({ code: 0 });
      expect(readFileSync(manifestOf(folder), "utf8")).toBe(good);
    }
    expect(types(folder)).toContain("export type FooBar = string;");
  });

  it.each(["<<<<<<< HEAD\n{}", "", "null", "{}", '{ "files": 1 }'])(
    "a manifest that is damaged (%j) is an error that names it: nothing is written, also with --force, and names stay",
    async (damaged) => {
      const folder = emptyFolder();
      writeFiles(folder, [{ path: "specs/api.yaml", text: document(OLD) }]);
      await cli(folder, "generate");
      writeFileSync(join(folder, "specs/api.yaml"), document(NEW + OLD));
      await cli(folder, "generate");
      const good = readFileSync(manifestOf(folder), "utf8");
      writeFileSync(manifestOf(folder), damaged);
      for (const argv of [["check"], ["generate"], ["generate", "--force"]])
        expect(await cli(folder, ...argv)).toEqual({
          code: 2,
          out: "",
          err: `error: ${manifestOf(folder)} is not what clientsmith writes: restore it (in a merge, take all of it from one side), for it keeps the names of the package\n`,
        });
      expect(readFileSync(manifestOf(folder), "utf8")).toBe(damaged);
      writeFileSync(manifestOf(folder), good);
      expect(await cli(folder, "check")).toMatchObject({ code: 0 });
      expect(types(folder)).toContain("export type FooBar = string;");
    },
  );
});
