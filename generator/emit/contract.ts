import { headerShape } from "../model/header-shape.js";
import { isSequence } from "../model/media-kind.js";
import type { ApiModel, EventType, Header, MediaType, Operation, Parameter } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { leavesOutEmpty } from "../model/sent.js";
import { isText, wireShapes } from "../model/wire-shape.js";
import { argumentNames } from "./arguments.js";
import { checkOf } from "./checks.js";
import { call, inlineObject, json, list, openObject, runtimeName, type Code } from "./code.js";
import { headerRule } from "./headers.js";
import { responseKind } from "./media-types.js";
import { fieldShapes, parameterShapes, type FieldShapes } from "./wire-rules.js";

type Schemas = ApiModel["schemas"];
type Rules = (readonly [name: string, value: Code | undefined])[];

/** What an operation takes and gives, and how it is validated: the `ContractRules` of the runtime. */
export function contractRules(operation: Operation, schemas: Schemas): Code {
  const names = argumentNames(operation);
  const { id, parameters, body, responses } = operation;
  return openObject([
    ["id", json(id)],
    [
      "parameters",
      openObject(parameters.map((each) => [names.get(each)!, parameterCheck(each, schemas)] as const)),
    ],
    ["body", list((body?.content ?? []).map((media) => requestCheck(media, schemas)))],
    ["isBodyRequired", body?.required ? json(true) : undefined],
    [
      "responses",
      openObject(
        responses.map(({ status, content }) => [
          status,
          list(content.map((media) => responseCheck(media, schemas))),
        ]),
      ),
    ],
    ["headers", headersContract(operation, schemas)],
  ]);
}

/** The headers of the responses, with the function that looks at them; undefined where none is described. */
function headersContract({ responses }: Operation, schemas: Schemas): Code | undefined {
  const described = responses.filter(({ headers }) => headers.length > 0);
  if (described.length === 0) return undefined;
  const checks = described.map(({ status, headers }) => {
    const said = headers.map((header) => [header.name, headerCheck(header, schemas)] as const);
    return [status, openObject(said.filter(([, { members }]) => members.length > 0))] as const;
  });
  return openObject([
    ["checks", openObject(checks)],
    ["look", runtimeName("headerIssues", "header-check")],
  ]);
}

/** Nothing can be said of a text whose schema asks for what the header cannot carry. */
function headerCheck(header: Header, schemas: Schemas): Code & { kind: "object" } {
  const { required, schema, serialization } = header;
  const shape = headerShape(header, schemas);
  const isPlain = serialization.kind === "content" && !serialization.isJson;
  const isChecked = shape && (!isPlain || isText(wireShapes(schema, schemas)));
  return inlineObject([
    ["required", required ? json(true) : undefined],
    ["read", isChecked ? json(headerRule(shape)) : undefined],
    ["check", isChecked ? checkOf(schema) : undefined],
  ]);
}

function parameterCheck(parameter: Parameter, schemas: Schemas): Code {
  const { name, location, required, allowEmptyValue, schema } = parameter;
  return openObject([
    ["name", json(name)],
    ["in", json(location)],
    ["required", required ? json(true) : undefined],
    ["leavesOutEmpty", required && leavesOutEmpty(parameter, schemas) ? json(true) : undefined],
    ["allowEmptyValue", allowEmptyValue && json(true)],
    ...parameterRules(parameter, schemas),
    ["check", checkOf(schema)],
  ]);
}

function parameterRules(parameter: Parameter, schemas: Schemas): Rules {
  const { shapes, fields } = parameterShapes(parameter, schemas);
  return [
    ["fields", fields && fieldsRule(fields)],
    ["shapes", shapes && json(shapes)],
  ];
}

function fieldsRule(fields: FieldShapes): Code | undefined {
  return fields.length > 0 ? inlineObject(fields.map(([name, shapes]) => [name, json(shapes)])) : undefined;
}

function requestCheck(media: MediaType, schemas: Schemas): Code {
  return inlineObject([
    ["mediaType", json(media.type)],
    ["as", json(media.kind)],
    ["check", bodyCheck(media, media.kind, schemas)],
    ["shapes", formShapes(media, schemas)],
  ]);
}

function responseCheck(media: MediaType, schemas: Schemas): Code {
  const kind = responseKind(media);
  return inlineObject([
    ["mediaType", json(media.type)],
    ["as", json(kind)],
    ["check", bodyCheck(media, kind, schemas)],
  ]);
}

/** The check of a body, or of an item; none of bytes, of parts without names, and of text that is said to be something else. */
export function bodyCheck(media: MediaType, kind: MediaType["kind"], schemas: Schemas): Code | undefined {
  const { schema, events, isItemSchema } = media;
  if (events) return eventCheck(events);
  if (schema === undefined || kind === "binary" || (isItemSchema && !isSequence(kind))) return undefined;
  if (kind === "text" && !isText(wireShapes(schemas.get(schema)!.schema, schemas))) return undefined;
  return refTo(schema);
}

function refTo(schema: SchemaId): Code {
  return call("ref", "schema", { kind: "validator", schema });
}

/** An event is one of the described; where the document leaves any of them open, it may be anything. */
function eventCheck(events: readonly EventType[]): Code | undefined {
  const isJsonAlone = events.every(({ data, isJson }) => data ?? isJson);
  const schemas = [...new Set(events.map(({ schema }) => schema))];
  const checks = schemas.map((schema) => {
    const own = events.filter((event) => event.schema === schema);
    return schema === undefined ? dataCheck(own) : wholeCheck(schema, own, isJsonAlone);
  });
  const known = checks.filter((check) => check !== undefined);
  return known.length < checks.length ? undefined : anyOf(known);
}

/** The check of the events of a schema: of those whose data is JSON, the schema speaks of the text. */
function wholeCheck(schema: SchemaId, events: readonly EventType[], isJsonAlone: boolean): Code {
  const withData = events.filter(({ data }) => data);
  if (withData.length === 0) return refTo(schema);
  const isEach = isJsonAlone && withData.length === events.length;
  const names = withData.flatMap(({ name }) => name ?? []);
  const content = dataCheck(withData);
  return call(
    "jsonEvents",
    "event-check",
    refTo(schema),
    json(isEach ? true : names),
    ...(content ? [content] : []),
  );
}

/** The check of JSON that is the data of events, as one of them describes it; none where one leaves it open. */
function dataCheck(events: readonly EventType[]): Code | undefined {
  const checks = events.map(({ name, data }) => {
    const event = events.length > 1 && name !== undefined ? [name] : undefined;
    const properties = openObject([
      ["event", event && call("literals", "schema", json("const"), json(event))],
      ["data", data?.schema === undefined ? undefined : refTo(data.schema)],
    ]);
    return properties.members.length > 0
      ? call("object", "schema", openObject([["properties", properties]]))
      : undefined;
  });
  const known = checks.filter((check) => check !== undefined);
  return known.length < checks.length ? undefined : anyOf(known);
}

/** One of the checks holds; undefined where there is none. */
function anyOf(checks: readonly Code[]): Code | undefined {
  return checks.length > 1 ? call("anyOf", "schema", ...checks) : checks[0];
}

/** How the texts of a form's fields become values. */
function formShapes({ kind, schema, encoding }: MediaType, schemas: Schemas): Code | undefined {
  if ((kind !== "form" && kind !== "multipart") || schema === undefined) return undefined;
  return fieldsRule(fieldShapes(schemas.get(schema)!.schema, encoding, schemas));
}
