import type { Origin, Position } from "../source/source.js";
import { catalogue, type Code, type Entry, type Parameters, type Severity } from "./catalogue.js";
import { readings, type Reading } from "./readings.js";

/** A fault found by a stage, tied to a place of a document but not yet to a line. */
export type Problem = {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly origin: Origin;
  readonly place: Place;
  /** What a lenient run makes of it; undefined where there is no safe reading. */
  readonly reading?: Reading | undefined;
};

/** The key of a member, its value, or (faults of the syntax) a position that no pointer names. */
export type Place = "key" | "value" | Position;

/** What a stage returns: its value and what the author of the document should know. Stages throw only for bugs of ours. */
export type Staged<T> = { readonly value: T; readonly problems: readonly Problem[] };

/** A problem from its catalogue entry. `place` is where the caret goes. */
export function problem<C extends Code>(
  code: C,
  parameters: Parameters<C>,
  where: { origin: Origin; place?: Place; reading?: Reading | undefined },
): Problem {
  const { severity, message, reading }: Entry<never> = catalogue[code];
  return {
    code,
    severity,
    message: shortened((message as (parameters: Parameters<C>) => string)(parameters)),
    origin: where.origin,
    place: where.place ?? "value",
    reading: where.reading ?? reading,
  };
}

/** The problems of a lenient run: what has a safe reading does not stop it, and says how it is read. */
export function leniently(problems: readonly Problem[]): Problem[] {
  return problems.map((each) =>
    each.reading === undefined
      ? each
      : { ...each, severity: "warning", message: `${each.message}; ${readings[each.reading]}` },
  );
}

/** A name of a document may be as long as the document. */
const MAX_MESSAGE_LENGTH = 1_000;

function shortened(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
}

/** True where one of the problems stops the run. */
export function hasErrors(problems: readonly { severity: Severity }[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}
