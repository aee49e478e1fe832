import type { Witness } from "../proof/witness.js";
import type { ConsumerReview } from "../impact/effects.js";
import type { LocatedFinding, Review, TextPlace } from "../review.js";
import type { ReportInput } from "./report-input.js";
import { unprovedWords } from "./proof-text.js";
import { overall } from "./several.js";
import { countsOf } from "./words.js";

/** Names the form of the report. What reads it checks this first; a change that breaks readers gets another number. */
export const SCHEMA = "clientsmith/review/v1";

/** Names the form of a report of several APIs. */
const SEVERAL_SCHEMA = "clientsmith/reviews/v1";

/**
 * The review for programs, as `review.schema.json` says; of several APIs, as `reviews.schema.json` does. What is absent is left out: `null` is a
 * value of its own.
 */
export function jsonReport(...inputs: readonly [ReportInput, ...ReportInput[]]): string {
  const [first, ...others] = inputs;
  const report = others.length === 0 ? reviewJson(first) : severalJson(inputs);
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function severalJson(inputs: readonly ReportInput[]): object {
  const all = overall(inputs.map(({ review }) => review));
  const { verdict, bump } = all;
  return { schema: SEVERAL_SCHEMA, verdict, bump, counts: countsOf(all), apis: inputs.map(reviewJson) };
}

function reviewJson({ name, review }: { name: string; review: Review }): object {
  const {
    verdict,
    bump,
    findings,
    typescript = [],
    fixtures = [],
    consumers = [],
    waived = [],
    waiverProblems = [],
  } = review;
  return {
    schema: SCHEMA,
    api: name,
    verdict,
    bump,
    counts: countsOf(review),
    findings: findings.map(findingJson),
    typescript: typescript.map(({ symbol, kind, message, before, after, also, finding }) => ({
      symbol,
      kind,
      message,
      before,
      after,
      also,
      finding,
    })),
    fixtures: fixtures.map(({ name: fixture, schema, kind, changes }) => ({
      name: fixture,
      schema,
      kind,
      changes,
    })),
    consumers: consumers.map(consumerJson),
    waived: waived.map((finding) => ({
      ...findingJson(finding),
      waiver: { reason: finding.waiver.reason, expires: finding.waiver.expires },
    })),
    waiverProblems: waiverProblems.map(({ kind, waiver, message, place }) => ({
      kind,
      waiver,
      message,
      place: place && locationJson(place),
    })),
  };
}

function consumerJson({ project, files, breaks, known, untouched }: ConsumerReview): object {
  return {
    project,
    files,
    breaks: breaks.map(({ file, line, column, code, message, finding }) => ({
      file,
      line,
      column,
      code,
      message,
      finding,
    })),
    known,
    untouched,
  };
}

function findingJson(finding: LocatedFinding): object {
  const { id, fingerprint, rule, level, direction, operations, path, base, head } = finding;
  const { before, after, witness, message, advice } = finding;
  return {
    id,
    fingerprint,
    rule,
    level,
    direction,
    operations,
    path,
    base: base && locationJson(base),
    head: head && locationJson(head),
    before,
    after,
    witness: witness && witnessJson(witness),
    unproved: unprovedWords(finding),
    message,
    advice,
  };
}

function witnessJson({ kind, validIn, outcome, value, reason }: Witness): object {
  return { kind, validIn, outcome, value, reason };
}

function locationJson({ file, line, column, pointer }: TextPlace): object {
  return { file, line, column, pointer };
}
