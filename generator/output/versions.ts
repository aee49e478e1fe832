/** A version of Semantic Versioning 2.0.0: its three numbers, and the identifiers of its prerelease. What it was built from orders nothing. */
type Version = { readonly core: Core; readonly prerelease: readonly string[] };
type Core = readonly [major: number, minor: number, patch: number];

const PARTS = /^(\d+)\.(\d+)\.(\d+)(?:-([\dA-Za-z.-]+))?(?:\+|$)/;

function versionOf(text: string): Version | undefined {
  const [, major, minor, patch, prerelease] = PARTS.exec(text) ?? [];
  if (major === undefined) return undefined;
  return { core: [Number(major), Number(minor), Number(patch)], prerelease: prerelease?.split(".") ?? [] };
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

type Bump = "major" | "minor" | "patch" | "none";

/**
 * The version that follows. Under 1.0.0, a break raises the minor version and everything else the patch: that is what `^0.1.0` means to npm.
 * A prerelease is followed by the next one: whether it is ready is for people to say. What is no version is left as it is.
 */
export function nextVersion(version: string, bump: Bump): string {
  const known = versionOf(version);
  if (!known || bump === "none") return version;
  const { core, prerelease } = known;
  if (prerelease.length === 0) return textOf({ core: raisedCore(core, bump), prerelease });
  if (covers(core, bump)) return textOf({ core, prerelease: counted(prerelease, (last) => last + 1n) });
  return textOf({ core: raisedCore(core, bump), prerelease: counted(prerelease, () => 0n) });
}

function raisedCore([major, minor, patch]: Core, bump: Bump): Core {
  if (major === 0) return bump === "major" ? [0, minor + 1, 0] : [0, minor, patch + 1];
  if (bump === "major") return [major + 1, 0, 0];
  return bump === "minor" ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

/** True where the release that a prerelease comes before may bring such a change, as `npm version` sees it: 2.0.0 any, 1.1.0 no break. */
function covers([major, minor, patch]: Core, bump: Bump): boolean {
  if (major === 0) return bump !== "major" || patch === 0;
  if (bump === "major") return minor === 0 && patch === 0;
  return bump !== "minor" || patch === 0;
}

/** The identifiers with another last number; with a first one, 0, where there is none (`npm version prerelease`). */
function counted(identifiers: readonly string[], count: (last: bigint) => bigint): readonly string[] {
  const at = identifiers.findLastIndex(isNumeric);
  return at === -1 ? [...identifiers, "0"] : identifiers.with(at, String(count(BigInt(identifiers[at]!))));
}

function textOf({ core, prerelease }: Version): string {
  return `${core.join(".")}${prerelease.length === 0 ? "" : `-${prerelease.join(".")}`}`;
}

/** The higher of two versions; the first, where neither comes before the other or one is none. */
export function higherVersion(one: string, other: string): string {
  return isLower(one, other) ? other : one;
}

/** True where one version comes before another (Semantic Versioning 2.0.0, 11); false where one is none. */
export function isLower(one: string, other: string): boolean {
  const [a, b] = [versionOf(one), versionOf(other)];
  return a !== undefined && b !== undefined && precedence(a, b) < 0;
}

function precedence(a: Version, b: Version): number {
  const index = a.core.findIndex((part, at) => part !== b.core[at]);
  if (index !== -1) return a.core[index]! - b.core[index]!;
  // A release comes after all that lead to it.
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return b.prerelease.length - a.prerelease.length;
  const at = a.prerelease.findIndex((identifier, place) => identifier !== b.prerelease[place]);
  if (at === -1) return a.prerelease.length - b.prerelease.length;
  const other = b.prerelease[at];
  return other === undefined ? 1 : identifierOrder(a.prerelease[at]!, other);
}

/** Numbers come before words, and are compared as numbers; words by their ASCII codes. */
function identifierOrder(a: string, b: string): number {
  if (isNumeric(a) && isNumeric(b)) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (isNumeric(a) !== isNumeric(b)) return isNumeric(a) ? -1 : 1;
  return a < b ? -1 : 1;
}

function isNumeric(identifier: string): boolean {
  return /^\d+$/.test(identifier);
}
