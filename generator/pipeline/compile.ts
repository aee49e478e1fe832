import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { locateProblems } from "../diagnostics/diagnostic.js";
import { hasErrors, problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { unwritable } from "../emit/agreement.js";
import { chooseNames } from "../emit/names.js";
import { emitPackage, type Bridge } from "../emit/package.js";
import type { PackageSettings } from "../emit/settings.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { buildFixtures } from "../fixtures/build.js";
import type { ApiFixtures } from "../fixtures/fixture.js";
import { Prover } from "../fixtures/prove.js";
import { buildModel } from "../model/build.js";
import type { ApiModel } from "../model/model.js";
import { formatFiles } from "../output/format.js";
import { manifestFile, type Digest } from "../output/manifest.js";
import { bundle } from "../source/bundle.js";
import { resolveDynamic } from "../source/dynamic.js";
import { loadDocuments, type FetchText } from "../source/load.js";
import { upgrade, type Upgraded } from "../source/upgrade.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";

/** What a package is made from, all of it: equal inputs give equal bytes. */
export type CompileInput = {
  readonly source: SourceText;
  /** Reads the other documents that it refers to. */
  readonly fetchText: FetchText;
  readonly settings: PackageSettings;
  /** The hand-written client code that every package carries as it is, by its path below `src/runtime/`. */
  readonly runtime: readonly EmittedFile[];
  /** The version of clientsmith. */
  readonly version: string;
  readonly digest: Digest;
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
 * The stages in a row: load → upgrade → resolve dynamic references → model → fixtures → emit → format. It writes nothing, and reads what documents refer to
 * through `fetchText` alone.
 */
export async function compile(input: CompileInput, onStage: (stage: string) => void): Promise<Compilation> {
  const { source } = input;
  onStage("reading");
  const loaded = await loadDocuments(source, input.fetchText);
  const isParsed = loaded.value.documents.get(source.id)!.value !== null || !hasErrors(loaded.problems);
  if (!isParsed) return refused(loaded.problems, loaded.value.documents);
  const resolved = resolveDynamic(upgrade(loaded.value), loaded.value.places);
  const { documents } = resolved.value;
  const model = buildModel(resolved.value, source.id);
  const problems = [...loaded.problems, ...resolved.problems, ...model.problems];
  if (!model.value || hasErrors(problems)) return refused(problems, documents);
  onStage("proving fixtures");
  const fixtures = buildFixtures(model.value, new Prover(resolved.value));
  onStage("writing TypeScript");
  const bridge = await emitBridge({
    upgraded: resolved.value,
    entry: source.id,
    model: model.value,
    settings: input.settings,
  });
  const emitted = emitPackage({
    ...input,
    model: model.value,
    fixtures: fixtures.value,
    openapi: bridge.value,
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

type BridgeInput = {
  readonly upgraded: Upgraded;
  readonly entry: SourceId;
  readonly model: ApiModel;
  readonly settings: PackageSettings;
};

/** What openapi-typescript cannot take costs the subpath `./openapi`, never the package. */
async function emitBridge({
  upgraded,
  entry,
  model,
  settings,
}: BridgeInput): Promise<Staged<Bridge | undefined>> {
  if (!settings.openapi) return { value: undefined, problems: [] };
  const stranger = unwritable(model);
  if (stranger) {
    const reason = "it has no type for this schema that compiles";
    return {
      value: undefined,
      problems: [problem("openapi-bridge", { reason }, { origin: stranger.origin, place: "key" })],
    };
  }
  try {
    const { emitOpenApiPaths } = await import("../emit/openapi-paths.js");
    const { schemas } = chooseNames(model, settings.api);
    const wanted = new Map([...schemas].map(([id, { type }]) => [id, type] as const));
    const bundled = bundle(upgraded, entry, wanted);
    return {
      value: { file: emitOpenApiPaths(bundled.document), components: bundled.schemas },
      problems: [],
    };
  } catch (error) {
    const origin = { source: entry, pointer: "" };
    return {
      value: undefined,
      problems: [problem("openapi-bridge", { reason: (error as Error).message }, { origin })],
    };
  }
}

function countFixtures({ schemas }: ApiFixtures): number {
  return [...schemas.values()].reduce((sum, { valid, invalid }) => sum + valid.length + invalid.length, 0);
}
