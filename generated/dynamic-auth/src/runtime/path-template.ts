import type { OperationRule } from "./operation.js";

/** The texts that stand in the place of each `{name}` of a path template (OpenAPI 3.2.0, Path Templating); undefined where the path is another. */
export function matchPath(template: string, path: string): { readonly [name: string]: string } | undefined {
  const wanted = template.split("/");
  const actual = path.split("/");
  if (wanted.length !== actual.length) return undefined;
  const found: [string, string][] = [];
  for (const [index, segment] of wanted.entries()) {
    const texts = matchSegment(segment, actual[index]!);
    if (!texts) return undefined;
    found.push(...texts);
  }
  return Object.fromEntries(found);
}

/** Each name takes at least a character, and as few as the text after it allows: that needs no trial and error. */
function matchSegment(template: string, given: string): [name: string, text: string][] | undefined {
  const literals = template.split(/\{[^{}]*\}/);
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  if (names.length === 0) return sameText(template, given) ? [] : undefined;
  const text = encoded(given);
  const [first = "", ...rest] = literals.map(encoded);
  if (!text.startsWith(first)) return undefined;
  const last = rest.pop() ?? "";
  const found: [string, string][] = [];
  let start = first.length;
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    const end = isLast ? text.length - last.length : text.indexOf(rest[index]!, start + 1);
    if (end <= start || (isLast && !text.endsWith(last))) return undefined;
    found.push([name, text.slice(start, end)]);
    start = end + (rest[index]?.length ?? 0);
  }
  return found;
}

/** All that a segment has no place for is percent-encoded (RFC 3986, section 3.3), whatever is so already: clients differ in what they encode. */
function encoded(text: string): string {
  return text.replace(/%[\dA-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@]/gu, (part) =>
    part.length === 3 ? part.toUpperCase() : encodeURIComponent(part),
  );
}

/** Percent-encoded or not, it is one text. */
function sameText(template: string, text: string): boolean {
  return template === text || decoded(template) === decoded(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** True where a request's query has what the document gives the path in its key: that tells operations of one path apart. */
export function hasPathQuery(
  { query = [], queryKeys = [] }: Pick<OperationRule, "query" | "queryKeys">,
  requested: string,
): boolean {
  const pairs = requested.split("&");
  const names = new Set(pairs.map((pair) => decoded(pair.split("=", 1)[0]!)));
  return query.every((pair) => pairs.includes(pair)) && queryKeys.every((name) => names.has(name));
}
