import type { ParameterRule, Style } from "./operation.js";

/** What a style needs to know of a parameter, or of a property of a form. */
export interface StyleRule {
  readonly name: string;
  readonly style: Style;
  readonly explode: boolean;
}

/** Percent-encodes a name, a key or a value; or leaves it as it is. */
export type Encode = (text: string) => string;

/** A name and its value, both encoded. */
export type Pair = readonly [name: string, value: string];

export function isDefined(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What even `allowReserved` does not keep, because it would end the value where it stands. */
const ENDS_VALUE = { path: /[/?#]/g, query: /#/g, cookie: /[;,]/g } as const;

/**
 * Percent-encodes what is not unreserved (RFC 3986, section 2.3); `allowReserved` keeps its section 2.2. Headers and cookies of
 * the style `cookie` are passed on unchanged (OpenAPI 3.2.0, Parameter Object).
 */
export function encoderOf(rule: Pick<ParameterRule, "name" | "in" | "style" | "allowReserved">): Encode {
  const place = rule.in === "querystring" ? "query" : rule.in;
  if (place === "header" || rule.style === "cookie") return (text) => text;
  return (text) => {
    if (/\p{Surrogate}/u.test(text)) throw new TypeError(`${rule.name}: half a surrogate pair is no text`);
    return rule.allowReserved
      ? encodeReserved(text).replace(ENDS_VALUE[place], percent)
      : encodeStrictly(text);
  };
}

export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, percent);
}

/** Reserved expansion (RFC 6570, section 3.2.3): what is percent-encoded already stays. Brackets have no place in a query. */
function encodeReserved(text: string): string {
  return encodeURI(text).replace(/%25([0-9a-f]{2})/gi, "%$1");
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function textOf(rule: StyleRule, value: unknown): string {
  if (value === null) return "";
  if (typeof value === "object")
    throw new TypeError(`${rule.name}: style ${rule.style} has no place for nested values`);
  return String(value);
}

/** An argument as its parts: one text, the items of a list, the members of an object; what is null or undefined is left out. */
type Parts =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "items"; readonly items: readonly string[] }
  | { readonly kind: "members"; readonly members: readonly Pair[] };

function partsOf(rule: StyleRule, value: unknown, encode: Encode): Parts {
  const write = (part: unknown) => encode(textOf(rule, part));
  if (Array.isArray(value)) return { kind: "items", items: value.filter(isDefined).map(write) };
  if (typeof value !== "object" || value === null) return { kind: "text", text: write(value) };
  const members = Object.entries(value).filter(([, member]) => isDefined(member));
  return { kind: "members", members: members.map(([key, member]) => [encode(key), write(member)]) };
}

/** The text of the styles `simple`, `label` and `matrix`, of which a path or a header is made. */
export function styledText(rule: StyleRule, value: unknown, encode: Encode): string {
  const parts = partsOf(rule, value, encode);
  switch (rule.style) {
    case "label":
      return `.${joined(parts, rule.explode, rule.explode ? "." : ",")}`;
    case "matrix":
      return matrix(encodeStrictly(rule.name), parts, rule.explode);
    default:
      return joined(parts, rule.explode, ",");
  }
}

function joined(parts: Parts, explode: boolean, delimiter: string): string {
  if (parts.kind === "text") return parts.text;
  if (parts.kind === "items") return parts.items.join(delimiter);
  return parts.members.map((pair) => pair.join(explode ? "=" : delimiter)).join(delimiter);
}

function matrix(name: string, parts: Parts, explode: boolean): string {
  if (parts.kind === "text") return matrixPair([name, parts.text]);
  if (!explode) return matrixPair([name, joined(parts, false, ",")]);
  const pairs = parts.kind === "members" ? parts.members : parts.items.map((item) => [name, item] as const);
  return pairs.length === 0 ? `;${name}` : pairs.map(matrixPair).join("");
}

function matrixPair([name, text]: Pair): string {
  return text === "" ? `;${name}` : `;${name}=${text}`;
}

/** Between the items of a list that stays one value. */
const DELIMITERS: { readonly [style: string]: string } = { spaceDelimited: " ", pipeDelimited: "|" };

/**
 * The `name=value` pairs of the styles of queries, cookies and forms. An empty list or object that is exploded, or that a style
 * of OpenAPI's own delimits, has none (OpenAPI 3.1.2, appendix C).
 */
export function styledPairs(rule: StyleRule, value: unknown, encode: Encode): Pair[] {
  const parts = partsOf(rule, value, encode);
  const name = encode === identity || rule.style === "cookie" ? rule.name : encodeStrictly(rule.name);
  if (parts.kind === "text") return [[name, parts.text]];
  const isEmpty = (parts.kind === "items" ? parts.items : parts.members).length === 0;
  const delimiter = DELIMITERS[rule.style];
  if (rule.style === "deepObject") return deepPairs(name, parts, encode);
  if (delimiter !== undefined) return isEmpty ? [] : [[name, joined(parts, false, encode(delimiter))]];
  if (!rule.explode) return [[name, joined(parts, false, ",")]];
  return parts.kind === "members" ? [...parts.members] : parts.items.map((item) => [name, item]);
}

/** `name[key]=value`. No standard has lists there (OpenAPI 3.1.1, Style Values); servers that take them know them by their indices. */
function deepPairs(name: string, parts: Parts & { kind: "items" | "members" }, encode: Encode): Pair[] {
  const members =
    parts.kind === "members"
      ? parts.members
      : parts.items.map((item, index) => [String(index), item] as const);
  return members.map(([key, value]) => [`${name}${encode("[")}${key}${encode("]")}`, value]);
}

/** For what is not percent-encoded: the parts of `multipart/form-data`. */
export function identity(text: string): string {
  return text;
}
