import type { JSDocStructure, JSDocTagStructure, OptionalKind } from "ts-morph";
import type { Schema } from "../model/schema.js";
import type { JsonValue } from "../source/json.js";
import type { JsonPointer } from "../source/pointer.js";
import { commentText } from "./literals.js";

type Docs = OptionalKind<JSDocStructure>[];
type Tag = OptionalKind<JSDocTagStructure>;

/** A doc comment of a description and tags; none where there is nothing to say. */
export function docs(description: string | undefined, tags: readonly Tag[] = []): Docs {
  const text = commentText(description ?? "");
  if (text === "" && tags.length === 0) return [];
  const isLong = text.includes("\n") || tags.length > 1 || (text !== "" && tags.length > 0);
  const gap = text !== "" && tags.length > 0 ? "\n" : "";
  return [{ description: isLong ? `\n${text}${gap}`.replace(/^\n$/, "") : text, tags: [...tags] }];
}

export function tag(tagName: string, text = ""): Tag {
  return { tagName, text: commentText(text) };
}

/** What a schema says of itself, and the constraints that its type cannot say. */
export function schemaDocs(
  schema: Schema,
  override: { description?: string; deprecated?: true; see?: JsonPointer } = {},
): Docs {
  const description = override.description ?? schema.description ?? schema.title;
  const deprecated = override.deprecated ?? schema.deprecated;
  return docs(description, [
    ...constraintTags(schema),
    ...(schema.default === undefined ? [] : [tag("default", inline(schema.default))]),
    ...schema.examples.map((example) => tag("example", inline(example))),
    ...(deprecated ? [tag("deprecated")] : []),
    ...(override.see === undefined ? [] : [seeTag(override.see)]),
  ]);
}

/** Where it stands in the document. */
export function seeTag(pointer: JsonPointer): Tag {
  return tag("see", `#${pointer}`);
}

function inline(value: JsonValue): string {
  return JSON.stringify(value);
}

const CONSTRAINTS = [
  "format",
  "minLength",
  "maxLength",
  "pattern",
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
