import { isTextFormat } from "../../model/formats.js";
import type { Facts } from "../change.js";
import type { SetType } from "../sets/alternative.js";
import { isFormatWithin } from "../sets/formats.js";

/** Formats that say how a text is shown or read, and forbid none. */
const SAYS_NOTHING = new Set(["password", "binary"]);

/** True where a validator refuses values of the type for their format: of numbers, those that need more than 32 bits. */
function isAsserted(format: string, type: SetType): boolean {
  return type === "number" ? format === "int32" : type === "string" && isTextFormat(format);
}

/** What a change of `format` does. Of one that nothing is held to, nobody can tell how much it forbids. */
export function formatEffect(
  old: string | undefined,
  now: string | undefined,
  type: SetType,
): Pick<Facts, "effect" | "guard"> {
  const [before, after] = [old, now].map((each) =>
    each !== undefined && SAYS_NOTHING.has(each) ? undefined : each,
  );
  if (before === after) return { effect: "keeps" };
  const forbids = (format: string) => (isAsserted(format, type) ? {} : ({ guard: "unheld" } as const));
  if (after === undefined || (before !== undefined && isFormatWithin(before, after)))
    return { effect: "widens", ...forbids(before!) };
  if (before === undefined || isFormatWithin(after, before)) return { effect: "narrows", ...forbids(after) };
  return { effect: isAsserted(before, type) && isAsserted(after, type) ? "both" : "unknown" };
}
