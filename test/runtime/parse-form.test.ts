import { expect, it } from "vitest";
import { formValue, type FieldShapes } from "../../generator/runtime/parse-form.js";

const SHAPES: FieldShapes = { ab: [{ as: "value", types: ["string"] }] };

it.each([
  ["ab=1&other=2", { ab: "1", other: "2" }],
  // A bracket alone makes no member of a field.
  ["ab]=1", { "ab]": "1" }],
])("%s", (text, value) => {
  expect(formValue({}, SHAPES, text)).toEqual(value);
});
