import type { ConsumerReview } from "../impact/effects.js";
import type { Review } from "../review.js";
import { Html, markup, messageHtml } from "./html-text.js";
import {
  fixtureGroups,
  consumerRemark,
  consumerWords,
  impactLines,
  placeName,
  waiverWords,
} from "./words.js";

/** What the sections of one API need to stand beside those of others. */
export type SectionContext = {
  /** `h2`, or `h3` under the heading of an API. */
  readonly heading: "h2" | "h3";
  /** Tells the ids of one API's sections from another's. */
  readonly suffix: string;
  /** The ids of all findings of the page. */
  readonly ids: ReadonlySet<string>;
};

/** What a review says beside its findings: TypeScript, consumers, fixtures, what is waived. */
export function sectionsHtml(review: Review, context: SectionContext): Html {
  return markup`${typescriptHtml(review, context)}
${consumersHtml(review, context)}
${fixturesHtml(review, context)}
${waivedHtml(review, context)}`;
}

/** A section under a heading that names it. */
function section(
  {
    id,
    title,
    heading,
    suffix,
  }: { id: string; title: string | Html } & Pick<SectionContext, "heading" | "suffix">,
  content: Html,
): Html {
  const tag = new Html(heading);
  return markup`<section aria-labelledby="${id}${suffix}">
<${tag} id="${id}${suffix}">${title}</${tag}>
${content}
</section>
`;
}

function causeHtml(finding: string | undefined, ids: ReadonlySet<string>): Html | string {
  if (finding === undefined) return "";
  return ids.has(finding) ? markup`<a href="#${finding}">${finding}</a>` : finding;
}

function typescriptHtml({ typescript = [] }: Review, context: SectionContext): Html | undefined {
  if (typescript.length === 0) return undefined;
  const rows = typescript.map(
    ({ symbol, kind, finding, ...impact }) =>
      markup`<tr><td><code>${symbol}</code></td><td class="kind">${kind}</td><td><pre>${impactLines(impact).join("\n")}</pre></td><td>${causeHtml(finding, context.ids)}</td></tr>
`,
  );
  return section(
    { id: "typescript", title: "TypeScript", ...context },
    markup`<table class="plain"><thead><tr><th scope="col">Export</th><th scope="col">Change</th><th scope="col">The compiler says</th><th scope="col">Finding</th></tr></thead>
<tbody>${rows}</tbody></table>`,
  );
}

function consumersHtml(review: Review, context: SectionContext): Html[] {
  return (review.consumers ?? []).map((consumer, index) =>
    consumerHtml(consumer, { ...context, suffix: `${context.suffix}-${index}`, bump: review.bump }),
  );
}

function consumerHtml(consumer: ConsumerReview, context: SectionContext & Pick<Review, "bump">): Html {
  const rows = consumer.breaks.map(
    (site) =>
      markup`<tr><td><code>${placeName(site)}</code></td><td><code>${site.code}</code></td><td><pre>${site.message}</pre></td><td>${causeHtml(site.finding, context.ids)}</td></tr>
`,
  );
  const table = markup`<table class="plain"><thead><tr><th scope="col">Place</th><th scope="col">Error</th><th scope="col">The compiler says</th><th scope="col">Finding</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  const remark = consumerRemark(consumer, context);
  return section(
    { id: "consumer", title: markup`Consumer ${messageHtml(consumerWords(consumer))}`, ...context },
    markup`${rows.length > 0 && table}${remark !== "" && markup`<p class="lead">${remark}</p>`}`,
  );
}

function fixturesHtml({ fixtures = [] }: Review, context: SectionContext): Html | undefined {
  if (fixtures.length === 0) return undefined;
  const items = fixtureGroups({ fixtures }).map(
    ({ kind, record, words }) => markup`<li><span>${kind}</span> <code>${record}</code> ${words}</li>
`,
  );
  return section(
    { id: "fixtures", title: "Fixtures", ...context },
    markup`<ul class="fixtures">${items}</ul>`,
  );
}

function waivedHtml({ waived = [] }: Review, context: SectionContext): Html | undefined {
  if (waived.length === 0) return undefined;
  const rows = waived.map(
    (finding) =>
      markup`<tr><td>${finding.id}</td><td>${messageHtml(finding.message)}</td><td><code>${finding.rule}</code></td><td>${waiverWords(finding)}</td></tr>
`,
  );
  return section(
    { id: "waived", title: "Waived", ...context },
    markup`<table class="plain"><thead><tr><th scope="col">Id</th><th scope="col">Finding</th><th scope="col">Rule</th><th scope="col">Reason</th></tr></thead>
<tbody>${rows}</tbody></table>`,
  );
}
