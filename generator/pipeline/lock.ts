import { UsageError } from "../config/targets.js";
import { sortedBy } from "../model/order.js";
import { OutputError } from "../output/output-error.js";
import type { FileChange } from "../output/plan.js";

/** The file that tells what each remote document was when it was accepted. */
export const LOCK = "clientsmith.lock.json";

type LockFile = {
  /** The SHA-256 of each remote document, by the URL that a `$ref` names. */
  readonly documents: { readonly [url: string]: string };
};

/** Holds remote documents to what they were: they change without anybody's commit. */
export class Lock {
  private readonly before: string | undefined;
  private readonly locked: ReadonlyMap<string, string>;
  private readonly used = new Map<string, string>();
  private readonly isUpdating: boolean;

  /** @param text of the lock file; undefined where there is none. @throws {UsageError} where it is none. */
  constructor(text: string | undefined, options: { readonly isUpdating: boolean }) {
    this.before = text;
    this.locked = parseLock(text);
    this.isUpdating = options.isUpdating;
  }

  /** True where the document is the locked one, or may become it. */
  accepts(url: string, digest: string): boolean {
    const locked = this.locked.get(url);
    if (locked !== undefined && locked !== digest && !this.isUpdating) return false;
    this.used.set(url, digest);
    return true;
  }

  /**
   * The same documents, held against what the lock file is by now.
   *
   * @throws {OutputError} where another run has accepted other ones since.
   */
  again(text: string | undefined): Lock {
    if (text === this.before) return this;
    const lock = new Lock(text, { isUpdating: this.isUpdating });
    const other = [...this.used].find(([url, digest]) => !lock.accepts(url, digest));
    if (other) throw new OutputError(`${LOCK} was changed by another run, which read another ${other[0]}`);
    return lock;
  }

  /** What must change in the lock file. A run on every API forgets what none of them refers to. */
  change(options: { readonly isEveryApi: boolean }): FileChange | undefined {
    const kept = options.isEveryApi ? [] : [...this.locked];
    const entries = sortedBy(new Map([...kept, ...this.used]), ([url]) => url);
    const lock: LockFile = { documents: Object.fromEntries(entries) };
    const after = entries.length > 0 ? `${JSON.stringify(lock, null, 2)}\n` : undefined;
    const { before } = this;
    if (before === after) return undefined;
    if (before === undefined) return { path: LOCK, action: "create", drift: "missing", after: after! };
    if (after === undefined) return { path: LOCK, action: "delete", drift: "left over", before };
    return { path: LOCK, action: "update", drift: "stale", before, after };
  }
}

function parseLock(text: string | undefined): ReadonlyMap<string, string> {
  try {
    const { documents } = JSON.parse(text ?? '{"documents":{}}') as LockFile;
    return new Map(Object.entries(documents));
  } catch (error) {
    throw new UsageError(`${LOCK}: ${(error as Error).message}`);
  }
}
