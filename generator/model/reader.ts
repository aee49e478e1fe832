import type { Code, Parameters } from "../diagnostics/catalogue.js";
import { problem, type Place, type Problem } from "../diagnostics/problem.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "../source/json.js";
import type { Limits } from "../source/limits.js";
import { join, pointerOfFragment, valueAt } from "../source/pointer.js";
import type { Origin, SourceDocument, SourceId } from "../source/source.js";

/** A value of a document and where it stands. */
export type Node<T extends JsonValue = JsonValue> = { readonly value: T; readonly origin: Origin };
export type ObjectNode = Node<JsonObject>;

type Kinds = {
  string: string;
  boolean: boolean;
  number: number;
  object: JsonObject;
  array: readonly JsonValue[];
};
const KIND_NAMES = {
  string: "a string",
  boolean: "true or false",
  number: "a number",
  object: "an object",
  array: "a list",
};

/**
 * Reads raw documents for the model: every access that a faulty document can fail says so at its line, and goes on.
 */
export class Reader {
  readonly problems: Problem[] = [];
  readonly limits: Limits;
  private readonly documents: ReadonlyMap<SourceId, SourceDocument>;

  constructor(documents: ReadonlyMap<SourceId, SourceDocument>, limits: Limits) {
    this.documents = documents;
    this.limits = limits;
  }

  report<C extends Code>(code: C, parameters: Parameters<C>, origin: Origin, place: Place = "value"): void {
    this.problems.push(problem(code, parameters, { origin, place }));
  }

  /** The member of an object, of whatever type; undefined where it is absent. */
  child(node: ObjectNode, key: string): Node | undefined {
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
    if (kindOf(node.value) === kind) return node as Node<Kinds[K]>;
    this.report("wrong-type", { name, expected: KIND_NAMES[kind], found: describe(node.value) }, node.origin);
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
   * Follows the `$ref` of a Reference Object (OpenAPI 3.1.1) to what it names, however long the chain.
   * A node without `$ref` is returned as it is.
   */
  deref(node: Node, name: string): ObjectNode | undefined {
    let current = this.expect(node, "object", name);
    const seen = new Set<string>();
    while (current && Object.hasOwn(current.value, "$ref")) {
      const ref = this.member(current, "$ref", "string");
      if (!ref) return undefined;
      const key = idOf(current.origin);
      if (seen.has(key)) {
        this.report("ref-circular", { ref: ref.value }, ref.origin);
        return undefined;
      }
      seen.add(key);
      if (seen.size > this.limits.references) {
        this.report("limit-exceeded", { name: "references", limit: this.limits.references }, ref.origin);
        return undefined;
      }
      const target = this.target(ref);
      current = target && this.expect(target, "object", name);
    }
    return current;
  }

  /** The node that a `$ref` names, one step; undefined after a report where it names nothing. */
  target(ref: Node<string>): Node | undefined {
    const [file = "", fragment = ""] = ref.value.split(/#(.*)/s, 2);
    if (file !== "") {
      this.report("ref-external", { ref: ref.value }, ref.origin);
      return undefined;
    }
    const pointer = pointerOfFragment(fragment);
    const document = this.documents.get(ref.origin.source);
    const value = pointer === undefined || !document ? undefined : valueAt(document.value, pointer);
    if (value === undefined || pointer === undefined) {
      this.report("ref-not-found", { ref: ref.value }, ref.origin);
      return undefined;
    }
    return { value, origin: { source: ref.origin.source, pointer } };
  }
}

/** The place of a member or an item. */
export function below(origin: Origin, ...tokens: readonly (string | number)[]): Origin {
  return { source: origin.source, pointer: join(origin.pointer, ...tokens) };
}

/** One string for one place: `specs/cargo.yaml#/components/schemas/Cadence`. */
export function idOf(origin: Origin): string {
  return `${origin.source}#${origin.pointer}`;
}

function kindOf(value: JsonValue): keyof Kinds | "null" {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return isObject(value) ? "object" : (typeof value as "string" | "boolean" | "number");
}

function describe(value: JsonValue): string {
  const kind = kindOf(value);
  if (kind === "object" || kind === "array") return KIND_NAMES[kind];
  return kind === "null" ? "null" : JSON.stringify(value).slice(0, 60);
}
