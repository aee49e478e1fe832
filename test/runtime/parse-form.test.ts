import { expect, it } from "vitest";
import { formValue, type FieldShapes } from "../../generator/runtime/parse-form.js";

const SHAPES: FieldShapes = { ab: [{ as: "value", types: ["string"] }], n: [{ as: "json" }] };

it.each([
  ["ab=1&other=2", { ab: "1", other: "2" }],
  // A bracket alone makes no member of a field.
  ["ab]=1", { "ab]": "1" }],
  // Of what nothing is said, the check knows whether it may be a list.
  ["other=1&other=2", { other: ["1", "2"] }],
])("%s", (text, value) => {
  expect(formValue({}, SHAPES, text)).toEqual(value);
});

it.each([
  ["ab=1&ab=2", "is there twice", ["ab"]],
  ["n=1&n=2", "is there twice", ["n"]],
  ["n={", "must be JSON", ["n"]],
  ["ab=%zz", "must be percent-encoded", ["ab"]],
])("%s is no form: it %s", (text, message, path) => {
  expect(() => formValue({}, SHAPES, text)).toThrow(expect.objectContaining({ message, path }));
});
