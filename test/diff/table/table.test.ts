import { describe, expect, it } from "vitest";
import { RULES } from "../../../generator/diff/rules/rules.js";
import type { Review } from "../../../generator/diff/review.js";
import { reviewTexts, verdicts } from "../../support/review.js";
import { BODIES } from "./body-rows.js";
import { MARK_ROWS } from "./mark-rows.js";
import { LIFE_CYCLE, OPERATIONS } from "./operation-rows.js";
import { PARAMETERS } from "./parameter-rows.js";
import { RECEIVED } from "./received-rows.js";
import { RESPONSES } from "./response-rows.js";
import { COMPONENTS, SCHEMA_ROWS, type Mark } from "./schema-rows.js";
import { SCHEME_ROWS, SECURITY, SERVERS } from "./security-rows.js";

const OPERATION_ROWS = [
  ...PARAMETERS,
  ...BODIES,
  ...RESPONSES,
  ...SECURITY,
  ...SCHEME_ROWS,
  ...SERVERS,
  ...LIFE_CYCLE,
  ...OPERATIONS,
  ...RECEIVED,
  ...MARK_ROWS,
];

const LEVELS = { E: "error", W: "warning", I: "info" } as const;
/** Every place where a schema can stand: as it is, and as a property of an object. */
const PLACES = {
  "request-parameter": "request",
  "request-parameter-property": "request",
  "request-body": "request",
  "request-property": "request",
  "response-body": "response",
  "response-property": "response",
  "response-header": "response",
  "response-header-property": "response",
} as const;
type Place = keyof typeof PLACES;

function json(schema: object | boolean): object {
  return { content: { "application/json": { schema } } };
}

function operation(own: object | boolean): object {
  return {
    parameters: [{ name: "q", in: "query", ...json(own) }],
    requestBody: json(own),
    responses: { "200": { description: "", ...json(own), headers: { "X-Own": json(own) } } },
  };
}

/** A document with the schema at each of the places. */
function documentWith(schema: object | boolean): string {
  const within = { type: "object", properties: { held: schema } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/whole": { put: operation(schema) }, "/property": { put: operation(within) } },
    components: { schemas: COMPONENTS },
  });
}

function expectedOf(change: string, place: Place, mark: Mark): string[] {
  // It is looked for in bodies alone.
  if (mark === "-" || (change === "unexplained" && !place.endsWith("-body"))) return [];
  const [side] = place.split("-");
  const member = /^(required|optional)-property-(added|removed)$/.exec(change);
  // They speak of the property, be it of the whole or of one inside.
  const at = member || /^became-(required|optional)$/.test(change) ? propertyAt(place) : place;
  if (!member) return [`${LEVELS[mark]} ${at}-${change}`];
  const [, how, what] = member;
  if (what === "added")
    return [
      `${LEVELS[mark]} ${side === "request" ? `new-${how}-request-property` : `response-${how}-property-added`}`,
    ];
  return [
    `${LEVELS[mark]} ${side === "request" ? "request-property-removed" : `response-${how}-property-removed`}`,
  ];
}

function propertyAt(place: Place): string {
  if (place.endsWith("-property")) return place;
  return place.endsWith("-body") ? place.replace("-body", "-property") : `${place}-property`;
}

/** The review of each row, made when it is first asked for. */
function once(base: () => string, head: () => string): () => Review {
  let review: Review | undefined;
  return () => (review ??= reviewTexts(base(), head()));
}

const SCHEMA_CASES = SCHEMA_ROWS.map(([change, base, head, request, response]) => ({
  change,
  base,
  head,
  request,
  response,
  review: once(
    () => documentWith(base),
    () => documentWith(head),
  ),
}));
const OPERATION_CASES = OPERATION_ROWS.map(([name, base, head, expected]) => ({
  name,
  expected,
  review: once(
    () => JSON.stringify(base),
    () => JSON.stringify(head),
  ),
}));

describe("a change of a schema, at each place", () => {
  it.each(SCHEMA_CASES)("$change: $base → $head", ({ change, request, response, review }) => {
    const expected = (Object.keys(PLACES) as Place[]).flatMap((place) =>
      expectedOf(change, place, PLACES[place] === "request" ? request : response),
    );
    expect([...new Set(verdicts(review()))].toSorted()).toEqual([...new Set(expected)].toSorted());
  });
});

describe("a change of an operation", () => {
  it.each(OPERATION_CASES)("$name", ({ expected, review }) => {
    const named = expected.map((text) =>
      text.replace(/^[EWI]/, (mark) => LEVELS[mark as keyof typeof LEVELS]),
    );
    expect(verdicts(review()).toSorted()).toEqual(named.toSorted());
  });
});

function allFindings(): Review["findings"] {
  return [...SCHEMA_CASES, ...OPERATION_CASES].flatMap(({ review }) => review().findings);
}

describe("of all rows together", () => {
  it("each rule is found by one", () => {
    const fired = new Set(allFindings().map(({ rule }) => rule));
    expect([...RULES.keys()].filter((id) => !fired.has(id))).toEqual([]);
  });

  it("each error is proved, but for what no value and no message shows", () => {
    const errors = allFindings().filter(({ level }) => level === "error");
    const rulesOf = (isProved: boolean) =>
      new Set(errors.filter(({ witness }) => Boolean(witness) === isProved).map(({ rule }) => rule));
    const unprovable = [...RULES.values()]
      .filter((rule) => rule.unprovable !== undefined)
      .map(({ id }) => id);
    const [proved, unproved] = [rulesOf(true), rulesOf(false)];
    expect([...unproved].filter((id) => !unprovable.includes(id))).toEqual([]);
    expect(unprovable.filter((id) => proved.has(id))).toEqual([]);
  });
});
