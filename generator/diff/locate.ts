import { isArray, isObject, jsonEquals, objectOf, own, type JsonValue } from "../source/json.js";
import { join, tokensOf, valueAt } from "../source/pointer.js";
import type { Origin, Position, SourceDocument, SourceId } from "../source/source.js";
import type { Pair } from "./change.js";
import type { Finding, LocatedFinding, Location } from "./finding.js";

type Documents = ReadonlyMap<SourceId, SourceDocument>;

/** Rules about one value of a list. */
const LISTED = /(?<keyword>x-extensible-enum|enum)-value-(?:added|removed)$/;

/** Rules about one keyword of what stands at a place, and that keyword. */
const SAID_BY: readonly (readonly [rules: RegExp, keyword: string])[] = [
  [/^(?:request-parameter|request-body|response-header)-became-(?:required|optional)$/, "required"],
  [/-location-changed$/, "in"],
  [/-style-changed$/, "style"],
  [/-explode-changed$/, "explode"],
  [/-allow-reserved$/, "allowReserved"],
  [/-allow-empty-value$/, "allowEmptyValue"],
  [/^(?:endpoint|request-parameter)-(?:deprecated|reactivated)/, "deprecated"],
  [/^api-operation-id-changed$/, "operationId"],
  [/^api-stability-/, "x-stability-level"],
];

/** A value, and the keyword that lists it. */
type Listed = { readonly value: JsonValue; readonly keyword: string };

/**
 * A finding with its places in the texts. What is said of a value of a list stands at its line, or where it is not, at that of the list, and
 * what a keyword says at that; the pointer stays that of the schema or the object, by which waivers know the place.
 */
export function located(finding: Finding, documents: Pair<Documents>): LocatedFinding {
  const { base, head, ...rest } = asWritten(finding, documents);
  const { rule, before, after } = rest;
  const value = before === undefined ? after : before;
  const keyword = LISTED.exec(rule)?.groups?.["keyword"];
  const listed = keyword === undefined || value === undefined ? undefined : { value, keyword };
  const said = SAID_BY.find(([rules]) => rules.test(rule))?.[1];
  const wayIn = (at: JsonValue | undefined) => (listed ? wayToValue(listed, at) : wayToKeyword(said, at));
  return {
    ...rest,
    base: locate(base, documents.base, wayIn),
    head: locate(head, documents.head, wayIn),
  };
}

/** Rules about keywords that hold schemas, and those keywords. */
const HOLDING: readonly (readonly [rules: RegExp, keywords: readonly string[]])[] = [
  [/-not-(?:added|removed|changed)$/, ["not"]],
  [/-conditional-(?:added|removed|changed)$/, ["if", "then", "else", "dependentSchemas"]],
  [/-composition-(?:added|removed|changed)$/, ["allOf", "anyOf", "oneOf"]],
  [/-contains-(?:added|removed|changed)$/, ["contains"]],
  [/-property-names-(?:added|removed|changed)$/, ["propertyNames"]],
];

/** Schemas are shown as the documents have them, and not in the words by which they were compared. */
function asWritten(finding: Finding, documents: Pair<Documents>): Finding {
  const keywords = HOLDING.find(([rules]) => rules.test(finding.rule))?.[1];
  if (!keywords) return finding;
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
  const { pointer } = origin;
  const way = wayIn(valueAt(document.value, pointer));
  const { line, column }: Position = document.locate(
    join(pointer, ...way),
    way.length === 2 || pointer === "" ? "value" : "key",
  );
  return { file: origin.source, line, column, pointer };
}

/** From an object to a keyword that it has. */
function wayToKeyword(keyword: string | undefined, object: JsonValue | undefined): string[] {
  return keyword !== undefined && isObject(object) && Object.hasOwn(object, keyword) ? [keyword] : [];
}

/** From a schema to a value that it lists, or to the list alone where it has that value no more. */
function wayToValue({ value, keyword }: Listed, schema: JsonValue | undefined): string[] {
  const values = isObject(schema) ? own(schema, keyword) : undefined;
  if (!values || !isArray(values)) return [];
  const index = values.findIndex((each) => jsonEquals(each, value));
  return index === -1 ? [keyword] : [keyword, String(index)];
}
