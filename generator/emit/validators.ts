import { StructureKind, VariableDeclarationKind, type StatementStructures } from "ts-morph";
import type { ApiModel, NamedSchema, Operation } from "../model/model.js";
import { isSequence } from "../model/media-kind.js";
import { checkOf } from "./checks.js";
import { CodePrinter } from "./code.js";
import { bodyCheck, contractRules } from "./contract.js";
import { docs } from "./docs.js";
import { objectKey, propertyName } from "./literals.js";
import { MediaTypeWriter, responseKind } from "./media-types.js";
import { tagPart, type PackageNames } from "./names.js";
import { TypeScriptModule, type Cuts, type EmittedFile } from "./typescript-module.js";

/** `src/validators.ts`: a Standard Schema v1 for every schema of the model, and for what each operation takes and gives. */
export function emitValidators(model: ApiModel, names: PackageNames, cuts: Cuts): EmittedFile[] {
  const module = new TypeScriptModule("src/validators.ts", cuts);
  const writer = new ValidatorWriter(module, names, model.schemas);
  for (const named of model.schemas.values()) {
    module.part(names.schemas.get(named.id)!.type);
    module.add(writer.schema(named));
  }
  for (const operation of model.operations) {
    module.part(tagPart(operation));
    module.add(writer.operation(operation));
  }
  module.part("validators");
  module.add(writer.all(model.operations));
  return module.files();
}

class ValidatorWriter {
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;
  private readonly schemas: ApiModel["schemas"];
  private readonly printer: CodePrinter;
  private readonly types: MediaTypeWriter;

  constructor(module: TypeScriptModule, names: PackageNames, schemas: ApiModel["schemas"]) {
    this.module = module;
    this.names = names;
    this.schemas = schemas;
    this.printer = new CodePrinter(module, names);
    // What is proved and validated are the values that the document lists: the types of requests.
    this.types = new MediaTypeWriter(module, names, "request");
  }

  schema({ id, schema }: NamedSchema): StatementStructures {
    const { requestType, validator: name } = this.names.schemas.get(id)!;
    const type = `v.Schema<${this.module.type(requestType, "./types.js")}>`;
    this.module.value("* as v", "./runtime/schema.js");
    const initializer = `/* @__PURE__ */ v.schema(() => ${this.printer.print(checkOf(schema))})`;
    return constant({ name, text: `Validates a {@link ${requestType}}.`, type, initializer });
  }

  operation(operation: Operation): StatementStructures {
    const { validators: name, args, function: call } = this.names.operations.get(operation)!;
    const make = this.module.value("operationValidators", "./runtime/contract.js");
    const made = this.module.type("OperationValidators", "./runtime/contract.js");
    const type = `${made}<${this.module.type(args, "./operations.js")}, ${this.bodies(operation)}>`;
    const rules = this.printer.print(contractRules(operation, this.schemas));
    const initializer = `/* @__PURE__ */ ${make}(() => (${rules}))`;
    return constant({ name, text: `Validates what \`${call}\` takes and gives.`, type, initializer });
  }

  /** The types of the bodies by status, as far as they can be validated. */
  private bodies({ responses }: Operation): string {
    const members = responses.flatMap(({ status, content }) => {
      const types = content
        .filter((media) => bodyCheck(media, responseKind(media), this.schemas))
        .map((media) => {
          const kind = responseKind(media);
          if (isSequence(kind)) return this.types.itemType(media);
          return kind === "text" ? "string" : this.types.schemaType(media.schema!);
        });
      return types.length === 0 ? [] : [`${propertyName(status)}: ${[...new Set(types)].join(" | ")}`];
    });
    return members.length === 0 ? "Record<never, never>" : `{ ${members.join("; ")} }`;
  }

  /** All of them, by the operation's id. */
  all(operations: readonly Operation[]): StatementStructures {
    const members = operations.map((operation) => {
      const name = this.module.own(
        this.names.operations.get(operation)!.validators,
        tagPart(operation),
        "value",
      );
      return `${objectKey(operation.id)}: ${name},`;
    });
    return constant({
      name: "validators",
      text: "Validates the calls of a client that is given it, and their responses.",
      type: this.module.type("Validators", "./runtime/options.js"),
      initializer: members.length === 0 ? "{}" : `{\n${members.join("\n")}\n}`,
    });
  }
}

function constant(parts: {
  name: string;
  text: string;
  type: string;
  initializer: string;
}): StatementStructures {
  const { name, text, type, initializer } = parts;
  return {
    kind: StructureKind.VariableStatement,
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    docs: docs(text),
    declarations: [{ name, type, initializer }],
  };
}
