import { describe, expect, it } from "vitest";
import { compileText, fileOf } from "../support/compile.js";
import { documentOf } from "../support/review.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

type Report = {
  readonly bump: string;
  readonly findings: readonly { readonly id: string; readonly rule: string }[];
  readonly typescript: readonly {
    readonly symbol: string;
    readonly kind: string;
    readonly message: string;
    readonly before?: string;
    readonly after?: string;
    readonly also?: readonly string[];
    readonly finding?: string;
  }[];
  readonly fixtures: readonly {
    readonly name: string;
    readonly kind: string;
    readonly changes?: readonly string[];
  }[];
};

async function reportOf(base: string, head: string): Promise<Report> {
  const cwd = emptyFolder();
  writeFiles(cwd, [
    { path: "base.yaml", text: base },
    { path: "things.yaml", text: head },
  ]);
  const { out, err } = await cli(cwd, "diff", "base.yaml", "things.yaml", "--format", "json");
  expect(err).toBe("");
  return JSON.parse(out) as Report;
}

/** `removed Thing`, with the rule of the finding that it comes from. */
function impacts({ typescript, findings }: Report): string[] {
  return typescript.map(({ symbol, kind, finding }) => {
    const rule = findings.find(({ id }) => id === finding)?.rule ?? "no finding";
    return `${kind} ${symbol}: ${rule}`;
  });
}

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

/** A document whose requests take a Thing. */
function of(schema: object, schemas: object = {}): string {
  return documentOf(ref("Thing"), { schemas: { Thing: schema, ...schemas }, direction: "request" });
}

/** A document that takes and gives a Thing, with examples of it. */
function withExamples(examples: object): string {
  const content = { "application/json": { schema: ref("Thing"), examples } };
  const document = JSON.parse(documentOf(ref("Thing"), { schemas: { Thing: thing } })) as {
    paths: { "/things": { put: object } };
  };
  Object.assign(document.paths["/things"].put, {
    requestBody: { required: true, content },
    responses: { 200: { description: "", content } },
  });
  return JSON.stringify(document);
}

function state(...values: readonly string[]): object {
  return { ...thing, properties: { ...thing.properties, state: { enum: values } } };
}

/** An operation that takes an id of the type. */
const userBy = (operationId: string, type: string) => {
  const id = { name: "id", in: "path", required: true, schema: { type } };
  return { get: { operationId, parameters: [id], responses: { 204: { description: "" } } } };
};
const withPaths = (paths: object) =>
  JSON.stringify({ openapi: "3.1.0", info: { title: "T", version: "1" }, paths });

const thing = { type: "object", required: ["size"], properties: { size: { type: "integer" } } };

const words = { type: "string" };

const texts = (...names: string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, words])),
});

/** An alternative that `kind` tells from others. */
function tagged(kind: string, ...names: string[]): object {
  const { type, properties } = texts(...names);
  return { type, required: ["kind"], properties: { kind: { const: kind }, ...properties } };
}

function nested(depth: number, inner: object): object {
  return depth === 0 ? inner : { type: "object", properties: { in: nested(depth - 1, inner) } };
}

function noted(more: object = {}): object {
  return { ...thing, properties: { ...thing.properties, ...more } };
}

function named(schema: object, direction: "request" | "response"): string {
  return documentOf(ref("Thing"), { schemas: { Thing: schema, Base: noted({ note: words }) }, direction });
}

/** A document with an operation that has parameters, and a body or none. */
function asking(
  parameters: readonly { readonly name: string; readonly required?: boolean; readonly schema?: object }[],
  requestBody?: object,
): string {
  const put = {
    operationId: "putThing",
    parameters: parameters.map((each) => ({ in: "query", schema: words, ...each })),
    ...(requestBody && { requestBody }),
    responses: { 204: { description: "" } },
  };
  return JSON.stringify({ ...(JSON.parse(documentOf(thing)) as object), paths: { "/things": { put } } });
}

/** A document whose responses hold a list of objects that have no name. */
function held(...names: string[]): string {
  const properties = Object.fromEntries(names.map((name) => [name, words]));
  return named(noted({ list: { type: "array", items: { type: "object", properties } } }), "response");
}

/** What is changed, from which finding, and what the compiler says of it. */
async function changesOf(base: string, head: string): Promise<string[][]> {
  const report = await reportOf(base, head);
  const all = impacts(report);
  return report.typescript.map(({ message }, index) => [all[index]!, message]);
}

const oneOf = (first: object, second: object) => documentOf({ oneOf: [first, second] });
const filter = (...names: string[]) => asking([{ name: "filter", schema: texts(...names) }]);
const taking = (schema: object) => documentOf(schema, { direction: "request" });
const answering = (...names: string[]) => {
  const headers = Object.fromEntries(names.map((name) => [name, { schema: words }]));
  const put = { operationId: "putThing", responses: { 204: { description: "", headers } } };
  return JSON.stringify({
    ...(JSON.parse(documentOf(thing)) as object),
    paths: { "/things": { put } },
  });
};
const childWith = (type: string) => ({ Child: { allOf: [ref("Thing"), { properties: { own: { type } } }] } });
const shared = (row: object) => documentOf(ref("Row"), { schemas: { Row: row } });

/** The types of a body and of an answer that have no name of their own. */
const OWN: [string, string] = ["PutThingBody", "PutThingResponse200"];

/** A document of operations that are called so. */
function called(...names: string[]): string {
  const paths = names.map((operationId) => [`/${operationId}`, { get: { operationId, responses: {} } }]);
  const info = { title: "Things", version: "1" };
  return JSON.stringify({ openapi: "3.1.0", info, paths: Object.fromEntries(paths) });
}

/** A document whose one component is sent, returned, or both; undefined for neither. */
const notes = (schema: object, direction?: "request" | "response" | "both") =>
  documentOf(direction ? ref("Note") : words, { ...(direction && { direction }), schemas: { Note: schema } });

/** What the compiler says first of the type. */
async function changedNote(base: string, head: string): Promise<(string | undefined)[]> {
  const { typescript } = await reportOf(base, head);
  const changed = typescript.filter(({ kind, symbol }) => kind === "changed" && symbol === "Note");
  return changed.map(({ message }) => message.split("\n")[0]);
}

const noteBy = (name: string, type: string) => `
openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /notes/{${name}}:
    parameters: [{ name: ${name}, in: path, required: true, schema: { type: ${type} } }]
    get: { operationId: getNote, responses: { "204": { description: d } } }
`;

const notesWith = (name: string, responses: string) => `
openapi: 3.1.0
info: { title: T, version: "1" }
paths: { /notes: { get: { operationId: ${name}, responses: { ${responses} } } } }
`;

describe("what a change does to the names of a package", () => {
  it("gives what comes a name beside those that are given, as the package would", async () => {
    const operation = await reportOf(called("listThings"), called("ListThings", "listThings"));
    expect([operation.bump, impacts(operation)]).toEqual(["minor", ["added listThings2: endpoint-added"]]);
    const schema = await reportOf(of(thing), of(thing, { PutThingArgs: thing }));
    expect([schema.bump, impacts(schema)]).toEqual(["minor", ["added PutThingArgs2: no finding"]]);
  });

  it("tells a renamed operation by its calls, and what goes with it", async () => {
    const base = documentOf(thing);
    const report = await reportOf(base, base.replace('"putThing"', '"storeThing"'));
    expect(report.typescript.find(({ symbol }) => symbol === "putThing")).toEqual({
      symbol: "putThing",
      kind: "renamed",
      message: "putThing is now storeThing",
      before: "client.putThing({ body })",
      after: "client.storeThing({ body })",
      also: [
        "PutThingArgs → StoreThingArgs",
        "PutThingResult → StoreThingResult",
        "putThingFixtures (./fixtures) → storeThingFixtures (./fixtures)",
        "mockPutThing (./mocks) → mockStoreThing (./mocks)",
      ],
      finding: report.findings.find(({ rule }) => rule === "api-operation-id-changed")!.id,
    });
    // The bodies stand inline, and keep the names that the package has given to them.
    expect(impacts(report)).toEqual(["renamed putThing: api-operation-id-changed"]);
  });

  it("tells a schema that is renamed and changed by those that refer to it", async () => {
    const wide = { ...thing, properties: { ...thing.properties, extra: { type: "string" } } };
    const report = await reportOf(
      documentOf(ref("Thing"), { schemas: { Thing: thing } }),
      documentOf(ref("Item"), { schemas: { Item: wide } }),
    );
    expect(report.typescript.map(({ kind, message }) => [kind, message])).toEqual([
      ["renamed", "Thing is now Item: another name, and not quite the same type"],
    ]);
    // Of two that are referred to at the same places, as one within the other is, nobody can tell which is which.
    const around = (name: string, inner: string, own: object) => ({
      [name]: { ...own, properties: { ...thing.properties, inner: ref(inner) } },
      [inner]: own,
    });
    const within = await reportOf(
      documentOf(ref("A"), { schemas: around("A", "B", thing) }),
      documentOf(ref("C"), { schemas: around("C", "D", wide) }),
    );
    expect(within.typescript.filter(({ kind }) => kind === "renamed")).toEqual([]);
    // What has nothing in common is another schema, at whichever place it stands.
    const both = (...names: string[]) => ({ oneOf: names.map(ref) });
    const two = await reportOf(
      documentOf(both("A", "B"), { schemas: { A: thing, B: wide } }),
      documentOf(both("C", "D"), { schemas: { C: { type: "array" }, D: { properties: { other: {} } } } }),
    );
    const names = two.typescript.filter(({ symbol }) => /^[A-D]$/.test(symbol));
    expect(names.map(({ symbol, kind }) => `${kind} ${symbol}`)).toEqual([
      "removed A",
      "removed B",
      "added C",
      "added D",
    ]);
  });

  it("tells a renamed schema from one that is gone, and one that only moved", async () => {
    const old = documentOf(ref("Thing"), { schemas: { Thing: thing } });
    const renamed = await reportOf(old, documentOf(ref("Item"), { schemas: { Item: thing } }));
    expect(renamed.typescript).toEqual([
      {
        symbol: "Thing",
        kind: "renamed",
        message: "Thing is now Item: another name of the same type",
        also: [
          "thingSchema (./validators) → itemSchema (./validators)",
          "thingFixtures (./fixtures) → itemFixtures (./fixtures)",
          "buildThing (./fixtures) → buildItem (./fixtures)",
        ],
      },
    ]);
    expect([renamed.bump, renamed.findings]).toEqual(["major", []]);
    const inline = documentOf(thing, { direction: "response" });
    const component = documentOf(ref("PutThingResponse200"), {
      schemas: { PutThingResponse200: thing },
      direction: "response",
    });
    const moved = await reportOf(inline, component);
    expect(moved.typescript.map(({ symbol, kind, message }) => [symbol, kind, message])).toEqual([
      [
        "PutThingResponse200",
        "moved",
        "the name stays: what stood at #/paths/~1things/put/responses/200/content/application~1json/schema stands at #/components/schemas/PutThingResponse200",
      ],
    ]);
  });

  it("tells an operation that has got the name of another", async () => {
    const { typescript } = await reportOf(
      withPaths({ "/v1/{id}": userBy("getUser", "integer") }),
      withPaths({ "/v1/{id}": userBy("getUserV1", "integer"), "/v2/{id}": userBy("getUser", "string") }),
    );
    expect(typescript.map(({ kind, symbol, message }) => [kind, symbol, message.split("\n")[0]])).toEqual([
      ["renamed", "getUser", "getUser is now getUserV1"],
      ["changed", "GetUserArgs", "Type 'old GetUserArgs' is not assignable to type 'new GetUserArgs'."],
      ["moved", "getUser", "the name stays: what sent GET /v1/{id} sends GET /v2/{id}"],
    ]);
  });

  it("says of nothing that it moved that a direction sees otherwise where it stands", async () => {
    const marked = noted({ id: { type: "integer", readOnly: true } });
    expect(await changesOf(documentOf(thing), documentOf(marked))).toEqual([]);
  });

  it("asks the compiler about what moved and changed, and links it to its finding", async () => {
    const other = { ...thing, properties: { size: { type: "string" } } };
    const report = await reportOf(
      documentOf(thing, { direction: "response" }),
      documentOf(ref("PutThingResponse200"), {
        schemas: { PutThingResponse200: other },
        direction: "response",
      }),
    );
    expect(impacts(report)).toEqual([
      "changed PutThingResponse200: response-property-type-changed",
      "changed PutThingResult: response-property-type-changed",
    ]);
  });

  it("links what leads to a changed schema to the finding there", async () => {
    const list = { type: "array", items: { $ref: "#/components/schemas/Thing" } };
    const sized = (size: object) =>
      documentOf(list, {
        schemas: { Thing: { ...thing, properties: { size } }, Other: thing },
        direction: "request",
      });
    const report = await reportOf(sized({ type: "integer" }), sized({ type: "boolean" }));
    expect(impacts(report)).toEqual([
      "changed PutThingArgs: request-property-type-changed",
      "changed PutThingBody: request-property-type-changed",
      "changed Thing: request-property-type-changed",
    ]);
  });

  describe("tells a member that code can name no more", () => {
    it("where it is read: of a response", async () => {
      expect(await changesOf(named(noted({ note: words }), "response"), named(thing, "response"))).toEqual([
        [
          "changed Thing: response-optional-property-removed",
          "Property 'note' does not exist on type 'Thing'.",
        ],
      ]);
    });

    it.each([
      ["any name", {}, "unknown", "string | undefined"],
      [
        "any name, beside others",
        { properties: { other: words }, additionalProperties: true },
        "unknown",
        "string | undefined",
      ],
      ["names of another type", { additionalProperties: { type: "integer" } }, "number", "string"],
    ])("where it is read, and a signature for %s has its name still", async (_for, now, type, expected) => {
      const before = {
        type: "object",
        ...now,
        properties: { note: words, ...("properties" in now && now.properties) },
      };
      const [changed] = await changesOf(
        named(before, "response"),
        named({ type: "object", ...now }, "response"),
      );
      expect(changed![1]).toContain(
        `Types of property 'note' are incompatible.\n  Type '${type}' is not assignable to type '${expected}'.`,
      );
    });

    it("where it is written: of a request, and an argument", async () => {
      expect(await changesOf(named(noted({ "a-b": words }), "request"), named(thing, "request"))).toEqual([
        [
          "changed Thing: request-property-removed",
          "Object literal may only specify known properties, and '\"a-b\"' does not exist in type 'Thing'.",
        ],
      ]);
      expect(await changesOf(asking([{ name: "a" }, { name: "b" }]), asking([{ name: "a" }]))).toEqual([
        [
          "changed PutThingArgs: request-parameter-removed",
          "Object literal may only specify known properties, and 'b' does not exist in type 'PutThingArgs'.",
        ],
      ]);
    });

    it("inside a type without a name, each by itself", async () => {
      expect((await changesOf(held("a", "b", "c"), held("a"))).map(([, message]) => message)).toEqual([
        "Property 'b' does not exist on type '{ a?: string; }'.",
        "Property 'c' does not exist on type '{ a?: string; }'.",
      ]);
    });

    it.each<
      [where: string, of: (inner: object, name: string) => object, symbols: [string, string], type: string]
    >([
      ["another component", (_, name) => ref(name), ["PutThingArgs", "PutThingResult"], "One"],
      ["another parent", (_, name) => ({ allOf: [ref(name), texts("c")] }), OWN, "%"],
      ["a map", (inner) => ({ type: "object", additionalProperties: inner }), OWN, "{ a?: string; }"],
      [
        "names of a prefix",
        (inner) => ({ type: "object", patternProperties: { "^x-": inner } }),
        OWN,
        "{ a?: string; }",
      ],
      ["a tuple", (inner) => ({ type: "array", prefixItems: [words, inner] }), OWN, "{ a?: string; }"],
      ["types without names, however deep", (inner) => nested(9, inner), OWN, "{ a?: string; }"],
      [
        "what may be null",
        (_, name) => ({ type: "object", properties: { it: { anyOf: [ref(name), { type: "null" }] } } }),
        OWN,
        "One",
      ],
    ])("of %s", async (_where, schemaOf, [request, response], type) => {
      const schemas = { Both: texts("a", "b"), One: texts("a") };
      const text = (schema: object) => documentOf(schema, { schemas });
      const changes = await changesOf(
        text(schemaOf(texts("a", "b"), "Both")),
        text(schemaOf(texts("a"), "One")),
      );
      expect(changes).toEqual([
        [
          `changed ${request}: request-property-removed`,
          `Object literal may only specify known properties, and 'b' does not exist in type '${type.replace("%", request)}'.`,
        ],
        [
          `changed ${response}: response-optional-property-removed`,
          `Property 'b' does not exist on type '${type.replace("%", response)}'.`,
        ],
      ]);
    });

    it("of one alternative, though another has it", async () => {
      const changes = await changesOf(
        oneOf(tagged("x", "a"), tagged("y", "b")),
        oneOf(tagged("x"), tagged("y", "b", "a")),
      );
      expect(changes).toEqual([
        [
          "changed PutThingBody: request-property-removed",
          `Object literal may only specify known properties, and 'a' does not exist in type '{ kind: "x"; }'.`,
        ],
        [
          "changed PutThingResponse200: response-optional-property-removed",
          `Property 'a' does not exist on type '{ kind: "x"; }'.`,
        ],
      ]);
    });

    it("of an argument that is an object", async () => {
      expect(await changesOf(filter("a", "b"), filter("a"))).toEqual([
        [
          "changed PutThingArgs: request-property-removed",
          "Object literal may only specify known properties, and 'b' does not exist in type '{ a?: string; }'.",
        ],
      ]);
    });

    it("whatever its name, where those are listed now", async () => {
      expect(await changesOf(taking({ type: "object" }), taking(texts("a")))).toEqual([
        [
          "changed PutThingBody: new-optional-request-property",
          "Object literal may only specify known properties, and 'anyOtherName' does not exist in type 'PutThingBody'.",
        ],
      ]);
    });

    it.each([
      ["by itself", (names: readonly string[]) => [{ enum: names }, {}] as const],
      ["by a component", (names: readonly string[]) => [ref("Key"), { Key: { enum: names } }] as const],
    ])("of a map whose names are listed %s", async (_how, namesOf) => {
      const mapOf = (...names: string[]) => {
        const [propertyNames, schemas] = namesOf(names);
        return documentOf({ type: "object", propertyNames, additionalProperties: words }, { schemas });
      };
      const changes = await changesOf(mapOf("a", "b"), mapOf("a"));
      expect(changes).toContainEqual([
        "changed PutThingBody: request-body-property-name-removed",
        "Object literal may only specify known properties, and 'b' does not exist in type 'PutThingBody'.",
      ]);
      expect(changes).toContainEqual([
        "changed PutThingResponse200: response-body-property-name-removed",
        "Property 'b' does not exist on type 'PutThingResponse200'.",
      ]);
      const any = documentOf({ type: "object", additionalProperties: words });
      expect(await changesOf(any, mapOf("a"))).toContainEqual([
        "changed PutThingBody: request-body-property-names-added",
        "Object literal may only specify known properties, and 'anyOtherName' does not exist in type 'PutThingBody'.",
      ]);
    });

    it("of what is in a map whose names are listed", async () => {
      expect(await changesOf(listing(texts("a", "b")), listing(texts("a")))).toEqual([
        [
          "changed PutThingBody: request-property-removed",
          "Object literal may only specify known properties, and 'b' does not exist in type '{ a?: string; }'.",
        ],
        [
          "changed PutThingResponse200: response-optional-property-removed",
          "Property 'b' does not exist on type '{ a?: string; }'.",
        ],
      ]);
    });

    it("of the headers of a response", async () => {
      expect(await changesOf(answering("x-a", "x-b"), answering("x-a"))).toEqual([
        [
          "changed PutThingResponse204Headers: optional-response-header-removed",
          expect.stringContaining(`"x-b"' can't be used to index type 'PutThingResponse204Headers'`),
        ],
      ]);
    });

    it("and is silent where code compiles on: it has moved into a part, or could not be read", async () => {
      const old = named(noted({ note: words }), "response");
      const composed = named({ allOf: [ref("Base"), { type: "object" }] }, "response");
      expect(await changesOf(old, composed)).toEqual([]);
      // Nobody could read it before either: only one of the alternatives had it.
      const either = (own: object) => named({ anyOf: [own, noted({ other: words })] }, "response");
      expect(await changesOf(either(noted({ note: words })), either(thing))).toEqual([]);
    });
  });

  describe("tells a name that stands for what another direction sees", () => {
    const note = {
      type: "object",
      required: ["id"],
      properties: { id: { ...words, readOnly: true }, mood: { enum: ["good", "bad"] } },
    };
    const identified = { ...note, properties: { ...note.properties, mood: words } };
    const open = { type: "object", properties: { mood: { enum: ["good", "bad"] } } };

    it.each<[what: string, base: string, head: string, messages: string[]]>([
      [
        "what was sent alone is returned, too, and what is returned cannot be sent",
        notes(open, "request"),
        notes(open, "both"),
        ["Type 'Note' is not assignable to type 'NoteRequest'."],
      ],
      [
        "what was sent alone is returned, and has more that is required",
        notes(identified, "request"),
        notes(identified, "both"),
        ["Property 'id' is missing in type 'old Note' but required in type 'new Note'."],
      ],
      [
        "what was used by nothing is returned, and may be more",
        notes(open),
        notes(open, "response"),
        ["Type 'new Note' is not assignable to type 'old Note'."],
      ],
      ["what was returned alone is sent, too", notes(note, "response"), notes(note, "both"), []],
      ["what was sent alone is returned as it was sent", notes(thing, "request"), notes(thing, "both"), []],
      ["what was used by nothing is sent", notes(open), notes(open, "request"), []],
    ])("%s", async (_what, base, head, messages) => {
      expect(await changedNote(base, head)).toEqual(messages);
    });
  });

  it("tells what only `./openapi` calls otherwise", async () => {
    const head = `
openapi: 3.1.0
info: { title: T, version: "1" }
servers: [{ url: "https://t.test" }]
paths:
  /v1/notes:
    get:
      operationId: listNotes
      responses: { "200": { $ref: "#/components/responses/Notes" }, "404": { $ref: "#/components/responses/NotFound" } }
  /v1/rows:
    get: { operationId: list-rows, responses: { "204": { description: d } } }
components:
  responses:
    Notes: { description: d, content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
    NotFound: { description: d }
  schemas:
    Note: { type: object, properties: { text: { type: string } } }
`;
    const base = head
      .replace("t.test", "t.test/v1")
      .replaceAll("/v1/", "/")
      .replace("listNotes", "list-notes")
      .replaceAll("NotFound", "Missing")
      .replace("Note:", "note:")
      .replace("schemas/Note", "schemas/note")
      .replace(
        "{ description: d }\n  schemas",
        "{ description: d }\n    Unused: { description: e }\n  schemas",
      );
    const report = await reportOf(base, head);
    expect([report.bump, ...impacts(report)]).toEqual([
      "major",
      'removed components["responses"]["Unused"]: no finding',
      'renamed components["responses"]["Missing"]: no finding',
      'renamed components["schemas"]["note"]: no finding',
      'renamed operations["list-notes"]: api-operation-id-changed',
      'renamed paths["/notes"]: no finding',
      'renamed paths["/rows"]: no finding',
      "moved Note: no finding",
      "moved listNotes: api-operation-id-changed",
      "moved listRows: no finding",
    ]);
    expect(report.typescript[4]?.message).toBe('paths["/notes"] is now paths["/v1/notes"] (./openapi)');
  });

  it("tells of a path in `./openapi` why it is called otherwise", async () => {
    expect(impacts(await reportOf(noteBy("noteId", "string"), noteBy("id", "integer")))).toContain(
      'renamed paths["/notes/{noteId}"]: request-path-parameter-renamed',
    );
  });

  it("names the types of response headers, which come and go with them", async () => {
    const bare = '"200": { description: d }';
    const counted = '"200": { description: d, headers: { X-Total: { schema: { type: integer } } } }';
    const [less, more] = [notesWith("list", bare), notesWith("list", counted)];
    const [gone, come] = [await reportOf(more, less), await reportOf(less, more)];
    expect([gone.bump, ...impacts(gone)]).toContain(
      "removed ListResponse200Headers: optional-response-header-removed",
    );
    expect([come.bump, ...impacts(come)]).toEqual([
      "minor",
      "added ListResponse200Headers: response-header-added",
    ]);
    const also = async (base: string, head: string) =>
      (await reportOf(base, head)).typescript.flatMap((each) => each.also ?? []);
    expect(await also(more, notesWith("find", counted))).toContain(
      "ListResponse200Headers → FindResponse200Headers",
    );
    expect(await also(more, notesWith("find", bare))).toContain("ListResponse200Headers → nothing");
    expect(await also(more, more.replace("/notes", "/rows").replace("list", "find"))).toContain(
      "FindResponse200Headers",
    );
  });

  it("names what comes with its subpaths, as the package exports it", async () => {
    const head = documentOf(thing, { schemas: { Extra: thing } });
    const report = await reportOf(documentOf(thing), head);
    expect(report.bump).toBe("minor");
    const [first, ...others] = report.typescript;
    expect(others).toEqual([]);
    const compiled = await compileText(head, { name: "things" });
    for (const name of first!.also!) {
      const [, symbol, module] = /^(\w+) \(\.\/(\w+)\)$/.exec(name)!;
      expect(fileOf(compiled, `src/${module}.ts`)).toMatch(
        new RegExp(`export (const|function) ${symbol}\\b`),
      );
    }
    expect(first!.also).toHaveLength(3);
  });
});

/** A map of two names. */
const listing = (additionalProperties: object) =>
  documentOf({ type: "object", propertyNames: { enum: ["x", "y"] }, additionalProperties });

const content = { "application/json": { schema: words } };

it.each([
  [
    asking([{ name: "page" }]),
    asking([{ name: "cursor" }]),
    "Type 'old PutThingArgs' has no properties in common with type 'new PutThingArgs'.",
  ],
  [
    asking([], { content }),
    asking([], { content, required: true }),
    "Type 'old PutThingArgs' is not assignable to type 'new PutThingArgs'.\n" +
      "  Types of property 'body' are incompatible.\n" +
      "    Type 'string | undefined' is not assignable to type 'string'.\n" +
      "      Type 'undefined' is not assignable to type 'string'.",
  ],
  [
    asking([{ name: "p" }]),
    asking([{ name: "q", required: true }], { content, required: true }),
    "Type 'old PutThingArgs' is missing the following properties from type 'new PutThingArgs': q, body",
  ],
  [
    documentOf({ properties: { a: words } }, { direction: "response" }),
    documentOf({ properties: { b: words } }, { direction: "response" }),
    "Type 'new PutThingResponse200' has no properties in common with type 'old PutThingResponse200'.",
  ],
  [
    documentOf({ properties: { a: { type: "string" } } }, { direction: "response" }),
    documentOf({ properties: { a: { type: "boolean" } } }, { direction: "response" }),
    "Type 'new PutThingResponse200' is not assignable to type 'old PutThingResponse200'.\n" +
      "  Types of property 'a' are incompatible.\n" +
      "    Type 'boolean' is not assignable to type 'string'.",
  ],
  [
    documentOf({ properties: { a: { const: "cat" } } }, { direction: "response" }),
    documentOf({ properties: { a: { const: "CAT" } } }, { direction: "response" }),
    expect.stringContaining(`Type '"CAT"' is not assignable to type '"cat"'.`) as string,
  ],
])("tells types of one name apart, however the compiler names them: %#", async (base, head, said) => {
  expect((await reportOf(base, head)).typescript.map(({ message }) => message)).toContainEqual(said);
});

it("names types alike where a long package has a file for each", async () => {
  const long = { type: "object", description: "A word. ".repeat(70_000) };
  const row = (type: string) =>
    of({ type: "object", properties: { a: { type }, more: ref("Long") } }, { Long: long });
  const { typescript } = await reportOf(row("string"), row("integer"));
  expect(typescript.find(({ symbol }) => symbol === "Thing")?.message).toMatch(
    /^Type '(?:old|new) Thing' is not assignable to type '(?:new|old) Thing'/,
  );
});

/** The next version, and what stops compiling. */
const impactBetween = async (base: string, head: string) => {
  const { bump, typescript } = await reportOf(base, head);
  return [
    bump,
    ...typescript.map(({ kind, symbol, message }) => `${kind} ${symbol}: ${message.split("\n")[0]}`),
  ];
};
const sharedImpact = (base: object, head: object) => impactBetween(shared(base), shared(head));

describe("a type of requests and responses that becomes two", () => {
  const chosen = noted({ note: { enum: ["a", "b"] } });
  const given = noted({ note: { ...words, readOnly: true } });

  it("is what is read, and no longer what is sent", async () => {
    expect(await sharedImpact(thing, chosen)).toEqual([
      "major",
      expect.stringContaining("changed Row: Type 'Row' is not assignable to type 'RowRequest'"),
      "added RowRequest: RowRequest is new",
    ]);
    expect(await sharedImpact(noted({ note: words }), given)).toEqual([
      "major",
      "changed Row: Object literal may only specify known properties, and 'note' does not exist in type 'RowRequest'.",
      "added RowRequest: RowRequest is new",
    ]);
  });

  it("and two that become one: the name of the one for requests is gone", async () => {
    expect(await sharedImpact(chosen, noted({ note: words }))).toEqual([
      "major",
      "removed RowRequest: RowRequest is no longer exported",
    ]);
  });

  it("and stays two, for another reason", async () => {
    const both = [...(await sharedImpact(chosen, given)), ...(await sharedImpact(given, chosen))];
    expect(both.filter((each) => /removed|added/.test(each))).toEqual([]);
  });
});

it("tells once that a type changed which no operation uses: the version is a major one", async () => {
  const beside = (row: object) => of(thing, { Row: row });
  const impactOf = async (row: object) => {
    const { bump, typescript } = await reportOf(beside(noted({ note: words })), beside(row));
    return [bump, ...typescript.map(({ kind, symbol, message }) => `${kind} ${symbol}: ${message}`)];
  };
  // Code that writes it is refused what it wrote, and code that reads it what it read.
  expect(await impactOf(noted({ note: { type: "boolean" } }))).toEqual([
    "major",
    expect.stringContaining("changed Row: Type 'new Row' is not assignable to type 'old Row'"),
  ]);
  expect(await impactOf({ ...noted({ note: words }), required: ["size", "note"] })).toEqual([
    "major",
    expect.stringContaining("changed Row: Type 'old Row' is not assignable to type 'new Row'"),
  ]);
  expect(await impactOf({ ...noted({ note: words }), required: [] })).toEqual([
    "major",
    expect.stringContaining("changed Row: Type 'new Row' is not assignable to type 'old Row'"),
  ]);
  expect(await impactOf(thing)).toEqual([
    "major",
    "changed Row: Property 'note' does not exist on type 'Row'.",
  ]);
  expect(await impactOf(noted({ note: words, more: words }))).toEqual(["patch"]);
});

/** A document whose client receives the one schema, and answers with the other. */
function webhookOf(event: object, answer: object): string {
  const { components, ...document } = JSON.parse(of(thing)) as { components: { schemas: object } };
  const shipped = {
    requestBody: { required: true, content: { "application/json": { schema: ref("Event") } } },
    responses: { 200: { description: "taken", content: { "application/json": { schema: ref("Answer") } } } },
  };
  const schemas = { ...components.schemas, Event: event, Answer: answer };
  return JSON.stringify({ ...document, webhooks: { shipped: { post: shipped } }, components: { schemas } });
}

it.each<[what: string, base: object, head: object, received: string[], answered: string[]]>([
  [
    "needs one more member",
    texts("a"),
    { ...texts("a", "b"), required: ["b"] },
    ["minor"],
    [
      "major",
      "changed Answer: Property 'b' is missing in type 'old Answer' but required in type 'new Answer'.",
    ],
  ],
  [
    "may lack a member",
    { ...texts("a"), required: ["a"] },
    texts("a"),
    ["major", "changed Event: Type 'new Event' is not assignable to type 'old Event'."],
    ["minor"],
  ],
  [
    "has a value less",
    { enum: ["a", "b"] },
    { enum: ["a"] },
    ["minor"],
    ["major", "changed Answer: Type 'Answer' is not assignable to type '\"a\"'."],
  ],
  [
    "has a member less",
    texts("a", "b"),
    texts("a"),
    ["major", "changed Event: Property 'b' does not exist on type 'Event'."],
    [
      "major",
      "changed Answer: Object literal may only specify known properties, and 'b' does not exist in type 'Answer'.",
    ],
  ],
])(
  "what a webhook brings is read alone, and what it is answered written alone: one that %s",
  async (_, base, head, received, answered) => {
    expect(await impactBetween(webhookOf(base, thing), webhookOf(head, thing))).toEqual(received);
    expect(await impactBetween(webhookOf(thing, base), webhookOf(thing, head))).toEqual(answered);
  },
);

it("what has no place in requests is no type that an interface does not fit beside", async () => {
  const read = { type: "object", properties: { id: { type: "string", readOnly: true } } };
  const inOne = { ...read, properties: { ...read.properties, ...texts("note").properties } };
  const built = { allOf: [ref("Base"), texts("note")] };
  const impact = await impactBetween(
    documentOf(ref("Thing"), { schemas: { Thing: inOne } }),
    documentOf(ref("Thing"), { schemas: { Thing: built, Base: read } }),
  );
  expect(impact).toEqual(["minor", "added Base: Base is new", "added BaseRequest: BaseRequest is new"]);
});

const needing = (...names: string[]) => ({ required: names });
it.each([
  { anyOf: [needing("a"), needing("b")] },
  { oneOf: [{ allOf: [needing("a"), { not: needing("b") }] }, needing("a", "b")] },
  { if: { properties: { a: { const: "" } } }, then: needing("b"), else: needing("a") },
  { anyOf: [{ ...needing("a"), unevaluatedProperties: true }, needing("b")] },
  { allOf: [ref("Needing")] },
  { ...needing("d"), anyOf: [ref("Needed"), { properties: { d: words } }] },
  { allOf: [ref("Nullable"), needing("e")] },
  { allOf: [ref("Nested")], properties: { own: needing("f") } },
])(
  "one more member that may be left out changes no type, however the others are asked for: %j",
  async (asked) => {
    const text = (...more: string[]) =>
      documentOf(ref("Thing"), {
        schemas: {
          Thing: { ...texts("a", "b", ...more), ...asked },
          Needing: { type: "object", ...needing("a") },
          Needed: texts("d", ...more),
          Nullable: { ...texts("e", ...more), type: ["object", "null"] },
          Nested: { type: "object", properties: { own: texts("f", ...more) } },
        },
      });
    expect(impacts(await reportOf(text(), text("c")))).toEqual([]);
  },
);

/** True where the text of a package has the member of `thingFixtures`. */
function writes(text: string, name: string): boolean {
  return text.includes(` ${name.replace("thingFixtures.", "")}: `);
}

function extra(type: string): Record<string, object> {
  return { Extra: { type: "object", properties: { a: { type } } } };
}

function example(size: number): object {
  return { ...thing, properties: { size: { type: "integer", examples: [size] } } };
}

const withOptional = (...names: string[]) =>
  of({ type: "object", properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])) });
const pairsIn = async (base: string, head: string) =>
  (await reportOf(base, head)).fixtures.filter(({ name }) => name.endsWith("Pairs"));

describe("what a change does to fixtures", () => {
  it("lists what the package writes otherwise, and where", async () => {
    const [base, head] = [of(state("a", "b")), of({ ...state("b", "c", "d"), required: ["size", "state"] })];
    const { fixtures } = await reportOf(base, head);
    expect(fixtures.map(({ name, kind, changes = [] }) => [kind, name, ...changes])).toEqual([
      ["added", 'invalidThingFixtures["required state"]'],
      ["changed", "thingFixtures.full", "/state"],
      ["changed", "thingFixtures.minimal", "/state"],
      ["removed", "thingFixtures.stateA"],
      ["added", "thingFixtures.stateC"],
      ["added", "thingFixtures.stateD"],
      ["removed", "thingFixtures.withoutState"],
    ]);
    const [old, now] = [
      await compileText(base, { name: "things" }),
      await compileText(head, { name: "things" }),
    ];
    const [before, after] = [old, now].map((each) => fileOf(each, "src/fixtures.ts"));
    const kindOf = (kind: string) =>
      fixtures.filter((each) => each.kind === kind && !each.name.startsWith("invalid"));
    expect(kindOf("added").every(({ name }) => writes(after!, name) && !writes(before!, name))).toBe(true);
    expect(kindOf("removed").every(({ name }) => writes(before!, name) && !writes(after!, name))).toBe(true);
  });

  it("tells what changes of a child by a discriminator once, and of its parent as the parent's", async () => {
    const parent = { ...thing, discriminator: { propertyName: "kind" } };
    const [base, head] = ["boolean", "string"].map((type) => of(parent, childWith(type)));
    const { fixtures } = await reportOf(base!, head!);
    expect(fixtures.map(({ name }) => name)).toEqual([
      "childFixtures.full",
      "childFixtures.ownFalse",
      'invalidChildFixtures["type at /own"]',
    ]);
    const wider = { ...parent, properties: { ...parent.properties, more: { type: "string" } } };
    const { fixtures: both } = await reportOf(base!, of(wider, childWith("boolean")));
    expect(both.map(({ name }) => name)).toEqual([
      "childFixtures.full",
      "childFixtures.withoutMore",
      'invalidChildFixtures["type at /more"]',
      "childPairs",
      'invalidThingFixtures["type at /more"]',
      "thingFixtures.thing",
      "thingFixtures.withoutMore",
      "thingPairs",
    ]);
  });

  it("is silent about what only leads to a changed schema, and tells a new one once", async () => {
    const list = { type: "object", properties: { extra: { $ref: "#/components/schemas/Extra" } } };
    const changed = await reportOf(of(list, extra("string")), of(list, extra("boolean")));
    expect(new Set(changed.fixtures.map(({ name }) => name.split(/[.[]/)[0]))).toEqual(
      new Set(["extraFixtures", "invalidExtraFixtures"]),
    );
    const added = await reportOf(of(thing), of(thing, extra("string")));
    expect(added.fixtures).toEqual([
      { name: "extraFixtures", schema: "Extra", kind: "added" },
      { name: "invalidExtraFixtures", schema: "Extra", kind: "added" },
    ]);
  });

  it("names the function that makes pairs, where it comes and goes", async () => {
    const [one, two] = [withOptional("a"), withOptional("a", "b")];
    expect(await pairsIn(one, two)).toEqual([{ name: "thingPairs", schema: "Thing", kind: "added" }]);
    expect(await pairsIn(two, one)).toEqual([{ name: "thingPairs", schema: "Thing", kind: "removed" }]);
    expect(await pairsIn(two, withOptional("a", "b", "c"))).toEqual([]);
  });

  it("follows the examples of bodies, which come, go and change: a patch", async () => {
    const [none, one] = [
      withExamples({}),
      withExamples({ full: { value: { size: 1 } }, wrong: { value: {} } }),
    ];
    const other = withExamples({ full: { value: { size: 2 } } });
    const steps = [
      [none, one],
      [one, none],
      [one, other],
      [one, one],
    ] as const;
    const reports = await Promise.all(steps.map(([base, head]) => reportOf(base, head)));
    const request = { name: "putThingFixtures.body.full2", schema: "Thing" };
    const response = { name: 'putThingFixtures.responses["200"].full2', schema: "Thing" };
    const both = (more: object) => [
      { ...request, ...more },
      { ...response, ...more },
    ];
    expect(reports.map(({ fixtures, bump }) => [bump, fixtures])).toEqual([
      ["patch", both({ kind: "added" })],
      ["patch", both({ kind: "removed" })],
      ["patch", both({ kind: "changed", changes: ["/size"] })],
      ["none", []],
    ]);
    const written = fileOf(await compileText(one, { name: "things" }), "src/fixtures.ts");
    expect(written.match(/full2: \{/g)).toHaveLength(2);
  });

  it("follows an example, though no call does: a patch", async () => {
    const report = await reportOf(of(example(3)), of(example(4)));
    expect([impacts(report), report.bump]).toEqual([[], "patch"]);
    expect(report.fixtures.map(({ name }) => name)).toEqual(["thingFixtures.full", "thingFixtures.minimal"]);
  });
});

it("a type that is gone comes from the path that is, however that led to it; a new one from the property that brings it", async () => {
  const owned = { A: { type: "object", properties: { b: ref("B") } }, B: thing };
  const answer = { 200: { description: "", content: { "application/json": { schema: ref("A") } } } };
  const path = { "/a": { get: { operationId: "getA", responses: answer } } };
  const base = JSON.parse(of(thing, owned)) as { paths: object };
  const head = of({ ...thing, properties: { ...thing.properties, color: ref("Color") } }, { Color: words });
  const report = await reportOf(JSON.stringify({ ...base, paths: { ...base.paths, ...path } }), head);
  expect(impacts(report)).toEqual([
    "removed A: api-path-removed-without-deprecation",
    "removed B: api-path-removed-without-deprecation",
    "removed getA: api-path-removed-without-deprecation",
    "added Color: new-optional-request-property",
  ]);
});

it("names the type that a member is lost of as the package does, also where the compiler has a guess", async () => {
  const before = of({ type: "object", properties: { userName: words, size: words } });
  const { typescript } = await reportOf(
    before,
    of({ type: "object", properties: { username: words, size: words } }),
  );
  expect(typescript.map(({ message }) => message)).toEqual([
    "Object literal may only specify known properties, but 'userName' does not exist in type 'Thing'. Did you mean to write 'username'?",
  ]);
});

it("a type that an operation brings comes from the response that it is in, whatever else is worse", async () => {
  const of201 = { description: "", content: { "application/json": { schema: ref("C") } } };
  const get = (schemas: object, more: object, responses: object) =>
    JSON.stringify({
      ...(JSON.parse(of(thing, schemas)) as object),
      paths: {
        "/a": {
          get: { operationId: "getA", responses: { 200: { description: "" }, ...responses }, ...more },
        },
      },
    });
  const needed = { parameters: [{ name: "q", in: "query", required: true, schema: words }] };
  const report = await reportOf(get({}, {}, {}), get({ C: thing }, needed, { 201: of201 }));
  expect(impacts(report)).toContain("added C: response-success-status-added");
});

it("knows renamed schemas of one shape by their names", async () => {
  const [base, head] = [
    ["CreateReply", "DeleteReply"],
    ["ShopCreateReply", "ADeleteReply"],
  ].map(([created = "", deleted = ""]) => {
    const properties = { created: ref(created), deleted: ref(deleted) };
    return of({ type: "object", properties }, { [created]: thing, [deleted]: thing });
  });
  const { typescript } = await reportOf(base!, head!);
  expect(typescript.map(({ message }) => message)).toEqual([
    "CreateReply is now ShopCreateReply: another name of the same type",
    "DeleteReply is now ADeleteReply: another name of the same type",
  ]);
});

describe("schemas that all lead to each other", () => {
  const names = Array.from({ length: 14 }, (_, index) => index);

  /** Each has a member of its own, and one for each of the others. */
  function network(prefix: string): Record<string, object> {
    const schemas = names.map((own) => {
      const links = names.map((other) => [`to${other}`, ref(`${prefix}${other}`)] as const);
      const properties = { ...Object.fromEntries(links), [`own${own}`]: words };
      return [`${prefix}${own}`, { type: "object", properties }] as const;
    });
    return Object.fromEntries(schemas);
  }

  it("are known by what they say, whatever they are called", async () => {
    const [base, head] = ["Old", "New"].map((prefix) => of(ref(`${prefix}0`), network(prefix)));
    const { bump, typescript } = await reportOf(base!, head!);
    expect(bump).toBe("major");
    expect(typescript.map(({ kind, message }) => `${kind}: ${message}`)).toEqual(
      names.map((name) => `renamed: Old${name} is now New${name}: another name of the same type`).toSorted(),
    );
  });

  it("may be forbidden", async () => {
    const [base, head] = ["S0", "S1"].map((name) => {
      const not = { type: "object", required: ["to0"], properties: { to0: ref(name) } };
      return of({ allOf: [thing, { not }] }, network("S"));
    });
    expect((await reportOf(base!, base!)).findings).toEqual([]);
    const { findings } = await reportOf(base!, head!);
    expect(findings.map(({ rule }) => rule)).toEqual(["request-body-not-changed"]);
  });
});

const guarded = (name: string, scheme: object) => {
  const document = JSON.parse(of(thing)) as { components: object };
  const components = { ...document.components, securitySchemes: { [name]: scheme } };
  return JSON.stringify({ ...document, components, security: [{ [name]: [] }] });
};

it("a credential of another name, or of another form, is a member of one type that stops compiling", async () => {
  const key = { type: "apiKey", in: "header", name: "X-Key" };
  const renamed = await reportOf(guarded("old", key), guarded("new", key));
  expect(renamed.typescript.map(({ symbol, message }) => [symbol, message])).toEqual([
    ["ThingsAuth", '"old" is called "new" now'],
  ]);
  expect(renamed.bump).toBe("major");
  expect(impacts(renamed)).toEqual(["changed ThingsAuth: api-security-component-renamed"]);
  const gone = await reportOf(guarded("old", key), guarded("new", { ...key, name: "X-Other" }));
  expect(gone.typescript.map(({ message }) => message)).toEqual(['"old" does not exist in it any more']);
  const other = await reportOf(guarded("old", key), guarded("old", { type: "http", scheme: "basic" }));
  expect(impacts(other)).toEqual(["changed ThingsAuth: api-security-component-type-changed"]);
});
