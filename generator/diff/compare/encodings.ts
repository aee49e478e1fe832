import type { MediaType } from "../../model/model.js";
import { sortedBy } from "../../model/order.js";
import { objectOf, type JsonValue } from "../../source/json.js";
import { join } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { change, type Common, type Context } from "./comparison.js";
import { FormParts, type WrittenPart } from "./form-parts.js";
import { isRangeOf } from "./media-names.js";

/**
 * Encoding Objects (OpenAPI 3.2.0): how the parts of a form are written. What says the default, as it would be without it, says nothing.
 * Many servers read more than their document says.
 */
export function compareEncodings(context: Context, both: Pair<MediaType>, common: Common): Change[] {
  const forms = {
    base: new FormParts(context, "base", both.base),
    head: new FormParts(context, "head", both.head),
  };
  const tokens = new Set([...forms.base.tokens, ...forms.head.tokens]);
  return sortedBy(tokens, (token) => token).flatMap((token) => comparePart(forms, token, common));
}

function comparePart({ base, head }: Pair<FormParts>, token: string, common: Common): Change[] {
  const said = { base: base.said(token), head: head.said(token) };
  const fields = sortedBy(new Set([...said.base.keys(), ...said.head.keys()]), (field) => field);
  const [old, now] = [
    new Map([...base.usual(token), ...said.base]),
    new Map([...head.usual(token), ...said.head]),
  ];
  const changed = fields.filter((field) => old.get(field) !== now.get(field));
  if (changed.length === 0) return [];
  const shown = (part: WrittenPart) => objectOf([...part].filter(([field]) => changed.includes(field)));
  const [sent, read] = common.direction === "response" ? [now, old] : [old, now];
  const isRead = changed.every((field) => isReadAs(field, sent.get(field), read.get(field)));
  return [
    change({
      ...common,
      rule: "request-body-encoding-changed",
      effect: isRead ? "keeps" : "unknown",
      path: join("", token),
      base: base.originOf(token),
      head: head.originOf(token),
      before: shown(old),
      after: shown(now),
    }),
  ];
}

/** True where what is sent is read still: a header may be absent, or there are more media types. */
function isReadAs(field: string, sent: JsonValue | undefined, read: JsonValue | undefined): boolean {
  if (field.startsWith("header ")) return read === "optional";
  if (field !== "contentType" || typeof sent !== "string" || typeof read !== "string") return false;
  const types = read.split(", ");
  return sent.split(", ").every((type) => types.some((each) => each === type || isRangeOf(each, type)));
}
