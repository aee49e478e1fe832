import { UsageError } from "../config/targets.js";
import { sortedBy } from "../model/order.js";
import { OutputError } from "../output/output-error.js";
import { isObject, own, type JsonValue } from "../source/json.js";
import { isSameText, type FileChange } from "../output/plan.js";

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

  /**
   * @param text of the lock file; undefined where there is none.
   * @throws {UsageError} where it is none, unless it is being updated: then nothing is locked yet.
   */
  constructor(text: string | undefined, options: { readonly isUpdating: boolean }) {
    this.before = text;
    const locked = text === undefined ? new Map<string, string>() : parseLock(text);
    if (!locked && !options.isUpdating) throw new UsageError(BROKEN);
    this.locked = locked ?? new Map();
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
    if (isSameText(before, after)) return undefined;
    if (before === undefined) return { path: LOCK, action: "create", drift: "missing", after: after! };
    if (after === undefined) return { path: LOCK, action: "delete", drift: "left over", before };
    return { path: LOCK, action: "update", drift: "stale", before, after };
  }
}

const BROKEN = `${LOCK} is not what clientsmith writes: restore it, or accept the remote documents as they are now by clientsmith generate --update-lock`;

/** What is locked; undefined where the text is no lock file: a merge may have left its marks in it. */
function parseLock(text: string): ReadonlyMap<string, string> | undefined {
  const documents = documentsOf(text);
  if (!isObject(documents)) return undefined;
  const entries = Object.entries(documents);
  return entries.every(([, digest]) => isDigest(digest))
    ? new Map(entries as [url: string, digest: string][])
    : undefined;
}

function isDigest(value: JsonValue): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function documentsOf(text: string): JsonValue | undefined {
  try {
    const lock = JSON.parse(text) as JsonValue;
    return isObject(lock) ? own(lock, "documents") : undefined;
  } catch {
    return undefined;
  }
}
