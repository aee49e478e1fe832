import {
  StructureKind,
  VariableDeclarationKind,
  type OptionalKind,
  type PropertySignatureStructure,
  type StatementStructures,
} from "ts-morph";
import { isOpen } from "../model/media-kind.js";
import type { ApiModel, Operation, Parameter, Response } from "../model/model.js";
import { argumentNames, needsNoArguments } from "./arguments.js";
import { CodePrinter } from "./code.js";
import { asTyped } from "../model/typed.js";
import { docs, schemaDocs, seeTag, tag } from "./docs.js";
import { headersInterface, headerType } from "./headers.js";
import { propertyName } from "./literals.js";
import { MediaTypeWriter } from "./media-types.js";
import { tagPart, type PackageNames } from "./names.js";
import { apiRule, operationRule } from "./operation-rule.js";
import { RequestBodyWriter } from "./request-body.js";
import { statusType } from "./status-type.js";
import { orUndefined, typeText } from "./type-text.js";
import { TypeScriptModule, type Cuts, type EmittedFile } from "./typescript-module.js";

/** `src/operations.ts`: a documented standalone function an operation, with the types of what it takes and returns. */
export function emitOperations(model: ApiModel, names: PackageNames, cuts: Cuts): EmittedFile[] {
  const module = new TypeScriptModule("src/operations.ts", cuts);
  const writer = new OperationWriter(module, names, model.schemas);
  module.part(API);
  module.add(writer.api(model));
  for (const operation of model.operations) {
    module.part(tagPart(operation));
    module.add(...writer.operation(operation));
  }
  return module.files();
}

/** `src/operations.ts` with nothing but the types of what operations take and return. */
export function emitOperationTypes(model: ApiModel, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/operations.ts");
  const writer = new OperationWriter(module, names, model.schemas);
  module.add(...model.operations.flatMap((operation) => writer.types(operation)));
  return module.files();
}

/** The part of the module that all others use. */
const API = "api";

class OperationWriter {
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;
  private readonly schemas: ApiModel["schemas"];
  private readonly sent: MediaTypeWriter;
  private readonly received: MediaTypeWriter;
  private readonly bodies: RequestBodyWriter;
  private readonly printer: CodePrinter;

  constructor(module: TypeScriptModule, names: PackageNames, schemas: ApiModel["schemas"]) {
    this.module = module;
    this.names = names;
    this.schemas = schemas;
    this.printer = new CodePrinter(module, names);
    this.sent = new MediaTypeWriter(module, names, "request");
    this.received = new MediaTypeWriter(module, names, "response");
    this.bodies = new RequestBodyWriter(module, this.sent, schemas);
  }

  /** What all operations share: the address, and how credentials travel. */
  api(model: ApiModel): StatementStructures {
    return {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: docs("The address of the document's first server, and how credentials travel."),
      declarations: [
        {
          name: API,
          type: this.module.type("ApiRule", "./runtime/send.js"),
          initializer: this.printer.print(apiRule(model)),
        },
      ],
    };
  }

  operation(operation: Operation): StatementStructures[] {
    return [...this.types(operation), this.rule(operation), this.call(operation)];
  }

  /** What it takes, and what it returns. */
  types(operation: Operation): StatementStructures[] {
    const { args, result } = this.names.operations.get(operation)!;
    return [...this.args(operation, args), ...this.headers(operation), this.result(operation, result)];
  }

  private args(operation: Operation, name: string): StatementStructures[] {
    const names = argumentNames(operation);
    const { parameters: shared, function: call } = this.names.operations.get(operation)!;
    const { body } = operation;
    const properties = operation.parameters.map((parameter) =>
      this.argument(parameter, names.get(parameter)!),
    );
    const text = `What {@link ${call}} takes.`;
    const alias = { kind: StructureKind.TypeAlias, isExported: true, name, docs: docs(text) } as const;
    if (body && isOpen(body)) {
      const arms = `\n| ${this.bodies.arms(body).join("\n| ")}`;
      const described =
        body.description === undefined ? alias : { ...alias, docs: docs(`${text}\n\n${body.description}`) };
      if (properties.length === 0) return [{ ...described, type: arms }];
      const parameters = {
        kind: StructureKind.Interface,
        isExported: true,
        name: shared,
        properties,
      } as const;
      return [
        { ...parameters, docs: docs(`The parameters of {@link ${call}}.`) },
        { ...described, type: `${shared} & (${arms})` },
      ];
    }
    const members = [...properties, ...this.bodyArgument(operation)];
    if (members.length === 0) return [{ ...alias, type: "Record<string, never>" }];
    return [{ kind: StructureKind.Interface, isExported: true, name, docs: docs(text), properties: members }];
  }

  private argument(parameter: Parameter, name: string): OptionalKind<PropertySignatureStructure> {
    const { description, deprecated, schema, examples, allowEmptyValue } = parameter;
    const type = typeText(
      asTyped(schema, (id) => this.schemas.get(id)?.schema),
      (target) => this.sent.schemaType(target),
    );
    const override = { ...(description !== undefined && { description }), ...(deprecated && { deprecated }) };
    const sent = allowEmptyValue && type !== "string" && type !== "unknown" ? `${type} | ""` : type;
    return {
      name: propertyName(name),
      hasQuestionToken: !parameter.required,
      type: parameter.required ? sent : orUndefined(sent),
      docs: schemaDocs(
        { ...schema, examples: [...examples.map(({ value }) => value), ...schema.examples] },
        override,
      ),
    };
  }

  private bodyArgument({ body }: Operation): OptionalKind<PropertySignatureStructure>[] {
    const members = body ? this.bodies.members(body) : [];
    return members.map(({ name, isOptional, type }) => {
      return {
        name,
        hasQuestionToken: isOptional,
        type: isOptional ? orUndefined(type) : type,
        docs: docs(name === "body" ? body?.description : "The headers of its parts."),
      };
    });
  }

  private headers(operation: Operation): StatementStructures[] {
    const { headers: names } = this.names.operations.get(operation)!;
    return [...names].map(([{ headers }, name]) =>
      headersInterface(name, headers, (header) =>
        headerType(header, this.schemas, (target) => this.received.schemaType(target)),
      ),
    );
  }

  private result(operation: Operation, name: string): StatementStructures {
    const arms = operation.responses.flatMap((response) => this.arms(response, operation));
    return {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name,
      docs: docs(`What {@link ${this.names.operations.get(operation)!.function}} returns, by status.`),
      type: unionOfArms(arms),
    };
  }

  private arms(response: Response, operation: Operation): string[] {
    const body = this.received.responseType(response.content);
    const { success, failure } = statusType(
      response.status,
      operation.responses.map(({ status }) => status),
    );
    const uses = [...(success?.uses ?? []), ...(failure?.uses ?? [])];
    for (const use of uses) this.module.type(use, "./runtime/status.js");
    const headers = this.names.operations.get(operation)!.headers.get(response);
    const arm = (name: "Success" | "Failure", status: string) => {
      const type = `${this.module.type(name, "./runtime/result.js")}<${status}, ${body}>`;
      if (headers === undefined) return type;
      return `${type} & ${this.module.type("WithHeaders", "./runtime/result.js")}<${headers}>`;
    };
    return [
      ...(success ? [arm("Success", success.text)] : []),
      ...(failure ? [arm("Failure", failure.text)] : []),
    ];
  }

  /** What the runtime must know of the operation. */
  private rule(operation: Operation): StatementStructures {
    const { rule, function: name } = this.names.operations.get(operation)!;
    const initializer = this.printer.print(operationRule(operation, this.schemas));
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

  private call(operation: Operation): StatementStructures {
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

function unionOfArms(arms: readonly string[]): string {
  const [only = "never", another] = arms;
  if (another === undefined) return only;
  return arms.map((arm) => `\n| ${arm.includes(" & ") ? `(${arm})` : arm}`).join("");
}

/** The doc comment of an operation, here and on the client object. */
export function operationDocs(operation: Operation): ReturnType<typeof docs> {
  const { summary, description, deprecated, method, path, place, see = place } = operation;
  const text = [summary, description].filter((part) => part !== undefined && part !== "");
  const request = `\`${method} ${path}\``;
  return docs([...new Set(text), request].join("\n\n"), [
    ...(deprecated ? [tag("deprecated")] : []),
    seeTag(see),
  ]);
}
