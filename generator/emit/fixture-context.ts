import type { ApiFixtures, FixtureId } from "../fixtures/fixture.js";
import type { ApiModel } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { fixtureKeys } from "./fixture-keys.js";
import { stringLiteral } from "./literals.js";
import type { PackageNames } from "./names.js";
import type { TypeScriptModule } from "./typescript-module.js";

/** What all that is written into the module of fixtures is made of. */
export class FixtureContext {
  readonly module: TypeScriptModule;
  readonly fixtures: ApiFixtures;
  readonly names: PackageNames;
  readonly schemas: ApiModel["schemas"];
  private readonly keys: ReadonlyMap<SchemaId, ReadonlyMap<FixtureId, string>>;

  constructor(
    module: TypeScriptModule,
    { schemas }: ApiModel,
    { fixtures, names }: { fixtures: ApiFixtures; names: PackageNames },
  ) {
    this.module = module;
    this.fixtures = fixtures;
    this.names = names;
    this.schemas = schemas;
    this.keys = new Map([...fixtures.schemas].map(([id, set]) => [id, fixtureKeys(set)]));
  }

  /** The keys of a schema's fixtures, by their ids. */
  keysOf(schema: SchemaId): ReadonlyMap<FixtureId, string> {
    return this.keys.get(schema)!;
  }

  /** The type of values of one type by their names. */
  record(names: readonly string[], type: string): string {
    const listed = names.map(stringLiteral).join(" | ") || "never";
    return `${this.module.type("Fixtures", "./runtime/fixtures.js")}<${listed}, ${type}>`;
  }

  /** The type of such values, of which `full` has properties that its type calls optional or nullable. */
  recordWithFull(names: readonly string[], type: string, given: readonly string[]): string {
    if (given.length === 0) return this.record(names, type);
    const present = `${this.module.type("Given", "./runtime/fixtures.js")}<${type}, ${given.map(stringLiteral).join(" | ")}>`;
    const others = names.filter((name) => name !== "full");
    return `{ readonly full: ${present} } & ${this.record(others, type)}`;
  }

  /** The fixtures of a schema, from wherever they are. */
  fixturesOf(schema: SchemaId): string {
    const { fixtures, type } = this.names.schemas.get(schema)!;
    return this.module.own(fixtures, type, "value");
  }
}
