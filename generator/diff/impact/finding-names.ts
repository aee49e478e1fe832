import { argumentNames } from "../../emit/arguments.js";
import type { Operation } from "../../model/model.js";
import { tokensOf, type JsonPointer } from "../../source/pointer.js";
import type { Origin, SourceId } from "../../source/source.js";
import type { Pair } from "../change.js";
import type { LocatedFinding, Location } from "../finding.js";
import { meaningOf } from "../place.js";
import { ancestorsOf } from "../ancestors.js";
import type { PackageSide } from "./changed-parts.js";

/** What code calls the parts of operations, by where they stand. */
type PartNames = ReadonlyMap<string, readonly string[]>;

/** The names by which code, and the compiler's words, know what findings are about. */
export class FindingNames {
  private readonly parts: Pair<PartNames>;
  private readonly known = new Map<LocatedFinding, ReadonlySet<string>>();

  constructor({ base, head }: Pair<PackageSide>) {
    this.parts = { base: partNames(base), head: partNames(head) };
  }

  /** The property, the parameter or the value that a finding is about. */
  of(finding: LocatedFinding): ReadonlySet<string> {
    const known = this.known.get(finding);
    if (known) return known;
    const { base, head, path, before, after } = finding;
    const names = new Set([
      ...[base, head].flatMap((place) => (place ? innermostName(tokensOf(place.pointer)) : [])),
      ...this.partNames(finding),
      ...tokensOf(path)
        .flatMap((token) => meaningOf(token).name ?? [])
        .slice(-1),
      ...[before, after].flatMap((each) => (typeof each === "string" ? [each] : [])),
    ]);
    this.known.set(finding, names);
    return names;
  }

  /**
   * The names of the part of an operation that a finding stands in. Where that is called otherwise now, no code gets as far as what is inside:
   * the finding that says so alone is named.
   */
  private partNames({ base, head }: LocatedFinding): readonly string[] {
    const [old, now] = [namesAround(base, this.parts.base), namesAround(head, this.parts.head)];
    const isRenamed = old.length > 0 && now.length > 0 && !old.some((name) => now.includes(name));
    const isItself = [namesOf(base, this.parts.base), namesOf(head, this.parts.head)].some(
      (names) => names.length > 0,
    );
    return isRenamed && !isItself ? [] : [...old, ...now];
  }
}

function partNames({ model }: PackageSide): PartNames {
  return new Map(model.operations.flatMap(partsOf).map(([origin, names]) => [keyOf(origin), names]));
}

function partsOf(operation: Operation): (readonly [Origin, readonly string[]])[] {
  const { body, responses } = operation;
  return [
    ...[...argumentNames(operation)].map(
      ([{ origin, name }, argument]) => [origin, [name, argument]] as const,
    ),
    ...(body ? [[body.origin, ["body"]] as const] : []),
    ...responses.flatMap(({ headers }) =>
      headers.map(({ origin, name }) => [origin, [name, "headers"]] as const),
    ),
  ];
}

function keyOf({ source, pointer }: { readonly source: SourceId; readonly pointer: JsonPointer }): string {
  return `${source}#${pointer}`;
}

/** The names of the part that a place is. */
function namesOf(location: Location | undefined, parts: PartNames): readonly string[] {
  return (location && parts.get(keyOf(location))) ?? [];
}

/** The names of the part, and of those around it. */
function namesAround(location: Location | undefined, parts: PartNames): readonly string[] {
  if (!location) return [];
  const around = [location.pointer, ...ancestorsOf(location.pointer)];
  return around.flatMap((pointer) => namesOf({ ...location, pointer }, parts));
}

/** A schema's name says nothing: that of each of its parts is the same. */
function innermostName(tokens: readonly string[]): readonly string[] {
  const [room, section] = tokens;
  const isSchema = tokens.length === 3 && room === "components" && section === "schemas";
  return isSchema ? [] : tokens.slice(-1);
}
