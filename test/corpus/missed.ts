import type { Change, Pair } from "../../generator/diff/change.js";
import { nameOf } from "../../generator/diff/compare/comparison.js";
import { allowedBy, otherOf } from "../../generator/diff/proof/sides.js";
import { Subjects } from "../../generator/diff/proof/subjects.js";
import type { Review } from "../../generator/diff/review.js";
import type { Operation } from "../../generator/model/model.js";
import { sideOf } from "../support/review.js";

/** So many values of a body are put to the other side. */
const MAX_VALUES = 40;

/** What a review has let pass: one of the values of a body, where nothing is said of the operation, that the other side refuses. */
export type Missed = { readonly values: number; readonly places: readonly string[] };

function readAsTheyAre({ base, head }: Pair<string>): Pair<ReturnType<typeof sideOf>> | undefined {
  try {
    return { base: sideOf("base.json", base), head: sideOf("head.json", head) };
  } catch {
    return undefined;
  }
}

/**
 * The values of the old requests and of the new responses of operations without a finding, put to the other side's prover. A review does so itself
 * with what no rule explains, but for a bounded number of schemas, and not with what it takes for the same. Undefined of documents that have to be
 * mended before they can be read.
 */
export function missedBy({ findings }: Review, texts: Pair<string>): Missed | undefined {
  const sides = readAsTheyAre(texts);
  if (!sides) return undefined;
  const subjects = new Subjects(sides);
  const places: string[] = [];
  let values = 0;
  for (const base of sides.base.model.operations) {
    const head = subjects.counterpart(base, "head");
    const operation = nameOf(base);
    for (const about of head ? bodiesOf(base) : []) {
      const schemas = subjects.schemas({ ...about, operation });
      const isFound = findings.some(
        ({ level, direction, operations }) =>
          level !== "info" && direction === about.direction && operations.includes(operation),
      );
      if (!schemas || isFound) continue;
      const validIn = allowedBy(about);
      const { [validIn]: own, [otherOf(validIn)]: other } = subjects.values;
      const samples = own.of(schemas[validIn]).slice(0, MAX_VALUES);
      values += samples.length;
      const refused = samples.find(
        (value) =>
          other.proof(schemas[otherOf(validIn)], value).kind === "invalid" &&
          own.proof(schemas[validIn], value).kind === "valid",
      );
      if (refused !== undefined)
        places.push(`${about.direction} of ${operation}: ${JSON.stringify(refused).slice(0, 200)}`);
    }
  }
  return { values, places };
}

type About = Pick<Change, "direction" | "subject">;

function bodiesOf({ body, responses }: Operation): About[] {
  return [
    ...(body?.content ?? []).map(({ type }): About => ({
      direction: "request",
      subject: { kind: "body", mediaType: type },
    })),
    ...responses.flatMap(({ status, content }) =>
      content.map(({ type }): About => ({
        direction: "response",
        subject: { kind: "response", status, mediaType: type },
      })),
    ),
  ];
}
