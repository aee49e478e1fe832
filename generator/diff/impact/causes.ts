import type { Direction } from "../../model/graph.js";
import { groupedBy } from "../../model/order.js";
import type { JsonPointer } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import { wordsOf } from "./compiler-words.js";
import { worstFirst, type LocatedFinding, type Location } from "../finding.js";
import { isTyped } from "./typed-findings.js";
import { ancestorsOf } from "./ancestors.js";
import type { Reference, Traces } from "./cause.js";

/** A finding, and how many are worse or come before it. */
type Ranked = { readonly finding: LocatedFinding; readonly rank: number };
/** The worst finding of each key. */
type Worst = Map<string, Ranked>;

/**
 * Which finding an effect on the package comes from: of a large document there are hundreds of findings, and thousands of effects. What changes no
 * type has none.
 */
export class Causes {
  private readonly all: NamedFindings;
  private readonly directions: ReadonlyMap<Direction, NamedFindings>;

  /** @param namesOf what code calls that which a finding is about. */
  constructor(findings: readonly LocatedFinding[], namesOf: NamesOf) {
    const typed = findings.filter(isTyped);
    const indexOf = (direction: Direction) =>
      [
        direction,
        new NamedFindings(
          typed.filter((each) => each.direction === direction),
          namesOf,
        ),
      ] as const;
    this.all = new NamedFindings(typed, namesOf);
    this.directions = new Map([indexOf("request"), indexOf("response")]);
  }

  /**
   * The worst finding at the effect's own place, else at one of its operation, else at the nearest schema that it leads to, else of what
   * refers to it, else of what it is a part of; undefined where none stands there. One that the message names comes before all others, but
   * for those of the effect's direction.
   *
   * @param message what the compiler says.
   */
  of(traces: Traces, message = ""): LocatedFinding | undefined {
    const { names } = wordsOf(message);
    const fitting = traces.direction && this.directions.get(traces.direction)?.nearest(traces, names);
    return fitting ?? this.all.nearest(traces, names);
  }
}

type NamesOf = (finding: LocatedFinding) => ReadonlySet<string>;

/** Findings by their names, and by where they stand. */
class NamedFindings {
  private readonly all: FindingIndex;
  private readonly named: ReadonlyMap<string, readonly LocatedFinding[]>;
  private readonly indexes = new Map<string, FindingIndex>();

  constructor(findings: readonly LocatedFinding[], namesOf: NamesOf) {
    this.all = new FindingIndex(findings);
    const pairs = findings.flatMap((finding) => [...namesOf(finding)].map((name) => ({ name, finding })));
    const groups = groupedBy(pairs, ({ name }) => name);
    this.named = new Map([...groups].map(([name, group]) => [name, group.map(({ finding }) => finding)]));
  }

  /** @param names what the compiler names, the innermost first. */
  nearest(traces: Traces, names: readonly string[]): LocatedFinding | undefined {
    for (const name of names) {
      const found = this.indexOf(name)?.nearest(traces);
      if (found) return found;
    }
    return this.all.nearest(traces);
  }

  private indexOf(name: string): FindingIndex | undefined {
    const findings = this.named.get(name);
    if (findings && !this.indexes.has(name)) this.indexes.set(name, new FindingIndex(findings));
    return this.indexes.get(name);
  }
}

/** Findings by where they stand. */
class FindingIndex {
  /** By the place of a finding, and by all that are around it. */
  private readonly within: Pair<Worst> = { base: new Map(), head: new Map() };
  private readonly exactly: Pair<Worst> = { base: new Map(), head: new Map() };
  /** Those of one operation. */
  private readonly operations: Worst = new Map();

  constructor(findings: readonly LocatedFinding[]) {
    for (const [rank, finding] of worstFirst(findings).entries()) this.add({ finding, rank });
  }

  private add(ranked: Ranked): void {
    const { base, head, operations } = ranked.finding;
    if (operations.length === 1) keep(this.operations, operations[0]!, ranked);
    this.addPlace("base", base, ranked);
    this.addPlace("head", head, ranked);
  }

  private addPlace(side: keyof Pair<Worst>, location: Location | undefined, ranked: Ranked): void {
    if (!location) return;
    const { file, pointer } = location;
    keep(this.exactly[side], keyOf(file, pointer), ranked);
    for (const around of [pointer, ...ancestorsOf(pointer)])
      keep(this.within[side], keyOf(file, around), ranked);
  }

  nearest({ places: { base, head }, references = {}, operations }: Traces): LocatedFinding | undefined {
    const [ownBase, ...otherBase] = base;
    const [ownHead, ...otherHead] = head;
    const found =
      worst([this.below("base", ownBase), this.below("head", ownHead)]) ??
      worst(operations.map((each) => this.operations.get(each))) ??
      firstOf(otherBase, (origin) => this.below("base", origin)) ??
      firstOf(otherHead, (origin) => this.below("head", origin)) ??
      firstOf(references.base ?? [], (origin) => this.about("base", origin)) ??
      firstOf(references.head ?? [], (origin) => this.about("head", origin)) ??
      worst([...this.around("base", ownBase), ...this.around("head", ownHead)]);
    return found?.finding;
  }

  /** The worst at the reference or below it, else the nearest of what it is a part of: a path that is gone as a whole. */
  private about(side: keyof Pair<Worst>, reference: Reference): Ranked | undefined {
    const { source, pointer, isWhole } = reference;
    const own = isWhole ? this.exactly[side].get(keyOf(source, pointer)) : this.below(side, reference);
    return own ?? this.around(side, reference).find((each) => each);
  }

  /** The worst that stands at the origin or below it. */
  private below(side: keyof Pair<Worst>, origin: Origin | undefined): Ranked | undefined {
    return origin && this.within[side].get(keyOf(origin.source, origin.pointer));
  }

  /** What the origin is a part of; everything is a part of the document. */
  private around(side: keyof Pair<Worst>, origin: Origin | undefined): (Ranked | undefined)[] {
    if (!origin) return [];
    const ancestors = ancestorsOf(origin.pointer).filter((pointer) => pointer !== "");
    return ancestors.map((pointer) => this.exactly[side].get(keyOf(origin.source, pointer)));
  }
}

function keyOf(file: string, pointer: JsonPointer): string {
  return `${file}#${pointer}`;
}

/** Findings come in order of their ranks: the first is the worst. */
function keep(findings: Worst, key: string, ranked: Ranked): void {
  if (!findings.has(key)) findings.set(key, ranked);
}

function worst(found: readonly (Ranked | undefined)[]): Ranked | undefined {
  return found.reduce((a, b) => (!a || (b && b.rank < a.rank) ? b : a), undefined);
}

function firstOf<T>(items: readonly T[], find: (item: T) => Ranked | undefined): Ranked | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
