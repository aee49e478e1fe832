import { sortedBy } from "../../model/order.js";

/** Media types as a document names them (RFC 9110, section 8.3.1): `application/json; charset=utf-8`, `image/*`. */
type MediaName = { readonly essence: string; readonly parameters: readonly string[] };

function nameOf(text: string): MediaName {
  const [essence = "", ...parameters] = text
    .toLowerCase()
    .split(";")
    .map((part) => part.replace(/\s+/g, "").replaceAll('"', ""));
  // What JSON is encoded in is not for the parameter to say (RFC 8259, section 11), and text is read by its bytes.
  const telling = parameters.filter((each) => each !== "" && !each.startsWith("charset="));
  return { essence, parameters: sortedBy(telling, (each) => each) };
}

/** Equal for names that mean the same: neither case, order of parameters nor `charset` matters. */
export function mediaKey(text: string): string {
  const { essence, parameters } = nameOf(text);
  return [essence, ...parameters].join(";");
}

export function essenceOf(text: string): string {
  return nameOf(text).essence;
}

/** True for a range of media types that holds the other: `application/*` and a range of everything hold `application/json`. */
export function isRangeOf(range: string, text: string): boolean {
  const [outer, inner] = [essenceOf(range), essenceOf(text)];
  if (outer === inner || !outer.endsWith("/*")) return false;
  return outer === "*/*" || inner.startsWith(outer.slice(0, -1));
}
