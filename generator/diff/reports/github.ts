import { printable } from "../../diagnostics/print.js";
import type { Pair } from "../change.js";
import { worstFirst } from "../finding.js";
import type { ConsumerBreak } from "../impact/effects.js";
import type { LocatedFinding } from "../review.js";
import type { Level } from "../rules/rules.js";
import type { ReportInput } from "./report-input.js";
import type { Documents } from "./nearest.js";
import { placesOf } from "./places.js";
import { notProved, proofWords } from "./proof-text.js";
import { placeName, waiverProblemWords } from "./words.js";

const COMMANDS: { readonly [L in Level]: string } = { error: "error", warning: "warning", info: "notice" };

/**
 * The review as workflow commands of GitHub Actions: an annotation a finding, the worst first, for GitHub shows ten of each kind a step.
 * What is gone is annotated where it would stand in the new document.
 */
export function githubReport(...inputs: readonly [ReportInput, ...ReportInput[]]): string {
  const all = inputs.flatMap(({ review, documents }) =>
    review.findings.map((finding) => ({ finding, documents, level: finding.level })),
  );
  const findings = worstFirst(all).map(({ finding, documents }) => annotation(finding, documents));
  const sites = inputs.flatMap(({ review }) =>
    (review.consumers ?? []).flatMap(({ breaks }) => breaks.map(siteOf)),
  );
  const problems = inputs
    .flatMap(({ review }) => review.waiverProblems ?? [])
    .map((problem) => {
      const { place } = problem;
      return command("warning", {
        properties: {
          ...(place && { file: place.file, line: place.line, col: place.column }),
          title: "waiver",
        },
        message: waiverProblemWords(problem),
      });
    });
  return [...findings, ...sites, ...problems].map((line) => `${line}\n`).join("");
}

function siteOf({ file, line, column, code, message, finding }: ConsumerBreak): string {
  const cause = finding === undefined ? "" : `\ncaused by ${finding}`;
  return command("error", {
    properties: { file, line, col: column, title: code },
    message: `${message}${cause}`,
  });
}

function annotation(finding: LocatedFinding, documents: Pair<Documents>): string {
  const { head } = placesOf(finding, documents);
  const { level, rule, message, base, advice, operations } = finding;
  const lines = [
    message,
    ...(operations.length > 0 ? [`reaches ${operations.join(", ")}`] : []),
    ...(base ? [`before: ${placeName(base)}`] : []),
    ...proofLines(finding),
    ...(advice === undefined ? [] : [`advice: ${advice}`]),
  ];
  return command(COMMANDS[level], {
    properties: { ...(head && { file: head.file, line: head.line, col: head.column }), title: rule },
    message: lines.join("\n"),
  });
}

function proofLines(finding: LocatedFinding): string[] {
  const { witness } = finding;
  if (witness) return [`proved by ${proofWords(witness, finding)}: ${witness.reason}`];
  return [notProved(finding) ?? []].flat();
}

type Command = {
  readonly properties: { readonly [name: string]: string | number };
  readonly message: string;
};

/** `::error file=a.yaml,line=1::message`, escaped as @actions/core does (`toolkit/packages/core/src/command.ts`). */
function command(name: string, { properties, message }: Command): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${written.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(printable)
    .join("\n")
    .replaceAll("%", "%25")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
