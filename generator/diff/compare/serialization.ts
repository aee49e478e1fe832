import type { Header, Parameter, Style } from "../../model/model.js";
import type { Change, Pair } from "../change.js";
import { change, type Common, type Context } from "./comparison.js";

/** `style`, `explode`, `allowReserved`, `allowEmptyValue`, `content`: how a value is written (OpenAPI 3.1.1, Parameter Object). */
export function compareSerialization(context: Context, both: Pair<Parameter>, common: Common): Change[] {
  return [...written(context, both, common), ...emptyValue(context, both, common)];
}

function written(context: Context, { base, head }: Pair<Parameter>, common: Common): Change[] {
  const [old, now] = [base.serialization, head.serialization];
  const changed = (rule: string, before: string | boolean, after: string | boolean) =>
    before === after ? [] : [change({ ...common, rule, effect: "both", before, after })];
  const types = typesOf(context, { base, head });
  if (old.kind === "content" || now.kind === "content")
    return areWrittenAlike({ base: old, head: now }, types)
      ? []
      : changed("request-parameter-serialization-changed", textOf(old), textOf(now));
  if (old.style !== now.style) return changed("request-parameter-style-changed", old.style, now.style);
  // No number and no boolean has a reserved character.
  const isReserved =
    base.location === "query" && [...types.base, ...types.head].some((type) => !PLAIN_TYPES.has(type));
  const reserved = isReserved ? allowReserved(old, now, common) : [];
  if (!dependsOnExplode(now.style, types)) return reserved;
  return [...changed("request-parameter-explode-changed", old.explode, now.explode), ...reserved];
}

type Types = ReadonlySet<string>;

const PLAIN_TYPES: Types = new Set(["boolean", "null", "number"]);

/** The same of a response's header, which has but one style (OpenAPI 3.1.1, Header Object). */
export function compareHeaderSerialization(
  context: Context,
  { base, head }: Pair<Header>,
  common: Common,
): Change[] {
  const [old, now] = [base.serialization, head.serialization];
  const both = { ...common, effect: "both" } as const;
  const types = typesOf(context, { base, head });
  if (wayOf(old) !== wayOf(now)) {
    if (areWrittenAlike({ base: old, head: now }, types)) return [];
    const ways = { before: wayOf(old), after: wayOf(now) };
    return [change({ ...both, rule: "response-header-serialization-changed", ...ways })];
  }
  if (old.kind === "content" || now.kind === "content" || old.explode === now.explode) return [];
  if (!dependsOnExplode("simple", types)) return [];
  const explodes = { before: old.explode, after: now.explode };
  return [change({ ...both, rule: "response-header-explode-changed", ...explodes })];
}

type Way = (Parameter | Header)["serialization"];

/** A number, or true and false, is the same text in JSON, as plain text, and in styles that write a value alone; a text is so but in JSON. */
function areWrittenAlike(ways: Pair<Way>, { base, head }: Pair<Types>): boolean {
  const bare = new Set([bareWay(ways.base), bareWay(ways.head)]);
  if (bare.has(undefined)) return false;
  const isSame = (type: string) =>
    type === "number" || type === "boolean" || (type === "string" && !bare.has("json"));
  return [...base, ...head].every(isSame);
}

function bareWay(way: Way): "style" | "json" | "text" | undefined {
  if (way.kind === "style") {
    const isPlain = way.style === "simple" || (way.style === "form" && !way.allowReserved);
    return isPlain ? "style" : undefined;
  }
  if ("isJson" in way) return way.isJson ? "json" : "text";
  return way.bodyKind === "json" || way.bodyKind === "text" ? way.bodyKind : undefined;
}

function wayOf(serialization: Header["serialization"]): string {
  if (serialization.kind === "style") return serialization.style;
  return serialization.isJson ? "JSON" : "content";
}

type Styled = Parameter["serialization"] & { readonly kind: "style" };

function allowReserved(old: Styled, now: Styled, common: Common): Change[] {
  if (old.allowReserved === now.allowReserved) return [];
  return [
    now.allowReserved
      ? change({ ...common, rule: "request-parameter-became-allow-reserved", effect: "widens" })
      : change({ ...common, rule: "request-parameter-became-not-allow-reserved", effect: "narrows" }),
  ];
}

function textOf(rule: Parameter["serialization"]): string {
  return rule.kind === "content" ? rule.mediaType.toLowerCase() : rule.style;
}

/**
 * Whether `explode` says how a value of both sides is written: a single value has no parts, a list in the style `simple` is the same either way, and
 * `deepObject` knows one way alone (OpenAPI 3.1.1, Style Examples).
 */
function dependsOnExplode(style: Style, { base, head }: Pair<Types>): boolean {
  if (style === "deepObject") return false;
  const isOfBoth = (type: string) => base.has(type) && head.has(type);
  return isOfBoth("object") || (isOfBoth("array") && style !== "simple");
}

function typesOf({ schemas: { sets } }: Context, { base, head }: Pair<Parameter | Header>): Pair<Types> {
  const types = (side: keyof Pair<unknown>, { schema }: Parameter | Header) =>
    new Set(sets[side].of([schema]).map(({ type }) => type));
  return { base: types("base", base), head: types("head", head) };
}

/** An empty text may be sent in place of nothing; where the schema takes an empty text, it may anyhow. */
function emptyValue({ schemas }: Context, { base, head }: Pair<Parameter>, common: Common): Change[] {
  if (base.allowEmptyValue === head.allowEmptyValue) return [];
  const side = head.allowEmptyValue ? "base" : "head";
  const sets = schemas.sets[side].of([(side === "base" ? base : head).schema]);
  const takesEmpty = sets.some(
    ({ type, values, facets, opaque }) =>
      type === "string" && !values && !facets.bounds.has("minLength") && opaque.size === 0,
  );
  const effect = takesEmpty ? "keeps" : head.allowEmptyValue ? "widens" : "narrows";
  const rule = `request-parameter-became-${head.allowEmptyValue ? "" : "not-"}allow-empty-value`;
  return [change({ ...common, rule, effect })];
}
