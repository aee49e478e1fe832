import type { Place } from "../model/model.js";
import type { Schema } from "../model/schema.js";
import type { JsonValue } from "../source/json.js";
import { commentText } from "./literals.js";

/** The text of a comment; ts-morph writes one that is given in parts into a writer of its own first. */
type Docs = string[];
/** A line of a doc comment: `@format date-time`. */
type Tag = string;

/**
 * A doc comment of a description and tags; none where there is nothing to say. The tags are written as text: ts-morph closes the
 * comment when the text of one of its own tags holds the two characters that open a comment.
 */
export function docs(description: string | undefined, tags: readonly Tag[] = []): Docs {
  const text = [withoutTags(commentText(description ?? "")), tags.join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
  if (text === "") return [];
  return [text.includes("\n") ? `\n${text}` : text];
}

/** A line of a description that begins as a tag does, is none: `@deprecated` would strike the name out in editors. */
function withoutTags(text: string): string {
  return text.replace(/^([\s*]*)@/gm, "$1\\@");
}

export function tag(tagName: string, text = ""): Tag {
  return commentText(`@${tagName} ${text}`).replaceAll("\n", "\n  ");
}

/** What a schema says of itself, and the constraints that its type cannot say. */
export function schemaDocs(
  schema: Schema,
  override: { description?: string; deprecated?: true; see?: Place } = {},
): Docs {
  const description = override.description ?? schema.description ?? schema.title;
  const deprecated = override.deprecated ?? schema.deprecated;
  return docs(description, [
    ...constraintTags(schema),
    ...(schema.kind === "string" && schema.contentSchema !== undefined
      ? valueTags("contentSchema", [schema.contentSchema])
      : []),
    ...(schema.default === undefined ? [] : valueTags("default", [schema.default])),
    ...valueTags("example", schema.examples),
    ...(deprecated ? [tag("deprecated")] : []),
    ...(override.see === undefined ? [] : [seeTag(override.see)]),
  ]);
}

/** Where it stands in the documents. */
export function seeTag(place: Place): Tag {
  return tag("see", place);
}

/** Longer values than this are for fixtures, not for a comment. */
const MAX_VALUE_LENGTH = 200;

function valueTags(name: string, values: readonly JsonValue[]): Tag[] {
  const texts = values
    .map((value) => JSON.stringify(value))
    .filter((text) => text.length <= MAX_VALUE_LENGTH);
  return texts.map((text) => tag(name, text));
}

const CONSTRAINTS = [
  "format",
  "minLength",
  "maxLength",
  "pattern",
  "contentEncoding",
  "contentMediaType",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
] as const;

function constraintTags(schema: Schema): Tag[] {
  const facets: { readonly [keyword: string]: unknown } = schema;
  return CONSTRAINTS.flatMap((keyword) => {
    const value = facets[keyword];
    return value === undefined ? [] : [tag(keyword, value === true ? "" : String(value))];
  });
}
