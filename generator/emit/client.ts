import {
  StructureKind,
  type OptionalKind,
  type PropertySignatureStructure,
  type StatementStructures,
} from "ts-morph";
import type { ApiModel, Operation, SecurityScheme } from "../model/model.js";
import { needsNoArguments } from "./arguments.js";
import { docs } from "./docs.js";
import { propertyName } from "./literals.js";
import { Scope } from "./identifiers.js";
import type { PackageNames } from "./names.js";
import { operationDocs } from "./operations.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/client.ts`: the operations bound to options that they share. */
export function emitClient(model: ApiModel, names: PackageNames): EmittedFile {
  const module = new TypeScriptModule("src/client.ts");
  const { client, createClient, options, auth } = names.api;
  const clientOptions = module.type("ClientOptions", "./runtime/options.js");
  module.add(
    authType(module, model, auth),
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: options,
      docs: docs(`What {@link ${createClient}} takes.`),
      type: `${clientOptions}<${auth}>`,
    },
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: client,
      docs: docs(`The operations of ${model.info.title}.`),
      properties: model.operations.map((operation) => callable(module, names, operation)),
    },
    factory(module, model, names),
  );
  return module.file();
}

/** Credentials by the name of their scheme. */
function authType(module: TypeScriptModule, model: ApiModel, name: string): StatementStructures {
  const properties = model.securitySchemes
    .filter(({ kind }) => kind !== "unsupported")
    .map((scheme) => credential(module, scheme));
  const text = "Credentials by the name of their security scheme.";
  return properties.length === 0
    ? {
        kind: StructureKind.TypeAlias,
        isExported: true,
        name,
        docs: docs(text),
        type: "Record<string, never>",
      }
    : { kind: StructureKind.Interface, isExported: true, name, docs: docs(text), properties };
}

function credential(
  module: TypeScriptModule,
  scheme: SecurityScheme,
): OptionalKind<PropertySignatureStructure> {
  const type = module.type("Credential", "./runtime/options.js");
  const argument =
    scheme.kind === "basic" ? `<${module.type("BasicCredential", "./runtime/options.js")}>` : "";
  return {
    name: propertyName(scheme.name),
    isReadonly: true,
    hasQuestionToken: true,
    type: `${type}${argument} | undefined`,
    docs: docs(scheme.description),
  };
}

/** A property and no method: it does without its client, and takes no function that asks for more. */
function callable(
  module: TypeScriptModule,
  names: PackageNames,
  operation: Operation,
): OptionalKind<PropertySignatureStructure> {
  const { function: name, args, result } = names.operations.get(operation)!;
  const mark = needsNoArguments(operation) ? "?" : "";
  const options = module.type("RequestOptions", "./runtime/options.js");
  return {
    name,
    isReadonly: true,
    docs: operationDocs(operation),
    type: `(args${mark}: ${module.type(args, "./operations.js")}, options?: ${options}) => Promise<${module.type(result, "./operations.js")}>`,
  };
}

function factory(module: TypeScriptModule, model: ApiModel, names: PackageNames): StatementStructures {
  const { client, createClient, options } = names.api;
  // An operation may have the name of a parameter, which would hide it.
  const local = new Scope(model.operations.map((operation) => names.operations.get(operation)!.function));
  const [shared, args, own] = [local.claim("clientOptions"), local.claim("args"), local.claim("options")];
  const methods = model.operations.map((operation) => {
    const name = module.value(names.operations.get(operation)!.function, "./operations.js");
    const merge = module.value("mergeOptions", "./runtime/options.js");
    return `${name}: (${args}, ${own}) => ${name}(${args}, ${merge}(${shared}, ${own})),`;
  });
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: createClient,
    docs: docs(`A client of ${model.info.title}. Options of a call win over those given here.`),
    parameters: [{ name: shared, type: options, initializer: "{}" }],
    returnType: client,
    statements: [`return {\n${methods.join("\n")}\n};`],
  };
}
