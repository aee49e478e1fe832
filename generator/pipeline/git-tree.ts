import { posix, relative, resolve, sep } from "node:path";
import { UsageError } from "../config/targets.js";
import { runGit } from "./run-git.js";

/** What a commit has at a path. A file or a folder is told by where it really lies: links within the repository are followed. */
export type Found =
  | GitFile
  | { readonly kind: "folder"; readonly path: string; readonly object: string }
  | { readonly kind: "absent" }
  /** What no commit of this repository holds. */
  | { readonly kind: "outside" | "submodule"; readonly reason: string };

export type GitFile = { readonly kind: "file"; readonly path: string; readonly object: string };

/** So many links may lead from one to the next. */
const MAX_LINKS = 32;

/** The files of a commit. */
export class GitTree {
  /** Where the working tree of the repository is. */
  readonly root: string;
  private readonly commit: string | undefined;

  /** @param commit none before the first one: no file was there. */
  constructor(root: string, commit: string | undefined) {
    this.root = root;
    this.commit = commit;
  }

  /** @throws {UsageError} where git fails, as it may where a clone has only a part of its objects. */
  async find(path: string): Promise<Found> {
    const inside = relative(this.root, path).split(sep).join("/");
    return this.walk(inside, MAX_LINKS);
  }

  async bytes({ object }: Pick<GitFile, "object">): Promise<Buffer> {
    return this.git(["cat-file", "blob", object]);
  }

  /** The names of what is directly in a folder. */
  async names({ object }: Found & { kind: "folder" }): Promise<string[]> {
    const listed = await this.git(["ls-tree", "--name-only", "-z", object]);
    return listed
      .toString("utf8")
      .split("\0")
      .filter((name) => name !== "");
  }

  /** What is gone since, or called otherwise, as `git diff --name-status -z` prints it. */
  async gone(): Promise<string> {
    if (this.commit === undefined) return "";
    const options = ["--name-status", "-M", "-z", "--diff-filter=DR"];
    return (await this.git(["diff", ...options, this.commit])).toString("utf8");
  }

  /** @param inside a path from the root, with slashes. */
  private async walk(inside: string, links: number): Promise<Found> {
    if (this.commit === undefined || links === 0) return { kind: "absent" };
    if (inside === ".." || inside.startsWith("../") || posix.isAbsolute(inside)) return this.outside();
    const path = resolve(this.root, inside);
    if (inside === "" || inside === ".") return { kind: "folder", path, object: `${this.commit}^{tree}` };
    const entry = await this.entry(inside);
    if (!entry) return this.below(inside, links);
    const { mode, object } = entry;
    if (mode === SUBMODULE) return { kind: "submodule", reason: `${inside} is a submodule: run this there` };
    if (mode !== LINK) return { kind: mode === FOLDER ? "folder" : "file", path, object };
    const target = (await this.bytes({ object })).toString("utf8");
    return this.walk(this.linked(inside, target), links - 1);
  }

  /** What is at a path that no tree lists: one of the folders on the way is a link, or is none. */
  private async below(inside: string, links: number): Promise<Found> {
    const folder = posix.dirname(inside);
    if (folder === ".") return { kind: "absent" };
    const owner = await this.walk(folder, links);
    if (owner.kind === "file") return { kind: "absent" };
    if (owner.kind !== "folder") return owner;
    const real = relative(this.root, owner.path).split(sep).join("/");
    return real === folder
      ? { kind: "absent" }
      : this.walk(posix.join(real, posix.basename(inside)), links - 1);
  }

  /** Where a link leads, from the root. */
  private linked(inside: string, target: string): string {
    return posix.isAbsolute(target)
      ? relative(this.root, target).split(sep).join("/")
      : posix.join(posix.dirname(inside), target);
  }

  private outside(): Found {
    return { kind: "outside", reason: `it lies outside of the git repository ${this.root}` };
  }

  private async entry(inside: string): Promise<{ mode: string; object: string } | undefined> {
    const listed = await this.git([
      "--literal-pathspecs",
      "ls-tree",
      "--full-tree",
      "-z",
      this.commit!,
      "--",
      inside,
    ]);
    const [, mode, object] = /^(\d+) \w+ (\w+)\t/.exec(listed.toString("utf8")) ?? [];
    return mode === undefined || object === undefined ? undefined : { mode, object };
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
