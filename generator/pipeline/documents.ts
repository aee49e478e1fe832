import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "../config/targets.js";
import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { decode, type Decoded } from "../source/decode.js";
import type { Limits } from "../source/limits.js";
import type { Fetched, FetchRequest, FetchText } from "../source/load.js";
import { overLimit } from "../source/parse.js";
import type { SourceText } from "../source/source.js";
import { isLocal } from "../source/uri.js";
import { allowsUrl, holdsPath, type Allowed } from "./allow.js";
import type { Lock } from "./lock.js";
import { download, prefixFor, tooLarge, type Download } from "./remote.js";

/** Says why what somebody named cannot be read: where a run has no report that could say it at its place. */
export function unreadable(problems: readonly Problem[]): UsageError {
  const faults = problems.map(({ origin, message, code }) => `${origin.source}: ${message} [${code}]`);
  return new UsageError(faults.join("; "));
}

/** What the documents of a run are read with. */
export type Access = {
  readonly cwd: string;
  readonly allowed: Allowed;
  readonly lock: Lock;
  readonly limits: Limits;
};

/** Reads documents for one run: each remote one once. */
export class DocumentReader {
  private readonly access: Access;
  private readonly downloads = new Map<string, Promise<Download>>();

  constructor(access: Access) {
    this.access = access;
  }

  /** The document that an API starts from, or an overlay; undefined beside the reason where it cannot be read. */
  async readEntry(path: string): Promise<Staged<SourceText | undefined>> {
    const origin = { source: this.idOf(path), pointer: "" };
    try {
      const read = await this.readText(path);
      if (read.kind === "text") return { value: this.source(path, read.text), problems: [] };
      if (read.kind === "large") return refusedFor(overLimit("bytes", this.access.limits, { origin }));
      return refusedFor(problem("document-unreadable", { reason: read.reason }, { origin }));
    } catch (error) {
      const reason = reasonOf(error as NodeJS.ErrnoException);
      return refusedFor(problem("document-unreadable", { reason }, { origin }));
    }
  }

  /** The text of a file. One that is too large is not read. */
  private async readText(path: string): Promise<Decoded | { readonly kind: "large" }> {
    if ((await stat(path)).size > this.access.limits.bytes) return { kind: "large" };
    return decode(await readFile(path));
  }

  /**
   * Reads what the entry refers to: files that really lie in its folder, and what is allowed.
   *
   * @param onRead is told each file that is asked for, be it there or not.
   */
  fetching(entry: string, onRead: (path: string) => void): FetchText {
    return async (request) =>
      isLocal(request.uri)
        ? this.readLocal(request, { folder: await realpath(dirname(entry)), onRead })
        : this.readRemote(request.uri);
  }

  private async readLocal(
    { uri, from }: FetchRequest,
    { folder, onRead }: { folder: string; onRead: (path: string) => void },
  ): Promise<Fetched> {
    try {
      const path = fileURLToPath(uri);
      const allow = this.idOf(path);
      // What does not exist has no real path; its folder's must do, so that no message tells what lies elsewhere.
      const real = await realpath(path).catch(async () => resolve(await realFolder(path), "?"));
      // A remote document has no business in the folder of the entry.
      const folders = [...(isLocal(from) ? [folder] : []), ...this.access.allowed.paths];
      if (!folders.some((each) => holdsPath(each, real))) return { kind: "not-allowed", allow };
      onRead(path);
      if (!(await stat(real)).isFile()) return { kind: "unreadable", reason: "it is no file" };
      const read = await this.readText(real);
      if (read.kind === "text") return { kind: "text", source: this.source(path, read.text) };
      const reason = read.kind === "large" ? tooLarge(this.access.limits) : read.reason;
      return { kind: "unreadable", reason };
    } catch (error) {
      return { kind: "unreadable", reason: reasonOf(error as NodeJS.ErrnoException) };
    }
  }

  private async readRemote(uri: string): Promise<Fetched> {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    if (!url || !/^https?:$/.test(url.protocol))
      return { kind: "unreadable", reason: "only files, http: and https: can be read" };
    if (!allowsUrl(url, this.access.allowed)) return { kind: "not-allowed", allow: prefixFor(url) };
    const known = this.downloads.get(uri) ?? download(uri, this.access);
    this.downloads.set(uri, known);
    const loaded = await known;
    if (loaded.kind !== "text") return loaded;
    if (!this.access.lock.accepts(uri, digestOf(loaded.text))) return { kind: "unreadable", reason: CHANGED };
    return { kind: "text", source: { id: loaded.url, uri: loaded.url, text: loaded.text } };
  }

  private source(path: string, text: string): SourceText {
    const uri = pathToFileURL(path).href;
    return { id: this.idOf(path), uri, text };
  }

  private idOf(path: string): string {
    return relative(this.access.cwd, path).split(sep).join("/");
  }
}

const CHANGED =
  "it is not what clientsmith.lock.json holds; when the new one is right, accept it by clientsmith generate --update-lock";

/** The real path of the nearest folder above a path that exists. */
async function realFolder(path: string): Promise<string> {
  const folder = dirname(path);
  return folder === path ? path : realpath(folder).catch(() => realFolder(folder));
}

function refusedFor(fault: Problem): Staged<undefined> {
  return { value: undefined, problems: [fault] };
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === "EISDIR") return "it is a folder";
  return error.code === "ENOENT" ? "there is no such file" : error.message;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
