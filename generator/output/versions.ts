/** A version of Semantic Versioning 2.0.0 without its pre-release and build. */
type Core = readonly [major: number, minor: number, patch: number];

function coreOf(version: string): Core | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

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
