import {
  StructureKind,
  type OptionalKind,
  type PropertySignatureStructure,
  type StatementStructures,
} from "ts-morph";
import { headerShape, type HeaderShape } from "../model/header-shape.js";
import type { ApiModel, Header } from "../model/model.js";
import { asTyped } from "../model/typed.js";
import { objectOf, type JsonValue } from "../source/json.js";
import { docs, schemaDocs } from "./docs.js";
import { propertyName } from "./literals.js";
import { typeText, type NameOf } from "./type-text.js";
import { memberRules } from "./wire-rules.js";

type Schemas = ApiModel["schemas"];

/** How the runtime reads and writes a header; text where its schema says what no header can carry. */
export function headerRules(headers: readonly Header[], schemas: Schemas): JsonValue {
  const rules = headers.map((header) => [header.name, headerRule(headerShape(header, schemas))] as const);
  return objectOf(rules);
}

/** What a header is whose schema says what no header can carry. */
const TEXT: HeaderShape = { as: "value", types: ["string"] };

/** A shape as the `HeaderRule` of the runtime. */
export function headerRule(shape = TEXT): JsonValue {
  if (shape.as !== "object") return { ...shape };
  return { as: shape.as, explode: shape.explode, ...memberRules(shape) };
}

/** The type of a header's value. Where the document leaves it open, it is what a text is read as. */
export function headerType(header: Header, schemas: Schemas, nameOf: NameOf): string {
  const { schema } = header;
  const shape = headerShape(header, schemas) ?? TEXT;
  const text = typeText(
    asTyped(schema, (id) => schemas.get(id)?.schema),
    nameOf,
  );
  if (shape.as !== "value" || schema.kind === "literals" || schema.kind === "ref") return text;
  return text === "unknown" || shape.types.join() === "string" ? shape.types.join(" | ") : text;
}

/** The interface of a response's headers. */
export function headersInterface(
  name: string,
  headers: readonly Header[],
  typeOf: (header: Header) => string,
): StatementStructures {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name,
    docs: docs("The headers that the document describes."),
    properties: headers.map((header) => headerProperty(header, typeOf(header))),
  };
}

function headerProperty(header: Header, type: string): OptionalKind<PropertySignatureStructure> {
  const { description, deprecated, schema, name, required } = header;
  return {
    name: propertyName(name),
    isReadonly: true,
    hasQuestionToken: !required,
    type: required ? type : `${type} | undefined`,
    docs: schemaDocs(schema, {
      ...(description !== undefined && { description }),
      ...(deprecated && { deprecated }),
    }),
  };
}
