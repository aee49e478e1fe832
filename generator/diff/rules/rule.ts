import type { JsonValue } from "../../source/json.js";
import type { Change, ChangeDirection, Effect, Guard } from "../change.js";
import { readablePlace } from "../place.js";
import type { Level } from "./law.js";

/** The part of a document that a rule is about. */
export type Area =
  | "operation"
  | "parameter"
  | "request body"
  | "response"
  | "schema"
  | "security"
  | "server"
  | "life cycle"
  | "documentation";

/** A row of the table: everything that is known of a kind of change. Its id is oasdiff's where the meaning is the same. */
export type Rule = {
  readonly id: string;
  readonly area: Area;
  /** What such a change may do to what is allowed. */
  readonly effects: readonly Effect[];
  readonly message: (change: Change) => string;
  /** What to do about it, by who reads what changed. */
  readonly advice?: Advice;
  /** Where the law of effect and direction says too much or too little. */
  readonly level?: Level;
  /** What makes each change of it milder, where the change itself brings no guard. */
  readonly guard?: Guard;
  /** The message that holds the values by which it is shown. */
  readonly carrier?: "request" | "response";
  /** That it is about what webhooks and callbacks send, whoever it harms. */
  readonly isReceived?: true;
  /** Why no value and no message can show it. */
  readonly unprovable?: string;
  /** The keywords that it is about. */
  readonly keywords?: readonly string[];
  /** That it is about one of several that its keyword lists, and not about all of them. */
  readonly isListed?: true;
  /** Where below its keyword they are listed, if not directly. */
  readonly below?: readonly string[];
  /** That `before` and `after` hold what keywords say, by their names. */
  readonly holdsKeywords?: true;
  /** That it is about schemas that are parts of the one where it stands: the faults of values that show it may lie anywhere inside. */
  readonly isComposed?: true;
  /** That no type of a package follows it: what only values are held to, what people read, and where and by whom requests are sent. */
  readonly isUntyped?: true;
};

/** What those who give the API can do for who reads what changed: the server, the client, or nobody on the wire. */
export type Advice = { readonly [D in ChangeDirection]?: string };

/** What not every row says. */
export type More = Omit<Rule, "id" | "area" | "effects" | "message">;

export const UNTYPED = { isUntyped: true } as const;

/** Makes the rows of an area, `row(id, effects, message, more)`, of which all say what `common` does. */
export function rowsOf(area: Area, common: More = {}) {
  return (
    id: string,
    effects: Effect | readonly Effect[],
    message: Rule["message"],
    more: More = {},
  ): Rule => ({
    id,
    area,
    effects: typeof effects === "string" ? [effects] : effects,
    message,
    ...common,
    ...more,
  });
}

export function show(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}

/** What a field said, and says now: `style was "form", and is "simple" now`. */
export function saidOtherwise(
  field: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): string {
  if (before === undefined) return `${field} is ${show(after)} now`;
  if (after === undefined) return `${field} is no longer ${show(before)}`;
  return `${field} was ${show(before)}, and is ${show(after)} now`;
}

/** What is meant: a property by its path, a parameter by its name, a body by its media type. */
export function subjectOf({
  subject,
  path,
  statuses,
}: Pick<Change, "subject" | "path" | "statuses">): string {
  const place = path === "" ? "" : `\`${readablePlace(path)}\` of `;
  switch (subject.kind) {
    case "parameter":
      return `${place}${subject.location} parameter \`${subject.name}\``;
    case "body":
      return `${place}the request body`;
    case "response":
      return `${place}${responsesOf(subject.status, statuses)}`;
    case "header":
      return `${place}header \`${subject.name}\` of ${responsesOf(subject.status, statuses)}`;
    case "part":
      return `${place}${subject.words}`;
    case "api":
      return subject.part ?? "the API";
    case "operation":
      return "the operation";
  }
}

/** More statuses are not listed. */
const LISTED_STATUSES = 4;

function responsesOf(status: string, all: readonly string[] = []): string {
  if (all.length < 2) return `the ${status} response`;
  if (all.length > LISTED_STATUSES) return `the responses of ${all.length} statuses`;
  return `the ${all.slice(0, -1).join(", ")} and ${all.at(-1)} responses`;
}

/** What follows where a request has a part no more: whoever sends it is not understood; of a webhook and a callback, whoever reads it misses it. */
export function missedOrUnread({ direction }: Change): string {
  return direction === "response"
    ? " is gone: those who receive it miss it"
    : " is gone: callers that send it are no longer understood";
}
