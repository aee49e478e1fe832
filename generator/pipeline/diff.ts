import { createHash } from "node:crypto";
import { locateProblems, type Diagnostic } from "../diagnostics/diagnostic.js";
import { hasErrors, leniently, type Problem } from "../diagnostics/problem.js";
import type { PackageSide } from "../diff/impact/changed-parts.js";
import type { Pair } from "../diff/change.js";
import { Causes } from "../diff/impact/causes.js";
import { FindingNames } from "../diff/impact/finding-names.js";
import { fixtureImpact } from "../diff/impact/fixture-impact.js";
import { packageSides, typescriptImpact } from "../diff/impact/impact.js";
import { judged, review, type Review, type ReviewSide } from "../diff/review.js";
import { withWaivers } from "../diff/waivers.js";
import { proverOf } from "./prover.js";
import { QuickJudge } from "../fixtures/quick-judge.js";
import { buildModel, buildReceived } from "../model/build.js";
import { hasChildren } from "../model/descendants.js";
import { bytesAs } from "../source/bytes.js";
import type { Limits } from "../source/limits.js";
import type { SourceDocument, SourceId } from "../source/source.js";
import type { Upgraded } from "../source/upgrade.js";
import type { Target } from "../config/targets.js";
import { asMeant } from "./as-meant.js";
import {
  isAbsent,
  readEntries,
  type Compared,
  type Entry,
  type EntryPair,
  type Reading,
} from "./diff-entries.js";
import { Compiler } from "./compiler.js";
import { readRuntime, readVersion } from "./installed.js";
import { readDocuments } from "./read.js";
import { NO_WAIVERS, readWaiversFile, type WaiversFile } from "./waivers-file.js";

/** What is compared, and how it is judged. */
export type DiffOptions = Compared &
  Reading & {
    /** The file of waivers, from `cwd`. */
    readonly waivers?: string | undefined;
    /** The date of today in UTC, `2026-11-21`: waivers end. */
    readonly today: string;
    /** The `tsconfig.json` of projects that use the packages, from `cwd`. */
    readonly consumers?: readonly string[] | undefined;
  };

type Documents = ReadonlyMap<SourceId, SourceDocument>;

/**
 * The review of one API; none where a document has a fault without a safe reading. A review is no gate for faults that were there before: past
 * those with a safe reading it goes on, and names the new ones.
 */
export type ReviewedApi = {
  readonly name: string;
  readonly review: Review | undefined;
  readonly diagnostics: Pair<readonly Diagnostic[]>;
  readonly documents: Pair<Documents>;
};

/** The reviews of a run; with faults of the file of waivers, there is none. */
export type DiffRun = {
  readonly apis: readonly ReviewedApi[];
  readonly waivers: WaiversFile;
  /** What whoever reads the reviews should know of how they came about. */
  readonly notes: readonly string[];
};

/**
 * Reviews what changed documents do to those who call the API.
 *
 * @throws {UsageError} where the options name no document, or no commit.
 */
export function runDiff(options: DiffOptions): Promise<DiffRun> {
  const compiler = new Compiler();
  return reviewAll(options, compiler).finally(() => compiler.end());
}

async function reviewAll(options: DiffOptions, compiler: Compiler): Promise<DiffRun> {
  const { cwd, waivers: asked, today } = options;
  const { pairs, notes, loaded, limits, reader, isWhole } = await readEntries(options, options);
  const isOffered = options.kind === "git" || asked !== undefined;
  const waivers = isOffered ? await readWaiversFile(loaded, { asked, cwd, reader }) : NO_WAIVERS;
  if (waivers.diagnostics.length > 0) return { apis: [], waivers, notes };
  const runtime = await readRuntime();
  const apis: ReviewedApi[] = [];
  const surroundings = { compiler, runtime, limits, today, cwd, consumers: options.consumers ?? [] };
  for (const pair of pairs) apis.push(await reviewPair(pair, surroundings));
  return { apis: waived(apis, waivers, { today, isWhole }), waivers, notes };
}

function waived(
  apis: readonly ReviewedApi[],
  { waivers }: WaiversFile,
  circumstances: { today: string; isWhole: boolean },
): ReviewedApi[] {
  if (waivers.length === 0) return [...apis];
  const named = apis.flatMap(({ name, review: found }) => (found ? [{ name, review: found }] : []));
  const isWhole = circumstances.isWhole && named.length === apis.length;
  const judgedAnew = withWaivers(named, waivers, { ...circumstances, isWhole });
  const byName = new Map(named.map(({ name }, index) => [name, judgedAnew[index]]));
  return apis.map((api) => ({ ...api, review: byName.get(api.name) }));
}

type Surroundings = {
  readonly compiler: Compiler;
  readonly runtime: Awaited<ReturnType<typeof readRuntime>>;
  readonly limits: Limits;
  readonly today: string;
  readonly cwd: string;
  readonly consumers: readonly string[];
};

async function reviewPair(pair: EntryPair, surroundings: Surroundings): Promise<ReviewedApi> {
  const { target, sides: entries, pinned } = pair;
  const { name, settings, reading } = target;
  const options = { name, reading, limits: surroundings.limits };
  const { base, head } = await sidesOf(entries, options);
  const documents = {
    base: isAbsent(entries.base) ? new Map() : base.documents,
    head: isAbsent(entries.head) ? new Map() : head.documents,
  };
  const known = new Set(base.faults.map(keyOfFault));
  const told = {
    base: base.faults.filter(({ severity }) => severity === "error"),
    head: head.faults.filter((fault) => fault.severity === "error" || !known.has(keyOfFault(fault))),
  };
  const diagnostics = {
    base: locateProblems(told.base, base.documents),
    head: locateProblems(told.head, head.documents),
  };
  if (!base.side || !head.side) return { name, review: undefined, diagnostics, documents };
  const { compiler, runtime, today } = surroundings;
  const { openEnums, openapi } = settings;
  const packaged = { base: base.side.packaged, head: head.side.packaged };
  const models = { base: packaged.base.model, head: packaged.head.model };
  const received = { base: base.side.received, head: head.side.received };
  const entryOf = (side: keyof typeof entries) => documents[side].get(entries[side].source.id)?.value;
  const bridged = openapi ? { base: entryOf("base"), head: entryOf("head") } : undefined;
  const sides = packageSides({ models, received, api: name, openEnums, documents: bridged, pinned });
  // The compiler answers meanwhile.
  const asking = typescriptImpact(sides, { ask: (inquiry) => compiler.ask(inquiry), runtime });
  asking.catch(() => undefined);
  const found = review({ base: base.side, head: head.side }, { digest, openEnums, today });
  const fixtures = fixtureImpact(sides, { base: packaged.base.judge, head: packaged.head.judge });
  const impacts = await asking;
  const called = new FindingNames(sides);
  const causes = new Causes(found.findings, (each) => called.of(each));
  const typescript = impacts.map(({ traces, ...impact }) => ({
    ...impact,
    finding: causes.ofImpact({ traces, ...impact })?.id,
  }));
  const materials = { sides, findings: found.findings, typescript, options };
  const consumers = await consumerReviews(pair, materials, surroundings);
  return { name, review: judged({ ...found, typescript, fixtures, consumers }), diagnostics, documents };
}

type ConsumerMaterials = {
  readonly sides: Pair<PackageSide>;
  readonly findings: Review["findings"];
  readonly typescript: NonNullable<Review["typescript"]>;
  readonly options: { readonly limits: Limits };
};

/** What becomes of the projects that use the package: both packages are made as a whole for it, and the compiler is loaded. */
async function consumerReviews(
  { target, sides: entries }: EntryPair,
  { sides, findings, typescript, options }: ConsumerMaterials,
  { consumers, cwd, runtime }: Surroundings,
): Promise<Review["consumers"]> {
  if (consumers.length === 0) return undefined;
  const { compile } = await import("./compile.js");
  const { checkConsumer } = await import("./consumer.js");
  const version = await readVersion();
  const filesOf = async (side: "base" | "head") => {
    const input = {
      ...entries[side],
      pinned: sides[side].names.pinned,
      settings: target.settings,
      runtime,
      version,
      digest,
    };
    const reading = { ...target.reading, reviewing: true };
    return (await compile({ ...input, reading, limits: options.limits }, () => undefined)).files ?? [];
  };
  const files = { base: await filesOf("base"), head: await filesOf("head") };
  const { out, settings } = target;
  const checked = { packageName: settings.packageName, out, files, sides, findings, typescript };
  return consumers.map((project) => checkConsumer(project, cwd, checked));
}

/** The same fault has the same key in another revision of a document. */
function keyOfFault({ code, origin, message }: Problem): string {
  return JSON.stringify([code, origin.pointer, message]);
}

type ReadSide = {
  readonly side: ReviewSide | undefined;
  readonly documents: Documents;
  /** What `generate` would refuse; warnings, where it is read past. */
  readonly faults: readonly Problem[];
};

type SideOptions = Pick<Target, "name" | "reading"> & { readonly limits: Limits };
type Read = Awaited<ReturnType<typeof readDocuments>>;

async function sidesOf(entries: Pair<Entry>, options: SideOptions): Promise<Pair<ReadSide>> {
  const base = await readEntry(entries.base, options);
  const head = await readEntry(entries.head, options);
  return {
    base: sideOf(worded(base, head), entries.base, options),
    head: sideOf(worded(head, base), entries.head, options),
  };
}

/** What is read, in the words of the other side where they say the same. */
function worded(read: Read, other: Read): Read {
  return read.value && other.value ? { ...read, value: bytesAs(read.value, other.value) } : read;
}

function readEntry({ source, ...shape }: Entry, { name, reading, limits }: SideOptions): Promise<Read> {
  return readDocuments({ source, ...shape, api: name, reading, limits });
}

function sideOf({ value, shown, problems }: Read, { source }: Entry, { limits }: SideOptions): ReadSide {
  const model = value && buildModel(value, source.id, limits, "open");
  const found = [...(model?.problems ?? []), ...problems];
  const faults = leniently(found.filter(({ severity }) => severity === "error"));
  const documents = new Map([...shown, ...(value?.documents ?? [])]);
  if (!value || !model?.value || hasErrors(faults)) return { side: undefined, documents, faults };
  const judge = new QuickJudge(proverOf(value));
  const side = {
    model: model.value,
    packaged: packagedOf({ model: model.value, judge }, value, source.id, limits),
    received: buildReceived(value, source.id, limits),
    judge,
    documents: value.documents,
  };
  return { side, documents, faults };
}

type Packaged = ReviewSide["packaged"];

/** The model as the package has it, which lists what builds on a parent, and who judges its fixtures. */
export function packagedOf(
  { model, judge }: Packaged,
  value: Upgraded,
  entry: SourceId,
  limits: Limits,
): Packaged {
  const hasParents = [...model.schemas.values()].some(({ schema }) => hasChildren(schema));
  const listed = (hasParents ? buildModel(value, entry, limits).value : undefined) ?? model;
  const meant = asMeant(value, listed);
  const isSaid = meant.documents === value.documents;
  return { model: listed, judge: isSaid ? judge : new QuickJudge(proverOf(meant)) };
}

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
