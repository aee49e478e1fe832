/** A version of Semantic Versioning 2.0.0 without its pre-release and build. */
type Core = readonly [major: number, minor: number, patch: number];

function coreOf(version: string): Core | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** True for what Semantic Versioning 2.0.0 (2, 9 and 10) calls a version: no number has a leading zero. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

const NUMBER = /(?:0|[1-9]\d*)/.source;
const PRE_RELEASE = `(?:${NUMBER}|\\d*[A-Za-z-][\\dA-Za-z-]*)`;
const BUILD = /[\dA-Za-z-]+/.source;
const VERSION = new RegExp(
  `^${NUMBER}(?:\\.${NUMBER}){2}(?:-${PRE_RELEASE}(?:\\.${PRE_RELEASE})*)?(?:\\+${BUILD}(?:\\.${BUILD})*)?$`,
);

/**
 * The version that follows. Under 1.0.0, a break raises the minor version and everything else the patch: that is what `^0.1.0` means to npm.
 * What is no version is left as it is.
 */
export function nextVersion(version: string, bump: "major" | "minor" | "patch" | "none"): string {
  const core = coreOf(version);
  if (!core || bump === "none") return version;
  const [major, minor, patch] = core;
  if (major === 0) return bump === "major" ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  if (bump === "major") return `${major + 1}.0.0`;
  return bump === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** The higher of two versions; the first, where they are alike or one is none. */
export function higherVersion(one: string, other: string): string {
  const [a, b] = [coreOf(one), coreOf(other)];
  if (!a || !b) return one;
  const index = a.findIndex((part, at) => part !== b[at]);
  return index === -1 || a[index]! > b[index]! ? one : other;
}
