import { existsSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { limitsOf } from "../config/limits.js";
import { configPaths, listSpecs, loadConfig } from "../config/load.js";
import { allTargets, selectTargets, type LoadedConfig, type Target } from "../config/targets.js";
import type { Pair } from "../diff/change.js";
import type { PinnedNames } from "../emit/pinned.js";
import { readDisk } from "../output/apply.js";
import { pinnedNames } from "../output/manifest.js";
import { readManifest } from "../output/read-manifest.js";
import type { Limits } from "../source/limits.js";
import type { FetchText } from "../source/load.js";
import type { SourceId, SourceText } from "../source/source.js";
import { allowedBy, type Allowed } from "./allow.js";
import type { Shape } from "./shape.js";
import { DocumentReader, NOT_THERE, unreadable } from "./documents.js";
import { GitReader } from "./git.js";
import { packageIn } from "./known-package.js";
import { foldersOfNone, movedFrom } from "./leftovers.js";
import { Lock, LOCK } from "./lock.js";
import { SELF } from "./installed.js";

/** Which documents are compared. */
export type Compared =
  /** Two files. */
  | { readonly kind: "files"; readonly base: string; readonly head: string }
  /** The configured documents against what they were in a commit. */
  | { readonly kind: "git"; readonly apis: readonly string[]; readonly revision: string }
  /** What git hands to a diff driver. */
  | { readonly kind: "driver"; readonly sides: Pair<HandedFile> };

/** A file that holds what stands at a path, or `/dev/null`. */
export type HandedFile = { readonly file: string; readonly path: string };

/** What documents are read with. */
export type Reading = {
  readonly cwd: string;
  readonly config?: LoadedConfig["config"] | undefined;
  /** What documents may refer to beside their own folder: prefixes of URLs, and paths from `cwd`. */
  readonly allowRefs?: readonly string[] | undefined;
  /** What a document may ask for, over the configuration's limits. */
  readonly limits?: Partial<Limits> | undefined;
};

/** A text, what reads those that it refers to, and what is made of it before it is compared. */
export type Entry = Shape & { readonly source: SourceText; readonly fetchText: FetchText };

/** Both sides of one API. */
export type EntryPair = {
  readonly target: Target;
  readonly sides: Pair<Entry>;
  /** The names that the package has given. */
  readonly pinned: Pair<PinnedNames | undefined>;
};

/** The documents to compare, and what they were found by. */
export type Entries = {
  readonly pairs: readonly EntryPair[];
  /** What the documents do not tell. */
  readonly notes: readonly string[];
  readonly loaded: LoadedConfig;
  readonly limits: Limits;
  readonly reader: DocumentReader;
  /** True where no API of the configuration is left out. */
  readonly isWhole: boolean;
};

/** @throws {UsageError} where the options name no document, or no commit. */
export async function readEntries(compared: Compared, reading: Reading): Promise<Entries> {
  const { cwd, config } = reading;
  const loaded = await loadConfig(cwd, SELF, config);
  const limits = limitsOf(loaded.config.limits, reading.limits);
  const allowed = await allowedBy([
    { prefixes: loaded.config.allowRefs ?? [], folder: loaded.folder },
    { prefixes: reading.allowRefs ?? [], folder: cwd },
  ]);
  const lock = new Lock((await readDisk(loaded.folder, [LOCK])).get(LOCK), { isUpdating: false });
  const reader = new DocumentReader({ cwd, folder: loaded.folder, lock, limits, allowed });
  const room: Room = { cwd, loaded, reader, allowed };
  const found = { loaded, limits, reader, notes: [] };
  if (compared.kind === "files") return { ...found, pairs: [await filePair(compared, room)], isWhole: true };
  if (compared.kind === "driver")
    return { ...found, pairs: [await driverPair(compared, room)], isWhole: false };
  const git = await GitReader.open(cwd, compared.revision);
  return {
    ...found,
    pairs: await gitPairs(compared.apis, git, room),
    notes: await configNotes(compared.revision, git, room),
    isWhole: compared.apis.length === 0,
  };
}

type Room = {
  readonly cwd: string;
  readonly loaded: LoadedConfig;
  readonly reader: DocumentReader;
  readonly allowed: Allowed;
};

async function filePair({ base, head }: Compared & { kind: "files" }, room: Room): Promise<EntryPair> {
  const entry = async (file: string): Promise<Entry> => {
    const path = resolve(room.cwd, file);
    return {
      source: await readSource(room.reader, path, NAMED),
      fetchText: room.reader.fetching(path, () => undefined),
    };
  };
  const target = await targetOf(head, room);
  return { target, sides: { base: await entry(base), head: await entry(head) }, pinned: NONE };
}

const NONE: Pair<undefined> = { base: undefined, head: undefined };

/** Somebody has named the file. */
const NAMED = { isNamed: true };

/** The API that a file describes: one of the configuration, or one that is called as the file. */
async function targetOf(file: string, { cwd, loaded }: Room): Promise<Target> {
  const all = allTargets(loaded, await listSpecs(loaded.folder));
  const [target] = selectTargets(all, loaded, { names: [file], cwd });
  return target!;
}

/** Git gives the texts in files of their own. */
async function driverPair({ sides }: Compared & { kind: "driver" }, room: Room): Promise<EntryPair> {
  const entry = async ({ file, path }: HandedFile): Promise<Entry> => {
    const place = resolve(room.cwd, path);
    const id = idOf(place, room.cwd);
    const read =
      file === "/dev/null"
        ? emptyDocument(id)
        : await readSource(room.reader, resolve(room.cwd, file), NAMED);
    const source = { id, uri: pathToFileURL(place).href, text: read.text };
    return { source, fetchText: fetchingNowOrLast(place, room) };
  };
  const target = await targetOf(sides.head.path, room);
  return { target, sides: { base: await entry(sides.base), head: await entry(sides.head) }, pinned: NONE };
}

/** Reads what a document refers to as it is now, and what is gone as the last commit had it. */
function fetchingNowOrLast(entry: string, { cwd, reader, allowed }: Room): FetchText {
  const now = reader.fetching(entry, () => undefined);
  return async (request) => {
    const found = await now(request);
    if (found.kind !== "unreadable" || found.reason !== NOT_THERE) return found;
    const git = await GitReader.lastWith(cwd, fileURLToPath(request.uri));
    return git ? git.fetching(entry, { allowed, elsewhere: now })(request) : found;
  };
}

/** @throws {UsageError} where the document cannot be read. */
async function readSource(reader: DocumentReader, path: string, named?: typeof NAMED): Promise<SourceText> {
  const { value, problems } = await reader.readEntry(path, named);
  if (value) return value;
  throw unreadable(problems);
}

/** A configuration is code, and the old one may not even run any more: both sides are read by that of today. */
async function configNotes(revision: string, git: GitReader, { loaded }: Room): Promise<string[]> {
  const paths = configPaths(loaded.folder);
  const disk = await readDisk(
    loaded.folder,
    paths.map((path) => basename(path)),
  );
  const notes: string[] = [];
  for (const path of paths) {
    const [then, now] = [await git.text(path), disk.get(basename(path))];
    if (then?.replaceAll("\r\n", "\n") !== now?.replaceAll("\r\n", "\n"))
      notes.push(`${basename(path)} is not what it was in ${revision}: both sides are read as it says now`);
  }
  return notes;
}

async function gitPairs(apis: readonly string[], git: GitReader, room: Room): Promise<EntryPair[]> {
  const { cwd, loaded } = room;
  const specs = new Set([
    ...(await listSpecs(loaded.folder)),
    ...(await git.list(join(loaded.folder, "specs"))),
  ]);
  const all = allTargets(loaded, [...specs]);
  const targets = selectTargets(all, loaded, { names: apis, cwd });
  const others = await foldersOfNone({ folder: loaded.folder, targets: all });
  const pairs: EntryPair[] = [];
  const inputs = new Set(all.map(({ input }) => input));
  for (const target of targets) {
    const moved = await git.placeOf(target.input);
    // What another API is made from now is that one's, as it was.
    const place = moved === undefined || inputs.has(moved) ? target.input : moved;
    pairs.push(await gitPair(target, { git, place, others }, room));
  }
  return pairs;
}

/**
 * One API as it was in a commit, and as it is on disk.
 *
 * @param place where its document stood then.
 * @param others the folders in `generated/` that are no API's.
 */
async function gitPair(
  target: Target,
  { git, place, others }: { git: GitReader; place: string; others: readonly string[] },
  { cwd, reader, allowed }: Pick<Room, "cwd" | "reader" | "allowed">,
): Promise<EntryPair> {
  const { input, overlays, filters, out } = target;
  const known = await packageIn(git, { target, cwd });
  const none = emptyDocument(idOf(input, cwd));
  const current = reader.fetching(input, () => undefined);
  const base = (await git.source(place)) ?? none;
  const head = existsSync(input) ? await readSource(reader, input) : none;
  const then = await Promise.all(overlays.map((path) => git.source(path)));
  const now = await Promise.all(overlays.map((path) => readSource(reader, path)));
  return {
    target,
    sides: {
      base: {
        source: base,
        fetchText: git.fetching(place, { allowed, elsewhere: current }),
        overlays: base === none ? [] : then.filter((overlay) => overlay !== undefined),
        filters: base === none ? [] : filters,
      },
      head: {
        source: head,
        fetchText: current,
        overlays: head === none ? [] : now,
        filters: head === none ? [] : filters,
      },
    },
    pinned: {
      base: pinnedNames(known?.manifest),
      head: pinnedNames(await readManifest((await movedFrom(target, others)) ?? out)),
    },
  };
}

function idOf(path: string, cwd: string): SourceId {
  const near = relative(cwd, path);
  return (isAbsolute(near) ? path : near).split(sep).join("/");
}

const NOTHING = 'openapi: 3.1.0\ninfo: { title: "", version: "0" }\npaths: {}\n';

/** A document that is not there offers nothing, and says nothing. */
function emptyDocument(id: SourceId): SourceText {
  return { id, text: NOTHING };
}

/** True for what is not there: nobody can open it. */
export function isAbsent({ source }: Pick<Entry, "source">): boolean {
  return source.text === NOTHING;
}
