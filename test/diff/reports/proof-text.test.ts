import { describe, expect, it } from "vitest";
import { notProved, proofWords, witnessLines } from "../../../generator/diff/reports/proof-text.js";
import type { Witness } from "../../../generator/diff/proof/witness.js";

const REQUEST: Witness = {
  kind: "request",
  validIn: "base",
  outcome: "misread",
  value: {
    method: "POST",
    path: "/a%2Fb",
    query: "q=1",
    headers: { "X-Note": "one\ntwo" },
    scopes: { oauth: ["read", "write"], other: ["all"] },
    certificate: true,
    contentType: "application/json",
    body: { list: [1, 2, 3, 4, 5, 6, 7, 8] },
  },
  reason: 'query parameter "q" is not read',
};
const RESPONSE: Witness = {
  kind: "response",
  validIn: "head",
  outcome: "refused",
  value: { status: "200", headers: { "x-count": 3 }, contentType: "text/plain", body: '"a"' },
  reason: "media type text/plain is not described",
};
const VALUE = { kind: "value", validIn: "base", outcome: "refused" } as const;

describe("a witness", () => {
  it("that is a request reads as HTTP, its headers a line each, what no text says in brackets", () => {
    expect(witnessLines(REQUEST, { path: "", most: 12 })).toEqual({
      lines: [
        "POST /a%2Fb?q=1",
        "X-Note: one\\u000atwo",
        "Content-Type: application/json",
        "(its token is good for read, write, all)",
        "(the client shows its certificate)",
        "",
        "{",
        '  "list": [',
        "    1,",
        "    2,",
        "    3,",
      ],
      left: 7,
      isWhole: false,
      language: "http",
    });
  });

  it("that is a response begins with its status; a text is as it is", () => {
    const { lines } = witnessLines(RESPONSE, { path: "", most: 12 });
    expect(lines).toEqual(["HTTP 200", "x-count: 3", "Content-Type: text/plain", "", '"a"']);
  });

  it("that is a value reads as JSON", () => {
    const value: Witness = { kind: "value", validIn: "base", outcome: "refused", value: [1], reason: "" };
    expect(witnessLines(value, { path: "", most: 9 })).toMatchObject({
      lines: ["[", "  1", "]"],
      language: "json",
    });
  });

  it("is told by who allows it and what becomes of it", () => {
    const rule = "request-parameter-style-changed";
    expect(proofWords(REQUEST, { rule, direction: "request" })).toBe(
      "a request that was understood and now is read as something else",
    );
    expect(proofWords(RESPONSE, { rule: "response-media-type-removed", direction: "response" })).toBe(
      "a response that is allowed now and was refused before",
    );
    expect(proofWords(VALUE, { rule: "request-body-type-changed", direction: "request" })).toBe(
      "a request that was allowed and now is refused",
    );
    expect(proofWords(VALUE, { rule: "response-body-type-changed", direction: "response" })).toBe(
      "a response that was allowed and now is refused",
    );
  });

  it("of a webhook or a callback is told by who sends it, and who answers", () => {
    const sent = "a request of the API that was allowed and now is refused";
    expect(proofWords(VALUE, { rule: "request-body-type-changed", direction: "response" })).toBe(sent);
    expect(
      proofWords({ ...REQUEST, outcome: "refused" }, { rule: "webhook-removed", direction: "request" }),
    ).toBe(sent);
    expect(proofWords(VALUE, { rule: "response-body-type-changed", direction: "request" })).toBe(
      "an answer of the client that was allowed and now is refused",
    );
  });
});

describe("an error without a witness", () => {
  it("says why nothing shows it, or that nothing was found", () => {
    expect(notProved({ level: "error", rule: "sunset-deleted" })).toBe(
      "not proved: what is broken is a promise of the document, which no message shows",
    );
    expect(notProved({ level: "error", rule: "request-body-type-changed" })).toBe(
      "not proved: nothing was found that only one of the documents allows",
    );
    expect(notProved({ level: "error", rule: "sunset-deleted", witness: RESPONSE })).toBeUndefined();
    expect(notProved({ level: "warning", rule: "sunset-deleted" })).toBeUndefined();
  });
});
