import { objectsIn, pointerOf, type Path } from "./grammar.js";
import { isObject, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import { pointerOfFragment, valueAt } from "./pointer.js";
import type { Resource } from "./references.js";
import { idOf, type Origin } from "./source.js";
import type { Upgraded } from "./upgrade.js";

/** The schemas that the dynamic anchors of the resources entered so far name, the outermost of each name. */
export type Scope = ReadonlyMap<string, Origin>;

/** The keywords that refer to a schema. */
export const REFERENCES = ["$ref", "$dynamicRef"] as const;

/** What dynamic references mean where (JSON Schema Core 2020-12, sections 7.1 and 8.2.3.2). */
export class Scopes {
  private readonly documents: Upgraded["documents"];
  private readonly references: Upgraded["references"];
  private readonly reached = new Map<string, ReadonlySet<string>>();

  constructor({ documents, references }: Upgraded) {
    this.documents = documents;
    this.references = references;
  }

  /** True where a place is what its resource names by a `$dynamicAnchor` of that name. */
  isBookended(name: string, origin: Origin): boolean {
    return this.references.resourceOf(origin).dynamicAnchors.get(name) === origin.pointer;
  }

  valueAt({ source, pointer }: Origin): JsonValue {
    return valueAt(this.documents.get(source)!.value, pointer) ?? null;
  }

  /** True where the dynamic references that a schema leads to mean in the scope what they mean where it stands. */
  isAtHome(target: Origin, scope: Scope): boolean {
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
  private isBelowSchema({ source, pointer }: Origin, { pointer: way }: Resource): boolean {
    const parent = this.references.resourceOf({ source, pointer });
    return parent.pointer !== "" && way.startsWith(`${parent.pointer}/`);
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
    if (name === undefined || names.has(name) || !this.isBookended(name, found.origin)) return [found.origin];
    names.add(name);
    return [found.origin, ...this.references.dynamicallyNamed(name)];
  }

  /** A schema in a scope: equal where its dynamic references mean the same. */
  keyOf(target: Origin, scope: Scope): string {
    const reach = this.reach(target);
    const names = [...this.references.dynamicFragments].filter((name) => reach.has(name));
    const meanings = names.map((name) => {
      const meaning = scope.get(name);
      return meaning ? `${name} ${idOf(meaning)}` : name;
    });
    return [idOf(target), ...meanings].join("\n");
  }
}

/** A scope and the dynamic anchors of a resource that is entered in it. */
export function enter(scope: Scope, { source, dynamicAnchors }: Resource): Scope {
  const added = [...dynamicAnchors].filter(([name]) => !scope.has(name));
  if (added.length === 0) return scope;
  return new Map([...scope, ...added.map(([name, pointer]) => [name, { source, pointer }] as const)]);
}

/** The schemas that are evaluated with a schema: those that it holds for others are not. */
function* schemasIn(value: JsonValue): Generator<{ value: JsonObject; path: Path | undefined }> {
  const bare = isObject(value)
    ? objectOf(Object.entries(value).filter(([key]) => key !== "$defs" && key !== "definitions"))
    : value;
  for (const { kind, value: schema, path } of objectsIn(bare, "schema"))
    if (kind === "schema") yield { value: schema, path };
}

/** The name in `#name`; undefined for a JSON Pointer. */
export function anchorOf(ref: string): string | undefined {
  const fragment = ref.slice(ref.indexOf("#") + 1);
  return ref.includes("#") && pointerOfFragment(fragment) === undefined ? fragment : undefined;
}

/** A place below another. */
export function below({ source, pointer }: Origin, way: string): Origin {
  return { source, pointer: pointer + way };
}

function sameOrigin(a: Origin | undefined, b: Origin | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && idOf(a) === idOf(b));
}
