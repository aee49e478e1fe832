import type { Area, Rule } from "../rules/rules.js";
import { oasdiffNames } from "./oasdiff.js";
import { levelsOf } from "./rule-effects.js";
import { allRules, describeRule } from "./rule-text.js";

/** Where a schema can stand: what the ids of its rules begin with, the longer first. */
const PLACES = [
  "request-parameter-property",
  "request-parameter",
  "request-property",
  "request-body",
  "response-property",
  "response-body",
  "response-header-property",
  "response-header",
] as const;

const HEAD = `# The rules of \`clientsmith diff\`

<!-- Generated from the table of rules. \`UPDATE_GOLDENS=1 npx vitest run --config test/vitest.config.ts test/diff\` writes it anew. -->

A change **narrows** or **widens** the set of what is allowed, does **both**, or **keeps** it. A request breaks where it narrows: callers send what is
now refused. A response breaks where it widens: callers get what they never agreed to. What keeps the set is information. Callbacks and webhooks are the
other way round: there the client receives the request.

What is **unknown** nobody can tell from the documents: that is a warning, and becomes an error where a value is found that shows it.

An error is but a warning where something guards it: a response without success, a new required property with a default, what was deprecated before, an
open enum, what could be absent, what clients pass over, an annotation, a value that several alternatives of a \`oneOf\` take, a format that no validator knows or that forbids nothing, an operation that was never said to be stable (\`x-stability-level\`: draft, alpha). What was
deprecated and is past its sunset (\`x-sunset\`) may go. Some rules have a level of their own, the same in both columns.

An error is proved: by a value that one document allows and the other refuses, or by a request or a response that one side understands and the other
refuses or reads as something else. Requests are written as packages write them, and read as mock servers do. What has no proof says why; the last
section lists what none can be had of.

The ids are oasdiff's where the meaning is the same; the last column has its ids.
`;

/** The page of all rules, as Markdown. */
export function rulesPage(): string {
  const rules = allRules();
  const schema = rules.filter((rule) => changeOf(rule) !== undefined);
  const others = rules.filter((rule) => changeOf(rule) === undefined);
  const areas = [...new Set(others.map(({ area }) => area))];
  const sections = [...areas.map((area) => areaSection(area, others)), schemaSection(schema)];
  return [HEAD, ...sections, unprovableSection(rules)].join("\n");
}

/** Their ids begin like those of a place, and they are about properties alone. */
const RULES_OF_THEIR_OWN = [
  "request-property-removed",
  "response-header-added",
  "response-header-became-optional",
  "response-header-became-required",
];

/** The change of a schema that a rule is about, without the place. */
function changeOf({ id, area }: Rule): string | undefined {
  // `propertyNames` of a parameter is no change of the names of a property.
  const isAt = (each: string) => id.startsWith(`${each}-`) && !id.startsWith(`${each}-names-`);
  const place = area === "schema" ? PLACES.find(isAt) : undefined;
  return place && RULES_OF_THEIR_OWN.every((each) => each !== id) ? id.slice(place.length + 1) : undefined;
}

function areaSection(area: Area, rules: readonly Rule[]): string {
  const rows = rules
    .filter((each) => each.area === area)
    .map((rule) =>
      row([
        `\`${rule.id}\``,
        effectText(rule),
        levelText(rule, "request"),
        levelText(rule, "response"),
        cell(describeRule(rule.id)),
        oasdiffText([rule.id]),
      ]),
    );
  const title = area.charAt(0).toUpperCase() + area.slice(1);
  return table(title === "Schema" ? "Properties" : title, "Rule", rows);
}

/** A row a change, for all places that it can stand at. */
function schemaSection(rules: readonly Rule[]): string {
  const changes = [...new Set(rules.map((rule) => changeOf(rule)!))];
  const rows = changes.map((change) => {
    const own = rules.filter((rule) => changeOf(rule) === change);
    const example = own.find(({ id }) => id.startsWith("request-property-")) ?? own[0]!;
    return row([
      `\`…-${change}\``,
      effectText(example),
      levelText(example, "request"),
      levelText(example, "response"),
      cell(describeRule(example.id)),
      oasdiffText(own.map(({ id }) => id)),
    ]);
  });
  const places = PLACES.map((place) => `\`${place}\``).join(", ");
  const intro = `Each of these changes is a rule at each place where a schema stands. Its id is the place and the change: ${places}.`;
  return table("Schemas", "Change", rows, intro);
}

/** What no value and no message shows, by the reason why. */
function unprovableSection(rules: readonly Rule[]): string {
  const reasons = new Set(rules.flatMap(({ unprovable }) => unprovable ?? []));
  const lines = [...reasons].map((reason) => {
    const ids = rules.filter(({ unprovable }) => unprovable === reason).map(({ id }) => `\`${id}\``);
    return `- ${reason}: ${ids.join(", ")}`;
  });
  return ["## What nothing proves", "", ...lines, ""].join("\n");
}

function table(title: string, first: string, rows: readonly string[], intro?: string): string {
  return [
    `## ${title}`,
    "",
    ...(intro === undefined ? [] : [intro, ""]),
    row([first, "Effect", "In a request", "In a response", "Says", "oasdiff"]),
    row(Array.from({ length: 6 }, () => "---")),
    ...rows,
    "",
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function effectText(rule: Rule): string {
  return rule.effects.join(" or ");
}

function levelText(rule: Rule, direction: "request" | "response"): string {
  return levelsOf(rule, direction).join(" or ");
}

/** The ids there, shortened where several places have one change: `request-{body,property}-max-set`. */
function oasdiffText(ids: readonly string[]): string {
  const places = new Map<string, string[]>();
  for (const name of ids.flatMap(oasdiffNames)) {
    const place = ids.length > 1 ? PLACES.find((each) => name.startsWith(`${each}-`)) : undefined;
    const rest = place ? name.slice(place.length) : name;
    places.set(rest, [...(places.get(rest) ?? []), ...(place ? [place] : [])]);
  }
  const names = [...places].map(([rest, own]) => {
    if (own.length < 2) return `\`${own[0] ?? ""}${rest}\``;
    return `\`{${own.join(",")}}${rest}\``;
  });
  return names.join(", ") || "—";
}
