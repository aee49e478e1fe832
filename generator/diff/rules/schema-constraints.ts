import { show, UNTYPED, type More } from "./rule.js";
import { ANY, NARROWS, UNDECIDED, WIDENS, type Effects, type SchemaRow } from "./schema-row.js";

/** Rules about bounds. */
export const BOUND_ROWS: readonly SchemaRow[] = [
  ["min", "minimum", "minimum"],
  ["exclusive-min", "exclusiveMinimum", "exclusive minimum"],
  ["min-length", "minLength", "least length"],
  ["min-items", "minItems", "least number of items"],
  ["min-properties", "minProperties", "least number of properties"],
  ["min-contains", "minContains", "least number of items that fit `contains`"],
  ["max", "maximum", "maximum"],
  ["exclusive-max", "exclusiveMaximum", "exclusive maximum"],
  ["max-length", "maxLength", "greatest length"],
  ["max-items", "maxItems", "greatest number of items"],
  ["max-properties", "maxProperties", "greatest number of properties"],
  ["max-contains", "maxContains", "greatest number of items that fit `contains`"],
].flatMap(([name = "", keyword = "", words = ""]): SchemaRow[] => {
  const isLower = name.includes("min");
  // Tuples and empty objects follow how many items and properties there are.
  const isTyped = /-(?:items|properties)$/.test(name);
  const more: More = { keywords: [keyword], ...(!isTyped && UNTYPED) };
  // Beside `contains` there always is a least number: 1 where none is said.
  const isAlways = name === "min-contains";
  const comes: SchemaRow[] = [
    [
      `${name}-set`,
      NARROWS,
      ({ after }, subject) => `${subject} has ${anA(words)} now: ${show(after)}`,
      more,
    ],
    [
      `${name}-removed`,
      WIDENS,
      ({ before }, subject) => `${subject} has no ${words} any more (it was ${show(before)})`,
      more,
    ],
  ];
  return [
    ...(isAlways ? [] : comes),
    [
      `${name}-increased`,
      isLower ? NARROWS : WIDENS,
      ({ before, after }, subject) =>
        `the ${words} of ${subject} is higher: ${show(before)} before, ${show(after)} now`,
      more,
    ],
    [
      `${name}-decreased`,
      isLower ? WIDENS : NARROWS,
      ({ before, after }, subject) =>
        `the ${words} of ${subject} is lower: ${show(before)} before, ${show(after)} now`,
      more,
    ],
  ];
});

/** `a minimum`, `an exclusive minimum`. */
function anA(words: string): string {
  return `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
}

/** Keywords that are compared by their text. */
const opaqueRows = (
  name: string,
  [added, removed, changed]: readonly [added: Effects, removed: Effects, changed: Effects],
  more: More,
): SchemaRow[] => [
  [`${name}-added`, added, ({ after }, subject) => `${subject} has ${anA(name)} now: ${show(after)}`, more],
  [
    `${name}-removed`,
    removed,
    ({ before }, subject) => `the ${name} of ${subject} is gone (it was ${show(before)})`,
    more,
  ],
  [
    `${name}-changed`,
    changed,
    ({ before, after }, subject) =>
      `the ${name} of ${subject} changed from ${show(before)} to ${show(after)}`,
    more,
  ],
];

/** Keywords that hold schemas: what those say stands below, as it was and is. */
const composedRows = (name: string, words: string, keywords: readonly string[], more?: More): SchemaRow[] => {
  const all: More = { keywords, isComposed: true, ...more };
  return [
    [`${name}-added`, NARROWS, (_, subject) => `${subject} is held to ${words} now`, all],
    [`${name}-removed`, WIDENS, (_, subject) => `${subject} is no longer held to ${words}`, all],
    [`${name}-changed`, UNDECIDED, (_, subject) => `${words} of ${subject} changed`, all],
  ];
};

/** Rules about constraints that are compared as a whole. */
export const OPAQUE_ROWS: readonly SchemaRow[] = [
  ...opaqueRows("pattern", [NARROWS, WIDENS, UNDECIDED], { keywords: ["pattern"], ...UNTYPED }),
  ...composedRows("not", "`not`", ["not"], UNTYPED),
  ...composedRows(
    "conditional",
    "a condition (`if` or `dependentSchemas`)",
    ["if", "then", "else", "dependentSchemas"],
    UNTYPED,
  ),
  ...composedRows("composition", "a composition that is too large to be looked into", [
    "allOf",
    "anyOf",
    "oneOf",
  ]),
  ...composedRows("contains", "`contains`", ["contains"], UNTYPED),
  ...composedRows("property-names", "`propertyNames`", ["propertyNames"]),
  [
    "property-name-removed",
    NARROWS,
    ({ before }, subject) => `no member of ${subject} may be called ${show(before)} any more`,
    { keywords: ["enum"], isListed: true },
  ],
  [
    "property-name-added",
    WIDENS,
    ({ after }, subject) => `a member of ${subject} may be called ${show(after)} now`,
    { keywords: ["enum"], isListed: true },
  ],
  [
    "pattern-properties-widened",
    WIDENS,
    ({ before, after }, subject) =>
      `the members of ${subject} may have more names: ${show(before)} before, ${show(after)} now`,
    { keywords: ["patternProperties"] },
  ],
  [
    "pattern-properties-narrowed",
    NARROWS,
    ({ before, after }, subject) =>
      `the members of ${subject} may have fewer names: ${show(before)} before, ${show(after)} now`,
    { keywords: ["patternProperties"] },
  ],
  ...opaqueRows("format", [NARROWS, WIDENS, ANY], { keywords: ["format"] }),
  ...opaqueRows("dependent-required", [NARROWS, WIDENS, ANY], {
    keywords: ["dependentRequired"],
    ...UNTYPED,
  }),
  ...opaqueRows("content-encoding", ["unknown", "unknown", "unknown"], { keywords: ["contentEncoding"] }),
  ...opaqueRows("content-media-type", ["unknown", "unknown", "unknown"], { keywords: ["contentMediaType"] }),
];
