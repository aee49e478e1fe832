import { posix, resolve } from "node:path";
import { UsageError } from "../config/targets.js";
import { posixPath } from "./posix-path.js";
import { runGit } from "./run-git.js";

/** What a commit has at a path. A file or a folder is told by where it really lies: links within the repository are followed. */
export type Found =
  | GitFile
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "absent" }
  /** What no commit of this repository holds. */
  | { readonly kind: "outside" | "submodule"; readonly reason: string };

export type GitFile = { readonly kind: "file"; readonly path: string; readonly object: string };

/** An entry of a tree (git-ls-tree, Output Format). */
type Entry = { readonly mode: string; readonly object: string };

/** So many links may lead from one to the next. */
const MAX_LINKS = 32;

/** The files of a commit. */
export class GitTree {
  /** Where the working tree of the repository is. */
  readonly root: string;
  private readonly commit: string | undefined;
  private changes: Promise<Buffer> | undefined;
  private readonly folders = new Map<string, Promise<ReadonlyMap<string, Entry>>>();

  /** @param commit none before the first one: no file was there. */
  constructor(root: string, commit: string | undefined) {
    this.root = root;
    this.commit = commit;
  }

  /** @throws {UsageError} where git fails, as it may where a clone has only a part of its objects. */
  async find(path: string): Promise<Found> {
    return this.walk(posixPath(this.root, path), MAX_LINKS);
  }

  async bytes({ object }: Pick<GitFile, "object">): Promise<Buffer> {
    return this.git(["cat-file", "blob", object]);
  }

  /** The names of what is directly in a folder. */
  async names({ path }: Found & { kind: "folder" }): Promise<string[]> {
    return [...(await this.entriesOf(posixPath(this.root, path))).keys()];
  }

  /** What is gone since, or called otherwise, as `git diff --name-status -z` prints it. */
  async gone(): Promise<string> {
    if (this.commit === undefined) return "";
    const options = ["--name-status", "-M", "-z", "--diff-filter=DR"];
    this.changes ??= this.git(["diff", ...options, this.commit]);
    return (await this.changes).toString("utf8");
  }

  /** @param inside a path from the root, with slashes. */
  private async walk(inside: string, links: number): Promise<Found> {
    if (this.commit === undefined || links === 0) return { kind: "absent" };
    const parts = posix.normalize(inside).split("/");
    if (parts[0] === ".." || posix.isAbsolute(inside)) return this.outside();
    let found: Found = { kind: "folder", path: this.root };
    let folder = "";
    for (const [index, part] of parts.entries()) {
      if (part === "." || part === "") continue;
      const entry: Entry | undefined = (await this.entriesOf(folder)).get(part);
      if (!entry) return { kind: "absent" };
      const { mode, object } = entry;
      const at = posix.join(folder, part);
      if (mode === SUBMODULE) return { kind: "submodule", reason: `${at} is a submodule: run this there` };
      if (mode === LINK) {
        const target = this.linked(at, (await this.bytes({ object })).toString("utf8"));
        return this.walk(posix.join(target, ...parts.slice(index + 1)), links - 1);
      }
      const path = resolve(this.root, at);
      found = mode === FOLDER ? { kind: "folder", path } : { kind: "file", path, object };
      folder = at;
    }
    return found;
  }

  /** Where a link leads, from the root. */
  private linked(inside: string, target: string): string {
    return posix.isAbsolute(target)
      ? posixPath(this.root, target)
      : posix.join(posix.dirname(inside), target);
  }

  private outside(): Found {
    return { kind: "outside", reason: `it lies outside of the git repository ${this.root}` };
  }

  /** What is directly in a folder, by name; nothing where a path names none. Each is asked for once: documents lie side by side. */
  private async entriesOf(folder: string): Promise<ReadonlyMap<string, Entry>> {
    const known = this.folders.get(folder) ?? this.list(folder);
    this.folders.set(folder, known);
    return known;
  }

  private async list(folder: string): Promise<ReadonlyMap<string, Entry>> {
    const within = folder === "" ? [] : ["--", `${folder}/`];
    const command = ["--literal-pathspecs", "ls-tree", "--full-tree", "-z", this.commit!, ...within];
    const lines = (await this.git(command)).toString("utf8").split("\0");
    const entries = lines.flatMap((line) => {
      const [, mode, object, path] = /^(\d+) \w+ (\w+)\t([^]*)$/.exec(line) ?? [];
      return path === undefined ? [] : [[posix.basename(path), { mode: mode!, object: object! }] as const];
    });
    return new Map(entries);
  }

  private async git(args: readonly string[]): Promise<Buffer> {
    const answer = await runGit(this.root, args);
    if (answer.kind === "done") return answer.stdout;
    throw new UsageError(`git ${args.find((each) => !each.startsWith("-"))}: ${answer.reason}`);
  }
}

/** Modes of the entries of a tree that are no files. */
const FOLDER = "040000";
const LINK = "120000";
const SUBMODULE = "160000";
