import type { Bump, LocatedFinding, Review } from "../review.js";
import type { ReportInput } from "./report-input.js";
import type { Headlined } from "./words.js";

const VERDICTS: readonly Review["verdict"][] = ["breaking", "warning", "compatible", "unchanged"];
const BUMPS: readonly Bump[] = ["major", "minor", "patch", "none"];

/** What is said of several reviews at once: the worst of each, and all that speaks for it. */
export function overall(reviews: readonly Review[]): Headlined & Pick<Review, "bump"> {
  return {
    verdict: worst(
      VERDICTS,
      reviews.map(({ verdict }) => verdict),
    ),
    bump: worst(
      BUMPS,
      reviews.map(({ bump }) => bump),
    ),
    findings: reviews.flatMap(({ findings }) => findings),
    typescript: reviews.flatMap(({ typescript = [] }) => typescript),
    fixtures: reviews.flatMap(({ fixtures = [] }) => fixtures),
    waived: reviews.flatMap(({ waived = [] }) => waived),
    waiverProblems: reviews.flatMap(({ waiverProblems = [] }) => waiverProblems),
  };
}

/** The first of the order that is among those that there are; the last where there are none. */
function worst<T>(order: readonly [...T[]], found: readonly T[]): T {
  return order.find((each) => found.includes(each)) ?? order.at(-1)!;
}

/** The same reviews with ids that no two findings of them share: `F1` is the first of the report. One review keeps its own. */
export function numbered(inputs: readonly ReportInput[]): readonly ReportInput[] {
  if (inputs.length < 2) return inputs;
  let next = 1;
  return inputs.map((input) => {
    const { findings, waived = [] } = input.review;
    const ids = new Map([...findings, ...waived].map(({ id }) => [id, `F${next++}`]));
    return { ...input, review: renumbered(input.review, (id) => ids.get(id) ?? id) };
  });
}

function renumbered(review: Review, idOf: (id: string) => string): Review {
  const { findings, waived, typescript, consumers } = review;
  const named = <T extends Pick<LocatedFinding, "id">>(each: T): T => ({ ...each, id: idOf(each.id) });
  const caused = <T extends { readonly finding?: string | undefined }>(each: T): T =>
    each.finding === undefined ? each : { ...each, finding: idOf(each.finding) };
  return {
    ...review,
    findings: findings.map(named),
    waived: waived?.map(named),
    typescript: typescript?.map(caused),
    consumers: consumers?.map((consumer) => ({
      ...consumer,
      breaks: consumer.breaks.map(caused),
      untouched: consumer.untouched.map(idOf),
    })),
  };
}
