import { sortedKeys } from "../../model/order.js";
import { fieldsOf, mapFields, type Kind, type Located } from "../../source/grammar.js";
import { isArray, isObject, objectOf, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, type JsonPointer } from "../../source/pointer.js";
import type { Pair, Subject } from "../change.js";
import { nameToken, patternToken } from "../place.js";
import { subjectOf } from "../rules/rule.js";
import { pairedBy } from "./comparison.js";

/** What is written for people. */
export const TEXTS = ["title", "summary", "description", "example", "examples", "externalDocs"];

/** An object of a document that may have texts. */
export type Part = Omit<Located, "kind"> & { readonly kind: Kind | "tag" | "server" };

/** Whose texts those of a part are: what people call it, and the place of a schema in it. */
export type Owner = { readonly subject: Subject; readonly path: JsonPointer };

/** What stands directly below a part on both sides. */
export function pairedParts({ base, head }: Pair<Part>): Pair<Part>[] {
  const parts = { base: keyedParts(base), head: keyedParts(head) };
  return pairedBy(parts, LIKENESSES).pairs.map((pair) => ({ base: pair.base.part, head: pair.head.part }));
}

/** A part, and what it is recognized by, the surest first. */
type Keyed = { readonly part: Part; readonly keys: readonly string[] };

const LIKENESSES = [0, 1, 2].map((index) => {
  return ({ keys }: Keyed) => keys[index];
});

function keyedParts(parent: Part): Keyed[] {
  return partsOf(parent).map((part) => ({ part, keys: keysOf(part, parent) }));
}

/** Lists of objects that hold no others. */
const LISTS: { readonly [K in Kind]?: readonly ("tag" | "server")[] } = {
  document: ["tag", "server"],
  pathItem: ["server"],
  operation: ["server"],
};

function partsOf({ kind, pointer, value }: Part): Part[] {
  if (kind === "tag" || kind === "server") return [];
  const listed = (LISTS[kind] ?? []).flatMap((each) => {
    const field = `${each}s`;
    const list = isObject(value) ? own(value, field) : undefined;
    if (!isArray(list)) return [];
    return list.map((item, index) => ({ kind: each, pointer: join(pointer, field, index), value: item }));
  });
  // What an example says is said by what it is an example of.
  const below = fieldsOf({ kind, pointer, value }).filter((part) => part.kind !== "example");
  return [...listed, ...below];
}

/** What stands in a list is known by its name, by what it refers to, or by what it says; else a part is known by its place. */
function keysOf({ kind, pointer, value }: Part, parent: Part): string[] {
  const place = pointer.slice(parent.pointer.length);
  const [field = ""] = tokensOf(place);
  const list = isObject(parent.value) ? own(parent.value, field) : undefined;
  if (!isArray(list) || !isObject(value)) return [place];
  const key = (...words: readonly (JsonValue | undefined)[]) => JSON.stringify([field, ...words]);
  if (own(value, "$ref") !== undefined) return [key(own(value, "$ref"))];
  if (kind === "parameter") return [key(own(value, "in"), own(value, "name"))];
  if (kind === "tag") return [key(own(value, "name"))];
  if (kind === "server") return [key(own(value, "url"))];
  if (kind !== "schema" || field === "prefixItems") return [place];
  return [key(sortedKeys(value)), key(sortedKeys(withoutTexts(value))), place];
}

/** A schema without what is written for people. */
function withoutTexts(schema: JsonObject): JsonObject {
  const bare = objectOf(Object.entries(schema).filter(([key]) => !TEXTS.includes(key)));
  return mapFields(bare, "schema", ({ value }) => (isObject(value) ? withoutTexts(value) : value));
}

/** What people call the kinds of objects. */
const WORDS: { readonly [K in Part["kind"]]: string } = {
  document: "document",
  components: "components",
  pathItem: "path",
  operation: "operation",
  parameter: "parameter",
  requestBody: "request body",
  response: "response",
  header: "header",
  mediaType: "media type",
  encoding: "encoding",
  callback: "callback",
  link: "link",
  example: "example",
  securityScheme: "security scheme",
  schema: "schema",
  tag: "tag",
  server: "server",
};

/** @param owner that of what the part stands directly below. */
export function ownerOf(part: Part, parent: Part, owner: Owner): Owner {
  const { kind, pointer, value } = part;
  const [field = "", key = ""] = tokensOf(pointer.slice(parent.pointer.length));
  const named = (name: string) => called(`${field === "webhooks" ? "webhook" : WORDS[kind]} \`${name}\``);
  if (kind === "parameter") return { subject: parameterOf(value, key), path: "" };
  if (kind === "components") return called("the components");
  if (kind === "tag") return named(textAt(value, "name"));
  if (kind === "server") return named(textAt(value, "url"));
  if (parent.kind === "document" || parent.kind === "components") return named(key);
  switch (kind) {
    case "operation":
      return { subject: { kind: "operation" }, path: "" };
    case "requestBody":
      return called("the request body");
    case "response":
      return called(`the ${key} response`);
    case "header":
    case "link":
      return called(`${WORDS[kind]} \`${key}\` of ${subjectOf(owner)}`);
    case "callback":
      return named(key);
    case "schema":
      return field === "$defs" || field === "definitions"
        ? named(key)
        : { ...owner, path: placeOf(owner.path, field, key) };
    default:
      return owner;
  }
}

function called(words: string): Owner {
  return { subject: { kind: "part", words }, path: "" };
}

function parameterOf(value: JsonValue, key: string): Subject {
  const [location, name] = [textAt(value, "in"), textAt(value, "name")];
  if (name !== "") return { kind: "parameter", location, name };
  const target = tokensOf(textAt(value, "$ref")).at(-1) ?? key;
  return { kind: "part", words: `parameter \`${target}\`` };
}

function textAt(value: JsonValue, key: string): string {
  const text = isObject(value) ? own(value, key) : undefined;
  return typeof text === "string" ? text : "";
}

/** What a schema speaks of by a keyword, as changes have it; the keywords that are not listed speak of the same value. */
function placeOf(path: JsonPointer, keyword: string, key: string): JsonPointer {
  if (keyword === "properties") return join(path, nameToken(key));
  if (keyword === "patternProperties") return join(path, patternToken(key));
  return MEMBERS.has(keyword) ? join(path, "*") : path;
}

const MEMBERS = new Set([
  "items",
  "prefixItems",
  "contains",
  "itemSchema",
  "additionalProperties",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
