import type { JsonValue } from "../../source/json.js";
import type { Change, Effect, Guard } from "../change.js";
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
  /** What to do about it. */
  readonly advice?: string;
  /** Where the law of effect and direction says too much or too little. */
  readonly level?: Level;
  /** What makes each change of it milder, where the change itself brings no guard. */
  readonly guard?: Guard;
  /** Why no value and no message can show it. */
  readonly unprovable?: string;
};

/** What not every row says. */
type More = Partial<Pick<Rule, "advice" | "level" | "guard" | "unprovable">>;

/** Makes the rows of an area: `row(id, effects, message, more)`. */
export function rowsOf(area: Area) {
  return (
    id: string,
    effects: Effect | readonly Effect[],
    message: Rule["message"],
    more: More = {},
  ): Rule => ({ id, area, effects: typeof effects === "string" ? [effects] : effects, message, ...more });
}

export function show(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}

/** What is meant: a property by its path, a parameter by its name, a body by its media type. */
export function subjectOf({ subject, path }: Change): string {
  const place = path === "" ? "" : `\`${readablePlace(path)}\` of `;
  switch (subject.kind) {
    case "parameter":
      return `${place}${subject.location} parameter \`${subject.name}\``;
    case "body":
      return `${place}the request body`;
    case "response":
      return `${place}the ${subject.status} response`;
    case "header":
      return `${place}header \`${subject.name}\` of the ${subject.status} response`;
    default:
      return "the operation";
  }
}

/** What follows where a request has a part no more: whoever sends it is not understood; of a webhook and a callback, whoever reads it misses it. */
export function missedOrUnread({ direction }: Change): string {
  return direction === "response"
    ? " is gone: those who receive it miss it"
    : " is gone: callers that send it are no longer understood";
}
