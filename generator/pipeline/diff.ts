import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { listSpecs, loadConfig } from "../config/load.js";
import { allTargets, selectTargets, UsageError, type LoadedConfig, type Target } from "../config/targets.js";
import { locateProblems, type Diagnostic } from "../diagnostics/diagnostic.js";
import { hasErrors, leniently } from "../diagnostics/problem.js";
import type { Pair } from "../diff/compare-schemas.js";
import { typescriptImpact } from "../diff/impact.js";
import { review, withImpact, type Review, type ReviewSide } from "../diff/review.js";
import { Prover } from "../fixtures/prove.js";
import { buildModel } from "../model/build.js";
import { DEFAULT_LIMITS } from "../source/limits.js";
import type { FetchText } from "../source/load.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";
import { allowedBy } from "./allow.js";
import { DocumentReader } from "./documents.js";
import { GitReader } from "./git.js";
import { readRuntime, SELF } from "./installed.js";
import { Lock } from "./lock.js";
import { readDocuments } from "./read.js";

/** Two files, or the configured documents as they are against a commit. */
export type DiffOptions = {
  readonly cwd: string;
  readonly config?: LoadedConfig["config"] | undefined;
  /** Reads past faults that have a safe reading. */
  readonly lenient?: boolean | undefined;
} & (
  | { readonly kind: "files"; readonly base: string; readonly head: string }
  | { readonly kind: "git"; readonly apis: readonly string[]; readonly revision: string }
);

type Documents = ReadonlyMap<SourceId, SourceDocument>;

/** The review of one API, or the faults for which there is none. */
export type ReviewedApi = {
  readonly name: string;
  readonly review: Review | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly documents: Pair<Documents>;
};

/**
 * Reviews what changed documents do to those who call the API.
 *
 * @throws {UsageError} where the options name no document, or no commit.
 */
export async function runDiff(options: DiffOptions): Promise<ReviewedApi[]> {
  const pairs = options.kind === "files" ? [await filePair(options)] : await gitPairs(options);
  const runtime = await readRuntime();
  const reviewed: ReviewedApi[] = [];
  for (const pair of pairs)
    reviewed.push(await reviewPair(pair, { runtime, lenient: options.lenient ?? false }));
  return reviewed;
}

/** A text and what reads those that it refers to. */
type Entry = { readonly source: SourceText; readonly fetchText: FetchText };
type EntryPair = { readonly name: string; readonly openEnums: boolean; readonly sides: Pair<Entry> };

async function filePair({ cwd, base, head }: DiffOptions & { kind: "files" }): Promise<EntryPair> {
  const reader = await readerOf(cwd);
  const entry = async (file: string): Promise<Entry> => {
    const path = resolve(cwd, file);
    return { source: await readSource(reader, path), fetchText: reader.fetching(path, () => undefined) };
  };
  const name = basename(head).replace(/\.[^.]*$/, "");
  return { name, openEnums: true, sides: { base: await entry(base), head: await entry(head) } };
}

async function readerOf(cwd: string): Promise<DocumentReader> {
  const lock = new Lock(undefined, { isUpdating: false });
  return new DocumentReader({ cwd, lock, limits: DEFAULT_LIMITS, allowed: await allowedBy([]) });
}

/** @throws {UsageError} where the document cannot be read. */
async function readSource(reader: DocumentReader, path: string): Promise<SourceText> {
  const { value, problems } = await reader.readEntry(path);
  if (value) return value;
  throw new UsageError(`${path}: ${problems.map(({ message }) => message).join("; ")}`);
}

async function gitPairs(options: DiffOptions & { kind: "git" }): Promise<EntryPair[]> {
  const { cwd, apis, revision } = options;
  const git = await GitReader.open(cwd, revision);
  const reader = await readerOf(cwd);
  const loaded = options.config ? { config: options.config, folder: cwd } : await loadConfig(cwd, SELF);
  const specs = new Set([
    ...(await listSpecs(loaded.folder)),
    ...(await git.list(join(loaded.folder, "specs"))),
  ]);
  const targets = selectTargets(allTargets(loaded, [...specs]), loaded, { names: apis, cwd });
  const pairs: EntryPair[] = [];
  for (const target of targets) pairs.push(await gitPair(target, { git, reader, cwd }));
  return pairs;
}

async function gitPair(
  { name, input, settings }: Target,
  { git, reader, cwd }: { git: GitReader; reader: DocumentReader; cwd: string },
): Promise<EntryPair> {
  const none = emptyDocument(relative(cwd, input).split(sep).join("/"));
  const base = (await git.source(input)) ?? none;
  const head = existsSync(input) ? await readSource(reader, input) : none;
  return {
    name,
    openEnums: settings.openEnums,
    sides: {
      base: { source: base, fetchText: git.fetching(input) },
      head: { source: head, fetchText: reader.fetching(input, () => undefined) },
    },
  };
}

/** A document that is not there offers nothing. */
function emptyDocument(id: SourceId): SourceText {
  return { id, text: 'openapi: 3.1.0\ninfo: { title: None, version: "0" }\npaths: {}\n' };
}

type Surroundings = { readonly runtime: Awaited<ReturnType<typeof readRuntime>>; readonly lenient: boolean };

async function reviewPair(
  { name, openEnums, sides }: EntryPair,
  { runtime, lenient }: Surroundings,
): Promise<ReviewedApi> {
  const base = await sideOf(sides.base, { name, lenient });
  const head = await sideOf(sides.head, { name, lenient });
  const documents = { base: base.documents, head: head.documents };
  const diagnostics = [...base.diagnostics, ...head.diagnostics].filter(
    ({ severity }) => severity === "error",
  );
  if (!base.side || !head.side) return { name, review: undefined, diagnostics, documents };
  const found = review({ base: base.side, head: head.side }, digest);
  const models = { base: base.side.model, head: head.side.model };
  const impacts = await typescriptImpact({ models, api: name, openEnums, runtime });
  return { name, review: withImpact(found, impacts), diagnostics, documents };
}

type ReadSide = {
  readonly side: ReviewSide | undefined;
  readonly documents: Documents;
  readonly diagnostics: readonly Diagnostic[];
};

async function sideOf(
  { source, fetchText }: Entry,
  { name, lenient }: { name: string; lenient: boolean },
): Promise<ReadSide> {
  const read = await readDocuments({ source, fetchText, api: name, reading: { lenient } });
  const model = read.value && buildModel(read.value, source.id);
  const found = [...(model?.problems ?? []), ...read.problems];
  const problems = lenient ? leniently(found) : found;
  const documents = new Map([...read.shown, ...(read.value?.documents ?? [])]);
  const diagnostics = locateProblems(problems, documents);
  if (!read.value || !model?.value || hasErrors(problems)) return { side: undefined, documents, diagnostics };
  const side = { model: model.value, prover: new Prover(read.value), documents: read.value.documents };
  return { side, documents, diagnostics };
}

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
