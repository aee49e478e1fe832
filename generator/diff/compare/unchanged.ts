import { meaningsOfParent } from "../../model/descendants.js";
import type { ApiModel, NamedSchema, Operation } from "../../model/model.js";
import { addTo, type Groups } from "../../model/order.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import { jsonEquals, type JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";
import { JSON_FIELDS, placeOfNamed } from "../sets/canonical.js";

/**
 * What both models say word for word, but for where it stands: that needs no comparison. In most changes of a long document, that is
 * nearly all of it.
 */
export class Unchanged {
  private readonly models: Pair<ApiModel>;
  /** The ids of the head's schemas that are the same as the base's, with all that they lead to; and what those are called there. */
  private readonly same = new Map<SchemaId, SchemaId>();
  /** The schemas of the head whose discriminators mean something else: by other values, or what builds on them has changed. */
  private readonly parents = new Set<Schema>();
  private readonly operations = new WeakMap<Operation, { head: Operation; isSame: boolean }>();
  private readonly decided = new WeakMap<Schema, WeakMap<Schema, boolean>>();

  constructor(models: Pair<ApiModel>) {
    this.models = models;
    this.fill();
  }

  /** True where two operations are the same, the schemas of their bodies included. */
  isSame(base: Operation, head: Operation): boolean {
    const known = this.operations.get(base);
    if (known && known.head === head) return known.isSame;
    const isSame = this.isSameOperation(base, head);
    this.operations.set(base, { head, isSame });
    return isSame;
  }

  private isSameOperation(base: Operation, head: Operation): boolean {
    return this.isLike({ ...base, place: "" }, { ...head, place: "" });
  }

  /** True where two schemas are the same, annotations included. */
  isSameSchema(base: Schema, head: Schema): boolean {
    const known = this.decided.get(head)?.get(base);
    if (known !== undefined) return known;
    const answer = !this.parents.has(head) && this.isLike(base, head);
    const others = this.decided.get(head) ?? new WeakMap<Schema, boolean>();
    this.decided.set(head, others.set(base, answer));
    return answer;
  }

  private isLike(base: unknown, head: unknown): boolean {
    const targets: Target[] = [];
    return isAlike(base, head, targets) && targets.every(([old, now]) => this.same.get(now) === old);
  }

  /** Schemas that are alike on their own stay until one is found that leads to one that is not. */
  private fill(): void {
    const { base, head } = this.models;
    const byPlace = new Map([...base.schemas.values()].map((named) => [placeOfNamed(named), named]));
    const users: Groups<SchemaId, SchemaId> = new Map();
    const changed: SchemaId[] = [];
    const parents: NamedSchema[] = [];
    for (const named of head.schemas.values()) {
      const targets: Target[] = [];
      const other = byPlace.get(placeOfNamed(named));
      const children = other && this.children(other, named);
      if (other && !children) this.parents.add(named.schema);
      if (children && children.length > 0) parents.push(named);
      const isAlone = other && isAlike(other.schema, named.schema, targets);
      targets.push(...(children ?? []));
      if (isAlone && !this.parents.has(named.schema)) this.same.set(named.id, other.id);
      else changed.push(named.id);
      for (const [old, now] of targets) {
        addTo(users, now, named.id);
        const [was, is] = [base.schemas.get(old), head.schemas.get(now)];
        if (!was || !is || placeOfNamed(was) !== placeOfNamed(is)) changed.push(named.id);
      }
    }
    // The list grows while it is walked.
    for (const id of changed) {
      this.same.delete(id);
      changed.push(...(users.get(id) ?? []));
      users.delete(id);
    }
    for (const { id, schema } of parents) if (!this.same.has(id)) this.parents.add(schema);
  }

  /** What builds on two parents, side by side; undefined where it is not meant by the same values of their discriminators. */
  private children(base: NamedSchema, head: NamedSchema): readonly Target[] | undefined {
    const [old, now] = [
      meaningsOfParent(base, this.models.base.schemas),
      meaningsOfParent(head, this.models.head.schemas),
    ];
    const [were, are] = [[...old.values()].flat(), [...now.values()].flat()];
    const pairs = [...old].flatMap(([value, children]) =>
      children.flatMap((child, index): Target[] => {
        const other = now.get(value)?.[index];
        return other ? [[child.id, other.id]] : [];
      }),
    );
    return were.length === are.length && pairs.length === were.length ? pairs : undefined;
  }
}

type Target = readonly [base: SchemaId, head: SchemaId];

/** Fields that say where something stands. */
const PLACES = new Set(["origin", "reference"]);
/** Fields that name a schema of the model. */
const NAMES = new Set(["target", "schema", "fallback"]);

/** Equal but for where it stands; collects the schemas that the one and the other refer to at the same place. */
function isAlike(a: unknown, b: unknown, targets: Target[]): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isAlike(item, b[index], targets))
    );
  if (a instanceof Map)
    return (
      b instanceof Map &&
      isAlike([...(a as Map<unknown, unknown>)], [...(b as Map<unknown, unknown>)], targets)
    );
  const [one, other] = [a as Fields, b as Fields];
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => {
      if (PLACES.has(key)) return true;
      const [own, theirs] = [one[key], other[key]];
      if (JSON_FIELDS.has(key))
        return theirs !== undefined && jsonEquals(own as JsonValue, theirs as JsonValue);
      if (!NAMES.has(key) || typeof own !== "string") return isAlike(own, theirs, targets);
      if (typeof theirs !== "string") return false;
      targets.push([own, theirs]);
      return true;
    })
  );
}

type Fields = { readonly [key: string]: unknown };
