import { hasJsonData } from "./events.js";
import type { BodyRule, BodyWriter } from "./operation.js";

/** The items of a body that is a sequence: all at once, or as they come. A sequence that comes is sent once, without retries. */
export type ItemSource<Item> = Iterable<Item> | AsyncIterable<Item>;

/** Writes a sequence of items: a list as one text, what comes item by item as a stream. */
export const itemsWriter: BodyWriter = (rule, body, { signal, look }) => {
  let count = 0;
  const write = (item: unknown) => {
    look?.(item, count++);
    return itemText(rule, item);
  };
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body)
    return streamOf(body as AsyncIterable<unknown>, write, signal);
  return [...(body as Iterable<unknown>)].map((item) => write(item)).join("");
};

function streamOf(
  items: AsyncIterable<unknown>,
  write: (item: unknown) => string,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const iterator = items[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  // `fetch` lets a body that it has begun to read lie when it is aborted.
  const stop = () => void iterator.return?.().catch(() => undefined);
  signal?.addEventListener("abort", stop, { once: true });
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(write(value)));
    },
    cancel: stop,
  });
}

/** One item, as its media type writes it. */
export function itemText(rule: BodyRule, item: unknown): string {
  if (rule.as === "events") return eventText(rule, item as Fields);
  return rule.as === "jsonSequence" ? `\u001e${JSON.stringify(item)}\n` : `${JSON.stringify(item)}\n`;
}

interface Fields {
  readonly event?: string;
  readonly data: unknown;
  readonly id?: string;
  readonly retry?: number;
}

function eventText(rule: BodyRule, { event, data, id, retry }: Fields): string {
  const text = hasJsonData(rule, event) ? JSON.stringify(data) : String(data);
  const fields = [
    ["event", event] as const,
    ["id", id] as const,
    ["retry", retry] as const,
    ...text.split(/\r\n|\r|\n/).map((line) => ["data", line] as const),
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [fieldLine(name, value)]));
  return `${lines.join("")}\n`;
}

function fieldLine(name: string, value: string | number): string {
  if (/[\r\n]/.test(String(value))) throw new TypeError(`${name} of an event is one line`);
  return `${name}: ${value}\n`;
}
