import { githubReport } from "./github.js";
import { htmlReport } from "./html.js";
import { jsonReport } from "./json.js";
import { markdownReport } from "./markdown.js";
import type { ReportInput } from "./report-input.js";
import { sarifReport } from "./sarif.js";
import { numbered } from "./several.js";
import { textReport } from "./text.js";

export type { ReportInput } from "./report-input.js";

type First = readonly [ReportInput, ...ReportInput[]];

/** Every form of a report, by the name that `--format` takes: one document, of however many APIs. */
export const REPORTS = {
  text: textReport,
  markdown: markdownReport,
  json: jsonReport,
  github: githubReport,
  sarif: sarifReport,
  html: htmlReport,
} as const satisfies { readonly [format: string]: (...inputs: First) => string };

/** One report of the reviews. */
export function reportOf(format: keyof typeof REPORTS, inputs: readonly ReportInput[]): string {
  const [first, ...others] = numbered(inputs);
  return first ? REPORTS[format](first, ...others) : "";
}
