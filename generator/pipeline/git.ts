import { basename, dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "../config/targets.js";
import { decode } from "../source/decode.js";
import type { Fetched, FetchText } from "../source/load.js";
import type { SourceText } from "../source/source.js";
import { isLocal } from "../source/uri.js";
import { canonicalPath, holdsPath, type Allowed, type SeenFrom } from "./allow.js";
import { NOT_THERE } from "./documents.js";
import { GitTree, type Found } from "./git-tree.js";
import { posixPath } from "./posix-path.js";
import { runGit } from "./run-git.js";

/** A file that is gone, or where one was and is, in what `git diff --name-status -z` prints. */
const GONE = /D\0([^\0]*)\0|R\d*\0([^\0]*)\0([^\0]*)\0/g;

/** How a file begins that Git LFS keeps elsewhere (git-lfs, The Pointer). */
const LFS = "version https://git-lfs.github.com/spec/";

/** Reads files as they were in a commit, without a checkout. */
export class GitReader {
  private readonly cwd: string;
  private readonly tree: GitTree;

  private constructor(cwd: string, tree: GitTree) {
    this.cwd = cwd;
    this.tree = tree;
  }

  /** @throws {UsageError} where the folder is in no repository, or the revision names no commit. */
  static async open(cwd: string, revision: string): Promise<GitReader> {
    const up = await runGit(cwd, ["rev-parse", "--show-cdup"]);
    if (up.kind === "failed") throw new UsageError(`${cwd} is in no git repository for git: ${up.reason}`);
    // What stands behind `:/` are words to look for, up to the end: a name is resolved before it is peeled.
    const object = await objectOf(cwd, revision);
    const commit = object && (await objectOf(cwd, `${object}^{commit}`));
    // Before the first commit, HEAD is the name of nothing: no file was there.
    if (commit === undefined && revision !== "HEAD")
      throw new UsageError(`${JSON.stringify(revision)} names no commit`);
    return new GitReader(cwd, new GitTree(resolve(cwd, up.stdout.toString("utf8").trim()), commit));
  }

  /** The last commit that has a file: HEAD has it, or it went after that one. Undefined where none is found. */
  static async lastWith(cwd: string, path: string): Promise<GitReader | undefined> {
    const asked = ["--literal-pathspecs", "rev-list", "--max-count=1", "HEAD", "--", path];
    const found = await runGit(cwd, asked);
    const touched = found.kind === "done" ? found.stdout.toString("utf8").trim() : "";
    if (touched === "") return undefined;
    const reader = await GitReader.open(cwd, touched);
    const isGone = (await reader.tree.find(path)).kind === "absent";
    return isGone ? GitReader.open(cwd, `${touched}^`) : reader;
  }

  /** The text of a file; undefined where the commit has none. */
  async text(path: string): Promise<string | undefined> {
    const found = await this.tree.find(path);
    const read = found.kind === "file" ? decode(await this.tree.bytes(found)) : undefined;
    return read?.kind === "text" ? read.text : undefined;
  }

  /**
   * Where a file stood in the commit: at its own path; else where git sees that it was moved from, or where the one file of its name has
   * gone since. Undefined for a new one.
   */
  async placeOf(path: string): Promise<string | undefined> {
    if ((await this.tree.find(path)).kind !== "absent") return path;
    const changes = [...(await this.tree.gone()).matchAll(GONE)].map(([, ...paths]) =>
      paths.map((each: string | undefined) => each && resolve(this.tree.root, each)),
    );
    const moved = changes.find(([, , to]) => to === path)?.[1];
    if (moved !== undefined) return moved;
    const [only, another] = changes.filter(([gone]) => gone && basename(gone) === basename(path));
    return another ? undefined : only?.[0];
  }

  /** The names of the files directly in a folder. */
  async list(folder: string): Promise<string[]> {
    const found = await this.tree.find(folder);
    return found.kind === "folder" ? this.tree.names(found) : [];
  }

  /**
   * A document; undefined where the commit has none.
   *
   * @throws {UsageError} where git does not know what it was.
   */
  async source(path: string): Promise<SourceText | undefined> {
    const found = await this.tree.find(path);
    if (found.kind === "absent") return undefined;
    const read = await this.read(found, path);
    if (read.kind === "text") return read.source;
    throw new UsageError(`${this.idOf(path)}: ${read.reason}`);
  }

  /**
   * What a document refers to: files of the same commit, in the folder of the entry or where it is allowed. What stands outside of the
   * repository is in no commit: it is read as it is now.
   */
  fetching(entry: string, { allowed, elsewhere }: { allowed: Allowed; elsewhere: FetchText }): FetchText {
    let seen: Promise<SeenFrom> | undefined;
    return async (request) => {
      if (!isLocal(request.uri)) return elsewhere(request);
      const path = resolve(fileURLToPath(request.uri));
      const found = await this.tree.find(path);
      if (found.kind === "outside") return elsewhere(request);
      seen ??= this.seenFrom(entry);
      const from = await seen;
      const real = realOf(found, path);
      if (![from.folder, ...allowed.paths].some((folder) => holdsPath(folder, real)))
        return { kind: "not-allowed", allow: this.idOf(path) };
      return this.read(found, canonicalPath(real, from));
    };
  }

  private async seenFrom(entry: string): Promise<SeenFrom> {
    const folder = dirname(entry);
    const real = realOf(await this.tree.find(entry), entry);
    return { entry, real, folder: realOf(await this.tree.find(folder), folder) };
  }

  private async read(found: Found, path: string): Promise<Exclude<Fetched, { kind: "not-allowed" }>> {
    if (found.kind === "absent") return { kind: "unreadable", reason: NOT_THERE };
    if (found.kind === "folder") return { kind: "unreadable", reason: "it is a folder" };
    if (found.kind !== "file") return { kind: "unreadable", reason: found.reason };
    const read = decode(await this.tree.bytes(found));
    if (read.kind === "unreadable") return read;
    if (read.text.startsWith(LFS))
      return { kind: "unreadable", reason: "git holds no more of it than a pointer of Git LFS" };
    return {
      kind: "text",
      source: { id: this.idOf(path), uri: pathToFileURL(path).href, text: read.text },
    };
  }

  private idOf(path: string): string {
    return posixPath(this.cwd, path);
  }
}

/** The object that git finds under a name; undefined where there is none. */
async function objectOf(cwd: string, name: string): Promise<string | undefined> {
  const found = await runGit(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
  return found.kind === "done" ? found.stdout.toString("utf8").trim() : undefined;
}

function realOf(found: Found, path: string): string {
  return found.kind === "file" || found.kind === "folder" ? found.path : path;
}
