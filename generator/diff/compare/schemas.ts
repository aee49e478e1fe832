import type { Schema } from "../../model/schema.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import { bounds, flags, listed, opaque } from "./facets.js";
import { effectOf, type Effect, type Pair, type SchemaChange } from "../change.js";
import { memberChanges, type Sets, type Walking } from "./members.js";
import { pairUp } from "./pair-alternatives.js";
import { SET_TYPES, type Alternative, type Conjunction } from "../sets/alternative.js";
import { type SchemaSets } from "../sets/schema-set.js";
import { TextSets } from "../sets/text-sets.js";
import { Subsets } from "../sets/subset.js";
import type { Unchanged } from "./unchanged.js";

/** What a comparison of schemas is told. */
export type SchemaOptions = {
  readonly unchanged: Unchanged;
  /** Whether clients expect further values of the enums of responses. */
  readonly openEnums: boolean;
};

/** Compares schemas of two documents as sets, and says where they differ. */
export class SchemaComparison {
  readonly sets: Pair<SchemaSets>;
  readonly openEnums: boolean;
  private readonly unchanged: Unchanged;
  private readonly json: Walker;
  private texts: Walker | undefined;

  constructor(sets: Pair<SchemaSets>, { unchanged, openEnums }: SchemaOptions) {
    this.sets = sets;
    this.unchanged = unchanged;
    this.openEnums = openEnums;
    this.json = { sets, subsets: subsetsOf(sets, unchanged), openEnums };
  }

  /** The changes from one to the other; none where both are the same set of instances. */
  changes(schemas: Pair<Conjunction>): SchemaChange[] {
    return new Walk(this.json).compare(schemas, "");
  }

  /** The same of values that are sent as texts, where `type: string` takes what is a number elsewhere. */
  textChanges(schemas: Pair<Conjunction>): SchemaChange[] {
    if (!this.texts) {
      const sets = { base: new TextSets(this.sets.base), head: new TextSets(this.sets.head) };
      this.texts = { sets, subsets: subsetsOf(sets, this.unchanged), openEnums: this.openEnums };
    }
    return new Walk(this.texts).compare(schemas, "");
  }

  isSame({ base, head }: Pair<Schema>): boolean {
    return this.unchanged.isSameSchema(base, head);
  }
}

/** Is the base within the head, and is the head within the base? */
type BothSubsets = { readonly kept: Subsets; readonly contained: Subsets };
type Walker = { readonly sets: Pair<Sets>; readonly subsets: BothSubsets; readonly openEnums: boolean };

function subsetsOf({ base, head }: Pair<Sets>, unchanged: Unchanged): BothSubsets {
  return {
    kept: new Subsets(base, head, (inner, outer) => unchanged.isSameSchema(inner, outer)),
    contained: new Subsets(head, base, (inner, outer) => unchanged.isSameSchema(outer, inner)),
  };
}

/**
 * What is proved of the whole holds of its parts: where nothing is refused that was taken before, no part of it narrows; what seems to
 * is the same said otherwise.
 */
function clipped(found: SchemaChange, whole: Effect): SchemaChange[] {
  const { effect } = found;
  if (whole === "both" || effect === "keeps") return [found];
  return effect === "both" || effect === "unknown" || effect === whole ? [{ ...found, effect: whole }] : [];
}

/** One way through two schemas side by side. */
class Walk {
  private readonly sets: Pair<Sets>;
  private readonly subsets: BothSubsets;
  private readonly openEnums: boolean;
  /** The pairs that are being compared: recursion says nothing new. */
  private readonly open: Pair<Conjunction>[] = [];
  private readonly walking: Walking;

  constructor({ sets, subsets, openEnums }: Walker) {
    this.sets = sets;
    this.subsets = subsets;
    this.openEnums = openEnums;
    this.walking = { sets, compare: (schemas, path) => this.compare(schemas, path) };
  }

  compare(schemas: Pair<Conjunction>, path: JsonPointer): SchemaChange[] {
    const effect = this.effect(schemas);
    if (effect === "keeps") return [];
    if (this.open.some((pair) => isSame(pair.base, schemas.base) && isSame(pair.head, schemas.head)))
      return [];
    this.open.push(schemas);
    const changes = this.alternatives(
      { base: this.sets.base.of(schemas.base), head: this.sets.head.of(schemas.head) },
      path,
    );
    this.open.pop();
    return changes.flatMap((each) => clipped(each, effect));
  }

  private effect({ base, head }: Pair<Conjunction>): Effect {
    return effectOf({
      narrows: !this.subsets.kept.includes(base, head),
      widens: !this.subsets.contained.includes(head, base),
    });
  }

  private alternatives(all: Pair<readonly Alternative[]>, path: JsonPointer): SchemaChange[] {
    const base = typesOf(all.base);
    const head = typesOf(all.head);
    const where = { path, base: originOf(all.base), head: originOf(all.head) };
    // Another constraint of a text is said at the text, not at the numbers that it takes in passing.
    const isSaid = [base, head].every((types) => types.includes("string"));
    const isTold = (type: string) => !isSaid || !isImpliedAt(all, type);
    const lost = base.filter((type) => !head.includes(type) && isTold(type));
    const gained = head.filter((type) => !base.includes(type) && isTold(type));
    const common = base.filter((type) => head.includes(type));
    return [
      ...this.types({ lost, gained, base: shownTypes(all.base), head: shownTypes(all.head) }, where),
      ...common
        .filter((type) => !isImpliedAt(all, type))
        .flatMap((type) =>
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
    return pairUp(left)
      .filter((pair) => !this.isNothingNew(pair, { base, head }))
      .flatMap((pair) => this.pair(pair, path));
  }

  /** True for an alternative without a partner that others hold anyway. */
  private isNothingNew(pair: Partial<Pair<Alternative>>, all: Pair<readonly Alternative[]>): boolean {
    if (pair.base && !pair.head) return this.subsets.kept.isIn(pair.base, all.head);
    return pair.head !== undefined && !pair.base && this.subsets.contained.isIn(pair.head, all.base);
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

  private isSameSet({ base, head }: Pair<Alternative>): boolean {
    const { kept, contained } = this.subsets;
    return kept.isIn(base, [head]) && contained.isIn(head, [base]);
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
      ...listed(both, path, this.openEnums),
      ...bounds(both, path),
      ...flags(both, path),
      ...opaque(both, path),
      ...(base.type === "object" ? memberChanges(both, path, this.walking) : []),
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
}

function isSame(a: Conjunction, b: Conjunction): boolean {
  return a.length === b.length && a.every((schema, index) => schema === b[index]);
}

/** True where texts take the type on one side: nobody has said more of it there. */
function isImpliedAt({ base, head }: Pair<readonly Alternative[]>, type: string): boolean {
  return [...base, ...head].some((each) => each.type === type && each.isImplied);
}

/** As people read them: what is there because texts take it is not said. */
function shownTypes(alternatives: readonly Alternative[]): string[] {
  const own = alternatives.filter(({ isImplied }) => !isImplied);
  return typesOf(own).map((type) => {
    const numbers = own.filter((each) => each.type === "number");
    return type === "number" && numbers.every(({ facets }) => facets.integer) ? "integer" : type;
  });
}

function typesOf(alternatives: readonly Alternative[]): string[] {
  return SET_TYPES.filter((type) => alternatives.some((each) => each.type === type));
}

function originOf([first]: readonly Alternative[]): Origin | undefined {
  return first?.origin;
}
