import { isSequence } from "../model/media-kind.js";
import type { BodyKind, EventType, MediaType } from "../model/model.js";
import type { Direction } from "../model/graph.js";
import type { SchemaId } from "../model/schema.js";
import type { PackageNames } from "./names.js";
import type { TypeScriptModule } from "./typescript-module.js";

/** Writes the types of a module that stand for media types. */
export class MediaTypeWriter {
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;
  private readonly direction: Direction;

  constructor(module: TypeScriptModule, names: PackageNames, direction: Direction) {
    this.module = module;
    this.names = names;
    this.direction = direction;
  }

  schemaType(id: SchemaId): string {
    const { type, requestType } = this.names.schemas.get(id)!;
    return this.module.type(this.direction === "request" ? requestType : type, "./types.js");
  }

  /** The type of an item of a body that is read item by item. */
  itemType({ schema, events }: MediaType): string {
    if (events) return this.eventTypes(events);
    return schema === undefined ? "unknown" : this.schemaType(schema);
  }

  private eventTypes(events: readonly EventType[]): string {
    const schemas = [...new Set(events.map(({ schema }) => schema))];
    const types = schemas.map((schema) => {
      const own = events.filter((event) => event.schema === schema);
      return this.eventType(schema, own);
    });
    return types.length === 0
      ? this.module.type("ServerSentEvent", "./runtime/events.js")
      : types.join(" | ");
  }

  private eventType(schema: SchemaId | undefined, events: readonly EventType[]): string {
    const isJson = events.some(({ data }) => data);
    if (!isJson) return schema === undefined ? "never" : this.schemaType(schema);
    const types = events.map(({ data, isJson: isInPlace }) => {
      if (isInPlace) return "unknown";
      if (!data) return "string";
      return data.schema === undefined ? "unknown" : this.schemaType(data.schema);
    });
    const data = [...new Set(types)].join(" | ");
    return schema === undefined
      ? `${this.module.type("ServerSentEvent", "./runtime/events.js")}<${data}>`
      : `${this.module.type("JsonEvent", "./runtime/events.js")}<${this.schemaType(schema)}, ${data}>`;
  }

  /** The type of a response's body, of any of the media types. */
  responseType(content: readonly MediaType[]): string {
    const types = content.map((media) => this.receivedType(media));
    return types.length === 0 ? "undefined" : [...new Set(types)].join(" | ");
  }

  private receivedType(media: MediaType): string {
    const kind = responseKind(media);
    if (isSequence(kind))
      return `${this.module.type("ItemStream", "./runtime/stream.js")}<${this.itemType(media)}>`;
    if (kind !== "json") return kind === "binary" ? "Blob" : "string";
    return media.schema === undefined ? "unknown" : this.schemaType(media.schema);
  }
}

/** How a response is read: what no client has a type for is left as it came. */
export function responseKind({ kind }: MediaType): Exclude<BodyKind, "form" | "multipart"> {
  if (kind === "multipart") return "binary";
  return kind === "form" ? "text" : kind;
}
