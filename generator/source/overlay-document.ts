import type { Code, Parameters } from "../diagnostics/catalogue.js";
import { problem, type Place, type Problem, type Staged } from "../diagnostics/problem.js";
import { isFault, parseJsonPath, type JsonPath } from "./json-path.js";
import { isWhole } from "./dialect.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "./json.js";
import { join, pointerOfFragment, tokensOf, type JsonPointer } from "./pointer.js";
import { resolveReference } from "./relative-reference.js";
import type { Origin, SourceDocument } from "./source.js";
import type { Traced } from "./traced.js";

/** The feature sets of the Overlay Specification; patch versions make no difference (section "Versions"). */
type OverlayVersion = (typeof VERSIONS)[number];
const VERSIONS = ["1.0", "1.1", "1.2"] as const;

/** Overlay Object, as far as it changes another document. */
export type Overlay = {
  readonly document: SourceDocument;
  readonly version: OverlayVersion;
  readonly extends?: { readonly reference: string; readonly origin: Origin };
  readonly actions: readonly OverlayAction[];
};

/** Action Object: where its target stands in the overlay, what it selects, and what is done there. */
export type OverlayAction = {
  readonly origin: Origin;
  readonly target: JsonPath;
  readonly effect: Effect;
};

export type Effect =
  | { readonly kind: "remove" }
  | { readonly kind: "update"; readonly update: Traced }
  | { readonly kind: "copy"; readonly from: JsonPath; readonly origin: Origin };

/** The fields of each object, by the version that brought them. Extensions (`x-…`) may stand in all of them. */
const FIELDS = {
  "an overlay": { "1.0": ["overlay", "info", "extends", "actions"], "1.2": ["$self", "components"] },
  info: { "1.0": ["title", "version"], "1.1": ["description"] },
  "an action": { "1.0": ["target", "description", "update", "remove"], "1.1": ["copy"] },
  "a reference to an action": { "1.2": ["$ref", "target", "description"] },
  components: { "1.2": ["actions"] },
  "a reusable action": { "1.2": ["fields", "description"] },
  fields: { "1.2": ["description", "update", "copy", "remove"] },
} satisfies { [owner: string]: { [V in OverlayVersion]?: readonly string[] } };
type Owner = keyof typeof FIELDS;

type Node = { readonly value: JsonValue; readonly pointer: JsonPointer };
type ObjectNode = { readonly value: JsonObject; readonly pointer: JsonPointer };

/** True for a document that says it is an overlay, and not that it is an OpenAPI document. */
export function isOverlay(value: JsonValue): boolean {
  return isObject(value) && Object.hasOwn(value, "overlay") && !isWhole(value);
}

/** A parsed document as an overlay (Overlay Specification 1.2.0, Overlay Object); undefined beside what is wrong with it. */
export function readOverlay(document: SourceDocument): Staged<Overlay | undefined> {
  const reader = new OverlayReader(document);
  const value = reader.overlay();
  return {
    value: reader.problems.some(({ severity }) => severity === "error") ? undefined : value,
    problems: reader.problems,
  };
}

class OverlayReader {
  readonly problems: Problem[] = [];
  private version: OverlayVersion = "1.0";
  private readonly document: SourceDocument;

  constructor(document: SourceDocument) {
    this.document = document;
  }

  overlay(): Overlay | undefined {
    const root = this.object({ value: this.document.value, pointer: "" }, "an overlay");
    if (!root || !this.readVersion(root)) return undefined;
    this.fields(root, "an overlay");
    this.info(root);
    this.components(root);
    const reference = this.reference(root);
    const actions = this.actions(root);
    return {
      document: this.document,
      version: this.version,
      ...(reference && { extends: reference }),
      actions: actions.flatMap((node) => this.action(node) ?? []),
    };
  }

  private readVersion(root: ObjectNode): boolean {
    const found = this.required(root, "overlay", "an overlay");
    const text = found && this.string(found, "overlay");
    if (text === undefined) return false;
    const version = VERSIONS.find((each) => new RegExp(`^${each}\\.\\d+$`).test(text));
    if (version === undefined) this.report("overlay-version", { found: text }, found!.pointer);
    else this.version = version;
    return version !== undefined;
  }

  private info(root: ObjectNode): void {
    const node = this.required(root, "info", "an overlay");
    const info = node && this.object(node, "info");
    if (!info) return;
    this.fields(info, "info");
    for (const name of ["title", "version"]) {
      const field = this.required(info, name, "info");
      if (field) this.string(field, name);
    }
    this.description(info);
  }

  /** `extends` and `$self`: the document that the overlay is made for, from where it stands. */
  private reference(root: ObjectNode): Overlay["extends"] {
    const names = ["$self", "extends"] as const;
    const [self, reference] = names.map((name) => {
      const node = child(root, name);
      const text = node && this.string(node, name);
      if (text?.includes("#")) this.report("overlay-fragment", { name }, node!.pointer);
      return text;
    });
    if (reference === undefined) return undefined;
    const base = self === undefined ? this.document.id : resolveReference(this.document.id, self);
    return { reference: resolveReference(base, reference), origin: this.origin("/extends") };
  }

  private actions(root: ObjectNode): Node[] {
    const node = this.required(root, "actions", "an overlay");
    if (!node) return [];
    if (!isArray(node.value)) return this.wrongType(node, "actions", "a list") ?? [];
    if (node.value.length === 0) this.report("overlay-empty", {}, node.pointer);
    return node.value.map((value, index) => ({ value, pointer: join(node.pointer, index) }));
  }

  /** Action Object, or (1.2) Reusable Action Reference Object. */
  private action(node: Node): OverlayAction | undefined {
    const action = this.object(node, "an action");
    if (!action) return undefined;
    const isReference = this.version === "1.2" && Object.hasOwn(action.value, "$ref");
    this.fields(action, isReference ? "a reference to an action" : "an action");
    this.description(action);
    const field = this.required(action, "target", "an action");
    const target = field && this.path(field, "target");
    const effect = isReference ? this.reused(action) : this.effect(action);
    return target && effect && { origin: this.origin(field.pointer), target, effect };
  }

  /** `remove` wins over `update`; `update` and `copy` rule each other out (Action Object). */
  private effect(action: ObjectNode): Effect | undefined {
    const remove = child(action, "remove");
    const update = child(action, "update");
    const copy = child(action, "copy");
    if (remove && typeof remove.value !== "boolean") this.wrongType(remove, "remove", "true or false");
    const from = copy && this.path(copy, "copy");
    if (remove?.value === true) return { kind: "remove" };
    if (update && copy) this.report("overlay-conflict", {}, copy.pointer, "key");
    if (update)
      return { kind: "update", update: { value: update.value, origin: this.origin(update.pointer) } };
    if (from) return { kind: "copy", from, origin: this.origin(copy.pointer) };
    if (!copy) this.report("overlay-idle", {}, action.pointer);
    return undefined;
  }

  /** The fields that a reference brings from `components.actions`. */
  private reused(action: ObjectNode): Effect | undefined {
    const node = child(action, "$ref")!;
    const ref = this.string(node, "$ref");
    const tokens = tokensOf(ref?.startsWith("#") ? (pointerOfFragment(ref.slice(1)) ?? "") : "");
    const [components, section, name] = tokens;
    const isReusable = components === "components" && section === "actions" && tokens.length === 3;
    const fields = isReusable
      ? descend(this.document.value, [components, section, name!, "fields"])
      : undefined;
    if (fields && isObject(fields.value))
      return this.effect({ value: fields.value, pointer: fields.pointer });
    if (ref !== undefined)
      this.report("ref-not-found", { ref, resource: undefined, near: undefined }, node.pointer);
    return undefined;
  }

  /** Components Object: what no action refers to is checked as well. */
  private components(root: ObjectNode): void {
    const node = child(root, "components");
    const components = node && this.object(node, "components");
    if (!components || this.version !== "1.2") return;
    this.fields(components, "components");
    const actions = child(components, "actions");
    const map = actions && this.object(actions, "components.actions");
    for (const name of Object.keys(map?.value ?? {})) {
      const reusable = this.object(child(map!, name)!, "a reusable action");
      if (!reusable) continue;
      this.fields(reusable, "a reusable action");
      this.description(reusable);
      const fields = child(reusable, "fields");
      const action = fields && this.object(fields, "fields");
      if (!action) continue;
      this.fields(action, "fields");
      this.description(action);
    }
  }

  private path(node: Node, name: string): JsonPath | undefined {
    const text = this.string(node, name);
    if (text === undefined) return undefined;
    const path = parseJsonPath(text);
    if (!isFault(path)) return path;
    this.report("overlay-path", { name, reason: path.reason, character: path.index + 1 }, node.pointer);
    return undefined;
  }

  private fields({ value, pointer }: ObjectNode, owner: Owner): void {
    const known: { readonly [V in OverlayVersion]?: readonly string[] } = FIELDS[owner];
    const allowed = VERSIONS.filter((each) => each <= this.version).flatMap((each) => known[each] ?? []);
    for (const name of Object.keys(value)) {
      if (allowed.includes(name) || name.startsWith("x-")) continue;
      const brought = VERSIONS.find((each) => known[each]?.includes(name));
      this.report("overlay-field", { name, owner, allowed, brought }, join(pointer, name), "key");
    }
  }

  private description(owner: ObjectNode): void {
    const node = child(owner, "description");
    if (node) this.string(node, "description");
  }

  private required(owner: ObjectNode, name: string, ownerName: Owner): Node | undefined {
    const node = child(owner, name);
    if (!node) this.report("missing-field", { name, owner: ownerName }, owner.pointer, "key");
    return node;
  }

  private object({ value, pointer }: Node, name: string): ObjectNode | undefined {
    return isObject(value) ? { value, pointer } : this.wrongType({ value, pointer }, name, "an object");
  }

  private string({ value, pointer }: Node, name: string): string | undefined {
    return typeof value === "string" ? value : this.wrongType({ value, pointer }, name, "a string");
  }

  private wrongType({ value, pointer }: Node, name: string, expected: string): undefined {
    this.report("wrong-type", { name, expected, found: kindName(value) }, pointer);
    return undefined;
  }

  private report<C extends Code>(
    code: C,
    parameters: Parameters<C>,
    pointer: JsonPointer,
    place: Place = "value",
  ): void {
    this.problems.push(problem(code, parameters, { origin: this.origin(pointer), place }));
  }

  private origin(pointer: JsonPointer): Origin {
    return { source: this.document.id, pointer };
  }
}

function child(owner: ObjectNode, name: string): Node | undefined {
  const value = own(owner.value, name);
  return value === undefined ? undefined : { value, pointer: join(owner.pointer, name) };
}

function descend(root: JsonValue, tokens: readonly string[]): Node | undefined {
  let node: Node | undefined = { value: root, pointer: "" };
  for (const token of tokens)
    node =
      node && isObject(node.value) ? child({ value: node.value, pointer: node.pointer }, token) : undefined;
  return node;
}

/** A value's kind, as messages name it. */
export function kindName(value: JsonValue): string {
  if (isObject(value)) return "an object";
  if (isArray(value)) return "a list";
  return JSON.stringify(value).slice(0, 60);
}
