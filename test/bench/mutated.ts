/** One place in so many is changed. */
const EVERY = 97;
/** What stands there is no description of the API. */
const SAMPLES: ReadonlySet<string> = new Set(["example", "examples"]);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Changes by turns that people make: each takes the object in which it applies, and tells whether it did. */
const MUTATIONS: readonly ((object: { [key: string]: Json }) => boolean)[] = [
  function removeEnumValue(schema) {
    const { enum: listed } = schema;
    if (!Array.isArray(listed) || listed.length < 2) return false;
    listed.pop();
    return true;
  },
  function addEnumValue(schema) {
    const { enum: listed } = schema;
    if (!Array.isArray(listed) || typeof listed[0] !== "string") return false;
    listed.push("another_value");
    return true;
  },
  function requireOneMore(schema) {
    const { required, properties } = schema;
    if (!Array.isArray(required) || !isObject(properties)) return false;
    const name = Object.keys(properties).find((each) => !required.includes(each));
    if (name === undefined) return false;
    required.push(name);
    return true;
  },
  function addProperty(schema) {
    const { type, properties } = schema;
    if (type !== "object" || !isObject(properties)) return false;
    properties["another_property"] = { type: "string" };
    return true;
  },
  function limitString(schema) {
    if (schema["type"] !== "string" || "maxLength" in schema || "enum" in schema) return false;
    schema["maxLength"] = 4096;
    return true;
  },
  function changeDescription(object) {
    if (typeof object["description"] !== "string") return false;
    object["description"] += " Since lately.";
    return true;
  },
];

/** A copy of a document in which something has changed at about one object in a hundred, always at the same ones. */
export function mutated(document: unknown): { document: unknown; changes: number } {
  const copy = structuredClone(document) as { [key: string]: Json };
  let objects = 0;
  let changes = 0;
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    objects += 1;
    if (objects % EVERY === 0 && mutateOne(value, changes)) changes += 1;
    for (const [key, member] of Object.entries(value)) if (!SAMPLES.has(key)) visit(member);
  };
  for (const part of ["paths", "components"]) visit(copy[part]!);
  return { document: copy, changes };
}

/** The mutations by turns: the first, from that of this turn on, that applies to the object. */
function mutateOne(object: { [key: string]: Json }, turn: number): boolean {
  const first = turn % MUTATIONS.length;
  return [...MUTATIONS.slice(first), ...MUTATIONS.slice(0, first)].some((mutate) => mutate(object));
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
