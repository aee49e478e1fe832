import { StructureKind, VariableDeclarationKind, type StatementStructures } from "ts-morph";
import type {
  ApiFixtures,
  Expression,
  Fixture,
  FixtureId,
  FixtureSet,
  PairSet,
} from "../fixtures/fixture.js";
import { FULL } from "../fixtures/fixture.js";
import { dependencyOrder } from "../fixtures/order.js";
import type { ApiModel, NamedSchema } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { docs } from "./docs.js";
import { FixtureContext } from "./fixture-context.js";
import { block, constant, multiline } from "./fixture-text.js";
import { givenProperties } from "./given.js";
import { memberAccess, objectKey, propertyName, stringLiteral } from "./literals.js";
import type { PackageNames } from "./names.js";
import { OperationFixtureWriter } from "./operation-fixtures.js";
import { TypeScriptModule, type Cuts, type EmittedFile } from "./typescript-module.js";

/** `src/fixtures.ts`: proved values of every schema, factories, and what each operation takes and answers. */
export function emitFixtures(
  model: ApiModel,
  fixtures: ApiFixtures,
  names: PackageNames,
  cuts: Cuts,
): EmittedFile[] {
  const module = new TypeScriptModule("src/fixtures.ts", cuts);
  const context = new FixtureContext(module, model, { fixtures, names });
  const schemaWriter = new SchemaFixtureWriter(context);
  const operationWriter = new OperationFixtureWriter(context);
  const schemas = dependencyOrder(model.schemas).flat();
  for (const named of schemas) module.add(...schemaWriter.write(named));
  for (const operation of model.operations) module.add(...operationWriter.write(operation));
  const isEmpty = schemas.every(({ id }) => fixtures.schemas.get(id)!.valid.length === 0);
  if (isEmpty && model.operations.length === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.files();
}

/** Writes what a schema has. */
class SchemaFixtureWriter {
  private readonly context: FixtureContext;
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;

  constructor(context: FixtureContext) {
    this.context = context;
    this.module = context.module;
    this.names = context.names;
  }

  /** The constants of one schema: its `full` value, its fixtures, its factory, its invalid values. */
  write(named: NamedSchema): StatementStructures[] {
    const set = this.context.fixtures.schemas.get(named.id)!;
    const { requestType: type, fixtures, invalidFixtures } = this.names.schemas.get(named.id)!;
    const full = set.valid.find(({ id }) => id === FULL);
    if (set.valid.length === 0) return [];
    this.module.part(this.names.schemas.get(named.id)!.type);
    this.module.type(type, "./types.js");
    return [
      ...(full ? [this.fullValue(named, full)] : []),
      constant({
        name: fixtures,
        text: `A {@link ${type}} for each choice that its schema leaves. Everything else is as in \`full\`.`,
        type: this.validType(named, full),
        value: this.validRecord(named.id, set),
      }),
      ...(full ? [this.factory(named.id)] : []),
      ...(set.pairs && set.pairs.proved > 0 ? [this.pairs(named.id, set.pairs)] : []),
      ...(set.invalid.length > 0
        ? [
            constant({
              name: invalidFixtures,
              text: `Values that are no {@link ${type}}: each breaks one constraint, at one JSON Pointer.`,
              type: this.context.record(
                set.invalid.map(({ id }) => id),
                "unknown",
              ),
              value: this.invalidRecord(named.id, set),
            }),
          ]
        : []),
    ];
  }

  /** The type of each fixture is the schema's; `full` has what it has. */
  private validType({ id, schema }: NamedSchema, full: Fixture | undefined): string {
    const { requestType: type } = this.names.schemas.get(id)!;
    const { schemas } = this.context;
    const given = full?.isTyped ? givenProperties(schema, full.expression, schemas) : [];
    return this.context.recordWithFull([...this.context.keysOf(id).values()], type, given);
  }

  private fullName(schema: SchemaId): string {
    return `${this.names.schemas.get(schema)!.fixtures}Full`;
  }

  private fullValue({ id }: NamedSchema, full: Fixture): StatementStructures {
    const { requestType: type } = this.names.schemas.get(id)!;
    const check = full.isTyped ? `satisfies ${type}` : `as unknown as ${type}`;
    const initializer = `${this.expression(full.expression, id)} ${check}`;
    return {
      kind: StructureKind.VariableStatement,
      declarationKind: VariableDeclarationKind.Const,
      declarations: [{ name: this.fullName(id), initializer }],
    };
  }

  private validRecord(schema: SchemaId, set: FixtureSet): string {
    const { requestType } = this.names.schemas.get(schema)!;
    const members = set.valid.map(({ id, expression, isTyped }) => {
      const written = id === FULL ? this.fullName(schema) : this.expression(expression, schema);
      const value = isTyped || id === FULL ? written : `${written} as unknown as ${requestType}`;
      return `${propertyName(this.context.keysOf(schema).get(id)!)}: ${value},`;
    });
    return `{\n${members.join("\n")}\n}`;
  }

  private invalidRecord(schema: SchemaId, set: FixtureSet): string {
    const members = set.invalid.map(
      ({ id, expression }) => `${stringLiteral(id)}: ${this.expression(expression, schema)},`,
    );
    return `{\n${members.join("\n")}\n}`;
  }

  private factory(id: SchemaId): StatementStructures {
    const { requestType: type, factory, fixtures, validator } = this.names.schemas.get(id)!;
    const overrides = this.module.type("Overrides", "./runtime/fixtures.js");
    const options = this.module.type("BuildOptions", "./runtime/fixtures.js");
    const make = this.module.value("make", "./runtime/fixtures.js");
    const schema = this.module.value(validator, "./validators.js");
    return {
      kind: StructureKind.Function,
      isExported: true,
      name: factory,
      docs: docs(
        `A fresh {@link ${type}}: \`full\` with the overrides in it, or the first fixture that has their properties and takes them. A \`seed\` takes another fixture; \`validate\` throws where the overrides make it invalid.`,
      ),
      parameters: [
        { name: "overrides", hasQuestionToken: true, type: `${overrides}<${type}>` },
        { name: "options", hasQuestionToken: true, type: options },
      ],
      returnType: type,
      statements: [
        `return ${make}<${type}>({ name: ${stringLiteral(type)}, fixtures: ${fixtures}, schema: ${schema} }, overrides, options);`,
      ],
    };
  }

  /** What goes together is made when it is asked for: written out, it would be the square of the fixtures. */
  private pairs(id: SchemaId, { of, refused }: PairSet): StatementStructures {
    const { requestType: type, pairs, fixtures } = this.names.schemas.get(id)!;
    const keys = this.context.keysOf(id);
    const names = `keyof typeof ${fixtures}`;
    const literal = (each: FixtureId) => stringLiteral(keys.get(each)!);
    const rules = [
      ...(of === "all" ? [] : [`of: ${block("[", of.map(literal), "]")}`]),
      ...(refused.length === 0
        ? []
        : [
            `without: ${block(
              "[",
              refused.map((both) => `[${both.map(literal).join(", ")}]`),
              "]",
            )}`,
          ]),
    ];
    const parameters = rules.length === 0 ? fixtures : `${fixtures}, ${block("{", rules, "}")}`;
    return {
      kind: StructureKind.Function,
      isExported: true,
      name: pairs,
      docs: docs(
        `A {@link ${type}} for every two choices at once that go together, each proved; made anew when it is called.`,
      ),
      returnType: `${this.module.type("Pair", "./runtime/pairs.js")}<${names}, ${type}>[]`,
      statements: [`return ${this.module.value("pairsOf", "./runtime/pairs.js")}(${parameters});`],
    };
  }

  private expression(expression: Expression, owner: SchemaId): string {
    switch (expression.kind) {
      case "json":
        return multiline(expression.value);
      case "object":
        return block(
          "{",
          expression.members.map(([name, value]) => `${objectKey(name)}: ${this.expression(value, owner)}`),
          "}",
        );
      case "array":
        return block(
          "[",
          expression.items.map((item) => this.expression(item, owner)),
          "]",
        );
      case "use":
        return this.use(expression);
      case "extend": {
        const members = expression.members.map(([name, value]) => `${objectKey(name)}: ${multiline(value)}`);
        const base = this.use(expression.base);
        const spread = expression.base.set === "valid" ? base : `(${base} as object)`;
        return block("{", [`...${spread}`, ...members], "}");
      }
      case "with":
        return this.spread(expression.path, this.fullName(owner), this.expression(expression.value, owner));
      case "without":
        return this.without(expression.path, this.fullName(owner));
    }
  }

  private use({ schema, set, id }: Expression & { kind: "use" }): string {
    const { type, invalidFixtures } = this.names.schemas.get(schema)!;
    return set === "valid"
      ? `${this.context.fixturesOf(schema)}.${this.context.keysOf(schema).get(id)!}`
      : memberAccess(this.module.own(invalidFixtures, type, "value"), id);
  }

  /** `{ ...full, a: { ...full.a, b: value } }` */
  private spread(path: readonly string[], base: string, value: string): string {
    const [name, ...rest] = path;
    if (name === undefined) return value;
    return block(
      "{",
      [`...${base}`, `${objectKey(name)}: ${this.spread(rest, memberAccess(base, name), value)}`],
      "}",
    );
  }

  /** `{ ...full, a: omit(full.a, "b") }` */
  private without(path: readonly string[], base: string): string {
    const parents = path.slice(0, -1);
    const owner = parents.reduce(memberAccess, base);
    const omit = this.module.value("omit", "./runtime/fixtures.js");
    return this.spread(parents, base, `${omit}(${owner}, ${stringLiteral(path.at(-1)!)})`);
  }
}
