import fc from "fast-check";

/** Schemas as documents hold them, for properties: each allows something. */
export type SchemaObject = { readonly [keyword: string]: unknown };

const scalar: fc.Arbitrary<SchemaObject> = fc.oneof(
  fc.record({ type: fc.constant("string") }),
  fc.tuple(fc.nat(3), fc.integer({ min: 4, max: 9 })).map(([minLength, maxLength]) => ({
    type: "string",
    minLength,
    maxLength,
  })),
  fc.constantFrom<SchemaObject>({ type: "boolean" }, { type: "integer" }, { type: "number" }),
  fc.tuple(fc.integer({ min: -5, max: 0 }), fc.integer({ min: 3, max: 9 })).map(([minimum, maximum]) => ({
    type: "integer",
    minimum,
    maximum,
  })),
  fc
    .uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 2 })
    .map((values) => ({ type: "string", enum: values })),
  fc.constant({ type: ["string", "null"] }),
);

const NAMES = ["a", "b", "c"];

const { schema } = fc.letrec<{ schema: SchemaObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.tuple(fc.nat(1), tie("schema")).map(([minItems, items]) => ({ type: "array", minItems, items })),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie("schema")), {
          minLength: 1,
          selector: ([name]) => name,
        }),
        fc.subarray(NAMES),
        fc.boolean(),
      )
      .map(([properties, required, isClosed]) => ({
        type: "object",
        properties: Object.fromEntries(properties),
        required: required.filter((name) => properties.some(([own]) => own === name)),
        ...(isClosed && { additionalProperties: false }),
      })),
  ),
}));

export const schemas: fc.Arbitrary<SchemaObject> = schema;

/** The places of the schemas in a schema, itself first: as the keys that lead there. */
export function placesIn(value: SchemaObject): string[][] {
  const items = isSchema(value["items"]) ? placesIn(value["items"]).map((place) => ["items", ...place]) : [];
  const properties = Object.entries((value["properties"] ?? {}) as SchemaObject).flatMap(([name, own]) =>
    isSchema(own) ? placesIn(own).map((place) => ["properties", name, ...place]) : [],
  );
  return [[], ...items, ...properties];
}

function isSchema(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The schema with the one at a place changed. */
export function changedAt(
  value: SchemaObject,
  [key, ...rest]: readonly string[],
  change: (schema: SchemaObject) => SchemaObject,
): SchemaObject {
  if (key === undefined) return change(value);
  return { ...value, [key]: changedAt(value[key] as SchemaObject, rest, change) };
}

/** The schema at a place. */
export function schemaAt(value: SchemaObject, place: readonly string[]): SchemaObject {
  return place.reduce((at, key) => at[key] as SchemaObject, value);
}

/** The same with the members of each object in another order. */
export function reordered<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => reordered(item)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reordered<unknown>(member)] as const);
  return Object.fromEntries(entries.toReversed()) as T;
}

/** Other ways to say the same. */
export const REFACTORINGS: { readonly [name: string]: (schema: SchemaObject) => SchemaObject } = {
  "allOf of one": (own) => ({ allOf: [own] }),
  "oneOf of one": (own) => ({ oneOf: [own] }),
  "anyOf of one": (own) => ({ anyOf: [own] }),
  "anyOf of it twice": (own) => ({ anyOf: [own, own] }),
  "allOf of it twice": (own) => ({ allOf: [own, own] }),
  "allOf with anything": (own) => ({ allOf: [own, {}] }),
  "anyOf with nothing": (own) => ({ anyOf: [own, false] }),
  "a description": (own) => ({ ...own, description: "said for people" }),
  "a list of types": (own) => (typeof own["type"] === "string" ? { ...own, type: [own["type"]] } : own),
  "types as alternatives": (own) =>
    Array.isArray(own["type"]) ? { anyOf: (own["type"] as string[]).map((type) => ({ ...own, type })) } : own,
  "an enum as constants": (own) =>
    Array.isArray(own["enum"]) ? { anyOf: own["enum"].map((value: unknown) => ({ const: value })) } : own,
  "an enum in another order": (own) =>
    Array.isArray(own["enum"]) ? { ...own, enum: (own["enum"] as unknown[]).toReversed() } : own,
  "exclusive bounds": ({ minimum, maximum, ...own }) =>
    typeof minimum === "number" && typeof maximum === "number"
      ? { ...own, exclusiveMinimum: minimum - 1, exclusiveMaximum: maximum + 1 }
      : own,
  "bounds apart": ({ minLength, ...own }) =>
    minLength === undefined ? own : { allOf: [own, { minLength }] },
  "required apart": ({ required, ...own }) =>
    required === undefined || own["additionalProperties"] === false
      ? { ...own, ...(required !== undefined && { required }) }
      : { allOf: [own, { required }] },
  "integer as whole numbers": (own) =>
    own["type"] === "integer" ? { ...own, type: "number", multipleOf: 1 } : own,
  "boolean as its values": (own) => (own["type"] === "boolean" ? { enum: [true, false] } : own),
  "what is allowed anyhow": (own) =>
    own["type"] === "object" && own["additionalProperties"] === undefined
      ? { ...own, additionalProperties: true }
      : own,
  "bounds that say nothing": (own) =>
    own["type"] === "array" ? { ...own, minProperties: 3, uniqueItems: false } : own,
  "properties apart": (own) => {
    const { properties, ...rest } = own;
    if (properties === undefined || own["additionalProperties"] === false) return own;
    return {
      allOf: [
        rest,
        ...Object.entries(properties as SchemaObject).map(([name, each]) => ({
          properties: { [name]: each },
        })),
      ],
    };
  },
};

/** Ways to take less than before, where they apply; each leaves something. */
export const NARROWINGS: { readonly [name: string]: (schema: SchemaObject) => SchemaObject | undefined } = {
  "a least length": (own) =>
    own["type"] === "string" && !own["enum"]
      ? { ...own, minLength: ((own["minLength"] as number | undefined) ?? 0) + 1 }
      : undefined,
  "a greatest length": (own) =>
    own["type"] === "string" && !own["enum"]
      ? { ...own, maxLength: ((own["maxLength"] as number | undefined) ?? 20) - 1 }
      : undefined,
  "a minimum": (own) =>
    own["type"] === "integer" || own["type"] === "number"
      ? { ...own, minimum: ((own["minimum"] as number | undefined) ?? 0) + 1 }
      : undefined,
  "a value less": (own) =>
    Array.isArray(own["enum"]) ? { ...own, enum: (own["enum"] as unknown[]).slice(1) } : undefined,
  "no null": (own) => (Array.isArray(own["type"]) ? { ...own, type: "string" } : undefined),
  "a constant": (own) => (own["type"] === "boolean" ? { const: true } : undefined),
  "an item more": (own) =>
    own["type"] === "array" ? { ...own, minItems: (own["minItems"] as number) + 1 } : undefined,
  "a property that is required": (own) => {
    const optional = Object.keys((own["properties"] ?? {}) as SchemaObject).filter(
      (name) => !(own["required"] as string[]).includes(name),
    );
    return own["type"] === "object" && optional.length > 0
      ? { ...own, required: [...(own["required"] as string[]), optional[0]] }
      : undefined;
  },
  "no further properties": (own) =>
    own["type"] === "object" && own["additionalProperties"] === undefined
      ? { ...own, additionalProperties: false }
      : undefined,
};
