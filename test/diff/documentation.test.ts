import { describe, expect, it } from "vitest";
import { reviewTexts } from "../support/review.js";
import { OK, S, api, paths } from "./table/rows.js";

/** Whose texts read differently, and what said so before and after. */
function found(base: object, head: object): string[] {
  const { findings } = reviewTexts(JSON.stringify(base), JSON.stringify(head));
  return findings
    .filter(({ rule }) => rule === "documentation-changed")
    .map(({ message, operations }) => `${operations.join(" and ") || "-"}: ${message}`);
}

const told = (name: string, description = `The ${name}`) => ({ name, in: "query", description, schema: S });
const reference = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const only = (name: string, description: string) => ({
  type: "object",
  description,
  required: [name],
  properties: { [name]: S },
});
const oneOf = (...members: object[]) =>
  api({
    responses: {
      "200": { description: "", content: { "application/json": { schema: { oneOf: members } } } },
    },
  });

/** A document with tags and servers of the names. */
const lists = (...names: readonly (readonly [name: string, description: string])[]) =>
  paths(
    {},
    {
      tags: names.map(([name, description]) => ({ name, description })),
      servers: names.map(([name, description]) => ({ url: `https://${name}.test`, description })),
    },
  );

describe("texts of what stands in a list", () => {
  it("a parameter is known by its name", () => {
    const base = api({ parameters: [told("alpha"), told("beta")] });
    expect(found(base, api({ parameters: [told("zeta"), told("alpha"), told("beta")] }))).toEqual([]);
    expect(found(base, api({ parameters: [told("beta"), told("alpha", "In EUR")] }))).toEqual([
      "PUT /things/{id}: the description of query parameter `alpha` reads differently",
    ]);
  });

  it("a reference is known by its target", () => {
    const components = { parameters: { A: told("a"), B: told("b") } };
    const one = { ...reference("A"), description: "This" };
    const other = { ...reference("B"), description: "That" };
    const document = (...parameters: object[]) => api({ parameters }, { components });
    expect(found(document(one, other), document(other, one))).toEqual([]);
    expect(found(document(one, other), document(other, { ...one, description: "Other" }))).toEqual([
      "PUT /things/{id}: the description of parameter `A` reads differently",
    ]);
  });

  it("an alternative is known by what it says, then by what it allows, and by its place last", () => {
    const [x, y] = [only("x", "An X"), only("y", "A Y")];
    expect(found(oneOf(x, y), oneOf(y, x))).toEqual([]);
    const message = "PUT /things/{id}: the description of the 200 response reads differently";
    expect(found(oneOf(x, y), oneOf(y, only("x", "Another X")))).toEqual([message]);
    expect(found(oneOf(x, y), oneOf(only("z", "A Z"), y))).toEqual([message]);
  });

  it("a tag is known by its name, a server by its address", () => {
    const base = lists(["a", "A"], ["b", "B"]);
    expect(found(base, lists(["b", "B"], ["a", "A"]))).toEqual([]);
    expect(found(base, lists(["b", "B"], ["a", "Other"]))).toEqual([
      "-: the description of server `https://a.test` reads differently",
      "-: the description of tag `a` reads differently",
    ]);
  });
});

/** A document with a text at many places. */
const texts = (description: string) => ({
  ...api(
    {
      description,
      requestBody: {
        description,
        content: {
          "application/json": {
            schema: { properties: { a: { items: { description } } } },
            example: description,
          },
        },
      },
      responses: { "200": { description, headers: { "X-Own": { description, schema: S } } } },
      callbacks: { done: { "{$url}": { post: { description, responses: OK } } } },
    },
    {
      info: { title: "T", version: "1", description },
      components: {
        schemas: { Pet: { description, properties: { name: { description } } } },
        responses: { Gone: { description } },
        securitySchemes: { key: { type: "apiKey", in: "header", name: "K", description } },
      },
    },
  ),
});

it("a text belongs to who has it, and to the operation where it stands", () => {
  expect(found(texts("One"), texts("Other")).toSorted()).toEqual([
    "-: the description of `name` of schema `Pet` reads differently",
    "-: the description of response `Gone` reads differently",
    "-: the description of schema `Pet` reads differently",
    "-: the description of security scheme `key` reads differently",
    "-: the description of the API reads differently",
    "POST callback done of PUT /things/{id}: the description of the operation reads differently",
    "PUT /things/{id}: the description of `a[*]` of the request body reads differently",
    "PUT /things/{id}: the description of header `X-Own` of the 200 response reads differently",
    "PUT /things/{id}: the description of the 200 response reads differently",
    "PUT /things/{id}: the description of the operation reads differently",
    "PUT /things/{id}: the description of the request body reads differently",
    "PUT /things/{id}: the example of the request body reads differently",
  ]);
});

/** A document with a path of two operations. */
const sharing = (description: string) =>
  paths({
    "/a": {
      description,
      parameters: [told("q", description)],
      get: { responses: OK },
      put: { responses: OK },
    },
  });

it("the parameters of a path are those of its operations", () => {
  expect(found(sharing("One"), sharing("Other"))).toEqual([
    "-: the description of path `/a` reads differently",
    "GET /a and PUT /a: the description of query parameter `q` reads differently",
  ]);
});
