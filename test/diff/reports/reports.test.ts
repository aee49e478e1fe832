import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { painter } from "../../../generator/commands/terminal.js";
import { REPORTS } from "../../../generator/diff/reports/report.js";
import { textReport } from "../../../generator/diff/reports/text.js";
import { FOLDER, reviewOf, SAMPLE, UNCHANGED } from "./sample.js";
import { HOSTILE } from "./hostile.js";

const UPDATE = process.env["UPDATE_GOLDENS"] === "1";

/** The reports of `test/cases/review/`; of the page, `html.test.ts` tells. */
const GOLDENS = [
  ["text", "review.txt"],
  ["markdown", "review.md"],
  ["json", "review.json"],
  ["github", "github.txt"],
  ["sarif", "review.sarif"],
] as const;

describe.each(GOLDENS)("the report %s", (format, file) => {
  it("of the sample is the expected one", () => {
    const folder = new URL("expected/", FOLDER);
    const text = REPORTS[format](SAMPLE);
    if (UPDATE) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(new URL(file, folder), text);
    }
    expect(existsSync(new URL(file, folder)), `${file} is there`).toBe(true);
    expect(text).toBe(readFileSync(new URL(file, folder), "utf8"));
  });
});

describe("the report of no change", () => {
  it("is short", () => {
    expect(REPORTS.text(UNCHANGED)).toBe(
      "Nothing changes\nThe package needs no new version.\n  base  specs/base.yaml\n  head  specs/head.yaml\n",
    );
    expect(REPORTS.markdown(UNCHANGED)).toBe(
      "<!-- clientsmith diff -->\n## 🟢 Nothing changes\n\nThe package needs no new version. Compared: `specs/base.yaml` with `specs/head.yaml`.\n",
    );
    expect(REPORTS.github(UNCHANGED)).toBe("");
    expect(JSON.parse(REPORTS.json(UNCHANGED))).toMatchObject({
      verdict: "unchanged",
      bump: "none",
      findings: [],
    });
  });
});

describe("the text", () => {
  it("is coloured by the paint alone", () => {
    const colored = textReport({ ...SAMPLE, paint: painter(true) });
    expect(colored).toContain("\u001b[31m✗ error\u001b[0m");
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(textReport(SAMPLE));
  });

  it("puts errors first, and what several operations share once", () => {
    const text = textReport(SAMPLE);
    const ids = [...text.matchAll(/^ {4}(F\d) /gm)].map(([, id]) => id);
    expect(ids).toEqual(["F1", "F2", "F3", "F4", "F5", "F6"]);
    expect(text).toContain("    reaches 2 operations:\n      GET /orders/{id}\n      POST /orders\n");
  });

  it("steers neither a terminal nor a machine that reads logs", () => {
    for (const hostile of HOSTILE) {
      const text = textReport(reviewOf([hostile, "name"]));
      expect(text).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
      );
      expect(text).not.toMatch(/##(\[|vso\[)/i);
      expect(text).not.toMatch(/^\s*::/m);
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
  });
});
