import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { jsonReport, SCHEMA } from "../../../generator/diff/reports/json.js";
import { documentOf, reviewTexts } from "../../support/review.js";
import { ROOT } from "../../support/root.js";
import { forHostileTexts } from "./hostile.js";
import { reviewOf, SAMPLE, UNCHANGED } from "./sample.js";

type Schema = {
  readonly properties: Record<string, { readonly const?: string }>;
  readonly $defs: Record<string, { readonly properties: object }>;
};

const schema = JSON.parse(
  readFileSync(new URL("generator/diff/reports/review.schema.json", ROOT), "utf8"),
) as Schema;
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** What the schema says of a report; nothing where it is as it should be. */
function faults(report: string): unknown {
  return validate(JSON.parse(report)) ? [] : validate.errors;
}

describe("the JSON of a review", () => {
  it("is as its schema says", () => {
    expect(faults(jsonReport(SAMPLE))).toEqual([]);
    expect(faults(jsonReport(UNCHANGED))).toEqual([]);
    const real = reviewTexts(
      documentOf({ type: "object", properties: { a: { type: "integer" }, b: {} } }),
      documentOf({ type: "object", required: ["a"], properties: { a: { type: "string" } } }),
    );
    expect(real.findings.length).toBeGreaterThan(2);
    expect(faults(jsonReport({ ...SAMPLE, review: real }))).toEqual([]);
  });

  it("is as its schema says, whatever the documents hold", () => {
    forHostileTexts((some) => {
      expect(faults(jsonReport(reviewOf(some)))).toEqual([]);
    });
  });

  it("is told by its schema, which knows every member and no other", () => {
    const report = JSON.parse(jsonReport(SAMPLE)) as Record<string, Record<string, unknown>[]>;
    const [removed] = SAMPLE.review.findings;
    const { witness: _witness, ...unproved } = removed!;
    const bare = { ...SAMPLE, review: { ...SAMPLE.review, findings: [unproved] } };
    const [said] = (JSON.parse(jsonReport(bare)) as typeof report)["findings"]!;
    expect(said?.["unproved"]).toBe("nothing was found that only one of the documents allows");
    expect(schema.properties["schema"]?.const).toBe(SCHEMA);
    expect(Object.keys(report).toSorted()).toEqual(Object.keys(schema.properties).toSorted());
    const members = new Set([...report["findings"]!, said!].flatMap((finding) => Object.keys(finding)));
    expect([...members].toSorted()).toEqual(Object.keys(schema.$defs["finding"]!.properties).toSorted());
    expect(faults(JSON.stringify({ ...report, more: 1 }))).not.toEqual([]);
    expect(faults(JSON.stringify({ ...report, bump: "huge" }))).not.toEqual([]);
    const [first] = report["findings"]!;
    expect(faults(JSON.stringify({ ...report, findings: [{ ...first, more: 1 }] }))).not.toEqual([]);
  });

  it("tells a null apart from what is not there", () => {
    const { findings } = JSON.parse(jsonReport(SAMPLE)) as { findings: object[] };
    expect(findings[5]).toHaveProperty("after", null);
    expect(findings[5]).not.toHaveProperty("before");
  });
});
