import { reachedFrom, type Direction } from "../model/graph.js";
import type { ApiModel, Operation } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import type { Origin } from "../source/source.js";
import { targetsOfOperation, type PackageSide } from "./changed-parts.js";
import type { Pair } from "./compare-schemas.js";
import type { LocatedFinding, Location } from "./finding.js";
import type { Level } from "./rules.js";

const LEVELS: readonly Level[] = ["error", "warning", "info"];

/** What an effect on the package is made from: where to look for the finding that it comes from. */
export type Traces = {
  /** Places of each document, the nearest first: its own, then those of the schemas that it leads to. */
  readonly places: Pair<readonly Origin[]>;
  /** The operations that it belongs to, as findings name them. */
  readonly operations: readonly string[];
  /** Who reads it, where only one does. */
  readonly direction?: Direction | undefined;
};

/** The traces of a schema: on the sides that have it. */
export function schemaTraces({ base, head }: Pair<PackageSide>, ids: Partial<Pair<SchemaId>>): Traces {
  return {
    places: { base: schemaOrigins(ids.base, base), head: schemaOrigins(ids.head, head) },
    operations: [],
  };
}

/** The traces of an operation. */
export function operationTraces({ base, head }: Pair<PackageSide>, pair: Partial<Pair<Operation>>): Traces {
  const operations = [pair.base, pair.head].flatMap((each) => (each ? [labelOf(each)] : []));
  return {
    places: { base: operationOrigins(pair.base, base), head: operationOrigins(pair.head, head) },
    operations,
  };
}

function schemaOrigins(id: SchemaId | undefined, { model }: PackageSide): Origin[] {
  return originsOf(id === undefined ? [] : [id], model);
}

function operationOrigins(operation: Operation | undefined, { model }: PackageSide): Origin[] {
  return operation ? [operation.origin, ...originsOf(targetsOfOperation(operation), model)] : [];
}

function labelOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function originsOf(roots: readonly SchemaId[], { schemas }: ApiModel): Origin[] {
  return [...reachedFrom(roots, schemas)].flatMap((id) => schemas.get(id)?.origin ?? []);
}

/**
 * The finding that an effect comes from: the worst at its own place, else at one of its operation, else at the nearest schema that it leads to,
 * else of what it is a part of; undefined where none stands there.
 */
export function causeOf(findings: readonly LocatedFinding[], traces: Traces): LocatedFinding | undefined {
  const { base, head } = traces.places;
  const [ownBase, ...otherBase] = base;
  const [ownHead, ...otherHead] = head;
  const at = (then: Origin | undefined, now: Origin | undefined) =>
    findings.filter((finding) => isWithin(finding.base, then) || isWithin(finding.head, now));
  return (
    worst(at(ownBase, ownHead), traces) ??
    worst(
      findings.filter(
        ({ operations }) => operations.length === 1 && traces.operations.includes(operations[0]!),
      ),
      traces,
    ) ??
    [
      ...otherBase.map((origin) => worst(at(origin, undefined), traces)),
      ...otherHead.map((origin) => worst(at(undefined, origin), traces)),
    ].find((found) => found !== undefined) ??
    worst(
      findings.filter((finding) => isAround(finding.base, ownBase) || isAround(finding.head, ownHead)),
      traces,
    )
  );
}

function worst(found: readonly LocatedFinding[], { direction }: Traces): LocatedFinding | undefined {
  const fitting = found.filter((finding) => direction === undefined || finding.direction === direction);
  return [fitting, found].flatMap((some) =>
    LEVELS.flatMap((level) => some.filter((each) => each.level === level)),
  )[0];
}

/** True for a place that stands at the origin or below it. */
function isWithin(location: Location | undefined, origin: Origin | undefined): boolean {
  if (!location || !origin || location.file !== origin.source) return false;
  return location.pointer === origin.pointer || location.pointer.startsWith(`${origin.pointer}/`);
}

/** True for a place that the origin is a part of. */
function isAround(location: Location | undefined, origin: Origin | undefined): boolean {
  if (!location || !origin || location.file !== origin.source || location.pointer === "") return false;
  return origin.pointer.startsWith(`${location.pointer}/`);
}
