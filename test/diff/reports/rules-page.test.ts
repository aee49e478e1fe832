import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { oasdiffNames } from "../../../generator/diff/reports/oasdiff.js";
import { levelsOf } from "../../../generator/diff/reports/rule-effects.js";
import { describeRule } from "../../../generator/diff/reports/rule-text.js";
import { rulesPage } from "../../../generator/diff/reports/rules-page.js";
import { RULES, ruleOf } from "../../../generator/diff/rules/rules.js";
import { documentOf, reviewTexts } from "../../support/review.js";
import { ROOT } from "../../support/root.js";

const PAGE = new URL("generator/diff/RULES.md", ROOT);

describe("RULES.md", () => {
  it("says what the table of rules says", () => {
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(PAGE, rulesPage());
    expect(readFileSync(PAGE, "utf8")).toBe(rulesPage());
  });

  it("describes every rule, with no value in it", () => {
    const page = rulesPage();
    for (const id of RULES.keys()) {
      expect(describeRule(id), id).not.toMatch(/[\u0000-\u001f]|undefined|\[object/);
      const change = id.replace(
        /^(?:request|response)-(?:(?:parameter|header)-property(?!-names)|parameter|header|body|property)-/,
        "",
      );
      expect(page, id).toContain(change);
    }
  });
});

const SCHEMA_CHANGES: readonly (readonly [base: object, head: object])[] = [
  [{ type: "string" }, { type: "string", minLength: 2 }],
  [
    { type: "string", maxLength: 2 },
    { type: "string", maxLength: 3 },
  ],
  [
    { type: "string", maxLength: 3 },
    { type: "string", maxLength: 2 },
  ],
  [
    { type: "number", minimum: 1 },
    { type: "number", minimum: 2 },
  ],
  [
    { type: "number", exclusiveMinimum: 2 },
    { type: "number", exclusiveMinimum: 1 },
  ],
  [{ type: "number", maximum: 9 }, { type: "number" }],
  [{ type: "number" }, { type: "integer" }],
  [{ type: "integer" }, { type: "number" }],
  [
    { type: "number", multipleOf: 2 },
    { type: "number", multipleOf: 4 },
  ],
  [{ type: "string" }, { type: "integer" }],
  [{ type: "string" }, { type: ["string", "null"] }],
  [{ type: ["string", "null"] }, { type: "string" }],
  [{ enum: ["a", "b"] }, { enum: ["a"] }],
  [{ enum: ["a"] }, { enum: ["a", "b"] }],
  [{ type: "string" }, { type: "string", enum: ["a"] }],
  [
    { type: "string", pattern: "^a" },
    { type: "string", pattern: "^b" },
  ],
  [{ type: "string" }, { type: "string", pattern: "^b" }],
  [
    { type: "array", items: {} },
    { type: "array", items: {}, uniqueItems: true },
  ],
  [{ type: "object" }, { type: "object", additionalProperties: false }],
  [
    { type: "object", properties: { a: {} } },
    { type: "object", required: ["a"], properties: { a: {} } },
  ],
  [
    { type: "object", required: ["a"], properties: { a: {} } },
    { type: "object", properties: { a: {} } },
  ],
  [{ type: "object" }, { type: "object", required: ["a"], properties: { a: { type: "string" } } }],
  [{ type: "object", required: ["a"], properties: { a: { type: "string" } } }, { type: "object" }],
];

describe("the levels of the page", () => {
  it.each(SCHEMA_CHANGES)("are those of the comparison: %j → %j", (base, head) => {
    const { findings } = reviewTexts(documentOf(base), documentOf(head));
    expect(findings).not.toEqual([]);
    for (const { rule, level, direction } of findings) {
      if (direction === "none") continue;
      expect(levelsOf(ruleOf(rule), direction), `${rule} in a ${direction}`).toContain(level);
    }
  });
});

describe("the names of oasdiff", () => {
  it.each([
    ["request-property-min-increased", ["request-property-min-increased"]],
    ["request-body-enum-added", ["request-body-became-enum"]],
    ["response-property-max-length-removed", ["response-property-max-length-unset"]],
    ["response-body-alternative-added", ["response-body-any-of-added", "response-body-one-of-added"]],
    ["api-operation-id-changed", ["api-operation-id-removed"]],
    ["request-path-parameter-renamed", []],
  ])("of %s", (id, names) => {
    expect(RULES.has(id)).toBe(true);
    expect(oasdiffNames(id)).toEqual(names);
  });
});
