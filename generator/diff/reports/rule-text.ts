import type { Change, Subject } from "../change.js";
import { RULES, ruleOf, type Rule } from "../rules/rules.js";

/** Stand for the values that a rule's message shows. */
const BEFORE = "\u0001";
const AFTER = "\u0002";

/** A rule's message with names in place of values: `the minimum of request body ‹property› is higher: …`. */
export function describeRule(id: string): string {
  const { message } = ruleOf(id);
  const text = message(exampleOf(id))
    .replaceAll(`"${BEFORE}"`, BEFORE)
    .replaceAll(`"${AFTER}"`, AFTER)
    .replaceAll(BEFORE, "‹before›")
    .replaceAll(AFTER, "‹after›");
  // `operationId` keeps its letter.
  return /^[a-z]+(?![A-Za-z])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** What a tool shows of a rule. */
export function helpOf(id: string): { readonly text: string; readonly markdown: string } {
  const { area, advice = {} } = ruleOf(id);
  const what = `${describeRule(id)}.`;
  const why = `A rule of the area “${area}”. It weighs by who reads what changed: a request breaks where it narrows, a response where it widens.`;
  const lines = [what, why, ...Object.values(advice).map((each) => `What to do: ${each}.`)];
  return { text: lines.join(" "), markdown: lines.join("\n\n") };
}

function exampleOf(id: string): Change {
  const { subject, path } = placeOf(id);
  return {
    rule: id,
    effect: ruleOf(id).effects[0]!,
    direction: "none",
    subject,
    operation: "‹operation›",
    path,
    before: BEFORE,
    after: AFTER,
  };
}

/** What a rule is about, read from its id. */
function placeOf(id: string): { readonly subject: Subject; readonly path: string } {
  const path = id.includes("property") ? "/‹property›" : "";
  if (ruleOf(id).area === "documentation") return { subject: { kind: "part", words: "‹part›" }, path };
  if (id.includes("header")) return { subject: { kind: "header", status: "‹status›", name: "‹name›" }, path };
  if (id.includes("parameter"))
    return { subject: { kind: "parameter", location: "‹in›", name: "‹name›" }, path };
  if (id.includes("response")) return { subject: { kind: "response", status: "‹status›" }, path };
  return { subject: { kind: "body", mediaType: "‹media type›" }, path };
}

/** Every rule, in the order of its id. */
export function allRules(): readonly Rule[] {
  return [...RULES.values()];
}
