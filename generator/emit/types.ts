import { StructureKind, type StatementStructures } from "ts-morph";
import type { ApiModel, NamedSchema } from "../model/model.js";
import { closedBy, type SchemaId } from "../model/schema.js";
import { asTyped } from "../model/typed.js";
import { schemaDocs } from "./docs.js";
import type { PackageNames } from "./names.js";
import type { OpenEnums } from "./open-enums.js";
import { objectMembers, typeText, type NameOf } from "./type-text.js";
import { Cuts, TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/types.ts`: a named, written-out type for every schema of the model. */
export function emitTypes(
  model: ApiModel,
  names: PackageNames,
  openEnums: OpenEnums,
  cuts = new Cuts(),
): EmittedFile[] {
  const module = new TypeScriptModule("src/types.ts", cuts);
  const nameOf = (role: "type" | "requestType", target: SchemaId) => {
    const known = names.schemas.get(target)!;
    return module.own(known[role], known.type, "type");
  };
  const inResponse: NameOf = (target) => nameOf("type", target);
  const inRequest: NameOf = (target) => nameOf("requestType", target);
  const closed = (id: SchemaId) => model.schemas.get(id)?.schema;
  const opened = (id: SchemaId) => {
    const schema = closed(id);
    return schema && openEnums.opened(schema);
  };
  const parents = parentsOf(model);
  const add = (named: NamedSchema, schemaOf: typeof closed, name: NameOf) => {
    const schema = asTyped(schemaOf(named.id)!, schemaOf);
    const parent = parents.get(named.id);
    const description = parent === undefined ? undefined : `What each {@link ${name(parent)}} has.`;
    module.add(declaration({ ...named, schema }, name(named.id), name, description));
  };
  for (const named of model.schemas.values()) {
    const { id } = named;
    module.part(names.schemas.get(id)!.type);
    if (openEnums.isOpen(id)) add(named, opened, inResponse);
    if (!openEnums.isOpen(id) || openEnums.isSplit(id)) add(named, closed, inRequest);
  }
  if (model.schemas.size === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.files();
}

/** The parents whose bases schemas are. */
function parentsOf({ schemas }: ApiModel): ReadonlyMap<SchemaId, SchemaId> {
  return new Map(
    [...schemas.values()].flatMap(({ id, schema }) =>
      schema.kind === "union" && schema.base !== undefined ? [[schema.base, id] as const] : [],
    ),
  );
}

function declaration(
  { schema, place, see = place }: NamedSchema,
  name: string,
  nameOf: NameOf,
  description: string | undefined,
): StatementStructures {
  const docs = schemaDocs(schema, { see, ...(description !== undefined && { description }) });
  const closed = schema.kind === "unevaluated" ? closedBy(schema) : schema;
  const members = closed.kind === "object" ? objectMembers(closed, nameOf) : undefined;
  return members && members.properties.length > 0
    ? { kind: StructureKind.Interface, isExported: true, name, docs, ...members }
    : { kind: StructureKind.TypeAlias, isExported: true, name, docs, type: typeText(schema, nameOf) };
}
