import type { ApiModel } from "../../model/model.js";
import { sortedBy } from "../../model/order.js";
import type { LiteralsSchema, Schema } from "../../model/schema.js";
import { jsonEquals, type JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";
import { isSchema, saidIn } from "./canonical.js";

type Schemas = ApiModel["schemas"];
type Fields = { readonly [key: string]: unknown };
type Later = (base: Schema, head: Schema) => void;

/**
 * Tells whether schemas of two documents say the same of their instances, with all that they lead to, whatever that is called. What is being
 * compared is taken to be the same: if it is not, that is found where it differs; and what differs stays so, whatever was taken for the same.
 */
export class Likeness {
  private readonly schemas: Pair<Schemas>;
  private readonly alike = new Couples();
  private readonly different = new Couples();

  constructor(schemas: Pair<Schemas>) {
    this.schemas = schemas;
  }

  isAlike({ base, head }: Pair<Schema>): boolean {
    const taken: [Schema, Schema][] = [
      [resolved(base, this.schemas.base), resolved(head, this.schemas.head)],
    ];
    const known = new Couples();
    const later: Later = (one, other) => {
      const couple = [resolved(one, this.schemas.base), resolved(other, this.schemas.head)] as const;
      if (!this.alike.has(...couple) && !known.has(...couple)) taken.push([...couple]);
      known.add(...couple);
    };
    // A list that grows while it is walked is walked to its end: what is near before what is far.
    for (const couple of taken)
      if (this.different.has(...couple) || !isSame(...couple, later)) {
        this.different.add(...couple);
        this.different.add(...taken[0]!);
        return false;
      }
    for (const couple of taken) this.alike.add(...couple);
    return true;
  }
}

/** Couples of schemas, by what they are. */
class Couples {
  private readonly all = new Map<Schema, Set<Schema>>();

  has(base: Schema, head: Schema): boolean {
    return this.all.get(base)?.has(head) ?? false;
  }

  add(base: Schema, head: Schema): void {
    this.all.set(base, (this.all.get(base) ?? new Set()).add(head));
  }
}

/** True where two schemas say the same, but for what they refer to. */
function isSame(base: Schema, head: Schema, later: Later): boolean {
  if (base.kind === "literals" && head.kind === "literals") return jsonEquals(valuesOf(base), valuesOf(head));
  const [one, other] = [saidIn(base), saidIn(head)];
  return (
    one.length === other.length &&
    one.every((key) => isSamePart((base as Fields)[key], (head as Fields)[key], later))
  );
}

function isSamePart(a: unknown, b: unknown, later: Later): boolean {
  if (isSchema(a) && isSchema(b)) {
    if (a.kind !== "ref" && b.kind !== "ref") return isSame(a, b, later);
    later(a, b);
    return true;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && isSamePart((a as Fields)[key], (b as Fields)[key], later))
  );
}

/** The values of an enum have no order. */
function valuesOf({ values }: LiteralsSchema): JsonValue[] {
  return sortedBy(values, (value) => JSON.stringify(value));
}

/** What a reference leads to; itself, where it leads to nothing but itself. */
function resolved(schema: Schema, schemas: Schemas): Schema {
  let found = schema;
  const passed = new Set<Schema>();
  while (found.kind === "ref" && !passed.has(found)) {
    passed.add(found);
    found = schemas.get(found.target)?.schema ?? found;
  }
  return found;
}
