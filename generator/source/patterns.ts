import { dialectOf } from "./dialect.js";
import { objectsIn, pointerOf, type Kind } from "./grammar.js";
import { isObject, type JsonValue } from "./json.js";
import type { Place } from "./load.js";
import { changePlaces } from "./places.js";
import { valueAt, type JsonPointer } from "./pointer.js";
import type { SourceDocument } from "./source.js";
import type { Upgraded } from "./upgrade.js";

/**
 * Patterns are expressions of ECMA-262 that JSON Schema takes as Unicode-aware (Core 2020-12, section 6.4). Many are written for engines that
 * are not, and need not be (ECMA-262, annex B.1.2): a mark is escaped that means itself (`\:`), or a hyphen stands beside a class (`[\w-.]`).
 */

/**
 * The documents with the patterns of their schemas as Unicode-aware expressions, where that changes nothing but how they are written, and that a
 * character beyond U+FFFF is one.
 */
export function unicodePatterns(upgraded: Upgraded, places: readonly Place[]): Upgraded {
  const documents = new Map(
    [...upgraded.documents].map(([id, document]) => [id, respelled(document, places)] as const),
  );
  if ([...documents].every(([id, document]) => document === upgraded.documents.get(id))) return upgraded;
  return { documents, references: upgraded.references.withDocuments(documents, places) };
}

function respelled(document: SourceDocument, places: readonly Place[]): SourceDocument {
  const { id, value } = document;
  const whole = dialectOf(value) ? [{ pointer: "", kind: "document" as const }] : [];
  const roots = [...whole, ...places.filter(({ source, kind }) => source === id && kind !== "document")];
  const schemas = roots.flatMap((root) => schemasToRespell(value, root));
  if (schemas.length === 0) return document;
  const after = changePlaces({ before: value, after: value }, schemas, (schema) =>
    isObject(schema) ? { ...schema, pattern: unicodePattern(String(schema["pattern"])) } : schema,
  );
  return { ...document, value: after };
}

type Root = { readonly pointer: JsonPointer; readonly kind: Kind };

function schemasToRespell(document: JsonValue, { pointer, kind }: Root): Root[] {
  const found: Root[] = [];
  for (const visited of objectsIn(valueAt(document, pointer) ?? null, kind)) {
    const { pattern } = visited.value;
    if (visited.kind !== "schema" || typeof pattern !== "string" || !pattern.includes("\\")) continue;
    if (unicodePattern(pattern) !== pattern)
      found.push({ pointer: pointerOf(visited.path, pointer), kind: "schema" });
  }
  return found;
}

/** What means one thing to an engine that is Unicode-aware, and another to one that is not; and a range behind what looks like one. */
const AMBIGUOUS = /\\u\{|\\[pPk]|\{\d+\\,|\\[dswDSW]-(?:-|(?:\\.|[^\]\\])-[^\]])/u;

/** The pattern as a Unicode-aware expression; as it is where it is one, and where it is none for another reason. */
export function unicodePattern(pattern: string): string {
  if (isExpression(pattern) || !isExpression(pattern, "") || AMBIGUOUS.test(pattern)) return pattern;
  const respelt = withoutNeedlessEscapes(pattern);
  return isExpression(respelt) ? respelt : pattern;
}

/** True of an expression of ECMA-262. Others are checked by nobody (`pattern-invalid`): neither by the validators of packages, nor where fixtures are proved. */
export function isExpression(pattern: string, flags = "u"): boolean {
  try {
    return Boolean(new RegExp(pattern, flags));
  } catch {
    return false;
  }
}

/** What a backslash may stand before: a letter, a digit or a character of the syntax. */
const ESCAPED = /[A-Za-z0-9^$\\.*+?()[\]{}|/]/;
/** A letter that stands for a class. */
const CLASS = /^\\[dswDSW]$/;

function withoutNeedlessEscapes(pattern: string): string {
  const tokens = pattern.match(/\\[^]|[^]/gu) ?? [];
  let isInClass = false;
  return tokens
    .map((token, index) => {
      if (!isInClass && token === "[") isInClass = true;
      else if (isInClass && token === "]") isInClass = false;
      if (isInClass && token === "-" && isBesideClass(tokens, index)) return "\\-";
      if (token.length === 1 || !token.startsWith("\\") || ESCAPED.test(token[1]!)) return token;
      return isInClass && token === "\\-" ? token : token.slice(1);
    })
    .join("");
}

/** A hyphen makes no range of a class, which has no order: it means itself, as it does at either end. */
function isBesideClass(tokens: readonly string[], index: number): boolean {
  const [before = "[", after = "]"] = [tokens[index - 1], tokens[index + 1]];
  const isAtEnd = before === "[" || after === "]";
  return !isAtEnd && (CLASS.test(before) || CLASS.test(after));
}
