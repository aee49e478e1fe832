import type { Direction } from "../../model/graph.js";
import { groupedBy } from "../../model/order.js";
import type { LocatedFinding } from "../finding.js";
import { ruleOf } from "../rules/rules.js";

/** False for what changes no type, and so stops no code from compiling. Of all formats, `binary` alone has a type. */
function isTyped({ rule, before, after }: Pick<LocatedFinding, "rule" | "before" | "after">): boolean {
  const { keywords, isUntyped } = ruleOf(rule);
  if (keywords?.includes("format")) return before === "binary" || after === "binary";
  return !isUntyped;
}

/**
 * The findings that types follow, but for what is said of a discriminator where an alternative comes or goes: its type changes by that,
 * and by the discriminator no further.
 */
export function typedFindings(findings: readonly LocatedFinding[]): readonly LocatedFinding[] {
  const typed = findings.filter(isTyped);
  const alternatives = groupedBy(
    typed.filter(({ rule }) => OF_ALTERNATIVES.test(rule)),
    placeOf,
  );
  const isWithAlternative = (mark: LocatedFinding) =>
    OF_MARKS.test(mark.rule) && alternatives.get(placeOf(mark))?.some((each) => isSameChange(each, mark));
  return typed.filter((each) => !isWithAlternative(each));
}

const OF_ALTERNATIVES = /-alternative-(?:added|removed)$/;
/** What says which alternative a value is, and the values by which it does. */
const OF_MARKS = /-discriminator-(?:added|removed|mapping-added|mapping-deleted)$/;

function placeOf({ direction, path }: LocatedFinding): string {
  return `${direction} ${path}`;
}

function isSameChange(one: LocatedFinding, other: LocatedFinding): boolean {
  return one.operations.some((each) => other.operations.includes(each));
}

/**
 * True for what is said of a whole, by which a name comes, goes, or is another: something that has come or gone, is another type, or is called
 * otherwise. What changes inside names nothing.
 */
export function isOfWhole({ rule }: Pick<LocatedFinding, "rule">): boolean {
  return ruleOf(rule).area === "schema" ? OF_WHOLE_SCHEMAS.test(rule) : !OF_PARTS.test(rule);
}

const OF_WHOLE_SCHEMAS =
  /-(?:property|alternative|composition)-(?:added|removed)$|-type-changed$|^new-(?:required|optional)-/;
const OF_PARTS = /-became-|-(?:encoding|explode|serialization)-changed$/;

/** A finding where it stands itself: what has come stands nowhere in the old document, and what has gone nowhere in the new one. */
export function ownPlaces(finding: LocatedFinding): LocatedFinding {
  const { base, head, ...rest } = finding;
  const isNew = /-added(?:-|$)|^new-/.test(finding.rule);
  const isGone = /-removed(?:-|$)/.test(finding.rule);
  return { ...rest, ...(base && !isNew && { base }), ...(head && !isGone && { head }) };
}

/** By these, a type becomes another kind of type, whatever values it has: one with an index signature, or a file. */
const RESHAPING: ReadonlySet<string> = new Set(["additionalProperties", "format"]);

/**
 * False for what stops no old argument, or no new result, from being assignable: requests that take more than before, responses that hold
 * less. What keeps the values may change their type all the same.
 */
export function mayRefuse({ rule }: Pick<LocatedFinding, "rule">, direction: Direction): boolean {
  const { effects, keywords = [] } = ruleOf(rule);
  if (keywords.some((keyword) => RESHAPING.has(keyword))) return true;
  const harmless = direction === "request" ? "widens" : "narrows";
  return !effects.includes(harmless) || effects.some((effect) => effect !== harmless && effect !== "keeps");
}
