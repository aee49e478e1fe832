import type { HeaderRule, HeaderRules, MemberTypes, TextType } from "./operation.js";

/**
 * Headers of the message and not of its content (RFC 9110, sections 6.1 and 7.6.1). A value that does not fit breaks the message, so no mock sends
 * them unasked; and what stands between takes them away, so nobody misses them.
 */
export const FRAMING = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-range",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers that the document describes, each parsed when it is read (OpenAPI 3.2.0, Header Object, style `simple`). */
export function headersReader(rules: HeaderRules, headers: Headers): object {
  const typed = {};
  for (const [name, rule] of Object.entries(rules)) {
    const get = () => {
      const text = headers.get(name);
      return text === null ? undefined : readHeader(rule, text);
    };
    Object.defineProperty(typed, name, { get, enumerable: true });
  }
  return typed;
}

/** The value of a header; undefined where the text is none that the rule describes. */
export function readHeader(rule: HeaderRule, text: string): unknown {
  switch (rule.as) {
    case "json":
      return parsed(text);
    case "value":
      return valueOf(rule.types, text);
    case "array":
      return allDefined(itemsOf(text).map((item) => valueOf(rule.types, item)));
    case "object":
      return readObject(rule, text);
  }
}

/** The items of a list in the style `simple`. */
export function itemsOf(text: string): string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

function allDefined(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.includes(undefined) ? undefined : values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const READERS: { readonly [T in TextType]: (text: string) => unknown } = {
  null: (text) => (text === "" || text === "null" ? null : undefined),
  boolean: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  number: (text) => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined),
  nested: (text) => (/^\s*[[{]/.test(text) ? parsed(text) : undefined),
  string: (text) => text,
};

export function valueOf(types: readonly TextType[], text: string): unknown {
  for (const type of types) {
    const value = READERS[type](text);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The types of a member, by what speaks first of its name; text, where nothing does. */
export function typesOfMember(
  { properties, patternProperties = [], additionalProperties = ["string"] }: MemberTypes,
  name: string,
): readonly TextType[] {
  if (Object.hasOwn(properties, name)) return properties[name]!;
  const [, types] = patternProperties.find(([pattern]) => new RegExp(pattern, "u").test(name)) ?? [];
  return types ?? additionalProperties;
}

/** `R=100,G=200` exploded, else `R,100,G,200`. */
function readObject(rule: HeaderRule & { as: "object" }, text: string): object | undefined {
  const items = itemsOf(text);
  const pairs = rule.explode ? items.map(splitPair) : pairsOf(items);
  const members = pairs.map(
    ([name, value]) =>
      [name, value === undefined ? undefined : valueOf(typesOfMember(rule, name), value)] as const,
  );
  return allDefined(members.map(([, value]) => value)) && Object.fromEntries(members);
}

function splitPair(item: string): readonly [string, string | undefined] {
  const [name = "", ...rest] = item.split("=");
  return [name, rest.length === 0 ? undefined : rest.join("=")];
}

function pairsOf(items: readonly string[]): (readonly [string, string | undefined])[] {
  return items.flatMap((name, index) => (index % 2 === 0 ? [[name, items[index + 1]] as const] : []));
}
