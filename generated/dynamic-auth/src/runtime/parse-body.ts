import { pointerOf } from "./check.js";
import type { ContractRules, MediaCheck } from "./contract-rules.js";
import type { PartIssue } from "./errors.js";
import { closest, isRange } from "./media-type.js";
import { Misfit, onlyOne, readAt } from "./misfit.js";
import type { OperationRule, RequestBodyRule, TextType, WireShape } from "./operation.js";
import { formValue, ownShapes, type FieldShapes } from "./parse-form.js";
import { coerced } from "./parse-values.js";

/** A body as it was sent. */
export interface WireBody {
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The arguments that a body was made from; that it is of no described type; or what is wrong with its text. */
export type ParsedBody =
  | { readonly kind: "read"; readonly args: { readonly body?: unknown; readonly contentType?: string } }
  | { readonly kind: "unsupported" }
  | { readonly kind: "malformed"; readonly issue: PartIssue };

/** Cuts the text of a body into its items. */
export type ItemParser = (rule: RequestBodyRule, text: string) => readonly unknown[];

/** The way back from `body.ts`. Items are read where a parser is given for them. */
export async function parseBody(
  { body: media }: Pick<OperationRule, "body">,
  rules: ContractRules,
  { contentType, bytes }: WireBody,
  parseItems?: ItemParser,
): Promise<ParsedBody> {
  if (media.length === 0 || (bytes.length === 0 && contentType === undefined))
    return { kind: "read", args: {} };
  const type = contentType ?? "application/octet-stream";
  const rule = closest(media, type);
  if (!rule) return { kind: "unsupported" };
  const check = rules.body.find(({ mediaType }) => mediaType === rule.mediaType) ?? rule;
  try {
    const body = await valueOf(rule, check, { bytes, type, parseItems });
    const isOpen = media.length > 1 || isRange(rule.mediaType);
    return { kind: "read", args: { body, ...(isOpen && { contentType: type }) } };
  } catch (error) {
    return { kind: "malformed", issue: bodyIssue(rule, error) };
  }
}

/** What is wrong with a body: with a part of it, or with all of its text. */
function bodyIssue({ mediaType }: RequestBodyRule, error: unknown): PartIssue {
  const reason = error instanceof Error ? error.message : String(error);
  const { message, path } =
    error instanceof Misfit ? error : new Misfit(`cannot be read as ${mediaType}: ${reason}`);
  return { in: "body", pointer: pointerOf(path), path, keyword: "contentMediaType", message };
}

interface Sent {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly parseItems: ItemParser | undefined;
}

async function valueOf(rule: RequestBodyRule, check: MediaCheck, sent: Sent): Promise<unknown> {
  const { bytes, type, parseItems } = sent;
  const text = () => new TextDecoder("utf-8", { fatal: isJson(rule) }).decode(bytes);
  const shapes = check.shapes ?? {};
  switch (rule.as) {
    case "json":
      return JSON.parse(text());
    case "text":
      return text();
    case "form":
      return formValue(rule, shapes, text());
    case "multipart":
      return isFormData(type) ? partsValue(shapes, await partsOf(bytes, type)) : new Blob([bytes], { type });
    case "binary":
      return new Blob([bytes], { type });
    default:
      return parseItems ? parseItems(rule, text()) : new Blob([bytes], { type });
  }
}

/** True for what is JSON, whole or item by item: that is UTF-8 (RFC 8259, section 8.1; RFC 7464, section 2.1). */
function isJson({ as }: RequestBodyRule): boolean {
  return as === "json" || as === "jsonLines" || as === "jsonSequence";
}

function isFormData(type: string): boolean {
  return /^multipart\/form-data\b/i.test(type);
}

async function partsOf(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<ReadonlyMap<string, unknown[]>> {
  const form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
  const parts = new Map<string, unknown[]>();
  for (const [name, part] of form) {
    const isText = typeof part === "string" || /^text\/|[/+]json\b/i.test(part.type);
    const value = isText && typeof part !== "string" ? await part.text() : part;
    parts.set(name, [...(parts.get(name) ?? []), value]);
  }
  return parts;
}

/** The fields of `multipart/form-data`; a part that is a file stays one. */
function partsValue(shapes: FieldShapes, parts: ReadonlyMap<string, unknown[]>): object {
  const fields = [...parts].map(([name, values]) => [
    name,
    readAt(name, () => fieldValue(values, ownShapes(shapes, name))),
  ]);
  return Object.fromEntries(fields) as object;
}

/** The value of the parts of a field: a list where it may be one, and where nothing is said of it and there are several. */
function fieldValue(values: readonly unknown[], shapes: readonly WireShape[] | undefined): unknown {
  if (!shapes) return values.length > 1 ? values : values[0];
  const list = values.length > 1 ? shapes.find(({ as }) => as === "array") : undefined;
  const shape = list ?? shapes[0]!;
  if (shape.as === "array") return values.map((value) => partValue(value, shape.types));
  const value = onlyOne(values);
  if (shape.as === "value") return partValue(value, shape.types);
  return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}

function partValue(part: unknown, types: readonly TextType[]): unknown {
  return typeof part === "string" ? coerced(part, types) : part;
}
