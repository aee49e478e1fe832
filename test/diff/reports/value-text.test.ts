import { expect, it } from "vitest";
import { valueLines } from "../../../generator/diff/reports/value-text.js";

const LINES = { id: 7, tags: ["a", "b"], none: [], empty: {} };

it.each([
  [
    "/lines/1/id",
    [
      "{",
      '  "lines": [',
      "    {",
      '      "id": 8',
      "    }",
      "    … 2 more items",
      "  ],",
      '  "name": "n",',
      '  "other": {…}',
      "}",
    ],
  ],
  [
    "/lines/*/id",
    [
      "{",
      '  "lines": [',
      "    {",
      '      "id": 7,',
      '      "tags": […],',
      '      "none": [],',
      '      "empty": {}',
      "    }",
      "    … 2 more items",
      "  ],",
      '  "name": "n",',
      '  "other": {…}',
      "}",
    ],
  ],
  [
    "/other/list/1",
    [
      "{",
      '  "other": {',
      '    "list": [',
      "      2",
      "      … 1 more item",
      "    ]",
      "  },",
      '  "name": "n",',
      '  "lines": […]',
      "}",
    ],
  ],
  ["/name", ["{", '  "name": "n",', '  "lines": […],', '  "other": {…}', "}"]],
  ["", undefined],
])("a long value is shown around %s, the rest of it folded", (path, lines) => {
  const value = { name: "n", lines: [LINES, { id: 8 }, { id: 9 }], other: { list: [1, 2] } };
  const shown = valueLines(value, { path, most: 14 });
  const whole = JSON.stringify(value, undefined, 2).split("\n");
  if (lines) expect(shown).toEqual({ lines, left: 0, isWhole: false });
  else expect(shown).toEqual({ lines: whole.slice(0, 13), left: whole.length - 13, isWhole: false });
});

it("an item that is not there leaves the list as it is", () => {
  expect(valueLines([1, 2, 3], { path: "/9", most: 4 })).toEqual({
    lines: ["[", "  1,", "  2,"],
    left: 2,
    isWhole: false,
  });
});
