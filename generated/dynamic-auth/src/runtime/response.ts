import { rememberOperation, RequestError } from "./errors.js";
import type { Limits } from "./limits.js";
import { charsetOf, closest, isJson, isRange } from "./media-type.js";
import { responseKey, type OperationRule, type ResponseBodyRule, type StreamSource } from "./operation.js";
import { guardOf, type ClientOptions } from "./options.js";
import type { Result } from "./result.js";

/** A response, and what its reading depends on. */
interface Arrived {
  readonly operation: OperationRule;
  readonly response: Response;
  readonly options: ClientOptions<object>;
  readonly limits: Limits;
}

/** Marks what `fetch` or a broken connection threw. */
export class TransportFailure extends Error {}

const DEFAULT_MAX_BYTES = 64 * 2 ** 20;

/**
 * Lets go of a body that nobody wants: one that is broken, or that a middleware has read, is none the worse. It is not waited for: of a
 * body that somebody has a clone of, that takes until the clone is let go of, too (Streams Standard, ReadableStreamDefaultTee).
 */
export function discard(response: Response): void {
  if (hasStream(response)) void response.body.cancel().catch(() => undefined);
}

type Streamed = Response & { readonly body: ReadableStream<Uint8Array<ArrayBuffer>> };

/** React Native, and what packages have in place of `fetch`, give bodies as a whole, or streams of their own. */
export function hasStream(response: Response): response is Streamed {
  return typeof response.body?.getReader === "function";
}

/** The result that the document describes. */
export async function readResult(arrived: Arrived): Promise<Result> {
  const { operation, response, options } = arrived;
  const { ok, status } = response;
  rememberOperation(response, operation.id);
  const key = responseKey(operation, status);
  if (key === undefined) {
    const body = await readText(arrived);
    const reason = `the document describes no response of status ${status}`;
    throw new RequestError("unexpectedStatus", operation.id, { reason, response, body });
  }
  const rules = operation.responses[key]!;
  const undescribed = ok || rules.length > 0 ? {} : await readUndescribed(arrived);
  const read = await readBody(arrived, rules);
  const guard = guardOf(operation.id, options);
  const body = guard ? guard.guardResponse({ body: read, response }, options.validate?.responses) : read;
  const headers = readHeaders(arrived, key);
  return ok
    ? { ok, status, data: body, ...headers, response }
    : { ok, status, error: body, ...undescribed, ...headers, response };
}

/**
 * What a failure brings although the document describes no body: it may say why. It is read here, for a body that waits to be read keeps
 * its connection.
 */
async function readUndescribed(arrived: Arrived): Promise<{ body?: string }> {
  if (arrived.response.bodyUsed) return {};
  // What cannot be read is no reason to lose the failure.
  const body = await readText(arrived).catch(() => "");
  return body === "" ? {} : { body };
}

function readHeaders({ operation, response }: Arrived, key: string): { headers?: object } {
  const { headers } = operation;
  if (!headers || !Object.hasOwn(headers.rules, key)) return {};
  return { headers: headers.read(headers.rules[key]!, response.headers) };
}

/** Statuses without content (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5), whatever a range or `default` says of theirs. */
const WITHOUT_CONTENT = new Set([204, 205, 304]);

async function readBody(arrived: Arrived, rules: readonly ResponseBodyRule[]): Promise<unknown> {
  const { operation, response } = arrived;
  const [first] = rules;
  if (!first || operation.method === "HEAD" || WITHOUT_CONTENT.has(response.status)) {
    discard(response);
    return undefined;
  }
  const contentType = response.headers.get("Content-Type") ?? "";
  const rule = closest(rules, contentType) ?? first;
  if (rule.read) return rule.read(rule, sourceOf(arrived));
  if (rule.as === "binary") return readBlob(arrived);
  const text = await readText(arrived);
  if (rule.as !== "text") return jsonParser(arrived)(text);
  return isRange(rule.mediaType) && isJson(contentType) ? stringIn(text) : text;
}

/** A text that is sent as JSON: the string, or what is none as it stands. Servers write texts as they are, too, and call them JSON. */
function stringIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch {
    return text;
  }
}

function sourceOf(arrived: Arrived): StreamSource {
  const { operation, response, options, limits } = arrived;
  return {
    operationId: operation.id,
    response,
    signal: limits.signal,
    release: limits.outlive(),
    parseJson: jsonParser(arrived),
    maxBytes: options.maxResponseBytes ?? DEFAULT_MAX_BYTES,
  };
}

function jsonParser({ operation, response }: Arrived): (text: string) => unknown {
  return (body) => {
    try {
      return JSON.parse(body);
    } catch (cause) {
      const [type = ""] = (response.headers.get("Content-Type") ?? "").split(";", 1);
      const other = body === "" ? "it is empty" : type !== "" && !isJson(type) ? `it is ${type.trim()}` : "";
      const reason = `the body of status ${response.status} is not JSON${other && `: ${other}`}`;
      throw new RequestError("unreadableBody", operation.id, { reason, response, body, cause });
    }
  };
}

/** What `response.text()` takes for UTF-8, whatever is said, is read by its `charset` (RFC 9110, section 8.3.2). */
async function readText({ operation, response, options }: Arrived): Promise<string> {
  const maxBytes = options.maxResponseBytes ?? DEFAULT_MAX_BYTES;
  checkUnread(operation, response);
  if (!hasStream(response)) {
    const text = await transport(() => response.text());
    // It has as many bytes at least.
    checkLength(operation, response, { bytes: text.length, maxBytes });
    return text;
  }
  const decoder = decoderFor(response.headers.get("Content-Type") ?? "");
  const texts: string[] = [];
  await readChunks(
    operation,
    response,
    maxBytes,
    (chunk) => void texts.push(decoder.decode(chunk, { stream: true })),
  );
  return texts.join("") + decoder.decode();
}

/** UTF-8 where nothing is said, or what no decoder knows. */
function decoderFor(contentType: string): TextDecoder {
  try {
    return new TextDecoder(charsetOf(contentType));
  } catch {
    return new TextDecoder();
  }
}

async function readBlob({ operation, response, options }: Arrived): Promise<Blob> {
  const { maxResponseBytes } = options;
  checkUnread(operation, response);
  // Whoever asks for a file of any length lets the platform keep it: a browser may do so on disk.
  if (maxResponseBytes === undefined || !hasStream(response)) {
    const blob = await transport(() => response.blob());
    checkLength(operation, response, { bytes: blob.size, maxBytes: maxResponseBytes });
    return blob;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await readChunks(operation, response, maxResponseBytes, (chunk) => void chunks.push(chunk));
  return new Blob(chunks, { type: response.headers.get("Content-Type") ?? "" });
}

function checkUnread({ id }: OperationRule, { bodyUsed }: Response): void {
  if (bodyUsed)
    throw new TypeError(`${id}: the body was read before: a middleware reads that of response.clone()`);
}

function checkLength(
  { id }: OperationRule,
  response: Response,
  { bytes, maxBytes = Infinity }: { readonly bytes: number; readonly maxBytes?: number | undefined },
): void {
  if (bytes <= maxBytes) return;
  const reason = `the body of status ${response.status} has more than ${maxBytes} bytes`;
  throw new RequestError("tooLarge", id, { reason, response });
}

async function readChunks(
  operation: OperationRule,
  response: Streamed,
  maxBytes: number,
  take: (chunk: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const reader = await transport(async () => response.body.getReader());
  let bytes = 0;
  for (;;) {
    const { done, value } = await transport(() => reader.read());
    if (done) return;
    bytes += value.byteLength;
    if (bytes > maxBytes) void reader.cancel().catch(() => undefined);
    checkLength(operation, response, { bytes, maxBytes });
    take(value);
  }
}

async function transport<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    throw new TransportFailure("the connection failed", { cause });
  }
}
