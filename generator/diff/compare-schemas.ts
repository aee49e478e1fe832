import { sortedBy } from "../model/order.js";
import type { JsonValue } from "../source/json.js";
import { jsonEquals } from "../source/json.js";
import { join, type JsonPointer } from "../source/pointer.js";
import type { Origin } from "../source/source.js";
import {
  LOWER_BOUNDS,
  SET_TYPES,
  UPPER_BOUNDS,
  type Alternative,
  type BoundKeyword,
  type Conjunction,
  type SchemaSets,
} from "./schema-set.js";
import { memberSchemas, Subsets } from "./subset.js";

/** What a change does to the set of instances. `both`: some go and others come. */
export type Effect = "narrows" | "widens" | "both" | "keeps";

/** One thing that two schemas say otherwise, at the innermost place where they do. */
export type SchemaChange = {
  /** Its name in the table of rules: `min-length-increased`. */
  readonly change: string;
  readonly effect: Effect;
  /** Where the value stands that is meant, items as `*`: `/subscription/coupons/*`. */
  readonly path: JsonPointer;
  readonly base?: Origin | undefined;
  readonly head?: Origin | undefined;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
};

/** Two schemas, each of its own document. */
export type Pair<T> = { readonly base: T; readonly head: T };

/** Compares schemas of two documents as sets, and says where they differ. */
export class SchemaComparison {
  private readonly sets: Pair<SchemaSets>;
  /** Is the base within the head? */
  private readonly kept: Subsets;
  /** Is the head within the base? */
  private readonly contained: Subsets;

  constructor(sets: Pair<SchemaSets>) {
    this.sets = sets;
    this.kept = new Subsets(sets.base, sets.head);
    this.contained = new Subsets(sets.head, sets.base);
  }

  /** The changes from one to the other; none where both are the same set of instances. */
  changes(schemas: Pair<Conjunction>): SchemaChange[] {
    return new Walk(this, this.sets).compare(schemas, "");
  }

  effect({ base, head }: Pair<Conjunction>): Effect {
    return effectOf({
      narrows: !this.kept.includes(base, head),
      widens: !this.contained.includes(head, base),
    });
  }
}

function effectOf({ narrows, widens }: { narrows: boolean; widens: boolean }): Effect {
  if (narrows) return widens ? "both" : "narrows";
  return widens ? "widens" : "keeps";
}

/** One way through two schemas side by side. */
class Walk {
  private readonly comparison: SchemaComparison;
  private readonly sets: Pair<SchemaSets>;
  /** The pairs that are being compared: recursion says nothing new. */
  private readonly open: Pair<Conjunction>[] = [];

  constructor(comparison: SchemaComparison, sets: Pair<SchemaSets>) {
    this.comparison = comparison;
    this.sets = sets;
  }

  compare(schemas: Pair<Conjunction>, path: JsonPointer): SchemaChange[] {
    if (this.comparison.effect(schemas) === "keeps") return [];
    if (this.open.some((pair) => isSame(pair.base, schemas.base) && isSame(pair.head, schemas.head)))
      return [];
    this.open.push(schemas);
    const changes = this.alternatives(
      { base: this.sets.base.of(schemas.base), head: this.sets.head.of(schemas.head) },
      path,
    );
    this.open.pop();
    return changes;
  }

  private alternatives(all: Pair<readonly Alternative[]>, path: JsonPointer): SchemaChange[] {
    const base = typesOf(all.base);
    const head = typesOf(all.head);
    const where = { path, base: originOf(all.base), head: originOf(all.head) };
    const lost = base.filter((type) => !head.includes(type));
    const gained = head.filter((type) => !base.includes(type));
    const common = base.filter((type) => head.includes(type));
    return [
      ...this.types({ lost, gained, base, head }, where),
      ...common.flatMap((type) =>
        this.oneType(
          {
            base: all.base.filter((each) => each.type === type),
            head: all.head.filter((each) => each.type === type),
          },
          path,
        ),
      ),
    ];
  }

  private types(
    { lost, gained, base, head }: Record<"lost" | "gained" | "base" | "head", readonly string[]>,
    where: Pick<SchemaChange, "path" | "base" | "head">,
  ): SchemaChange[] {
    if (lost.length + gained.length === 0) return [];
    const effect = effectOf({ narrows: lost.length > 0, widens: gained.length > 0 });
    const onlyNull = [...lost, ...gained].every((type) => type === "null");
    const change = onlyNull ? (lost.length > 0 ? "became-not-nullable" : "became-nullable") : "type-changed";
    return [{ ...where, change, effect, before: [...base], after: [...head] }];
  }

  private oneType({ base, head }: Pair<readonly Alternative[]>, path: JsonPointer): SchemaChange[] {
    const left = { base: this.unmatched(base, head, "base"), head: this.unmatched(head, base, "head") };
    const changes = pairUp(left).flatMap((pair) => this.pair(pair, path));
    return changes;
  }

  /** The alternatives that are not within the other side as they are. */
  private unmatched(
    own: readonly Alternative[],
    others: readonly Alternative[],
    side: "base" | "head",
  ): readonly Alternative[] {
    if (own.length === 1 && others.length === 1) return own;
    return own.filter(
      (one) =>
        !others.some((other) =>
          this.isSameSet(side === "base" ? { base: one, head: other } : { base: other, head: one }),
        ),
    );
  }

  private isSameSet(pair: Pair<Alternative>): boolean {
    return this.pair({ base: pair.base, head: pair.head }, "").length === 0;
  }

  private pair({ base, head }: Partial<Pair<Alternative>>, path: JsonPointer): SchemaChange[] {
    if (!base || !head) {
      const where = { path, base: base?.origin, head: head?.origin };
      return [
        base
          ? { ...where, change: "alternative-removed", effect: "narrows", before: base.type }
          : { ...where, change: "alternative-added", effect: "widens", after: head!.type },
      ];
    }
    const both = { base, head };
    return [
      ...listed(both, path),
      ...bounds(both, path),
      ...flags(both, path),
      ...opaque(both, path),
      ...(base.type === "object" ? this.object(both, path) : []),
      ...(base.type === "array" ? this.array(both, path) : []),
    ];
  }

  private array({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
    const length = Math.max(base.prefixItems.length, head.prefixItems.length);
    const prefix = Array.from({ length }, (_, index) =>
      this.compare(
        { base: base.prefixItems[index] ?? base.items, head: head.prefixItems[index] ?? head.items },
        join(path, index),
      ),
    );
    return [...prefix.flat(), ...this.compare({ base: base.items, head: head.items }, join(path, "*"))];
  }

  private object(both: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
    const { base, head } = both;
    const names = sortedBy(new Set([...base.properties.keys(), ...head.properties.keys()]), (name) => name);
    return [
      ...names.flatMap((name) => this.property(both, name, join(path, name))),
      ...this.additional(both, path),
      ...this.patterns(both, path),
    ];
  }

  private property({ base, head }: Pair<Alternative>, name: string, path: JsonPointer): SchemaChange[] {
    const [old, now] = [base.properties.get(name), head.properties.get(name)];
    const where = { path, base: old?.origin ?? base.origin, head: now?.origin ?? head.origin };
    if (!now) return this.removed({ base, head }, name, where);
    if (!old) return this.added({ base, head }, name, where);
    const became =
      old.required === now.required
        ? []
        : [
            now.required
              ? { ...where, change: "became-required", effect: "narrows" as const }
              : { ...where, change: "became-optional", effect: "widens" as const },
          ];
    const schemas = { base: memberSchemas(base, name).flat(), head: memberSchemas(head, name).flat() };
    return [...became, ...this.compare(schemas, path)];
  }

  private removed({ base, head }: Pair<Alternative>, name: string, where: Where): SchemaChange[] {
    const { required } = base.properties.get(name)!;
    const isForbidden = memberSchemas(head, name).some((each) => this.sets.head.of(each).length === 0);
    const change = required ? "required-property-removed" : "optional-property-removed";
    return [
      { ...where, change, effect: isForbidden ? (required ? "both" : "narrows") : "widens", before: name },
    ];
  }

  private added({ base, head }: Pair<Alternative>, name: string, where: Where): SchemaChange[] {
    const { required } = head.properties.get(name)!;
    const wasForbidden = memberSchemas(base, name).some((each) => this.sets.base.of(each).length === 0);
    const change = required ? "required-property-added" : "optional-property-added";
    return [
      { ...where, change, effect: wasForbidden ? (required ? "both" : "widens") : "narrows", after: name },
    ];
  }

  private additional({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
    const isOpen = {
      base: this.sets.base.of(base.additional).length > 0,
      head: this.sets.head.of(head.additional).length > 0,
    };
    const where = { path, base: base.origin, head: head.origin };
    if (isOpen.base && !isOpen.head)
      return [{ ...where, change: "additional-properties-forbidden", effect: "narrows" }];
    if (!isOpen.base && isOpen.head)
      return [{ ...where, change: "additional-properties-allowed", effect: "widens" }];
    return this.compare({ base: base.additional, head: head.additional }, join(path, "*"));
  }

  private patterns({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
    const patterns = sortedBy(
      new Set([...base.patternProperties.keys(), ...head.patternProperties.keys()]),
      (each) => each,
    );
    return patterns.flatMap((pattern) =>
      this.compare(
        {
          base: base.patternProperties.get(pattern) ?? base.additional,
          head: head.patternProperties.get(pattern) ?? head.additional,
        },
        join(path, `~${pattern}`),
      ),
    );
  }
}

type Where = Pick<SchemaChange, "path" | "base" | "head">;

function isSame(a: Conjunction, b: Conjunction): boolean {
  return a.length === b.length && a.every((schema, index) => schema === b[index]);
}

function typesOf(alternatives: readonly Alternative[]): string[] {
  return SET_TYPES.flatMap((type) => {
    const own = alternatives.filter((each) => each.type === type);
    if (own.length === 0) return [];
    return type === "number" && own.every(({ facets }) => facets.integer) ? ["number"] : [type];
  });
}

function originOf([first]: readonly Alternative[]): Origin | undefined {
  return first?.origin;
}

/** Alternatives that are meant to be the same: of one name, or of one tag, or the only ones that are left. */
function pairUp({ base, head }: Pair<readonly Alternative[]>): Partial<Pair<Alternative>>[] {
  const free = new Set(head);
  const take = (one: Alternative, is: (other: Alternative) => boolean) => {
    const found = [...free].find(is);
    if (found) free.delete(found);
    return { base: one, ...(found && { head: found }) };
  };
  const named = base.map((one) =>
    take(one, (other) => nameOf(one) === nameOf(other) || sharesTag(one, other)),
  );
  const rest = named.map((pair) =>
    pair.head ? pair : take(pair.base, () => base.length === 1 && head.length === 1),
  );
  return [...rest, ...[...free].map((other) => ({ head: other }))];
}

function nameOf({ origin, values }: Alternative): string {
  return values ? "values" : origin.pointer;
}

function sharesTag(a: Alternative, b: Alternative): boolean {
  return [...a.properties].some(([name, { required, schemas }]) => {
    const [own] = schemas;
    const [other] = b.properties.get(name)?.schemas ?? [];
    return (
      required &&
      own?.kind === "literals" &&
      other?.kind === "literals" &&
      own.values.some((value) => other.values.some((each) => jsonEquals(each, value)))
    );
  });
}

function listed({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
  const where = { path, base: base.origin, head: head.origin };
  if (!base.values && !head.values) return [];
  if (!base.values) return [{ ...where, change: "enum-added", effect: "narrows", after: head.values! }];
  if (!head.values) return [{ ...where, change: "enum-removed", effect: "widens", before: base.values }];
  return [
    ...missing(head.values, base.values).map((before) => ({
      ...where,
      change: "enum-value-removed",
      effect: "narrows" as const,
      before,
    })),
    ...missing(base.values, head.values).map((after) => ({
      ...where,
      change: "enum-value-added",
      effect: "widens" as const,
      after,
    })),
  ];
}

/** What is among `of` and not among `from`. */
function missing(from: readonly JsonValue[], of: readonly JsonValue[]): JsonValue[] {
  return of.filter((value) => !from.some((each) => jsonEquals(each, value)));
}

/** `minLength` → `min-length`, in the manner of the ids of oasdiff. */
const BOUND_NAMES: { readonly [K in BoundKeyword]: string } = {
  minimum: "min",
  exclusiveMinimum: "exclusive-min",
  minLength: "min-length",
  minItems: "min-items",
  minProperties: "min-properties",
  maximum: "max",
  exclusiveMaximum: "exclusive-max",
  maxLength: "max-length",
  maxItems: "max-items",
  maxProperties: "max-properties",
};

function bounds({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
  return [...LOWER_BOUNDS, ...UPPER_BOUNDS].flatMap((keyword): SchemaChange[] => {
    const [old, now] = [base.facets.bounds.get(keyword), head.facets.bounds.get(keyword)];
    if (old?.value === now?.value) return [];
    const where = { path, base: old?.origin ?? base.origin, head: now?.origin ?? head.origin };
    const change = { ...where, before: old?.value, after: now?.value };
    const name = BOUND_NAMES[keyword];
    if (!old) return [{ ...change, change: `${name}-set`, effect: "narrows" }];
    if (!now) return [{ ...change, change: `${name}-removed`, effect: "widens" }];
    const isHigher = now.value > old.value;
    const isLower = (LOWER_BOUNDS as readonly string[]).includes(keyword);
    return [
      {
        ...change,
        change: `${name}-${isHigher ? "increased" : "decreased"}`,
        effect: isHigher === isLower ? "narrows" : "widens",
      },
    ];
  });
}

function flags({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
  const where = { path, base: base.origin, head: head.origin };
  const flag = (name: "integer" | "uniqueItems", on: string, off: string): SchemaChange[] => {
    if (base.facets[name] === head.facets[name]) return [];
    return [
      head.facets[name]
        ? { ...where, change: on, effect: "narrows" }
        : { ...where, change: off, effect: "widens" },
    ];
  };
  const [before, after] = [base.facets.multipleOf, head.facets.multipleOf];
  const multiples: SchemaChange[] = jsonEquals([...before], [...after])
    ? []
    : [
        {
          ...where,
          change: "multiple-of-changed",
          effect: multipleEffect(before, after),
          before: [...before],
          after: [...after],
        },
      ];
  return [
    ...flag("integer", "became-integer", "became-number"),
    ...flag("uniqueItems", "unique-items-set", "unique-items-removed"),
    ...multiples,
  ];
}

function multipleEffect(before: readonly number[], after: readonly number[]): Effect {
  return effectOf({ narrows: !divides(after, before), widens: !divides(before, after) });
}

/** True where each of the divisors divides one of the numbers: a multiple of those is one of these. */
function divides(divisors: readonly number[], numbers: readonly number[]): boolean {
  return divisors.every((each) => numbers.some((number) => number % each === 0));
}

/** Constraints that nothing more is known of: another pattern narrows and widens, until somebody shows otherwise. */
function opaque({ base, head }: Pair<Alternative>, path: JsonPointer): SchemaChange[] {
  const gone = [...base.opaque].filter(([key]) => !head.opaque.has(key)).map(([, each]) => each);
  const come = [...head.opaque].filter(([key]) => !base.opaque.has(key)).map(([, each]) => each);
  const keywords = sortedBy(new Set([...gone, ...come].map(({ keyword }) => keyword)), (each) => each);
  return keywords.map((keyword) => {
    const old = gone.find((each) => each.keyword === keyword);
    const now = come.find((each) => each.keyword === keyword);
    const name = keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return {
      path,
      base: old?.origin ?? base.origin,
      head: now?.origin ?? head.origin,
      change: `${name}-${old ? (now ? "changed" : "removed") : "added"}`,
      effect: effectOf({ narrows: now !== undefined, widens: old !== undefined }),
      before: old?.text,
      after: now?.text,
    };
  });
}
