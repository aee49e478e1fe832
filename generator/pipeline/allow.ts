import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../config/targets.js";
import { realPlace } from "../output/folders.js";

/** What `--allow-ref` and `allowRefs` let documents refer to, beside the folder of the entry. */
export type Allowed = {
  /** Folders and files, as they really lie (no symbolic link on the way). */
  readonly paths: readonly string[];
  readonly urls: readonly URL[];
};

/** Prefixes as people write them: URLs, and paths from a folder. */
export type Prefixes = { readonly prefixes: readonly string[]; readonly folder: string };

/**
 * What prefixes allow.
 *
 * @throws {UsageError} where one is no path and no http(s) URL.
 */
export async function allowedBy(given: readonly Prefixes[]): Promise<Allowed> {
  const all = given.flatMap(({ prefixes, folder }) => prefixes.map((prefix) => ({ prefix, folder })));
  const urls = all.filter(({ prefix }) => hasScheme(prefix)).map(({ prefix }) => urlOf(prefix));
  const local = all.filter(({ prefix }) => !hasScheme(prefix) || prefix.startsWith("file:"));
  const paths = local.map(({ prefix, folder }) =>
    prefix.startsWith("file:") ? fileURLToPath(prefix) : resolve(folder, prefix),
  );
  return {
    urls: urls.filter(({ protocol }) => protocol !== "file:"),
    paths: await Promise.all(paths.map(realPlace)),
  };
}

/** A letter alone is a drive. */
function hasScheme(prefix: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(prefix);
}

function urlOf(prefix: string): URL {
  const url = URL.canParse(prefix) ? new URL(prefix) : undefined;
  if (url && ["http:", "https:", "file:"].includes(url.protocol)) return url;
  throw new UsageError(`--allow-ref ${prefix}: give a path, or the beginning of an http(s) URL`);
}

/**
 * True where a prefix covers the URL: the same origin, and the first segments of its path, each as a whole. So
 * `https://a.example` covers nothing of `https://a.example.evil.com`, and `/api` nothing of `/apis`.
 */
export function allowsUrl(url: URL, { urls }: Pick<Allowed, "urls">): boolean {
  if (url.username !== "" || url.password !== "") return false;
  // An encoded slash is a part of a segment here, and may be a step up for the server.
  if (/%2f|%5c/i.test(url.pathname)) return false;
  return urls.some(
    (prefix) => url.origin === prefix.origin && startsWith(segmentsOf(url), segmentsOf(prefix)),
  );
}

function segmentsOf({ pathname }: URL): string[] {
  const segments = pathname.split("/").slice(1);
  return segments.at(-1) === "" ? segments.slice(0, -1) : segments;
}

function startsWith(segments: readonly string[], prefix: readonly string[]): boolean {
  return prefix.length <= segments.length && prefix.every((segment, index) => segment === segments[index]);
}

/** True where a folder holds the path, or is it. Both are paths as files really lie. */
export function holdsPath(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** An entry, where it really lies, and where its folder does. */
export type SeenFrom = { readonly entry: string; readonly real: string; readonly folder: string };

/** The one path of a file, by where it really lies: however many links lead to it, it is one document. */
export function canonicalPath(path: string, { entry, real, folder }: SeenFrom): string {
  if (path === real) return entry;
  return holdsPath(folder, path) ? join(dirname(entry), relative(folder, path)) : path;
}
