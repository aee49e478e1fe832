import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { locateProblems } from "../diagnostics/diagnostic.js";
import { hasErrors, problem, type Problem } from "../diagnostics/problem.js";
import { unwritable } from "../emit/agreement.js";
import { emitPackage } from "../emit/package.js";
import type { PackageSettings } from "../emit/settings.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { buildFixtures } from "../fixtures/build.js";
import type { ApiFixtures } from "../fixtures/fixture.js";
import { Prover } from "../fixtures/prove.js";
import { buildModel } from "../model/build.js";
import type { ApiModel } from "../model/model.js";
import { formatFiles } from "../output/format.js";
import { manifestFile, type Digest } from "../output/manifest.js";
import { isObject } from "../source/json.js";
import { DEFAULT_LIMITS, type Limits } from "../source/limits.js";
import { parse } from "../source/parse.js";
import { upgrade } from "../source/upgrade.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";

/** What a package is made from, all of it: equal inputs give equal bytes. */
export type CompileInput = {
  readonly source: SourceText;
  readonly settings: PackageSettings;
  /** The hand-written client code that every package carries as it is, by its path below `src/runtime/`. */
  readonly runtime: readonly EmittedFile[];
  /** The version of clientsmith. */
  readonly version: string;
  readonly digest: Digest;
  /** What the document may ask for. Default: {@link DEFAULT_LIMITS}. */
  readonly limits?: Limits | undefined;
};

/** A package in memory; no files where the document is refused. */
export type Compilation = {
  readonly files: readonly EmittedFile[] | undefined;
  readonly fixtures: { readonly valid: number; readonly refused: number };
  readonly diagnostics: readonly Diagnostic[];
  /** For printing the source lines of the diagnostics. */
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
};

/** The stages in a row: parse → upgrade → model → fixtures → emit → format. It reads nothing and writes nothing. */
export async function compile(input: CompileInput, onStage: (stage: string) => void): Promise<Compilation> {
  try {
    return await compileStages(input, onStage);
  } catch (error) {
    // The limits keep documents far from this; with raised ones, the stack is what ends first.
    if (!(error instanceof RangeError) || !/call stack/.test(error.message)) throw error;
    const origin = { source: input.source.id, pointer: "" };
    return refused([problem("nesting-exhausting", {}, { origin })], unparsed(input.source));
  }
}

async function compileStages(input: CompileInput, onStage: (stage: string) => void): Promise<Compilation> {
  const { source, limits = DEFAULT_LIMITS } = input;
  onStage("reading");
  const parsed = parse(source, limits);
  if (!parsed.value) return refused([...parsed.problems], unparsed(source));
  const document = upgrade(parsed.value);
  const documents = new Map([[source.id, document]]);
  const model = buildModel(documents, source.id, limits);
  const problems = [...parsed.problems, ...model.problems];
  if (!model.value || hasErrors(problems)) return refused(problems, documents);
  onStage("proving fixtures");
  const fixtures = buildFixtures(model.value, new Prover(documents));
  onStage("writing TypeScript");
  const isEndless = problems.some(({ code }) => code === "ref-endless");
  const bridge = await emitBridge(document, model.value, { ...input.settings, isEndless });
  const emitted = emitPackage({
    ...input,
    model: model.value,
    fixtures: fixtures.value,
    openapi: bridge.file,
  });
  onStage("formatting");
  const formatted = await formatFiles(emitted);
  const files = [
    ...formatted,
    ...input.runtime.map(({ path, text }) => ({ path: `src/runtime/${path}`, text })),
  ];
  const all = [...problems, ...fixtures.problems, ...bridge.problems];
  return {
    files: [...files, manifestFile(files, input.version, input.digest)],
    fixtures: {
      valid: countFixtures(fixtures.value),
      refused: fixtures.problems.filter(({ code }) => code === "fixture-unproved").length,
    },
    diagnostics: locateProblems(all, documents),
    documents,
  };
}

function refused(problems: readonly Problem[], documents: Compilation["documents"]): Compilation {
  return {
    files: undefined,
    fixtures: { valid: 0, refused: 0 },
    diagnostics: locateProblems(problems, documents),
    documents,
  };
}

/** A document that did not parse still has lines to show. */
function unparsed(source: SourceText): Compilation["documents"] {
  return new Map([[source.id, { ...source, value: null, locate: () => ({ line: 1, column: 1 }) }]]);
}

/** What openapi-typescript cannot take costs the subpath `./openapi`, never the package. */
async function emitBridge(
  document: SourceDocument,
  model: ApiModel,
  settings: PackageSettings & { readonly isEndless: boolean },
): Promise<{ file: EmittedFile | undefined; problems: Problem[] }> {
  if (!settings.openapi || !isObject(document.value)) return { file: undefined, problems: [] };
  if (settings.isEndless) {
    const reason = "a schema refers back to itself for the same value";
    return {
      file: undefined,
      problems: [problem("openapi-bridge", { reason }, { origin: model.info.origin })],
    };
  }
  const stranger = unwritable(model);
  if (stranger) {
    const reason = "it has no type for this schema that compiles";
    return {
      file: undefined,
      problems: [problem("openapi-bridge", { reason }, { origin: stranger.origin, place: "key" })],
    };
  }
  try {
    const { emitOpenApiPaths } = await import("../emit/openapi-paths.js");
    return { file: emitOpenApiPaths(document.value), problems: [] };
  } catch (error) {
    const origin = { source: document.id, pointer: "" };
    return {
      file: undefined,
      problems: [problem("openapi-bridge", { reason: (error as Error).message }, { origin })],
    };
  }
}

function countFixtures({ schemas }: ApiFixtures): number {
  return [...schemas.values()].reduce((sum, { valid, invalid }) => sum + valid.length + invalid.length, 0);
}
