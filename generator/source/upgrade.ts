import { dialectOf, type Dialect } from "./dialect.js";
import type { Kind } from "./grammar.js";
import { isObject, type JsonObject, type JsonValue } from "./json.js";
import type { Loaded } from "./load.js";
import { changePlaces } from "./places.js";
import type { References } from "./references.js";
import type { SourceDocument, SourceId } from "./source.js";
import { OriginalPlaces, UpgradedPlaces } from "./places-2.0.js";
import { pointerOfFragment, type JsonPointer } from "./pointer.js";
import { fragmentOf } from "./uri.js";
import { dereferenced, upgradeFrom20, upgradePartFrom20, type Surroundings } from "./upgrade-2.0.js";
import { upgradeFrom30 } from "./upgrade-3.0.js";

/** Documents in the one dialect that everything after them knows. */
export type Upgraded = Pick<Loaded, "documents" | "references">;

/**
 * The documents as OpenAPI 3.1 says them. They still find each of their values where its author wrote it. Documents of 3.1 and
 * 3.2 stay as they are. What is no whole document is a part of the entry's dialect, and upgraded where references name it.
 */
export function upgrade(loaded: Loaded): Upgraded {
  const documents = new Map(
    [...loaded.documents].map(([id, document]) => [id, new DocumentUpgrade(document, loaded).upgrade()]),
  );
  const isSame = [...documents].every(([id, document]) => document === loaded.documents.get(id));
  if (isSame) return loaded;
  return { documents, references: loaded.references.withDocuments(documents, loaded.places) };
}

class DocumentUpgrade {
  private readonly document: SourceDocument;
  private readonly loaded: Loaded;

  constructor(document: SourceDocument, loaded: Loaded) {
    this.document = document;
    this.loaded = loaded;
  }

  upgrade(): SourceDocument {
    const { value, id } = this.document;
    const dialect = dialectOf(value) ?? this.loaded.dialect;
    if (dialect === "3.1" || !isObject(value)) return this.document;
    const whole = dialectOf(value) ? this.whole(value, dialect) : value;
    const places = this.loaded.places.filter(({ source, kind }) => source === id && kind !== "document");
    const upgraded = changePlaces({ before: value, after: whole }, places, (part, { kind }) =>
      this.part(part, kind, dialect),
    );
    return { ...this.document, value: upgraded, ...this.places(value) };
  }

  private whole(value: JsonObject, dialect: Dialect): JsonValue {
    return upgradeFrom30(dialect === "2.0" ? upgradeFrom20(value, this.around()) : value, "document");
  }

  private part(part: JsonValue, kind: Kind, dialect: Dialect): JsonValue {
    if (dialect !== "2.0") return upgradeFrom30(part, kind);
    const upgraded = upgradePartFrom20(part, kind, { ...this.around(), document: this.entry() });
    return upgradeFrom30(upgraded, kind);
  }

  /** Where the upgraded values of the document stand in its text. */
  private places(value: JsonObject): Pick<SourceDocument, "locate" | "written"> {
    const { document } = this;
    if (dialectOf(value) !== "2.0") return { locate: document.locate.bind(document) };
    const places = new OriginalPlaces(value, this.readIn());
    return {
      locate: (pointer, at) => document.locate(places.of(pointer), at),
      written: (pointer) => places.of(pointer),
    };
  }

  private entry(): JsonObject {
    const [entry] = this.loaded.documents.values();
    return isObject(entry?.value) ? entry.value : {};
  }

  /** What a parameter of the document says, be it a reference. */
  private readIn(): (parameter: JsonValue) => JsonValue {
    const around = this.around();
    return (parameter) => dereferenced(parameter, around);
  }

  private around(): Surroundings {
    const { references } = this.loaded;
    return {
      target: (ref) => follow(ref, this.document.id, references),
      moved: (ref) => this.moved(ref),
    };
  }

  /** What names nothing moves too, so that the message shows what the author wrote as near as can be. */
  private moved(ref: string): string {
    const { references, documents } = this.loaded;
    const target = references.resolve(ref, { source: this.document.id, pointer: "" });
    if (target.kind !== "found")
      return ref.startsWith("#") ? this.movedHere(ref, pointerOfFragment(ref.slice(1))) : ref;
    const document = documents.get(target.origin.source)!;
    return new DocumentUpgrade(document, this.loaded).movedHere(ref, target.origin.pointer);
  }

  /** @param pointer to what the reference names in this document. */
  private movedHere(ref: string, pointer: JsonPointer | undefined): string {
    const { value } = this.document;
    if (pointer === undefined || dialectOf(value) !== "2.0" || !isObject(value)) return ref;
    const place = new UpgradedPlaces(value, this.readIn()).of(pointer);
    const [address] = ref.split("#");
    return place === pointer ? ref : `${address}#${fragmentOf(place)}`;
  }
}

/** The end of a chain of references. */
function follow(ref: string, source: SourceId, references: References): ReturnType<Surroundings["target"]> {
  const seen = new Set<JsonValue>();
  let target = references.resolve(ref, { source, pointer: "" });
  while (target.kind === "found" && isObject(target.value) && typeof target.value["$ref"] === "string") {
    if (seen.has(target.value)) return undefined;
    seen.add(target.value);
    target = references.resolve(target.value["$ref"], target.origin);
  }
  if (target.kind !== "found") return undefined;
  return { value: target.value, here: target.origin.source === source ? target.origin.pointer : undefined };
}
