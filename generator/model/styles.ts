import { idOf } from "../source/source.js";
import type { Origin } from "../source/source.js";
import type { ApiModel, MediaType, Operation, Parameter, PartEncoding, PropertyEncoding } from "./model.js";
import { alternatives, holdsNested, mayBeList } from "./nested.js";
import type { Reader } from "./reader.js";
import type { Schema } from "./schema.js";

type Schemas = ApiModel["schemas"];

/** What a style writes: a parameter, or a property of a form. */
type Styled = {
  readonly origin: Origin;
  readonly name: string;
  readonly style: string;
  /** The value meets one of them, or several. */
  readonly schemas: readonly Schema[];
};

/** What no style writes (OpenAPI 3.1.1, Style Values): lists and objects inside others, and lists as deep objects. */
export function checkStyles(reader: Reader, operations: readonly Operation[], schemas: Schemas): void {
  const seen = new Set<string>();
  for (const { origin, name, style, schemas: own } of operations.flatMap((each) => styledOf(each, schemas))) {
    if (seen.has(idOf(origin))) continue;
    seen.add(idOf(origin));
    if (own.some((schema) => holdsNested(schema, schemas))) {
      const keyword = `a value inside another in style ${style}`;
      reader.report("keyword-unsupported", { keyword, effect: "a call that gives one throws" }, origin);
    }
    if (style === "deepObject" && own.some((schema) => mayBeList(schema, schemas))) {
      const effect = `it is sent as ${name}[0]=…&${name}[1]=…, which is no standard`;
      reader.report("keyword-unsupported", { keyword: "a list in style deepObject", effect }, origin);
    }
  }
}

function styledOf({ parameters, body }: Operation, schemas: Schemas): Styled[] {
  return [
    ...parameters.flatMap((parameter) => styledParameters(parameter, schemas)),
    ...(body?.content ?? []).flatMap((media) => styledFields(media, schemas)),
  ];
}

function styledParameters({ origin, name, schema, serialization }: Parameter, schemas: Schemas): Styled[] {
  if (serialization.kind === "content") return styledProperties(schema, serialization.encoding, schemas);
  return [{ origin, name, style: serialization.style, schemas: [schema] }];
}

function styledFields({ kind, schema, encoding }: MediaType, schemas: Schemas): Styled[] {
  if ((kind !== "form" && kind !== "multipart") || schema === undefined) return [];
  return styledProperties(schemas.get(schema)!.schema, encoding, schemas);
}

function styledProperties(form: Schema, encodings: readonly PropertyEncoding[], schemas: Schemas): Styled[] {
  const properties = alternatives(form, schemas).flatMap((each) =>
    each.kind === "object" ? each.properties : [],
  );
  return encodings.filter(isStyled).map(({ property, origin, style = "form" }) => {
    const own = properties.filter(({ name }) => name === property).map(({ schema }) => schema);
    return { origin, name: property, style, schemas: own };
  });
}

/** True for an encoding with a style: any of three fields gives it one (OpenAPI 3.2.0, Encoding Object). */
export function isStyled({ style, explode, allowReserved }: PartEncoding): boolean {
  return (style ?? explode ?? allowReserved) !== undefined;
}
