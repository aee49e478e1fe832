import { isArray, isObject, type JsonValue } from "../source/json.js";

/**
 * The only encoder: text of a document enters TypeScript through one of these functions, or as an identifier of `identifiers.ts`.
 */

/**
 * A string literal. U+2028 and U+2029 end a line in older readers of JavaScript; characters that turn the direction of what follows
 * make a reader see other code than runs (CVE-2021-42574), and those without width make two names look like one.
 */
export function stringLiteral(text: string): string {
  return `"${closable(visible(JSON.stringify(text)).slice(1, -1))}"`;
}

/** What ts-morph's writer knows to end: it takes any backslash before a quote for one that escapes the quote. */
function closable(escaped: string): string {
  return escaped.replace(/\\\\$/, "\\u005c");
}

/** Code with the characters that a reader does not see as escapes: in a string literal they mean the same, in a comment nothing. */
export function visible(code: string): string {
  return code.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Controls but tabs and line ends, line separators, marks of direction, what has no width, and halves of surrogate pairs. */
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/gu;

/** A JSON value as an expression. An object with a property `__proto__` is parsed: as a literal it would set the prototype. */
export function jsonLiteral(value: JsonValue): string {
  if (typeof value === "string") return stringLiteral(value);
  if (isArray(value)) return `[${value.map(jsonLiteral).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  if (Object.hasOwn(value, "__proto__")) return `JSON.parse(${stringLiteral(JSON.stringify(value))})`;
  return `{ ${Object.entries(value)
    .map(([key, member]) => `${propertyName(key)}: ${jsonLiteral(member)}`)
    .join(", ")} }`;
}

/** The type of the texts that start with a prefix. */
export function prefixType(prefix: string): string {
  return `\`${templateText(prefix)}\${string}\``;
}

/** Text in a template literal. */
function templateText(text: string): string {
  const escaped = text.replace(/[\\`]|\$(?=\{|$)/g, "\\$&").replaceAll("\r", "\\r");
  return closable(visible(escaped.replaceAll("\n", "\\n")));
}

/** A property name in a type or an object literal. */
export function propertyName(name: string): string {
  return isIdentifierName(name) ? name : stringLiteral(name);
}

/** A property name in an object literal, where `__proto__: x` would set the prototype and `["__proto__"]: x` does not. */
export function objectKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyName(name);
}

/** `owner.name`, or `owner["na-me"]`. */
export function memberAccess(owner: string, name: string): string {
  return isIdentifierName(name) ? `${owner}.${name}` : `${owner}[${stringLiteral(name)}]`;
}

function isIdentifierName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** A regular expression, Unicode-aware as JSON Schema's are; as a string, so that no delimiter can be closed. */
export function regExp(pattern: string): string {
  return `new RegExp(${stringLiteral(pattern)}, "u")`;
}

/** Text inside a comment: nothing in it closes the comment, and it holds no character that would vanish in a reader's editor. */
export function commentText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll("\ufeff", "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu, "\u{fffd}")
    .replaceAll("*/", "*\\/")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/** Text inside a Markdown paragraph or list item: on one line, with no markup of its own. */
export function markdownText(text: string): string {
  return commentText(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>|#]/g, "\\$&");
}

/** The type of texts in which each `*` may be anything: `image/*` → `` `image/${string}` ``. */
export function wildcardType(pattern: string): string {
  return `\`${pattern.split("*").map(templateText).join("${string}")}\``;
}
