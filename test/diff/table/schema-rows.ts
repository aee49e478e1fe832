/** How much a change weighs: error, warning, information; `-` where it is none. */
export type Mark = "E" | "W" | "I" | "-";

/** A change of a schema: what it is called, the schema before and after, how it weighs in a request and in a response. */
export type SchemaRow = readonly [
  change: string,
  base: object | boolean,
  head: object | boolean,
  request: Mark,
  response: Mark,
];

const S = { type: "string" };
const N = { type: "number" };
const A = { type: "array" };
const O = { type: "object" };

/** An object with a property that says of itself when it will go. */
const gone = (more: object, required: string[] = []) => ({
  ...O,
  required,
  properties: { p: { ...S, ...more } },
});

/** One of seventeen properties must be there. */
const ways = (name: string, schema: object) => ({
  anyOf: Array.from({ length: 17 }, (_, index) => ({
    required: [`${name}${index}`],
    properties: { [`${name}${index}`]: schema },
  })),
});

/** A bound that comes, goes, rises and falls. */
const bound = (name: string, keyword: string, type: object, [less, more]: [number, number]): SchemaRow[] => {
  const isLower = name.includes("min");
  const [up, down]: [Mark, Mark][] = isLower
    ? [
        ["E", "I"],
        ["I", "E"],
      ]
    : [
        ["I", "E"],
        ["E", "I"],
      ];
  const low = { ...type, [keyword]: less };
  const high = { ...type, [keyword]: more };
  return [
    [`${name}-set`, type, high, "E", "I"],
    [`${name}-removed`, high, type, "I", "E"],
    [`${name}-increased`, low, high, ...up!],
    [`${name}-decreased`, high, low, ...down!],
  ];
};

const BOUNDS: readonly SchemaRow[] = [
  ...bound("min", "minimum", N, [1, 5]),
  ...bound("max", "maximum", N, [1, 5]),
  ...bound("exclusive-min", "exclusiveMinimum", N, [1, 5]),
  ...bound("exclusive-max", "exclusiveMaximum", N, [1, 5]),
  ...bound("min-length", "minLength", S, [1, 5]),
  ...bound("max-length", "maxLength", S, [1, 5]),
  ...bound("min-items", "minItems", A, [1, 3]),
  ...bound("max-items", "maxItems", A, [1, 3]),
  ...bound("min-properties", "minProperties", O, [1, 3]),
  ...bound("max-properties", "maxProperties", O, [1, 3]),
  // The least number of items that fit `contains` is 1 where it is not said.
  ...bound("min-contains", "minContains", { ...A, contains: { const: 1 } }, [2, 3]).slice(2),
  ...bound("max-contains", "maxContains", { ...A, contains: { const: 1 } }, [1, 3]),
];

const TYPES: readonly SchemaRow[] = [
  ["type-changed", S, A, "E", "E"],
  ["type-changed", S, { type: ["string", "object"] }, "I", "E"],
  ["type-changed", { type: ["string", "object"] }, S, "E", "I"],
  ["type-changed", S, {}, "I", "E"],
  ["type-changed", {}, S, "E", "I"],
  ["type-changed", { type: "integer" }, S, "E", "E"],
  ["became-nullable", S, { type: ["string", "null"] }, "I", "E"],
  ["became-nullable", O, { oneOf: [O, { type: "null" }] }, "I", "E"],
  ["became-not-nullable", { type: ["string", "null"] }, S, "E", "I"],
  ["became-not-nullable", { anyOf: [O, { type: "null" }] }, O, "E", "I"],
  ["became-integer", N, { type: "integer" }, "E", "I"],
  ["became-number", { type: "integer" }, N, "I", "E"],
  ["became-number", { type: "integer", format: "int32" }, N, "I", "E"],
  ["became-integer", N, { type: "integer", format: "int64" }, "E", "I"],
  ["format-added", S, { ...S, format: "uuid" }, "E", "I"],
  ["format-removed", { ...S, format: "uuid" }, S, "I", "E"],
  ["format-changed", { ...S, format: "date" }, { ...S, format: "date-time" }, "E", "E"],
  ["format-changed", { type: "integer", format: "int32" }, { type: "integer", format: "int64" }, "I", "E"],
  ["format-changed", { type: "integer", format: "int64" }, { type: "integer", format: "int32" }, "E", "I"],
  // What nothing is held to, nobody can tell, but where a value shows it.
  ["format-added", S, { ...S, format: "money" }, "W", "I"],
  ["format-removed", { ...S, format: "money" }, S, "I", "W"],
  ["format-changed", { ...S, format: "money" }, { ...S, format: "amount" }, "W", "W"],
  ["format-changed", { ...S, format: "date" }, { ...S, format: "money" }, "W", "E"],
  ["format-changed", { type: "integer", format: "uint64" }, { type: "integer", format: "int64" }, "W", "W"],
  ["format-removed", { type: "integer", format: "int64" }, { type: "integer" }, "I", "W"],
  ["format-changed", { ...N, format: "float" }, { ...N, format: "double" }, "I", "W"],
  ["multiple-of-changed", N, { ...N, multipleOf: 5 }, "E", "I"],
  ["multiple-of-changed", { ...N, multipleOf: 5 }, N, "I", "E"],
  ["multiple-of-changed", { ...N, multipleOf: 10 }, { ...N, multipleOf: 5 }, "I", "E"],
  ["multiple-of-changed", { ...N, multipleOf: 4 }, { ...N, multipleOf: 6 }, "E", "E"],
  ["multiple-of-changed", N, { ...N, multipleOf: 0.01 }, "E", "I"],
  ["multiple-of-changed", { ...N, multipleOf: 0.3 }, { ...N, multipleOf: 0.5 }, "E", "E"],
  ["multiple-of-changed", { type: "integer" }, { type: "integer", multipleOf: 2.5 }, "E", "I"],
  [
    "min-set",
    { type: "integer", not: { minimum: 10 } },
    { type: "integer", minimum: 3, not: { allOf: [{ minimum: 10 }] } },
    "E",
    "I",
  ],
  // Beside another change, what is the same said otherwise is no change.
  [
    "min-increased",
    { type: "integer", minimum: 0 },
    { type: "integer", minimum: 5, multipleOf: 1 },
    "E",
    "I",
  ],
  ["min-set", { ...N, multipleOf: 1 }, { type: "integer", minimum: 5 }, "E", "I"],
  ["min-items-set", { ...A, maxItems: 1 }, { ...A, maxItems: 1, minItems: 1, uniqueItems: true }, "E", "I"],
  [
    "min-set",
    { ...N, multipleOf: 2, allOf: [{ multipleOf: 3 }] },
    { ...N, multipleOf: 6, minimum: 1 },
    "E",
    "I",
  ],
  ["pattern-added", S, { ...S, pattern: "^a" }, "E", "I"],
  ["pattern-removed", { ...S, pattern: "^a" }, S, "I", "E"],
  ["pattern-changed", { ...S, pattern: "^a+$" }, { ...S, pattern: "^b+$" }, "E", "E"],
  ["content-encoding-added", S, { ...S, contentEncoding: "base64" }, "W", "W"],
  ["content-encoding-removed", { ...S, contentEncoding: "base64" }, S, "W", "W"],
  [
    "content-encoding-changed",
    { ...S, contentEncoding: "base64" },
    { ...S, contentEncoding: "base32" },
    "W",
    "W",
  ],
  ["content-media-type-added", S, { ...S, contentMediaType: "image/png" }, "W", "W"],
  ["content-media-type-removed", { ...S, contentMediaType: "image/png" }, S, "W", "W"],
  [
    "content-media-type-changed",
    { ...S, contentMediaType: "image/png" },
    { ...S, contentMediaType: "image/gif" },
    "W",
    "W",
  ],
];

const VALUES: readonly SchemaRow[] = [
  ["enum-added", S, { ...S, enum: ["a", "b"] }, "E", "I"],
  ["enum-removed", { ...S, enum: ["a", "b"] }, S, "I", "W"],
  ["enum-removed", { type: "integer", enum: [1, 2] }, { type: "integer" }, "I", "E"],
  ["enum-value-added", { enum: ["a", "b"] }, { enum: ["a", "b", "c"] }, "I", "W"],
  ["enum-value-added", { enum: [1, 2] }, { enum: [1, 2, 3] }, "I", "E"],
  ["enum-value-removed", { enum: ["a", "b"] }, { enum: ["a"] }, "E", "I"],
  ["const-changed", { const: "a" }, { const: "b" }, "E", "E"],
  ["default-value-added", S, { ...S, default: "a" }, "I", "I"],
  ["default-value-removed", { ...S, default: "a" }, S, "W", "I"],
  ["default-value-changed", { ...S, default: "a" }, { ...S, default: "b" }, "W", "I"],
  [
    "x-extensible-enum-value-added",
    { ...S, "x-extensible-enum": ["a"] },
    { ...S, "x-extensible-enum": ["a", "b"] },
    "I",
    "I",
  ],
  [
    "x-extensible-enum-value-removed",
    { ...S, "x-extensible-enum": ["a", "b"] },
    { ...S, "x-extensible-enum": ["a"] },
    "E",
    "I",
  ],
  ["deprecated", S, { ...S, deprecated: true }, "I", "I"],
  ["reactivated", { ...S, deprecated: true }, S, "I", "I"],
];

const LISTS: readonly SchemaRow[] = [
  ["unique-items-set", A, { ...A, uniqueItems: true }, "E", "I"],
  ["unique-items-removed", { ...A, uniqueItems: true }, A, "I", "E"],
  ["contains-added", A, { ...A, contains: { const: 1 } }, "E", "I"],
  ["contains-removed", { ...A, contains: { const: 1 } }, A, "I", "E"],
  ["contains-changed", { ...A, contains: { const: 1 } }, { ...A, contains: { const: 2 } }, "E", "E"],
];

const when = (name: string, needed: string) => ({
  if: { required: [name], properties: { [name]: { const: 1 } } },
  then: { required: [needed] },
});
const IF = when("a", "b");
const SWITCHED = when("b", "a");
const CAT = { ...O, required: ["kind"], properties: { kind: { const: "cat" } } };
const DOG = { ...O, required: ["kind"], properties: { kind: { const: "dog" } } };
const PETS = { oneOf: [CAT, DOG] };
const NAMED = { ...O, properties: { p: S, q: S } };

const OBJECTS: readonly SchemaRow[] = [
  ["required-property-added", O, { ...O, required: ["p"], properties: { p: S } }, "E", "I"],
  [
    "required-property-added",
    O,
    { ...O, required: ["p"], properties: { p: { ...S, default: "x" } } },
    "W",
    "I",
  ],
  ["optional-property-added", O, { ...O, properties: { p: S } }, "I", "I"],
  ["required-property-removed", { ...O, required: ["p"], properties: { p: S } }, O, "W", "E"],
  ["optional-property-removed", { ...O, properties: { p: S } }, O, "W", "W"],
  ["required-property-removed", gone({ deprecated: true }, ["p"]), O, "I", "W"],
  ["required-property-removed", gone({ deprecated: true, "x-sunset": "2026-06-15" }, ["p"]), O, "I", "I"],
  ["required-property-removed", gone({ deprecated: true, "x-sunset": "2026-06-16" }, ["p"]), O, "W", "E"],
  ["required-property-removed", gone({ "x-sunset": "2026-06-15" }, ["p"]), O, "W", "E"],
  ["optional-property-removed", gone({ deprecated: true }), O, "I", "W"],
  ["optional-property-removed", gone({ deprecated: true, "x-sunset": "2026-06-15" }), O, "I", "I"],
  [
    "optional-property-removed",
    { ...O, additionalProperties: false, properties: { p: S } },
    { ...O, additionalProperties: false },
    "E",
    "W",
  ],
  [
    "optional-property-added",
    { ...O, additionalProperties: false },
    { ...O, additionalProperties: false, properties: { p: S } },
    "I",
    "W",
  ],
  [
    "became-required",
    { ...O, properties: { p: S } },
    { ...O, properties: { p: S }, required: ["p"] },
    "E",
    "I",
  ],
  [
    "became-required",
    { ...O, properties: { p: { ...S, default: "x" } } },
    { ...O, properties: { p: { ...S, default: "x" } }, required: ["p"] },
    "W",
    "I",
  ],
  [
    "became-optional",
    { ...O, properties: { p: S }, required: ["p"] },
    { ...O, properties: { p: S } },
    "I",
    "E",
  ],
  ["required-choice-added", NAMED, { ...NAMED, anyOf: [{ required: ["p"] }, { required: ["q"] }] }, "E", "I"],
  [
    "required-choice-removed",
    { ...NAMED, oneOf: [{ required: ["p"] }, { required: ["q"] }] },
    NAMED,
    "I",
    "E",
  ],
  ["additional-properties-forbidden", O, { ...O, additionalProperties: false }, "E", "I"],
  ["additional-properties-allowed", { ...O, additionalProperties: false }, O, "I", "E"],
  ["property-names-added", O, { ...O, propertyNames: { maxLength: 3 } }, "E", "I"],
  ["property-names-removed", { ...O, propertyNames: { maxLength: 3 } }, O, "I", "E"],
  [
    "property-names-changed",
    { ...O, propertyNames: { pattern: "^a" } },
    { ...O, propertyNames: { pattern: "^b" } },
    "E",
    "E",
  ],
  [
    "property-name-removed",
    { ...O, propertyNames: { enum: ["a", "b"] } },
    { ...O, propertyNames: { enum: ["a"] } },
    "E",
    "I",
  ],
  [
    "property-name-added",
    { ...O, propertyNames: { enum: ["a", "b"] } },
    { ...O, propertyNames: { enum: ["a", "b", "c"] } },
    "I",
    "W",
  ],
  [
    "property-name-added",
    { ...O, propertyNames: { const: "a" } },
    { ...O, propertyNames: { enum: ["a", "b"] } },
    "I",
    "E",
  ],
  [
    "pattern-properties-widened",
    { ...O, patternProperties: { "^x-": S }, additionalProperties: false },
    { ...O, patternProperties: { "^x": S }, additionalProperties: false },
    "I",
    "E",
  ],
  [
    "pattern-properties-narrowed",
    { ...O, patternProperties: { "^[a-z0-9]+$": S }, additionalProperties: false },
    { ...O, patternProperties: { "^[a-z]+$": S }, additionalProperties: false },
    "E",
    "I",
  ],
  ["dependent-required-added", O, { ...O, dependentRequired: { a: ["b"] } }, "E", "I"],
  ["dependent-required-removed", { ...O, dependentRequired: { a: ["b"] } }, O, "I", "E"],
  [
    "dependent-required-changed",
    { ...O, dependentRequired: { a: ["b"] } },
    { ...O, dependentRequired: { a: ["c"] } },
    "E",
    "E",
  ],
  ["conditional-added", O, { ...O, ...IF }, "E", "I"],
  ["conditional-removed", { ...O, ...IF }, O, "I", "E"],
  ["conditional-changed", { ...O, ...IF }, { ...O, ...SWITCHED }, "E", "E"],
  ["dependent-required-added", O, { ...O, dependentSchemas: { a: { required: ["b"] } } }, "E", "I"],
  ["conditional-added", O, { ...O, dependentSchemas: { a: { properties: { b: S } } } }, "E", "I"],
  // Too many ways to be multiplied out.
  [
    "composition-added",
    { ...O, allOf: [ways("a", S)] },
    { ...O, allOf: [ways("a", S), ways("b", S)] },
    "E",
    "I",
  ],
  [
    "composition-removed",
    { ...O, allOf: [ways("a", S), ways("b", S)] },
    { ...O, allOf: [ways("a", S)] },
    "I",
    "E",
  ],
  [
    "composition-changed",
    { ...O, allOf: [ways("a", S), ways("b", S)] },
    { ...O, allOf: [ways("a", S), ways("b", N)] },
    "E",
    "E",
  ],
  ["not-added", O, { ...O, not: { required: ["a"] } }, "E", "I"],
  ["not-removed", { ...O, not: { required: ["a"] } }, O, "I", "E"],
  ["not-changed", { ...O, not: { required: ["a"] } }, { ...O, not: { required: ["b"] } }, "E", "E"],
  ["additional-properties-forbidden", { allOf: [O] }, { allOf: [O], unevaluatedProperties: false }, "E", "I"],
  ["alternative-removed", PETS, CAT, "E", "I"],
  ["alternative-added", CAT, PETS, "I", "E"],
  ["discriminator-added", PETS, { ...PETS, discriminator: { propertyName: "kind" } }, "I", "I"],
  ["discriminator-removed", { ...PETS, discriminator: { propertyName: "kind" } }, PETS, "W", "W"],
];

const MAPPED = (propertyName: string, mapping: object, defaultMapping?: string) => ({
  anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
  discriminator: { propertyName, mapping, ...(defaultMapping && { defaultMapping }) },
});
const BOTH = { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" };

const DISCRIMINATORS: readonly SchemaRow[] = [
  ["discriminator-property-name-changed", MAPPED("kind", BOTH), MAPPED("sort", BOTH), "W", "W"],
  [
    "discriminator-value-changed",
    { $ref: "#/components/schemas/Ox" },
    { $ref: "#/components/schemas/Cow" },
    "W",
    "W",
  ],
  [
    "discriminator-mapping-added",
    MAPPED("kind", BOTH),
    MAPPED("kind", { ...BOTH, hound: BOTH.dog }),
    "I",
    "I",
  ],
  [
    "discriminator-mapping-deleted",
    MAPPED("kind", { ...BOTH, hound: BOTH.dog }),
    MAPPED("kind", BOTH),
    "W",
    "W",
  ],
  [
    "discriminator-mapping-changed",
    MAPPED("kind", { ...BOTH, pet: BOTH.dog }),
    MAPPED("kind", { ...BOTH, pet: BOTH.cat }),
    "W",
    "W",
  ],
  [
    "discriminator-mapping-added",
    MAPPED("kind", {}, "Cat"),
    MAPPED("kind", { hound: BOTH.dog, Cat: BOTH.cat, Dog: BOTH.dog }, "Cat"),
    "I",
    "I",
  ],
  [
    "discriminator-default-mapping-changed",
    MAPPED("kind", BOTH, "Cat"),
    MAPPED("kind", BOTH, "Dog"),
    "W",
    "W",
  ],
  ["discriminator-default-mapping-changed", MAPPED("kind", {}, "Cat"), MAPPED("kind", {}, "Dog"), "W", "W"],
];

/** What no rule speaks of: of alternatives that overlap, `oneOf` takes less than `anyOf`, which few authors mean. */
const OVERLAP = [
  { ...N, minimum: 0 },
  { ...N, maximum: 9 },
];
const OTHERS: readonly SchemaRow[] = [
  ["unexplained", { anyOf: OVERLAP }, { oneOf: OVERLAP }, "W", "-"],
  ["unexplained", { oneOf: OVERLAP }, { anyOf: OVERLAP }, "-", "W"],
];

/** What the rows refer to. */
const BEAST = {
  allOf: [{ $ref: "#/components/schemas/Beast" }, { ...O, properties: { horns: { type: "integer" } } }],
};
export const COMPONENTS = {
  Beast: { ...O, discriminator: { propertyName: "kind" }, required: ["kind"], properties: { kind: S } },
  Ox: BEAST,
  Cow: BEAST,
  Cat: { ...O, required: ["kind", "sort"], properties: { kind: S, sort: S, claws: { type: "boolean" } } },
  Dog: { ...O, required: ["kind", "sort"], properties: { kind: S, sort: S, tail: { type: "boolean" } } },
};

export const SCHEMA_ROWS: readonly SchemaRow[] = [
  ...BOUNDS,
  ...TYPES,
  ...VALUES,
  ...LISTS,
  ...OBJECTS,
  ...DISCRIMINATORS,
  ...OTHERS,
];
