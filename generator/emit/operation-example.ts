import { MINIMAL, type ApiFixtures } from "../fixtures/fixture.js";
import { isRange, isSequence } from "../model/media-kind.js";
import type { ApiModel, MediaType, Operation, Response } from "../model/model.js";
import { alternatives, partsOf } from "../model/nested.js";
import { isFile } from "../model/plain-form.js";
import type { Schema, SchemaId } from "../model/schema.js";
import { isObject, type JsonValue } from "../source/json.js";
import { argumentNames } from "./arguments.js";
import { camelCase } from "./identifiers.js";
import { jsonLiteral, objectKey, stringLiteral } from "./literals.js";
import type { PackageNames } from "./names.js";
import { sampleValue } from "./sample-body.js";
import type { PackageSettings } from "./settings.js";
import type { Cuts } from "./typescript-module.js";
import { statusType } from "./status-type.js";

/** What a package's README is made of. */
export type Parts = {
  readonly model: ApiModel;
  readonly fixtures: ApiFixtures;
  readonly names: PackageNames;
  readonly settings: PackageSettings;
  readonly cuts: Cuts;
};

type Schemas = ApiModel["schemas"];

/** What examples call a client: an API may be called `class`, or `result`, or as the function that makes its client. */
export const CLIENT = "client";

/** A call of the operation, and what becomes of its result. */
export function operationExample(parts: Parts, operation: Operation): string {
  const { names, settings } = parts;
  const { function: name } = names.operations.get(operation)!;
  return [
    `import { ${names.api.createClient} } from ${stringLiteral(settings.packageName)};`,
    "",
    `const ${CLIENT} = ${names.api.createClient}(${clientOptions(parts, operation)});`,
    `const result = await ${CLIENT}.${name}(${exampleArguments(parts, operation)});`,
    "",
    ...resultLines(operation),
  ].join("\n");
}

/** What a result is asked that may be a success or a failure: of one that is either alone, it would not compile. */
function resultLines({ responses }: Operation): string[] {
  const statuses = responses.map(({ status }) => status);
  const types = responses.map((response) => ({ response, ...statusType(response.status, statuses) }));
  const successes = types.filter(({ success }) => success);
  const onSuccess = successes.length > 0 ? onData(successes.map(({ response }) => response)) : "";
  const onFailure = types.some(({ failure }) => failure) ? "console.error(result.status, result.error);" : "";
  if (onSuccess && onFailure) return [`if (result.ok) ${onSuccess}`, `else ${onFailure}`];
  return [onSuccess || onFailure || "console.log(result);"];
}

/** A stream is read item by item. */
function onData(responses: readonly Response[]): string {
  const areStreams = responses.every(({ content }) => content[0] && isSequence(content[0].kind));
  return areStreams
    ? "for await (const item of result.data) console.log(item);"
    : "console.log(result.status, result.data);";
}

function clientOptions(parts: Parts, operation: Operation): string {
  const host = hostOf(parts, operation);
  const auth = authOption(parts, operation);
  const members = [
    ...(host === undefined ? [] : [`baseUrl: ${stringLiteral(host)}`]),
    ...(auth === undefined ? [] : [auth]),
  ];
  return members.length === 0 ? "" : `{ ${members.join(", ")} }`;
}

/**
 * The document's relative server at a host (OpenAPI 3.1.1, Server Object, `url`); undefined where it, or that of the operation, is absolute. One
 * of the operation that is relative stands below it.
 */
export function hostOf({ model }: Parts, { servers }: Operation): string | undefined {
  const url = urlOf(model.servers);
  const isKnown = URL.canParse(url) || (servers !== undefined && URL.canParse(urlOf(servers)));
  if (isKnown || !URL.canParse(url, EXAMPLE_HOST)) return undefined;
  return new URL(url, EXAMPLE_HOST).href.replace(/\/$/, "");
}

/** The first of the servers; without any, there is one at the root (OpenAPI 3.1.1, OpenAPI Object). */
function urlOf(servers: ApiModel["servers"]): string {
  return servers[0]?.url ?? "/";
}

export const EXAMPLE_HOST = "https://api.example.com";

/** The credentials of the first alternative that the operation takes and a client can give (OpenAPI 3.1.1, Security Requirement Object). */
function authOption({ model, settings }: Parts, { security }: Operation): string | undefined {
  const schemes = new Map(model.securitySchemes.map((scheme) => [scheme.name, scheme]));
  const known = security.map((names) => names.flatMap((name) => schemes.get(name) ?? []));
  const needed = known.find((alternative) => alternative.every(({ kind }) => kind !== "unsupported")) ?? [];
  if (needed.length === 0) return undefined;
  const members = needed.map(({ kind, name }) => {
    const variable = camelCase(`${settings.api} ${needed.length > 1 ? name : ""} token`)
      .replace(/[A-Z]/g, (letter) => `_${letter}`)
      .toUpperCase();
    const token = `process.env[${stringLiteral(variable)}] ?? ""`;
    return `${objectKey(name)}: ${kind === "basic" ? `{ username: "me", password: ${token} }` : token}`;
  });
  return `auth: { ${members.join(", ")} }`;
}

/** The arguments of `minimal`, with files where there are some; where the document leaves them open, their type says what is missing. */
function exampleArguments({ model, fixtures }: Parts, operation: Operation): string {
  const { args, parameters } = fixtures.operations.get(operation)!;
  const made = args.get("minimal");
  const [media] = operation.body?.content ?? [];
  const isBytes = made === undefined && media?.kind === "binary";
  const given = made?.parameters ?? (isBytes ? parameters.get("minimal") : undefined);
  if (!given) return "{ /* … */ } as never";
  const names = argumentNames(operation);
  const members = [...given].map(
    ([parameter, value]) => `${objectKey(names.get(parameter)!)}: ${jsonLiteral(value)}`,
  );
  const body = made?.body === undefined || !media ? undefined : sampleValue(media, MINIMAL, fixtures);
  if (isBytes) members.push(`body: ${fileOf(media.type)}`);
  else if (media && body !== undefined) members.push(`body: ${bodyOf(media, body, model.schemas)}`);
  return members.length === 0 ? "" : `{ ${members.join(", ")} }`;
}

function fileOf(mediaType: string): string {
  const options = isRange(mediaType) ? "" : `, { type: ${stringLiteral(mediaType)} }`;
  return `new Blob([${CONTENT}]${options})`;
}

const CONTENT = stringLiteral("…");

/** A body, with a file for each property of a form that is one. */
function bodyOf({ kind, schema }: MediaType, body: JsonValue, schemas: Schemas): string {
  const files = kind === "multipart" ? filesIn(schema, schemas) : new Map<string, Schema>();
  if (!isObject(body) || files.size === 0) return jsonLiteral(body);
  const members = Object.entries(body).map(([name, value]) => {
    const file = `new File([${CONTENT}], ${stringLiteral(name)})`;
    const found = files.get(name);
    const text = !found ? jsonLiteral(value) : found.kind === "array" ? `[${file}]` : file;
    return `${objectKey(name)}: ${text}`;
  });
  return `{ ${members.join(", ")} }`;
}

/** The properties of a form that are files, or lists of them. */
function filesIn(id: SchemaId | undefined, schemas: Schemas): ReadonlyMap<string, Schema> {
  const whole = id === undefined ? undefined : schemas.get(id)?.schema;
  const objects = whole ? alternatives(whole, schemas) : [];
  const properties = objects.flatMap((each) => (each.kind === "object" ? each.properties : []));
  return new Map(
    properties.flatMap(({ name, schema }) => {
      const found = alternatives(schema, schemas).find((each) =>
        each.kind === "array"
          ? partsOf(each).some((item) => alternatives(item, schemas).some(isFile))
          : isFile(each),
      );
      return found ? [[name, found] as const] : [];
    }),
  );
}
