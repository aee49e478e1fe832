import { isObject, objectOf, type JsonValue } from "../source/json.js";
import { leadingTo, partsOf, usesOf, type Direction } from "./graph.js";
import type { ApiModel, MediaType, NamedSchema, Operation, PropertyNames, SchemaView } from "./model.js";
import { sortedBy } from "./order.js";
import { mapChildren } from "./map-schema.js";
import type { ObjectSchema, RefSchema, Schema, SchemaId } from "./schema.js";

/**
 * `readOnly` and `writeOnly` (JSON Schema Validation 2020-12, section 9.4): what only the server writes has no place in a request,
 * and what only the client writes none in a response, be it required or not (OpenAPI 3.0.4, Schema Object).
 */
const LEFT_OUT = { request: "readOnly", response: "writeOnly" } as const;

const MARKS = { request: "read-only", response: "write-only" } as const;

/**
 * The model with a schema for each direction where the two differ: of one that is used in both, the response's keeps the name and the
 * request's is a copy. Schemas in which nothing is `readOnly` or `writeOnly` stay as they are.
 */
export function splitByDirection(model: ApiModel): ApiModel {
  const { schemas } = model;
  const marked = [...schemas.values()].filter(({ schema }) => holdsMark(schema, schemas)).map(({ id }) => id);
  if (marked.length === 0) return model;
  const splitter = new Splitter(model, leadingTo(marked, schemas));
  return {
    ...model,
    operations: model.operations.map((operation) => splitter.operation(operation)),
    schemas: new Map(sortedBy(splitter.schemas(), ({ id }) => id).map((named) => [named.id, named] as const)),
  };
}

type Schemas = ApiModel["schemas"];

function holdsMark(schema: Schema, schemas: Schemas): boolean {
  return partsOf(schema).some(
    (part) =>
      part.kind === "object" &&
      part.properties.some(
        (property) =>
          hasMark(property.schema, "readOnly", schemas) || hasMark(property.schema, "writeOnly", schemas),
      ),
  );
}

/** True where the schema, what it refers to, or a member of its `allOf` carries the mark. */
function hasMark(
  schema: Schema,
  mark: "readOnly" | "writeOnly",
  schemas: Schemas,
  seen: readonly SchemaId[] = [],
): boolean {
  if (schema[mark]) return true;
  if (schema.kind === "intersection")
    return schema.members.some((member) => hasMark(member, mark, schemas, seen));
  if (schema.kind !== "ref" || seen.includes(schema.target)) return false;
  const target = schemas.get(schema.target);
  return target !== undefined && hasMark(target.schema, mark, schemas, [...seen, schema.target]);
}

class Splitter {
  private readonly model: ApiModel;
  /** The schemas that the directions may see differently. */
  private readonly differing: ReadonlySet<SchemaId>;
  private readonly uses: Readonly<Record<Direction, ReadonlySet<SchemaId>>>;

  constructor(model: ApiModel, differing: ReadonlySet<SchemaId>) {
    this.model = model;
    this.differing = differing;
    this.uses = usesOf(model);
  }

  schemas(): NamedSchema[] {
    return [...this.model.schemas.values()].flatMap((named) => {
      if (!this.differing.has(named.id)) return [named];
      const directions = (["response", "request"] as const).filter((each) => this.uses[each].has(named.id));
      return directions.length === 0 ? [named] : directions.map((direction) => this.view(named, direction));
    });
  }

  operation(operation: Operation): Operation {
    const { parameters, body, responses } = operation;
    return {
      ...operation,
      parameters: parameters.map((parameter) => this.inDirection("request", parameter)),
      ...(body && { body: { ...body, content: body.content.map((media) => this.media("request", media)) } }),
      responses: responses.map((response) => ({
        ...response,
        content: response.content.map((media) => this.media("response", media)),
        headers: response.headers.map((header) => this.inDirection("response", header)),
      })),
    };
  }

  private inDirection<T extends { readonly schema: Schema }>(direction: Direction, owner: T): T {
    const view = new View(direction, this.model.schemas, (id) => this.idIn(direction, id));
    return { ...owner, schema: view.of(owner.schema) };
  }

  private media(direction: Direction, media: MediaType): MediaType {
    const named = <T extends { readonly schema?: SchemaId }>(owner: T): T =>
      owner.schema === undefined ? owner : { ...owner, schema: this.idIn(direction, owner.schema) };
    const events = media.events?.map((event) => ({
      ...named(event),
      ...(event.data && { data: named(event.data) }),
    }));
    return { ...named(media), ...(events && { events }) };
  }

  private view(named: NamedSchema, direction: Direction): NamedSchema {
    const view = new View(direction, this.model.schemas, (id) => this.idIn(direction, id));
    const id = this.idIn(direction, named.id);
    const schema = view.of(named.schema);
    const words = id === named.id ? named.words : [...named.words, direction];
    return { ...named, id, words, schema, view: view.asSeen() };
  }

  private idIn(direction: Direction, id: SchemaId): SchemaId {
    const isSplit = this.differing.has(id) && this.uses.request.has(id) && this.uses.response.has(id);
    return isSplit && direction === "request" ? `${id} ${direction}` : id;
  }
}

/** Schemas as one direction sees them. */
class View {
  /** The properties that were left out although they are required, by the object that requires them. */
  private readonly notRequired: PropertyNames[] = [];
  private readonly readWithout: PropertyNames[] = [];
  private readonly direction: Direction;
  private readonly schemas: Schemas;
  private readonly idOf: (id: SchemaId) => SchemaId;

  constructor(direction: Direction, schemas: Schemas, idOf: (id: SchemaId) => SchemaId) {
    this.direction = direction;
    this.schemas = schemas;
    this.idOf = idOf;
  }

  asSeen(): SchemaView {
    const { direction, notRequired, readWithout } = this;
    return { direction, notRequired, readWithout };
  }

  /** @param leftOut what the `allOf` around the schema leaves out. */
  of(schema: Schema, leftOut: ReadonlySet<string> = new Set()): Schema {
    if (schema.kind === "ref") return this.reference(schema, leftOut);
    if (schema.kind === "object") return this.object(schema, new Set([...leftOut, ...this.marked(schema)]));
    if (schema.kind === "intersection") {
      const names = new Set([...leftOut, ...this.marked(schema)]);
      return { ...schema, members: schema.members.map((member) => this.of(member, names)) };
    }
    const mapped = mapChildren(schema, (child) => this.of(child));
    if (mapped.kind !== "union" || !mapped.discriminator) return mapped;
    const { fallback, ...discriminator } = mapped.discriminator;
    const mapping = discriminator.mapping.map((each) => ({ ...each, target: this.idOf(each.target) }));
    return {
      ...mapped,
      ...(mapped.base !== undefined && { base: this.idOf(mapped.base) }),
      discriminator: {
        ...discriminator,
        mapping,
        ...(fallback !== undefined && { fallback: this.idOf(fallback) }),
      },
    };
  }

  /**
   * A reference; where the target speaks of what is left out around it and has no mark of its own for it, the target without that. Where
   * several occurrences of a keyword apply to one value, one that says `true` counts (JSON Schema Validation 2020-12, section 9.4).
   */
  private reference(schema: Schema & RefSchema, leftOut: ReadonlySet<string>): Schema {
    const own = new Set(this.marked(schema));
    const names = [...leftOut].filter((name) => !own.has(name) && mentions(schema, name, this.schemas));
    const target = this.schemas.get(schema.target);
    if (names.length === 0 || !target) return { ...schema, target: this.idOf(schema.target) };
    this.readWithout.push({ origin: schema.origin, names });
    // What the target itself requires elsewhere is its own view's.
    const { discriminator: _, ...seen } = new View(this.direction, this.schemas, this.idOf).of(
      target.schema,
      leftOut,
    );
    return seen;
  }

  private object(schema: Schema & ObjectSchema, leftOut: ReadonlySet<string>): Schema {
    const kept = schema.properties.filter(({ name }) => !leftOut.has(name));
    const names = schema.properties.flatMap(({ name, required }) =>
      required && leftOut.has(name) ? [name] : [],
    );
    if (names.length > 0) this.notRequired.push({ origin: schema.origin, names });
    const own = {
      ...schema,
      properties: kept,
      ...(kept.length < schema.properties.length && {
        leftOut: schema.properties
          .filter(({ name }) => leftOut.has(name))
          .map(({ name, schema: { origin } }) => ({ name, mark: MARKS[this.direction], origin })),
      }),
      examples: schema.examples.map((value) => without(value, leftOut)),
      ...(schema.default !== undefined && { default: without(schema.default, leftOut) }),
    };
    return mapChildren(own, (child) => this.of(child));
  }

  /** The names of the properties that are marked, in the schema or in what its `allOf` holds. */
  private marked(schema: Schema, seen: readonly SchemaId[] = []): string[] {
    switch (schema.kind) {
      case "object":
        return schema.properties
          .filter((property) => hasMark(property.schema, LEFT_OUT[this.direction], this.schemas))
          .map(({ name }) => name);
      case "intersection":
        return schema.members.flatMap((member) => this.marked(member, seen));
      case "ref": {
        const target = seen.includes(schema.target) ? undefined : this.schemas.get(schema.target);
        return target ? this.marked(target.schema, [...seen, schema.target]) : [];
      }
      default:
        return [];
    }
  }
}

/** True where the schema, what it refers to, or a member of its `allOf` has the property. */
function mentions(schema: Schema, name: string, schemas: Schemas, seen: readonly SchemaId[] = []): boolean {
  switch (schema.kind) {
    case "object":
      return schema.properties.some((property) => property.name === name);
    case "intersection":
      return schema.members.some((member) => mentions(member, name, schemas, seen));
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemas.get(schema.target);
      return target !== undefined && mentions(target.schema, name, schemas, [...seen, schema.target]);
    }
    default:
      return false;
  }
}

function without(value: JsonValue, names: ReadonlySet<string>): JsonValue {
  return isObject(value) ? objectOf(Object.entries(value).filter(([name]) => !names.has(name))) : value;
}
