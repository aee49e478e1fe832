import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { ApiModel } from "../model/model.js";
import { checkOf } from "./checks.js";
import { CodePrinter } from "./code.js";
import { docs } from "./docs.js";
import type { PackageNames } from "./names.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/validators.ts`: a Standard Schema v1 for every schema of the model. */
export function emitValidators(model: ApiModel, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/validators.ts");
  const printer = new CodePrinter(module, names);
  for (const { id, schema } of model.schemas.values()) {
    const { type: part, requestType: type, validator } = names.schemas.get(id)!;
    module.part(part);
    module.type(type, "./types.js");
    module.value("* as v", "./runtime/schema.js");
    module.add({
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: docs(`Validates a {@link ${type}}.`),
      declarations: [
        {
          name: validator,
          type: `v.Schema<${type}>`,
          initializer: `/* @__PURE__ */ v.schema(() => ${printer.print(checkOf(schema))})`,
        },
      ],
    });
  }
  if (model.schemas.size === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.files();
}
