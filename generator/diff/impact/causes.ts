import type { Direction } from "../../model/graph.js";
import type { JsonPointer } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import { worstFirst, type LocatedFinding, type Location } from "../finding.js";
import type { Reference, Traces } from "./cause.js";

/** A finding, and how many are worse or come before it. */
type Ranked = { readonly finding: LocatedFinding; readonly rank: number };
/** The worst finding of each key. */
type Worst = Map<string, Ranked>;

/** Which finding an effect on the package comes from: of a large document there are hundreds of findings, and thousands of effects. */
export class Causes {
  private readonly all: FindingIndex;
  private readonly directions: ReadonlyMap<Direction, FindingIndex>;

  constructor(findings: readonly LocatedFinding[]) {
    const indexOf = (direction: Direction) =>
      [direction, new FindingIndex(findings.filter((each) => each.direction === direction))] as const;
    this.all = new FindingIndex(findings);
    this.directions = new Map([indexOf("request"), indexOf("response")]);
  }

  /**
   * The worst finding at the effect's own place, else at one of its operation, else at the nearest schema that it leads to, else of what
   * refers to it, else of what it is a part of; undefined where none stands there. One of the effect's direction comes before all others.
   */
  of(traces: Traces): LocatedFinding | undefined {
    const fitting = traces.direction && this.directions.get(traces.direction)?.nearest(traces);
    return fitting ?? this.all.nearest(traces);
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

/** The pointers of what is around a place, the nearest first. */
function ancestorsOf(pointer: JsonPointer): JsonPointer[] {
  const ancestors: JsonPointer[] = [];
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = end === 0 ? -1 : pointer.lastIndexOf("/", end - 1))
    ancestors.push(pointer.slice(0, end));
  return ancestors;
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
