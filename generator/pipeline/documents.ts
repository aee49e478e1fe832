import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "../config/targets.js";
import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { realPlace } from "../output/folders.js";
import { decode, type Decoded } from "../source/decode.js";
import type { Limits } from "../source/limits.js";
import type { Fetched, FetchRequest, FetchText } from "../source/load.js";
import { overLimit } from "../source/parse.js";
import type { SourceText } from "../source/source.js";
import { isLocal } from "../source/uri.js";
import { allowsUrl, canonicalPath, holdsPath, type Allowed, type SeenFrom } from "./allow.js";
import type { Lock } from "./lock.js";
import { posixPath } from "./posix-path.js";
import { download, prefixFor, tooLarge, type Download } from "./remote.js";

/** Says why what somebody named cannot be read: where a run has no report that could say it at its place. */
export function unreadable(problems: readonly Problem[]): UsageError {
  const faults = problems.map(({ origin, message, code }) => `${origin.source}: ${message} [${code}]`);
  return new UsageError(faults.join("; "));
}

/** What the documents of a run are read with. */
export type Access = {
  readonly cwd: string;
  /** The folder of the configuration: what is found in it lies in it. */
  readonly folder: string;
  readonly allowed: Allowed;
  readonly lock: Lock;
  readonly limits: Limits;
};

/** What the references of one entry are read with: each file once. */
type Local = {
  readonly seen: SeenFrom;
  readonly texts: Map<string, Promise<Fetched>>;
  readonly onRead: (path: string) => void;
};

/** Reads documents for one run: each remote one once. */
export class DocumentReader {
  private readonly access: Access;
  private readonly downloads = new Map<string, Promise<Download>>();

  constructor(access: Access) {
    this.access = access;
  }

  /**
   * The document that an API starts from, or an overlay; undefined beside the reason where it cannot be read.
   *
   * @param isNamed true for what somebody has named in so many words: it may lie anywhere, and be a pipe.
   */
  async readEntry(path: string, { isNamed = false } = {}): Promise<Staged<SourceText | undefined>> {
    const origin = { source: this.idOf(path), pointer: "" };
    const refused = (reason: string) => refusedFor(problem("document-unreadable", { reason }, { origin }));
    try {
      const reason = isNamed ? undefined : await this.astray(path);
      if (reason !== undefined) return refused(reason);
      const read = await this.readText(path);
      if (read.kind === "text") return { value: this.source(path, read.text), problems: [] };
      if (read.kind === "large") return refusedFor(overLimit("bytes", this.access.limits, { origin }));
      return refused(read.reason);
    } catch (error) {
      return refused(reasonOf(error as NodeJS.ErrnoException));
    }
  }

  /** Why a file of the project is not read: a link leads from it to what the project does not hold, and a log would show. */
  private async astray(path: string): Promise<string | undefined> {
    const real = await realpath(path);
    if (!(await stat(real)).isFile()) return "it is no file";
    const project = await realpath(this.access.folder);
    // What the configuration names elsewhere lies in the folder that it names.
    const own = holdsPath(this.access.folder, path) ? project : await realpath(dirname(path));
    if ([own, project, ...this.access.allowed.paths].some((folder) => holdsPath(folder, real)))
      return undefined;
    return `it is a link that leads out of the project; give --allow-ref ${this.idOf(real)} if that is right`;
  }

  /** The text of a file. No more is read of it than a document may have. */
  private async readText(path: string): Promise<Decoded | { readonly kind: "large" }> {
    const { bytes: most } = this.access.limits;
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(path, { end: most })) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    return bytes.length > most ? { kind: "large" } : decode(bytes);
  }

  /**
   * Reads what the entry refers to: files that really lie in its folder, and what is allowed. A file that several paths lead to is one.
   *
   * @param onRead is told each file that is asked for, be it there or not.
   */
  fetching(entry: string, onRead: (path: string) => void): FetchText {
    const texts = new Map<string, Promise<Fetched>>();
    let seen: Promise<SeenFrom> | undefined;
    return async (request) => {
      if (!isLocal(request.uri)) return this.readRemote(request.uri);
      seen ??= seenFrom(entry);
      return this.readLocal(request, { seen: await seen, texts, onRead });
    };
  }

  private async readLocal({ uri, from }: FetchRequest, { seen, texts, onRead }: Local): Promise<Fetched> {
    try {
      const path = fileURLToPath(uri);
      const allow = this.idOf(path);
      // What does not exist is judged by where it would lie, so that no message tells what lies elsewhere.
      const real = await realPlace(path);
      // A remote document has no business in the folder of the entry.
      const folders = [...(isLocal(from) ? [seen.folder] : []), ...this.access.allowed.paths];
      if (!folders.some((each) => holdsPath(each, real))) return { kind: "not-allowed", allow };
      const own = canonicalPath(real, seen);
      for (const each of new Set([path, own])) onRead(each);
      if (!(await stat(await realpath(path))).isFile())
        return { kind: "unreadable", reason: "it is no file" };
      const known = texts.get(real) ?? this.readFound(own);
      texts.set(real, known);
      return await known;
    } catch (error) {
      return { kind: "unreadable", reason: reasonOf(error as NodeJS.ErrnoException) };
    }
  }

  private async readFound(path: string): Promise<Fetched> {
    const read = await this.readText(path);
    if (read.kind === "text") return { kind: "text", source: this.source(path, read.text) };
    return { kind: "unreadable", reason: read.kind === "large" ? tooLarge(this.access.limits) : read.reason };
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
    return posixPath(this.access.cwd, path);
  }
}

/** Why a file cannot be read that is gone, or never was. */
export const NOT_THERE = "there is no such file";

const CHANGED =
  "it is not what clientsmith.lock.json holds; when the new one is right, accept it by clientsmith generate --update-lock";

async function seenFrom(entry: string): Promise<SeenFrom> {
  const real = await realpath(entry).catch(() => entry);
  return { entry, real, folder: await realPlace(dirname(entry)) };
}

function refusedFor(fault: Problem): Staged<undefined> {
  return { value: undefined, problems: [fault] };
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === "EISDIR") return "it is a folder";
  return error.code === "ENOENT" ? NOT_THERE : error.message;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
