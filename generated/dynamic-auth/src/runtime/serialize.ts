import type { ParameterRule } from "./operation.js";

/**
 * An argument as the style of its parameter writes it (OpenAPI 3.1.1, Parameter Object, "Style Examples").
 *
 * @returns for a path the text that replaces the template's `{name}`, for a query or cookie its `name=value` pairs,
 * for a header its value; undefined where nothing is sent.
 */
export function serializeParameter(rule: ParameterRule, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const encode = encoderOf(rule);
  if (rule.style === "json") return withName(rule, encode(JSON.stringify(value)));
  if (Array.isArray(value))
    return serializeArray(
      rule,
      value.map((item) => encode(textOf(rule, item))),
    );
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return serializeObject(
      rule,
      members.map(([key, member]) => [encode(key), encode(textOf(rule, member))]),
    );
  }
  return serializePrimitive(rule, encode(textOf(rule, value)));
}

/** Percent-encodes what is not unreserved (RFC 3986, section 2.3); `allowReserved` keeps its section 2.2, headers keep all. */
function encoderOf(rule: ParameterRule): (text: string) => string {
  if (rule.in === "header") return (text) => text;
  const strict = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, percent);
  return rule.allowReserved
    ? (text) =>
        encodeURI(text)
          .replace(/%25([0-9a-f]{2})/gi, "%$1")
          .replace(/#/g, "%23")
    : strict;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function textOf(rule: ParameterRule, value: unknown): string {
  if (value === null) return rule.style === "form" || rule.in === "query" ? "null" : "";
  if (typeof value === "object")
    throw new TypeError(`${rule.name}: style ${rule.style} has no place for nested values`);
  return String(value);
}

function withName(rule: ParameterRule, text: string): string {
  return rule.in === "query" || rule.in === "cookie" ? `${encodeName(rule)}=${text}` : text;
}

function encodeName(rule: ParameterRule): string {
  return encodeURIComponent(rule.name).replace(/[!'()*]/g, percent);
}

function serializePrimitive(rule: ParameterRule, text: string): string {
  if (rule.style === "label") return `.${text}`;
  if (rule.style === "matrix") return text === "" ? `;${encodeName(rule)}` : `;${encodeName(rule)}=${text}`;
  return withName(rule, text);
}

/** Between the items of a list that stays one value. */
const DELIMITERS = { spaceDelimited: "%20", pipeDelimited: "%7C" } as const;

function serializeArray(rule: ParameterRule, items: readonly string[]): string | undefined {
  const name = encodeName(rule);
  switch (rule.style) {
    case "label":
      return `.${items.join(rule.explode ? "." : ",")}`;
    case "matrix":
      if (items.length === 0) return `;${name}`;
      return rule.explode ? items.map((item) => `;${name}=${item}`).join("") : `;${name}=${items.join(",")}`;
    case "simple":
      return items.join(",");
    case "spaceDelimited":
    case "pipeDelimited":
      return items.length === 0 ? undefined : `${name}=${items.join(DELIMITERS[rule.style])}`;
    default:
      if (items.length === 0) return rule.explode ? undefined : `${name}=`;
      return rule.explode ? items.map((item) => `${name}=${item}`).join("&") : `${name}=${items.join(",")}`;
  }
}

function serializeObject(
  rule: ParameterRule,
  members: readonly (readonly [string, string])[],
): string | undefined {
  const name = encodeName(rule);
  const pairs = members.map(([key, value]) => `${key}=${value}`);
  const flat = members.flat();
  switch (rule.style) {
    case "label":
      return `.${rule.explode ? pairs.join(".") : flat.join(",")}`;
    case "matrix":
      if (members.length === 0) return `;${name}`;
      return rule.explode ? pairs.map((pair) => `;${pair}`).join("") : `;${name}=${flat.join(",")}`;
    case "simple":
      return (rule.explode ? pairs : flat).join(",");
    case "spaceDelimited":
    case "pipeDelimited":
      return members.length === 0 ? undefined : `${name}=${flat.join(DELIMITERS[rule.style])}`;
    case "deepObject":
      return members.length === 0
        ? undefined
        : members.map(([key, value]) => `${name}%5B${key}%5D=${value}`).join("&");
    default:
      if (members.length === 0) return rule.explode ? undefined : `${name}=`;
      return rule.explode ? pairs.join("&") : `${name}=${flat.join(",")}`;
  }
}

/**
 * The path of a template with its parameters filled in.
 *
 * @throws {TypeError} where an argument is missing, or would become a segment `.` or `..`, which walks up the path.
 */
export function serializePath(
  template: string,
  rules: readonly ParameterRule[],
  args: { readonly [argument: string]: unknown },
): string {
  const values = new Map(
    rules.filter((rule) => rule.in === "path").map((rule) => [rule.name, pathValue(rule, args)]),
  );
  const segments = template.split("/").map((segment) => {
    const filled = segment.replace(/\{([^{}]*)\}/g, (whole, name: string) => values.get(name) ?? whole);
    if (filled !== segment && /^(\.|%2e){1,2}$/i.test(filled)) {
      throw new TypeError(
        `${template}: an argument makes the segment ${JSON.stringify(filled)}, which would leave the path`,
      );
    }
    return filled;
  });
  return segments.join("/");
}

function pathValue(rule: ParameterRule, args: { readonly [argument: string]: unknown }): string {
  const text = serializeParameter(rule, args[rule.argument]);
  if (text === undefined || text === "")
    throw new TypeError(`${rule.argument} is needed: it is part of the path`);
  return text;
}
