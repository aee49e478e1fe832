import type { Operation } from "../../model/model.js";
import type { Origin } from "../../source/source.js";
import { below } from "../../model/reader.js";
import type { Change, Effect, Guard, Pair } from "../change.js";
import { change, type Common, type Context } from "./comparison.js";

/** What says of itself when it will go (`deprecated`, `x-sunset`). */
type Mortal = {
  readonly origin: Origin;
  readonly deprecated?: true | undefined;
  readonly sunset?: string | undefined;
};

/** The day of a date or of a date and time (RFC 3339); undefined for what is none. */
function dayOf(text: string | undefined): string | undefined {
  const day = text?.slice(0, 10) ?? "";
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

type Removal = Pick<Change, "rule" | "effect" | "direction"> & { readonly guard?: Guard };

/** How the removal of an operation is called, and what it weighs: what was deprecated may go once its sunset is past. */
export function removal(mortal: Mortal, today: string, prefix: string): Removal {
  const rule = `${prefix}-${removalKind(mortal, today)}`;
  const common = { rule, effect: "narrows" as Effect, direction: "request" as const };
  const guard = guardOfRemoval(mortal, today);
  return { ...common, ...(guard && { guard }) };
}

function removalKind({ deprecated, sunset }: Mortal, today: string): string {
  if (!deprecated) return "without-deprecation";
  const day = dayOf(sunset);
  return sunset !== undefined && (day === undefined || day > today) ? "before-sunset" : "with-deprecation";
}

/** Why something that is gone weighs less; undefined where it was not deprecated, or its time had not come. */
export function guardOfRemoval(mortal: Omit<Mortal, "origin">, today: string): Guard | undefined {
  if (!mortal.deprecated) return undefined;
  const day = dayOf(mortal.sunset);
  if (mortal.sunset === undefined) return "deprecated";
  return day !== undefined && day <= today ? "sunset" : undefined;
}

/** The levels of stability, the least first; what says nothing is stable. */
const STABILITY = ["draft", "alpha", "beta", "stable"];

/** True for an operation that may change at any time, in its document's own words. */
export function isUnstable({ stability }: Operation): boolean {
  return stability === "draft" || stability === "alpha";
}

/** Deprecation, sunset and stability of an operation. */
export function compareLifeCycle({ today }: Context, both: Pair<Operation>): Change[] {
  const common = commonOf(both, { kind: "operation" });
  return [
    ...deprecation(both, common, { prefix: "endpoint", today }),
    ...sunsets(both, common, { deleted: "sunset-deleted", earlier: "api-sunset-date-changed-too-small" }),
    ...compareStability(both, common),
  ];
}

export function commonOf(
  { base, head }: Pair<{ readonly origin: Origin }>,
  subject: Change["subject"],
): Common {
  return { direction: "none", subject, base: base.origin, head: head.origin };
}

/** What is deprecated now, with what notice; and what is no longer. */
export function deprecation(
  { base, head }: Pair<Mortal>,
  common: Common,
  { prefix, today }: { prefix: string; today: string },
): Change[] {
  if (Boolean(base.deprecated) === Boolean(head.deprecated)) return [];
  if (!head.deprecated) return [change({ ...common, rule: `${prefix}-reactivated`, effect: "keeps" })];
  const day = dayOf(head.sunset);
  const after = head.sunset;
  if (after === undefined) return [change({ ...common, rule: `${prefix}-deprecated`, effect: "keeps" })];
  const rule =
    day === undefined
      ? `${prefix}-sunset-invalid`
      : day < today
        ? `${prefix}-sunset-past`
        : `${prefix}-deprecated-with-sunset`;
  return [change({ ...common, rule, effect: "keeps", after })];
}

/** A sunset that was announced holds: it may move later, but neither go nor come earlier. */
export function sunsets(
  { base, head }: Pair<Mortal>,
  common: Common,
  rules: { deleted: string; earlier: string },
): Change[] {
  const [before, after] = [dayOf(base.sunset), dayOf(head.sunset)];
  if (before === undefined || !head.deprecated || !base.deprecated) return [];
  const where = { ...common, base: below(base.origin, "x-sunset"), before: base.sunset };
  if (head.sunset === undefined) return [change({ ...where, rule: rules.deleted, effect: "keeps" })];
  if (after === undefined || after >= before) return [];
  return [
    change({
      ...where,
      rule: rules.earlier,
      effect: "keeps",
      head: below(head.origin, "x-sunset"),
      after: head.sunset,
    }),
  ];
}

function compareStability({ base, head }: Pair<Operation>, common: Common): Change[] {
  const [before, after] = [base.stability ?? "stable", head.stability ?? "stable"];
  const [old, now] = [STABILITY.indexOf(before), STABILITY.indexOf(after)];
  if (old === -1 || now === -1 || old === now) return [];
  const rule = now < old ? "api-stability-decreased" : "api-stability-increased";
  return [change({ ...common, rule, effect: "keeps", before, after })];
}
