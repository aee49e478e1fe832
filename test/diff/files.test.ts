import { describe, expect, it } from "vitest";
import { cli, type CliRun } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

/** Documents of several files, each schema in a file of its own: what stands at the same pointer of two files is not the same. */

type Report = {
  readonly verdict: string;
  readonly bump: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly message: string;
    readonly fingerprint: string;
    readonly operations: readonly string[];
    readonly head?: { readonly file: string; readonly pointer: string };
  }[];
  readonly typescript: readonly {
    readonly kind: string;
    readonly symbol: string;
    readonly finding?: string;
  }[];
};

type Files = { readonly [path: string]: unknown };

async function reportOf(base: Files, head: Files): Promise<Report> {
  const { out, err } = await review(base, head, "json");
  expect(err).toBe("");
  return JSON.parse(out) as Report;
}

async function review(base: Files, head: Files, format: string): Promise<CliRun> {
  const cwd = emptyFolder();
  const side = (name: string, files: Files) =>
    Object.entries(files).map(([path, value]) => ({
      path: `${name}/${path}`,
      text: JSON.stringify(value, undefined, 2),
    }));
  writeFiles(cwd, [...side("base", base), ...side("head", head)]);
  return cli(cwd, "diff", "base/api.yaml", "head/api.yaml", "--format", format);
}

const pet = (kind: string, more: object = {}, name: object = { maxLength: 50 }) => ({
  title: kind,
  type: "object",
  required: [kind],
  properties: { [kind]: { type: "string" }, name: { type: "string", ...name } },
  ...more,
});

const json = (schema: object) => ({ "application/json": { schema } });
const cat = { $ref: "Cat.yaml" };
const dog = { $ref: "Dog.yaml" };
const both = { type: "object", properties: { cat, dog } };

function api(schema: object, title = "Pets"): object {
  const post = (operationId: string) => ({
    operationId,
    requestBody: { required: true, content: json(schema) },
    responses: { "204": { description: "taken" } },
  });
  return {
    openapi: "3.1.0",
    info: { title, version: "1" },
    paths: { "/pets": { post: post("addPet") }, "/wishes": { post: post("addWish") } },
  };
}

const files = (schema: object, more: Files = {}): Files => ({
  "api.yaml": api(schema),
  "Cat.yaml": pet("meows"),
  "Dog.yaml": pet("barks"),
  ...more,
});

const mapped = (mapping: object) => ({
  oneOf: [cat, dog],
  discriminator: { propertyName: "kind", mapping },
});

const templated = (name: string, responses: object) => {
  const parameters = [{ name, in: "path", required: true, schema: { type: "string" } }];
  const info = { title: "T", version: "1" };
  return {
    "api.yaml": { openapi: "3.1.0", info, paths: { [`/a/{${name}}`]: { get: { parameters, responses } } } },
  };
};

it("what is gone of a path whose template is called otherwise is near what is left of it", async () => {
  const ok = { description: "" };
  const { out } = await review(
    templated("id", { "200": ok, "404": ok }),
    templated("key", { "200": ok }),
    "text",
  );
  expect(out).toMatch(/base base\/api.yaml:\d+:\d+  head nothing; nearest head\/api.yaml:20:9$/m);
});

/** What a path, and what it holds, was when the file that it stands in is gone with it. */
describe("a path in a file of its own that is gone", () => {
  const info = { title: "T", version: "1" };
  const get = { responses: { "200": { description: "", content: json({ $ref: "Card.yaml" }) } } };
  const living = { "/a": { get: { responses: {} } } };
  const entry = (paths: object) => ({ openapi: "3.1.0", info, paths });
  const base = {
    "api.yaml": entry({ ...living, "/cards": { $ref: "paths/all.yaml#/cards" } }),
    "paths/all.yaml": { cards: { $ref: "cards.yaml" }, users: {} },
    "paths/cards.yaml": { get: { ...get, responses: { "200": { $ref: "ok.yaml" } } } },
    "paths/ok.yaml": get.responses["200"],
    "paths/Card.yaml": { type: "object", title: "Card" },
  };

  it.each<[what: string, head: Files, base: string, nearest: string]>([
    ["the paths, where no file has it", { "api.yaml": entry(living) }, "1:1", "head/api.yaml:7:3"],
    [
      "what refers to the file in a file that lives",
      { ...base, "paths/all.yaml": { cards: {}, users: {} } },
      "1:1",
      "head/paths/all.yaml:2:3",
    ],
    [
      "what is left of the file",
      { ...base, "paths/cards.yaml": { put: { responses: {} } } },
      "2:3",
      "head/paths/cards.yaml:1:1",
    ],
  ])("is shown at %s", async (_what, head, place, nearest) => {
    expect((await review(base, head, "text")).out).toContain(
      `base base/paths/cards.yaml:${place}  head nothing; nearest ${nearest}`,
    );
  });

  it("is why the types that it used are gone", async () => {
    const { typescript, findings } = await reportOf(base, { "api.yaml": entry(living) });
    expect(findings.map(({ rule }) => rule)).toEqual(["api-path-removed-without-deprecation"]);
    expect(typescript.map(({ symbol, finding }) => [symbol, finding])).toEqual([
      ["Card", "F1"],
      ["getCards", "F1"],
    ]);
  });
});

const tagged = (...tags: string[]): Files => ({
  "api.yaml": {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {
      "/a": { get: { tags, responses: {} }, put: { tags: [...tags, "x"], responses: {} } },
      "/b": { $ref: "b.yaml" },
    },
  },
  "b.yaml": { get: { tags: ["x", ...tags], responses: {} } },
});

it("a tag is one finding, whichever operations have it", async () => {
  const { findings } = await reportOf(tagged("Users"), tagged("Accounts", "y"));
  const all = ["GET /a", "PUT /a", "GET /b"].toSorted();
  expect(findings.map(({ message, operations }) => [message, operations.toSorted()])).toEqual([
    ['tag "Accounts" is new', all],
    ['tag "y" is new', all],
    ['tag "Users" is gone', all],
  ]);
});

describe("a document of several files", () => {
  it("has a finding for each file in which the same changes, with all operations that it reaches", async () => {
    const shorter = { maxLength: 20 };
    const head = { "Cat.yaml": pet("meows", {}, shorter), "Dog.yaml": pet("barks", {}, shorter) };
    const { findings } = await reportOf(files(both), files(both, head));
    expect(findings.map(({ head: place, operations }) => [place?.file, operations])).toEqual([
      ["head/Cat.yaml", ["POST /pets", "POST /wishes"]],
      ["head/Dog.yaml", ["POST /pets", "POST /wishes"]],
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    const alone = await reportOf(files(both), files(both, { "Dog.yaml": head["Dog.yaml"] }));
    expect(alone.findings.map(({ fingerprint }) => fingerprint)).toEqual([findings[1]!.fingerprint]);
  });

  it("has the types that it had where only words change", async () => {
    const report = await reportOf(files(both), files(both, { "api.yaml": api(both, "All pets") }));
    expect(report).toMatchObject({ bump: "patch", typescript: [] });
  });

  it("means another schema where a mapping leads to another file", async () => {
    const kind = { required: ["kind"], properties: { kind: { type: "string" } } };
    const pets = { "Cat.yaml": pet("meows", kind), "Dog.yaml": pet("barks", kind) };
    const report = await reportOf(
      files(mapped({ c: "Cat.yaml", d: "Dog.yaml" }), pets),
      files(mapped({ c: "Dog.yaml", d: "Cat.yaml" }), pets),
    );
    const rules = report.findings.map(({ rule }) => rule);
    expect(rules).toEqual(rules.map(() => "request-body-discriminator-mapping-changed"));
    expect(rules).not.toEqual([]);
  });

  it("says what an alternative in a file of its own says beside its values", async () => {
    const deprecated = { "Cat.yaml": pet("meows", {}, { maxLength: 50, deprecated: true }) };
    const union = { oneOf: [cat, dog] };
    const { findings } = await reportOf(files(union), files(union, deprecated));
    expect(findings.map(({ rule }) => rule)).toEqual(["request-property-deprecated"]);
  });
});

const q = (maxLength: number, name = "q") => ({ name, in: "query", schema: { type: "string", maxLength } });
const other = { name: "r", in: "query", schema: { type: "string", maxLength: 9 } };
const taking = (...parameters: object[]): Files => ({
  "api.yaml": {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/a/{id}": { parameters, get: { responses: {} }, delete: { responses: {} } } },
    components: {},
  },
});
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const errorsOf = async (base: Files, head: Files) =>
  (await reportOf(base, head)).findings.filter(
    ({ rule }) => rule === "request-parameter-max-length-decreased",
  );

describe("a fingerprint", () => {
  it.each(["q", "$&"])(
    "of a parameter is that of its name, wherever it stands in the list: %s",
    async (name) => {
      const plain = await errorsOf(taking(id, q(9, name)), taking(id, q(5, name)));
      const turned = await errorsOf(taking(id, q(9, name)), taking(q(5, name), other, id));
      expect(plain.map(({ operations }) => operations)).toEqual([["DELETE /a/{id}", "GET /a/{id}"]]);
      expect(turned.map(({ fingerprint }) => fingerprint)).toEqual(
        plain.map(({ fingerprint }) => fingerprint),
      );
      const [elsewhere] = await errorsOf(taking(q(9, "s"), id), taking(q(5, "s"), id));
      expect(elsewhere?.fingerprint).not.toBe(plain[0]?.fingerprint);
    },
  );
});
