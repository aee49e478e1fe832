import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { locateProblems } from "../diagnostics/diagnostic.js";
import { hasErrors, leniently, problem, type Problem } from "../diagnostics/problem.js";
import { unwritable } from "../emit/agreement.js";
import { chooseNames } from "../emit/names.js";
import { OpenEnums } from "../emit/open-enums.js";
import { emitPackage } from "../emit/package.js";
import { neededRuntime } from "../emit/runtime-files.js";
import type { PinnedNames } from "../emit/pinned.js";
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
import { parse } from "../source/parse.js";
import type { ReadingOptions } from "../source/reading-options.js";
import { upgrade } from "../source/upgrade.js";
import { repaired } from "../source/validity/repair.js";
import { validate } from "../source/validity/validate.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";
import { filterDocuments, keptProblems, overlayDocument, unparsed, type Shape } from "./shape.js";

/** What a package is made from, all of it: equal inputs give equal bytes. */
export type CompileInput = Shape & {
  readonly source: SourceText;
  readonly settings: PackageSettings;
  /** Default: strictly. */
  readonly reading?: ReadingOptions;
  /** The hand-written client code, by its path below `src/runtime/`; a package carries what it needs of it, as it is. */
  readonly runtime: readonly EmittedFile[];
  /** The version of clientsmith. */
  readonly version: string;
  readonly digest: Digest;
  /** The names that the package has already given: they stay. */
  readonly pinned?: PinnedNames | undefined;
};

/** A package in memory; no files where the document is refused. */
export type Compilation = {
  readonly files: readonly EmittedFile[] | undefined;
  readonly fixtures: { readonly valid: number; readonly refused: number };
  readonly diagnostics: readonly Diagnostic[];
  /** For printing the source lines of the diagnostics. */
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
};

/**
 * The stages in a row: parse → overlays → validate → upgrade → filters → model → fixtures → emit → format. It reads nothing and writes
 * nothing.
 */
export async function compile(input: CompileInput, onStage: (stage: string) => void): Promise<Compilation> {
  const { source } = input;
  onStage("reading");
  const parsed = parse(source);
  if (!parsed.value) return refused([...parsed.problems], new Map([[source.id, unparsed(source)]]));
  const reading = { ...input.reading, api: input.settings.api };
  const overlaid = overlayDocument(parsed.value, input.overlays);
  if (!overlaid.value)
    return refused(overlaid.problems, new Map([...overlaid.overlays, [source.id, parsed.value]]));
  const valid = await validate(overlaid.value, reading);
  const upgraded = new Map([[source.id, upgrade(valid.value)]]);
  const filtered = filterDocuments(upgraded, source.id, input.filters);
  const model = buildModel(filtered.value, source.id);
  // The model's come first: where both found one fault, its message counts.
  const found = [
    ...parsed.problems,
    ...overlaid.problems,
    ...model.problems,
    ...keptProblems(valid.problems, upgraded, filtered.value),
    ...filtered.problems,
  ];
  const problems = reading.lenient === true ? leniently(found) : found;
  const document = withoutDangling(filtered.value.get(source.id)!, model.problems);
  const documents = new Map([...filtered.value, [source.id, document]]);
  const shown = new Map([...overlaid.overlays, ...documents]);
  if (!model.value || hasErrors(problems)) return refused(problems, shown);
  const openEnums = new OpenEnums(model.value, input.settings.openEnums);
  const names = chooseNames(model.value, { api: input.settings.api, openEnums, pinned: input.pinned });
  onStage("proving fixtures");
  const fixtures = buildFixtures(model.value, new Prover(documents));
  onStage("writing TypeScript");
  const bridge = await emitBridge(document, model.value, input.settings);
  const emitted = emitPackage({
    ...input,
    model: model.value,
    fixtures: fixtures.value,
    names,
    openapi: bridge.file,
  });
  onStage("formatting");
  const formatted = await formatFiles(emitted);
  const files = [
    ...formatted,
    ...neededRuntime(formatted, input.runtime).map(({ path, text }) => ({
      path: `src/runtime/${path}`,
      text,
    })),
  ];
  const all = [...problems, ...fixtures.problems, ...bridge.problems];
  return {
    files: [...files, manifestFile(files, { ...input, names: names.pinned })],
    fixtures: {
      valid: countFixtures(fixtures.value),
      refused: fixtures.problems.filter(({ code }) => code === "fixture-unproved").length,
    },
    diagnostics: locateProblems(all, shown),
    documents: shown,
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

/** The validator that proves fixtures knows no reading of a `$ref` that names nothing: it is given a schema without. */
function withoutDangling(document: SourceDocument, problems: readonly Problem[]): SourceDocument {
  const dangling = problems.filter(({ reading }) => reading === "any-value");
  return {
    ...document,
    value: repaired(
      document.value,
      dangling.map(({ origin }) => ({ pointer: origin.pointer })),
    ),
  };
}

/** What openapi-typescript cannot take costs the subpath `./openapi`, never the package. */
async function emitBridge(
  document: SourceDocument,
  model: ApiModel,
  settings: PackageSettings,
): Promise<{ file: EmittedFile | undefined; problems: Problem[] }> {
  if (!settings.openapi || !isObject(document.value)) return { file: undefined, problems: [] };
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
