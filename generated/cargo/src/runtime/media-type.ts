/** `text/csv;charset=utf-8`, taken apart; names in lower case (RFC 9110, section 8.3.1). */
interface MediaTypeParts {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: readonly string[];
}

function partsOf(mediaType: string): MediaTypeParts {
  const [name = "", ...parameters] = mediaType.toLowerCase().split(";");
  const [type = "", subtype = ""] = name.trim().split("/");
  return { type, subtype, parameters: parameters.map((each) => each.replace(/[\s"]/g, "")) };
}

/**
 * How closely a media type or a range of them (`text/*`, `application/*+json`) describes a content type; 0 where it does not.
 * As for `Accept` (RFC 9110, section 12.5.1), the more specific wins; parameters decide between equals, and are else ignored.
 */
function closeness(range: string, contentType: string): number {
  const { type, subtype, parameters } = partsOf(range);
  const actual = partsOf(contentType);
  const equal = parameters.filter((each) => actual.parameters.includes(each)).length;
  const [, suffix] = /^\*(\+.+)$/.exec(subtype) ?? [];
  if (type !== "*" && type !== actual.type) return 0;
  if (subtype === actual.subtype) return 400 + equal;
  if (suffix !== undefined) return actual.subtype.endsWith(suffix) ? 300 + equal : 0;
  if (subtype !== "*") return 0;
  return (type === "*" ? 100 : 200) + equal;
}

/** The rule that describes a content type best; of equals, the first. */
export function closest<R extends { readonly mediaType: string }>(
  rules: readonly R[],
  contentType: string,
): R | undefined {
  let best: R | undefined;
  let most = 0;
  for (const rule of rules) {
    const found = closeness(rule.mediaType, contentType);
    if (found > most) [best, most] = [rule, found];
  }
  return best;
}

/** The `charset` of a content type, in lower case. */
export function charsetOf(contentType: string): string | undefined {
  const { parameters } = partsOf(contentType);
  return parameters.find((each) => each.startsWith("charset="))?.slice("charset=".length);
}

/** True for `image/*`, which no body can have as its type. */
export function isRange(mediaType: string): boolean {
  return partsOf(mediaType).subtype.startsWith("*");
}

/** True for `application/json` and what ends in `+json` (RFC 6839, section 3.1). */
export function isJson(mediaType: string): boolean {
  return /^(json|.+\+json)$/.test(partsOf(mediaType).subtype);
}
