import type { Schema } from "../../model/schema.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import { bounds, flags, listed, names, opaque } from "./facets.js";
import { effectOf, type Effect, type Pair, type SchemaChange } from "../change.js";
import { memberChanges, type Sets, type Walking } from "./members.js";
import { pairUp } from "./pair-alternatives.js";
import { choiceChanges, sharedBy, siblingsOf } from "./split-alternatives.js";
import {
  isEverything,
  SET_TYPES,
  type Alternative,
  type Conjunction,
  type Entry,
} from "../sets/alternative.js";
import { type SchemaSets } from "../sets/schema-set.js";
import { isScalar, listedTexts, textsOf, TextSets } from "../sets/text-sets.js";
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
    this.json = new Walker(sets, { unchanged, openEnums });
  }

  /** The changes from one to the other; none where both are the same set of instances. */
  changes(schemas: Pair<Conjunction>): SchemaChange[] {
    return this.json.changes(schemas);
  }

  /** The same of values that are sent as texts, where `type: string` takes what is a number elsewhere. */
  textChanges(schemas: Pair<Conjunction>): SchemaChange[] {
    this.texts ??= new Walker(
      { base: new TextSets(this.sets.base), head: new TextSets(this.sets.head) },
      { unchanged: this.unchanged, openEnums: this.openEnums },
      true,
    );
    return this.texts.changes(schemas);
  }

  isSame({ base, head }: Pair<Schema>): boolean {
    return this.unchanged.isSameSchema(base, head);
  }
}

/** Is the base within the head, and is the head within the base? */
type BothSubsets = { readonly kept: Subsets; readonly contained: Subsets };

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
  // What nobody can tell of may do nothing at all.
  if (effect === "unknown" && (whole === "narrows" || whole === "widens"))
    return [{ ...found, atMost: whole }];
  return effect === "both" || effect === whole ? [{ ...found, effect: whole }] : [];
}

/** Two schemas to be compared, and what may have happened to what they are parts of. */
type Step = Part & { readonly whole: Effect };
/** A part of both of two schemas, and where it stands in them. */
type Part = { readonly schemas: Pair<Conjunction>; readonly path: JsonPointer };

/** Two schemas, and what they say otherwise; paths begin at them. */
type Compared = {
  readonly schemas: Pair<Conjunction>;
  readonly effect: Effect;
  /** What differs in the two themselves, and their parts. */
  own?: { readonly changes: readonly SchemaChange[]; readonly parts: readonly Part[] };
};

/**
 * Walks through two schemas side by side, what is near before what is far: of schemas that lead to each other there are more ways than
 * anybody can walk, and what differs in a pair is told once, where it is met first.
 */
class Walker {
  private readonly sets: Pair<Sets>;
  private readonly subsets: BothSubsets;
  private readonly openEnums: boolean;
  private readonly areTexts: boolean;
  /** The pairs that were compared, wherever they were met; by the first of the old schemas. */
  private readonly known = new Map<Schema | undefined, Compared[]>();

  /** @param areTexts that values are sent as their texts. */
  constructor(sets: Pair<Sets>, { unchanged, openEnums }: SchemaOptions, areTexts = false) {
    this.sets = sets;
    this.areTexts = areTexts;
    this.subsets = subsetsOf(sets, unchanged);
    this.openEnums = openEnums;
  }

  changes(both: Pair<Conjunction>): SchemaChange[] {
    const found: SchemaChange[] = [];
    /** Pairs that were met as parts of what may have changed in one way. */
    const met: Partial<Record<Effect, Set<Compared>>> = {};
    const steps: Step[] = [{ schemas: both, path: "", whole: "both" }];
    // A list that grows while it is walked is walked to its end.
    for (const { schemas, path, whole: around } of steps) {
      const pair = this.compared(schemas);
      const whole = inBoth(around, pair.effect);
      const known = (met[whole] ??= new Set());
      if (whole === "keeps" || known.has(pair)) continue;
      known.add(pair);
      const { changes, parts } = (pair.own ??= this.own(schemas));
      for (const each of changes) found.push(...clipped({ ...each, path: path + each.path }, whole));
      for (const part of parts) steps.push({ schemas: part.schemas, path: path + part.path, whole });
    }
    return found;
  }

  private compared(schemas: Pair<Conjunction>): Compared {
    const [key] = schemas.base;
    const all = this.known.get(key) ?? [];
    const known = all.find((each) => isSamePair(each.schemas, schemas));
    if (known) return known;
    const made = { schemas, effect: this.effect(schemas) };
    all.push(made);
    this.known.set(key, all);
    return made;
  }

  private own(schemas: Pair<Conjunction>): NonNullable<Compared["own"]> {
    const all = { base: this.sets.base.of(schemas.base), head: this.sets.head.of(schemas.head) };
    const alternatives = this.areTexts ? listedTexts(all) : all;
    const parts: Part[] = [];
    const walking: Walking = {
      sets: this.sets,
      areNamesWithin: (...asked) => this.subsets.kept.areNamesWithin(...asked),
      goOn: (part, path) => void parts.push({ schemas: part, path }),
    };
    return { changes: this.alternatives(alternatives, walking), parts };
  }

  private effect({ base, head }: Pair<Conjunction>): Effect {
    return effectOf({
      narrows: !this.subsets.kept.includes(base, head),
      widens: !this.subsets.contained.includes(head, base),
    });
  }

  private alternatives(all: Pair<readonly Alternative[]>, walking: Walking): SchemaChange[] {
    const base = typesOf(all.base);
    const head = typesOf(all.head);
    // Another constraint of a text is said at the text, not at the numbers that it takes in passing.
    const isSaid = [base, head].every((types) => types.includes("string"));
    const isTold = (type: string) => !isSaid || !isImpliedAt(all, type);
    const lost = base.filter((type) => !head.includes(type) && isTold(type));
    const gained = head.filter((type) => !base.includes(type) && isTold(type));
    const common = base.filter((type) => head.includes(type));
    const where = { path: "", base: originOf(all.base, lost), head: originOf(all.head, gained) };
    const effects = this.effectsOfTypes(all, { lost, gained });
    const types = typeChanges(
      { lost, gained, base: shownTypes(all.base), head: shownTypes(all.head) },
      { ...where, ...effects },
    );
    const others = common
      .filter((type) => !isImpliedAt(all, type))
      .flatMap((type) =>
        this.oneType(
          {
            base: all.base.filter((each) => each.type === type),
            head: all.head.filter((each) => each.type === type),
          },
          walking,
        ),
      );
    // A change of types says, too, where numbers are integers.
    return types.length === 0
      ? others
      : [...types, ...others.filter(({ change, path }) => path !== "" || !OF_INTEGERS.has(change))];
  }

  /** Nobody sees of a text which type it was of: where it is not plain which texts both sides take, nobody can tell what changes. */
  private effectsOfTypes(all: Pair<readonly Alternative[]>, { lost, gained }: Types): Effects {
    const effect = effectOf({ narrows: lost.length > 0, widens: gained.length > 0 });
    if (effect !== "both" || !this.areTexts || ![...lost, ...gained].every(isScalar)) return { effect };
    const { kept, contained } = this.subsets;
    const isKept = textsOf(all.base)?.every((each) => kept.isIn(each, all.head));
    const isContained = textsOf(all.head)?.every((each) => contained.isIn(each, all.base));
    if (isKept && isContained) return { effect: "keeps" };
    return {
      effect: "unknown",
      ...(isKept && { atMost: "widens" }),
      ...(isContained && { atMost: "narrows" }),
    };
  }

  private oneType(all: Pair<readonly Alternative[]>, walking: Walking): SchemaChange[] {
    const { base, head } = { base: withoutExamples(all.base), head: withoutExamples(all.head) };
    const left = { base: this.unmatched(base, head, "base"), head: this.unmatched(head, base, "head") };
    return pairUp(left)
      .filter((pair) => !this.isNothingNew(pair, { base, head }))
      .flatMap((pair) => this.ofPair(pair, { base, head }, walking));
  }

  /** The changes of a pair; where one side has several alternatives in the place of one, of what they all say. */
  private ofPair(
    { base, head }: Partial<Pair<Alternative>>,
    all: Pair<readonly Alternative[]>,
    walking: Walking,
  ): SchemaChange[] {
    if (!base || !head) return [base ? aloneIn("base", base, all.head) : aloneIn("head", head!, all.base)];
    const [old, now] = [siblingsOf(base, all.base), siblingsOf(head, all.head)];
    if (old.length > 1 === now.length > 1) return this.pair({ base, head }, walking);
    const shared = { base: sharedBy(base, old), head: sharedBy(head, now) };
    const found = [...choiceChanges({ base: old, head: now }), ...this.pair(shared, walking)];
    return found.length > 0 ? found : this.pair({ base, head }, walking);
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

  private pair(both: Pair<Alternative>, walking: Walking): SchemaChange[] {
    const { base } = both;
    if (base.type === "array") goOnWithItems(both, walking);
    return withoutTheirFormats([
      ...listed(both, this.openEnums),
      ...names(both, this.openEnums),
      ...bounds(both),
      ...flags(both),
      ...opaque(both, {
        base: (...asked) => this.subsets.kept.impliesOpaque(...asked),
        head: (...asked) => this.subsets.contained.impliesOpaque(...asked),
      }),
      ...(base.type === "object" ? memberChanges(both, walking) : []),
    ]);
  }
}

/** An alternative that one side alone has: the outermost member that the other side does not list is what has come or gone. */
function aloneIn(
  side: keyof Pair<unknown>,
  { entries = [], origin, type }: Alternative,
  others: readonly Alternative[],
): SchemaChange {
  const known = new Set(others.flatMap((other) => (other.entries ?? []).map(nameOfEntry)));
  const entry = entries.find((each) => !known.has(nameOfEntry(each))) ?? entries.at(-1) ?? { origin };
  const name = entry.name ?? type;
  return side === "base"
    ? { path: "", base: entry.origin, change: "alternative-removed", effect: "narrows", before: name }
    : { path: "", head: entry.origin, change: "alternative-added", effect: "widens", after: name };
}

/** What tells a member from the others of all lists. */
function nameOfEntry({ origin, name }: Entry): string {
  return name ?? origin.pointer;
}

/** Where numbers become integers, or no longer are, a format that only those have comes and goes with it. */
function withoutTheirFormats(found: readonly SchemaChange[]): SchemaChange[] {
  const areTurned = found.some(({ change, path }) => path === "" && OF_INTEGERS.has(change));
  return areTurned ? found.filter((each) => !isFormatOfIntegers(each)) : [...found];
}

function isFormatOfIntegers({ change, path, before, after }: SchemaChange): boolean {
  const [format, other] = [before, after].filter((each) => each !== undefined);
  return path === "" && change.startsWith("format-") && other === undefined && INTEGERS.test(String(format));
}

const INTEGERS = /^int(?:32|64)$/;
const OF_INTEGERS: ReadonlySet<string> = new Set(["became-integer", "became-number"]);

/** What may have happened to a part of two wholes. */
function inBoth(one: Effect, other: Effect): Effect {
  if (one === "both" || one === other) return other;
  return other === "both" ? one : "keeps";
}

type Effects = Pick<SchemaChange, "effect" | "atMost">;
type Types = { readonly lost: readonly string[]; readonly gained: readonly string[] };

function typeChanges(
  { lost, gained, base, head }: Types & Pair<readonly string[]>,
  where: Pick<SchemaChange, "path" | "base" | "head"> & Effects,
): SchemaChange[] {
  if (lost.length + gained.length === 0) return [];
  const onlyNull = [...lost, ...gained].every((type) => type === "null");
  const change = onlyNull ? (lost.length > 0 ? "became-not-nullable" : "became-nullable") : "type-changed";
  return [{ ...where, change, before: [...base], after: [...head] }];
}

/** Items that one side has no room for are told by the greatest number of them. */
function goOnWithItems({ base, head }: Pair<Alternative>, { goOn }: Walking): void {
  const most = Math.min(
    ...[base, head].map(({ facets }) => facets.bounds.get("maxItems")?.value ?? Infinity),
  );
  const length = Math.max(base.prefixItems.length, head.prefixItems.length);
  for (let index = 0; index < Math.min(length, most); index += 1) {
    const items = {
      base: base.prefixItems[index] ?? base.items,
      head: head.prefixItems[index] ?? head.items,
    };
    goOn(items, join("", index));
  }
  if (most > length) goOn({ base: base.items, head: head.items }, join("", "*"));
}

/** Beside every value of the type, the other alternatives are examples: `anyOf: [{ enum: [a, b] }, { type: string }]`. */
function withoutExamples(alternatives: readonly Alternative[]): readonly Alternative[] {
  const whole = alternatives.find(isEverything);
  return whole ? [whole] : alternatives;
}

function isSamePair(a: Pair<Conjunction>, b: Pair<Conjunction>): boolean {
  return isSame(a.base, b.base) && isSame(a.head, b.head);
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

/** Where the first alternative of some types stands, or where there is none of them, the first of all. */
function originOf(alternatives: readonly Alternative[], types: readonly string[]): Origin | undefined {
  return (alternatives.find(({ type }) => types.includes(type)) ?? alternatives[0])?.origin;
}
