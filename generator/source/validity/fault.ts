import { join, type JsonPointer } from "../pointer.js";
import type { JsonValue } from "../json.js";

/** Where a value stands, as a list from the inside out: pointers are written only for what is reported. */
export type Trail = {
  readonly parent: Trail | undefined;
  readonly token: string | number;
  readonly depth: number;
};

/** What a schema holds against a value of the document. */
export type Fault = {
  /** The keyword of JSON Schema that failed. */
  readonly keyword: string;
  readonly at: Trail | undefined;
  readonly value: JsonValue;
  /** The definition of the object that the value is part of: `Parameter`, `path-item`. */
  readonly owner: string;
  /** Where that object stands. */
  readonly ownerAt: Trail | undefined;
  /** Members that are missing, unknown, or exclude each other. */
  readonly fields: readonly string[];
  /** What would be right: types, values, or a limit. */
  readonly expected: readonly JsonValue[];
  /** The members that the object may have. */
  readonly known: readonly string[];
};

export function pointerOf(trail: Trail | undefined): JsonPointer {
  const tokens: (string | number)[] = [];
  for (let each = trail; each; each = each.parent) tokens.unshift(each.token);
  return join("", ...tokens);
}

export function below(parent: Trail | undefined, token: string | number): Trail {
  return { parent, token, depth: (parent?.depth ?? 0) + 1 };
}
