import { createHash } from "node:crypto";
import { review, type Review, type ReviewOptions, type ReviewSide } from "../../generator/diff/review.js";
import { hasErrors, leniently } from "../../generator/diagnostics/problem.js";
import { packagedOf } from "../../generator/pipeline/diff.js";
import { proverOf } from "../../generator/pipeline/prover.js";
import { QuickJudge } from "../../generator/fixtures/quick-judge.js";
import { buildModel, buildReceived } from "../../generator/model/build.js";
import { DEFAULT_LIMITS } from "../../generator/source/limits.js";
import { parse } from "../../generator/source/parse.js";
import { upgradedAlone } from "./shape.js";

/** Reviews the step from one text to another, on a day of the year 2026. */
export function reviewTexts(base: string, head: string, options: Partial<ReviewOptions> = {}): Review {
  return review(
    { base: sideOf("base.yaml", base), head: sideOf("head.yaml", head) },
    {
      digest: (text) => createHash("sha256").update(text).digest("hex"),
      today: "2026-06-15",
      openEnums: true,
      ...options,
    },
  );
}

/** One text, read. */
export function sideOf(id: string, text: string): ReviewSide {
  const parsed = parse({ id, text });
  if (!parsed.value) throw new Error(JSON.stringify(parsed.problems));
  const upgraded = upgradedAlone(parsed.value);
  const { value, problems } = buildModel(upgraded, id, DEFAULT_LIMITS, "open");
  if (!value || hasErrors(leniently(problems))) throw new Error(JSON.stringify(problems));
  const judge = new QuickJudge(proverOf(upgraded));
  return {
    model: value,
    packaged: packagedOf({ model: value, judge }, upgraded, id, DEFAULT_LIMITS),
    received: buildReceived(upgraded, id),
    judge,
    documents: upgraded.documents,
  };
}

type Json = object | boolean;

/** A document with one operation that takes and gives the schema. */
export function documentOf(
  schema: Json,
  {
    schemas = {},
    version = "3.1.0",
    direction = "both",
  }: { schemas?: object; version?: string; direction?: "request" | "response" | "both" } = {},
): string {
  const content = { "application/json": { schema } };
  return JSON.stringify({
    openapi: version,
    info: { title: "T", version: "1" },
    paths: {
      "/things": {
        put: {
          operationId: "putThing",
          ...(direction !== "response" && { requestBody: { required: true, content } }),
          responses: { "200": { description: "ok", ...(direction !== "request" && { content }) } },
        },
      },
    },
    components: { schemas },
  });
}

/** `error request-property-removed`, for each finding. */
export function verdicts({ findings }: Review): string[] {
  return findings.map(({ level, rule }) => `${level} ${rule}`);
}
