import { join } from "node:path";
import { UsageError, type Target } from "../config/targets.js";
import { FIRST_RELEASE, releaseNotes, type ReleaseNotes } from "../diff/release-notes.js";
import { bumpSentence } from "../diff/reports/words.js";
import type { Bump, Review } from "../diff/review.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { groupedBy } from "../model/order.js";
import { editedChangelog, versionsIn, CHANGELOG } from "../output/changelog.js";
import { readManifest } from "../output/read-manifest.js";
import { higherVersion, isLower, nextVersion } from "../output/versions.js";
import { hasMergeMarks } from "../source/merge-marks.js";
import { runDiff } from "./diff.js";
import type { Reading } from "./diff-entries.js";
import { GitReader } from "./git.js";
import { filesOf, isIgnored, packageIn, type KnownPackage } from "./known-package.js";
import { changelogIn, changelogOf } from "./leftovers.js";
import {
  bumpOfChange,
  changeNotes,
  changeSentence,
  packageChange,
  packageOf,
  type PackageChange,
} from "./package-change.js";
import type { Release, Releasing } from "./run.js";

/** What a release is measured from, and when. */
export type ReleaseOptions = Reading & {
  /** The commit of the version before. Default: the last one. */
  readonly base?: string | undefined;
  /** The date of today in UTC: `2026-11-21`. */
  readonly today: string;
};

/**
 * Decides versions: that of the package in a commit, raised by what has changed since then on the wire and in TypeScript. So running it again
 * gives the same version until that is committed.
 *
 * @throws {UsageError} where there is no such commit.
 */
export async function releasing({ base = "HEAD", today, ...reading }: ReleaseOptions): Promise<Releasing> {
  const { cwd } = reading;
  const commits = { base: await GitReader.open(cwd, base), last: await GitReader.open(cwd, "HEAD") };
  return async (target, former) => {
    const before = await packageIn(commits.base, { target, cwd });
    const last = base === "HEAD" ? before : await packageIn(commits.last, { target, cwd });
    if (!before && !last && (await isIgnored(target, cwd))) throw unknowable(target);
    const compared = { kind: "git", apis: [target.input], revision: base } as const;
    const { apis } = before ? await runDiff({ ...compared, ...reading, today }) : { apis: [] };
    const review = apis[0]?.review;
    if (before && !review) return undefined;
    const known = { before, last, review, base, today, former };
    return { ...(await releaseOf(target, known)), again: (files) => releasedAgain(target, known, files) };
  };
}

/** What the files of the package ask for, where that is more than the review of its document does. */
async function releasedAgain(
  target: Target,
  known: Known,
  files: readonly EmittedFile[],
): Promise<Release | undefined> {
  const now = packageOf(files);
  const seen = known.review?.bump;
  if (!now || seen === undefined || seen === "major") return undefined;
  const then = known.before && (await filesOf(known.before, now));
  if (!then) return undefined;
  const change = packageChange(then, now);
  const isMore = LEAST.indexOf(bumpOfChange(change, seen)) > LEAST.indexOf(seen);
  return isMore ? releaseOf(target, { ...known, change }) : undefined;
}

const LEAST: readonly Bump[] = ["none", "patch", "minor", "major"];

/** What is known of a package: as the base and HEAD have it, and what has changed since the base. */
type Known = {
  readonly before: KnownPackage | undefined;
  readonly last: KnownPackage | undefined;
  /** None of a package that the base does not have. */
  readonly review: Review | undefined;
  /** What the package became, where its document does not explain it. */
  readonly change?: PackageChange | undefined;
  readonly base: string;
  readonly today: string;
  /** The folder that it moves from on disk. */
  readonly former: string | undefined;
};

async function releaseOf(target: Target, known: Known): Promise<Release> {
  const { before, last, today, former } = known;
  const own = await changelogIn(target.out);
  const found = own ?? (await changelogOf(target.out, former));
  if (hasMergeMarks(found ?? "")) throw unmerged(own === undefined ? (former ?? target.out) : target.out);
  const written = (await readManifest(former ?? target.out))?.version;
  const version = versionOf(target, known);
  refuseLower(target, { version, written, known });
  const isRaised = version !== before?.version;
  const isDue = isRaised || bumpOf(known) !== "none";
  const committed = await last?.text(CHANGELOG);
  const changelog = editedChangelog(found ?? (last?.isElsewhere ? committed : undefined), {
    packageName: target.settings.packageName,
    entry: isDue ? { version, date: today, notes: notesOf(known) } : undefined,
    pending: written,
    committed: new Set([...versionsIn(committed), last?.manifest?.version]),
  });
  const isReleased = before?.manifest?.version !== undefined;
  return {
    version: isDue || isReleased ? version : undefined,
    changelog,
    reason: reasonOf(known, { isRaised }),
  };
}

function bumpOf({ review, change }: Known): Bump {
  const seen = review?.bump ?? "none";
  return change ? bumpOfChange(change, seen) : seen;
}

function versionOf({ settings }: Target, known: Known): string {
  if (!known.before) return settings.version;
  return higherVersion(nextVersion(known.before.version, bumpOf(known)), settings.version);
}

/** What a configuration alone raises is told, too: somebody will look for it. */
const VERSION_ALONE: ReleaseNotes = [{ title: "Changed", lines: ["Nothing but the version."] }];

function notesOf({ review, change }: Known): ReleaseNotes {
  if (!review) return FIRST_RELEASE;
  const notes = mergedNotes([...(change ? changeNotes(change) : []), ...releaseNotes(review)]);
  return notes.length === 0 ? VERSION_ALONE : notes;
}

function mergedNotes(notes: ReleaseNotes): ReleaseNotes {
  return [...groupedBy(notes, ({ title }) => title)].map(([title, group]) => ({
    title,
    lines: group.flatMap(({ lines }) => lines),
  }));
}

function reasonOf(known: Known, { isRaised }: { readonly isRaised: boolean }): string {
  const { review, change } = known;
  if (!review) return "The package is new.";
  if (change) return `${bumpSentence({ ...review, bump: bumpOf(known) })} ${changeSentence(change)}`;
  return review.bump === "none" && isRaised
    ? "The configuration gives it; nothing else changes."
    : bumpSentence(review);
}

/**
 * A version that is committed stays the lowest; so does one on disk of a package that no commit has: it comes from somewhere.
 *
 * @throws {UsageError} where the version would be lower.
 */
function refuseLower(
  { name, out, settings }: Target,
  {
    version,
    written,
    known: { last, base, former },
  }: { version: string; written: string | undefined; known: Known },
): void {
  if (last && isLower(version, last.version))
    throw new UsageError(
      `${name} is ${last.version} in HEAD: counted from ${base}, it would be ${version}; give a later commit to --base, or none`,
    );
  if (!last && written !== undefined && isLower(settings.version, written))
    throw new UsageError(
      `${former ?? out} holds version ${written} of ${name}, and HEAD no package of that name: commit it as it is before it is released again`,
    );
}

function unmerged(folder: string): UsageError {
  return new UsageError(`${join(folder, CHANGELOG)} holds the marks of a merge: resolve them first`);
}

function unknowable({ name, out }: Target): UsageError {
  return new UsageError(
    `git ignores ${out}: no commit tells which version of ${name} was released; commit the package, or give its version in the configuration and leave --release out`,
  );
}
