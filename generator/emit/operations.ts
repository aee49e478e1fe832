import {
  StructureKind,
  VariableDeclarationKind,
  type OptionalKind,
  type PropertySignatureStructure,
  type Structures,
} from "ts-morph";
import type { ApiModel, MediaType, Operation, Parameter, Response, SecurityScheme } from "../model/model.js";
import { isJson } from "../model/media-types.js";
import { objectOf } from "../source/json.js";
import { argumentNames, needsNoArguments } from "./arguments.js";
import { docs, schemaDocs, seeTag, tag } from "./docs.js";
import { jsonLiteral, objectKey, propertyName, stringLiteral } from "./literals.js";
import { tagPart, type PackageNames } from "./names.js";
import { statusType } from "./status-type.js";
import { typeText } from "./type-text.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/operations.ts`: a documented standalone function an operation, with the types of what it takes and returns. */
export function emitOperations(model: ApiModel, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/operations.ts");
  const writer = new OperationWriter(module, names);
  module.part(API);
  module.add(writer.api(model));
  for (const operation of model.operations) {
    module.part(tagPart(operation));
    module.add(...writer.operation(operation));
  }
  return module.files();
}

/** The part of the module that all others use. */
const API = "api";

/** How a response is read: what no client has a type for is left as it came. */
export function responseKind({ kind }: MediaType): "json" | "text" | "binary" {
  if (kind === "multipart") return "binary";
  return kind === "form" ? "text" : kind;
}

class OperationWriter {
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;

  constructor(module: TypeScriptModule, names: PackageNames) {
    this.module = module;
    this.names = names;
  }

  /** What all operations share: the address, and how credentials travel. */
  api(model: ApiModel): Structures {
    const schemes = model.securitySchemes.filter(({ kind }) => kind !== "unsupported");
    const members = schemes.map((scheme) => `${objectKey(scheme.name)}: ${securityLiteral(scheme)},`);
    const baseUrl = stringLiteral(model.servers[0]?.url ?? "/");
    return {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: docs("The address of the document's first server, and how credentials travel."),
      declarations: [
        {
          name: API,
          type: this.module.type("ApiRule", "./runtime/send.js"),
          initializer: `{\nbaseUrl: ${baseUrl},\nsecuritySchemes: {\n${members.join("\n")}\n},\n}`,
        },
      ],
    };
  }

  operation(operation: Operation): Structures[] {
    const names = this.names.operations.get(operation)!;
    return [
      this.args(operation, names.args),
      this.result(operation, names.result),
      this.rule(operation),
      this.call(operation),
    ];
  }

  private args(operation: Operation, name: string): Structures {
    const names = argumentNames(operation);
    const properties = operation.parameters.map((parameter) =>
      this.argument(parameter, names.get(parameter)!),
    );
    const members = [...properties, ...this.bodyArgument(operation)];
    const text = `What {@link ${this.names.operations.get(operation)!.function}} takes.`;
    return members.length === 0
      ? {
          kind: StructureKind.TypeAlias,
          isExported: true,
          name,
          docs: docs(text),
          type: "Record<string, never>",
        }
      : { kind: StructureKind.Interface, isExported: true, name, docs: docs(text), properties: members };
  }

  private argument(parameter: Parameter, name: string): OptionalKind<PropertySignatureStructure> {
    const { description, deprecated, schema, examples } = parameter;
    const override = { ...(description !== undefined && { description }), ...(deprecated && { deprecated }) };
    return {
      name: propertyName(name),
      hasQuestionToken: !parameter.required,
      type: typeText(schema, (target) => this.schemaType(target)),
      docs: schemaDocs(
        { ...schema, examples: [...examples.map(({ value }) => value), ...schema.examples] },
        override,
      ),
    };
  }

  private bodyArgument({ body }: Operation): OptionalKind<PropertySignatureStructure>[] {
    const media = body?.content[0];
    if (!body || !media) return [];
    const docText = docs(body.description);
    return [{ name: "body", hasQuestionToken: !body.required, type: this.requestType(media), docs: docText }];
  }

  private requestType(media: MediaType): string {
    if (media.kind === "text") return "string";
    if (media.kind === "binary") return "Blob | Uint8Array | ReadableStream<Uint8Array>";
    const type = media.schema === undefined ? "Record<string, unknown>" : this.schemaType(media.schema);
    if (media.kind === "multipart")
      return `${this.module.type("MultipartBody", "./runtime/body.js")}<${type}>`;
    return media.kind === "json" && media.schema === undefined ? "unknown" : type;
  }

  private schemaType(id: string): string {
    return this.module.type(this.names.schemas.get(id)!.type, "./types.js");
  }

  /** The type of a response's body, of any of the media types. */
  private bodyType(content: readonly MediaType[]): string {
    const types = content.map((media) => {
      const kind = responseKind(media);
      if (kind !== "json") return kind === "binary" ? "Blob" : "string";
      return media.schema === undefined ? "unknown" : this.schemaType(media.schema);
    });
    return types.length === 0 ? "undefined" : [...new Set(types)].join(" | ");
  }

  private result(operation: Operation, name: string): Structures {
    const arms = operation.responses.flatMap((response) => this.arms(response, operation.responses));
    return {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name,
      docs: docs(`What {@link ${this.names.operations.get(operation)!.function}} returns, by status.`),
      type: arms.length === 0 ? "never" : arms.map((arm) => `\n| ${arm}`).join(""),
    };
  }

  private arms(response: Response, all: readonly Response[]): string[] {
    const body = this.bodyType(response.content);
    const { success, failure } = statusType(
      response.status,
      all.map(({ status }) => status),
    );
    const uses = [...(success?.uses ?? []), ...(failure?.uses ?? [])];
    for (const use of uses) this.module.type(use, "./runtime/status.js");
    return [
      ...(success ? [`${this.module.type("Success", "./runtime/result.js")}<${success.text}, ${body}>`] : []),
      ...(failure ? [`${this.module.type("Failure", "./runtime/result.js")}<${failure.text}, ${body}>`] : []),
    ];
  }

  /** What the runtime must know of the operation. */
  private rule(operation: Operation): Structures {
    const names = argumentNames(operation);
    const parameters = operation.parameters.map(
      (parameter) => `${parameterLiteral(parameter, names.get(parameter)!)},`,
    );
    const responses = operation.responses.map(
      ({ status, content }) => `${objectKey(status)}: [${content.map(responseLiteral).join(", ")}],`,
    );
    const body = (operation.body?.content ?? []).slice(0, 1).map(requestLiteral);
    const initializer = [
      "{",
      `id: ${stringLiteral(operation.id)},`,
      `method: ${stringLiteral(operation.method)},`,
      `path: ${stringLiteral(operation.path)},`,
      `parameters: [${parameters.join("\n")}],`,
      `body: [${body.join(", ")}],`,
      `responses: {\n${responses.join("\n")}\n},`,
      `security: ${jsonLiteral(operation.security)},`,
      "}",
    ].join("\n");
    const { rule, function: name } = this.names.operations.get(operation)!;
    return {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: docs(`How {@link ${name}} becomes a request, and its response a result.`),
      declarations: [
        { name: rule, type: this.module.type("OperationRule", "./runtime/operation.js"), initializer },
      ],
    };
  }

  private call(operation: Operation): Structures {
    const names = this.names.operations.get(operation)!;
    const { auth } = this.names.api;
    const send = this.module.value("send", "./runtime/send.js");
    const api = this.module.own(API, API, "value");
    const options = `${this.module.type("ClientOptions", "./runtime/options.js")}<${this.module.type(auth, "./client.js")}>`;
    return {
      kind: StructureKind.Function,
      isExported: true,
      name: names.function,
      docs: operationDocs(operation),
      parameters: [
        { name: "args", type: names.args, ...(needsNoArguments(operation) && { initializer: "{}" }) },
        { name: "options", type: options, initializer: "{}" },
      ],
      returnType: `Promise<${names.result}>`,
      statements: [
        `return ${send}(${api}, ${names.rule}, { ...args }, options) as Promise<${names.result}>;`,
      ],
    };
  }
}

/** The doc comment of an operation, here and on the client object. */
export function operationDocs(operation: Operation): ReturnType<typeof docs> {
  const { summary, description, deprecated, method, path, origin } = operation;
  const text = [summary, description].filter((part) => part !== undefined && part !== "");
  const request = `\`${method} ${path}\``;
  return docs([...new Set(text), request].join("\n\n"), [
    ...(deprecated ? [tag("deprecated")] : []),
    seeTag(origin.pointer),
  ]);
}

function securityLiteral(scheme: SecurityScheme): string {
  if (scheme.kind !== "apiKey") return jsonLiteral({ kind: scheme.kind });
  return jsonLiteral({ kind: scheme.kind, in: scheme.in, name: scheme.parameter });
}

function responseLiteral(media: MediaType): string {
  return jsonLiteral({ mediaType: media.type, as: responseKind(media) });
}

function requestLiteral({ type, kind, encoding }: MediaType): string {
  const rules = encoding.map(({ property, ...rule }) => [property, rule] as const);
  return jsonLiteral({ mediaType: type, as: kind, ...(rules.length > 0 && { encoding: objectOf(rules) }) });
}

/** A `content` parameter is written as its media type: JSON as JSON, any other as the text that it is. */
function contentStyle(
  mediaType: string,
  location: Parameter["location"],
): { style: string; explode: boolean } {
  const plain = location === "query" || location === "cookie" ? "form" : "simple";
  return { style: isJson(mediaType) ? "json" : plain, explode: false };
}

function parameterLiteral({ name, location, serialization }: Parameter, argument: string): string {
  const style =
    serialization.kind === "content"
      ? contentStyle(serialization.mediaType, location)
      : {
          style: serialization.style,
          explode: serialization.explode,
          ...(serialization.allowReserved && { allowReserved: true }),
        };
  return jsonLiteral({ name, argument, in: location, ...style });
}
