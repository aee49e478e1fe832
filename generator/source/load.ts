import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { dialectOf, type Dialect } from "./dialect.js";
import { objectsIn, pointerOf, type Kind } from "./grammar.js";
import { Guesser } from "./guess.js";
import { isObject, type JsonObject, type JsonValue } from "./json.js";
import { DEFAULT_LIMITS, type Limits } from "./limits.js";
import { parse } from "./parse.js";
import { References, referencesOf } from "./references.js";
import type { Origin, SourceDocument, SourceId, SourceText } from "./source.js";
import { isLocal, resolveReference, uriOfId, type Uri } from "./uri.js";

/** Asks the edge for a document. */
export type FetchRequest = {
  readonly uri: Uri;
  /** The address of the document that refers to it. */
  readonly from: Uri;
};

/** What the edge gives: a text with its id, or why there is none. */
export type Fetched =
  | { readonly kind: "text"; readonly source: SourceText }
  /** `allow` is what `--allow-ref` would have to be given. */
  | { readonly kind: "not-allowed"; readonly allow: string }
  | { readonly kind: "unreadable"; readonly reason: string };
export type FetchText = (request: FetchRequest) => Promise<Fetched>;

/** A place that a reference names, and what is expected to stand there. */
export type Place = Origin & { readonly kind: Kind };

/** Every document of an API. */
export type Loaded = {
  /** By their ids, the entry first; those that did not parse have the value null. */
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
  readonly references: References;
  /** The whole entry, and what references name that was not below another place. */
  readonly places: readonly Place[];
  /** The dialect of the entry, and of the parts that it refers to. */
  readonly dialect: Dialect;
};

/**
 * The document and all that it refers to, directly or not, as their authors wrote them. Each is read once; one that cannot be
 * read is a problem of who refers to it, one that does not parse is its own.
 */
export async function loadDocuments(
  entry: SourceText | SourceDocument,
  fetchText: FetchText,
  limits: Limits = DEFAULT_LIMITS,
): Promise<Staged<Loaded>> {
  const parsed = "locate" in entry ? { value: entry, problems: [] } : parse(entry, limits);
  const documents = new Map([[entry.id, parsed.value ?? unparsed(entry)]]);
  const dialect = (parsed.value && dialectOf(parsed.value.value)) ?? "3.1";
  const references = new References(dialect);
  const loader = new Loader(fetchText, { documents, references, limits });
  loader.problems.push(...parsed.problems);
  if (parsed.value) await loader.load(parsed.value);
  const { problems, places } = loader;
  return { value: { documents, references, places, dialect }, problems };
}

/** So many documents are read at once: systems let a process open no more than some hundred files. */
const MAX_OPEN = 32;

/** A reference, and the place that it stands at. */
type Reference = { readonly ref: string; readonly origin: Origin; readonly kind: Kind };
/** What a reference names, read as an object of a kind. */
type Target = { readonly origin: Origin; readonly value: JsonValue; readonly kind: Kind };
/** References to a document that is not loaded yet. */
type Pending = { readonly uri: Uri; readonly references: Reference[] };

type LoaderState = {
  readonly documents: Map<SourceId, SourceDocument>;
  readonly references: References;
  readonly limits: Limits;
};

class Loader {
  readonly problems: Problem[] = [];
  readonly places: Place[] = [];
  private readonly fetchText: FetchText;
  private readonly documents: Map<SourceId, SourceDocument>;
  private readonly references: References;
  private readonly limits: Limits;
  private readonly guesser = new Guesser();
  /** Documents that did not parse. */
  private readonly unread = new Set<SourceId>();
  private readonly pending = new Map<Uri, Pending>();
  private readonly walked = new Map<Kind, WeakSet<JsonObject>>();

  constructor(fetchText: FetchText, { documents, references, limits }: LoaderState) {
    this.fetchText = fetchText;
    this.documents = documents;
    this.references = references;
    this.limits = limits;
  }

  /** Follows the references of the entry, then those of what they name, until none is left. */
  async load(entry: SourceDocument): Promise<void> {
    this.references.add(entry);
    this.walk({ origin: { source: entry.id, pointer: "" }, value: entry.value, kind: "document" });
    for (let batch = this.nextBatch(); batch.length > 0; batch = this.nextBatch()) {
      for (const some of chunksOf(batch, MAX_OPEN)) {
        const fetched = await Promise.all(some.map((pending) => this.fetchOne(pending)));
        some.forEach((pending, index) => this.settle(pending, fetched[index]!));
      }
      for (const { references } of batch) for (const reference of references) this.follow(reference);
    }
  }

  /**
   * Files come before what lies elsewhere: one of them may turn out to be that, by its `$id` or `$self`.
   */
  private nextBatch(): Pending[] {
    for (const { uri, references } of this.pending.values()) {
      if (!this.references.knows(uri)) continue;
      this.pending.delete(uri);
      for (const reference of references) this.follow(reference);
    }
    const open = [...this.pending.values()];
    const local = open.filter(
      ({ uri, references }) => isLocal(uri) || references.some((each) => this.mirror(each)),
    );
    const batch = local.length > 0 ? local : open;
    for (const { uri } of batch) this.pending.delete(uri);
    return batch;
  }

  /**
   * Where a document lies that has an address of its own (`$self`, `$id`), what it refers to by a relative path is looked for
   * beside it first: addresses are names, and need not be places.
   */
  private mirror({ ref, origin }: Reference): Uri | undefined {
    const document = this.documents.get(origin.source)!;
    const address = document.uri ?? uriOfId(document.id);
    if (URL.canParse(ref) || this.references.resourceOf(origin).uri === address) return undefined;
    const uri = resolveReference(ref, address)?.uri;
    return uri !== undefined && uri !== address && isLocal(uri) ? uri : undefined;
  }

  private async fetchOne({ uri, references }: Pending): Promise<Fetched> {
    if (uri.includes("\\")) return { kind: "unreadable", reason: "a reference holds no backslash: use /" };
    const mirrors = new Set(references.flatMap((reference) => this.mirror(reference) ?? []));
    const from = this.addressOf(references[0]!.origin.source);
    for (const mirror of mirrors) {
      const fetched = await this.fetchText({ uri: mirror, from });
      if (fetched.kind === "text") return fetched;
    }
    return this.fetchText({ uri, from });
  }

  private addressOf(source: SourceId): Uri {
    return this.documents.get(source)?.uri ?? uriOfId(source);
  }

  private settle({ uri, references }: Pending, fetched: Fetched): void {
    if (fetched.kind !== "text") {
      this.references.refuse(uri);
      for (const reference of references) this.problems.push(this.refusal(reference, fetched));
      return;
    }
    const { source } = fetched;
    if (!this.documents.has(source.id)) this.addText(source);
    if (this.unread.has(source.id)) this.references.refuse(uri);
    else this.references.alias(uri, source.id);
  }

  /** What is taken for a file may have been meant as a component: `Pet`. */
  private refusal({ ref, origin }: Reference, fetched: Exclude<Fetched, { kind: "text" }>): Problem {
    const { value } = this.documents.get(origin.source)!;
    const near = ref.includes("#") ? undefined : this.guesser.reference(ref, value);
    return fetched.kind === "not-allowed"
      ? problem("ref-not-allowed", { ref, allow: fetched.allow, near }, { origin })
      : problem("ref-unreadable", { ref, reason: fetched.reason, near }, { origin });
  }

  private addText(source: SourceText): void {
    const parsed = parse(source, this.limits);
    this.problems.push(...parsed.problems);
    this.documents.set(source.id, parsed.value ?? unparsed(source));
    if (parsed.value) this.references.add(parsed.value);
    else this.unread.add(source.id);
  }

  private follow({ ref, origin, kind }: Reference): void {
    const target = this.references.resolve(ref, origin);
    if (target.kind === "unknown") this.wait({ ref, origin, kind }, target.uri);
    if (target.kind === "found") this.walk({ ...target, kind });
  }

  private wait(reference: Reference, uri: Uri): void {
    // What no address can be made of is reported by whoever reads it, but for backslashes.
    if (!URL.canParse(uri) && !uri.includes("\\")) return;
    const pending = this.pending.get(uri) ?? { uri, references: [] };
    pending.references.push(reference);
    this.pending.set(uri, pending);
  }

  /** Finds the references at and below a place, and follows them: those to known places at once, however long the chain. */
  private walk(start: Target): void {
    const open: Target[] = [start];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const reference of this.enter(next)) {
        const { kind } = reference;
        const target = this.references.resolve(reference.ref, reference.origin);
        if (target.kind === "found") open.push({ origin: target.origin, value: target.value, kind });
        if (target.kind === "unknown") this.wait(reference, target.uri);
      }
    }
  }

  /** The references at and below a place that was not entered yet. */
  private enter({ origin, value, kind }: Target): Reference[] {
    if (!isObject(value) || this.isWalked(value, kind)) return [];
    const place = { ...origin, kind };
    this.places.push(place);
    this.references.scan(place, place.kind);
    const found: Reference[] = [];
    for (const object of objectsIn(value, place.kind)) {
      if (object.value !== value && this.isWalked(object.value, object.kind)) continue;
      const refs = referencesOf(object);
      if (refs.length === 0) continue;
      const at = pointerOf(object.path, place.pointer);
      for (const [key, ref] of refs)
        found.push({ ref, origin: { source: place.source, pointer: at + key }, kind: object.kind });
    }
    return found;
  }

  private isWalked(value: JsonObject, kind: Kind): boolean {
    const walked = this.walked.get(kind) ?? new WeakSet();
    this.walked.set(kind, walked);
    if (walked.has(value)) return true;
    walked.add(value);
    return false;
  }
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** A document that did not parse still has lines to show. */
function unparsed(source: SourceText): SourceDocument {
  return { ...source, value: null, locate: () => ({ line: 1, column: 1 }) };
}
