import type { SourceId } from "../../source/source.js";
import type { Pair } from "../compare-schemas.js";
import type { LocatedFinding, Review } from "../review.js";
import type { Level } from "../rules.js";
import { sortedBy } from "../../model/order.js";
import { groupsOf, type Group } from "./groups.js";
import { findingHtml, type FindingContext } from "./html-finding.js";
import { SCRIPT } from "./html-script.js";
import { STYLE } from "./html-style.js";
import { Html, markup, messageHtml } from "./html-text.js";
import { linesOf, type Documents } from "./places.js";
import {
  bumpSentence,
  countsOf,
  headline,
  LEVEL_NAMES,
  LEVELS,
  verdictWord,
  waiverProblemWords,
  waiverWords,
} from "./words.js";

/** What a page is made of. */
type HtmlReport = {
  readonly review: Review;
  readonly documents: Pair<Documents>;
  /** The SHA-256 of a text, in hexadecimal. */
  readonly digest: (text: string) => string;
};

/**
 * The review as one page that needs nothing else: no request leaves it, and its policy allows one style sheet and one script, each by its hash.
 * Everything is in the page's own HTML, so it reads, prints and can be searched without the script.
 */
export function htmlReport({ review, documents, digest }: HtmlReport): string {
  const operations = operationsOf(review.findings);
  const context = { documents, operations, linesOf: lineReader(documents) };
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(digest)}">
<meta name="referrer" content="no-referrer">
<title>${headline(review)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body class="${review.verdict}">
<a class="skip" href="#findings">To the findings</a>
${header(review, documents)}
${tools(review, operations)}
<main id="findings" class="page">
${groupsOf(review.findings).map((group) => groupHtml(group, context))}
<p id="none" class="lead" hidden>No finding is left by these filters.</p>
${typescriptHtml(review)}
${fixturesHtml(review)}
${waivedHtml(review)}
</main>
<footer><div class="page"><span><kbd>j</kbd> <kbd>k</kbd> next, previous</span> <span><kbd>/</kbd> search</span> <span><kbd>Enter</kbd> open or close</span> <span><kbd>Esc</kbd> clear the search</span></div></footer>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
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

function header(review: Review, documents: Pair<Documents>): Html {
  const [base] = documents.base.keys();
  const [head] = documents.head.keys();
  const counts = countsOf(review);
  const classes: { readonly [L in Level]: string } = { error: "error", warning: "warn", info: "info" };
  const problems = review.waiverProblems ?? [];
  return markup`<header class="top page">
<p class="eyebrow">${base !== undefined && head !== undefined && markup`<code>${base}</code> → <code>${head}</code>`}</p>
<h1>${verdictWord(review)}</h1>
<ul class="counts">${LEVELS.map(
    (level) =>
      markup`<li class="${classes[level]}"><b>${counts[level]}</b> ${LEVEL_NAMES[level]}${counts[level] !== 1 && "s"}</li>`,
  )}</ul>
<p class="lead">${bumpSentence(review)}</p>
${problems.length > 0 && markup`<ul class="problems">${problems.map((each) => markup`<li>${messageHtml(waiverProblemWords(each))}</li>`)}</ul>`}
</header>`;
}

function tools({ findings }: Review, operations: readonly string[]): Html {
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

function groupHtml({ kind, title, findings }: Group, context: FindingContext): Html {
  const space = title.indexOf(" ");
  const heading =
    kind === "operation" && space > 0
      ? markup`<span class="method">${title.slice(0, space)}</span> <span class="path">${title.slice(space + 1)}</span>`
      : title;
  return markup`<section class="group">
<h2>${heading}</h2>
${findings.map((finding) => findingHtml(finding, context))}
</section>
`;
}

function typescriptHtml({ typescript = [], findings }: Review): Html | undefined {
  if (typescript.length === 0) return undefined;
  const ids = new Set(findings.map(({ id }) => id));
  const rows = typescript.map(({ symbol, kind, message, finding }) => {
    const cause =
      finding === undefined ? "" : ids.has(finding) ? markup`<a href="#${finding}">${finding}</a>` : finding;
    return markup`<tr><td><code>${symbol}</code></td><td class="kind">${kind}</td><td><pre>${message}</pre></td><td>${cause}</td></tr>
`;
  });
  return markup`<section aria-labelledby="typescript">
<h2 id="typescript">TypeScript</h2>
<table class="plain"><thead><tr><th scope="col">Export</th><th scope="col">Change</th><th scope="col">The compiler says</th><th scope="col">Finding</th></tr></thead>
<tbody>${rows}</tbody></table>
</section>
`;
}

function fixturesHtml({ fixtures = [] }: Review): Html | undefined {
  if (fixtures.length === 0) return undefined;
  const items = fixtures.map(
    ({ schema, fixture, kind }) => markup`<li><span>${kind}</span> <code>${schema}.${fixture}</code></li>
`,
  );
  return markup`<section aria-labelledby="fixtures">
<h2 id="fixtures">Fixtures</h2>
<ul class="fixtures">${items}</ul>
</section>
`;
}

function waivedHtml({ waived = [] }: Review): Html | undefined {
  if (waived.length === 0) return undefined;
  const rows = waived.map(
    (finding) =>
      markup`<tr><td>${messageHtml(finding.message)}</td><td><code>${finding.rule}</code></td><td>${waiverWords(finding)}</td></tr>
`,
  );
  return markup`<section aria-labelledby="waived">
<h2 id="waived">Waived</h2>
<table class="plain"><thead><tr><th scope="col">Finding</th><th scope="col">Rule</th><th scope="col">Reason</th></tr></thead>
<tbody>${rows}</tbody></table>
</section>
`;
}
