import { fieldsOf, type Kind, type Located } from "./grammar.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "./json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "./pointer.js";
import { isReference } from "./references.js";
import { keyOf, type Sources } from "./sources.js";
import type { Origin, SourceId } from "./source.js";

/** An object of a known kind that something refers to, in whichever document. */
type Visit = Located & { readonly source: SourceId };

/** What is reached from the operations that stay. */
export type Reached = {
  /** Components of the entry, by their pointer. */
  readonly components: ReadonlySet<JsonPointer>;
  /** What stood in an operation that is gone, and where it stands now: by the pointer that it had. */
  readonly moved: ReadonlyMap<JsonPointer, { readonly to: JsonPointer; readonly value: JsonValue }>;
  /** True where an operation has no `security` of its own. */
  readonly needsSecurity: boolean;
};

/**
 * The documents as they were; without the operations that are gone; and without the path items that held nothing else, which is what is
 * walked.
 */
type Stages = { readonly original: Sources; readonly thinned: Sources; readonly kept: Sources };

/** Walks everything that stays, from `paths` and `webhooks` on along the references. */
export function reachFrom(stages: Stages): Reached {
  return new Walk(stages).reached();
}

class Walk {
  private readonly components = new Set<JsonPointer>();
  private readonly moved = new Map<JsonPointer, { readonly to: JsonPointer; readonly value: JsonValue }>();
  private readonly visited = new Set<string>();
  private readonly queue: Visit[] = [];
  private readonly all: ReadonlyMap<JsonPointer, Located>;
  private needsSecurity = false;
  private readonly stages: Stages;
  private readonly source: SourceId;
  private readonly root: JsonObject;

  constructor(stages: Stages) {
    this.stages = stages;
    this.source = stages.kept.entry;
    const root = stages.kept.documents.get(this.source)!.value;
    this.root = isObject(root) ? root : {};
    const components = own(this.root, "components") ?? null;
    const located = fieldsOf({ kind: "components", pointer: "/components", value: components });
    this.all = new Map(located.map((component) => [component.pointer, component]));
  }

  reached(): Reached {
    const roots = fieldsOf({ kind: "document", pointer: "", value: this.root });
    for (const each of roots) if (each.kind === "pathItem") this.queue.push({ ...each, source: this.source });
    for (let next = this.queue.pop(); next; next = this.queue.pop()) this.visit(next);
    if (this.needsSecurity) this.security(this.root, { source: this.source, pointer: "" });
    return { components: this.components, moved: this.moved, needsSecurity: this.needsSecurity };
  }

  private visit(place: Visit): void {
    const { source, pointer, kind, value } = place;
    const key = `${kind} ${keyOf(place)}`;
    if (!isObject(value) || this.visited.has(key)) return;
    this.visited.add(key);
    for (const ref of refsOf(kind, value)) this.follow(ref, place);
    if (kind === "operation") this.operation(value, place);
    if (kind === "schema" && isObject(own(value, "discriminator"))) this.heirs({ source, pointer });
    for (const child of fieldsOf(place)) this.queue.push({ ...child, source });
  }

  private operation(value: JsonObject, origin: Origin): void {
    if (Object.hasOwn(value, "security")) this.security(value, origin);
    else this.needsSecurity = true;
  }

  /** Security Requirement Objects name their schemes, or give their URIs (OpenAPI 3.2.0). */
  private security(owner: JsonObject, origin: Origin): void {
    const requirements = own(owner, "security");
    if (!isArray(requirements)) return;
    for (const name of requirements.flatMap((each) => (isObject(each) ? Object.keys(each) : []))) {
      const named = join("/components/securitySchemes", name);
      const target = this.all.has(named) ? undefined : this.stages.original.resolve(name, origin);
      this.reach(target?.source === this.source ? target.pointer : named);
    }
  }

  private follow(ref: string, from: Visit): void {
    const target = this.stages.original.resolve(ref, from);
    if (!target) return;
    const component = target.source === this.source ? componentOf(target.pointer) : undefined;
    if (component !== undefined) return this.reach(component);
    const value = this.stages.kept.valueAt(target);
    if (value !== undefined) this.queue.push({ ...target, kind: from.kind, value });
    else if (target.source === this.source && from.source === this.source) this.move(target, from.kind);
  }

  private reach(pointer: JsonPointer): void {
    const component = this.all.get(pointer);
    if (!component || this.components.has(pointer)) return;
    this.components.add(pointer);
    this.queue.push({ ...component, source: this.source });
  }

  /** A value of a schema with a discriminator may be of any schema that builds on it by `allOf` (3.1.1, Discriminator Object). */
  private heirs({ source, pointer }: Origin): void {
    if (source !== this.source) return;
    const queue = [pointer];
    for (let parent = queue.pop(); parent !== undefined; parent = queue.pop()) {
      for (const child of this.childrenOf(parent)) {
        if (!this.components.has(child)) queue.push(child);
        this.reach(child);
      }
    }
  }

  private childrenOf(parent: JsonPointer): JsonPointer[] {
    this.children ??= this.inheritance();
    return this.children.get(parent) ?? [];
  }
  private children: Map<JsonPointer, JsonPointer[]> | undefined;

  private inheritance(): Map<JsonPointer, JsonPointer[]> {
    const children = new Map<JsonPointer, JsonPointer[]>();
    for (const { kind, pointer, value } of this.all.values()) {
      const allOf = kind === "schema" && isObject(value) ? own(value, "allOf") : undefined;
      for (const item of isArray(allOf) ? allOf : []) {
        const ref = isObject(item) ? own(item, "$ref") : undefined;
        const parent =
          typeof ref === "string" && this.stages.original.resolve(ref, { source: this.source, pointer });
        if (parent) children.set(parent.pointer, [...(children.get(parent.pointer) ?? []), pointer]);
      }
    }
    return children;
  }

  /** Gives a place among the components to what stands where nothing else stays. */
  private move(target: Origin, kind: Kind): void {
    const section = SECTIONS[kind];
    if (section === undefined || this.moved.has(target.pointer)) return;
    const { thinned, original } = this.stages;
    const value = thinned.valueAt(target) ?? original.valueAt(target)!;
    const name = tokensOf(target.pointer)
      .join("-")
      .replace(/[^A-Za-z0-9._]+/g, "-")
      .replace(/^-|-$/g, "");
    let to = join("/components", section, name);
    const taken = new Set([...this.all.keys(), ...[...this.moved.values()].map((each) => each.to)]);
    for (let count = 2; taken.has(to); count++) to = join("/components", section, `${name}-${count}`);
    this.moved.set(target.pointer, { to, value });
    this.queue.push({ ...target, kind, value });
  }
}

/** The sections of `components`, by what they hold. */
const SECTIONS: { readonly [K in Kind]?: string } = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  example: "examples",
  requestBody: "requestBodies",
  header: "headers",
  link: "links",
  callback: "callbacks",
  pathItem: "pathItems",
  mediaType: "mediaTypes",
};

/** The references that an object makes itself: `$ref`, and the mapping of a discriminator, which may give a component's bare name. */
function refsOf(kind: Kind, value: JsonObject): string[] {
  const mapping = kind === "schema" ? valueAt(value, "/discriminator/mapping") : undefined;
  const targets = isObject(mapping) ? Object.values(mapping) : [];
  const named = targets.map((target) =>
    typeof target === "string" && !isReference(target) ? `#${join("/components/schemas", target)}` : target,
  );
  return [own(value, "$ref"), own(value, "$dynamicRef"), ...named].filter((ref) => typeof ref === "string");
}

/** `/components/schemas/Pet/properties/name` → `/components/schemas/Pet`. */
function componentOf(pointer: JsonPointer): JsonPointer | undefined {
  const [first, section, name] = tokensOf(pointer);
  return first === "components" && section !== undefined && name !== undefined
    ? join("", first, section, name)
    : undefined;
}
