import { isArray, isObject, jsonEquals, objectOf, own, type JsonValue } from "../source/json.js";
import { join, tokensOf, valueAt } from "../source/pointer.js";
import type { Origin, Position, SourceDocument, SourceId } from "../source/source.js";
import type { Pair } from "./change.js";
import type { Finding, LocatedFinding, Location } from "./finding.js";
import { ruleOf } from "./rules/rules.js";

type Documents = ReadonlyMap<SourceId, SourceDocument>;

/**
 * A finding with its places in the texts. What is said of a value of a list stands at its line, or where it is not, at that of the list, and
 * what a keyword says at that; the pointer stays that of the schema or the object, by which waivers know the place.
 */
export function located(finding: Finding, documents: Pair<Documents>): LocatedFinding {
  const { base, head, ...rest } = asWritten(finding, documents);
  const wayIn = (at: JsonValue | undefined) => wayToKeyword(rest, at);
  return {
    ...rest,
    base: locate(base, documents.base, wayIn),
    head: locate(head, documents.head, wayIn),
  };
}

/** Schemas are shown as the documents have them, and not in the words by which they were compared. */
function asWritten(finding: Finding, documents: Pair<Documents>): Finding {
  const { isComposed, keywords } = ruleOf(finding.rule);
  if (!isComposed || !keywords) return finding;
  const { base, head, before, after } = finding;
  return {
    ...finding,
    before: before && (writtenAt(base, documents.base, keywords) ?? before),
    after: after && (writtenAt(head, documents.head, keywords) ?? after),
  };
}

/** What stands at a keyword, or at those of a schema. */
function writtenAt(
  origin: Origin | undefined,
  documents: Documents,
  keywords: readonly string[],
): JsonValue | undefined {
  const document = origin && documents.get(origin.source);
  const value = document && valueAt(document.value, origin.pointer);
  if (!isObject(value) || keywords.includes(tokensOf(origin?.pointer ?? "").at(-1) ?? "")) return value;
  return objectOf(Object.entries(value).filter(([key]) => keywords.includes(key)));
}

function locate(
  origin: Origin | undefined,
  documents: Documents,
  wayIn: (at: JsonValue | undefined) => readonly string[],
): Location | undefined {
  const document = origin && documents.get(origin.source);
  if (!origin || !document) return undefined;
  const { source, pointer } = origin;
  const way = wayIn(valueAt(document.value, pointer));
  const isItem = way.length > 0 && isArray(valueAt(document.value, join(pointer, ...way.slice(0, -1))));
  const place = join(pointer, ...way);
  const position = document.locate(place, isItem || place === "" ? "value" : "key");
  return { ...inText(position, source), source, pointer };
}

/** The line of a position, and the text that it is in: that of `source`, unless another document brought the place. */
export function inText(
  { line, column, origin }: Position,
  source: SourceId,
): Pick<Location, "file" | "line" | "column"> {
  return { file: origin?.source ?? source, line, column };
}

/** From an object to the keyword that a finding is about, or to the one thing that it lists of which the finding speaks. */
function wayToKeyword(
  { rule, before, after }: Pick<Finding, "rule" | "before" | "after">,
  object: JsonValue | undefined,
): string[] {
  const { keywords = [], isComposed, isListed, below = [], holdsKeywords } = ruleOf(rule);
  const [keyword] = holdsKeywords && isObject(before) ? Object.keys(before) : keywords;
  // What schemas hold stands at its keyword already.
  if (keyword === undefined || isComposed || !isObject(object) || own(object, keyword) === undefined)
    return [];
  if (!isListed) return [keyword];
  const way = [keyword, ...below];
  const listed = valueAt(object, join("", ...way));
  const value = before === undefined ? after : before;
  if (isObject(listed) && typeof value === "string" && Object.hasOwn(listed, value)) return [...way, value];
  const index = isArray(listed)
    ? listed.findIndex((each) => value !== undefined && jsonEquals(each, value))
    : -1;
  return index === -1 ? [keyword] : [...way, String(index)];
}
