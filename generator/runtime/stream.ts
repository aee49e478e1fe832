import { RequestError } from "./errors.js";
import type { StreamSource } from "./operation.js";
import { discard, hasStream } from "./response.js";

/**
 * The items of a response, as they arrive: `for await (const item of result.data)`. They can be read once. Leaving the loop
 * closes the connection; so does the `signal` of the call, after which the loop throws a `RequestError` of kind `aborted`.
 * The `timeout` of the call ends with the headers of the response: a stream takes as long as it takes.
 */
export interface ItemStream<Item> extends AsyncIterable<Item> {
  /** Closes the connection, where the items are not wanted after all. */
  cancel(): Promise<void>;
}

/** Takes the text of a response piece by piece, and gives the items that are complete. */
export interface ItemParser {
  push(text: string): Iterable<unknown>;
  end(): Iterable<unknown>;
  /** The length of the text that is not yet an item. */
  readonly pending: number;
}

export function openStream(source: StreamSource, parser: ItemParser): ItemStream<unknown> {
  const { response, release } = source;
  const reading: Reading = { isCancelled: false };
  return {
    // Closing is not waited for: where somebody has a clone, it takes until that is closed, too.
    cancel() {
      reading.isCancelled = true;
      if (reading.reader) void reading.reader.cancel().catch(() => undefined);
      else discard(response);
      release();
      return Promise.resolve();
    },
    [Symbol.asyncIterator]() {
      if (response.bodyUsed) throw new TypeError(`${source.operationId}: a stream is read once`);
      return readItems(source, parser, reading);
    },
  };
}

/** Who reads a stream, and whether it is wanted still. */
interface Reading {
  reader?: ReadableStreamDefaultReader<Uint8Array> | undefined;
  isCancelled: boolean;
}

async function* readItems(
  source: StreamSource,
  parser: ItemParser,
  reading: Reading,
): AsyncGenerator<unknown, undefined> {
  const { response } = source;
  const reader = hasStream(response) ? response.body.getReader() : undefined;
  reading.reader = reader;
  const decoder = new TextDecoder();
  // A body that does not know the signal (a `fetch` of the caller's own) would be waited for.
  const stop = () => void reader?.cancel().catch(() => undefined);
  source.signal.addEventListener("abort", stop);
  if (source.signal.aborted) stop();
  try {
    if (!reader) yield* parser.push(await wholeText(source));
    for (let chunk = await nextChunk(source, reader); chunk; chunk = await nextChunk(source, reader)) {
      yield* parser.push(decoder.decode(chunk, { stream: true }));
      if (parser.pending > source.maxBytes) throw tooLarge(source);
    }
    if (reading.isCancelled) return undefined;
    yield* parser.push(decoder.decode());
    yield* parser.end();
    return undefined;
  } finally {
    source.signal.removeEventListener("abort", stop);
    source.release();
    stop();
  }
}

async function nextChunk(
  source: StreamSource,
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
): Promise<Uint8Array | undefined> {
  const chunk = reader && (await read(source, () => reader.read()));
  return chunk?.value;
}

/** All of a body that is no stream of the platform. */
async function wholeText(source: StreamSource): Promise<string> {
  return (await read(source, () => source.response.text())) ?? "";
}

async function read<T>(
  { operationId, response, signal }: StreamSource,
  next: () => Promise<T>,
): Promise<T | undefined> {
  const failure = (kind: "aborted" | "network", reason: string, cause: unknown) =>
    new RequestError(kind, operationId, { reason, cause, response });
  const found = await next().catch((cause: unknown) => {
    if (!signal.aborted) throw failure("network", "the connection broke", cause);
    return undefined;
  });
  if (signal.aborted) throw failure("aborted", "aborted", signal.reason);
  return found;
}

function tooLarge({ operationId, response, maxBytes }: StreamSource): RequestError {
  const reason = `an item has more than ${maxBytes} bytes`;
  return new RequestError("tooLarge", operationId, { reason, response });
}
