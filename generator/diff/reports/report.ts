import type { Paint } from "../../diagnostics/print.js";
import type { Pair } from "../compare-schemas.js";
import type { Review } from "../review.js";
import { githubReport } from "./github.js";
import { htmlReport } from "./html.js";
import { jsonReport } from "./json.js";
import { markdownReport } from "./markdown.js";
import type { Documents } from "./places.js";
import { sarifReport } from "./sarif.js";
import { textReport } from "./text.js";

/** A review and what its reports show beside it. */
export type ReportInput = {
  readonly review: Review;
  /** Of each side, the one that the others are referred from first. */
  readonly documents: Pair<Documents>;
  readonly paint: Paint;
  /** The version of this tool. */
  readonly version: string;
  /** The SHA-256 of a text, in hexadecimal. */
  readonly digest: (text: string) => string;
};

/** Every form of a report, by the name that `--format` takes. */
export const REPORTS = {
  text: textReport,
  markdown: markdownReport,
  json: ({ review }) => jsonReport(review),
  github: githubReport,
  sarif: sarifReport,
  html: htmlReport,
} as const satisfies { readonly [format: string]: (input: ReportInput) => string };
