import { groupedBy } from "../../model/order.js";
import { LEVELS, type Level } from "../rules/rules.js";
import type { ConsumerReview, FixtureImpact } from "../impact/effects.js";
import type { Bump, Location, ReportedImpact, Review, WaivedFinding, WaiverProblem } from "../review.js";

/** What people call a level. */
export const LEVEL_NAMES: { readonly [L in Level]: string } = {
  error: "error",
  warning: "warning",
  info: "note",
};

const VERDICTS: { readonly [V in Review["verdict"]]: string } = {
  breaking: "Breaking",
  warning: "May break",
  compatible: "Compatible",
  unchanged: "Nothing changes",
};

/** `3 errors`, `1 error`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** How many findings there are of each level. */
export function countsOf({ findings }: Pick<Review, "findings">): { readonly [L in Level]: number } {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

/** What a headline is made from. */
export type Headlined = Pick<
  Review,
  "verdict" | "findings" | "typescript" | "fixtures" | "waived" | "waiverProblems"
>;

/** `Breaking`; where no finding says it, what does. */
export function verdictWord(review: Headlined): string {
  const { verdict, typescript = [], fixtures = [], waived = [] } = review;
  if (verdict === "warning" && countsOf(review).warning === 0) return "Waivers are to be mended";
  if (verdict !== "unchanged") return VERDICTS[verdict];
  if (waived.length > 0) return "Nothing changes but what is waived";
  return typescript.length + fixtures.length > 0 ? "Nothing changes on the wire" : VERDICTS[verdict];
}

/** `3 errors, 1 warning`; what there is none of is not said. */
export function countWords(review: Pick<Review, "findings">): string {
  const counts = countsOf(review);
  return LEVELS.filter((level) => counts[level] > 0)
    .map((level) => count(counts[level], LEVEL_NAMES[level]))
    .join(", ");
}

/** `Breaking: 3 errors, 1 warning`. */
export function headline(review: Headlined): string {
  const words = countWords(review);
  return words === "" ? verdictWord(review) : `${verdictWord(review)}: ${words}`;
}

const BUMPS: { readonly [B in Bump]: string } = {
  major: "The package needs a major version",
  minor: "The package needs a minor version",
  patch: "The package needs a patch version",
  none: "The package needs no new version",
};

/** The version that follows, and from what. */
export function bumpSentence(review: Review): string {
  const { bump, findings, typescript = [], fixtures = [] } = review;
  const moved = typescript.filter(({ kind }) => kind === "moved").length;
  const changed = typescript.length - moved;
  const reasons = [
    ...(findings.length > 0 ? [`${countWords(review)} on the wire`] : []),
    ...(changed > 0 ? [count(changed, "change") + " of exported types"] : []),
    ...(moved > 0 && changed === 0 ? [count(moved, "type") + " at another place"] : []),
    ...(fixtures.length > 0 ? [count(fixtures.length, "change") + " of fixtures"] : []),
  ];
  return reasons.length === 0 ? `${BUMPS[bump]}.` : `${BUMPS[bump]}: ${reasons.join("; ")}.`;
}

/** `5 call sites of apps/web/tsconfig.json stop compiling`. */
export function consumerWords({ project, breaks, files, known }: ConsumerReview): string {
  const sites =
    breaks.length === 0
      ? "nothing stops"
      : `${count(breaks.length, "call site")} ${breaks.length === 1 ? "stops" : "stop"}`;
  const before = known === 0 ? "" : `, beside ${count(known, "error")} that it has today`;
  return `\`${project}\`: ${sites} compiling in ${count(files, "file")}${before}`;
}

/** What is said of an exported name, line by line. */
export function impactLines({
  message,
  before,
  after,
  also = [],
}: Omit<ReportedImpact, "symbol" | "kind">): string[] {
  return [
    ...(message === "" ? [] : message.split(/\r\n|\r|\n/)),
    ...(before === undefined ? [] : [`before: ${before}`]),
    ...(after === undefined ? [] : [`after:  ${after}`]),
    ...(also.length === 0 ? [] : [`and with it ${also.join(", ")}`]),
  ];
}

/** How many fixtures of one record, and places of one fixture, are named. */
const FIXTURES = 8;
const CHANGES = 4;

/** Fixtures of one record that share their fate: `subscriptionFixtures` and what is said of its members. */
export type FixtureGroup = {
  readonly kind: FixtureImpact["kind"];
  readonly record: string;
  readonly words: string;
  readonly size: number;
};

/** The fixtures by their records: what came, what went, what changed. */
export function fixtureGroups({ fixtures = [] }: Pick<Review, "fixtures">): FixtureGroup[] {
  const groups = groupedBy(fixtures, (fixture) => JSON.stringify([recordOf(fixture), fixture.kind]));
  return [...groups.values()].map((group) => {
    const [first] = group;
    const record = recordOf(first);
    return {
      kind: first.kind,
      record,
      words: limited(group.map(memberWords), FIXTURES),
      size: group.length,
    };
  });
}

function recordOf({ name }: FixtureImpact): string {
  return /^[^.[]*/.exec(name)![0];
}

/** `full at /plan, /seats and 3 more`. */
function memberWords({ name, changes = [], kind }: FixtureImpact): string {
  const member = name.slice(recordOf({ name, schema: "", kind }).length).replace(/^\./, "");
  const places = changes.map((pointer) => (pointer === "" ? "the whole value" : pointer));
  return places.length === 0 ? member : `${member} at ${limited(places, CHANGES)}`;
}

function limited(words: readonly string[], most: number): string {
  const shown = words.slice(0, most).filter((word) => word !== "");
  const left = words.length - most;
  return `${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** Why the version may ask for less than a project needs; and the findings that it has nothing to do with. */
export function consumerRemark(
  { breaks, untouched }: ConsumerReview,
  { bump }: Pick<Review, "bump">,
): string {
  const isCounted = breaks.length === 0 || bump === "major";
  return [
    ...(isCounted
      ? []
      : [
          "The version does not count this: of the types that it compares, the new ones do wherever the old ones did, and this code counts on more",
        ]),
    ...(untouched.length === 0 ? [] : [`It uses nothing that these touch: ${untouched.join(", ")}`]),
  ].join(". ");
}

/** `specs/cargo.yaml:12:5`. */
export function placeName({ file, line, column }: Pick<Location, "file" | "line" | "column">): string {
  return `${file}:${line}:${column}`;
}

/** Why a finding is let pass, and until when. */
export function waiverWords({ waiver }: Pick<WaivedFinding, "waiver">): string {
  return waiver.expires === undefined ? waiver.reason : `${waiver.reason} (until ${waiver.expires})`;
}

/** ``waiver `abc` is unused: …``. */
export function waiverProblemWords({ kind, waiver, message }: WaiverProblem): string {
  return `waiver \`${waiver}\` is ${kind}: ${message}`;
}
