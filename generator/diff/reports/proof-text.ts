import { isJson } from "../../model/media-kind.js";
import type { Change } from "../change.js";
import type { LocatedFinding } from "../finding.js";
import type { ShownAnswer, ShownRequest } from "../proof/shown-message.js";
import type { Witness } from "../proof/witness.js";
import { ruleOf, type Rule } from "../rules/rules.js";
import type { JsonValue } from "../../source/json.js";
import { cutText, valueLines, type ValueLines } from "./value-text.js";

/** Who allows a witness, and what becomes of it on the other side. */
export function proofWords(
  { kind, validIn, outcome }: Pick<Witness, "kind" | "validIn" | "outcome">,
  finding: Pick<LocatedFinding, "rule" | "direction">,
): string {
  const { carrier, isReceived } = ruleOf(finding.rule);
  const reader = isReceived ? "response" : finding.direction;
  const what = messageName(kind === "value" ? carrier : kind, reader);
  if (outcome === "misread")
    return validIn === "base"
      ? `${what} that was understood and now is read as something else`
      : `${what} that is understood now and was read as something else before`;
  return validIn === "base"
    ? `${what} that was allowed and now is refused`
    : `${what} that is allowed now and was refused before`;
}

/** What webhooks and callbacks send is a request that the client reads, and answers. */
function messageName(kind: Rule["carrier"], direction: Change["direction"]): string {
  if (kind === "request") return direction === "response" ? "a request of the API" : "a request";
  return direction === "request" ? "an answer of the client" : "a response";
}

/** Why an error has no witness; undefined for what needs none. */
export function unprovedWords({
  level,
  rule,
  witness,
}: Pick<LocatedFinding, "level" | "rule" | "witness">): string | undefined {
  if (level !== "error" || witness) return undefined;
  return ruleOf(rule).unprovable ?? "nothing was found that only one of the documents allows";
}

/** `not proved: …`. */
export function notProved(finding: Pick<LocatedFinding, "level" | "rule" | "witness">): string | undefined {
  const why = unprovedWords(finding);
  return why === undefined ? undefined : `not proved: ${why}`;
}

/** What a witness is written in. */
export type WitnessLines = ValueLines & { readonly language: "json" | "http" };

/** A witness as people read it: a message as HTTP has it, anything else as JSON. */
export function witnessLines(
  witness: Witness,
  { path, most }: { readonly path: string; readonly most: number },
): WitnessLines {
  if (witness.kind === "value") return { ...valueLines(witness.value, { path, most }), language: "json" };
  const { contentType, body } = witness.value;
  const top = [
    ...(witness.kind === "request" ? requestHead(witness.value) : answerHead(witness.value)),
    ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
    ...(witness.kind === "request" ? besideText(witness.value) : []),
  ].map(plain);
  if (body === undefined) return { lines: top, left: 0, isWhole: true, language: "http" };
  const rest = Math.max(most - top.length - 1, 1);
  const shown = bodyLines(body, { contentType, most: rest });
  return { ...shown, lines: [...top, "", ...shown.lines], language: "http" };
}

function requestHead({ method, path, query, headers = {} }: ShownRequest): string[] {
  return [
    `${method} ${path}${query === undefined ? "" : `?${query}`}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
}

/** What no text of a request says. */
function besideText({ scopes = {}, certificate }: ShownRequest): string[] {
  const granted = Object.values(scopes).flat();
  return [
    ...(granted.length > 0 ? [`(its token is good for ${granted.join(", ")})`] : []),
    ...(certificate ? ["(the client shows its certificate)"] : []),
  ];
}

function answerHead({ status, headers = {} }: ShownAnswer): string[] {
  const texts = Object.entries(headers).map(
    ([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return [`HTTP ${status}`, ...texts];
}

function bodyLines(
  body: JsonValue,
  { contentType = "", most }: { readonly contentType: string | undefined; readonly most: number },
): ValueLines {
  if (typeof body === "string" && !isJson(contentType))
    return { lines: [plain(body)], left: 0, isWhole: true };
  return valueLines(body, { path: "", most });
}

/** A line that stays one, and is not too long. */
function plain(text: string): string {
  const line = text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return cutText(line, MAX_LINE);
}

const MAX_LINE = 300;
