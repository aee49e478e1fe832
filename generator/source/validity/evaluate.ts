import {
  isArray,
  isObject,
  jsonEquals,
  own,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../json.js";
import { bestBranch, type Branch } from "./branches.js";
import { isForeign } from "./dialect.js";
import { below, type Fault, type Trail } from "./fault.js";
import { formatFault } from "./formats.js";
import { hasTwins, hasType, lengthOf, sizeOf } from "./measures.js";
import { isNamed } from "./owners.js";
import { Resource, type Target } from "./resource.js";

/** Deeper values are left to the model: the evaluation recurses, and no author nests so deep. */
const MAX_DEPTH = 400;

/** Where the evaluation is: the resource that `#` refers to, and the object of OpenAPI around the value. */
type Scope = { readonly resource: Resource; readonly owner: string; readonly ownerAt: Trail | undefined };

/** A value, and where it stands. */
type Instance = { readonly value: JsonValue; readonly at: Trail | undefined };

/** What an evaluation collects: the faults, and for `unevaluatedProperties` the members that the schema has spoken of, and those that it names. */
type Sink = {
  readonly faults: Fault[];
  readonly seen: Set<string> | undefined;
  readonly named?: Set<string> | undefined;
};

/** A value inside a document: where it stands, and the definition of the schema that it is held against. */
export type Part = { readonly definition: string; readonly at: Trail | undefined };

/**
 * What the OpenAPI schema holds against a document, or against one object of it.
 *
 * An evaluator of its own, because what a validator reports is not what an author can read: where no branch of a `oneOf` fits, this
 * one follows the branch that the author meant (`branches.ts`), and it knows which object a fault belongs to. It also starts at
 * once, where Ajv takes 120 ms to compile a schema of OpenAPI. That both agree is tested on real documents.
 */
export function evaluate(schema: JsonObject, value: JsonValue, part?: Part): Fault[] {
  const faults: Fault[] = [];
  const scope = { resource: new Resource(schema), owner: "document", ownerAt: part?.at };
  const start = part ? { $ref: `#/${part.definition}` } : schema;
  visit(start, { value, at: part?.at }, scope, { faults, seen: undefined });
  return faults;
}

function visit(schema: JsonValue, instance: Instance, scope: Scope, outer: Sink): void {
  if (schema === true) return;
  if (schema === false) return void outer.faults.push(fault("false", instance, scope, {}));
  if (!isObject(schema) || (instance.at?.depth ?? 0) > MAX_DEPTH) return;
  if (schema["closedVocabulary"] === true && isForeign(instance.value)) return;
  const isClosed = schema["unevaluatedProperties"] === false;
  const sink = isClosed ? { faults: outer.faults, seen: new Set<string>(), named: new Set<string>() } : outer;
  for (const keyword in schema) {
    const rule = RULES[keyword];
    if (rule) rule(schema[keyword]!, { schema, instance, scope, sink });
  }
  if (!isClosed || !isObject(instance.value)) return;
  for (const key of Object.keys(instance.value)) {
    if (!sink.seen!.has(key))
      outer.faults.push({ ...unknownField(schema, key, instance, scope), known: [...sink.named!] });
    outer.seen?.add(key);
  }
}

/** What a keyword's rule sees. */
type Call = {
  readonly schema: JsonObject;
  readonly instance: Instance;
  readonly scope: Scope;
  readonly sink: Sink;
};
type Rule = (operand: JsonValue, call: Call) => void;

/** The keywords that the schemas of OpenAPI and the meta-schema use (JSON Schema Draft 4 and 2020-12). */
const RULES: { readonly [keyword: string]: Rule } = {
  $ref: (ref, { instance, scope, sink }) => {
    const target = scope.resource.target(String(ref));
    visit(target.schema, instance, enter(target, scope, instance), sink);
  },
  $dynamicRef: (_, { instance, scope, sink }) => {
    const { resource } = scope;
    visit(resource.root, instance, { resource, owner: "schema", ownerAt: instance.at }, sink);
  },
  type: (types, call) => {
    const allowed = isArray(types) ? types : [types];
    if (!allowed.some((type) => hasType(call.instance.value, type)))
      report("type", call, { expected: allowed });
  },
  enum: (values, call) => {
    if (!(values as JsonArray).some((each) => jsonEquals(each, call.instance.value)))
      report("enum", call, { expected: values as JsonArray });
  },
  const: (value, call) => {
    if (!jsonEquals(value, call.instance.value)) report("enum", call, { expected: [value] });
  },
  required: (names, call) => {
    const { value } = call.instance;
    if (!isObject(value)) return;
    for (const name of (names as string[]).filter((each) => !Object.hasOwn(value, each)))
      report("required", call, { fields: [name] });
  },
  properties: (properties, { instance, scope, sink }) => {
    if (!isObject(instance.value)) return;
    for (const key in properties as JsonObject) {
      sink.named?.add(key);
      const value = own(instance.value, key);
      if (value === undefined) continue;
      sink.seen?.add(key);
      visit((properties as JsonObject)[key]!, { value, at: below(instance.at, key) }, scope, inner(sink));
    }
  },
  patternProperties: (patterns, { instance, scope, sink }) => {
    if (!isObject(instance.value)) return;
    for (const [pattern, schema] of Object.entries(patterns as JsonObject)) {
      const expression = scope.resource.regex(pattern);
      for (const key of Object.keys(instance.value)) {
        if (!expression.test(key)) continue;
        sink.seen?.add(key);
        if (schema === true) continue;
        visit(schema, { value: instance.value[key]!, at: below(instance.at, key) }, scope, inner(sink));
      }
    }
  },
  additionalProperties: (rest, call) => {
    const { schema, instance, scope, sink } = call;
    if (!isObject(instance.value) || rest === true) return;
    const patterns = Object.keys((schema["patternProperties"] ?? {}) as JsonObject).map((pattern) =>
      scope.resource.regex(pattern),
    );
    const properties = (schema["properties"] ?? {}) as JsonObject;
    for (const key of Object.keys(instance.value)) {
      if (Object.hasOwn(properties, key) || patterns.some((each) => each.test(key))) continue;
      sink.seen?.add(key);
      if (rest === false) sink.faults.push(unknownField(schema, key, instance, scope));
      else visit(rest, { value: instance.value[key]!, at: below(instance.at, key) }, scope, inner(sink));
    }
  },
  propertyNames: (names, { instance, scope, sink }) => {
    if (!isObject(instance.value)) return;
    for (const key of Object.keys(instance.value)) {
      const faults: Fault[] = [];
      visit(names, { value: key, at: below(instance.at, key) }, scope, { faults, seen: undefined });
      sink.faults.push(...faults.map((each) => ({ ...each, keyword: `name:${each.keyword}` })));
    }
  },
  closedVocabulary: (_, { schema, instance, scope, sink }) => {
    if (!isObject(instance.value)) return;
    const known = schema["properties"] as JsonObject;
    for (const key of Object.keys(instance.value)) {
      if (Object.hasOwn(known, key) || key.startsWith("x-")) continue;
      const unknown = unknownField(schema, key, instance, scope);
      sink.faults.push({ ...unknown, keyword: "closedVocabulary" });
    }
  },
  items: (items, { instance, scope, sink }) => {
    if (!isArray(instance.value)) return;
    instance.value.forEach((value, index) => {
      visit(items, { value, at: below(instance.at, index) }, scope, inner(sink));
    });
  },
  contains: (wanted, call) => {
    const { schema, instance, scope } = call;
    if (!isArray(instance.value)) return;
    const found = instance.value.filter((value) => passes(wanted, { value, at: instance.at }, scope)).length;
    const { minContains = 1, maxContains = Infinity } = schema as {
      minContains?: number;
      maxContains?: number;
    };
    if (found < minContains || found > maxContains) report("contains", call, { expected: [maxContains] });
  },
  allOf: (members, { instance, scope, sink }) => {
    for (const member of members as JsonArray) visit(member, instance, scope, sink);
  },
  anyOf: (members, call) => branches("anyOf", members as JsonArray, call),
  oneOf: (members, call) => branches("oneOf", members as JsonArray, call),
  not: (member, call) => {
    if (!passes(member, call.instance, call.scope)) return;
    const fields = isObject(member) && isArray(member["required"]) ? (member["required"] as string[]) : [];
    report("not", call, { fields });
  },
  if: (condition, { schema, instance, scope, sink }) => {
    const next = passes(condition, instance, scope) ? schema["then"] : schema["else"];
    if (next !== undefined) visit(next, instance, scope, sink);
  },
  dependentSchemas: (dependents, { instance, scope, sink }) => {
    if (!isObject(instance.value)) return;
    for (const [key, schema] of Object.entries(dependents as JsonObject)) {
      if (!Object.hasOwn(instance.value, key)) continue;
      const before = sink.faults.length;
      visit(schema, instance, scope, sink);
      // What a member forbids beside it excludes that member, too.
      for (let index = before; index < sink.faults.length; index++) {
        const each = sink.faults[index]!;
        if (each.keyword === "not" && each.at === instance.at && each.fields.length === 1)
          sink.faults[index] = { ...each, fields: [key, ...each.fields] };
      }
    }
  },
  pattern: (pattern, call) => {
    const { value } = call.instance;
    if (typeof value === "string" && !call.scope.resource.regex(String(pattern)).test(value))
      report("pattern", call, { expected: [pattern] });
  },
  format: (format, call) => {
    const { value } = call.instance;
    const name = typeof value === "string" ? formatFault(String(format), value) : undefined;
    if (name !== undefined) report("format", call, { expected: [name] });
  },
  uniqueItems: (flag, call) => {
    const { value } = call.instance;
    if (flag === true && isArray(value) && hasTwins(value)) report("uniqueItems", call, {});
  },
  minItems: (limit, call) => bound("minItems", lengthOf(call.instance.value), Number(limit), call),
  minProperties: (limit, call) => bound("minProperties", sizeOf(call.instance.value), Number(limit), call),
  maxProperties: (limit, call) => bound("maxProperties", sizeOf(call.instance.value), Number(limit), call),
  minimum: (limit, call) => {
    const { value } = call.instance;
    // Draft 4 makes the bound exclusive by a flag beside it.
    const isExclusive = call.schema["exclusiveMinimum"] === true;
    if (typeof value === "number" && (isExclusive ? value <= Number(limit) : value < Number(limit)))
      report(isExclusive ? "exclusiveMinimum" : "minimum", call, { expected: [limit] });
  },
  exclusiveMinimum: (limit, call) => {
    const { value } = call.instance;
    if (typeof limit === "number" && typeof value === "number" && value <= limit)
      report("exclusiveMinimum", call, { expected: [limit] });
  },
};

function enter({ name, resource }: Target, scope: Scope, instance: Instance): Scope {
  return isNamed(name) ? { resource, owner: name, ownerAt: instance.at } : { ...scope, resource };
}

/** Members have members of their own. */
function inner(sink: Sink): Sink {
  return sink.seen ? { faults: sink.faults, seen: undefined } : sink;
}

function passes(schema: JsonValue, instance: Instance, scope: Scope): boolean {
  const faults: Fault[] = [];
  visit(schema, instance, scope, { faults, seen: undefined });
  return faults.every(isAdvice);
}

/** What no document is refused for: formats are annotations first (JSON Schema Validation 2020-12, section 7). */
export function isAdvice({ keyword }: Fault): boolean {
  return keyword === "closedVocabulary" || keyword === "format" || keyword === "name:format";
}

function branches(keyword: "anyOf" | "oneOf", members: JsonArray, call: Call): void {
  const { instance, scope, sink } = call;
  const tried = members.map((schema): Branch & { seen: Set<string> | undefined } => {
    const faults: Fault[] = [];
    const seen = sink.seen && new Set<string>();
    visit(schema, instance, scope, { faults, seen });
    return { faults, seen, isReference: isReference(schema, scope) };
  });
  const right = tried.filter(({ faults }) => faults.every(isAdvice));
  for (const branch of right) {
    sink.faults.push(...branch.faults);
    branch.seen?.forEach((key) => sink.seen!.add(key));
  }
  if (right.length === 0) sink.faults.push(...bestBranch(tried, instance));
  if (keyword === "oneOf" && right.length > 1)
    report("oneOf", call, { fields: members.flatMap((each) => requiredOf(each)) });
}

function requiredOf(schema: JsonValue): string[] {
  return isObject(schema) && isArray(schema["required"]) ? (schema["required"] as string[]) : [];
}

function isReference(schema: JsonValue, { resource }: Scope): boolean {
  const ref = isObject(schema) ? schema["$ref"] : undefined;
  return requiredOf(typeof ref === "string" ? resource.target(ref).schema : schema).includes("$ref");
}

type Details = Partial<Pick<Fault, "fields" | "expected" | "known">>;

function report(keyword: string, { instance, scope, sink }: Call, details: Details): void {
  sink.faults.push(fault(keyword, instance, scope, details));
}

function fault(keyword: string, instance: Instance, scope: Scope, details: Details): Fault {
  const { owner, ownerAt } = scope;
  return { keyword, ...instance, owner, ownerAt, fields: [], expected: [], known: [], ...details };
}

function unknownField(schema: JsonObject, key: string, instance: Instance, scope: Scope): Fault {
  const value = (instance.value as JsonObject)[key]!;
  const known = Object.keys((schema["properties"] ?? {}) as JsonObject);
  return fault("unknown", { value, at: below(instance.at, key) }, scope, { fields: [key], known });
}

function bound(keyword: string, found: number | undefined, limit: number, call: Call): void {
  const isOutside = found !== undefined && (keyword.startsWith("min") ? found < limit : found > limit);
  if (isOutside) report(keyword, call, { expected: [limit] });
}
