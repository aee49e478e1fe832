import { dialectOf, isWhole, type Dialect } from "./dialect.js";
import { isReferable, objectsIn, pointerOf, type Kind, type Visited } from "./grammar.js";
import { isObject, own, type JsonObject, type JsonValue } from "./json.js";
import { kindAt, type Found } from "./kind-at.js";
import { pointerOfFragment, join, valueAt, type JsonPointer } from "./pointer.js";
import type { Origin, SourceDocument, SourceId } from "./source.js";
import { fragmentOf, relativeUri, resolveReference, uriOfId, type Uri } from "./uri.js";

/** What a reference names, or why it names nothing. */
export type Resolution =
  | { readonly kind: "found"; readonly origin: Origin; readonly value: JsonValue }
  /** The document cannot be read, which is reported where it was asked for. */
  | { readonly kind: "unread" }
  /** Nothing that was loaded has the address. */
  | { readonly kind: "unknown"; readonly uri: Uri }
  /** `written` is what the resource holds in its author's words. */
  | {
      readonly kind: "nothing" | "anchor-unknown";
      readonly resource: Resource;
      readonly written: JsonValue;
      /** A reference to what stands at the same pointer of another document. */
      readonly elsewhere?: string | undefined;
    };

/** A document, or a schema with an `$id` of its own inside one (JSON Schema Core 2020-12, section 4.3.5). */
export type Resource = Origin & {
  readonly uri: Uri;
  /** The places that `$anchor` and `$dynamicAnchor` name. */
  readonly anchors: ReadonlyMap<string, JsonPointer>;
  /** Those that `$dynamicAnchor` names. */
  readonly dynamicAnchors: ReadonlyMap<string, JsonPointer>;
};

type OpenResource = Resource & {
  readonly anchors: Map<string, JsonPointer>;
  readonly dynamicAnchors: Map<string, JsonPointer>;
};

type Entry = {
  readonly document: SourceDocument;
  readonly root: OpenResource;
  /** The schemas with an `$id`, by their pointer. */
  readonly embedded: Map<JsonPointer, OpenResource>;
  readonly isScanned: WeakSet<JsonObject>;
};

/**
 * The index of all documents of an API: what an address, an `$id`, an anchor or a JSON Pointer names. Everything that follows
 * a reference asks it.
 */
export class References {
  /** The fragments of all `$dynamicRef`s. */
  readonly dynamicFragments = new Set<string>();
  private readonly entries = new Map<SourceId, Entry>();
  private readonly resources = new Map<Uri, OpenResource | undefined>();
  /** What was found: a schema is named by many. */
  private readonly found = new Map<Resource, Map<string, Resolution>>();
  /** The places whose identifiers are known. */
  private readonly scanned: (Origin & { kind: Kind })[] = [];
  private readonly dialect: Dialect;

  private readonly before: References | undefined;

  /**
   * @param dialect of the documents that do not say theirs: the entry's.
   * @param before the index of the same documents before they were changed.
   */
  constructor(dialect: Dialect, before?: References) {
    this.dialect = dialect;
    this.before = before;
  }

  /** Knows a document by its address and by its `$self`. */
  add(document: SourceDocument): void {
    const address = document.uri ?? uriOfId(document.id);
    const uri = selfOf(document, address) ?? address;
    const root = resourceAt({ source: document.id, pointer: "" }, uri);
    this.entries.set(document.id, {
      document,
      root,
      embedded: new Map(),
      isScanned: new WeakSet(),
    });
    for (const name of [address, uri]) if (!this.resources.get(name)) this.resources.set(name, root);
    if (isWhole(document.value)) this.scan(root, "document");
  }

  /** Knows a document by another address: one that was redirected, or that its `$id` promises. */
  alias(uri: Uri, source: SourceId): void {
    if (!this.resources.get(uri)) this.resources.set(uri, this.entries.get(source)!.root);
  }

  /** The same addresses, for documents that say the same in other words; those that could not be read have none. */
  withDocuments(
    documents: ReadonlyMap<SourceId, SourceDocument>,
    places: Iterable<Origin & { kind: Kind }> = this.scanned,
  ): References {
    const index = new References(this.dialect, this);
    for (const document of documents.values()) if (document.value !== null) index.add(document);
    for (const [uri, resource] of this.resources) {
      if (!resource) index.refuse(uri);
      else if (resource.pointer === "") index.alias(uri, resource.source);
    }
    for (const place of places) index.scan(place, place.kind);
    return index;
  }

  /** Remembers that nothing can be read at an address. */
  refuse(uri: Uri): void {
    if (!this.resources.has(uri)) this.resources.set(uri, undefined);
  }

  /** What must stand at a place by the specification. */
  kindAt({ source, pointer }: Origin): Found | undefined {
    return kindAt(this.entries.get(source)!.document.value, pointer);
  }

  /** True where the address names a resource, or is known to name none. */
  knows(uri: Uri): boolean {
    return this.resources.has(uri);
  }

  /** Every address of a whole document. */
  addresses(source: SourceId): Uri[] {
    const isRoot = (each: Resource | undefined) => each?.source === source && each.pointer === "";
    return [...this.resources].filter(([, resource]) => isRoot(resource)).map(([uri]) => uri);
  }

  /** Learns the identifiers of the schemas at and below a place. */
  scan(place: Origin, kind: Kind): void {
    const entry = this.entries.get(place.source)!;
    // `$id` and anchors came with JSON Schema 2020-12; 2.0 and 3.0 have none. Few documents of 3.1 have any.
    if (!IDENTIFIERS.test(entry.document.text)) return;
    if ((dialectOf(entry.document.value) ?? this.dialect) !== "3.1") return;
    const value = valueAt(entry.document.value, place.pointer);
    if (!isObject(value) || entry.isScanned.has(value)) return;
    this.scanned.push({ ...place, kind });
    for (const object of objectsIn(value, kind)) {
      if (object.kind !== "schema" || entry.isScanned.has(object.value)) continue;
      entry.isScanned.add(object.value);
      const dynamic = own(object.value, "$dynamicRef");
      if (typeof dynamic === "string") this.dynamicFragments.add(dynamic.slice(dynamic.indexOf("#") + 1));
      if (hasIdentifier(object.value)) this.identify(entry, object, place.pointer);
    }
  }

  /** A schema's `$id`, `$anchor` and `$dynamicAnchor` (Core, sections 8.2.1 and 8.2.2). */
  private identify(entry: Entry, { value, path }: Visited, root: JsonPointer): void {
    const pointer = pointerOf(path, root);
    const origin = { source: entry.document.id, pointer };
    const id = own(value, "$id");
    if (typeof id === "string") {
      const uri = resolveReference(id, this.resourceOf(origin).uri)?.uri;
      const resource =
        uri === undefined || id.startsWith("#") ? undefined : this.resourceFor(entry, origin, uri);
      if (resource) entry.embedded.set(pointer, resource);
      if (resource && !this.resources.get(resource.uri)) this.resources.set(resource.uri, resource);
    }
    const owner = this.resourceOf(origin) as OpenResource;
    const anchor = own(value, "$anchor");
    if (typeof anchor === "string") owner.anchors.set(anchor, pointer);
    const dynamic = own(value, "$dynamicAnchor");
    if (typeof dynamic !== "string") return;
    owner.anchors.set(dynamic, pointer);
    owner.dynamicAnchors.set(dynamic, pointer);
  }

  /** The root of a document is one resource, by its address as by its `$id`. */
  private resourceFor(entry: Entry, origin: Origin, uri: Uri): OpenResource {
    return origin.pointer === "" ? { ...entry.root, uri } : resourceAt(origin, uri);
  }

  /** Every schema that has the name as its `$dynamicAnchor`. */
  dynamicallyNamed(name: string): Origin[] {
    return [...new Set(this.resources.values())].flatMap((resource) => {
      const pointer = resource?.dynamicAnchors.get(name);
      return resource && pointer !== undefined ? [{ source: resource.source, pointer }] : [];
    });
  }

  /** The resource that a place belongs to: of the nearest schema above it with an `$id`, or the document. */
  resourceOf({ source, pointer }: Origin): Resource {
    const { embedded, root } = this.entries.get(source)!;
    if (embedded.size === 0) return root;
    for (let end = pointer.length; end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
      const resource = embedded.get(pointer.slice(0, end));
      if (resource) return resource;
      if (end === 0) break;
    }
    return root;
  }

  /** What the reference that stands at `from` names. */
  resolve(ref: string, from: Origin): Resolution {
    const nowhere = { uri: ref, fragment: "" };
    const { uri, fragment } = resolveReference(ref, this.resourceOf(from).uri) ?? nowhere;
    const resource = this.resources.get(uri);
    if (!resource) return this.knows(uri) ? { kind: "unread" } : { kind: "unknown", uri };
    const known = this.found.get(resource)?.get(fragment);
    if (known) return known;
    const found = this.find(resource, fragment);
    if (found.kind === "found") this.remember(resource, fragment, found);
    return found;
  }

  private remember(resource: Resource, fragment: string, found: Resolution): void {
    const known = this.found.get(resource) ?? new Map<string, Resolution>();
    this.found.set(resource, known.set(fragment, found));
  }

  private find(resource: Resource, fragment: string): Resolution {
    const inside = pointerOfFragment(fragment);
    const pointer = inside === undefined ? this.anchored(fragment, resource) : resource.pointer + inside;
    if (pointer === undefined) return { kind: "anchor-unknown", resource, written: this.writtenIn(resource) };
    const value = valueAt(this.entries.get(resource.source)!.document.value, pointer);
    if (value === undefined)
      return {
        kind: "nothing",
        resource,
        written: this.writtenIn(resource),
        elsewhere: inside === undefined ? undefined : this.elsewhere(resource, inside),
      };
    return { kind: "found", origin: { source: resource.source, pointer }, value };
  }

  /** The reference to what stands at the same pointer of another document. */
  private elsewhere({ source, uri }: Resource, pointer: JsonPointer): string | undefined {
    const others = [...this.entries.values()].filter(({ document }) => document.id !== source);
    const other = others.find(({ document }) => valueAt(document.value, pointer) !== undefined);
    return other && `${relativeUri(uri, other.root.uri)}#${fragmentOf(pointer)}`;
  }

  private writtenIn(resource: Resource): JsonValue {
    if (this.before) return this.before.writtenIn(resource);
    return valueAt(this.entries.get(resource.source)!.document.value, resource.pointer) ?? null;
  }

  private anchored(fragment: string, resource: Resource): JsonPointer | undefined {
    const { document } = this.entries.get(resource.source)!;
    if (resource.pointer === "" && !resource.anchors.has(fragment)) this.scanLoose(document);
    return resource.anchors.get(fragment);
  }

  /** A document that is no OpenAPI document is a schema, or a map of schemas, when an anchor in it is asked for. */
  private scanLoose(document: SourceDocument): void {
    if (isWhole(document.value) || !isObject(document.value)) return;
    this.scan({ source: document.id, pointer: "" }, "schema");
    for (const name of Object.keys(document.value))
      this.scan({ source: document.id, pointer: join("", name) }, "schema");
  }
}

function resourceAt(origin: Origin, uri: Uri): OpenResource {
  return { ...origin, uri, anchors: new Map(), dynamicAnchors: new Map() };
}

/** What a text holds in which a schema has an identifier, be the `$` escaped. */
export const IDENTIFIERS = /\$(id|anchor|dynamic)|\\(u0024|x24|U00000024)/;

/** The keywords that name a schema. */
export const NAMING_KEYWORDS = ["$id", "$anchor", "$dynamicAnchor"] as const;

function hasIdentifier(schema: JsonObject): boolean {
  return NAMING_KEYWORDS.some((keyword) => Object.hasOwn(schema, keyword));
}

/** `$self` (OpenAPI 3.2.0, OpenAPI Object): a document's own address, which references in it start from. */
function selfOf({ value }: SourceDocument, address: Uri): Uri | undefined {
  const self =
    isWhole(value) && /^3\.[2-9]/.test(String(own(value, "openapi"))) ? own(value, "$self") : undefined;
  return typeof self === "string" ? resolveReference(self, address)?.uri : undefined;
}

/** The references that an object of a known kind makes: the ways to them, and what they are. */
export function referencesOf({
  kind,
  value,
}: {
  kind: Kind;
  value: JsonObject;
}): (readonly [JsonPointer, string])[] {
  if (!isReferable(kind)) return [];
  const refs = kind === "schema" ? mappingOf(value) : [];
  for (const key of kind === "schema" ? ["$ref", "$dynamicRef"] : ["$ref"]) {
    const ref = own(value, key);
    if (typeof ref === "string") refs.push([join("", key), ref]);
  }
  return refs;
}

/** The references of a Discriminator Object (OpenAPI 3.1.1). */
function mappingOf(schema: JsonObject): (readonly [JsonPointer, string])[] {
  const mapping = Object.hasOwn(schema, "discriminator")
    ? valueAt(schema, "/discriminator/mapping")
    : undefined;
  return Object.entries(isObject(mapping) ? mapping : {}).flatMap(([name, target]) =>
    typeof target === "string" && isReference(target)
      ? [[join("/discriminator/mapping", name), target] as const]
      : [],
  );
}

/** What a discriminator's mapping names is a component's name if it can be one (OpenAPI 3.1.1, Discriminator Object). */
export function isReference(target: string): boolean {
  return /[#/]/.test(target) || /\.(ya?ml|json)$/i.test(target);
}
