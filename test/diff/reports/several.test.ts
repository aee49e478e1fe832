import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { MAX_COMMENT } from "../../../generator/diff/reports/markdown.js";
import { REPORTS, reportOf, type ReportInput } from "../../../generator/diff/reports/report.js";
import { ROOT } from "../../support/root.js";
import { forHostileTexts } from "./hostile.js";
import { reviewOf, SAMPLE, UNCHANGED } from "./sample.js";

const SEVERAL: readonly ReportInput[] = [
  { ...UNCHANGED, name: "billing" },
  SAMPLE,
  { ...SAMPLE, name: "users" },
];

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`generator/diff/reports/${name}`, ROOT), "utf8")) as object;
}

const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addSchema(schema("review.schema.json"));
const validate = ajv.compile(schema("reviews.schema.json"));

function faults(report: string): unknown {
  return validate(JSON.parse(report)) ? [] : validate.errors;
}

type Several = {
  readonly verdict: string;
  readonly bump: string;
  readonly counts: object;
  readonly apis: readonly {
    readonly api: string;
    readonly findings: readonly { readonly id: string }[];
    readonly typescript: readonly { readonly finding?: string }[];
    readonly consumers: readonly {
      readonly breaks: readonly { readonly finding?: string }[];
      readonly untouched: readonly string[];
    }[];
  }[];
};

describe("a report of several APIs", () => {
  it("is one JSON value, as its schema says", () => {
    const text = reportOf("json", SEVERAL);
    expect(faults(text)).toEqual([]);
    const report = JSON.parse(text) as Several;
    expect(report).toMatchObject({
      verdict: "breaking",
      bump: "major",
      counts: { error: 6, warning: 2, info: 4 },
    });
    expect(report.apis.map(({ api }) => api)).toEqual(["billing", "shop", "users"]);
    expect(faults(JSON.stringify({ ...report, apis: report.apis.slice(1, 2) }))).not.toEqual([]);
    forHostileTexts((some) => {
      expect(faults(reportOf("json", [reviewOf(some), SAMPLE]))).toEqual([]);
    });
  });

  it("names no two findings alike", () => {
    const { apis } = JSON.parse(reportOf("json", SEVERAL)) as Several;
    const ids = apis.flatMap(({ findings }) => findings.map(({ id }) => id));
    expect(new Set(ids).size).toBe(12);
    expect(ids.at(0)).toBe("F1");
    // The second review's own F2 is the cause of its first impact.
    expect(apis[2]?.typescript[0]?.finding).toBe(apis[2]?.findings[1]?.id);
    const [consumer] = apis[2]!.consumers;
    expect(consumer?.breaks[0]?.finding).toBe(apis[2]?.findings[3]?.id);
    expect(consumer?.untouched).toEqual([apis[2]?.findings[0]?.id, apis[2]?.findings[2]?.id]);
    expect(reportOf("json", [SAMPLE])).toBe(REPORTS.json(SAMPLE));
  });

  it("is one run of SARIF with each rule once", () => {
    const log = JSON.parse(reportOf("sarif", SEVERAL)) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number }[];
      }[];
    };
    const [run, ...others] = log.runs;
    expect(others).toEqual([]);
    const { rules } = run!.tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { ruleId, ruleIndex } of run!.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(run!.results).toHaveLength(2 * 11);
  });

  it("is one page, whose ids name one thing each", () => {
    const page = reportOf("html", SEVERAL);
    expect(page.match(/<!doctype html>/g)).toHaveLength(1);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/ (?:href="#|aria-labelledby=")([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has the worst annotations of all first: GitHub shows ten of each kind", () => {
    const kinds = [...reportOf("github", SEVERAL).matchAll(/^::(\w+) .*title=(?!TS|waiver)/gm)].map(
      ([, kind]) => kind,
    );
    expect(kinds).toEqual([
      ...Array<string>(6).fill("error"),
      "warning",
      "warning",
      ...Array<string>(4).fill("notice"),
    ]);
  });

  it("says the worst at the top, and each API by its name", () => {
    const text = reportOf("text", SEVERAL);
    expect(text.split("\n")[0]).toBe("Breaking: 6 errors, 2 warnings, 4 notes (3 APIs)");
    expect(text.match(/^── .* ──$/gm)).toEqual(["── billing ──", "── shop ──", "── users ──"]);
    const markdown = reportOf("markdown", SEVERAL);
    expect(markdown.match(/^## .*$/gm)).toEqual([
      "## 🔴 Breaking: 6 errors, 2 warnings, 4 notes",
      "## `shop` 🔴 Breaking: 3 errors, 1 warning, 2 notes",
      "## `users` 🔴 Breaking: 3 errors, 1 warning, 2 notes",
    ]);
    expect(markdown).toContain("- 🟢 `billing` Nothing changes. The package needs no new version.\n");
  });

  it("is short enough for a comment, whatever there is to say, and whole in each part", () => {
    const many = Array.from({ length: 90 }, (_, index) => ({ ...SAMPLE, name: `api-${index}` }));
    const text = reportOf("markdown", many);
    expect(text.length).toBeLessThanOrEqual(MAX_COMMENT);
    expect(text).toMatch(/Left out, for a comment holds no more: .*\d+ errors.*\d+ call sites/);
    expect(text).toContain("- … 30 more APIs\n");
    expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
    const long = Array.from({ length: 90 }, () => ({
      ...reviewOf(["`".repeat(3_000)]),
      name: "$".repeat(3_000),
    }));
    expect(reportOf("markdown", long).length).toBeLessThanOrEqual(MAX_COMMENT);
  });
});
