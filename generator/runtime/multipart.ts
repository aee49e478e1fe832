import { concreteType, partOf, partsOf, type Part } from "./body.js";
import { isFile } from "./files.js";
import { encodingOf, isNested, membersOf } from "./form.js";
import type { BodyContext, PropertyEncoding, RequestBodyRule } from "./operation.js";
import { styledText, isDefined } from "./styles.js";

/**
 * A multipart body that `FormData` cannot hold: parts with headers of their own, without names (OpenAPI 3.2.0, Encoding By
 * Position; RFC 2046, section 5.1), or with a type but no file. Its type carries its boundary.
 */
export function multipartWriter(rule: RequestBodyRule, body: unknown, { partHeaders }: BodyContext): Blob {
  const boundary = newBoundary();
  const parts = isPositional(body)
    ? partsInOrder(rule, body, partHeaders)
    : namedParts(rule, body, partHeaders);
  const pieces = parts.flatMap(({ headers, part }) => [
    `--${boundary}\r\n${headers.map(headerLine).join("")}\r\n`,
    part.content,
    "\r\n",
  ]);
  return new Blob([...pieces, `--${boundary}--\r\n`], { type: `${rule.mediaType}; boundary=${boundary}` });
}

type Header = readonly [name: string, value: string];
interface HeadedPart {
  readonly headers: readonly Header[];
  readonly part: Part;
}

function isPositional(body: unknown): body is Iterable<unknown> {
  return typeof body === "object" && body !== null && Symbol.iterator in body;
}

function partsInOrder(rule: RequestBodyRule, body: Iterable<unknown>, partHeaders: unknown): HeadedPart[] {
  return [...body].map((value, index) => {
    const encoding = rule.prefixEncoding?.[index] ?? rule.itemEncoding ?? {};
    const part = partOf(value, `part ${index + 1}`, concreteType(encoding.contentType));
    return { headers: [...typeHeader(part), ...headersOf(encoding, partHeaders, index)], part };
  });
}

function namedParts(rule: RequestBodyRule, body: unknown, partHeaders: unknown): HeadedPart[] {
  return membersOf(body).flatMap(([property, value]) => {
    const encoding = encodingOf(rule.encoding, property);
    const given = memberOf(partHeaders, property);
    return partsOf(property, value, encoding).map(([name, part], index) => ({
      headers: [
        ["Content-Disposition", disposition(name, part)] as const,
        ...typeHeader(part),
        ...(Array.isArray(given) ? headersOf(encoding, given, index) : headersOf(encoding, [given], 0)),
      ],
      part,
    }));
  });
}

function memberOf(owner: unknown, key: string | number): unknown {
  return isNested(owner) && Object.hasOwn(owner as object, key)
    ? (owner as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}

/** Text may have no type; a file that has none is bytes. */
function typeHeader({ content, type }: Part): Header[] {
  const own = type ?? (typeof content === "string" ? undefined : "application/octet-stream");
  return own === undefined ? [] : [["Content-Type", own]];
}

/** The headers that the document describes for a part, in the style `simple` (OpenAPI 3.2.0, Header Object). */
function headersOf({ headers = {} }: PropertyEncoding, given: unknown, index: number): Header[] {
  const values = memberOf(given, index);
  return Object.entries(headers).flatMap(([name, rule]): Header[] => {
    const value = memberOf(values, name);
    if (!isDefined(value)) return [];
    if (rule.as === "json") return [[name, JSON.stringify(value)]];
    const explode = rule.as === "object" && rule.explode;
    return [[name, styledText({ name, style: "simple", explode }, value, (text) => text)]];
  });
}

function headerLine([name, value]: Header): string {
  if (/[\r\n\0]/.test(name + value)) throw new TypeError(`${name}: a header is one line`);
  return `${name}: ${value}\r\n`;
}

/** A file has a name, and nothing else has one (RFC 7578, section 4.2): servers tell files by it. Quoted as browsers do (HTML, "Multipart form data"). */
function disposition(name: string, { content }: Part): string {
  const file = isFile(content) ? content.name : "blob";
  const filename = typeof content === "string" ? "" : `; filename="${quoted(file)}"`;
  return `form-data; name="${quoted(name)}"${filename}`;
}

function quoted(text: string): string {
  return text.replace(/[\r\n"]/g, (character) => encodeURIComponent(character));
}

/** Nobody can guess it, so that no content holds it. */
function newBoundary(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `part-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
