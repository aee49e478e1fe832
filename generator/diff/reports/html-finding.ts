import type { SourceId } from "../../source/source.js";
import type { Pair } from "../change.js";
import type { LocatedFinding } from "../review.js";
import { markup, messageHtml, type Html } from "./html-text.js";
import type { Documents } from "./nearest.js";
import { linesAround, placesOf, type Place } from "./places.js";
import { notProved, proofWords, witnessLines } from "./proof-text.js";
import { valueText } from "./value-text.js";
import { count, LEVEL_NAMES, placeName } from "./words.js";

/** What an entry is shown with. */
export type FindingContext = {
  readonly documents: Pair<Documents>;
  /** The operations of the page, in the order of its filter. */
  readonly operations: readonly string[];
  /** The ids of those that are open from the start. */
  readonly open: ReadonlySet<string>;
  readonly linesOf: (side: "base" | "head", file: SourceId) => readonly string[] | undefined;
};

const VALUE_WIDTH = 600;
const WITNESS_LINES = 60;
/** A proof of more lines is closed until somebody asks. */
const OPEN_LINES = 14;

/** One finding: a line that says it, and behind it both documents side by side, the proof, and what to do. */
export function findingHtml(finding: LocatedFinding, context: FindingContext): Html {
  const { id, level, rule, message, operations } = finding;
  const says = `${id}-says`;
  const indexes = operations.map((name) => context.operations.indexOf(name)).join(" ");
  return markup`<article class="finding" id="${id}" data-level="${level}" data-operations="${indexes}" aria-labelledby="${says}">
<details${context.open.has(id) && markup` open`}>
<summary><span class="chip ${level}">${LEVEL_NAMES[level]}</span> <span class="says" id="${says}">${messageHtml(message)}</span> <span class="turn">${id}</span></summary>
<div class="body">
<ul class="facts"><li><code>${rule}</code></li><li>fingerprint <code>${finding.fingerprint}</code></li></ul>
${sidesHtml(finding, context)}
${proofHtml(finding)}
${finding.advice !== undefined && markup`<p class="advice"><b>What to do:</b> ${messageHtml(finding.advice)}</p>`}
${reachHtml(finding)}
</div>
</details>
</article>
`;
}

function sidesHtml(finding: LocatedFinding, context: FindingContext): Html {
  const places = placesOf(finding, context.documents);
  const isSilent = finding.before === undefined && finding.after === undefined;
  const side = (name: "base" | "head", title: string, value: LocatedFinding["before"]) =>
    markup`<figure class="${name}">
<figcaption><b>${title}</b> ${places[name] && markup`<code>${placeName(places[name])}</code>`}</figcaption>
${!isSilent && markup`<p class="value${value !== undefined && " said"}"><code>${valueText(value, VALUE_WIDTH)}</code></p>`}
${sourceHtml(places[name], places[name] && context.linesOf(name, places[name].file))}
</figure>`;
  return markup`<div class="sides">${side("base", "Before", finding.before)}${side("head", "After", finding.after)}</div>`;
}

function sourceHtml(place: Place | undefined, lines: readonly string[] | undefined): Html {
  if (!place || !lines) return markup`<p class="absent">Not in this document.</p>`;
  const rows = linesAround(place, lines).map(
    ({ number, text, isMarked }) =>
      markup`<span class="row${isMarked && " marked"}"><span class="number">${number}</span> ${text}
</span>`,
  );
  return markup`${!place.isExact && markup`<p class="absent">Not in this document. Nearest to it:</p>`}<pre class="source${!place.isExact && " near"}" tabindex="0" aria-label="Source around line ${place.line}">${rows}</pre>`;
}

function proofHtml(finding: LocatedFinding): Html | undefined {
  const { witness, path } = finding;
  const why = notProved(finding);
  if (!witness) return why === undefined ? undefined : markup`<p class="proof unproved">${why}</p>`;
  const { lines, left } = witnessLines(witness, { path, most: WITNESS_LINES });
  const more = left > 0 && `\n… ${count(left, "more line")}`;
  return markup`<div class="proof"><details${lines.length <= OPEN_LINES && markup` open`}><summary>Proof: ${proofWords(witness, finding)}</summary>
<p>${witness.reason}</p>
<pre tabindex="0" aria-label="The ${witness.kind}">${lines.join("\n")}${more}</pre></details></div>`;
}

function reachHtml({ operations }: LocatedFinding): Html | undefined {
  if (operations.length < 2) return undefined;
  return markup`<div class="reach"><b>Reaches ${count(operations.length, "operation")}</b><ul>${operations.map(
    (name) => markup`<li><code>${name}</code></li>
`,
  )}</ul></div>`;
}
