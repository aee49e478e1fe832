import type { JsonValue } from "./json.js";
import type { JsonPointer } from "./pointer.js";

/** Names a document in messages and in origins: its path from the working directory, with forward slashes, or its URL. */
export type SourceId = string;

/** The text of a document as it was read. */
export type SourceText = {
  readonly id: SourceId;
  readonly text: string;
  /** The address that it was read from, which relative references start from. Default: that of its id. */
  readonly uri?: string;
};

/** Where something stands: carried by every node of the model. */
export type Origin = { readonly source: SourceId; readonly pointer: JsonPointer };

/** One string for one place: `specs/cargo.yaml#/components/schemas/Cadence`. */
export function idOf({ source, pointer }: Origin): string {
  return `${source}#${pointer}`;
}

/** The pointer that the author of a document has for one into its value. */
export function writtenPointer({ written }: SourceDocument, pointer: JsonPointer): JsonPointer {
  return written === undefined ? pointer : written(pointer);
}

/** A line and a column, both counted from 1, the column in UTF-16 code units. */
export type Position = {
  readonly line: number;
  readonly column: number;
  /** Where it is written, if another document brought it: an overlay. */
  readonly origin?: Origin;
};

/** A parsed document that still knows where each of its values stands. */
export type SourceDocument = {
  readonly id: SourceId;
  readonly text: string;
  readonly uri?: string;
  readonly value: JsonValue;
  /** The position of a member's key, or of the value itself; the nearest parent's where the pointer names nothing. */
  locate(pointer: JsonPointer, at: "key" | "value"): Position;
  /** The pointer that the author's text has for one into the value, where the value says it in other words. */
  readonly written?: (pointer: JsonPointer) => JsonPointer;
};
