import type { ApiModel } from "../../model/model.js";
import { sortedBy } from "../../model/order.js";
import type { Schema } from "../../model/schema.js";
import type { Pair } from "../change.js";
import { saidIn } from "./canonical.js";

type Schemas = ApiModel["schemas"];
type Fields = { readonly [key: string]: unknown };

/** True where two schemas say the same of their instances, with all that they lead to, whatever their documents call that. */
export function isAlike({ base, head }: Pair<Schema>, schemas: Pair<Schemas>): boolean {
  return new Likeness(schemas).isSame(base, head);
}

class Likeness {
  private readonly schemas: Pair<Schemas>;
  /** What is being compared is taken to be the same: if it is not, that is found where it differs. */
  private readonly taken = new Map<object, Set<object>>();

  constructor(schemas: Pair<Schemas>) {
    this.schemas = schemas;
  }

  isSame(base: unknown, head: unknown): boolean {
    const [a, b] = [resolved(base, this.schemas.base), resolved(head, this.schemas.head)];
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
    const known = this.taken.get(a) ?? new Set();
    if (known.has(b)) return true;
    this.taken.set(a, known.add(b));
    const [one, other] = [said(a), said(b)];
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => key in other && this.isSame(one[key], other[key]))
    );
  }
}

/** What a reference leads to; itself, where it leads to nothing but itself. */
function resolved(part: unknown, schemas: Schemas): unknown {
  let found = part;
  const passed = new Set<unknown>();
  while (isReference(found) && !passed.has(found)) {
    passed.add(found);
    found = schemas.get(found.target)?.schema ?? found;
  }
  return found;
}

function isReference(part: unknown): part is Schema & { readonly kind: "ref" } {
  return typeof part === "object" && part !== null && "kind" in part && part.kind === "ref";
}

/** What a part says; the values of an enum have no order. */
function said(part: object): Fields {
  const fields = Object.fromEntries(saidIn(part).map((key) => [key, (part as Fields)[key]]));
  if (fields["kind"] !== "literals") return fields;
  return { values: sortedBy(fields["values"] as unknown[], (value) => JSON.stringify(value)) };
}
