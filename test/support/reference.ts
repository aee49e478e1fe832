/**
 * JSON Schema 2020-12, word for word and as slow as it is: what an instance evaluates is collected as annotations (Core, section
 * 7.7.1) and dropped where a schema fails. A second opinion for `unevaluatedItems`: beside `contains` ajv 8 takes every item for
 * evaluated, and so it does with what `items` of a failed branch, of a failed `if` and of a dependent schema that is not asked looked at. What the
 * `patternProperties` of a failed alternative looked at is evaluated to it, too.
 */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** The names and indices that a schema evaluated; undefined where the instance is not valid. */
type Evaluated = ReadonlySet<string | number> | undefined;

const NOTHING: Evaluated = new Set();

export function isValid(schema: JsonSchema, instance: unknown): boolean {
  return evaluate(schema, instance) !== undefined;
}

function evaluate(schema: JsonSchema, instance: unknown): Evaluated {
  if (typeof schema === "boolean") return schema ? NOTHING : undefined;
  const keywords = schema as { readonly [keyword: string]: never };
  const isPlain = ASSERTIONS.every(
    ([keyword, holds]) => !(keyword in schema) || holds(keywords[keyword]!, instance as never),
  );
  if (!isPlain) return undefined;
  const found = APPLICATORS.map((each) => each(keywords, instance));
  const beside = together(found);
  return beside && together([beside, unevaluated(keywords, instance, beside)]);
}

/** What several schemas that must all hold have evaluated. */
function together(all: readonly Evaluated[]): Evaluated {
  const known = all.filter((each) => each !== undefined);
  return known.length < all.length ? undefined : new Set(known.flatMap((each) => [...each]));
}

type Keywords = { readonly [keyword: string]: never };
type Apply = (keywords: Keywords, instance: unknown) => Evaluated;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const typeOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return Object.is(value, -0) ? 0 : value;
  return Object.entries(value)
    .map(([key, member]) => [key, sorted(member)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .concat([["object"]]);
};
const same = (a: unknown, b: unknown) =>
  Array.isArray(a) === Array.isArray(b) && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

type Assertion = readonly [keyword: string, holds: (rule: never, instance: never) => boolean];

/** An assertion that holds of every instance of another type. */
function of<T>(is: (value: unknown) => value is T, holds: (rule: never, instance: T) => boolean) {
  return (rule: never, instance: never) => !is(instance) || holds(rule, instance);
}
const text = (value: unknown): value is string => typeof value === "string";
const number = (value: unknown): value is number => typeof value === "number";
const list = (value: unknown): value is unknown[] => Array.isArray(value);
const has = (value: object, name: string) => Object.hasOwn(value, name);

const ASSERTIONS: readonly Assertion[] = [
  [
    "type",
    (type: string, value) => type === typeOf(value) || (type === "integer" && Number.isInteger(value)),
  ],
  ["enum", (values: unknown[], value) => values.some((each) => same(each, value))],
  ["const", (constant: unknown, value) => same(constant, value)],
  ["minLength", of(text, (limit: number, value) => [...value].length >= limit)],
  ["maxLength", of(text, (limit: number, value) => [...value].length <= limit)],
  ["pattern", of(text, (pattern: string, value) => new RegExp(pattern, "u").test(value))],
  ["minimum", of(number, (limit: number, value) => value >= limit)],
  ["maximum", of(number, (limit: number, value) => value <= limit)],
  ["exclusiveMinimum", of(number, (limit: number, value) => value > limit)],
  ["exclusiveMaximum", of(number, (limit: number, value) => value < limit)],
  ["multipleOf", of(number, (step: number, value) => Number.isInteger(value / step))],
  ["minItems", of(list, (limit: number, value) => value.length >= limit)],
  ["maxItems", of(list, (limit: number, value) => value.length <= limit)],
  [
    "uniqueItems",
    of(list, (_: true, value) =>
      value.every((item, at) => !value.slice(0, at).some((each) => same(each, item))),
    ),
  ],
  ["minProperties", of(isObject, (limit: number, value) => Object.keys(value).length >= limit)],
  ["maxProperties", of(isObject, (limit: number, value) => Object.keys(value).length <= limit)],
  ["required", of(isObject, (names: string[], value) => names.every((name) => has(value, name)))],
  [
    "dependentRequired",
    of(isObject, (rules: Record<string, string[]>, value) =>
      Object.entries(rules).every(
        ([name, names]) => !has(value, name) || names.every((each) => has(value, each)),
      ),
    ),
  ],
  ["not", (schema: JsonSchema, value) => !isValid(schema, value)],
  [
    "propertyNames",
    of(isObject, (schema: JsonSchema, value) => Object.keys(value).every((name) => isValid(schema, name))),
  ],
];

const APPLICATORS: readonly Apply[] = [
  ({ allOf = [] }, instance) => together((allOf as JsonSchema[]).map((schema) => evaluate(schema, instance))),
  ({ anyOf }, instance) => chosen(anyOf, instance, (count) => count > 0),
  ({ oneOf }, instance) => chosen(oneOf, instance, (count) => count === 1),
  (keywords, instance) => {
    if (!("if" in keywords)) return NOTHING;
    const condition = evaluate(keywords["if"], instance);
    const branch = condition ? keywords["then"] : keywords["else"];
    return together([condition ?? NOTHING, branch === undefined ? NOTHING : evaluate(branch, instance)]);
  },
  ({ dependentSchemas = {} }, instance) =>
    together(
      Object.entries(dependentSchemas as Record<string, JsonSchema>)
        .filter(([name]) => isObject(instance) && has(instance, name))
        .map(([, schema]) => evaluate(schema, instance)),
    ),
  members,
  items,
  contains,
];

function chosen(
  schemas: JsonSchema[] | undefined,
  instance: unknown,
  isRight: (count: number) => boolean,
): Evaluated {
  if (!schemas) return NOTHING;
  const holding = schemas.map((schema) => evaluate(schema, instance)).filter((each) => each !== undefined);
  return isRight(holding.length) ? together(holding) : undefined;
}

/** Applies to each member or item the schemas that speak of it. */
function apply(
  parts: readonly (readonly [key: string | number, value: unknown])[],
  schemasOf: (key: string | number) => readonly (JsonSchema | undefined)[],
): Evaluated {
  const rules = parts.flatMap(([key, value]) =>
    schemasOf(key).flatMap((schema) => (schema === undefined ? [] : [{ key, value, schema }])),
  );
  if (!rules.every(({ schema, value }) => isValid(schema, value))) return undefined;
  return new Set(rules.map(({ key }) => key));
}

function members(keywords: Keywords, instance: unknown): Evaluated {
  if (!isObject(instance)) return NOTHING;
  const properties: Record<string, JsonSchema> = keywords["properties"] ?? {};
  const patterns = Object.entries<JsonSchema>(keywords["patternProperties"] ?? {});
  return apply(Object.entries(instance), (key) => {
    const name = String(key);
    const matching = patterns
      .filter(([pattern]) => new RegExp(pattern, "u").test(name))
      .map(([, each]) => each);
    const own = has(properties, name) ? [properties[name]] : [];
    return own.length + matching.length > 0 ? [...own, ...matching] : [keywords["additionalProperties"]];
  });
}

function items(keywords: Keywords, instance: unknown): Evaluated {
  if (!list(instance)) return NOTHING;
  const first: JsonSchema[] = keywords["prefixItems"] ?? [];
  return apply([...instance.entries()], (key) => [
    Number(key) < first.length ? first[Number(key)] : keywords["items"],
  ]);
}

function contains(keywords: Keywords, instance: unknown): Evaluated {
  const schema: JsonSchema | undefined = keywords["contains"];
  if (schema === undefined || !list(instance)) return NOTHING;
  const matching = [...instance.keys()].filter((index) => isValid(schema, instance[index]));
  const { minContains = 1, maxContains = Infinity } = keywords as {
    minContains?: number;
    maxContains?: number;
  };
  return matching.length >= minContains && matching.length <= maxContains ? new Set(matching) : undefined;
}

function unevaluated(keywords: Keywords, instance: unknown, seen: ReadonlySet<string | number>): Evaluated {
  const entries = list(instance)
    ? [...instance.entries()]
    : isObject(instance)
      ? Object.entries(instance)
      : [];
  const keyword = list(instance) ? "unevaluatedItems" : "unevaluatedProperties";
  return apply(
    entries.filter(([key]) => !seen.has(key)),
    () => [keywords[keyword]],
  );
}
