import type { SourceId } from "../../source/source.js";
import type { Pair } from "../change.js";
import type { LocatedFinding, Review } from "../review.js";
import type { Level } from "../rules/rules.js";
import { sortedBy } from "../../model/order.js";
import { groupsOf, type Group } from "./groups.js";
import { findingHtml, type FindingContext } from "./html-finding.js";
import { SCRIPT } from "./html-script.js";
import { STYLE } from "./html-style.js";
import { LEVELS } from "../rules/rules.js";
import { sectionsHtml, type SectionContext } from "./html-sections.js";
import { Html, markup, messageHtml } from "./html-text.js";
import type { Documents } from "./nearest.js";
import { linesOf } from "./places.js";
import type { ReportInput } from "./report-input.js";
import { overall } from "./several.js";
import {
  bumpSentence,
  count,
  countsOf,
  headline,
  LEVEL_NAMES,
  verdictWord,
  waiverProblemWords,
} from "./words.js";

/**
 * The review as one page, of several APIs one after the other, that needs nothing else: no request leaves it, and its policy allows one style sheet and one script, each by its hash.
 * Everything is in the page's own HTML, so it reads, prints and can be searched without the script.
 */
export function htmlReport(...inputs: readonly [ReportInput, ...ReportInput[]]): string {
  const [first, ...others] = inputs;
  const { digest } = first;
  const all = overall(inputs.map(({ review }) => review));
  const operations = operationsOf(all.findings);
  const ids = new Set(all.findings.map(({ id }) => id));
  const open = openIds(inputs);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(digest)}">
<meta name="referrer" content="no-referrer">
<title>${headline(all)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body class="${all.verdict}">
<a class="skip" href="#findings">To the findings</a>
${others.length === 0 ? header(first) : severalHeader(all, inputs)}
${tools(all, operations)}
<main id="findings" class="page">
<p id="none" class="lead" hidden>No finding is left by these filters.</p>
${
  others.length === 0
    ? apiHtml(first, { operations, open, heading: "h2", suffix: "", ids })
    : inputs.map((input, index) =>
        headedApi(input, { operations, open, heading: "h3", suffix: `-${index}`, ids }),
      )
}
</main>
<footer><div class="page"><span><kbd>j</kbd> <kbd>k</kbd> next, previous</span> <span><kbd>/</kbd> search</span> <span><kbd>Enter</kbd> open or close</span> <span><kbd>Esc</kbd> clear the search</span> <label><input type="checkbox" id="keys" aria-label="Keys of one letter: j, k and /" checked> Keys of one letter</label></div></footer>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

type PageContext = SectionContext & Pick<FindingContext, "operations" | "open">;

/** More errors than this are closed at first: to lay out thousands takes longer than anybody reads. */
const MAX_OPEN = 50;

function openIds(inputs: readonly ReportInput[]): ReadonlySet<string> {
  const shown = inputs.flatMap(({ review }) => groupsOf(review.findings)).flatMap(({ findings }) => findings);
  const errors = shown.filter(({ level }) => level === "error");
  return new Set(errors.slice(0, MAX_OPEN).map(({ id }) => id));
}

function apiHtml({ review, documents }: ReportInput, page: PageContext): Html {
  const context = { documents, operations: page.operations, open: page.open, linesOf: lineReader(documents) };
  return markup`${groupsOf(review.findings).map((group) => groupHtml(group, context, page.heading))}
${sectionsHtml(review, page)}`;
}

/** One API among several, with what the top of a page of its own says. */
function headedApi(input: ReportInput, page: PageContext): Html {
  const { name, review } = input;
  const id = `api${page.suffix}`;
  return markup`<section class="api" aria-labelledby="${id}">
<h2 id="${id}"><code>${name}</code> ${headline(review)}</h2>
<p class="lead">${bumpSentence(review)}</p>
${problemsHtml(review)}
${apiHtml(input, page)}
</section>
`;
}

function problemsHtml({ waiverProblems = [] }: Review): Html | undefined {
  if (waiverProblems.length === 0) return undefined;
  return markup`<ul class="problems">${waiverProblems.map((each) => markup`<li>${messageHtml(waiverProblemWords(each))}</li>`)}</ul>`;
}

/** Nothing but this style sheet and this script; CSP Level 3, section 2.3.1. */
function policy(digest: (text: string) => string): string {
  const hash = (text: string) => `'sha256-${base64(digest(text))}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(STYLE)}`,
    `script-src ${hash(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function base64(hexadecimal: string): string {
  const bytes = hexadecimal.match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
}

/** The lines of a document, split once however many findings it has. */
function lineReader(documents: Pair<Documents>): FindingContext["linesOf"] {
  const known = {
    base: new Map<SourceId, readonly string[]>(),
    head: new Map<SourceId, readonly string[]>(),
  };
  return (side, file) => {
    const text = documents[side].get(file)?.text;
    if (text === undefined) return undefined;
    const lines = known[side].get(file) ?? linesOf(text);
    known[side].set(file, lines);
    return lines;
  };
}

function operationsOf(findings: readonly LocatedFinding[]): string[] {
  return sortedBy(new Set(findings.flatMap(({ operations }) => operations)), (name) => name);
}

function header({ review, documents }: ReportInput): Html {
  const [base] = documents.base.keys();
  const [head] = documents.head.keys();
  return markup`<header class="top page">
<p class="eyebrow">${base !== undefined && head !== undefined && markup`<code>${base}</code> → <code>${head}</code>`}</p>
<h1>${verdictWord(review)}</h1>
${countsHtml(review)}
<p class="lead">${bumpSentence(review)}</p>
${problemsHtml(review)}
</header>`;
}

/** The top of a page of several APIs: the worst of them, and a way to each. */
function severalHeader(all: Judged, inputs: readonly ReportInput[]): Html {
  return markup`<header class="top page">
<p class="eyebrow">${count(inputs.length, "API")}</p>
<h1>${verdictWord(all)}</h1>
${countsHtml(all)}
<ul class="apis">${inputs.map(
    (
      { name, review },
      index,
    ) => markup`<li><a href="#api-${index}"><code>${name}</code></a> ${headline(review)}</li>
`,
  )}</ul>
</header>`;
}

type Judged = ReturnType<typeof overall>;

const CLASSES: { readonly [L in Level]: string } = { error: "error", warning: "warn", info: "info" };

function countsHtml(review: Judged): Html {
  const counts = countsOf(review);
  return markup`<ul class="counts">${LEVELS.map(
    (level) =>
      markup`<li class="${CLASSES[level]}"><b>${counts[level]}</b> ${LEVEL_NAMES[level]}${counts[level] !== 1 && "s"}</li>`,
  )}</ul>`;
}

function tools({ findings }: Judged, operations: readonly string[]): Html {
  const buttons = LEVELS.map(
    (level) =>
      markup`<button type="button" data-level="${level}" aria-pressed="true">${LEVEL_NAMES[level]}s</button>`,
  );
  const options = operations.map((name, index) => markup`<option value="${index}">${name}</option>`);
  return markup`<div id="tools" role="search" aria-label="Findings" hidden><div class="page">
<div class="levels" role="group" aria-label="Levels">${buttons}</div>
<select id="operation" aria-label="Operation"><option value="">All operations</option>${options}</select>
<input id="search" type="search" placeholder="Search" aria-label="Search the findings" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<button type="button" id="expand"${new Html(findings.length === 0 ? " disabled" : "")}>Expand all</button>
<p id="status" role="status"></p>
</div></div>`;
}

function groupHtml(
  { kind, title, findings }: Group,
  context: FindingContext,
  level: SectionContext["heading"],
): Html {
  const tag = new Html(level);
  const space = title.indexOf(" ");
  const heading =
    kind === "operation" && space > 0
      ? markup`<span class="method">${title.slice(0, space)}</span> <span class="path">${title.slice(space + 1)}</span>`
      : title;
  return markup`<section class="group">
<${tag}>${heading}</${tag}>
${findings.map((finding) => findingHtml(finding, context))}
</section>
`;
}
