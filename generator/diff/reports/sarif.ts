import type { Pair } from "../change.js";
import type { ConsumerBreak } from "../impact/effects.js";
import type { LocatedFinding, Location, WaivedFinding, WaiverProblem } from "../review.js";
import { ruleOf, type Level } from "../rules/rules.js";
import { sortedBy } from "../../model/order.js";
import type { Documents } from "./nearest.js";
import { placesOf, type Place } from "./places.js";
import type { ReportInput } from "./report-input.js";
import { describeRule, helpOf } from "./rule-text.js";
import { overall } from "./several.js";
import { notProved, proofWords } from "./proof-text.js";
import { waiverProblemWords } from "./words.js";

/** SARIF 2.1.0, section 3.27.10. */
const SARIF_LEVELS: { readonly [L in Level]: string } = { error: "error", warning: "warning", info: "note" };

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME = "https://github.com/clientsmith/clientsmith";

/** The reviews as a log of SARIF 2.1.0 with one run: code scanning takes one of a tool. For editors, too. */
export function sarifReport(...inputs: readonly [ReportInput, ...ReportInput[]]): string {
  const [{ version, digest }] = inputs;
  const used = inputs.flatMap(({ review }) => [
    ...[...review.findings, ...(review.waived ?? [])].map(({ rule }) => rule),
    ...(review.consumers ?? []).flatMap(({ breaks }) => breaks.map(() => BREAK)),
    ...(review.waiverProblems ?? []).map(({ kind }) => `waiver-${kind}`),
  ]);
  const rules = sortedBy(new Set(used), (id) => id);
  const indexOf = (rule: string) => rules.indexOf(rule);
  const run: Run = { indexOf, digest };
  const results = inputs.flatMap(({ review, documents }) => [
    ...[...review.findings, ...(review.waived ?? [])].map((finding) =>
      resultOf(finding, { ruleIndex: indexOf(finding.rule), documents }),
    ),
    ...(review.consumers ?? []).flatMap(({ breaks }) => breaks.map((site) => siteResult(site, run))),
    ...(review.waiverProblems ?? []).map((problem) => waiverResult(problem, run)),
  ]);
  const { verdict, bump } = overall(inputs.map(({ review }) => review));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "clientsmith",
            version,
            semanticVersion: version,
            informationUri: HOME,
            rules: rules.map(ruleOfSarif),
          },
        },
        columnKind: "utf16CodeUnits",
        results,
        properties: { verdict, bump },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** What is no rule of the comparison. */
const BREAK = "consumer-break";
const OTHERS: ReadonlyMap<string, string> = new Map([
  [BREAK, "Code that compiles against the old package does not against the new one"],
  ["waiver-expired", "A waiver has ended"],
  ["waiver-unused", "A waiver means no finding"],
]);

/** What results take from their run. */
type Run = { readonly indexOf: (rule: string) => number; readonly digest: ReportInput["digest"] };

function waiverResult(problem: WaiverProblem, { indexOf, digest }: Run): object {
  const ruleId = `waiver-${problem.kind}`;
  return {
    ruleId,
    ruleIndex: indexOf(ruleId),
    level: "warning",
    message: { text: escaped(waiverProblemWords(problem)) },
    ...(problem.place && { locations: [physical(problem.place)] }),
    partialFingerprints: fingerprints(digest(JSON.stringify([ruleId, problem.waiver])).slice(0, 16)),
  };
}

function siteResult(site: ConsumerBreak, { indexOf, digest }: Run): object {
  const { file, code, message, finding } = site;
  return {
    ruleId: BREAK,
    ruleIndex: indexOf(BREAK),
    level: "error",
    message: { text: escaped(`${code}: ${message}`) },
    locations: [physical(site)],
    partialFingerprints: fingerprints(digest(JSON.stringify([file, code, message])).slice(0, 16)),
    properties: { ...(finding !== undefined && { finding }) },
  };
}

/** Code scanning reads the first name alone, and takes a hash of the line where it is missing. */
function fingerprints(fingerprint: string): object {
  return { primaryLocationLineHash: `${fingerprint}:1`, "clientsmith/v1": fingerprint };
}

/** A reporting descriptor (section 3.49). */
function ruleOfSarif(id: string): object {
  const other = OTHERS.get(id);
  if (other !== undefined)
    return {
      id,
      name: pascal(id),
      shortDescription: { text: other },
      help: { text: `${other}.` },
      helpUri: HOME,
    };
  const { area, level } = ruleOf(id);
  const help = helpOf(id);
  return {
    id,
    name: pascal(id),
    shortDescription: { text: describeRule(id) },
    fullDescription: { text: help.text },
    help,
    helpUri: `${HOME}/blob/main/generator/diff/RULES.md`,
    ...(level && { defaultConfiguration: { level: SARIF_LEVELS[level] } }),
    properties: { tags: ["api", area] },
  };
}

function pascal(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A result (section 3.27). */
function resultOf(
  finding: LocatedFinding | WaivedFinding,
  { ruleIndex, documents }: { ruleIndex: number; documents: Pair<Documents> },
): object {
  const { rule, level, fingerprint, base } = finding;
  const { head, base: nearBase } = placesOf(finding, documents);
  const main = head ?? nearBase;
  return {
    ruleId: rule,
    ruleIndex,
    level: SARIF_LEVELS[level],
    message: { text: messageOf(finding) },
    ...(main && { locations: [locationOf(main, finding)] }),
    ...(base && { relatedLocations: [{ id: 1, ...physical(base), message: { text: "before" } }] }),
    partialFingerprints: fingerprints(fingerprint),
    ...("waiver" in finding && {
      suppressions: [{ kind: "external", status: "accepted", justification: finding.waiver.reason }],
    }),
    properties: propertiesOf(finding),
  };
}

/** A message is plain text in which `[` begins a link (section 3.11.6). */
function messageOf(finding: LocatedFinding): string {
  const { message, witness, advice } = finding;
  const proof = witness
    ? [`Proved by ${proofWords(witness, finding)}: ${witness.reason}`]
    : [notProved(finding) ?? []].flat();
  return [message, ...proof, ...(advice === undefined ? [] : [`What to do: ${advice}`])]
    .map(escaped)
    .join("\n");
}

function escaped(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&");
}

function propertiesOf({ id, direction, operations, path, before, after, witness }: LocatedFinding): object {
  return {
    id,
    direction,
    operations,
    path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(witness && { witness }),
  };
}

function locationOf(place: Place, { operations }: LocatedFinding): object {
  const logical = [...new Set(operations)].map((name) => ({ fullyQualifiedName: name }));
  return { ...physical(place), ...(logical.length > 0 && { logicalLocations: logical }) };
}

function physical({ file, line, column }: Pick<Location, "file" | "line" | "column">): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: "%SRCROOT%" },
      region: { startLine: line, startColumn: column },
    },
  };
}

/** A relative reference (RFC 3986, section 4.2): what is no path segment as it stands, a `:` too, is percent-encoded. */
function relativeUri(file: string): string {
  return file
    .replace(/^\/+/, "")
    .split("/")
    .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\u{fffd}")))
    .join("/");
}
