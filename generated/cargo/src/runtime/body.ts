import type { BodyRule, PropertyEncoding } from "./operation.js";
import { serializeParameter } from "./serialize.js";

/** A body of `multipart/form-data`: where the document says text, a file will do. */
export type MultipartBody<T> = { readonly [Name in keyof T]: MultipartPart<T[Name]> };
type MultipartPart<T> = T extends string
  ? T | Blob
  : T extends readonly (infer Item)[]
    ? readonly MultipartPart<Item>[]
    : T;

/** The body of a request as its media type writes it (OpenAPI 3.1.1, Media Type Object). */
export function writeBody(rule: BodyRule | undefined, body: unknown): unknown {
  switch (rule?.as) {
    case "json":
      return JSON.stringify(body);
    case "form":
      return formText(membersOf(body), rule.encoding ?? {});
    case "multipart":
      return formData(membersOf(body), rule.encoding ?? {});
    default:
      return body;
  }
}

type Members = readonly (readonly [name: string, value: unknown])[];
type Encodings = { readonly [property: string]: PropertyEncoding };

function membersOf(body: unknown): Members {
  if (typeof body !== "object" || body === null) throw new TypeError("the body of a form must be an object");
  return Object.entries(body).filter(([, value]) => value !== undefined);
}

function encodingOf(encodings: Encodings, name: string): PropertyEncoding {
  return (Object.hasOwn(encodings, name) && encodings[name]) || {};
}

/** `application/x-www-form-urlencoded`: as query parameters are; what has no style and is nested, as JSON. */
function formText(members: Members, encodings: Encodings): string {
  return members
    .flatMap(([name, value]) => {
      const { style, explode = true, allowReserved = false } = encodingOf(encodings, name);
      const rule = {
        name,
        argument: name,
        in: "query",
        style: style ?? "form",
        explode,
        allowReserved,
      } as const;
      if (style !== undefined) return serializeParameter(rule, value) ?? [];
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.flatMap(
        (each) => serializeParameter({ ...rule, style: isNested(each) ? "json" : "form" }, each) ?? [],
      );
    })
    .join("&");
}

/** `multipart/form-data` (RFC 7578): a part a value, an item of a list being one; what is nested, as JSON. */
function formData(members: Members, encodings: Encodings): FormData {
  const form = new FormData();
  for (const [name, value] of members) {
    const { contentType } = encodingOf(encodings, name);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of values) form.append(name, partOf(each, contentType));
  }
  return form;
}

function partOf(value: unknown, contentType: string | undefined): Blob | string {
  if (value instanceof Blob)
    return contentType === undefined || value.type !== "" ? value : value.slice(0, value.size, contentType);
  if (isNested(value)) return new Blob([JSON.stringify(value)], { type: contentType ?? "application/json" });
  return contentType === undefined ? String(value) : new Blob([String(value)], { type: contentType });
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Blob);
}
