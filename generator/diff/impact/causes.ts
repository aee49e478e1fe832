import type { Direction } from "../../model/graph.js";
import { addTo, groupedBy, type Groups } from "../../model/order.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import { wordsOf, wordsOfResult } from "./compiler-words.js";
import { ruleOf } from "../rules/rules.js";
import { worstFirst, type LocatedFinding, type Location } from "../finding.js";
import { isOfWhole, mayRefuse, ownPlaces, typedFindings } from "./typed-findings.js";
import { ancestorsOf } from "../ancestors.js";
import type { Reference, Traces } from "./cause.js";
import type { TypeScriptImpact } from "./effects.js";

/** A finding, and how many are worse or come before it. */
type Ranked = { readonly finding: LocatedFinding; readonly rank: number };
/** The findings of each key, the worst first. */
type RankedBy = Groups<string, Ranked>;

/**
 * Which finding an effect on the package comes from: of a large document there are hundreds of findings, and thousands of effects. What changes no
 * type has none.
 */
export class Causes {
  private readonly all: NamedFindings;
  /** What is said of a whole, and of operations alone. */
  private readonly wholes: FindingIndex;
  private readonly operations: FindingIndex;
  /** Those of each direction: what may refuse values, then all. */
  private readonly directions: { readonly [D in Direction]: readonly NamedFindings[] };

  /** @param namesOf what code calls that which a finding is about. */
  constructor(findings: readonly LocatedFinding[], namesOf: NamesOf) {
    const typed = typedFindings(findings);
    const named = (some: readonly LocatedFinding[]) => new NamedFindings(some, namesOf);
    const ofDirection = (direction: Direction) => {
      const own = typed.filter((each) => each.direction === direction);
      return [named(own.filter((each) => mayRefuse(each, direction))), named(own)];
    };
    this.all = named(typed);
    const wholes = typed.filter(isOfWhole).map(ownPlaces);
    this.wholes = new FindingIndex(wholes);
    this.operations = new FindingIndex(wholes.filter(({ rule }) => ruleOf(rule).area === "operation"));
    this.directions = { request: ofDirection("request"), response: ofDirection("response") };
  }

  /** What an impact comes from: that of a name is said of a whole, for what changes inside brings and takes none. */
  ofImpact({ kind, traces, message }: TypeScriptImpact): LocatedFinding | undefined {
    if (kind === "changed") return this.of(traces, message);
    return traces.operations.length > 0 ? this.operations.nearest(traces) : this.wholes.nearestWhole(traces);
  }

  /**
   * The worst finding at the effect's own place, else at one of its operation, else at the nearest schema that it leads to, else of what
   * refers to it, else of what it is a part of; undefined where none stands there. One that the message names comes before all others, but
   * for those of the effect's direction, and of these those that may refuse values.
   *
   * @param message what the compiler says.
   */
  of(traces: Traces, message = ""): LocatedFinding | undefined {
    const names = toldNames(message, traces);
    const directed = traces.direction === undefined ? [] : this.directions[traces.direction];
    for (const findings of [...directed, this.all]) {
      const found = findings.nearest(traces, names);
      if (found) return found;
    }
    return undefined;
  }
}

/** What findings about a whole are called: a status, a body, a header. */
const WHOLE = "";

/** What the compiler names, that which says most first: of a result, a status that is not expected; where it names no part of the API, a whole. */
function toldNames(message: string, { direction, operations }: Traces): readonly string[] {
  const isResult = direction === "response" && operations.length > 0;
  const { names, expected, statuses } = isResult ? wordsOfResult(message) : wordsOf(message);
  const parts = [...names, ...expected];
  if (!isResult) return parts;
  return [...statuses, ...(parts.length === 0 ? [WHOLE] : parts)];
}

type NamesOf = (finding: LocatedFinding) => ReadonlySet<string>;

/** Findings by their names, and by where they stand. */
class NamedFindings {
  private readonly all: FindingIndex;
  private readonly named: ReadonlyMap<string, readonly LocatedFinding[]>;
  private readonly indexes = new Map<string, FindingIndex>();

  constructor(findings: readonly LocatedFinding[], namesOf: NamesOf) {
    this.all = new FindingIndex(findings);
    const pairs = findings.flatMap((finding) =>
      [...namesOf(finding), ...(finding.path === "" ? [WHOLE] : [])].map((name) => ({ name, finding })),
    );
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
  private readonly within: Pair<RankedBy> = { base: new Map(), head: new Map() };
  private readonly exactly: Pair<RankedBy> = { base: new Map(), head: new Map() };
  /** Those of one operation. */
  private readonly operations: RankedBy = new Map();

  constructor(findings: readonly LocatedFinding[]) {
    for (const [rank, finding] of worstFirst(findings).entries()) this.add({ finding, rank });
  }

  private add(ranked: Ranked): void {
    const { base, head, operations } = ranked.finding;
    if (operations.length === 1) addTo(this.operations, operations[0]!, ranked);
    this.addPlace("base", base, ranked);
    this.addPlace("head", head, ranked);
  }

  private addPlace(side: keyof Pair<RankedBy>, location: Location | undefined, ranked: Ranked): void {
    if (!location) return;
    const { source, pointer } = location;
    addTo(this.exactly[side], keyOf(source, pointer), ranked);
    for (const around of [pointer, ...ancestorsOf(pointer)])
      addTo(this.within[side], keyOf(source, around), ranked);
  }

  nearest({ places: { base, head }, references = {}, operations }: Traces): LocatedFinding | undefined {
    const [ownBase, ...otherBase] = base;
    const [ownHead, ...otherHead] = head;
    // What stands elsewhere may be of other operations alone.
    const isOwn = ({ finding }: Ranked) => haveCommon(finding.operations, operations);
    const found =
      worst([this.below("base", ownBase)[0], this.below("head", ownHead)[0]]) ??
      worst(operations.map((each) => this.operations.get(each)?.[0])) ??
      firstOf(otherBase, (origin) => this.below("base", origin).find(isOwn)) ??
      firstOf(otherHead, (origin) => this.below("head", origin).find(isOwn)) ??
      firstOf(references.base ?? [], (origin) => this.about("base", origin)) ??
      firstOf(references.head ?? [], (origin) => this.about("head", origin)) ??
      worst([...this.around("base", ownBase), ...this.around("head", ownHead)].filter(isOwn));
    return found?.finding;
  }

  /** The worst that is said of the place itself, else of a reference to it, else of what that is a part of, else of what it is a part of. */
  nearestWhole({ places, references = {} }: Traces): LocatedFinding | undefined {
    const [[ownBase], [ownHead]] = [places.base, places.head];
    const worstAt = (isWanted: (reference: Reference) => boolean) =>
      worst([
        ...(references.base ?? []).filter(isWanted).map((origin) => this.at("base", origin)),
        ...(references.head ?? []).filter(isWanted).map((origin) => this.at("head", origin)),
      ]);
    const found =
      worst([this.at("base", ownBase), this.at("head", ownHead)]) ??
      worstAt(({ isWhole }) => !isWhole) ??
      worstAt(() => true) ??
      firstOf(references.base ?? [], (origin) => this.atOrAround("base", origin)) ??
      firstOf(references.head ?? [], (origin) => this.atOrAround("head", origin)) ??
      worst([...this.around("base", ownBase), ...this.around("head", ownHead)]);
    return found?.finding;
  }

  /** A parameter, a header or a body may be meant by its schema. */
  private atOrAround(side: keyof Pair<RankedBy>, origin: Origin): Ranked | undefined {
    const schema = { ...origin, pointer: join(origin.pointer, "schema") };
    return this.at(side, schema) ?? this.at(side, origin) ?? this.around(side, origin)[0];
  }

  /** The worst at the reference or below it, else the nearest of what it is a part of: a path that is gone as a whole. */
  private about(side: keyof Pair<RankedBy>, reference: Reference): Ranked | undefined {
    const { source, pointer, isWhole } = reference;
    const own = isWhole ? this.at(side, { source, pointer }) : this.below(side, reference)[0];
    return own ?? this.around(side, reference)[0];
  }

  /** The worst at the origin itself. */
  private at(side: keyof Pair<RankedBy>, origin: Origin | undefined): Ranked | undefined {
    return origin && this.exactly[side].get(keyOf(origin.source, origin.pointer))?.[0];
  }

  /** What stands at the origin or below it, the worst first. */
  private below(side: keyof Pair<RankedBy>, origin: Origin | undefined): readonly Ranked[] {
    return (origin && this.within[side].get(keyOf(origin.source, origin.pointer))) ?? [];
  }

  /** What the origin is a part of, the nearest first. Everything is a part of the document, which counts where that is a path. */
  private around(side: keyof Pair<RankedBy>, origin: Origin | undefined): readonly Ranked[] {
    if (!origin) return [];
    return ancestorsOf(origin.pointer).flatMap((pointer) => {
      const found = this.exactly[side].get(keyOf(origin.source, pointer)) ?? [];
      return pointer === "" ? found.filter(isOfPath) : found;
    });
  }
}

/** Said of a path as a whole, which may stand in a file of its own. */
function isOfPath({ finding: { rule } }: Ranked): boolean {
  return ruleOf(rule).area === "operation";
}

function keyOf(source: string, pointer: JsonPointer): string {
  return `${source}#${pointer}`;
}

/** True where both have one, or one is not known. */
function haveCommon(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((each) => others.includes(each));
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
