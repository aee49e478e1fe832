import type { LocatedFinding, Location, Review } from "../review.js";
import { countsOf } from "./words.js";

/** Names the form of the report. What reads it checks this first; a change that breaks readers gets another number. */
export const SCHEMA = "clientsmith/review/v1";

/** The review for programs, as `review.schema.json` says. What is absent is left out: `null` is a value of its own. */
export function jsonReport(review: Review): string {
  const {
    verdict,
    bump,
    findings,
    typescript = [],
    fixtures = [],
    waived = [],
    waiverProblems = [],
  } = review;
  const report = {
    schema: SCHEMA,
    verdict,
    bump,
    counts: countsOf(review),
    findings: findings.map(findingJson),
    typescript: typescript.map(({ symbol, kind, message, finding }) => ({ symbol, kind, message, finding })),
    fixtures: fixtures.map(({ schema, fixture, kind }) => ({ schema, fixture, kind })),
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
  return `${JSON.stringify(report, undefined, 2)}\n`;
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
    witness: witness && { validIn: witness.validIn, value: witness.value, reason: witness.reason },
    message,
    advice,
  };
}

function locationJson({ file, line, column, pointer }: Location): object {
  return { file, line, column, pointer };
}
