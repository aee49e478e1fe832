import { reasonOf, type Fault } from "../../fixtures/prove.js";
import type { JsonValue } from "../../source/json.js";
import { isWithin, type JsonPointer } from "../../source/pointer.js";
import type { Change } from "../change.js";
import type { Material } from "./candidates.js";
import { isAbout, type Judged } from "./change-faults.js";
import { mended } from "./mended.js";
import { ownAlternative } from "./own-alternative.js";
import { type SideName, allowedBy, otherOf } from "./sides.js";
import { misreading, readAsText } from "./text-values.js";
import type { Witness } from "./witness.js";

/** So many values more are looked at for one that breaks by nothing but the change. */
const MAX_MORE = 24;

/**
 * One of several values that shows a change of a schema: the first that breaks by nothing else, or where there is none, the first.
 *
 * @param accepts whether a witness that was found will do; else the next is tried.
 */
export function valueWitness<T>(
  candidates: Iterable<JsonValue>,
  { change, schemas, values, isText = false }: Material,
  accepts: (witness: Witness) => T | undefined,
): T | undefined {
  const validIn = allowedBy(change);
  const isOwn = ownAlternative(change, { values: values[validIn], schema: schemas[validIn], validIn });
  const isHeader = change.subject.kind === "header";
  const trial = { values, schemas, validIn, isOwn, isText, isHeader };
  let known: T | undefined;
  let more = MAX_MORE;
  for (const value of candidates) {
    if (known !== undefined && more-- <= 0) break;
    const shown = shownBy(trial, value, change);
    if (!shown) continue;
    const alone = known === undefined || isAlone(shown) ? mendedBy(trial, shown, change) : undefined;
    const found = alone && accepts(alone.witness);
    if (found !== undefined) return found;
    if (shown !== alone) known ??= accepts(shown.witness);
  }
  return known;
}

type Trial = Omit<Judged, "value"> & {
  readonly validIn: SideName;
  /** True where a fault at a place of a value may be that of the change. */
  readonly isOwn?: (value: JsonValue, place: JsonPointer) => boolean;
  /** That it is the value of a header. */
  readonly isHeader?: boolean;
};

/** A value that one side refuses, whatever for. */
export function proveValue(trial: Trial, value: JsonValue): Witness | undefined {
  return shownBy(trial, value)?.witness;
}

/** A witness, and what else speaks against it. */
type Shown = { readonly witness: Witness; readonly others: readonly Fault[] };

function isAlone({ others }: Shown): boolean {
  return others.length === 0;
}

/** What becomes of a value, and what else speaks against it. */
type Failure = Pick<Witness, "outcome" | "reason"> & Pick<Shown, "others">;

/** What was shown, or the same without what else speaks against it; undefined where nothing is known to put there. */
function mendedBy(trial: Trial, shown: Shown, change: Change): Shown | undefined {
  if (isAlone(shown)) return shown;
  const found = shownBy(trial, mended(shown.witness.value, shown.others, trial), change);
  return found && isAlone(found) ? found : undefined;
}

/** @param change what a fault must be about. */
function shownBy(
  { values, schemas, validIn, isOwn, isText = false, isHeader }: Trial,
  value: JsonValue,
  change?: Change,
): Shown | undefined {
  const other = otherOf(validIn);
  const refusedBy = (judged: "verdict" | "proof"): Failure | undefined => {
    if (values[validIn][judged](schemas[validIn], value).kind !== "valid") return undefined;
    const verdictOf = (read: JsonValue) => values[other][judged](schemas[other], read);
    const read = isText ? readAsText(value, verdictOf, isHeader) : value;
    const verdict = verdictOf(read);
    if (verdict.kind !== "invalid") {
      const reason = isText && change ? misreading(value, read, change.path) : undefined;
      return reason === undefined ? undefined : { outcome: "misread", reason, others: [] };
    }
    const meant = change
      ? verdict.faults.filter((fault) => isAbout(fault, change, { value: read, values, schemas, isText }))
      : verdict.faults;
    if (meant.every((fault) => isOwn && !isOwn(value, fault.pointer))) return undefined;
    const others = othersIn(verdict.faults, meant);
    return { outcome: "refused", reason: reasonOf({ ...verdict, faults: [...meant, ...others] }), others };
  };
  const failing = refusedBy("verdict") && refusedBy("proof");
  if (!failing) return undefined;
  const { others, ...failure } = failing;
  return { witness: { kind: "value", validIn, value, ...failure }, others };
}

/** The faults but for those that are meant, and what the alternatives around these say. */
function othersIn(faults: readonly Fault[], meant: readonly Fault[]): readonly Fault[] {
  const others = faults.filter((each) => !meant.includes(each));
  const around = faults.filter(
    ({ keyword, pointer }) =>
      ALTERNATIVES.has(keyword) && meant.some((each) => isWithin(each.pointer, pointer)),
  );
  return others.filter((each) => !around.some(({ pointer }) => isWithin(each.pointer, pointer)));
}

const ALTERNATIVES: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);
