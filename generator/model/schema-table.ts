import { isObject } from "../source/json.js";
import { tokensOf } from "../source/pointer.js";
import type { Origin } from "../source/source.js";
import type { NamedSchema } from "./model.js";
import { sortedBy } from "./order.js";
import { idOf, type Node, type Reader } from "./reader.js";
import type { Schema, SchemaId } from "./schema.js";

type Read = (node: Node, table: SchemaTable) => Schema;

/**
 * The named schemas of the model. Each is read once, when its turn comes in a queue and not where it is first named: so
 * recursion ends, and a chain of references takes no stack.
 */
export class SchemaTable {
  private readonly named = new Map<SchemaId, NamedSchema>();
  private readonly queue: { id: SchemaId; words: readonly string[]; node: Node }[] = [];
  private readonly queued = new Set<SchemaId>();
  private readonly rings = new Map<SchemaId, boolean>();
  private readonly reader: Reader;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** Names the schema at `node`, and reads it later. */
  name(node: Node, words: readonly string[]): SchemaId {
    const id = idOf(node.origin);
    if (!this.queued.has(id)) {
      this.queued.add(id);
      this.queue.push({ id, words, node });
    }
    return id;
  }

  /**
   * The schema of a body: where it only refers to another, that one; else one named `words`.
   * Undefined, after a report, where its `$ref` points to nothing.
   */
  nameBody(node: Node, words: readonly string[]): SchemaId | undefined {
    if (!isObject(node.value) || Object.keys(node.value).join() !== "$ref") return this.name(node, words);
    return this.nameTarget(node as Node<{ $ref: string }>);
  }

  /** The schema that a `$ref` names. Its words come from its pointer: `#/components/schemas/A/properties/b` → A, b. */
  nameTarget(node: Node<{ readonly $ref: string }>): SchemaId | undefined {
    const ref = this.reader.member(node, "$ref", "string");
    const target = ref && this.reader.target(ref);
    if (!ref || !target) return undefined;
    if (this.isRing(target)) {
      this.reader.report("ref-circular", { ref: ref.value }, ref.origin);
      return undefined;
    }
    return this.name(target, wordsOf(target.origin));
  }

  /** Reads until nothing is left that is named but not read; sorted by pointer. */
  readAll(read: Read): ReadonlyMap<SchemaId, NamedSchema> {
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      const { id, words, node } = next;
      this.named.set(id, { id, words, origin: node.origin, schema: read(node, this) });
    }
    return new Map(sortedBy(this.named.values(), ({ id }) => id).map((schema) => [schema.id, schema]));
  }

  /** True where following nothing but `$ref`s leads back: such a schema says nothing at all. Each is followed once. */
  private isRing(start: Node): boolean {
    const seen = new Set<SchemaId>();
    let isRing = false;
    for (let node: Node | undefined = start; node && isReference(node); node = this.targetOf(node)) {
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

function isReference(node: Node): node is Node<{ readonly $ref: string }> {
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
]);

function wordsOf(origin: Origin): string[] {
  const tokens = tokensOf(origin.pointer);
  const words = tokens.filter((token) => !STRUCTURE.has(token));
  return words.length > 0 ? words : tokens.slice(-1);
}
