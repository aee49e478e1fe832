import type { Code, Parameters } from "../diagnostics/catalogue.js";
import type { Reading } from "../diagnostics/readings.js";
import { problem, type Place, type Problem } from "../diagnostics/problem.js";
import { describe, TYPE_NAMES, typeOf } from "../source/describe.js";
import { pointerOf, type Visited } from "../source/grammar.js";
import { Guesser } from "../source/guess.js";
import { isObject, objectOf, own, type JsonObject, type JsonValue } from "../source/json.js";
import type { Limits } from "../source/limits.js";
import type { Found } from "../source/kind-at.js";
import { join } from "../source/pointer.js";
import { referenceProblem } from "../source/reference-problem.js";
import type { References } from "../source/references.js";
import { idOf, type Origin, type SourceId } from "../source/source.js";

/** A value of a document and where it stands. */
export type Node<T extends JsonValue = JsonValue> = {
  readonly value: T;
  readonly origin: Origin;
  /** Members that stand elsewhere, by their key: beside the `$ref` that named the rest. */
  readonly elsewhere?: ReadonlyMap<string, Node<JsonObject>>;
};
export type ObjectNode = Node<JsonObject>;

/** An object on the way down a document, as a node. Where it stands is put together when it is asked for: as a rule, of what is faulty alone. */
export function visitedNode({ value, path }: Visited, source: SourceId): ObjectNode {
  return {
    value,
    get origin() {
      return { source, pointer: pointerOf(path) };
    },
  };
}

type Kinds = {
  string: string;
  boolean: boolean;
  number: number;
  object: JsonObject;
  array: readonly JsonValue[];
};
/**
 * Reads raw documents for the model: every access that a faulty document can fail says so at its line, and goes on.
 */
export class Reader {
  readonly problems: Problem[] = [];
  readonly limits: Limits;
  readonly guesser = new Guesser();
  private readonly references: References;
  private reading: Reading | undefined;
  private readonly refused = new Set<string>();
  /** What a `$ref` names in the end, by its place: each link of a chain is followed once. */
  private readonly ends = new Map<string, ObjectNode>();

  constructor(references: References, limits: Limits) {
    this.references = references;
    this.limits = limits;
  }

  report<C extends Code>(code: C, parameters: Parameters<C>, origin: Origin, place: Place = "value"): void {
    this.problems.push(problem(code, parameters, { origin, place, reading: this.reading }));
  }

  /** Runs `read`; what it reports has this safe reading, because the caller goes on with it. */
  withReading<T>(reading: Reading | undefined, read: () => T): T {
    const outer = this.reading;
    this.reading = reading;
    const value = read();
    this.reading = outer;
    return value;
  }

  /** The member of an object, of whatever type; undefined where it is absent. */
  child(node: ObjectNode, key: string): Node | undefined {
    const holder = node.elsewhere?.get(key);
    if (holder) return this.child(holder, key);
    const value = own(node.value, key);
    return value === undefined ? undefined : { value, origin: below(node.origin, key) };
  }

  /** The member of an object if it has the wanted type; a member of another type is reported. */
  member<K extends keyof Kinds>(node: ObjectNode, key: string, kind: K): Node<Kinds[K]> | undefined {
    const child = this.child(node, key);
    return child && this.expect(child, kind, key);
  }

  /** Like {@link member}; an absent member is reported too, at the key of its owner. */
  required<K extends keyof Kinds>(
    node: ObjectNode,
    key: string,
    kind: K,
    owner: string,
  ): Node<Kinds[K]> | undefined {
    const child = this.child(node, key);
    if (!child) this.report("missing-field", { name: key, owner }, node.origin, "key");
    return child && this.expect(child, kind, key);
  }

  /** The value as the wanted type, or a report. */
  expect<K extends keyof Kinds>(node: Node, kind: K, name: string): Node<Kinds[K]> | undefined {
    if (typeOf(node.value) === kind) return node as Node<Kinds[K]>;
    this.report("wrong-type", { name, expected: TYPE_NAMES[kind], found: describe(node.value) }, node.origin);
    return undefined;
  }

  /** A member that must be one of the given strings. */
  oneOf<T extends string>(node: ObjectNode, key: string, allowed: readonly T[]): T | undefined {
    const found = this.member(node, key, "string");
    if (!found) return undefined;
    const value = allowed.find((each) => each === found.value);
    if (value === undefined) {
      this.report("unknown-value", { name: key, found: found.value, expected: allowed }, found.origin);
    }
    return value;
  }

  /** The members of an object member, in the order of the document, without extensions (`x-…`) where `fixed`. */
  entries(node: ObjectNode, key: string, kind: "named" | "fixed" = "named"): (readonly [string, Node])[] {
    const object = this.member(node, key, "object");
    if (!object) return [];
    return Object.entries(object.value)
      .filter(([name]) => kind === "named" || !name.startsWith("x-"))
      .map(([name, value]) => [name, { value, origin: below(object.origin, name) }] as const);
  }

  /** The items of a list member. */
  items(node: ObjectNode, key: string): Node[] {
    const list = this.member(node, key, "array");
    return (list?.value ?? []).map((value, index) => ({ value, origin: below(list!.origin, index) }));
  }

  /** The strings of a list member. */
  strings(node: ObjectNode, key: string): Node<string>[] {
    return this.items(node, key).flatMap((item) => this.expect(item, "string", `an item of ${key}`) ?? []);
  }

  /**
   * Follows the `$ref` of a Reference Object to what it names, however long the chain. The `summary` and the `description`
   * beside it override those of the target (OpenAPI 3.1.1, Reference Object).
   */
  deref(node: Node, name: string): ObjectNode | undefined {
    return this.followed(node, name, (key) => key === "summary" || key === "description");
  }

  /**
   * Follows the `$ref` of a Path Item Object, whose other fields stand beside those of the target (OpenAPI 3.1.1, Path Item Object);
   * where both have a field, which the standard leaves open, the nearer one holds.
   */
  derefPathItem(node: Node): ObjectNode | undefined {
    return this.followed(node, "a path item", (key) => key !== "$ref");
  }

  /** @param isKept true for the fields that stand beside those of the target. */
  private followed(node: Node, name: string, isKept: (key: string) => boolean): ObjectNode | undefined {
    const path = new Map<string, ObjectNode>();
    let current = this.expect(node, "object", name);
    while (current && Object.hasOwn(current.value, "$ref")) {
      const ref = this.member(current, "$ref", "string");
      if (!ref) return undefined;
      const known = this.ends.get(idOf(ref.origin));
      if (known) {
        current = known;
        break;
      }
      if (path.has(idOf(ref.origin))) {
        this.report("ref-circular", { ref: ref.value }, ref.origin);
        return undefined;
      }
      path.set(idOf(ref.origin), current);
      const target = this.target(ref);
      current = target && this.expect(target, "object", name);
    }
    if (!current) return undefined;
    for (const [ref, layer] of [...path].toReversed()) {
      if (Object.keys(layer.value).some(isKept)) current = overlay(current, layer, isKept);
      this.ends.set(ref, current);
    }
    return current;
  }

  /** Marks a `$ref` that is reported already: it leads nowhere. */
  refuse(ref: Origin): void {
    this.refused.add(idOf(ref));
  }

  /** {@link deref} for looking ahead: what is wrong is reported where the node is read for good. */
  peek(node: Node): ObjectNode | undefined {
    const known = this.problems.length;
    const found = this.deref(node, "");
    this.problems.length = known;
    return found;
  }

  /** The place that a reference names; undefined, without a report, where it names nothing. */
  placeOf({ value, origin }: Node<string>): Origin | undefined {
    const found = this.references.resolve(value, origin);
    return found.kind === "found" ? found.origin : undefined;
  }

  /** What must stand where a reference leads; undefined where nobody knows, or where it leads nowhere. */
  kindOf(ref: Node<string>): Found | undefined {
    const place = this.placeOf(ref);
    return place && this.references.kindAt(place);
  }

  /** The node that a `$ref` names, one step; undefined after a report where it names nothing. */
  target(ref: Node<string>): Node | undefined {
    if (this.refused.has(idOf(ref.origin))) return undefined;
    const found = this.references.resolve(ref.value, ref.origin);
    const fault = referenceProblem(found, { ref: ref.value, origin: ref.origin }, this.guesser);
    if (fault) this.problems.push({ ...fault, ...(this.reading && { reading: this.reading }) });
    return found.kind === "found" ? { value: found.value, origin: found.origin } : undefined;
  }
}

function overlay(under: ObjectNode, layer: ObjectNode, isKept: (key: string) => boolean): ObjectNode {
  const kept = Object.entries(layer.value).filter(([key]) => isKept(key));
  return {
    value: { ...under.value, ...objectOf(kept) },
    origin: under.origin,
    elsewhere: new Map([...(under.elsewhere ?? []), ...kept.map(([key]) => [key, layer] as const)]),
  };
}

/** Where a Reference Object stands, beside what it names. */
export function referenceIn({ value, origin }: Node): { readonly reference?: Origin } {
  return isObject(value) && Object.hasOwn(value, "$ref") ? { reference: origin } : {};
}

/** The place of a member or an item. */
export function below(origin: Origin, ...tokens: readonly (string | number)[]): Origin {
  return { source: origin.source, pointer: join(origin.pointer, ...tokens) };
}
