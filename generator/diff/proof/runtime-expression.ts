import type { Operation } from "../../model/model.js";
import { pairsOf } from "../../runtime/parse-values.js";
import { matchPath } from "../../runtime/path-template.js";
import { isArray, isObject, type JsonValue } from "../../source/json.js";
import { percentDecode, pointerOfFragment, valueAt, type JsonPointer } from "../../source/pointer.js";
import { headerOf, type WireRequest } from "./message.js";

/** A part of a request that an expression names (OpenAPI 3.2.0, Runtime Expressions). */
export type Source =
  | { readonly kind: "url" }
  | { readonly kind: "method" }
  | { readonly kind: "query" | "path" | "header"; readonly name: string }
  | { readonly kind: "body"; readonly pointer: JsonPointer };

/** The parts of a text with expressions: `{$request.body#/url}/done`; what is no part of a request is undefined. */
export function partsOf(text: string): readonly (string | { readonly source: Source | undefined })[] {
  if (text.startsWith("$")) return [{ source: sourceOf(text) }];
  return text
    .split(/(\{\$[^{}]*\})/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("{$") ? { source: sourceOf(part.slice(1, -1)) } : part));
}

function sourceOf(expression: string): Source | undefined {
  if (expression === "$url" || expression === "$method")
    return { kind: expression === "$url" ? "url" : "method" };
  const [, kind, name = ""] = /^\$request\.(query|path|header)\.(.+)$/.exec(expression) ?? [];
  if (kind === "query" || kind === "path" || kind === "header") return { kind, name };
  const [, fragment] = /^\$request\.body(?:#(.*))?$/.exec(expression) ?? [];
  const pointer = expression.startsWith("$request.body") ? pointerOfFragment(fragment ?? "") : undefined;
  return pointer === undefined ? undefined : { kind: "body", pointer };
}

/** What a text with expressions is for a request; undefined where the request does not say. */
export function evaluated(
  text: string,
  request: WireRequest,
  operation: Pick<Operation, "path">,
): string | undefined {
  const parts = partsOf(text).map((part) =>
    typeof part === "string" ? part : part.source && textAt(part.source, request, operation),
  );
  return parts.includes(undefined) ? undefined : parts.join("");
}

function textAt(source: Source, request: WireRequest, { path }: Pick<Operation, "path">): string | undefined {
  switch (source.kind) {
    case "url":
      return request.query === "" ? request.path : `${request.path}?${request.query}`;
    case "method":
      return request.method;
    case "query": {
      const pair = pairsOf(request.query, "&").find(([name]) => percentDecode(name) === source.name);
      return pair && percentDecode(pair[1]);
    }
    case "path": {
      const text = new Map(Object.entries(matchPath(path, request.path) ?? {})).get(source.name);
      return text === undefined ? undefined : percentDecode(text);
    }
    case "header":
      return headerOf(request, source.name);
    case "body":
      return textOf(valueAt(request.body?.value ?? null, source.pointer));
  }
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return isArray(value) || isObject(value) ? JSON.stringify(value) : String(value);
}
