import { StructureKind, type Structures } from "ts-morph";
import type { ApiModel, NamedSchema } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { schemaDocs } from "./docs.js";
import type { PackageNames } from "./names.js";
import { objectMembers, typeText, type NameOf } from "./type-text.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/types.ts`: a named, written-out type for every schema of the model. */
export function emitTypes(model: ApiModel, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/types.ts");
  const typeOf = (id: SchemaId) => names.schemas.get(id)!.type;
  const nameOf: NameOf = (target) => module.own(typeOf(target), typeOf(target), "type");
  for (const named of model.schemas.values()) {
    module.part(typeOf(named.id));
    module.add(declaration(named, typeOf(named.id), nameOf));
  }
  if (model.schemas.size === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.files();
}

function declaration({ schema, origin }: NamedSchema, name: string, nameOf: NameOf): Structures {
  const docs = schemaDocs(schema, { see: origin.pointer });
  const members = schema.kind === "object" ? objectMembers(schema, nameOf) : undefined;
  return members && members.properties.length > 0
    ? { kind: StructureKind.Interface, isExported: true, name, docs, ...members }
    : { kind: StructureKind.TypeAlias, isExported: true, name, docs, type: typeText(schema, nameOf) };
}
