import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { parse as parseYaml, stringify } from "yaml";
import { diagnosticTexts } from "../generator/diagnostics/print.js";
import { shapeDocument } from "./support/shape.js";
import type { JsonValue } from "../generator/source/json.js";
import { join as joinPointer } from "../generator/source/pointer.js";
import { parse } from "../generator/source/parse.js";
import type { SourceDocument } from "../generator/source/source.js";
import { compileText, fileOf } from "./support/compile.js";
import { cli, cliOn } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

/** An overlay with the actions in `text`, its first action on line 4. */
function overlay(text: string, version = "1.0.0"): string {
  return `overlay: ${version}\ninfo: { title: O, version: "1" }\nactions:\n${text}`;
}

/** A document with overlays applied, not yet upgraded as far as the version is none of OpenAPI's. */
function apply(document: string, ...overlays: readonly string[]) {
  return shapeDocument(parse({ id: "api.yaml", text: document }).value!, {
    overlays: overlays.map((text, index) => ({ id: `overlay-${index + 1}.yaml`, text })),
  });
}

function valueOf(document: string, ...overlays: readonly string[]): JsonValue | undefined {
  const { document: result, problems } = apply(document, ...overlays);
  expect(problems).toEqual([]);
  return result?.value;
}

/** The document, the actions, and what comes of it. */
type Row = [name: string, document: string, actions: string, result: unknown, version?: string];
const RESULTS: readonly Row[] = [
  [
    "an update merges",
    "a: { b: 1, c: { d: 2 } }",
    "- { target: $.a, update: { c: { e: 3 }, f: 4 } }",
    { a: { b: 1, c: { d: 2, e: 3 }, f: 4 } },
  ],
  ["an update of the root", "a: 1", "- { target: $, update: { b: 2 } }", { a: 1, b: 2 }],
  [
    "a primitive member replaces another, of another type as well",
    "a: { b: 1, c: x }",
    "- { target: $.a, update: { b: two, c: null } }",
    { a: { b: "two", c: null } },
  ],
  [
    "a list in an update is joined to the list",
    "a: { b: [1] }",
    "- { target: $.a, update: { b: [2, 3] } }",
    { a: { b: [1, 2, 3] } },
  ],
  [
    "1.0: an update of a list is an entry of it",
    "a: [1]",
    "- { target: $.a, update: { b: 2 } }",
    { a: [1, { b: 2 }] },
  ],
  ["1.0: a list as well", "a: [1]", "- { target: $.a, update: [2, 3] }", { a: [1, [2, 3]] }],
  ["1.1: lists are joined", "a: [1]", "- { target: $.a, update: [2, 3] }", { a: [1, 2, 3] }, "1.1.0"],
  [
    "1.1: everything else is an entry",
    "a: [1]",
    "- { target: $.a, update: two }",
    { a: [1, "two"] },
    "1.1.0",
  ],
  [
    "1.1: a primitive replaces a primitive",
    "a: { b: 1 }",
    "- { target: $.a.b, update: two }",
    { a: { b: "two" } },
    "1.1.0",
  ],
  [
    "each selected value is updated",
    "a: { x: {}, y: {} }",
    "- { target: $.a.*, update: { z: 1 } }",
    { a: { x: { z: 1 }, y: { z: 1 } } },
  ],
  [
    "once, however often it is selected",
    "a: { x: [] }",
    "- { target: \"$.a['x', 'x']\", update: 1 }",
    { a: { x: [1] } },
  ],
  [
    "inside each other, too",
    "a: { a: {} }",
    "- { target: $..a, update: { z: 1 } }",
    { a: { a: { z: 1 }, z: 1 } },
  ],
  [
    "filters select items",
    "a: [{ n: x }, { n: y }]",
    "- { target: \"$.a[?@.n=='y']\", update: { z: 1 } }",
    { a: [{ n: "x" }, { n: "y", z: 1 }] },
  ],
  ["a removal of members", "a: { b: {}, c: {} }", "- { target: $.a.b, remove: true }", { a: { c: {} } }],
  [
    "a removal of items: all of them at once",
    "a: [{ n: 1 }, { n: 2 }, { n: 1 }]",
    '- { target: "$.a[?@.n==1]", remove: true }',
    { a: [{ n: 2 }] },
  ],
  ["a removal of a primitive", "a: { summary: x }", "- { target: $.a.summary, remove: true }", { a: {} }],
  [
    "a removal wins over an update",
    "a: { b: {} }",
    "- { target: $.a.b, remove: true, update: { c: 1 } }",
    { a: {} },
  ],
  [
    "an action sees what the ones before it made",
    "a: { b: [1] }",
    "- { target: $.a.b, remove: true }\n- { target: $.a, update: { b: [2] } }",
    { a: { b: [2] } },
  ],
  [
    "1.1: a copy merges",
    "a: { x: { p: 1 }, y: { q: 2 } }",
    "- { target: $.a.y, copy: $.a.x }",
    { a: { x: { p: 1 }, y: { q: 2, p: 1 } } },
    "1.1.0",
  ],
  [
    "1.1: a copy of one value, selected twice",
    "a: { x: { p: 1 }, y: {} }",
    "- { target: $.a.y, copy: \"$.a['x', 'x']\" }",
    { a: { x: { p: 1 }, y: { p: 1 } } },
    "1.1.0",
  ],
  [
    "1.1: a move",
    "a: { x: { p: 1 } }",
    "- { target: $.a, update: { y: {} } }\n- { target: $.a.y, copy: $.a.x }\n- { target: $.a.x, remove: true }",
    { a: { y: { p: 1 } } },
    "1.1.0",
  ],
  [
    "members called __proto__ and constructor",
    "a: {}",
    "- { target: $.a, update: { __proto__: { b: 1 }, constructor: 2 } }",
    { a: JSON.parse('{ "__proto__": { "b": 1 }, "constructor": 2 }') as unknown },
  ],
];

describe("an overlay", () => {
  it.each(RESULTS)("%s", (_name, document, actions, result, version) => {
    expect(JSON.stringify(valueOf(document, overlay(actions, version)))).toBe(JSON.stringify(result));
  });

  it("1.2: an action that several targets use", () => {
    const text = `overlay: 1.2.0
$self: https://example.com/overlays/o.yaml
info: { title: O, version: "1", description: Two targets. }
extends: https://example.com/api.yaml
components:
  actions:
    a/b: { description: Adds z., fields: { update: { z: 1 } } }
actions:
  - { $ref: "#/components/actions/a~1b", target: $.x, description: One. }
  - { $ref: "#/components/actions/a~1b", target: $.y, x-note: two }
`;
    expect(valueOf("x: {}\ny: { w: 0 }", text)).toEqual({ x: { z: 1 }, y: { w: 0, z: 1 } });
  });

  it("in JSON changes a document in JSON", () => {
    const json = JSON.stringify(parseYaml(overlay("- { target: $.a, update: { b: 2 } }")));
    expect(valueOf('{"a":{}}', json)).toEqual({ a: { b: 2 } });
  });

  it("after another sees what that made", () => {
    const overlays = [
      overlay("- { target: $, update: { b: {} } }"),
      overlay("- { target: $.b, update: { c: 1 } }"),
    ];
    expect(valueOf("a: 1", ...overlays)).toEqual({ a: 1, b: { c: 1 } });
  });

  it("leaves the document that it is applied to as it was", () => {
    const document = parse({ id: "api.yaml", text: "a: { b: [1] }" }).value!;
    shapeDocument(document, {
      overlays: [{ id: "o.yaml", text: overlay("- { target: $.a.b, update: 2 }") }],
    });
    expect(document.value).toEqual({ a: { b: [1] } });
  });
});

/** The overlay, and what its author reads. */
async function report(text: string, document = DOCUMENT): Promise<string> {
  const { diagnostics, documents } = await compileText(document, {
    file: "specs/api.yaml",
    overlays: [{ id: "overlays/o.yaml", text }],
    openapi: false,
  });
  return diagnosticTexts(diagnostics, { documents }, (_, shown) => shown).join("\n");
}

const DOCUMENT = `openapi: 3.1.0
info: { title: T, version: "1" }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
`;

describe("a fault of an overlay stands at its line", () => {
  it.each([
    ["no YAML", "overlay: [", "overlays/o.yaml:1:10 error: this bracket is never closed [yaml-syntax]"],
    ["no object", "[1]", "overlays/o.yaml:1:1 error: an overlay must be an object, not a list [wrong-type]"],
    ["no version", "info: {}", "overlays/o.yaml:1:1 error: an overlay needs overlay [missing-field]"],
    [
      "another version",
      overlay("- { target: $ }", "2.0.0"),
      'overlays/o.yaml:1:10 error: Overlay "2.0.0" is not supported: 1.0, 1.1 and 1.2 are [overlay-version]',
    ],
    [
      "no info",
      "overlay: 1.0.0\nactions: [{ target: $.info, remove: true }]",
      "overlays/o.yaml:1:1 error: an overlay needs info [missing-field]",
    ],
    [
      "an info that is no info",
      "overlay: 1.0.0\ninfo: { title: 1 }\nactions: [{ target: $.info, remove: true }]",
      "overlays/o.yaml:2:1 error: info needs version [missing-field]\noverlays/o.yaml:2:16 error: title must be a string, not 1 [wrong-type]",
    ],
    [
      "no actions",
      'overlay: 1.0.0\ninfo: { title: O, version: "1" }\nactions: []',
      "overlays/o.yaml:3:10 error: an overlay needs an action [overlay-empty]",
    ],
    [
      "an unknown field",
      overlay("- target: $.info\n  updates: {}"),
      "overlays/o.yaml:4:3 warning: the action does nothing: it has neither update nor remove [overlay-idle]\noverlays/o.yaml:5:3 error: updates is no field of an action: use target, description, update, remove [overlay-field]",
    ],
    [
      "a field of a later version",
      overlay("- target: $.info\n  copy: $.paths"),
      "overlays/o.yaml:5:3 error: copy is no field of an action: it came with Overlay 1.1 [overlay-field]",
    ],
    [
      "no target",
      overlay("- update: {}"),
      "overlays/o.yaml:4:3 error: an action needs target [missing-field]",
    ],
    [
      "no JSONPath",
      overlay("- target: $.paths[\n  remove: true"),
      "overlays/o.yaml:4:11 error: target is no JSONPath (RFC 9535): unclosed bracketed selection, at character 9 [overlay-path]",
    ],
    [
      "a wrong remove",
      overlay('- { target: $.info, remove: "true" }'),
      'overlays/o.yaml:4:3 warning: the action does nothing: it has neither update nor remove [overlay-idle]\noverlays/o.yaml:4:29 error: remove must be true or false, not "true" [wrong-type]',
    ],
    [
      "update and copy",
      overlay("- { target: $.info, update: {}, copy: $.info }", "1.1.0"),
      "overlays/o.yaml:4:33 error: an action has update or copy, not both [overlay-conflict]",
    ],
    [
      "a reference to no action",
      overlay('- { $ref: "#/components/actions/x", target: $.info }', "1.2.0"),
      'overlays/o.yaml:4:11 error: $ref "#/components/actions/x" points to nothing [ref-not-found]',
    ],
    [
      "1.0: an update of a primitive value",
      overlay("- { target: $.info.title, update: x }"),
      "overlays/o.yaml:4:13 error: target selects /info/title, which is neither an object nor a list: update what holds it, or say overlay: 1.1.0 [overlay-primitive]",
    ],
    [
      "1.1: values of several kinds",
      overlay("- { target: \"$.info['title', 'x']\", update: x }\n- { target: $.*, update: {} }", "1.1.0"),
      "overlays/o.yaml:5:13 error: target selects values of several kinds: all must be objects, or lists, or primitive values [overlay-mixed]",
    ],
    [
      "a list for an object",
      overlay("- { target: $.info, update: [1] }"),
      "overlays/o.yaml:4:29 error: a list cannot be merged with an object at specs/api.yaml#/info [overlay-incompatible]",
    ],
    [
      "a member that does not fit",
      overlay("- target: $\n  update:\n    components:\n      schemas:\n        Pet: { required: name }"),
      'overlays/o.yaml:8:26 error: "name" cannot be merged with a list at specs/api.yaml#/components/schemas/Pet/required [overlay-incompatible]',
    ],
    [
      "a removal of everything",
      overlay("- { target: $, remove: true }"),
      "overlays/o.yaml:4:13 error: the whole document cannot be removed [overlay-root]",
    ],
    [
      "a copy of several values",
      overlay("- { target: $.info, copy: $.* }", "1.1.0"),
      "overlays/o.yaml:4:27 error: copy must select one value: it selects 3 [overlay-copy]",
    ],
    [
      "a copy of nothing",
      overlay("- { target: $.info, copy: $.x }", "1.1.0"),
      "overlays/o.yaml:4:27 error: copy must select one value: it selects 0 [overlay-copy]",
    ],
    [
      "a target that selects nothing, a warning",
      overlay("- { target: $.paths.*.get, remove: true }"),
      "overlays/o.yaml:4:13 warning: target selects nothing [overlay-no-match]",
    ],
    [
      "an overlay made for another document, a warning",
      overlay("- { target: $.info, update: {} }\nextends: ../specs/other.yaml"),
      "overlays/o.yaml:5:10 warning: the overlay was made for specs/other.yaml, and is applied to specs/api.yaml [overlay-extends]",
    ],
    [
      "an overlay made for this one",
      overlay("- { target: $.info, update: {} }\nextends: ../overlays/../specs/./api.yaml"),
      "",
    ],
    [
      "an overlay made for an address that nobody can compare",
      overlay("- { target: $.info, update: {} }\nextends: https://example.com/api.yaml"),
      "",
    ],
    [
      "a fragment",
      overlay("- { target: $.info, update: {} }\nextends: ../specs/api.yaml#/info", "1.2.0"),
      "overlays/o.yaml:5:10 error: extends names a document: it takes no #fragment [overlay-fragment]",
    ],
  ])("%s", async (_name, text, expected) => {
    const lines = (await report(text)).split("\n").filter((line) => !line.startsWith(" "));
    expect(lines.join("\n")).toBe(expected);
  });

  it("with the line itself", async () => {
    expect(await report(overlay("- target: $.paths[\n  remove: true"))).toMatchInlineSnapshot(`
      "overlays/o.yaml:4:11 error: target is no JSONPath (RFC 9535): unclosed bracketed selection, at character 9 [overlay-path]
        4 | - target: $.paths[
          |           ^"
    `);
  });
});

describe("a fault of the result stands where the value was written", () => {
  it("in the overlay that brought it", async () => {
    const text = overlay(
      "- target: $.components.schemas.Pet.properties\n  update:\n    name:\n      type: strin\n    age: { type: integr }",
    );
    expect(await report(text)).toMatchInlineSnapshot(`
      "overlays/o.yaml:7:13 error: type "strin" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
        7 |       type: strin
          |             ^
      overlays/o.yaml:8:18 error: type "integr" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
        8 |     age: { type: integr }
          |                  ^"
    `);
  });

  it("in the document, where an overlay did not touch it, though lists before it shifted", async () => {
    const document = `openapi: 3.1.0
info: { title: T, version: "1" }
components:
  schemas:
    Pet:
      allOf:
        - { type: objct }
        - { title: gone, type: string }
        - { type: strin }
`;
    const text = overlay(
      "- { target: \"$.components.schemas.Pet.allOf[?@.title=='gone']\", remove: true }\n- target: $.components.schemas.Pet.allOf\n  update: { type: nul }",
    );
    expect(await report(text, document)).toMatchInlineSnapshot(`
      "overlays/o.yaml:6:19 error: type "nul" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
        6 |   update: { type: nul }
          |                   ^
      specs/api.yaml:7:19 error: type "objct" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
        7 |         - { type: objct }
          |                   ^
      specs/api.yaml:9:19 error: type "strin" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
        9 |         - { type: strin }
          |                   ^"
    `);
  });

  it("after the upgrade of an older document as well", async () => {
    const document = `swagger: "2.0"
info: { title: T, version: "1" }
paths: {}
definitions:
  Pet: { type: object }
`;
    const text = overlay("- target: $.definitions\n  update:\n    Owner: { type: objct }");
    expect(await report(text, document)).toMatchInlineSnapshot(`
      "overlays/o.yaml:6:20 error: type "objct" is unknown: use null, boolean, integer, number, string, array, object [unknown-value]
        6 |     Owner: { type: objct }
          |                    ^"
    `);
  });

  it("at the copy, where the copy brought it", async () => {
    const document = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a:
    get: { operationId: same, responses: { "204": { description: None. } } }
  /b: {}
`;
    const text = overlay("- target: $.paths['/b']\n  copy: $.paths['/a']", "1.1.0");
    expect(await report(text, document)).toMatchInlineSnapshot(`
      "overlays/o.yaml:5:9 error: operationId "same" is taken by GET /a [operation-id-duplicate]
        5 |   copy: $.paths['/a']
          |         ^"
    `);
  });
});

/** Every place of a value. */
function pointersIn(value: JsonValue, at = ""): string[] {
  const below =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, member]) => pointersIn(member, joinPointer(at, key)))
      : [];
  return [at, ...below];
}

function textAt(texts: ReadonlyMap<string, string>, result: SourceDocument, pointer: string): string {
  const { line, column, origin } = result.locate(pointer, "value");
  const lines = texts.get(origin?.source ?? result.id)!.split("\n");
  return lines[line - 1]!.slice(column - 1);
}

it("whatever actions do, each primitive value is found where it was written", () => {
  // Every value is a number of its own, so that the text at a place says which value stands there.
  let next = 1000;
  const number = fc.constant(null).map(() => next++);
  const { value: json } = fc.letrec<{ value: JsonValue; object: JsonValue }>((tie) => ({
    value: fc.oneof({ depthSize: "small" }, number, tie("object"), fc.array(tie("value"), { maxLength: 3 })),
    object: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  }));
  const object = fc.dictionary(fc.constantFrom("a", "b", "c"), json, { minKeys: 1, noNullPrototype: true });
  const target = fc.constantFrom("$", "$.a", "$.*", "$..a", "$.b[0]", "$.a[1:]", "$..[?@.a]", "$.c.b");
  const action = fc.oneof(
    fc.record({ target, update: json }),
    fc.record({ target: target.filter((each) => each !== "$"), remove: fc.constant(true) }),
  );
  const seen = { updated: 0, kept: 0 };
  fc.assert(
    fc.property(object, fc.array(action, { minLength: 1, maxLength: 4 }), (document, actions) => {
      const texts = new Map([
        ["api.yaml", stringify(document)],
        ["overlay-1.yaml", stringify({ overlay: "1.1.0", info: { title: "O", version: "1" }, actions })],
      ]);
      const { document: result } = apply(texts.get("api.yaml")!, texts.get("overlay-1.yaml")!);
      if (!result) return;
      for (const pointer of pointersIn(result.value)) {
        const value = pointer
          .split("/")
          .slice(1)
          .reduce((at, token) => (at as Record<string, JsonValue>)[token]!, result.value);
        if (typeof value !== "number") continue;
        expect(Number.parseInt(textAt(texts, result, pointer), 10)).toBe(value);
        seen[result.locate(pointer, "value").origin ? "updated" : "kept"]++;
      }
    }),
    { seed: 1, numRuns: 1_500 },
  );
  expect(Math.min(seen.updated, seen.kept)).toBeGreaterThan(100);
});

describe("on the command line", () => {
  const action = "- target: $.components.schemas\n  update: { Added: { type: string } }\n";

  it("--overlay applies overlays in order, also those of the configuration, and check knows them", async () => {
    const folder = emptyFolder();
    const second = overlay("- { target: $.components.schemas.Added, update: { title: Later } }\n");
    writeFiles(folder, [
      { path: "specs/tiny.yaml", text: DOCUMENT },
      { path: "overlays/one.yaml", text: overlay(action) },
      { path: "two.yaml", text: second },
      {
        path: "clientsmith.config.ts",
        text: 'export default { apis: { tiny: { overlays: ["overlays/one.yaml"] } } };\n',
      },
    ]);
    expect(await cli(folder, "generate", "--overlay", "two.yaml")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "generated/tiny/src/types.ts"), "utf8")).toContain("Later");
    expect(await cli(folder, "check", "--overlay", "two.yaml")).toMatchObject({ code: 0 });
    expect(await cli(folder, "check")).toMatchObject({ code: 1 });
  });

  it("an overlay that is not there is an error at its path", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/tiny.yaml", text: DOCUMENT }]);
    const { code, err } = await cli(folder, "generate", "--overlay", "gone.yaml");
    expect(code).toBe(2);
    expect(err).toMatch(/^gone\.yaml:1:1 error: cannot read the document: there is no such file/);
  });

  it("says of an overlay that is taken for an API that it is none, unless it is known for one", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [
      { path: "specs/tiny.yaml", text: DOCUMENT },
      { path: "specs/tiny.overlay.yaml", text: overlay(action) },
    ]);
    const { code, err } = await cli(folder, "check");
    expect(code).toBe(2);
    expect(err).toMatch(
      /^specs\/tiny\.overlay\.yaml:1:1 error: this is an overlay, no API: it changes a document, by --overlay or by overlays in the configuration \[overlay-alone\]\n {2}1 \| overlay: /,
    );
    expect(err).toContain("1 error: nothing was written");
    expect((await cli(folder, "generate", "--overlay", "specs/tiny.overlay.yaml")).code).toBe(0);
    expect(readdirSync(join(folder, "generated"))).toEqual(["tiny"]);
  });

  it("--watch generates again when an overlay changes", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [
      { path: "specs/tiny.yaml", text: DOCUMENT },
      { path: "overlays/one.yaml", text: overlay(action) },
    ]);
    const types = () => readFileSync(join(folder, "generated/tiny/src/types.ts"), "utf8");
    const end = new AbortController();
    const interrupted = new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve()));
    const running = cliOn({ interrupted }, folder, "generate", "--watch", "--overlay", "overlays/one.yaml");
    await vi.waitFor(() => expect(types()).toContain("Added = string"), { timeout: 20_000 });
    writeFileSync(join(folder, "overlays/one.yaml"), overlay(action.replace("string", "integer")));
    await vi.waitFor(() => expect(types()).toContain("Added = number"), { timeout: 20_000 });
    end.abort();
    expect((await running).code).toBe(0);
  });
});

it("what an overlay brings is typed like everything else", async () => {
  const compilation = await compileText(DOCUMENT, {
    overlays: [
      {
        id: "o.yaml",
        text: overlay("- target: $.components.schemas.Pet.properties\n  update: { age: { type: integer } }"),
      },
    ],
  });
  expect(fileOf(compilation, "src/types.ts")).toContain("age?: number;");
});
