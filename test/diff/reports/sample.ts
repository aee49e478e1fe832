import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Pair } from "../../../generator/diff/change.js";
import type { Documents } from "../../../generator/diff/reports/nearest.js";
import type { ReportInput } from "../../../generator/diff/reports/report.js";
import type { Witness } from "../../../generator/diff/proof/witness.js";
import type { LocatedFinding, Location, Review } from "../../../generator/diff/review.js";
import { parse } from "../../../generator/source/parse.js";
import type { SourceDocument } from "../../../generator/source/source.js";
import { ROOT } from "../../support/root.js";

/** The folder of the two documents and of what is made of them. */
export const FOLDER = new URL("test/cases/review/", ROOT);

function documentOfText(id: string, text: string): SourceDocument {
  const { value } = parse({ id, text });
  if (!value) throw new Error(`${id} is no document`);
  return value;
}

function read(name: string): SourceDocument {
  return documentOfText(`specs/${name}`, readFileSync(new URL(name, FOLDER), "utf8"));
}

const BASE = read("base.yaml");
const HEAD = read("head.yaml");
const DOCUMENTS: Pair<Documents> = { base: new Map([[BASE.id, BASE]]), head: new Map([[HEAD.id, HEAD]]) };

function at(document: SourceDocument, pointer: string): Location {
  return { file: document.id, source: document.id, ...document.locate(pointer, "key"), pointer };
}

const both = (pointer: string): Pick<LocatedFinding, "base" | "head"> => ({
  base: at(BASE, pointer),
  head: at(HEAD, pointer),
});

/**
 * A review as it is written down here, not as the comparison makes it: the reports are tested on every part that a review can have, and a
 * change of a rule changes none of them.
 */
const FINDINGS: readonly LocatedFinding[] = [
  {
    id: "F1",
    fingerprint: "00000000000000f1",
    rule: "api-removed-without-deprecation",
    level: "error",
    direction: "request",
    operations: ["DELETE /orders/{id}"],
    path: "",
    base: at(BASE, "/paths/~1orders~1{id}/delete"),
    witness: {
      kind: "request",
      validIn: "base",
      outcome: "refused",
      value: {
        method: "DELETE",
        path: "/orders/o%2F1",
        query: "reason=late&notify=true",
        headers: { Authorization: "Bearer token" },
        scopes: { oauth: ["orders:write"] },
        contentType: "application/json",
        body: { force: true },
      },
      reason: "no operation has this method and path",
    },
    message: "DELETE /orders/{id} is gone, and was not deprecated before",
    advice: "deprecate it first, with a sunset date, and remove it after that",
  },
  {
    id: "F2",
    fingerprint: "00000000000000f2",
    rule: "response-property-enum-value-added",
    level: "error",
    direction: "response",
    operations: ["GET /orders/{id}", "POST /orders"],
    path: "/state",
    ...both("/components/schemas/Order/properties/state"),
    after: "lost",
    witness: {
      kind: "value",
      validIn: "head",
      outcome: "refused",
      value: { id: "o-1", state: "lost" },
      reason: "/state must be equal to one of the allowed values",
    },
    message: '"lost" is a new value of `state` of the 200 response',
  },
  {
    id: "F3",
    fingerprint: "00000000000000f3",
    rule: "request-property-min-increased",
    level: "error",
    direction: "request",
    operations: ["POST /orders"],
    path: "/quantity",
    ...both("/components/schemas/Draft/properties/quantity/minimum"),
    before: 1,
    after: 5,
    witness: {
      kind: "value",
      validIn: "base",
      outcome: "refused",
      value: {
        quantity: 4,
        ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field${index}`, [index]])),
      },
      reason: "/quantity must be >= 5",
    },
    message: "the minimum of `quantity` of the request body is higher: 1 before, 5 now",
  },
  {
    id: "F4",
    fingerprint: "00000000000000f4",
    rule: "api-operation-id-changed",
    level: "warning",
    direction: "none",
    operations: ["GET /orders/{id}"],
    path: "",
    ...both("/paths/~1orders~1{id}/get"),
    before: "getOrder",
    after: "readOrder",
    message: 'operationId "getOrder" is now "readOrder": the client\'s function has another name',
    advice: "leave the operationId as it was; it is the name of the function that people call",
  },
  {
    id: "F5",
    fingerprint: "00000000000000f5",
    rule: "api-tag-added",
    level: "info",
    direction: "none",
    operations: ["GET /orders/{id}"],
    path: "",
    head: at(HEAD, "/paths/~1orders~1{id}/get/tags/0"),
    after: "orders",
    message: 'tag "orders" is new',
  },
  {
    id: "F6",
    fingerprint: "00000000000000f6",
    rule: "api-security-added",
    level: "info",
    direction: "request",
    operations: [],
    path: "",
    after: null,
    message: "security null is accepted, too",
  },
];

const REVIEW: Review = {
  verdict: "breaking",
  bump: "major",
  findings: FINDINGS,
  typescript: [
    {
      symbol: "OrderState",
      kind: "changed",
      message: 'Type \'"lost"\' is not assignable to type \'"open" | "sent"\'.\n  In OrderState.',
      finding: "F2",
    },
    {
      symbol: "getOrder",
      kind: "renamed",
      message: "",
      before: "client.getOrder({ id })",
      after: "client.readOrder({ id })",
      also: ["mockGetOrder (./mocks)"],
      finding: "F4",
    },
    { symbol: "deleteOrder", kind: "removed", message: "" },
    { symbol: "Line", kind: "moved", message: "another place of the document, the same name and type" },
  ],
  fixtures: [
    { name: "orderFixtures.stateLost", schema: "Order", kind: "added" },
    {
      name: "draftFixtures.full",
      schema: "Draft",
      kind: "changed",
      changes: ["/quantity", "/a", "/b", "/c", "/d"],
    },
    { name: 'invalidDraftFixtures["minimum at /quantity"]', schema: "Draft", kind: "removed" },
  ],
  consumers: [
    {
      project: "apps/web/tsconfig.json",
      files: 20,
      breaks: [
        {
          file: "apps/web/src/orders.ts",
          line: 12,
          column: 7,
          code: "TS2339",
          message: "Property 'getOrder' does not exist on type 'ShopClient'.",
          finding: "F4",
        },
        {
          file: "apps/web/src/draft.ts",
          line: 3,
          column: 1,
          code: "TS2322",
          message: "Type 'A' is not\n  assignable.",
        },
      ],
      known: 1,
      untouched: ["F1", "F3"],
    },
    { project: "apps/admin/tsconfig.json", files: 3, breaks: [], known: 0, untouched: [] },
  ],
  waived: [
    {
      ...FINDINGS[2]!,
      id: "W1",
      waiver: { reason: "nobody orders fewer than five", expires: "2027-01-01" },
    },
  ],
  waiverProblems: [
    {
      kind: "expired",
      waiver: "00000000000000aa",
      message: "it ended on 2025-01-01",
      place: { file: "review-waivers.yaml", line: 4, column: 3, pointer: "/1" },
    },
    { kind: "unused", waiver: "api-tag-removed", message: "no finding is meant by it" },
  ],
};

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The sample as every report takes it, without colours. */
export const SAMPLE: ReportInput = {
  name: "shop",
  review: REVIEW,
  documents: DOCUMENTS,
  paint: (_style, text) => text,
  version: "1.2.3",
  digest: sha256,
};

/** A review of nothing. */
export const UNCHANGED: ReportInput = {
  ...SAMPLE,
  review: { verdict: "unchanged", bump: "none", findings: [] },
};

/** A witness of each kind, made of texts of others. */
const WITNESSES: readonly ((text: (index: number) => string) => Witness)[] = [
  (text) => ({
    kind: "value",
    validIn: "head",
    outcome: "refused",
    value: { [text(1)]: text(2), [text(3)]: [text(0)] },
    reason: text(4),
  }),
  (text) => ({
    kind: "request",
    validIn: "base",
    outcome: "misread",
    value: {
      method: text(0),
      path: text(1),
      query: text(2),
      headers: { [text(3)]: text(4) },
      scopes: { [text(0)]: [text(1)] },
      certificate: true,
      contentType: text(2),
      body: text(3),
    },
    reason: text(4),
  }),
  (text) => ({
    kind: "response",
    validIn: "head",
    outcome: "refused",
    value: { status: text(0), headers: { [text(1)]: [text(2)] }, contentType: text(3), body: text(4) },
    reason: text(0),
  }),
];

/** A review whose every text is one of others': of a document, of a compiler, of a file of waivers. */
export function reviewOf(texts: readonly [string, ...string[]]): ReportInput {
  const text = (index: number) => texts[index % texts.length]!;
  const place: Location = { file: text(0), source: text(0), line: 1, column: 1, pointer: `/${text(1)}` };
  const finding = (index: number, level: LocatedFinding["level"]): LocatedFinding => ({
    id: `F${index + 1}`,
    fingerprint: `f${index}`,
    rule: "response-property-type-changed",
    level,
    direction: "response",
    operations: index === 0 ? [text(0)] : [text(1), text(2)],
    path: `/${text(1)}`,
    base: place,
    ...(index > 0 && { head: place }),
    before: text(2),
    after: { [text(3)]: [text(4)] },
    ...(index > 0 && { witness: WITNESSES[index % WITNESSES.length]!(text) }),
    message: `\`${text(3)}\` of ${text(0)} is "${text(1)}" now`,
    advice: text(2),
  });
  const document = { ...documentOfText(text(0), "{}"), text: texts.join("\n") };
  return {
    ...SAMPLE,
    documents: { base: new Map([[text(0), document]]), head: new Map([[text(0), document]]) },
    review: {
      verdict: "breaking",
      bump: "major",
      findings: [finding(0, "error"), finding(1, "error"), finding(2, "warning"), finding(3, "info")],
      typescript: [
        { symbol: text(1), kind: "changed", message: text(3), finding: text(2) },
        { symbol: text(0), kind: "renamed", message: "", before: text(4), after: text(1), also: [text(3)] },
      ],
      fixtures: [{ name: text(4), schema: text(2), kind: "changed", changes: [`/${text(0)}`] }],
      consumers: [
        {
          project: text(1),
          files: 1,
          breaks: [{ file: text(0), line: 1, column: 1, code: "TS2322", message: text(2), finding: text(3) }],
          known: 1,
          untouched: [text(2)],
        },
      ],
      waived: [{ ...finding(4, "error"), waiver: { reason: text(1), expires: text(3) } }],
      waiverProblems: [{ kind: "unused", waiver: text(0), message: text(2), place }],
    },
  };
}
