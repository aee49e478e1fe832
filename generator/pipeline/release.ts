import { join } from "node:path";
import type { Target } from "../config/targets.js";
import { FIRST_RELEASE, releaseNotes } from "../diff/release-notes.js";
import { bumpSentence } from "../diff/reports/words.js";
import type { Review } from "../diff/review.js";
import { editedChangelog, CHANGELOG } from "../output/changelog.js";
import { readDisk } from "../output/apply.js";
import { MANIFEST, parseManifest } from "../output/manifest.js";
import { higherVersion, nextVersion } from "../output/versions.js";
import { runDiff } from "./diff.js";
import type { Reading } from "./diff-entries.js";
import { GitReader } from "./git.js";
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
  const git = await GitReader.open(reading.cwd, base);
  return async (target) => {
    const before = versionIn(await git.text(join(target.out, "package.json")));
    const isReleased = parseManifest(await git.text(join(target.out, MANIFEST)))?.version !== undefined;
    const compared = { kind: "git", apis: [target.input], revision: base } as const;
    const { apis } = before === undefined ? { apis: [] } : await runDiff({ ...compared, ...reading, today });
    const review = apis[0]?.review;
    if (before !== undefined && !review) return undefined;
    const isDue = before === undefined || review?.bump !== "none";
    const version = before === undefined ? target.settings.version : raised(before, review!, target);
    const notes = review ? releaseNotes(review) : FIRST_RELEASE;
    return {
      version: isDue || isReleased ? version : undefined,
      changelog: await changelogOf(target, {
        before,
        entry: isDue ? { version, date: today, notes } : undefined,
      }),
      reason: review ? bumpSentence(review) : "The package is new.",
    } satisfies Release;
  };
}

function raised(before: string, { bump }: Review, { settings }: Target): string {
  return higherVersion(nextVersion(before, bump), settings.version);
}

async function changelogOf(
  { out, settings }: Target,
  { before, entry }: { before: string | undefined; entry: Parameters<typeof editedChangelog>[1]["entry"] },
): Promise<string | undefined> {
  const disk = await readDisk(out, [CHANGELOG, MANIFEST]);
  const written = parseManifest(disk.get(MANIFEST))?.version;
  const pending = written === before ? undefined : written;
  return editedChangelog(disk.get(CHANGELOG), { packageName: settings.packageName, entry, pending });
}

function versionIn(text: string | undefined): string | undefined {
  try {
    const { version } = JSON.parse(text ?? "") as { version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
