import { execFile } from "node:child_process";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { UsageError } from "../config/targets.js";
import type { FetchText } from "../source/load.js";
import type { SourceText } from "../source/source.js";
import { isLocal } from "../source/uri.js";
import { holdsPath, type Allowed } from "./allow.js";

const run = promisify(execFile);
/** The largest document of the world fits in it many times. */
const MAX_BYTES = 512 * 1024 * 1024;

/** A file that is gone, or where one was and is, in what `git diff --name-status -z` prints. */
const GONE = /D\0([^\0]*)\0|R\d*\0([^\0]*)\0([^\0]*)\0/g;

/** Reads files as they were in a commit, without a checkout. */
export class GitReader {
  private readonly cwd: string;
  private readonly root: string;
  private readonly revision: string;

  private constructor(cwd: string, { root, revision }: { root: string; revision: string }) {
    this.cwd = cwd;
    this.root = root;
    this.revision = revision;
  }

  /** @throws {UsageError} where the folder is in no repository, or the revision names no commit. */
  static async open(cwd: string, revision: string): Promise<GitReader> {
    const root = await git(cwd, ["rev-parse", "--show-toplevel"]);
    if (root === undefined) throw new UsageError(`${cwd} is in no git repository`);
    const commit = await git(cwd, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${revision}^{commit}`,
    ]);
    // Before the first commit, HEAD is the name of nothing: no file was there.
    if (commit === undefined && revision !== "HEAD")
      throw new UsageError(`${JSON.stringify(revision)} names no commit`);
    return new GitReader(cwd, { root: root.trim(), revision: (commit ?? revision).trim() });
  }

  /** The text of a file; undefined where the commit has none. */
  async text(path: string): Promise<string | undefined> {
    const inside = relative(this.root, path).split(sep).join("/");
    return inside.startsWith("../")
      ? undefined
      : git(this.root, ["cat-file", "blob", `${this.revision}:${inside}`]);
  }

  /**
   * Where a file stood in the commit: at its own path; else where git sees that it was moved from, or where the one file of its name has
   * gone since. Undefined for a new one.
   */
  async placeOf(path: string): Promise<string | undefined> {
    if ((await this.text(path)) !== undefined) return path;
    const listed = await git(this.root, [
      "diff",
      "--name-status",
      "-M",
      "-z",
      "--diff-filter=DR",
      this.revision,
    ]);
    const changes = [...(listed ?? "").matchAll(GONE)].map(([, ...paths]) =>
      paths.map((each: string | undefined) => each && resolve(this.root, each)),
    );
    const moved = changes.find(([, , to]) => to === path)?.[1];
    if (moved !== undefined) return moved;
    const [only, another] = changes.filter(([gone]) => gone && basename(gone) === basename(path));
    return another ? undefined : only?.[0];
  }

  /** The names of the files directly in a folder. */
  async list(folder: string): Promise<string[]> {
    const inside = relative(this.root, folder).split(sep).join("/");
    const listed = await git(this.root, ["ls-tree", "--name-only", "-z", `${this.revision}:${inside}`]);
    return (listed ?? "").split("\0").filter((name) => name !== "");
  }

  async source(path: string): Promise<SourceText | undefined> {
    const text = await this.text(path);
    const id = relative(this.cwd, path).split(sep).join("/");
    return text === undefined
      ? undefined
      : { id, uri: pathToFileURL(path).href, text: text.replace(/^\u{feff}/u, "") };
  }

  /**
   * What a document refers to: files of the same commit, in the folder of the entry or where it is allowed. What stands elsewhere is in no commit:
   * remote documents are read as they are now.
   */
  fetching(entry: string, { allowed, elsewhere }: { allowed: Allowed; elsewhere: FetchText }): FetchText {
    return async (request) => {
      const { uri } = request;
      if (!isLocal(uri)) return elsewhere(request);
      const path = resolve(fileURLToPath(uri));
      const allow = relative(this.cwd, path).split(sep).join("/");
      const folders = [dirname(entry), ...allowed.paths];
      if (!folders.some((folder) => holdsPath(folder, path))) return { kind: "not-allowed", allow };
      const source = await this.source(path);
      return source ? { kind: "text", source } : { kind: "unreadable", reason: "there is no such file" };
    };
  }
}

/** What git prints; undefined where it fails. */
async function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  return run("git", args as string[], { cwd, encoding: "utf8", maxBuffer: MAX_BYTES }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}
