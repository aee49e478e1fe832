import { isBlob, isFile } from "./files.js";
import { encodingOf, formText, isNested, membersOf, propertyPairs } from "./form.js";
import { charsetOf, closest, isRange } from "./media-type.js";
import type {
  BodyContext,
  Encodings,
  OperationRule,
  PropertyEncoding,
  RequestBodyRule,
} from "./operation.js";
import { identity } from "./styles.js";

/** A body of `multipart/form-data`: where the document says text or an object, a file will do; where it says nothing, anything. */
export type MultipartBody<T> = unknown extends T
  ? unknown
  : { readonly [Name in keyof T]: MultipartPart<T[Name]> };
type MultipartPart<T> = T extends string
  ? T | Blob
  : T extends readonly (infer Item)[]
    ? readonly MultipartPart<Item>[]
    : T extends object
      ? T | Blob
      : T;

/** What a call says of its body. */
export interface BodyArguments {
  readonly body?: unknown;
  /** Of the media types of the document, another than the first; or a type of a range. */
  readonly contentType?: unknown;
  /** The headers of the parts of a multipart body. */
  readonly partHeaders?: unknown;
}

/** A body as it is sent, and its media type; undefined where `fetch` chooses it, with the boundary between the parts. */
export interface WrittenBody {
  readonly content: unknown;
  readonly contentType: string | undefined;
}

/**
 * The body of a request as its media type writes it (OpenAPI 3.2.0, Media Type Object).
 *
 * @throws {TypeError} where the body cannot be written, or a range (`image/*`) leaves its type open.
 */
export function bodyOf(
  { id, body: rules }: OperationRule,
  args: BodyArguments,
  call: Pick<BodyContext, "signal" | "look">,
): WrittenBody | undefined {
  const { body } = args;
  const [first, ...others] = rules;
  // Elsewhere, `body` and `contentType` may be parameters.
  if (body === undefined || !first) return undefined;
  const isOpen = others.length > 0 || isRange(first.mediaType);
  const own = isBlob(body) && body.type !== "" && closest(rules, body.type) ? body.type : undefined;
  const wanted = isOpen && typeof args.contentType === "string" ? args.contentType : (own ?? first.mediaType);
  const rule = closest(rules, wanted);
  if (!rule) throw new TypeError(`${id}: no body of type ${wanted} is described`);
  const contentType = isRange(wanted) ? presetOf(rule) : wanted;
  if (contentType === undefined) throw new TypeError(`${id}: contentType is needed: ${wanted} is a range`);
  const content = writeBody(rule, body, { ...call, partHeaders: args.partHeaders });
  if (rule.as === "multipart") return { content, contentType: isBlob(content) ? content.type : undefined };
  return { content, contentType: typeof content === "string" ? inUtf8(contentType, content) : contentType };
}

/**
 * The media type of text: it is sent as UTF-8, whatever `charset` the document has. Without one, plain text is US-ASCII (RFC 2046, section
 * 4.1.2): what that cannot say is said to be UTF-8.
 */
function inUtf8(mediaType: string, text: string): string {
  const charset = charsetOf(mediaType);
  if (charset === undefined)
    return /^text\/plain\b/i.test(mediaType) && /[^\0-\x7f]/.test(text)
      ? `${mediaType};charset=utf-8`
      : mediaType;
  return charset === "utf-8" ? mediaType : mediaType.replace(/(;\s*charset\s*=)[^;]*/i, "$1utf-8");
}

/** What a range stands for where nobody says it. */
function presetOf({ as }: RequestBodyRule): string | undefined {
  return as === "json" ? "application/json" : as === "text" ? "text/plain" : undefined;
}

export function writeBody(rule: RequestBodyRule, body: unknown, call: BodyContext = {}): unknown {
  if (rule.write) return rule.write(rule, body, call);
  switch (rule.as) {
    case "json":
      return JSON.stringify(body);
    case "form":
      return formText(body, rule.encoding);
    case "multipart":
      return formData(body, rule.encoding);
    default:
      return body;
  }
}

/** A part of a multipart body: a file that the caller gave, or text; and its media type, where one is said. */
export interface Part {
  readonly content: Blob | string;
  readonly type: string | undefined;
}

/** `multipart/form-data` (RFC 7578): a part a value, an item of a list being one; what is nested, as JSON. */
function formData(body: unknown, encodings: Encodings | undefined): FormData {
  const form = new FormData();
  for (const [name, value] of membersOf(body)) {
    const encoding = encodingOf(encodings, name);
    for (const [partName, part] of partsOf(name, value, encoding)) form.append(partName, formField(part));
  }
  return form;
}

/** `FormData` knows types of files alone: each has a name, `blob` where it has none of its own. */
function formField({ content, type }: Part): Blob | string {
  if (type === undefined || (isBlob(content) && content.type !== "")) return content;
  return isFile(content) ? new File([content], content.name, { type }) : new Blob([content], { type });
}

/** The parts of a property: by its style, without percent-encoding, or one a value (OpenAPI 3.2.0, Encoding Object). */
export function partsOf(
  name: string,
  value: unknown,
  encoding: PropertyEncoding,
): (readonly [name: string, part: Part])[] {
  const pairs = propertyPairs(name, value, encoding, identity);
  if (pairs) return pairs.map(([key, content]) => [key, { content, type: undefined }]);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => [name, partOf(each, name, concreteType(encoding.contentType))]);
}

/** The first type of the list of an encoding that is none of a range; a file's own type comes before it. */
export function concreteType(contentType = ""): string | undefined {
  return contentType
    .split(",")
    .map((each) => each.trim())
    .find((each) => each !== "" && !isRange(each));
}

export function partOf(value: unknown, name: string, contentType: string | undefined): Part {
  if (isBlob(value)) return { content: value, type: value.type === "" ? contentType : value.type };
  const content = isNested(value) ? JSON.stringify(value) : String(value);
  const type = contentType === undefined ? undefined : inUtf8(contentType, content);
  if (!isNested(value)) return { content, type };
  if (contentType !== undefined && !/[/+]json\b/i.test(contentType))
    throw new TypeError(`${name}: an object cannot be written as ${contentType}: give a Blob`);
  return { content, type: type ?? "application/json" };
}
