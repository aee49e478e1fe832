import type { Pair } from "../change.js";
import type { ConsumerReview } from "../impact/effects.js";
import type { LocatedFinding, Review } from "../review.js";
import type { Level } from "../rules/rules.js";
import { groupsOf, reached, type Group } from "./groups.js";
import { codeMarkdown, fencedMarkdown, messageMarkdown, plainMarkdown } from "./markdown-escape.js";
import type { Documents } from "./nearest.js";
import { placesOf, type Place } from "./places.js";
import type { ReportInput } from "./report-input.js";
import { overall } from "./several.js";
import { notProved, proofWords, witnessLines } from "./proof-text.js";
import { cutText, valueText } from "./value-text.js";
import {
  bumpSentence,
  consumerRemark,
  consumerWords,
  count,
  countWords,
  fixtureGroups,
  headline,
  LEVEL_NAMES,
  placeName,
  waiverProblemWords,
  waiverWords,
} from "./words.js";

/** The first line: by it an action finds the comment that it wrote before. */
export const MARKER = "<!-- clientsmith diff -->";

/** GitHub refuses a comment of more than 65,536 characters. */
export const MAX_COMMENT = 65_536;

/** Kept for the words about what is left out. */
const RESERVE = 400;

const MARKS: { readonly [L in Level]: string } = { error: "🔴", warning: "🟡", info: "⚪" };

const WITNESS_LINES = 30;
const VALUE_WIDTH = 120;
const MESSAGE_WIDTH = 400;
const NAME_WIDTH = 200;
const OPERATIONS = 10;

/** Entries that stand under one heading, and are left out one by one where there is no room. */
type Section = {
  readonly open: string;
  readonly entries: readonly Entry[];
  readonly close: string;
};

type Entry = { readonly text: string; readonly counts: string };

/**
 * The review for a comment on a pull request; of several APIs, what is said of each at the top, and one after the other below. It is always short
 * enough for one comment, and is cut between entries alone.
 */
export function markdownReport(...inputs: readonly [ReportInput, ...ReportInput[]]): string {
  const [first, ...others] = inputs;
  if (others.length === 0) return fit(`${MARKER}\n${summary(first, "##")}`, sectionsOf(first));
  const sections = inputs.map((input) => sectionsOf(input));
  return fit(
    severalSummary(inputs),
    inputs.flatMap((input, index) =>
      headed(summary(input, `## ${codeMarkdown(cutText(input.name, NAME_WIDTH))}`), sections[index]!),
    ),
  );
}

/** The sections under a heading of their own, which goes where none of them has room. */
function headed(heading: string, sections: readonly Section[]): Section[] {
  const [first, ...others] = sections;
  return first ? [{ ...first, open: `\n${heading}${first.open}` }, ...others] : [];
}

/** As many APIs are listed at the top. */
const APIS = 60;

function severalSummary(inputs: readonly ReportInput[]): string {
  const all = overall(inputs.map(({ review }) => review));
  const line = ({ name, review }: ReportInput) =>
    `- ${verdictMark(review)} ${codeMarkdown(cutText(name, NAME_WIDTH))} ${headline(review)}. ${bumpSentence(review)}\n`;
  const left = inputs.length - APIS;
  return [
    `${MARKER}\n## ${verdictMark(all)} ${headline(all)}\n\n`,
    ...inputs.slice(0, APIS).map(line),
    ...(left > 0 ? [`- … ${count(left, "more API")}\n`] : []),
  ].join("");
}

function verdictMark({ verdict }: Pick<Review, "verdict">): string {
  return verdict === "breaking" ? "🔴" : verdict === "warning" ? "🟡" : "🟢";
}

function sectionsOf({ review, documents }: ReportInput): Section[] {
  const loud = review.findings.filter(({ level }) => level !== "info");
  const notes = review.findings.filter(({ level }) => level === "info");
  return [
    ...groupsOf(loud).map((group) => groupSection(group, documents)),
    ...typescriptSection(review),
    ...(review.consumers ?? []).map((consumer) => consumerSection(consumer, review)),
    ...fixturesSection(review),
    ...foldedSection(countWords({ findings: notes }), notes.map(noteEntry)),
    ...waivedSection(review),
  ];
}

/** As many whole entries as there is room for, and how many are left out. */
function fit(top: string, sections: readonly Section[]): string {
  let text = top;
  const left: Entry[] = [];
  for (const { open, entries, close } of sections) {
    let section = open;
    let shown = 0;
    for (const entry of entries) {
      const isFull = text.length + section.length + entry.text.length + close.length + RESERVE > MAX_COMMENT;
      if (isFull || left.length > 0) left.push(entry);
      else {
        section += entry.text;
        shown += 1;
      }
    }
    if (shown > 0) text += section + close;
  }
  return left.length === 0 ? text : `${text}\n---\n\n${leftWords(left)}\n`;
}

function leftWords(left: readonly Entry[]): string {
  const kinds = [...new Set(left.map(({ counts }) => counts))];
  const words = kinds.map((kind) => count(left.filter(({ counts }) => counts === kind).length, kind));
  return `**Left out, for a comment holds no more: ${words.join(", ")}.** The other formats of \`clientsmith diff\` show all.`;
}

function summary({ review, documents }: ReportInput, heading: string): string {
  const [base] = documents.base.keys();
  const [head] = documents.head.keys();
  const compared =
    base === undefined || head === undefined
      ? ""
      : base === head
        ? ` Document: ${codeMarkdown(cutText(head, NAME_WIDTH))}.`
        : ` Compared: ${codeMarkdown(cutText(base, NAME_WIDTH))} with ${codeMarkdown(cutText(head, NAME_WIDTH))}.`;
  const problems = (review.waiverProblems ?? [])
    .slice(0, OPERATIONS)
    .map((each) => `- ⚠️ ${messageMarkdown(cutText(waiverProblemWords(each), MESSAGE_WIDTH))}\n`);
  const rest = (review.waiverProblems?.length ?? 0) - problems.length;
  return [
    `${heading} ${verdictMark(review)} ${headline(review)}\n\n${bumpSentence(review)}${compared}\n`,
    ...(problems.length > 0 ? ["\n", ...problems] : []),
    ...(rest > 0 ? [`- … ${count(rest, "more waiver")} to look at\n`] : []),
  ].join("");
}

function groupSection({ kind, title, findings }: Group, documents: Pair<Documents>): Section {
  const heading = kind === "operation" ? codeMarkdown(cutText(title, NAME_WIDTH)) : title;
  return {
    open: `\n### ${heading}\n`,
    entries: findings.map((finding) => ({
      text: findingMarkdown(finding, documents),
      counts: LEVEL_NAMES[finding.level],
    })),
    close: "",
  };
}

function findingMarkdown(finding: LocatedFinding, documents: Pair<Documents>): string {
  const { id, level, rule, message, advice, fingerprint } = finding;
  const facts = [
    codeMarkdown(rule),
    id,
    placesMarkdown(placesOf(finding, documents)),
    codeMarkdown(fingerprint),
  ].filter((each) => each !== "");
  const parts = [
    `${MARKS[level]} **${LEVEL_NAMES[level]}** ${messageMarkdown(cutText(message, MESSAGE_WIDTH))}\n<sub>${facts.join(" · ")}</sub>`,
    ...valuesMarkdown(finding),
    ...operationsMarkdown(finding),
    ...proofMarkdown(finding),
    ...(advice === undefined ? [] : [`**What to do:** ${messageMarkdown(cutText(advice, MESSAGE_WIDTH))}`]),
  ];
  return `\n${parts.join("\n\n")}\n`;
}

function placesMarkdown({ base, head }: Partial<Pair<Place>>): string {
  if (base?.isExact && head?.isExact) return `${lineMarkdown(base)} → ${lineMarkdown(head)}`;
  if (base?.isExact) return `${lineMarkdown(base)} → gone`;
  return head?.isExact ? `new at ${lineMarkdown(head)}` : "";
}

function lineMarkdown({ file, line }: Place): string {
  return codeMarkdown(`${cutText(file, NAME_WIDTH)}:${line}`);
}

function valuesMarkdown({ before, after }: LocatedFinding): string[] {
  if (before === undefined && after === undefined) return [];
  const show = (value: typeof before) =>
    value === undefined ? "nothing" : codeMarkdown(valueText(value, VALUE_WIDTH));
  // A line that begins with backticks would look like a block of code, though it is none.
  return [`From ${show(before)} to ${show(after)}`];
}

function operationsMarkdown({ operations }: LocatedFinding): string[] {
  if (operations.length < 2) return [];
  const { shown, left } = reached(operations, OPERATIONS);
  const names = shown.map((name) => codeMarkdown(cutText(name, NAME_WIDTH)));
  const more = left > 0 ? ` and ${left} more` : "";
  return [`Reaches ${count(operations.length, "operation")}: ${names.join(", ")}${more}`];
}

function proofMarkdown(finding: LocatedFinding): string[] {
  const { witness, path } = finding;
  const why = notProved(finding);
  if (!witness) return why === undefined ? [] : [`_${why}_`];
  const { lines, left, isWhole, language } = witnessLines(witness, { path, most: WITNESS_LINES });
  const more = left > 0 ? [`… ${count(left, "more line")}`] : [];
  const title = `Proof: ${proofWords(witness, finding)}`;
  const block = fencedMarkdown([...lines, ...more], isWhole || language === "http" ? language : "text");
  const outcome = witness.outcome === "refused" ? "Refused" : "Read otherwise";
  const reason = `${outcome}: ${codeMarkdown(cutText(witness.reason, MESSAGE_WIDTH))}`;
  return [`<details><summary>${title}</summary>\n\n${reason}\n\n${block}\n\n</details>`];
}

function typescriptSection({ typescript = [] }: Review): Section[] {
  if (typescript.length === 0) return [];
  const entries = typescript.map(({ symbol, kind, message, finding, before, after, also = [] }) => {
    const cause = causeMarkdown(finding);
    const call = before === undefined || after === undefined ? [] : [`${codeOf(before)} → ${codeOf(after)}`];
    const said = [
      ...(message === "" ? [] : [codeOf(message)]),
      ...call,
      ...(also.length === 0 ? [] : [`with it ${also.map(codeOf).join(", ")}`]),
    ];
    const words = said.length === 0 ? "" : `: ${said.join("; ")}`;
    return {
      text: `- ${kind} ${codeMarkdown(cutText(symbol, NAME_WIDTH))}${cause}${words}\n`,
      counts: "exported type",
    };
  });
  return [{ open: "\n### TypeScript\n\n", entries, close: "" }];
}

function causeMarkdown(finding: string | undefined): string {
  return finding === undefined ? "" : ` (${plainMarkdown(finding)})`;
}

function codeOf(text: string): string {
  return codeMarkdown(cutText(text, MESSAGE_WIDTH));
}

function consumerSection(consumer: ConsumerReview, review: Review): Section {
  const { breaks } = consumer;
  const remark = consumerRemark(consumer, review);
  const entries = breaks.map((site) => ({
    text: `- ${codeMarkdown(cutText(placeName(site), NAME_WIDTH))} ${plainMarkdown(site.code)}${causeMarkdown(site.finding)}: ${codeOf(site.message)}\n`,
    counts: "call site",
  }));
  const last =
    remark === "" ? [] : [{ text: `\n${plainMarkdown(cutText(remark, MESSAGE_WIDTH))}\n`, counts: "remark" }];
  const title = `Consumer ${messageMarkdown(cutText(consumerWords(consumer), MESSAGE_WIDTH))}`;
  return {
    open: `\n### ${title}\n\n`,
    entries: [...(breaks.length === 0 ? [{ text: "Nothing to do.\n", counts: "remark" }] : entries), ...last],
    close: "",
  };
}

function fixturesSection({ fixtures = [] }: Review): Section[] {
  const entries = fixtureGroups({ fixtures }).map(({ kind, record, words }) => ({
    text: `- ${kind} ${codeMarkdown(cutText(record, NAME_WIDTH))}${words === "" ? "" : `: ${codeOf(words)}`}
`,
    counts: "fixture record",
  }));
  return foldedSection(`Fixtures: ${count(fixtures.length, "change")}`, entries);
}

function noteEntry({ id, rule, message, operations }: LocatedFinding): Entry {
  const [only, ...others] = operations;
  const where =
    only === undefined
      ? ""
      : ` — ${codeMarkdown(cutText(only, NAME_WIDTH))}${others.length > 0 ? ` and ${others.length} more` : ""}`;
  return {
    text: `- ${messageMarkdown(cutText(message, MESSAGE_WIDTH))}${where} <sub>${codeMarkdown(rule)} · ${id}</sub>\n`,
    counts: LEVEL_NAMES.info,
  };
}

function waivedSection({ waived = [] }: Review): Section[] {
  const entries = waived.map((finding) => ({
    text: `- ${finding.id}: ${messageMarkdown(cutText(finding.message, MESSAGE_WIDTH))} — ${plainMarkdown(cutText(waiverWords(finding), MESSAGE_WIDTH))}\n`,
    counts: "waived finding",
  }));
  return foldedSection(`Waived: ${count(entries.length, "finding")}`, entries);
}

function foldedSection(title: string, entries: readonly Entry[]): Section[] {
  if (entries.length === 0) return [];
  return [{ open: `\n<details><summary>${title}</summary>\n\n`, entries, close: "\n</details>\n" }];
}
