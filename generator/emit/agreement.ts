import { StructureKind, type TypeAliasDeclarationStructure } from "ts-morph";
import type { ApiModel } from "../model/model.js";
import { tokensOf } from "../source/pointer.js";
import { docs } from "./docs.js";
import { stringLiteral } from "./literals.js";
import type { PackageNames } from "./names.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/**
 * `test/types-agree.ts`: a type test that compiles only while the named types and those of openapi-typescript take and give
 * the same values. Two generators that share no code agree, or a reader learns where.
 */
export function emitAgreement(model: ApiModel, names: PackageNames): EmittedFile {
  const module = new TypeScriptModule("test/types-agree.ts");
  module.add(AGREE, EXPECT);
  for (const { id, origin } of model.schemas.values()) {
    const [, section, component, ...deeper] = tokensOf(origin.pointer);
    if (section !== "schemas" || component === undefined || deeper.length > 0) continue;
    const type = module.type(names.schemas.get(id)!.type, "../src/types.js");
    const theirs = `${module.type("components", "../src/openapi.js")}["schemas"][${stringLiteral(component)}]`;
    module.add({
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: `${type}Agrees`,
      type: `Expect<Agree<${type}, ${theirs}>>`,
    });
  }
  return module.file();
}

const AGREE: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  name: "Agree",
  typeParameters: ["A", "B"],
  docs: docs("True where each type is assignable to the other. Brackets keep unions whole."),
  type: "[A] extends [B] ? ([B] extends [A] ? true : false) : false",
};

const EXPECT: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  name: "Expect",
  typeParameters: ["T extends true"],
  docs: docs("Compiles for true alone."),
  type: "T",
};
