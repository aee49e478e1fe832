import { RequestError } from "./errors.js";
import { Cutter } from "./lines.js";
import { closest } from "./media-type.js";
import type { BodyRule, ItemReader, StreamSource } from "./operation.js";
import { discard } from "./response.js";
import { openStream, type ItemParser } from "./stream.js";

/** A server-sent event. The server decides which fields it sends. */
export interface ServerSentEvent<Data = string> {
  /** Its type; the standard takes one that has none for a `message`. */
  readonly event?: string;
  readonly data: Data;
  readonly id?: string;
  /** Milliseconds to wait before connecting again. */
  readonly retry?: number;
}

/** An event whose data is JSON: `Event` as the document describes it, with the data parsed. */
export type JsonEvent<Event, Data> = Event extends unknown
  ? Omit<Event, "data"> & { readonly data: Data }
  : never;

interface Draft {
  event?: string;
  data?: string[];
  id?: string;
  retry?: number;
}

/** `text/event-stream` (HTML, "Parsing an event stream"). An event that the end cuts off is dropped, as the standard says. */
export function eventParser(rule: BodyRule, parseJson: (text: string) => unknown): ItemParser {
  const lines = new Cutter(/\r\n|\r|\n/);
  let draft: Draft = {};
  let draftLength = 0;
  let endedWithCr = false;
  function* push(text: string) {
    if (text === "") return;
    // The line feed of a line that ended with the carriage return before it.
    const own = endedWithCr && text.startsWith("\n") ? text.slice(1) : text;
    endedWithCr = text.endsWith("\r");
    for (const line of lines.push(own)) {
      draftLength += line.length;
      if (line !== "") addLine(draft, line);
      else {
        const { data, ...rest } = draft;
        // Without data there is no event: its id and how long to wait are for the next.
        [draft, draftLength] = [data ? {} : withoutType(rest), 0];
        if (data && hasJsonData(rule, rest.event) && data.join("\n") === DONE) continue;
        if (data) yield { ...rest, data: dataOf(rule, rest.event, data.join("\n"), parseJson) };
      }
    }
  }
  return {
    push,
    end: () => [],
    get pending() {
      return lines.pending + draftLength;
    },
  };
}

function withoutType({ id, retry }: Draft): Draft {
  return { ...(id !== undefined && { id }), ...(retry !== undefined && { retry }) };
}

export const eventReader: ItemReader = (rule, source) => {
  checkType(rule, source);
  return openStream(source, eventParser(rule, source.parseJson));
};

/** Any other type ends the connection (HTML, "Server-sent events"): a page to log in would be a stream of no events. It may have no end. */
function checkType(rule: BodyRule, { operationId, response, release }: StreamSource): void {
  const contentType = response.headers.get("Content-Type") ?? "";
  if (contentType === "" || closest([rule], contentType)) return;
  discard(response);
  release();
  const reason = `the body of status ${response.status} is ${contentType}, and not ${rule.mediaType}`;
  throw new RequestError("unreadableBody", operationId, { reason, response });
}

/** What many servers send after the last event of JSON: it is none, and says nothing. */
const DONE = "[DONE]";

function dataOf(
  rule: BodyRule,
  event: string | undefined,
  data: string,
  parseJson: (text: string) => unknown,
) {
  return hasJsonData(rule, event) ? parseJson(data) : data;
}

export function hasJsonData({ json }: Pick<BodyRule, "json">, event: string | undefined): boolean {
  return json === true || (json !== undefined && event !== undefined && json.includes(event));
}

function addLine(draft: Draft, line: string): void {
  const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
  if (field === "data") (draft.data ??= []).push(value);
  else if (field === "event") draft.event = value;
  else if (field === "id" && !value.includes("\0")) draft.id = value;
  else if (field === "retry" && /^\d+$/.test(value)) draft.retry = Number(value);
}
