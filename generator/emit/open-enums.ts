import { leadingTo, partsOf, usesOf } from "../model/graph.js";
import type { ApiModel } from "../model/model.js";
import { mapChildren } from "../model/map-schema.js";
import type { ObjectSchema, Schema, SchemaId } from "../model/schema.js";

type Schemas = ApiModel["schemas"];

/**
 * Enums are closed in requests, where only the listed values are taken, and open in responses, where a server that is newer than the
 * client may send others: `"free" | "paid" | (string & {})`, which keeps the completion of the listed ones. What is proved and
 * validated are the listed values.
 */
export class OpenEnums {
  private readonly schemas: Schemas;
  private readonly tags: ReadonlySet<Schema>;
  private readonly uses: ReturnType<typeof usesOf>;
  /** The schemas that hold an enum to open. */
  private readonly holders: ReadonlySet<SchemaId>;

  /** @param enabled false closes every enum. */
  constructor(model: ApiModel, enabled: boolean) {
    this.schemas = model.schemas;
    this.tags = tagsOf(model.schemas);
    this.uses = usesOf(model);
    const holders = [...model.schemas.values()].filter(
      ({ schema }) =>
        enabled && !isStringEnum(schema) && partsOf(schema).some((part) => this.isOpenable(part)),
    );
    this.holders = leadingTo(
      holders.map(({ id }) => id),
      model.schemas,
    );
  }

  /** True where responses hold the schema, and an enum in it is open there. An enum with a name stays what its name says. */
  isOpen(id: SchemaId): boolean {
    return this.holders.has(id) && this.uses.response.has(id);
  }

  /** True where requests take a schema that is open in responses: it has a type for each direction. */
  isSplit(id: SchemaId): boolean {
    return this.isOpen(id) && this.uses.request.has(id);
  }

  /**
   * True where a name in the type of the schema stands for an open enum: also in a schema that neither requests nor responses hold,
   * which names the types of those that do.
   */
  showsOpen(id: SchemaId): boolean {
    return this.isOpen(id) ? !this.isSplit(id) : this.holders.has(id) && !this.uses.request.has(id);
  }

  /** The schema with its enums open. */
  opened(schema: Schema): Schema {
    if ((schema.kind === "literals" || schema.kind === "ref") && this.isOpenable(schema))
      return { ...schema, isOpen: true };
    return mapChildren(schema, (child) => this.opened(child));
  }

  private isOpenable(schema: Schema): boolean {
    return !this.tags.has(schema) && enumAt(schema, this.schemas) !== undefined;
  }
}

/** The enum that a schema is or refers to. */
function enumAt(schema: Schema, schemas: Schemas): Schema | undefined {
  const target = schema.kind === "ref" ? schemas.get(schema.target)?.schema : schema;
  return target && isStringEnum(target) ? target : undefined;
}

/** An enum of one value is a constant; null beside strings is no value that others could join. */
function isStringEnum(schema: Schema): boolean {
  if (schema.kind !== "literals") return false;
  const { keyword, values } = schema;
  const strings = values.filter((value) => typeof value === "string");
  return (
    keyword === "enum" &&
    strings.length > 1 &&
    values.every((value) => typeof value === "string" || value === null)
  );
}

/** The enums that tell the members of a union apart: opened, they would no longer. */
function tagsOf(schemas: Schemas): ReadonlySet<Schema> {
  const unions = [...schemas.values()]
    .flatMap(({ schema }) => partsOf(schema))
    .filter(({ kind }) => kind === "union");
  return new Set(
    unions.flatMap((union) => (union.kind === "union" ? sharedEnums(union.members, schemas) : [])),
  );
}

function sharedEnums(members: readonly Schema[], schemas: Schemas): Schema[] {
  const objects = members.map((member) => objectsOf(member, schemas)).filter((each) => each.length > 0);
  if (objects.length < 2) return [];
  const enums = objects.map((each) => enumsByName(each, schemas));
  const names = [...enums[0]!.keys()].filter((name) => enums.every((each) => each.has(name)));
  return names.flatMap((name) => enums.map((each) => each.get(name)!));
}

/** The properties that are constants or enums. */
function enumsByName(objects: readonly ObjectSchema[], schemas: Schemas): ReadonlyMap<string, Schema> {
  const properties = objects.flatMap((object) => object.properties);
  const isEnum = (schema: Schema) => schema.kind === "literals" || enumAt(schema, schemas) !== undefined;
  return new Map(properties.flatMap(({ name, schema }) => (isEnum(schema) ? [[name, schema] as const] : [])));
}

/** The objects that a member of a union is made of. */
function objectsOf(schema: Schema, schemas: Schemas, seen: readonly SchemaId[] = []): ObjectSchema[] {
  switch (schema.kind) {
    case "object":
      return [schema];
    case "intersection":
      return schema.members.flatMap((member) => objectsOf(member, schemas, seen));
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemas.get(schema.target);
      return target ? objectsOf(target.schema, schemas, [...seen, schema.target]) : [];
    }
    default:
      return [];
  }
}
