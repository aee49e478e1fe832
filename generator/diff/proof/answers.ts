import type { Header, MediaType, Operation, Response } from "../../model/model.js";
import { formText } from "../../runtime/form.js";
import { identity, styledText } from "../../runtime/styles.js";
import { isObject, type JsonObject, type JsonValue } from "../../source/json.js";
import type { Judgement } from "./judgement.js";
import type { Answer, Body, MessageFault } from "./message.js";
import type { SampleValues } from "./sample-values.js";

/** Responses of a status: with the headers that must be there, and with all; of each media type. */
export function answersOf({ content, headers }: Response, status: string, values: SampleValues): Answer[] {
  const given = [headers.filter(({ required }) => required), headers].map(
    (each) =>
      new Map(
        each.flatMap(({ name, schema }) => {
          const [value] = values.of(schema);
          return value === undefined ? [] : [[name.toLowerCase(), value] as const];
        }),
      ),
  );
  const written = new Map(
    headers.map(({ name, serialization }) => [name.toLowerCase(), serialization] as const),
  );
  const bodies = content.length === 0 ? [undefined] : content.flatMap((each) => bodiesOf(each, values));
  return given.flatMap((own) =>
    bodies.map((body): Answer => ({
      kind: "response",
      status,
      headers: own,
      written,
      ...(body && { body }),
    })),
  );
}

/** Bodies of a media type, or of types that a range holds; one that is no JSON has no value. */
export function bodiesOf(media: MediaType, values: SampleValues): Body[] {
  const { type, schema, kind } = media;
  const [value] = values.ofNamed(schema);
  const text = value === undefined ? undefined : textOf(media, value);
  return concreteTypes(type).map((mediaType) => ({
    mediaType,
    value: kind === "json" ? value : undefined,
    ...(text !== undefined && { text }),
  }));
}

/** A text, or a form of which nothing says how its properties are written. */
function textOf({ kind, encoding }: MediaType, value: JsonValue): string | undefined {
  if (kind === "text" && typeof value === "string") return value;
  return kind === "form" && encoding.length === 0 && isObject(value) ? formOf(value) : undefined;
}

function formOf(value: JsonObject): string | undefined {
  try {
    return formText(value, undefined);
  } catch (error) {
    // Half a character has no bytes.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** What is sent is of a type that one side may have in the place of its range, and of one that nobody has. */
function concreteTypes(type: string): string[] {
  const [, main] = /^([^/]+)\/\*/.exec(type) ?? [];
  if (main === undefined) return [type];
  const name = main === "*" ? "application" : main;
  return [...(Object.hasOwn(USUAL, name) ? [USUAL[name]!] : []), `${name}/vnd.example`];
}

const USUAL: { readonly [main: string]: string } = {
  application: "application/octet-stream",
  image: "image/png",
  text: "text/plain",
};

/** What is wrong with a response for who reads it by an operation. */
export function answerFaults(
  answer: Answer,
  operation: Operation | undefined,
  judgement: Judgement,
): MessageFault[] {
  const found = responseOf(operation?.responses ?? [], answer.status);
  if (!found) return [fault({ kind: "status" }, `status ${answer.status} is not described`)];
  const headers = found.headers.flatMap((header) => {
    const part = { kind: "header", name: header.name } as const;
    const refusal = headerRefusal(header, answer, judgement);
    const misreading = headerMisreading(header, answer);
    if (refusal !== undefined) return [fault(part, refusal)];
    return misreading === undefined ? [] : [{ part, outcome: "misread", text: misreading } as const];
  });
  const body = answer.body && judgement.bodyRefusal(answer.body, found.content);
  return [...headers, ...(body === undefined ? [] : [fault({ kind: "body" }, body)])];
}

function headerRefusal(
  { name, required, schema, serialization }: Header,
  { headers }: Answer,
  judgement: Judgement,
): string | undefined {
  const what = `header ${JSON.stringify(name)}`;
  const value = headers.get(name.toLowerCase());
  if (value === undefined) return required ? `${what} is required` : undefined;
  return serialization.kind === "style"
    ? judgement.headerRefusal(what, schema, value)
    : judgement.refusal(what, schema, value);
}

/** What is read as something else than was written: the same value has another text. */
function headerMisreading({ name, serialization }: Header, { headers, written }: Answer): string | undefined {
  const [value, own] = [headers.get(name.toLowerCase()), written.get(name.toLowerCase())];
  if (value === undefined || own === undefined) return undefined;
  const [sent, expected] = [own, serialization].map((each) =>
    headerText({ name, serialization: each }, value),
  );
  if (sent === expected || sent === undefined || expected === undefined) return undefined;
  return `header ${JSON.stringify(name)} reads ${JSON.stringify(sent)}, and was written ${JSON.stringify(expected)}`;
}

/** The text of a header, by the serializer that packages hold; undefined where they refuse to write it. */
function headerText(
  { name, serialization }: Pick<Header, "name" | "serialization">,
  value: JsonValue,
): string | undefined {
  if (serialization.kind === "content")
    return serialization.isJson || typeof value !== "string" ? JSON.stringify(value) : value;
  try {
    return styledText({ ...serialization, name }, value, identity);
  } catch (error) {
    // What no style has a place for.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function fault(part: MessageFault["part"], text: string): MessageFault {
  return { part, outcome: "refused", text };
}

/** What describes a status: itself, its range, or `default`. */
export function responseOf(responses: readonly Response[], status: string): Response | undefined {
  const isNamed = (name: string) => responses.find((each) => each.status === name);
  return isNamed(status) ?? isNamed(`${status.slice(0, 1)}XX`) ?? isNamed("default");
}
