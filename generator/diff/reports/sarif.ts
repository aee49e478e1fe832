import type { Pair } from "../compare-schemas.js";
import type { LocatedFinding, Location, Review, WaivedFinding } from "../review.js";
import { ruleOf, type Level } from "../rules.js";
import { sortedBy } from "../../model/order.js";
import { placesOf, type Documents, type Place } from "./places.js";
import { describeRule, helpOf } from "./rule-text.js";
import { NOT_PROVED, proofWords } from "./words.js";

/** SARIF 2.1.0, section 3.27.10. */
const SARIF_LEVELS: { readonly [L in Level]: string } = { error: "error", warning: "warning", info: "note" };

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME = "https://github.com/clientsmith/clientsmith";

/** What a log is made of. */
type SarifReport = {
  readonly review: Review;
  readonly documents: Pair<Documents>;
  /** The version of this tool. */
  readonly version: string;
};

/** The review as a log of SARIF 2.1.0 with one run: for code scanning, and for editors. */
export function sarifReport({ review, documents, version }: SarifReport): string {
  const { findings, waived = [] } = review;
  const rules = sortedBy(new Set([...findings, ...waived].map(({ rule }) => rule)), (id) => id);
  const result = (finding: LocatedFinding | WaivedFinding) =>
    resultOf(finding, { ruleIndex: rules.indexOf(finding.rule), documents });
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
        results: [...findings, ...waived].map(result),
        properties: { verdict: review.verdict, bump: review.bump },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** A reporting descriptor (section 3.49). */
function ruleOfSarif(id: string): object {
  const { area, level } = ruleOf(id);
  const help = helpOf(id);
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: describeRule(id) },
    fullDescription: { text: help.text },
    help,
    helpUri: `${HOME}/blob/main/generator/diff/RULES.md`,
    ...(level && { defaultConfiguration: { level: SARIF_LEVELS[level] } }),
    properties: { tags: ["api", area] },
  };
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
    // Code scanning reads the first name alone, and takes a hash of the line where it is missing.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "clientsmith/v1": fingerprint },
    ...("waiver" in finding && {
      suppressions: [{ kind: "external", status: "accepted", justification: finding.waiver.reason }],
    }),
    properties: propertiesOf(finding),
  };
}

/** A message is plain text in which `[` begins a link (section 3.11.6). */
function messageOf({ message, witness, direction, level, advice }: LocatedFinding): string {
  const proof = witness
    ? [`Proved by ${proofWords(witness, direction)}: ${witness.reason}`]
    : level === "error"
      ? [NOT_PROVED]
      : [];
  return [message, ...proof, ...(advice === undefined ? [] : [`What to do: ${advice}`])]
    .map((line) => line.replace(/[\\[\]]/g, "\\$&"))
    .join("\n");
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

function physical({ file, line, column }: Location): object {
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
