import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { mapFields, objectsIn, pointerOf, type Kind } from "./grammar.js";
import { isArray, isObject, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import type { Place } from "./load.js";
import { changePlaces } from "./places.js";
import { join, pointerOfFragment, valueAt } from "./pointer.js";
import { referenceProblem } from "./reference-problem.js";
import { isReference, type Resolution, type Resource } from "./references.js";
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
      const own = places.filter((place) => place.source === source);
      const { value } = document;
      const after = changePlaces({ before: value, after: value }, own, (part, { kind, pointer }) =>
        resolver.tree(part, kind, { source, pointer }),
      );
      return [source, { ...document, value: after }] as const;
    }),
  );
  const read = [...changed.values()].filter(({ value }) => value !== null);
  return {
    value: { documents: changed, references: references.withDocuments(read, places) },
    problems: resolver.problems,
  };
}

/** More copies than this come of documents that are made to explode. */
const MAX_COPIES = 10_000;

/** The schemas that the dynamic anchors of the resources entered so far name, the outermost of each name. */
type Scope = ReadonlyMap<string, Origin>;

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
  private readonly documents: Upgraded["documents"];
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private copies = 0;

  constructor({ documents, references }: Upgraded) {
    this.documents = documents;
    this.references = references;
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
    const own = isCopy(context) ? this.withoutNames(written, origin) : written;
    return REFERENCES.reduce((schema, keyword) => this.reference(schema, keyword, context), own);
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
    if (!this.isAtHome(target.origin, scope))
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
    const fault = referenceProblem(first, ref, at);
    if (fault) this.problems.push(fault);
    if (first.kind !== "found") return undefined;
    const name = anchorOf(ref);
    const target = name !== undefined && this.isBookended(name, first) ? scope.get(name) : undefined;
    return target ? { kind: "found", origin: target, value: this.valueAt(target) } : first;
  }

  private isBookended(name: string, { origin }: Found): boolean {
    return this.references.resourceOf(origin).dynamicAnchors.get(name) === origin.pointer;
  }

  private valueAt({ source, pointer }: Origin): JsonValue {
    return valueAt(this.documents.get(source)!.value, pointer) ?? null;
  }

  /** True where the dynamic references that a schema leads to mean in the scope what they mean where it stands. */
  private isAtHome(target: Origin, scope: Scope): boolean {
    const home = this.homeScope(target);
    const isSame = (name: string) => sameOrigin(scope.get(name), home.get(name));
    const differing = [...this.references.dynamicFragments].filter((name) => !isSame(name));
    return differing.length === 0 || !differing.some((name) => this.reach(target).has(name));
  }

  /** The scope of a schema where it stands: the resources around it, up to where an evaluation starts. */
  private homeScope({ source, pointer }: Origin): Scope {
    const start = /^.*\/(\$defs|definitions)\/[^/]*/.exec(pointer)?.[0] ?? "";
    const around: Resource[] = [this.references.resourceOf({ source, pointer })];
    for (let last = around[0]!; last.pointer.length > start.length; last = around.at(-1)!) {
      const parent = last.pointer.slice(0, last.pointer.lastIndexOf("/"));
      if (!this.isBelowSchema({ source, pointer: parent }, last)) break;
      around.push(this.references.resourceOf({ source, pointer: parent }));
    }
    return around.reduceRight<Scope>(enter, new Map());
  }

  /** True where a resource is a part of an enclosing schema, and no component or body of its own. */
  private isBelowSchema({ source, pointer }: Origin, { pointer: own }: Resource): boolean {
    const parent = this.references.resourceOf({ source, pointer });
    return parent.pointer !== "" && own.startsWith(`${parent.pointer}/`);
  }

  /** The names of the dynamic references that a schema leads to, by whatever way. */
  private reach(start: Origin): ReadonlySet<string> {
    const known = this.reached.get(idOf(start));
    if (known) return known;
    const names = new Set<string>();
    const seen = new Set<string>();
    const open = [start];
    for (let origin = open.pop(); origin; origin = open.pop()) {
      if (seen.has(idOf(origin))) continue;
      seen.add(idOf(origin));
      for (const { value, path } of schemasIn(this.valueAt(origin))) {
        const at = { source: origin.source, pointer: pointerOf(path, origin.pointer) };
        for (const keyword of REFERENCES) open.push(...this.targets(value, keyword, at, names));
      }
    }
    this.reached.set(idOf(start), names);
    return names;
  }

  /** Every schema that a reference can name; the name of a dynamic one is added to `names`. */
  private targets(
    schema: JsonObject,
    keyword: (typeof REFERENCES)[number],
    origin: Origin,
    names: Set<string>,
  ): Origin[] {
    const ref = own(schema, keyword);
    const found =
      typeof ref === "string" ? this.references.resolve(ref, below(origin, `/${keyword}`)) : undefined;
    if (found?.kind !== "found") return [];
    const name = keyword === "$dynamicRef" ? anchorOf(String(ref)) : undefined;
    if (name === undefined || names.has(name) || !this.isBookended(name, found)) return [found.origin];
    names.add(name);
    return [found.origin, ...this.references.dynamicallyNamed(name)];
  }

  /** A schema with what it refers to written into it; a copy that it stands in already is referred to. */
  private copied(schema: JsonObject, target: Found, context: Context): JsonObject {
    const key = this.keyOf(target.origin, context.scope);
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

  private keyOf(target: Origin, scope: Scope): string {
    const reach = this.reach(target);
    const names = [...this.references.dynamicFragments].filter((name) => reach.has(name));
    const meanings = names.map((name) => {
      const meaning = scope.get(name);
      return meaning ? `${name} ${idOf(meaning)}` : name;
    });
    return [idOf(target), ...meanings].join("\n");
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

const REFERENCES = ["$ref", "$dynamicRef"] as const;
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

function enter(scope: Scope, { source, dynamicAnchors }: Resource): Scope {
  const added = [...dynamicAnchors].filter(([name]) => !scope.has(name));
  if (added.length === 0) return scope;
  return new Map([...scope, ...added.map(([name, pointer]) => [name, { source, pointer }] as const)]);
}

function isCopy({ origin, place }: Context): boolean {
  return idOf(origin) !== idOf(place);
}

/** The schemas that are evaluated with a schema: those that it holds for others are not. */
function* schemasIn(
  value: JsonValue,
): Generator<{ value: JsonObject; path: Parameters<typeof pointerOf>[0] }> {
  const bare = isObject(value)
    ? objectOf(Object.entries(value).filter(([key]) => key !== "$defs" && key !== "definitions"))
    : value;
  for (const { kind, value: schema, path } of objectsIn(bare, "schema"))
    if (kind === "schema") yield { value: schema, path };
}

/** The name in `#name`; undefined for a JSON Pointer. */
function anchorOf(ref: string): string | undefined {
  const fragment = ref.slice(ref.indexOf("#") + 1);
  return ref.includes("#") && pointerOfFragment(fragment) === undefined ? fragment : undefined;
}

function isDefinition(pointer: string): boolean {
  return /^\/(\$defs|definitions)\//.test(pointer);
}

function below({ source, pointer }: Origin, way: string): Origin {
  return { source, pointer: pointer + way };
}

function sameOrigin(a: Origin | undefined, b: Origin | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && idOf(a) === idOf(b));
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
