import { StructureKind, type Structures } from "ts-morph";
import type { ApiModel, NamedSchema } from "../model/model.js";
import { closedBy } from "../model/schema.js";
import { schemaDocs } from "./docs.js";
import type { PackageNames } from "./names.js";
import { objectMembers, typeText, type NameOf } from "./type-text.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/types.ts`: a named, written-out type for every schema of the model. */
export function emitTypes(model: ApiModel, names: PackageNames): EmittedFile {
  const module = new TypeScriptModule("src/types.ts");
  const nameOf: NameOf = (target) => names.schemas.get(target)!.type;
  for (const named of model.schemas.values()) module.add(declaration(named, nameOf(named.id), nameOf));
  if (model.schemas.size === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.file();
}

function declaration({ schema, origin }: NamedSchema, name: string, nameOf: NameOf): Structures {
  const docs = schemaDocs(schema, { see: origin.pointer });
  const closed = schema.kind === "unevaluated" ? closedBy(schema) : schema;
  const members = closed.kind === "object" ? objectMembers(closed, nameOf) : undefined;
  return members && members.properties.length > 0
    ? { kind: StructureKind.Interface, isExported: true, name, docs, ...members }
    : { kind: StructureKind.TypeAlias, isExported: true, name, docs, type: typeText(schema, nameOf) };
}
