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
      ...namesAt(base, this.parts.base),
      ...namesAt(head, this.parts.head),
      ...tokensOf(path)
        .flatMap((token) => meaningOf(token).name ?? [])
        .slice(-1),
      ...[before, after].flatMap((each) => (typeof each === "string" ? [each] : [])),
    ]);
    this.known.set(finding, names);
    return names;
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

/** The last name of the place, and those of the part of an operation that it stands in. */
function namesAt(location: Location | undefined, parts: PartNames): readonly string[] {
  if (!location) return [];
  const { file: source, pointer } = location;
  const around = [pointer, ...ancestorsOf(pointer)].flatMap(
    (each) => parts.get(keyOf({ source, pointer: each })) ?? [],
  );
  return [...innermostName(tokensOf(pointer)), ...around];
}

/** A schema's name says nothing: that of each of its parts is the same. */
function innermostName(tokens: readonly string[]): readonly string[] {
  const [room, section] = tokens;
  const isSchema = tokens.length === 3 && room === "components" && section === "schemas";
  return isSchema ? [] : tokens.slice(-1);
}
