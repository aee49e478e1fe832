import { expect, it } from "vitest";
import { comparedParts, type PackageSide } from "../../generator/diff/impact/changed-parts.js";
import { memberQuestions } from "../../generator/diff/impact/member-questions.js";
import { chooseNames } from "../../generator/emit/names.js";
import { OpenEnums } from "../../generator/emit/open-enums.js";
import { usesOf } from "../../generator/model/graph.js";
import { sideOf } from "../support/review.js";
import { json, OK, paths } from "./table/rows.js";

function packageOf(id: string, document: object): PackageSide {
  const { model } = sideOf(id, JSON.stringify(document));
  const openEnums = OpenEnums.of(model, true);
  return { model, openEnums, names: chooseNames(model, { api: "a", openEnums }), uses: usesOf(model) };
}

const sidesOf = (base: object, head: object) => ({
  base: packageOf("base.yaml", base),
  head: packageOf("head.yaml", head),
});
const component = (kind: string) => ({ $ref: `#/components/${kind}/It` });

/** An operation that holds nothing itself. */
const referring = (title: string) => ({
  ...paths({
    "/a": {
      post: {
        parameters: [component("parameters")],
        requestBody: component("requestBodies"),
        responses: { "200": component("responses") },
      },
    },
  }),
  info: { title, version: "1" },
  components: {
    parameters: { It: { name: "q", in: "query", schema: { type: "string" } } },
    requestBodies: { It: { content: json() } },
    responses: {
      It: { description: "", headers: { "X-It": component("headers") }, links: { next: component("links") } },
    },
    headers: { It: { schema: { type: "string" } } },
    links: { It: { operationId: "next" } },
  },
});

it("where a reference stands is no difference of types", () => {
  const sides = sidesOf(referring("Old"), referring("New"));
  expect(comparedParts(sides)).toEqual({ schemas: [], operations: [] });
});

const text = { type: "string" };
const holding = (...names: string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, text])),
});
/** A body of which two parts speak of `a`. */
const partly = (first: object, second: object) =>
  paths({
    "/a": {
      post: {
        requestBody: {
          content: json({
            allOf: [first, second].map((a) => ({ type: "object", properties: { a } })),
          }),
        },
        responses: OK,
      },
    },
  });

/** The members of which the compiler is asked. */
const lost = (base: object, head: object) => {
  const sides = sidesOf(base, head);
  return memberQuestions(sides, comparedParts(sides)).map((question) => question.lost?.name);
};

it("a member is lost where no part of an `allOf` has it any more", () => {
  const both = partly(holding("b", "c"), { type: "object" });
  expect(lost(both, partly({ type: "object" }, holding("b", "c")))).toEqual([]);
  expect(lost(both, partly(holding("b"), { type: "object" }))).toEqual(["c"]);
});

/** An operation that takes what another type holds. */
const holder = (held: object) => ({
  ...paths({
    "/a": {
      post: { requestBody: { content: json({ $ref: "#/components/schemas/Held" }) }, responses: OK },
    },
  }),
  components: {
    schemas: { Held: held, Holder: { type: "array", items: { $ref: "#/components/schemas/Held" } } },
  },
});

it("a type that no operation uses is compared for what it says itself", () => {
  const { schemas } = comparedParts(sidesOf(holder(holding("a")), holder(holding("b"))));
  expect(schemas.map(({ head }) => head)).toEqual(["head.yaml#/components/schemas/Held"]);
});
