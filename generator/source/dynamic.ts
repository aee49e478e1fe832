import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { mapFields, type Kind } from "./grammar.js";
import { isArray, isObject, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import type { Place } from "./load.js";
import { anchorOf, below, enter, REFERENCES, Scopes, type Scope } from "./dynamic-scope.js";
import { Guesser } from "./guess.js";
import { changePlaces } from "./places.js";
import { join, valueAt } from "./pointer.js";
import { referenceProblem } from "./reference-problem.js";
import { isReference, type Resolution } from "./references.js";
import { idOf, type Origin } from "./source.js";
import type { Upgraded } from "./upgrade.js";
import { fragmentOf } from "./uri.js";

/**
 * The documents with static references alone: what `$dynamicRef` names is decided for each schema (JSON Schema Core 2020-12,
 * section 8.2.3.2). A `$ref` into schemas whose dynamic references mean something else from here than at home is replaced by a
 * copy of them in which they name what they mean. So whatever comes after knows `$ref` alone; Ajv, too, which looks for dynamic
 * anchors along the evaluated keywords instead of in the resources that were entered.
 */
export function resolveDynamic(upgraded: Upgraded, places: readonly Place[]): Staged<Upgraded> {
  const { documents, references } = upgraded;
  if (references.dynamicFragments.size === 0) return { value: upgraded, problems: [] };
  const resolver = new DynamicResolver(upgraded);
  const changed = new Map(
    [...documents].map(([source, document]) => {
      const inside = places.filter((place) => place.source === source);
      const { value } = document;
      const after = changePlaces({ before: value, after: value }, inside, (part, { kind, pointer }) =>
        resolver.tree(part, kind, { source, pointer }),
      );
      return [source, { ...document, value: after }] as const;
    }),
  );
  return {
    value: { documents: changed, references: references.withDocuments(changed, places) },
    problems: resolver.problems,
  };
}

/** More copies than this come of documents that are made to explode. */
const MAX_COPIES = 10_000;

type Context = {
  /** Where the schema was written by its author. */
  readonly origin: Origin;
  /** Where it is written now: elsewhere, if it is a copy. */
  readonly place: Origin;
  readonly scope: Scope;
  /** The copies inside one schema, by what they are copies of and their scope: so that recursion ends. */
  readonly copies: Map<string, Origin>;
};

type Found = Extract<Resolution, { kind: "found" }>;

class DynamicResolver {
  readonly problems: Problem[] = [];
  private readonly references: Upgraded["references"];
  private readonly scopes: Scopes;
  private readonly guesser = new Guesser();
  private copies = 0;

  constructor(upgraded: Upgraded) {
    this.references = upgraded.references;
    this.scopes = new Scopes(upgraded);
  }

  /** An object and what is below it. */
  tree(value: JsonValue, kind: Kind, origin: Origin): JsonValue {
    if (!isObject(value)) return value;
    if (kind === "schema") return this.start(value, origin);
    return mapFields(value, kind, (child) =>
      this.tree(child.value, child.kind, below(origin, child.pointer)),
    );
  }

  /** A schema that an evaluation can start with: nothing was entered before it. */
  private start(value: JsonValue, origin: Origin): JsonValue {
    return this.schema(value, { origin, place: origin, scope: new Map(), copies: new Map() });
  }

  private schema(value: JsonValue, outer: Context): JsonValue {
    if (!isObject(value)) return value;
    const context = { ...outer, scope: enter(outer.scope, this.references.resourceOf(outer.origin)) };
    const { origin, place } = context;
    const written = mapFields(value, "schema", (child) =>
      isDefinition(child.pointer)
        ? this.start(child.value, below(origin, child.pointer))
        : this.schema(child.value, {
            ...context,
            origin: below(origin, child.pointer),
            place: below(place, child.pointer),
          }),
    );
    const named = isCopy(context) ? this.withoutNames(written, origin) : written;
    return REFERENCES.reduce((schema, keyword) => this.reference(schema, keyword, context), named);
  }

  /** What a copy says is named by the original alone. */
  private withoutNames(schema: JsonObject, origin: Origin): JsonObject {
    const kept = objectOf(Object.entries(schema).filter(([key]) => !NAMING.has(key)));
    const mapping = valueAt(kept, "/discriminator/mapping");
    if (!isObject(mapping)) return kept;
    const mapped = Object.entries(mapping).map(
      ([name, target]) => [name, this.mapped(target, origin)] as const,
    );
    return {
      ...kept,
      discriminator: { ...(kept["discriminator"] as JsonObject), mapping: objectOf(mapped) },
    };
  }

  private mapped(target: JsonValue, origin: Origin): JsonValue {
    if (typeof target !== "string" || !isReference(target)) return target;
    const found = this.references.resolve(target, origin);
    return found.kind === "found" ? this.addressOf(found.origin) : target;
  }

  /** One of the two keywords that refer to a schema, as `$ref` or as a copy of what it names. */
  private reference(schema: JsonObject, keyword: "$ref" | "$dynamicRef", context: Context): JsonObject {
    const ref = own(schema, keyword);
    if (typeof ref !== "string") return schema;
    const target = keyword === "$ref" ? this.find(ref, context) : this.findDynamic(ref, context);
    const isStatic = keyword === "$ref" && !isCopy(context);
    if (!target) return isStatic ? schema : without(schema, keyword);
    const scope = enter(context.scope, this.references.resourceOf(target.origin));
    if (!this.scopes.isAtHome(target.origin, scope))
      return this.copied(without(schema, keyword), target, { ...context, scope });
    return isStatic ? schema : withReference(without(schema, keyword), this.addressOf(target.origin));
  }

  private find(ref: string, { origin }: Context): Found | undefined {
    const found = this.references.resolve(ref, below(origin, "/$ref"));
    return found.kind === "found" ? found : undefined;
  }

  /** A `$dynamicRef` behaves like `$ref` where what it names first is named by no `$dynamicAnchor`. */
  private findDynamic(ref: string, { origin, scope }: Context): Found | undefined {
    const at = below(origin, "/$dynamicRef");
    const first = this.references.resolve(ref, at);
    const fault = referenceProblem(first, { ref, origin: at }, this.guesser);
    if (fault) this.problems.push(fault);
    if (first.kind !== "found") return undefined;
    const name = anchorOf(ref);
    const target =
      name !== undefined && this.scopes.isBookended(name, first.origin) ? scope.get(name) : undefined;
    return target ? { kind: "found", origin: target, value: this.scopes.valueAt(target) } : first;
  }

  /** A schema with what it refers to written into it; a copy that it stands in already is referred to. */
  private copied(schema: JsonObject, target: Found, context: Context): JsonObject {
    const key = this.scopes.keyOf(target.origin, context.scope);
    const known = context.copies.get(key);
    if (known) return withReference(schema, this.addressOf(known));
    if (++this.copies > MAX_COPIES) return this.refuse(schema, target, context);
    const isBare = Object.keys(schema).every((keyword) => NAMING.has(keyword) || SILENT.has(keyword));
    const all = own(schema, "allOf");
    const members = isArray(all) ? all : [];
    const place = isBare ? context.place : below(context.place, join("/allOf", members.length));
    context.copies.set(key, place);
    const copy = this.schema(target.value, { ...context, origin: target.origin, place });
    if (isBare && isObject(copy)) return { ...copy, ...schema };
    return { ...schema, allOf: [...members, copy] };
  }

  private refuse(schema: JsonObject, target: Found, { origin }: Context): JsonObject {
    const effect = "the schemas that it leads to are too many";
    this.problems.push(
      problem("keyword-unsupported", { keyword: "$dynamicRef", effect }, { origin, place: "key" }),
    );
    return withReference(schema, this.addressOf(target.origin));
  }

  private addressOf({ source, pointer }: Origin): string {
    return `${this.references.resourceOf({ source, pointer: "" }).uri}#${fragmentOf(pointer)}`;
  }
}

/** Keywords by which others name a schema, or the schemas that it holds for them. */
const NAMING = new Set(["$id", "$anchor", "$dynamicAnchor", "$schema", "$defs", "definitions"]);
/** Keywords that say nothing about an instance. */
const SILENT = new Set([
  "$comment",
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "examples",
  "example",
]);

function isCopy({ origin, place }: Context): boolean {
  return idOf(origin) !== idOf(place);
}

function isDefinition(pointer: string): boolean {
  return /^\/(\$defs|definitions)\//.test(pointer);
}

function without(schema: JsonObject, keyword: string): JsonObject {
  return objectOf(Object.entries(schema).filter(([key]) => key !== keyword));
}

/** A second reference of one schema stands in its `allOf`. */
function withReference(schema: JsonObject, $ref: string): JsonObject {
  if (!Object.hasOwn(schema, "$ref")) return { ...schema, $ref };
  const all = own(schema, "allOf");
  return { ...schema, allOf: [...(isArray(all) ? all : []), { $ref }] };
}
