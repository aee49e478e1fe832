import type { ParameterRule } from "./operation.js";

/**
 * An argument as the style of its parameter writes it (OpenAPI 3.1.2, Parameter Object, "Style Examples"). An item or a member that
 * is null or undefined is left out, as in RFC 6570; an argument of null is the empty value.
 *
 * @throws {TypeError} where the style has no place for the value.
 * @returns for a path the text that replaces the template's `{name}`, for a query or cookie its `name=value` pairs,
 * for a header its value; undefined where nothing is sent.
 */
export function serializeParameter(rule: ParameterRule, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const encode = encoderOf(rule);
  if (rule.style === "json") return withName(rule, encode(JSON.stringify(value)));
  const write = (part: unknown) => encode(textOf(rule, part));
  if (Array.isArray(value)) return serializeArray(rule, value.filter(isDefined).map(write));
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => isDefined(member));
    return serializeObject(
      rule,
      members.map(([key, member]) => [encode(key), write(member)]),
    );
  }
  return serializePrimitive(rule, write(value));
}

/** The argument of a parameter. Only own properties are: a parameter may be called `constructor`. */
export function argumentOf(rule: ParameterRule, args: Arguments): unknown {
  return Object.hasOwn(args, rule.argument) ? args[rule.argument] : undefined;
}

type Arguments = { readonly [argument: string]: unknown };

function isDefined(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What even `allowReserved` does not keep, because it would end the value where it stands. */
const ENDS_VALUE = { path: /[/?#]/g, query: /#/g, cookie: /[;,]/g } as const;

/** Percent-encodes what is not unreserved (RFC 3986, section 2.3); `allowReserved` keeps its section 2.2, headers keep all. */
function encoderOf(rule: ParameterRule): (text: string) => string {
  const place = rule.in;
  if (place === "header") return (text) => text;
  return (text) => {
    if (/\p{Surrogate}/u.test(text)) throw new TypeError(`${rule.name}: half a surrogate pair is no text`);
    return rule.allowReserved
      ? encodeReserved(text).replace(ENDS_VALUE[place], percent)
      : encodeStrictly(text);
  };
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, percent);
}

/** Reserved expansion (RFC 6570, section 3.2.3): what is percent-encoded already stays. Brackets have no place in a query. */
function encodeReserved(text: string): string {
  return encodeURI(text).replace(/%25([0-9a-f]{2})/gi, "%$1");
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function textOf(rule: ParameterRule, value: unknown): string {
  if (value === null) return "";
  if (typeof value === "object")
    throw new TypeError(`${rule.name}: style ${rule.style} has no place for nested values`);
  return String(value);
}

function withName(rule: ParameterRule, text: string): string {
  return rule.in === "query" || rule.in === "cookie" ? `${encodeName(rule)}=${text}` : text;
}

function encodeName(rule: ParameterRule): string {
  return encodeStrictly(rule.name);
}

function serializePrimitive(rule: ParameterRule, text: string): string {
  if (rule.style === "label") return `.${text}`;
  if (rule.style === "matrix") return matrixPair(encodeName(rule), text);
  return withName(rule, text);
}

function matrixPair(name: string, text: string): string {
  return text === "" ? `;${name}` : `;${name}=${text}`;
}

/** Between the `name=value` pairs of one argument. */
function pairDelimiter(rule: ParameterRule): string {
  return rule.in === "cookie" ? "; " : "&";
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
      return rule.explode
        ? items.map((item) => matrixPair(name, item)).join("")
        : `;${name}=${items.join(",")}`;
    case "simple":
      return items.join(",");
    case "spaceDelimited":
    case "pipeDelimited":
      return items.length === 0 ? undefined : `${name}=${items.join(DELIMITERS[rule.style])}`;
    default:
      if (items.length === 0) return rule.explode ? undefined : `${name}=`;
      return rule.explode
        ? items.map((item) => `${name}=${item}`).join(pairDelimiter(rule))
        : `${name}=${items.join(",")}`;
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
      return rule.explode
        ? members.map(([key, value]) => matrixPair(key, value)).join("")
        : `;${name}=${flat.join(",")}`;
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
      return rule.explode ? pairs.join(pairDelimiter(rule)) : `${name}=${flat.join(",")}`;
  }
}

/**
 * The path of a template with its parameters filled in.
 *
 * @throws {TypeError} where an argument is missing, or would become a segment `.` or `..`, which walks up the path.
 */
export function serializePath(template: string, rules: readonly ParameterRule[], args: Arguments): string {
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

function pathValue(rule: ParameterRule, args: Arguments): string {
  const text = serializeParameter(rule, argumentOf(rule, args));
  if (text === undefined || text === "")
    throw new TypeError(`${rule.argument} is needed: it is part of the path`);
  return text;
}
