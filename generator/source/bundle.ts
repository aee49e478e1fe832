import { isReferable, mapFields, type Kind, type Located } from "./grammar.js";
import { isObject, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import { join, tokensOf } from "./pointer.js";
import { isReference, type References } from "./references.js";
import { idOf, type Origin, type SourceId } from "./source.js";
import type { Upgraded } from "./upgrade.js";

/** One document that refers to its own components alone. */
export type Bundle = {
  readonly document: JsonObject;
  /** The names of the components of schemas, by the places where the schemas stand in the documents. */
  readonly schemas: ReadonlyMap<string, string>;
};

/**
 * Writes documents as one, for tools that know no more: what a reference names elsewhere than among the components of the entry
 * becomes a component of a free name there.
 *
 * @param wanted the names that schemas should have if they are free, by their places.
 */
export function bundle(
  { documents, references }: Upgraded,
  entry: SourceId,
  wanted: ReadonlyMap<string, string>,
): Bundle {
  const { value } = documents.get(entry)!;
  return new Bundler(references, entry, wanted).bundle(isObject(value) ? value : {});
}

/** Where components of each kind stand (OpenAPI 3.2.0, Components Object). What is not listed is written in place. */
const SECTIONS: { readonly [K in Kind]?: string } = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  example: "examples",
  requestBody: "requestBodies",
  header: "headers",
  securityScheme: "securitySchemes",
  link: "links",
  callback: "callbacks",
};

/** Sections of what is written in place: nothing refers to them any more, and their operations would be there twice. */
const IN_PLACE = new Set(["pathItems", "mediaTypes"]);

/**
 * Keywords that name schemas: after the bundling nobody asks for the names. And `nullable`, which means nothing here any more
 * (`upgrade-3.0.ts`), and something to openapi-typescript.
 */
const LEFT_OUT = new Set(["$id", "$anchor", "$dynamicAnchor", "$schema", "$defs", "nullable"]);

type Target = { readonly origin: Origin; readonly value: JsonValue };
/** The components of one kind: their names by their places, and what was added to them. */
type Section = { readonly names: Map<string, string>; readonly taken: Set<string>; readonly added: Added };
type Added = [name: string, value: JsonValue][];

class Bundler {
  private readonly references: References;
  private readonly entry: SourceId;
  private readonly wanted: ReadonlyMap<string, string>;
  private readonly sections = new Map<Kind, Section>();
  private readonly queue: (Target & { kind: Kind; name: string })[] = [];
  /** What is being written in place, so that a ring of it ends. */
  private readonly open = new Set<string>();

  private readonly operationIds = new Set<string>();

  constructor(references: References, entry: SourceId, wanted: ReadonlyMap<string, string>) {
    this.references = references;
    this.entry = entry;
    this.wanted = wanted;
  }

  bundle(document: JsonObject): Bundle {
    const components = own(document, "components");
    for (const kind of Object.keys(SECTIONS) as Kind[]) this.openSection(kind, components);
    this.nameImports(components);
    const written = this.fields(document, "document", { source: this.entry, pointer: "" });
    for (const { kind, name, value, origin } of this.queue)
      this.section(kind).added.push([name, this.write(value, kind, origin)]);
    return { document: this.withAdded(written), schemas: this.section("schema").names };
  }

  private openSection(kind: Kind, components: JsonValue | undefined): void {
    const section = SECTIONS[kind]!;
    const listed = isObject(components) ? own(components, section) : undefined;
    const names = isObject(listed) ? Object.keys(listed) : [];
    const placed = names.map((name) => [this.componentKey(section, name), name] as const);
    this.sections.set(kind, { names: new Map(placed), taken: new Set(names), added: [] });
  }

  private componentKey(section: string, name: string): string {
    return idOf({ source: this.entry, pointer: join("/components", section, name) });
  }

  /** A component that only refers to another document stands for what is there. */
  private nameImports(components: JsonValue | undefined): void {
    for (const [kind, { names }] of this.sections) {
      const listed = isObject(components) ? own(components, SECTIONS[kind]!) : undefined;
      for (const [name, value] of isObject(listed) ? Object.entries(listed) : []) {
        const origin = { source: this.entry, pointer: join("/components", SECTIONS[kind]!, name) };
        const target =
          isObject(value) && Object.keys(value).length === 1 ? this.target(value, origin) : undefined;
        if (!target || target.origin.source === this.entry || names.has(idOf(target.origin))) continue;
        names.set(idOf(target.origin), name);
      }
    }
  }

  private section(kind: Kind): Section {
    return this.sections.get(kind)!;
  }

  private target(object: JsonObject, origin: Origin): Target | undefined {
    const ref = own(object, "$ref");
    if (typeof ref !== "string") return undefined;
    const found = this.references.resolve(ref, {
      source: origin.source,
      pointer: join(origin.pointer, "$ref"),
    });
    return found.kind === "found" ? found : undefined;
  }

  private write(value: JsonValue, kind: Kind, origin: Origin): JsonValue {
    if (!isObject(value)) return value;
    const target = isReferable(kind) ? this.target(value, origin) : undefined;
    if (!target) return this.fields(value, kind, origin);
    if (SECTIONS[kind] === undefined) return this.inPlace(value, target, { kind, origin });
    const name = this.nameOf(target, kind);
    const isImport = this.componentKey(SECTIONS[kind], name) === idOf(origin);
    if (isImport) return this.write(target.value, kind, target.origin);
    const $ref = `#${join("/components", SECTIONS[kind], name)}`;
    return { ...this.fields(value, kind, origin), $ref };
  }

  /** Path items and media types: what stands beside the `$ref` holds before what it names. */
  private inPlace(
    value: JsonObject,
    target: Target,
    { kind, origin }: { kind: Kind; origin: Origin },
  ): JsonValue {
    const key = `${kind} ${idOf(target.origin)}`;
    if (this.open.has(key)) return {};
    this.open.add(key);
    const below = this.write(target.value, kind, target.origin);
    this.open.delete(key);
    const { $ref: _ref, ...beside } = this.fields(value, kind, origin);
    return isObject(below) ? { ...below, ...beside } : below;
  }

  private nameOf(target: Target, kind: Kind): string {
    const { names, taken } = this.section(kind);
    const key = idOf(target.origin);
    const known = names.get(key);
    if (known !== undefined) return known;
    const base = (kind === "schema" ? this.wanted.get(key) : undefined) ?? wordOf(target.origin);
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
    taken.add(name);
    names.set(key, name);
    this.queue.push({ ...target, kind, name });
    return name;
  }

  private fields(value: JsonObject, kind: Kind, origin: Origin): JsonObject {
    const written = mapFields(value, kind, (child) =>
      this.write(child.value, child.kind, belowOf(origin, child)),
    );
    if (kind === "operation") return this.named(written);
    if (kind !== "schema") return written;
    const kept = Object.entries(written).filter(([key]) => !LEFT_OUT.has(key));
    return this.withMapping(objectOf(kept), origin);
  }

  /** A path item that several paths refer to is written at each: its operations have their ids at the first. */
  private named(operation: JsonObject): JsonObject {
    const { operationId, ...rest } = operation;
    if (typeof operationId !== "string") return operation;
    if (this.operationIds.has(operationId)) return rest;
    this.operationIds.add(operationId);
    return operation;
  }

  /** A discriminator's mapping names schemas, too. */
  private withMapping(schema: JsonObject, origin: Origin): JsonObject {
    const discriminator = own(schema, "discriminator");
    const mapping = isObject(discriminator) ? own(discriminator, "mapping") : undefined;
    if (!isObject(discriminator) || !isObject(mapping)) return schema;
    const mapped = Object.entries(mapping).map(([key, value]) => [key, this.mapped(value, origin)] as const);
    return { ...schema, discriminator: { ...discriminator, mapping: objectOf(mapped) } };
  }

  private mapped(value: JsonValue, origin: Origin): JsonValue {
    const target =
      typeof value === "string" && isReference(value) ? this.target({ $ref: value }, origin) : undefined;
    return target ? `#${join("/components/schemas", this.nameOf(target, "schema"))}` : value;
  }

  private withAdded(document: JsonObject): JsonObject {
    const components = own(document, "components");
    const before = isObject(components) ? components : {};
    const kept = Object.entries(before).filter(([section]) => !IN_PLACE.has(section));
    const sections = [...this.sections].flatMap(([kind, { added }]) => {
      const name = SECTIONS[kind]!;
      const section = own(before, name);
      return added.length === 0
        ? []
        : [[name, { ...(isObject(section) && section), ...objectOf(added) }] as const];
    });
    if (kept.length === 0 && sections.length === 0) return document;
    return { ...document, components: { ...objectOf(kept), ...objectOf(sections) } };
  }
}

function belowOf({ source, pointer }: Origin, child: Located): Origin {
  return { source, pointer: pointer + child.pointer };
}

/** A component's name may be made of letters, digits, `.`, `-` and `_` (OpenAPI 3.1.1, Components Object). */
function wordOf({ source, pointer }: Origin): string {
  const last = tokensOf(pointer).at(-1) ?? /([^/]*?)(\.\w+)?$/.exec(source)?.[1] ?? "";
  return last.replace(/[^\w.-]+/g, "_") || "unnamed";
}
