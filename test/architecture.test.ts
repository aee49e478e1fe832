import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { catalogue } from "../generator/diagnostics/catalogue.js";
import { ROOT } from "./support/root.js";

/** A source file of the generator: its path below `generator/`, and its text. */
type Source = { readonly path: string; readonly text: string };

const SOURCES: readonly Source[] = readdirSync(new URL("generator", ROOT), {
  recursive: true,
  encoding: "utf8",
})
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path, text: readFileSync(new URL(`generator/${path}`, ROOT), "utf8") }));

const PURE = /^(model|emit|fixtures|diagnostics|source|diff)\//;
/** What writes and reads requests as packages do: the mock server, and the proofs of a review. */
const USES_RUNTIME = /^(mock|diff\/proof)\//;

/** What may stand only in some files. `violation` is a line that each rule must catch. */
const RULES: readonly { name: string; forbidden: RegExp; except: RegExp; violation: string }[] = [
  {
    name: "pure rooms import nothing of Node",
    forbidden: /from "node:|import\("node:|require\(/,
    except: /^(?!(model|emit|fixtures|diagnostics|source|diff)\/)/,
    violation: 'import { readFileSync } from "node:fs";',
  },
  {
    name: "pure rooms read no clock, no chance, no environment, no network",
    forbidden: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|(?<!`)\bprocess\.|\bfetch\(/,
    except: /^(?!(model|emit|fixtures|diagnostics|source|diff)\/)/,
    violation: "const now = Date.now();",
  },
  {
    name: "only main.ts uses the process; locks name the one that holds them",
    forbidden: /(?<!`)\bprocess\b[.;"]|= process\b/,
    except: /^(main|output\/lock)\.ts$/,
    violation: "process.exit(1);",
  },
  {
    name: "one place writes packages, one reports",
    forbidden: /\b(writeFile|rename|rm|rmdir|unlink|mkdir|copyFile)(Sync)?\(/,
    except: /^output\/(apply|folders|lock|report-file)\.ts$/,
    violation: 'await writeFile("a", "b");',
  },
  {
    name: "one importer of openapi-typescript",
    forbidden: /["']openapi-typescript["']/,
    except: /^emit\/openapi-paths\.ts$/,
    violation: 'import openapiTS from "openapi-typescript";',
  },
  {
    name: "the YAML parser is called in one place",
    forbidden: /^(?!import type ).*["']yaml["']/m,
    except: /^source\/parse\.ts$/,
    violation: 'import { parse } from "yaml";',
  },
  {
    name: "one importer of json-p3",
    forbidden: /["']json-p3["']/,
    except: /^source\/json-path\.ts$/,
    violation: 'import { jsonpath } from "json-p3";',
  },
  {
    name: "one sort, which no locale changes",
    forbidden: /\.sort\(|\.toSorted\(|localeCompare|Intl\./,
    except: /^(model\/order|diagnostics\/diagnostic)\.ts$|^runtime\//,
    violation: "names.toSorted((a, b) => a.localeCompare(b));",
  },
  {
    name: "no ts-morph project on the way out",
    forbidden: /new Project\(/,
    except: /^diff\//,
    violation: "const project = new Project();",
  },
  {
    name: "ts-morph is used by the emitters alone",
    forbidden: /["']ts-morph["']/,
    except: /^(emit|diff)\//,
    violation: 'import { Project } from "ts-morph";',
  },
  {
    name: "identifiers are made in one place",
    forbidden: /ID_Start|ID_Continue/,
    except: /^emit\/identifiers\.ts$/,
    violation: "const isName = /^[\\p{ID_Start}]/u;",
  },
  {
    name: "the code that makes values knows nothing of the validator that proves them",
    forbidden: /["']ajv/,
    // Formats are judged by those that Ajv judges by. The meta-schema that comes with Ajv is data.
    except:
      /^(fixtures\/prove|fixtures\/metered-ajv|fixtures\/exact-formats|pipeline\/prover|source\/validity\/dialect)\.ts$/,
    violation: 'import { Ajv2020 } from "ajv/dist/2020.js";',
  },
];

describe.each(RULES)("$name", ({ forbidden, except, violation }) => {
  it("holds", () => {
    const offenders = SOURCES.filter(
      ({ path, text }) => !except.test(path) && forbidden.test(withoutComments(text)),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it("would fail", () => {
    expect(violation).toMatch(forbidden);
    expect("model/example.ts").not.toMatch(except);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

/** The files that a file imports, below `generator/`. */
function importsOf({ path, text }: Source): string[] {
  return [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, specifier = ""]) =>
    join(dirname(path), specifier.replace(/\.js$/, ".ts")),
  );
}

function circleIn(sources: readonly Source[]): string[] | undefined {
  const graph = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of graph.get(path) ?? []) {
      const circle = visit(next, [...trail, path]);
      if (circle) return circle;
    }
    done.add(path);
    return undefined;
  };
  return [...graph.keys()].map((path) => visit(path, [])).find((circle) => circle !== undefined);
}

/** Imports that lead where they must not. */
function wrongImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter((target) => PURE.test(source.path) && !PURE.test(target) && !target.startsWith("runtime/"))
      .concat(
        importsOf(source).filter((target) =>
          source.path.startsWith("runtime/")
            ? !target.startsWith("runtime/")
            : target.startsWith("runtime/") && !USES_RUNTIME.test(source.path),
        ),
      )
      .map((target) => `${source.path} → ${target}`),
  );
}

describe("imports", () => {
  it("run in no circle", () => {
    expect(circleIn(SOURCES)).toBeUndefined();
    const ring = [
      { path: "a.ts", text: 'import "./b.js"; import { b } from "./b.js";' },
      { path: "b.ts", text: 'import { a } from "./a.js";' },
    ];
    expect(circleIn(ring)).toEqual(["a.ts", "b.ts", "a.ts"]);
  });

  it("lead from pure rooms to pure rooms alone, to the runtime from the mock server and the proofs of a review alone, and from the runtime nowhere", () => {
    expect(wrongImports(SOURCES)).toEqual([]);
    expect(
      wrongImports([{ path: "model/a.ts", text: 'import { b } from "../output/apply.js";' }]),
    ).toHaveLength(1);
    expect(
      wrongImports([{ path: "emit/a.ts", text: 'import { b } from "../runtime/send.js";' }]),
    ).toHaveLength(1);
    expect(
      wrongImports([{ path: "diff/proof/a.ts", text: 'import { b } from "../../runtime/serialize.js";' }]),
    ).toEqual([]);
    expect(
      wrongImports([{ path: "runtime/a.ts", text: 'import { b } from "../mock/server.js";' }]),
    ).toHaveLength(1);
  });
});

/** The files that a file loads at once: neither what it imports of types alone, nor what it imports when that is needed. */
function loadedBy(path: string, loaded = new Set<string>()): ReadonlySet<string> {
  const source = SOURCES.find((each) => each.path === path);
  if (!source || loaded.has(path)) return loaded;
  loaded.add(path);
  const imports = source.text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)"/gm);
  for (const [, specifier = ""] of imports) {
    if (specifier.startsWith(".")) loadedBy(join(dirname(path), specifier.replace(/\.js$/, ".ts")), loaded);
    else loaded.add(specifier);
  }
  return loaded;
}

it("a command loads a compiler where it needs one", () => {
  const compilers = ["typescript", "ts-morph", "openapi-typescript"];
  const loading = (path: string) => compilers.filter((each) => loadedBy(path).has(each));
  expect(["main.ts", "commands/diff.ts", "pipeline/diff.ts"].flatMap(loading)).toEqual([]);
  expect(loading("diff/impact/assignability.ts")).toEqual(["ts-morph"]);
});

/** The rooms of a review, each of which knows those before it alone; and the files that stand between them. */
const ROW = [
  "ancestors change matching place",
  "sets",
  "rules",
  "compare",
  "proof",
  "finding locate prove-changes",
  "impact",
  "review waivers",
  "reports",
  "release-notes",
].map((rooms) => rooms.split(" "));

function placeInRow(path: string): number {
  const [, room = ""] = /^diff\/([^/.]+)/.exec(path) ?? [];
  return ROW.findIndex((rooms) => rooms.includes(room));
}

/** The imports from a room of a review to one behind it. */
function backwards(sources: typeof SOURCES): string[] {
  return sources
    .filter(({ path }) => path.startsWith("diff/"))
    .flatMap((source) =>
      importsOf(source)
        .filter((target) => placeInRow(target) > placeInRow(source.path))
        .map((target) => `${source.path} → ${target}`),
    );
}

it("the rooms of a review stand in a row", () => {
  expect(SOURCES.filter(({ path }) => path.startsWith("diff/") && placeInRow(path) === -1)).toEqual([]);
  expect(backwards(SOURCES)).toEqual([]);
  const turned = { path: "diff/sets/a.ts", text: 'import { b } from "../compare/b.js";' };
  expect(backwards([turned])).toEqual(["diff/sets/a.ts → diff/compare/b.ts"]);
});

/** Generated text carries nothing that changes without a change in meaning; the version stands in the manifest alone. */
describe("generated packages", () => {
  const forbidden =
    /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|\/(home|root|tmp|work|Users)\/|clientsmith[ @]v?\d+\.\d+/;

  it.each(["cargo", "dynamic-auth"])("%s carry no time, no path and no version of the generator", (name) => {
    const folder = new URL(`generated/${name}/`, ROOT);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(ts|md|json)$/.test(path),
    );
    const offenders = files.filter(
      (path) =>
        !/^(dist|node_modules)\//.test(path) && forbidden.test(readFileSync(new URL(path, folder), "utf8")),
    );
    expect(offenders).toEqual([]);
    expect("// clientsmith 0.1.0").toMatch(forbidden);
  });
});

/** The codes that no file but the catalogue names. */
function unsaid(codes: readonly string[]): string[] {
  const users = SOURCES.filter(({ path }) => path !== "diagnostics/catalogue.ts");
  return codes.filter((code) => !users.some(({ text }) => text.includes(`"${code}"`)));
}

it("the catalogue holds no message that is never said", () => {
  expect(unsaid(Object.keys(catalogue))).toEqual([]);
  expect(unsaid(["never-said"])).toEqual(["never-said"]);
});
