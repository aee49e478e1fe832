import { messageMarkdown, codeMarkdown } from "./reports/markdown-escape.js";
import { cutText } from "./reports/value-text.js";
import type { LocatedFinding, ReportedImpact, Review, WaivedFinding } from "./review.js";
import { ruleOf } from "./rules/rules.js";

/** The kinds of changes of Keep a Changelog 1.1.0. */
const TITLES = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"] as const;
type Title = (typeof TITLES)[number];

/** What a release says, kind by kind; no kind is empty. */
export type ReleaseNotes = readonly { readonly title: Title; readonly lines: readonly string[] }[];

/** So many lines of one kind are read; the rest is counted. */
const LINES = 60;
const WIDTH = 300;
const OPERATIONS = 3;

type Line = readonly [title: Title, text: string];

/** What a review says to those who use the package. */
export function releaseNotes(review: Review): ReleaseNotes {
  const { findings, typescript = [], fixtures = [], waived = [] } = review;
  const breaking = new Set(findings.flatMap(({ id, level }) => (level === "error" ? [id] : [])));
  const said: Line[] = [
    ...findings.filter(isFelt).map((finding): Line => [titleOf(finding), findingLine(finding)]),
    ...waived.filter(isFelt).map((finding): Line => [titleOf(finding), waivedLine(finding)]),
    ...typescript.flatMap((each) => impactLine(each, breaking)),
    ...(fixtures.length > 0 ? [["Changed", fixturesLine(fixtures)] as const] : []),
  ];
  const all: Line[] =
    said.length === 0 && findings.length > 0 ? [["Changed", "What is said of the API for people."]] : said;
  return TITLES.flatMap((title) => {
    const lines = [...new Set(all.flatMap(([each, text]) => (each === title ? [text] : [])))];
    return lines.length === 0 ? [] : [{ title, lines: limited(lines) }];
  });
}

/** The notes of a package that was not there before. */
export const FIRST_RELEASE: ReleaseNotes = [{ title: "Added", lines: ["The package."] }];

function limited(lines: readonly string[]): string[] {
  const left = lines.length - LINES;
  return [...lines.slice(0, LINES), ...(left > 0 ? [`… and ${left} more.`] : [])];
}

function isFelt({ rule }: LocatedFinding): boolean {
  return ruleOf(rule).area !== "documentation";
}

function titleOf({ rule }: LocatedFinding): Title {
  const { area, keywords, isListed } = ruleOf(rule);
  if (area === "security") return "Security";
  // What a schema asks for is no thing that is added or removed.
  const isAsked = area === "schema" && keywords && !isListed && !keywords.includes("deprecated");
  if (isAsked) return "Changed";
  if (/-removed|-mapping-deleted/.test(rule)) return "Removed";
  if (/deprecated|sunset/.test(rule)) return "Deprecated";
  return /^new-|added/.test(rule) ? "Added" : "Changed";
}

function findingLine(finding: LocatedFinding): string {
  return `${finding.level === "error" ? "**Breaking:** " : ""}${told(finding)}`;
}

/** The team has agreed to it, and says why. */
function waivedLine(finding: WaivedFinding): string {
  return `${told(finding)}: ${messageMarkdown(cutText(finding.waiver.reason, WIDTH))}`;
}

function told({ message, operations }: LocatedFinding): string {
  const shown = operations.slice(0, OPERATIONS).map((name) => codeMarkdown(cutText(name, WIDTH)));
  const left = operations.length - shown.length;
  const where = shown.length === 0 ? "" : ` (${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""})`;
  return `${messageMarkdown(cutText(message, WIDTH))}${where}`;
}

/** What a finding says already is not said again: that it is breaking. */
function impactLine(
  { symbol, kind, message, before, after, finding = "" }: ReportedImpact,
  breaking: ReadonlySet<string>,
): Line[] {
  const name = codeMarkdown(cutText(symbol, WIDTH));
  if (kind === "removed") return [["Removed", `**Breaking:** ${name} is no longer exported`]];
  if (kind === "added") return [["Added", `${name} is exported`]];
  if (kind === "renamed" && before !== undefined && after !== undefined)
    return [["Changed", `**Breaking:** ${codeMarkdown(before)} is now ${codeMarkdown(after)}`]];
  if (kind === "renamed") return [["Changed", `**Breaking:** ${messageMarkdown(cutText(message, WIDTH))}`]];
  if (kind === "moved" || breaking.has(finding)) return [];
  return [["Changed", `**Breaking:** the type ${name} takes or gives something else`]];
}

function fixturesLine(fixtures: NonNullable<Review["fixtures"]>): string {
  const count = (kind: string) => fixtures.filter((each) => each.kind === kind).length;
  return `Fixtures: ${count("added")} added, ${count("removed")} removed, ${count("changed")} changed`;
}
