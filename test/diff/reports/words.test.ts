import { expect, it } from "vitest";
import { headline } from "../../../generator/diff/reports/words.js";
import { judged, type Review } from "../../../generator/diff/review.js";
import { SAMPLE } from "./sample.js";

const [finding] = SAMPLE.review.findings;
const impact = { symbol: "A", kind: "changed", message: "" } as const;
const waived = [{ ...finding!, waiver: { reason: "agreed" } }];
const waiverProblems = [{ kind: "unused", waiver: "0", message: "remove it" }] as const;

it.each<[words: string, parts: Partial<Review>]>([
  ["Nothing changes", {}],
  ["Nothing changes on the wire", { typescript: [impact] }],
  ["Nothing changes on the wire", { fixtures: [{ name: "aFixtures.full", schema: "A", kind: "changed" }] }],
  ["Nothing changes but what is waived", { waived, typescript: [impact] }],
  ["Waivers are to be mended", { waiverProblems }],
  ["Breaking: 1 error", { findings: [finding!], waived, waiverProblems }],
])("%s", (words, parts) => {
  expect(headline(judged({ findings: [], ...parts }))).toBe(words);
});

it("a type that has only moved is no new feature", () => {
  const moved = [{ ...impact, kind: "moved" }] as const;
  expect(judged({ findings: [], typescript: moved }).bump).toBe("patch");
  expect(judged({ findings: [], typescript: [{ ...impact, kind: "added" }] }).bump).toBe("minor");
});
