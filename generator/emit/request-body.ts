import { isRange, isSequence } from "../model/media-kind.js";
import type { ApiModel, Header, MediaType, PartEncoding, RequestBody } from "../model/model.js";
import { partHeaders } from "../model/header-shape.js";
import { headerType } from "./headers.js";
import { propertyName, stringLiteral, wildcardType } from "./literals.js";
import { orUndefined } from "./type-text.js";
import type { MediaTypeWriter } from "./media-types.js";
import type { TypeScriptModule } from "./typescript-module.js";

/** A member of an operation's arguments. */
export type Member = { readonly name: string; readonly isOptional: boolean; readonly type: string };

/** Writes the types that a request body is made of. */
export class RequestBodyWriter {
  private readonly module: TypeScriptModule;
  private readonly types: MediaTypeWriter;
  private readonly schemas: ApiModel["schemas"];

  constructor(module: TypeScriptModule, types: MediaTypeWriter, schemas: ApiModel["schemas"]) {
    this.module = module;
    this.types = types;
    this.schemas = schemas;
  }

  /** The arguments of a body that has one type. */
  members({ required, content: [media] }: RequestBody): Member[] {
    if (!media) return [];
    return [
      { name: "body", isOptional: !required, type: this.sentType(media) },
      ...this.headerMembers(media),
    ];
  }

  /**
   * The arguments of a body whose type the caller chooses, as a union: that of the first type alone, or any with its type said.
   * For a range (`image/*`), a file says it itself.
   */
  arms({ required, content }: RequestBody): string[] {
    const arms = content.flatMap((media, index): Member[][] => {
      const isDefault = index === 0;
      const body = { name: "body", isOptional: isDefault && !required, type: this.sentType(media) };
      const type = isRange(media.type) ? wildcardType(media.type) : stringLiteral(media.type);
      const needsType = !isDefault || (isRange(media.type) && media.kind === "binary");
      const contentType = { name: "contentType", isOptional: !needsType, type };
      const arm = [body, contentType, ...this.headerMembers(media)];
      if (!isDefault || !needsType) return [arm];
      return [
        [
          { ...body, type: "Blob" },
          { ...contentType, isOptional: true },
        ],
        arm,
      ];
    });
    return joinAlike(arms).map((arm) => `{ ${arm.map(memberText).join("; ")} }`);
  }

  private sentType(media: MediaType): string {
    const { kind } = media;
    if (kind === "text") return "string";
    if (kind === "binary") return "Blob | Uint8Array | ReadableStream<Uint8Array>";
    if (isSequence(kind))
      return `${this.module.type("ItemSource", "./runtime/write-items.js")}<${this.types.itemType(media)}>`;
    if (kind === "multipart")
      return `${this.module.type("MultipartBody", "./runtime/body.js")}<${this.partsType(media)}>`;
    if (media.schema !== undefined) return this.types.schemaType(media.schema);
    return kind === "json" ? "unknown" : "Record<string, unknown>";
  }

  private partsType(media: MediaType): string {
    if (media.schema === undefined) return isPositional(media) ? "unknown[]" : "Record<string, unknown>";
    const type = this.types.schemaType(media.schema);
    return media.isItemSchema ? `${type}[]` : type;
  }

  /** The headers of parts: by the name of the property, or in their order; of a list, for all of its parts or one by one. */
  private headerMembers(media: MediaType): Member[] {
    if (media.kind !== "multipart" || partHeaders(media).length === 0) return [];
    if (isPositional(media)) {
      const types = positions(media).map(({ headers }) => this.headersType(headers));
      const type = `readonly (${[...new Set([...types, "undefined"])].join(" | ")})[]`;
      return [
        { name: "partHeaders", isOptional: !partHeaders(media).some(({ required }) => required), type },
      ];
    }
    const members = media.encoding.flatMap(({ property, headers }) => {
      if (headers.length === 0) return [];
      const type = this.headersType(headers);
      const isOptional = !headers.some(({ required }) => required);
      return [
        {
          isOptional,
          text: memberText({
            name: propertyName(property),
            isOptional,
            type: `${type} | readonly (${type})[]`,
          }),
        },
      ];
    });
    const isOptional = members.every((member) => member.isOptional);
    return [{ name: "partHeaders", isOptional, type: `{ ${members.map(({ text }) => text).join("; ")} }` }];
  }

  private headersType(headers: readonly Header[]): string {
    const members = headers.map((header) => {
      const type = headerType(header, this.schemas, (id) => this.types.schemaType(id));
      return memberText({ name: propertyName(header.name), isOptional: !header.required, type });
    });
    return `{ ${members.join("; ")} }`;
  }
}

function memberText({ name, isOptional, type }: Member): string {
  return isOptional ? `${name}?: ${orUndefined(type)}` : `${name}: ${type}`;
}

function positions({ prefixEncoding, itemEncoding }: MediaType): PartEncoding[] {
  return [...prefixEncoding, ...(itemEncoding ? [itemEncoding] : [])];
}

export function isPositional(media: MediaType): boolean {
  return media.isItemSchema === true || positions(media).length > 0;
}

/** Arms that differ in the name of their type alone, as one. */
function joinAlike(arms: readonly (readonly Member[])[]): Member[][] {
  const joined = new Map<string, Member[]>();
  for (const arm of arms) {
    const key = JSON.stringify(
      arm.map((member) => (member.name === "contentType" ? member.isOptional : member)),
    );
    const alike = joined.get(key);
    joined.set(key, alike ? alike.map((member, index) => unite(member, arm[index]!)) : [...arm]);
  }
  return [...joined.values()];
}

function unite(member: Member, other: Member): Member {
  return member.name === "contentType" ? { ...member, type: `${member.type} | ${other.type}` } : member;
}
