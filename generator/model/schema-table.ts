import { isObject, own } from "../source/json.js";
import { tokensOf } from "../source/pointer.js";
import { idOf, writtenPointer, type Origin, type SourceDocument, type SourceId } from "../source/source.js";
import { pathsFrom } from "../source/uri.js";
import type { NamedSchema, Place } from "./model.js";
import { sortedBy } from "./order.js";
import { type Node, type Reader } from "./reader.js";
import { isOfKind } from "./reference-kind.js";
import type { Schema, SchemaId } from "./schema.js";

type Documents = ReadonlyMap<SourceId, SourceDocument>;
type Read = (node: Node, table: SchemaTable) => Schema;

type Queued = { readonly id: SchemaId; readonly node: Node; words: readonly string[]; isByPlace: boolean };

/**
 * The named schemas of the model. Each is read once, when its turn comes in a queue and not where it is first named: so
 * recursion ends, and a chain of references takes no stack.
 */
export class SchemaTable {
  private readonly named = new Map<SchemaId, NamedSchema>();
  private readonly queue: Queued[] = [];
  private readonly queued = new Map<SchemaId, Queued>();
  /** The components that are names of schemas in other documents, and those schemas. */
  private readonly imports = new Map<SchemaId, SchemaId>();
  private readonly rings = new Map<SchemaId, boolean>();
  private readonly reader: Reader;
  private readonly documents: Documents;
  /** How a document is reached from the entry, whose own path is empty: the same wherever they lie. */
  private readonly pathTo: (source: SourceId) => string;

  constructor(reader: Reader, documents: Documents, entry: SourceId) {
    this.reader = reader;
    this.documents = documents;
    this.pathTo = pathsFrom(entry, documents);
  }

  placesOf({ source, pointer }: Origin): { readonly place: Place; readonly see?: Place } {
    const path = this.pathTo(source);
    const written = writtenPointer(this.documents.get(source)!, pointer);
    return { place: `${path}#${pointer}`, ...(written !== pointer && { see: `${path}#${written}` }) };
  }

  /**
   * Names a component. One that only refers to another document is the name of what stands there, and no second schema.
   */
  nameComponent(node: Node, name: string): void {
    const id = idOf(node.origin);
    const target = isReference(node) ? this.follow(node) : undefined;
    const isImport =
      target && target.origin.source !== node.origin.source && !this.queued.has(idOf(target.origin));
    if (isImport) this.imports.set(id, this.name(target, [name]));
    else this.name(node, [name]);
  }

  /** Names the schema at `node`, and reads it later. Words of its own replace those of its place: whether a reference came first is chance. */
  name(node: Node, words: readonly string[], isByPlace = false): SchemaId {
    const id = idOf(node.origin);
    const imported = this.imports.get(id);
    if (imported !== undefined) return imported;
    const queued = this.queued.get(id);
    if (queued?.isByPlace === true && !isByPlace) {
      queued.words = words;
      queued.isByPlace = false;
    }
    if (queued) return id;
    const entry = { id, node, words, isByPlace };
    this.queued.set(id, entry);
    this.queue.push(entry);
    return id;
  }

  /**
   * The schema of a body: where it only refers to another, that one; else one named `words`.
   * Undefined, after a report, where its `$ref` points to nothing.
   */
  nameBody(node: Node, words: readonly string[]): SchemaId | undefined {
    return isReference(node) ? this.nameTarget(node) : this.name(node, words);
  }

  /** The schema that a `$ref` names. Its words come from its pointer: `#/components/schemas/A/properties/b` → A, b. */
  nameTarget(node: Node<{ readonly $ref: string }>): SchemaId | undefined {
    const target = this.reader.withReading("any-value", () => this.follow(node));
    return target && this.name(target, wordsOf(target), true);
  }

  private follow(node: Node<{ readonly $ref: string }>): Node | undefined {
    const ref = this.reader.member(node, "$ref", "string");
    const target = ref && this.reader.target(ref);
    if (!ref || !target || !isOfKind(this.reader, ref, "schema")) return undefined;
    if (!this.isRing(target)) return target;
    this.reader.report("ref-circular", { ref: ref.value }, ref.origin);
    return undefined;
  }

  /** Reads until nothing is left that is named but not read; sorted by document and pointer. */
  readAll(read: Read): ReadonlyMap<SchemaId, NamedSchema> {
    // The list grows while it is read.
    for (const { id, words, node } of this.queue) {
      const { origin } = node;
      this.named.set(id, { id, words, origin, ...this.placesOf(origin), schema: read(node, this) });
    }
    return new Map(sortedBy(this.named.values(), ({ place }) => place).map((schema) => [schema.id, schema]));
  }

  /** True where following nothing but `$ref`s leads back: such a schema says nothing at all. Each is followed once. */
  private isRing(start: Node): boolean {
    const seen = new Set<SchemaId>();
    let isRing = false;
    for (let node: Node | undefined = start; node && refersOn(node); node = this.targetOf(node)) {
      const id = idOf(node.origin);
      const known = seen.has(id) ? true : this.rings.get(id);
      isRing = known === true;
      if (known !== undefined) break;
      seen.add(id);
    }
    for (const id of seen) this.rings.set(id, isRing);
    return isRing;
  }

  private targetOf(node: Node<{ readonly $ref: string }>): Node | undefined {
    return this.reader.target(this.reader.child(node, "$ref") as Node<string>);
  }
}

/** True for a schema with a `$ref`, whatever stands beside it. */
function refersOn(node: Node): node is Node<{ readonly $ref: string }> {
  return isObject(node.value) && typeof node.value["$ref"] === "string";
}

const STRUCTURE = new Set([
  "components",
  "schemas",
  "properties",
  "items",
  "schema",
  "content",
  "paths",
  "$defs",
  "definitions",
]);

/** True for a schema that says nothing but `$ref`. */
export function isReference(node: Node): node is Node<{ readonly $ref: string }> {
  return isObject(node.value) && Object.keys(node.value).join() === "$ref";
}

/** The words of a pointer. What is a whole document has its title, or the name of the file. */
export function wordsOf({ origin, value }: Node): string[] {
  const tokens = tokensOf(origin.pointer);
  const words = tokens.filter((token) => !STRUCTURE.has(token));
  if (words.length > 0) return words;
  return tokens.length > 0 ? tokens.slice(-1) : [titleOf(value) ?? fileOf(origin.source)];
}

function titleOf(value: Node["value"]): string | undefined {
  const title = isObject(value) ? own(value, "title") : undefined;
  return typeof title === "string" && title !== "" ? title : undefined;
}

/** `common/user.schema.yaml` → `user`. */
function fileOf(source: SourceId): string {
  return /([^/]*?)(\.schema)?(\.\w+)?([?#].*)?$/.exec(source)?.[1] || source;
}
