import { describe, expect, it } from "vitest";
import { sarifReport } from "../../../generator/diff/reports/sarif.js";
import { forHostileTexts } from "./hostile.js";
import { reviewOf, SAMPLE, UNCHANGED } from "./sample.js";

type Physical = {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
  readonly region: { readonly startLine: number; readonly startColumn: number };
};
type Place = {
  readonly physicalLocation: Physical;
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
};
type Rule = {
  readonly id: string;
  readonly shortDescription: Text;
  readonly help: Text;
  readonly helpUri: string;
};
type Text = { readonly text: string };
type Result = {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Text;
  readonly locations?: readonly Place[];
  readonly relatedLocations?: readonly Place[];
  readonly partialFingerprints: Record<string, string>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  readonly properties: Record<string, unknown>;
};
type Run = {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
};
type Log = { readonly version: string; readonly $schema: string; readonly runs: readonly Run[] };

/**
 * What SARIF 2.1.0 asks of the parts that are used: sections 3.4.3 (URIs are well-formed, and relative where a base is named), 3.19.4
 * and 3.49.3 (names and ids), 3.28.4 (unique logical locations), 3.27.5 and 3.27.6 (a result's rule), 3.27.10 (levels), 3.30.5 (lines count from 1).
 */
function faults({ version, runs }: Log): string[] {
  const [run, ...others] = runs;
  if (version !== "2.1.0" || !run || others.length > 0) return ["not one run of version 2.1.0"];
  const { rules } = run.tool.driver;
  return [
    ...rules
      .filter(({ shortDescription, help }) => !shortDescription.text || !help.text)
      .map(({ id }) => `${id}: no text`),
    ...(new Set(rules.map(({ id }) => id)).size === rules.length ? [] : ["a rule stands twice"]),
    ...run.results.flatMap((result) => resultFaults(result, rules)),
  ];
}

function resultFaults(result: Result, rules: readonly Rule[]): string[] {
  const places = [...(result.locations ?? []), ...(result.relatedLocations ?? [])];
  return [
    ...(rules[result.ruleIndex]?.id === result.ruleId ? [] : ["another rule"]),
    ...(["error", "warning", "note"].includes(result.level) ? [] : ["no level"]),
    ...(result.message.text === "" ? ["no message"] : []),
    ...Object.values(result.partialFingerprints).filter((each) => each === ""),
    ...places.filter(hasTwins).map(() => "a logical location stands twice"),
    ...places.flatMap(({ physicalLocation: { artifactLocation, region } }) => [
      ...(isRelativeReference(artifactLocation.uri)
        ? []
        : [`no relative reference: ${artifactLocation.uri}`]),
      ...(region.startLine >= 1 && region.startColumn >= 1 ? [] : ["no place"]),
    ]),
  ];
}

function hasTwins({ logicalLocations: all = [] }: Place): boolean {
  return new Set(all.map(({ fullyQualifiedName }) => fullyQualifiedName)).size < all.length;
}

/** RFC 3986, section 4.2: a path without a scheme, of characters that a path may hold. */
function isRelativeReference(uri: string): boolean {
  return /^(?:[A-Za-z0-9\-._~!$&'()*+,;=@]|%[0-9A-F]{2}|(?<!^)\/)*$/.test(uri);
}

function uriOf(places: readonly Place[] = []): string {
  return places.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri).join();
}

const read = (text: string) => JSON.parse(text) as Log;

describe("the SARIF log", () => {
  it("is as the specification says", () => {
    expect(faults(read(sarifReport(SAMPLE)))).toEqual([]);
    expect(faults(read(sarifReport(UNCHANGED)))).toEqual([]);
    const broken = read(sarifReport(SAMPLE).replaceAll("specs/head.yaml", "file:///head.yaml"));
    expect(faults(broken)).not.toEqual([]);
  });

  it("has a result a finding, in the new document where it is there, and the old beside it", () => {
    const { results } = read(sarifReport(SAMPLE)).runs[0]!;
    expect(
      results.map(({ level, locations, relatedLocations }) => [
        level,
        uriOf(locations),
        uriOf(relatedLocations),
      ]),
    ).toEqual([
      ["error", "specs/head.yaml", "specs/base.yaml"],
      ["error", "specs/head.yaml", "specs/base.yaml"],
      ["error", "specs/head.yaml", "specs/base.yaml"],
      ["warning", "specs/head.yaml", "specs/base.yaml"],
      ["note", "specs/head.yaml", ""],
      ["note", "", ""],
      ["error", "specs/head.yaml", "specs/base.yaml"],
      ["error", "apps/web/src/orders.ts", ""],
      ["error", "apps/web/src/draft.ts", ""],
      ["warning", "review-waivers.yaml", ""],
      ["warning", "", ""],
    ]);
    expect(results[1]?.properties["witness"]).toEqual(SAMPLE.review.findings[1]?.witness);
    expect(results[1]?.partialFingerprints).toEqual({
      primaryLocationLineHash: "00000000000000f2:1",
      "clientsmith/v1": "00000000000000f2",
    });
    expect(results.map(({ suppressions }) => suppressions?.[0]?.kind)).toEqual([
      ...Array<undefined>(6),
      "external",
      ...Array<undefined>(4),
    ]);
  });

  it("names each rule that it uses once, in words that hold no value", () => {
    const { rules } = read(sarifReport(SAMPLE)).runs[0]!.tool.driver;
    expect(rules.map(({ id, shortDescription }) => [id, shortDescription.text])).toEqual([
      ["api-operation-id-changed", "operationId ‹before› is now ‹after›: clients name functions by it"],
      ["api-removed-without-deprecation", "‹operation› is gone, and was not deprecated before"],
      ["api-security-added", "Security ‹after› is accepted now"],
      ["api-tag-added", "Tag ‹after› is new"],
      ["consumer-break", "Code that compiles against the old package does not against the new one"],
      [
        "request-property-min-increased",
        "The minimum of `‹property›` of the request body is higher: ‹before› before, ‹after› now",
      ],
      [
        "response-property-enum-value-added",
        "‹after› is a new value of `‹property›` of the ‹status› response",
      ],
      ["waiver-expired", "A waiver has ended"],
      ["waiver-unused", "A waiver means no finding"],
    ]);
  });

  it("is as the specification says, whatever the documents hold, and links nowhere", () => {
    forHostileTexts((some) => {
      const log = read(sarifReport(reviewOf(some)));
      expect(faults(log)).toEqual([]);
      // A `[` that is not escaped begins a link (section 3.11.6).
      for (const { message } of log.runs[0]!.results)
        expect(message.text).not.toMatch(/(?<!\\)(?:\\\\)*[[\]]/);
    });
  });
});
