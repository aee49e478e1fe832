import type { ConsumerReview } from "../impact/effects.js";
import type { Review } from "../review.js";
import { Html, markup, messageHtml } from "./html-text.js";
import { tableHtml } from "./html-table.js";
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
  const rows = typescript.map(({ symbol, kind, finding, ...impact }) => [
    markup`<code>${symbol}</code>`,
    markup`<span class="kind">${kind}</span>`,
    markup`<pre>${impactLines(impact).join("\n")}</pre>`,
    causeHtml(finding, context.ids),
  ]);
  const columns = ["Export", "Change", "The compiler says", "Finding"];
  return section(
    { id: "typescript", title: "TypeScript", ...context },
    tableHtml({ heading: `typescript${context.suffix}`, columns, rows }),
  );
}

function consumersHtml(review: Review, context: SectionContext): Html[] {
  return (review.consumers ?? []).map((consumer, index) =>
    consumerHtml(consumer, { ...context, suffix: `${context.suffix}-${index}`, bump: review.bump }),
  );
}

function consumerHtml(consumer: ConsumerReview, context: SectionContext & Pick<Review, "bump">): Html {
  const rows = consumer.breaks.map((site) => [
    markup`<code>${placeName(site)}</code>`,
    markup`<code>${site.code}</code>`,
    markup`<pre>${site.message}</pre>`,
    causeHtml(site.finding, context.ids),
  ]);
  const columns = ["Place", "Error", "The compiler says", "Finding"];
  const table = tableHtml({ heading: `consumer${context.suffix}`, columns, rows });
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
  const rows = waived.map((finding) => [
    finding.id,
    messageHtml(finding.message),
    markup`<code>${finding.rule}</code>`,
    waiverWords(finding),
  ]);
  const columns = ["Id", "Finding", "Rule", "Reason"];
  return section(
    { id: "waived", title: "Waived", ...context },
    tableHtml({ heading: `waived${context.suffix}`, columns, rows }),
  );
}
