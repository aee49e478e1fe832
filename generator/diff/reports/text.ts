import { oneLine, printable, type Paint } from "../../diagnostics/print.js";
import type { Pair } from "../change.js";
import type { FixtureImpact } from "../impact/effects.js";
import type { LocatedFinding, ReportedImpact, Review } from "../review.js";
import type { Level } from "../rules/rules.js";
import { groupsOf, reached, type Group } from "./groups.js";
import type { Documents } from "./nearest.js";
import { placesOf, type Place } from "./places.js";
import type { ReportInput } from "./report-input.js";
import { overall } from "./several.js";
import { notProved, proofWords, witnessLines } from "./proof-text.js";
import { valueText } from "./value-text.js";
import {
  bumpSentence,
  consumerRemark,
  consumerWords,
  count,
  fixtureGroups,
  headline,
  impactLines,
  LEVEL_NAMES,
  placeName,
  waiverProblemWords,
  waiverWords,
} from "./words.js";

type Style = Parameters<Paint>[0];

const VERDICT_STYLES: { readonly [V in Review["verdict"]]: Style } = {
  breaking: "red",
  warning: "yellow",
  compatible: "green",
  unchanged: "green",
};

const MARKS: { readonly [L in Level]: readonly [mark: string, style: Style] } = {
  error: ["✗", "red"],
  warning: ["!", "yellow"],
  info: ["·", "dim"],
};

/** Lines of a witness, and characters of a value. */
const WITNESS_LINES = 16;
const VALUE_WIDTH = 160;
const OPERATIONS = 8;

/** The review for a terminal: the verdict at the top, then an entry a finding, the worst first. Several follow one another. */
export function textReport(...inputs: readonly [ReportInput, ...ReportInput[]]): string {
  const [first, ...others] = inputs;
  if (others.length === 0) return `${blocksOf(first).join("\n\n")}\n`;
  const { paint } = first;
  const all = overall(inputs.map(({ review }) => review));
  const top = paint("bold", paint(VERDICT_STYLES[all.verdict], headline(all)));
  const parts = inputs.flatMap((input) => [
    paint("bold", `── ${oneLine(input.name)} ──`),
    ...blocksOf(input),
  ]);
  return `${[`${top} (${count(inputs.length, "API")})`, ...parts].join("\n\n")}\n`;
}

function blocksOf({ review, documents, paint }: ReportInput): string[] {
  return [
    summary(review, documents, paint),
    ...groupsOf(review.findings).map((group) => groupText(group, documents, paint)),
    ...typescriptText(review, paint),
    ...consumersText(review, paint),
    ...fixturesText(review, paint),
    ...waiversText(review, paint),
  ];
}

function summary(review: Review, documents: Pair<Documents>, paint: Paint): string {
  const sides = (["base", "head"] as const).flatMap((side) => {
    const [first] = documents[side].keys();
    return first === undefined ? [] : [`  ${paint("dim", side)}  ${oneLine(first)}`];
  });
  const problems = (review.waiverProblems ?? []).map(
    (each) => `  ${paint("yellow", "!")} ${oneLine(waiverProblemWords(each))}`,
  );
  const title = paint("bold", paint(VERDICT_STYLES[review.verdict], headline(review)));
  return [title, bumpSentence(review), ...sides, ...problems].join("\n");
}

function groupText({ title, findings }: Group, documents: Pair<Documents>, paint: Paint): string {
  const entries = findings.map((finding) => findingText(finding, documents, paint));
  return [paint("bold", oneLine(title)), ...entries].join("\n\n");
}

function findingText(finding: LocatedFinding, documents: Pair<Documents>, paint: Paint): string {
  const [mark, style] = MARKS[finding.level];
  const { id, rule, level, message, fingerprint } = finding;
  return [
    `  ${paint(style, `${mark} ${LEVEL_NAMES[level]}`)}  ${oneLine(message)}`,
    `    ${paint("dim", `${id} ${rule} ${fingerprint}`)}`,
    ...[placesText(placesOf(finding, documents), paint)]
      .filter((line) => line !== "")
      .map((line) => `    ${line}`),
    ...operationsText(finding),
    ...valuesText(finding, paint),
    ...proofText(finding, paint),
    ...(finding.advice === undefined ? [] : [`    ${paint("dim", "advice ")} ${oneLine(finding.advice)}`]),
  ].join("\n");
}

function placesText({ base, head }: Partial<Pair<Place>>, paint: Paint): string {
  const side = (place: Place | undefined, word: string) =>
    place &&
    (place.isExact
      ? `${word} ${oneLine(placeName(place))}`
      : paint("dim", `${word} nothing; nearest ${oneLine(placeName(place))}`));
  return [side(base, "base"), side(head, "head")].filter((each) => each !== undefined).join("  ");
}

function operationsText({ operations }: LocatedFinding): string[] {
  if (operations.length < 2) return [];
  const { shown, left } = reached(operations, OPERATIONS);
  return [
    `    reaches ${count(operations.length, "operation")}:`,
    ...shown.map((operation) => `      ${oneLine(operation)}`),
    ...(left > 0 ? [`      … ${left} more`] : []),
  ];
}

function valuesText({ before, after }: LocatedFinding, paint: Paint): string[] {
  const rows = [
    ["before", before],
    ["after ", after],
  ] as const;
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([word, value]) => `    ${paint("dim", `${word} `)} ${printable(valueText(value, VALUE_WIDTH))}`);
}

function proofText(finding: LocatedFinding, paint: Paint): string[] {
  const { witness, path } = finding;
  const why = notProved(finding);
  if (!witness) return why === undefined ? [] : [`    ${paint("dim", why)}`];
  const { lines, left } = witnessLines(witness, { path, most: WITNESS_LINES });
  return [
    `    ${paint("dim", "proved ")} ${proofWords(witness, finding)}: ${oneLine(witness.reason)}`,
    ...lines.map((line) => `      ${paint("dim", "│")}${line === "" ? "" : ` ${printable(line)}`}`),
    ...(left > 0 ? [`      ${paint("dim", `│ … ${count(left, "more line")}`)}`] : []),
  ];
}

function typescriptText({ typescript = [] }: Review, paint: Paint): string[] {
  if (typescript.length === 0) return [];
  const entries = typescript.map(({ symbol, kind, finding, ...impact }) => {
    const style = IMPACT_STYLES[kind];
    const cause = finding === undefined ? "" : ` ${paint("dim", `(${oneLine(finding)})`)}`;
    return [
      `  ${paint(style, kind.padEnd(7))}  ${oneLine(symbol)}${cause}`,
      ...impactLines(impact).map((line) => `      ${paint("dim", "│")} ${printable(line)}`),
    ].join("\n");
  });
  return [[paint("bold", "TypeScript"), ...entries].join("\n")];
}

const IMPACT_STYLES: { readonly [K in ReportedImpact["kind"]]: Style } = {
  removed: "red",
  renamed: "yellow",
  changed: "yellow",
  moved: "dim",
  added: "green",
};

function consumersText({ consumers = [], bump }: Review, paint: Paint): string[] {
  return consumers.map((consumer) => {
    const sites = consumer.breaks.flatMap((site) => [
      `  ${paint("red", oneLine(placeName(site)))}  ${oneLine(site.code)}${site.finding === undefined ? "" : ` ${paint("dim", `(${oneLine(site.finding)})`)}`}`,
      ...site.message.split(/\r\n|\r|\n/).map((line) => `      ${paint("dim", "│")} ${printable(line)}`),
    ]);
    const remark = consumerRemark(consumer, { bump });
    return [
      paint("bold", oneLine(`Consumer ${consumerWords(consumer)}`)),
      ...sites,
      ...(remark === "" ? [] : [`  ${paint("dim", oneLine(remark))}`]),
    ].join("\n");
  });
}

const FIXTURE_MARKS: { readonly [K in FixtureImpact["kind"]]: readonly [string, Style] } = {
  added: ["+", "green"],
  removed: ["-", "red"],
  changed: ["~", "yellow"],
};

function fixturesText({ fixtures = [] }: Review, paint: Paint): string[] {
  if (fixtures.length === 0) return [];
  const lines = fixtureGroups({ fixtures }).map(({ kind, record, words }) => {
    const [mark, style] = FIXTURE_MARKS[kind];
    return `  ${paint(style, mark)} ${oneLine(record)}${words === "" ? "" : ` ${paint("dim", oneLine(words))}`}`;
  });
  return [[paint("bold", "Fixtures"), ...lines].join("\n")];
}

function waiversText({ waived = [] }: Review, paint: Paint): string[] {
  if (waived.length === 0) return [];
  const lines = waived.map(
    (finding) =>
      `  ${finding.id}  ${paint("dim", finding.rule)}  ${oneLine(finding.message)}\n    ${paint("dim", "waived ")} ${oneLine(waiverWords(finding))}`,
  );
  return [[paint("bold", "Waived"), ...lines].join("\n")];
}
