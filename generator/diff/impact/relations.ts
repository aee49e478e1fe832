import { addTo, type Groups } from "../../model/order.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import type { LocatedFinding } from "../finding.js";
import { ancestorsOf } from "../ancestors.js";
import type { Traces } from "./cause.js";

/** How a finding has to do with traces: it stands there, at an operation of theirs, or at something that they lead to. */
export type Relation = "own" | "operation" | "reached";

/** Which findings have to do with what code uses: asked of thousands of names, and looked up by place and by operation. */
export class Relations {
  /** By the place of a finding, and by all that are around it. */
  private readonly within: Pair<Groups<string, LocatedFinding>> = { base: new Map(), head: new Map() };
  private readonly operations: Groups<string, LocatedFinding> = new Map();
  private readonly known = new WeakMap<Traces, ReadonlyMap<LocatedFinding, Relation>>();

  constructor(findings: readonly LocatedFinding[]) {
    for (const finding of findings) {
      for (const operation of finding.operations) addTo(this.operations, operation, finding);
      this.addPlace(finding, "base");
      this.addPlace(finding, "head");
    }
  }

  private addPlace(finding: LocatedFinding, side: keyof Pair<unknown>): void {
    const location = finding[side];
    if (!location) return;
    const { source, pointer } = location;
    for (const around of [pointer, ...ancestorsOf(pointer)])
      addTo(this.within[side], keyOf({ source, pointer: around }), finding);
  }

  /** The findings that have to do with traces, and how at best. */
  of(traces: Traces): ReadonlyMap<LocatedFinding, Relation> {
    const known = this.known.get(traces);
    if (known) return known;
    const { places, operations } = traces;
    const [ownBase, ...otherBase] = places.base;
    const [ownHead, ...otherHead] = places.head;
    const at = (side: keyof Pair<unknown>, origin: Origin | undefined) =>
      (origin && this.within[side].get(keyOf(origin))) ?? [];
    // The last that is said counts.
    const found = new Map<LocatedFinding, Relation>([
      ...otherBase.flatMap((origin) => at("base", origin)).map(as("reached")),
      ...otherHead.flatMap((origin) => at("head", origin)).map(as("reached")),
      ...operations.flatMap((each) => this.operations.get(each) ?? []).map(as("operation")),
      ...[...at("base", ownBase), ...at("head", ownHead)].map(as("own")),
    ]);
    this.known.set(traces, found);
    return found;
  }
}

const as = (relation: Relation) => (finding: LocatedFinding) => [finding, relation] as const;

function keyOf({ source, pointer }: Origin): string {
  return `${source}#${pointer}`;
}
