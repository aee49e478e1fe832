import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { locateProblems } from "../diagnostics/diagnostic.js";
import { hasErrors, leniently, problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { unwritable } from "../emit/agreement.js";
import { chooseNames, type PackageNames } from "../emit/names.js";
import { OpenEnums } from "../emit/open-enums.js";
import { emitCode, emitRest, type Bridge } from "../emit/package.js";
import { neededRuntime } from "../emit/runtime-files.js";
import type { PinnedNames } from "../emit/pinned.js";
import type { PackageSettings } from "../emit/settings.js";
import { Cuts, type EmittedFile } from "../emit/typescript-module.js";
import { buildFixtures } from "../fixtures/build.js";
import { FULL, MINIMAL, type ApiFixtures, type PairSet } from "../fixtures/fixture.js";
import { judgesOf } from "./prover.js";
import { buildModel } from "../model/build.js";
import type { ApiModel } from "../model/model.js";
import { Formatter } from "../output/format.js";
import { manifestFile, type Digest } from "../output/manifest.js";
import { bundle } from "../source/bundle.js";
import { DEFAULT_LIMITS } from "../source/limits.js";
import type { Upgraded } from "../source/upgrade.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";
import { asMeant } from "./as-meant.js";
import { asRead } from "./as-read.js";
import { readDocuments, type ReadInput } from "./read.js";
import { ThreadError, Threads, THREADED_LENGTH } from "./threads.js";
import { unparsed } from "./shape.js";

/** What a package is made from, all of it: equal inputs give equal bytes. */
export type CompileInput = Omit<ReadInput, "api"> & {
  readonly settings: PackageSettings;
  /** The hand-written client code, by its path below `src/runtime/`; a package carries what it needs of it, as it is. */
  readonly runtime: readonly EmittedFile[];
  /** The version of clientsmith. */
  readonly version: string;
  readonly digest: Digest;
  /** The version of the package, where it was released: the manifest keeps it. */
  readonly released?: string | undefined;
  /** The names that the package has already given: they stay. */
  readonly pinned?: PinnedNames | undefined;
};

/** How many fixtures there are, and what has none. */
export type FixtureCounts = {
  readonly valid: number;
  readonly refused: number;
  /** Of the choices that schemas leave, those that a fixture shows, and those that are too many to show. */
  readonly choices: { readonly shown: number; readonly leftOut: number };
  /** Of the pairs of choices at different places, those that are proved, those that their schema refuses, and those that are too many. */
  readonly pairs: { readonly proved: number; readonly refused: number; readonly leftOut: number };
};

/** A package in memory; no files where the document is refused. */
export type Compilation = {
  readonly files: readonly EmittedFile[] | undefined;
  readonly fixtures: FixtureCounts;
  readonly diagnostics: readonly Diagnostic[];
  /** For printing the source lines of the diagnostics. */
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
};

/**
 * The stages in a row: read → model → fixtures → emit → format. It writes nothing, and reads what documents refer to through
 * `fetchText` alone.
 */
export function compile(input: CompileInput, onStage: (stage: string) => void): Promise<Compilation> {
  const threads = new Threads();
  return withinStack(input.source, () => compileStages(input, threads, onStage), refused).finally(() =>
    threads.end(),
  );
}

type Refuse<T> = (problems: readonly Problem[], documents: Compilation["documents"]) => T;

/** What the stages give, or a refusal: the limits keep documents far from this; with raised ones, the stack is what ends first. */
export async function withinStack<T>(
  source: SourceText,
  stages: () => Promise<T>,
  refuse: Refuse<T>,
): Promise<T> {
  try {
    return await stages();
  } catch (error) {
    if (!(error instanceof RangeError) || !/call stack/.test(error.message)) throw error;
    const origin = { source: source.id, pointer: "" };
    return refuse([problem("nesting-exhausting", {}, { origin })], new Map([[source.id, unparsed(source)]]));
  }
}

/** A model and the documents that prove its fixtures; undefined where the documents are refused. */
export type ReadModel = Staged<{ readonly model: ApiModel; readonly resolved: Upgraded } | undefined> & {
  readonly documents: Compilation["documents"];
};

/** Read → model: where the documents have no faults that stop a run. */
export async function readModel(input: ReadInput): Promise<ReadModel> {
  const { source, limits = DEFAULT_LIMITS } = input;
  const read = await readDocuments(input);
  if (!read.value) return { value: undefined, problems: read.problems, documents: read.shown };
  const built = buildModel(read.value, source.id, limits);
  // The model's come first: where both found one fault, its message counts.
  const found = [...built.problems, ...read.problems];
  const { lenient, reviewing } = input.reading ?? {};
  const problems = lenient === true || reviewing === true ? leniently(found) : found;
  const schemas = built.value?.schemas ?? new Map<never, never>();
  const resolved = asRead(read.value, { schemas, problems: built.problems });
  const documents = new Map([...read.shown, ...resolved.documents]);
  const value = !built.value || hasErrors(problems) ? undefined : { model: built.value, resolved };
  return { value, problems, documents };
}

async function compileStages(
  input: CompileInput,
  threads: Threads,
  onStage: (stage: string) => void,
): Promise<Compilation> {
  const { source, settings, pinned } = input;
  onStage("reading");
  const { value, problems, documents } = await readModel({ ...input, api: settings.api });
  if (!value) return refused(problems, documents);
  const { model, resolved } = value;
  const openEnums = OpenEnums.of(model, settings.openEnums);
  const names = chooseNames(model, { api: settings.api, openEnums, pinned });
  // A thread makes the bridge of a large document meanwhile.
  const bridging = emitBridge({
    upgraded: resolved,
    entry: source.id,
    model,
    names,
    settings,
    isEndless: problems.some(({ code }) => code === "ref-endless"),
    threads,
  });
  // Whatever else fails is told first.
  bridging.catch(() => undefined);
  const formatter = new Formatter({ from: THREADED_LENGTH, lend: (files) => threads.lend("format", files) });
  onStage("writing TypeScript");
  const packageInput = { model, names, openEnums, settings, cuts: new Cuts() };
  formatter.add(emitCode(packageInput));
  onStage("proving fixtures");
  const fixtures = buildFixtures(model, judgesOf(asMeant(resolved, model)), { withPairs: true });
  onStage("writing fixtures");
  const bridge = await bridging;
  formatter.add(emitRest(packageInput, { fixtures: fixtures.value, openapi: bridge.value }));
  onStage("formatting");
  const formatted = await formatter.finish();
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
      refused: fixtures.problems.filter(({ code }) => REFUSALS.has(code)).length,
      choices: choicesOf(fixtures.value),
      pairs: pairsOf(fixtures.value),
    },
    diagnostics: locateProblems(all, documents),
    documents,
  };
}

/** Those of a document that is refused. */
export const NO_FIXTURES: FixtureCounts = {
  valid: 0,
  refused: 0,
  choices: { shown: 0, leftOut: 0 },
  pairs: { proved: 0, refused: 0, leftOut: 0 },
};

/** What is said of a schema that has not all of its fixtures. */
const REFUSALS: ReadonlySet<string> = new Set([
  "fixture-unproved",
  "schema-unsatisfiable",
  "schema-undecided",
]);

function refused(problems: readonly Problem[], documents: Compilation["documents"]): Compilation {
  return {
    files: undefined,
    fixtures: NO_FIXTURES,
    diagnostics: locateProblems(problems, documents),
    documents,
  };
}

type BridgeInput = {
  readonly upgraded: Upgraded;
  readonly entry: SourceId;
  readonly model: ApiModel;
  readonly names: PackageNames;
  readonly settings: PackageSettings;
  /** True where the documents have a schema that no validator ends: openapi-typescript does not either. */
  readonly isEndless: boolean;
  readonly threads: Threads;
};

/** What openapi-typescript cannot take costs the subpath `./openapi`, never the package. */
async function emitBridge({
  upgraded,
  entry,
  model,
  names,
  settings,
  isEndless,
  threads,
}: BridgeInput): Promise<Staged<Bridge | undefined>> {
  if (!settings.openapi) return { value: undefined, problems: [] };
  if (isEndless) {
    const reason = "a schema refers back to itself for the same value";
    return {
      value: undefined,
      problems: [problem("openapi-bridge", { reason }, { origin: model.info.origin })],
    };
  }
  const stranger = unwritable(model);
  if (stranger) {
    const reason = "it has no type for this schema that compiles";
    return {
      value: undefined,
      problems: [problem("openapi-bridge", { reason }, { origin: stranger.origin, place: "key" })],
    };
  }
  try {
    const wanted = new Map([...names.schemas].map(([id, { type }]) => [id, type] as const));
    const { document, schemas: components } = bundle(upgraded, entry, wanted);
    const length = [...upgraded.documents.values()].reduce((sum, { text }) => sum + text.length, 0);
    const lent = length >= THREADED_LENGTH ? threads.lend("bridge", document) : undefined;
    const emitHere = async () => (await import("../emit/openapi-paths.js")).emitOpenApiPaths(document);
    const file = await (lent?.result.catch(async (error: unknown) => {
      if (error instanceof ThreadError) return emitHere();
      throw error;
    }) ?? emitHere());
    return { value: { file, components }, problems: [] };
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

/** Every fixture beside `full` and `minimal` shows a choice. */
function choicesOf({ schemas }: ApiFixtures): FixtureCounts["choices"] {
  const sets = [...schemas.values()];
  const shown = sets.flatMap(({ valid }) => valid.filter(({ id }) => id !== FULL && id !== MINIMAL));
  return { shown: shown.length, leftOut: sets.reduce((sum, { leftOut = 0 }) => sum + leftOut, 0) };
}

function pairsOf({ schemas }: ApiFixtures): FixtureCounts["pairs"] {
  const sets = [...schemas.values()].flatMap(({ pairs }) => pairs ?? []);
  const sum = (count: (pairs: PairSet) => number) => sets.reduce((total, pairs) => total + count(pairs), 0);
  return {
    proved: sum(({ proved }) => proved),
    refused: sum((pairs) => pairs.refused.length),
    leftOut: sum(({ leftOut }) => leftOut),
  };
}
