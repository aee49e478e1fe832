import { expect, it } from "vitest";
import { InvalidRequestError, watchRequests } from "../../generator/runtime/invalid-request.js";

const REQUEST = { method: "PUT", url: "https://a.example/things/1" };
const ISSUES = [
  { in: "query", name: "limit", pointer: "", path: [], keyword: "type", message: "must be a number" },
  { in: "body", pointer: "/a", path: ["a"], keyword: "type", message: "must be a string" },
] as const;

const errorOf = (body: string, count: number = ISSUES.length) =>
  new InvalidRequestError("putThing", REQUEST, { issues: ISSUES.slice(0, count), body });

it("says each fault in a line of its own, and what was sent", () => {
  const error = errorOf('{"a":1}');
  expect(error.message).toBe(
    "putThing: PUT https://a.example/things/1 is not what the document describes:\n" +
      "  query limit must be a number\n" +
      "  body /a must be a string\n" +
      'Its body was: {"a":1}',
  );
  expect(error).toMatchObject({ name: "InvalidRequestError", operationId: "putThing", issues: ISSUES });
  expect(error.stack).toBe(`InvalidRequestError: ${error.message}`);
});

it.each([
  ["", undefined],
  ["a\r\n\u2028\u001b[31mb", "a [31mb"],
  ["x".repeat(500), "x".repeat(500)],
  ["x".repeat(501), `${"x".repeat(500)}… (501 characters)`],
])("shows of the body what a reader looks at: %j", (body, shown) => {
  const [, last] = errorOf(body, 1).message.split("must be a number\n");
  expect(last).toBe(shown === undefined ? undefined : `Its body was: ${shown}`);
});

it("a watch throws what was wrong since the last time, and nothing where nothing was", () => {
  const { options, verify } = watchRequests();
  expect(options.validateRequests).toBe(true);
  expect(verify).not.toThrow();
  const [first, second] = [errorOf("1"), errorOf("2")];
  options.onInvalid(first);
  expect(verify).toThrow(first);
  expect(verify).not.toThrow();
  options.onInvalid(first);
  options.onInvalid(second);
  let thrown: unknown;
  try {
    verify();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AggregateError);
  expect(thrown).toMatchObject({
    errors: [first, second],
    message: `${first.message}\n\n${second.message}`,
  });
  expect(verify).not.toThrow();
});
