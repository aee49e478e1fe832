import { StructureKind, VariableDeclarationKind, type Structures } from "ts-morph";
import type {
  ApiFixtures,
  Arguments,
  ExampleFixture,
  Expression,
  Extent,
  Fixture,
  FixtureId,
  FixtureSet,
} from "../fixtures/fixture.js";
import { FULL } from "../fixtures/fixture.js";
import { INHERITED } from "../fixtures/fits-type.js";
import { dependencyOrder } from "../fixtures/order.js";
import type { ApiModel, NamedSchema, Operation } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { isArray, isObject, type JsonValue } from "../source/json.js";
import { argumentNames } from "./arguments.js";
import { docs } from "./docs.js";
import { fixtureKeys } from "./fixture-keys.js";
import { givenProperties } from "./given.js";
import { jsonLiteral, memberAccess, objectKey, propertyName, stringLiteral } from "./literals.js";
import { camelCase, Scope, tagPart, type PackageNames } from "./names.js";
import { sampleBody } from "./sample-body.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** `src/fixtures.ts`: proved values of every schema, factories, and what each operation takes and answers. */
export function emitFixtures(model: ApiModel, fixtures: ApiFixtures, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/fixtures.ts");
  const writer = new FixtureWriter(module, model, { fixtures, names });
  const schemas = dependencyOrder(model.schemas).flat();
  for (const named of schemas) module.add(...writer.schema(named));
  for (const operation of model.operations) module.add(...writer.operation(operation));
  const isEmpty = schemas.every(({ id }) => fixtures.schemas.get(id)!.valid.length === 0);
  if (isEmpty && model.operations.length === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.files();
}

class FixtureWriter {
  private readonly module: TypeScriptModule;
  private readonly fixtures: ApiFixtures;
  private readonly names: PackageNames;
  private readonly schemas: ApiModel["schemas"];
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

  /** The constants of one schema: its `full` value, its fixtures, its factory, its invalid values. */
  schema(named: NamedSchema): Structures[] {
    const set = this.fixtures.schemas.get(named.id)!;
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
      ...(set.invalid.length > 0
        ? [
            constant({
              name: invalidFixtures,
              text: `Values that are no {@link ${type}}: each breaks one constraint, at one JSON Pointer.`,
              type: this.record(
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
    const given = full?.isTyped ? givenProperties(schema, full.expression, this.schemas) : [];
    const names = [...this.keys.get(id)!].filter(([each]) => given.length === 0 || each !== FULL);
    const record = this.record(
      names.map(([, key]) => key),
      type,
    );
    if (given.length === 0) return record;
    const present = `${this.module.type("Given", "./runtime/fixtures.js")}<${type}, ${given.map(stringLiteral).join(" | ")}>`;
    return `{ readonly full: ${present} } & ${record}`;
  }

  private record(names: readonly string[], type: string): string {
    const listed = names.map(stringLiteral).join(" | ") || "never";
    return `${this.module.type("Fixtures", "./runtime/fixtures.js")}<${listed}, ${type}>`;
  }

  private fullName(schema: SchemaId): string {
    return `${this.names.schemas.get(schema)!.fixtures}Full`;
  }

  private fullValue({ id }: NamedSchema, full: Fixture): Structures {
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
      return `${propertyName(this.keys.get(schema)!.get(id)!)}: ${value},`;
    });
    return `{\n${members.join("\n")}\n}`;
  }

  private invalidRecord(schema: SchemaId, set: FixtureSet): string {
    const members = set.invalid.map(
      ({ id, expression }) => `${stringLiteral(id)}: ${this.expression(expression, schema)},`,
    );
    return `{\n${members.join("\n")}\n}`;
  }

  private factory(id: SchemaId): Structures {
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
        `A fresh {@link ${type}}: \`full\`, with the overrides in it. A \`seed\` takes another fixture; \`validate\` throws where the overrides make it invalid.`,
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

  /** What an operation takes and answers. Responses are the fixtures of their schema, the document's examples first. */
  operation(operation: Operation): Structures[] {
    this.module.part(tagPart(operation));
    const { fixtures } = this.names.operations.get(operation)!;
    const known = this.fixtures.operations.get(operation)!;
    const responses = operation.responses.flatMap((response): Member[] => {
      const schema = response.content[0]?.schema;
      const body = schema && this.body(schema, known.responseExamples.get(response) ?? []);
      return body ? [{ key: objectKey(response.status), ...body }] : [];
    });
    const schema = operation.body?.content[0]?.schema;
    const body = schema && this.body(schema, known.bodyExamples);
    const members: Member[] = [
      { key: "args", ...this.args(operation, known.args) },
      ...(body ? [{ key: "body", ...body }] : []),
      { key: "responses", ...objectOfMembers(responses) },
    ];
    return [
      constant({
        name: fixtures,
        text: `What \`${operation.method} ${operation.path}\` takes, and its responses by status.`,
        ...objectOfMembers(members),
      }),
    ];
  }

  private body(schema: SchemaId, examples: readonly ExampleFixture[]): Typed | undefined {
    const { requestType: type } = this.names.schemas.get(schema)!;
    if (this.fixtures.schemas.get(schema)!.valid.length === 0) return undefined;
    const fixtures = this.fixturesOf(schema);
    if (examples.length === 0) return { type: `typeof ${fixtures}`, value: fixtures };
    const scope = new Scope([...INHERITED, ...this.keys.get(schema)!.values()]);
    this.module.type(type, "./types.js");
    const own = examples.map(({ name, value, isTyped }) => {
      const text = isTyped ? multiline(value) : `${multiline(value)} as unknown as ${type}`;
      return { key: scope.claim(camelCase(name)), text };
    });
    return {
      type: `${this.record(
        own.map(({ key }) => key),
        type,
      )} & typeof ${fixtures}`,
      value: block(
        "{",
        [...own.map(({ key, text }) => `${propertyName(key)}: ${text}`), `...${fixtures}`],
        "}",
      ),
    };
  }

  private args(operation: Operation, complete: ReadonlyMap<Extent, Arguments>): Typed {
    const { args } = this.names.operations.get(operation)!;
    if (complete.size === 0) return { type: this.record([], "never"), value: "{}" };
    const values = [...complete].map(
      ([extent, each]) => `${extent}: ${this.argsOf(operation, extent, each)}`,
    );
    const type = this.record([...complete.keys()], this.module.type(args, "./operations.js"));
    return { type, value: block("{", values, "}") };
  }

  private argsOf(operation: Operation, extent: Extent, { parameters, body }: Arguments): string {
    const names = argumentNames(operation);
    const members = [...parameters].map(
      ([parameter, value]) => `${objectKey(names.get(parameter)!)}: ${multiline(value)}`,
    );
    const media = operation.body?.content[0];
    const nameOf = (schema: SchemaId) => this.fixturesOf(schema);
    const sample = body !== undefined && media ? sampleBody(media, extent, this.fixtures, nameOf) : undefined;
    if (sample !== undefined) members.push(`body: ${sample}`);
    return block("{", members, "}");
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
      case "join": {
        const members = expression.members.map(
          ([name, value]) => `${objectKey(name)}: ${this.expression(value, owner)}`,
        );
        // What is spread may have members that the type does not name.
        return block("{", [`...${this.fullName(owner)}`, `...${block("{", members, "}")}`], "}");
      }
      case "without":
        return this.without(expression.path, this.fullName(owner));
    }
  }

  private use({ schema, set, id }: Expression & { kind: "use" }): string {
    const { type, invalidFixtures } = this.names.schemas.get(schema)!;
    return set === "valid"
      ? `${this.fixturesOf(schema)}.${this.keys.get(schema)!.get(id)!}`
      : memberAccess(this.module.own(invalidFixtures, type, "value"), id);
  }

  /** The fixtures of a schema, from wherever they are. */
  private fixturesOf(schema: SchemaId): string {
    const { fixtures, type } = this.names.schemas.get(schema)!;
    return this.module.own(fixtures, type, "value");
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

/** Objects and lists over several lines: Prettier leaves an object open whose first key stands on its own line. */
function block(open: string, members: readonly string[], close: string): string {
  return members.length === 0
    ? open + close
    : `${open}\n${members.map((member) => `${member},\n`).join("")}${close}`;
}

/** Longer literals are broken at every member: the writer takes time that grows with the square of a line's length. */
const MAX_LINE_LENGTH = 1_000;

function multiline(value: JsonValue): string {
  const text = jsonLiteral(value);
  if (text.length <= MAX_LINE_LENGTH || Object.hasOwn(Object(value), "__proto__"))
    return text.replace(/^\{ /, "{\n");
  if (isArray(value)) return block("[", value.map(multiline), "]");
  if (!isObject(value)) return text;
  return block(
    "{",
    Object.entries(value).map(([name, member]) => `${objectKey(name)}: ${multiline(member)}`),
    "}",
  );
}

/** A value as it is written, and its type. */
type Typed = { readonly type: string; readonly value: string };
type Member = Typed & { readonly key: string };

function objectOfMembers(members: readonly Member[]): Typed {
  return {
    type:
      members.length === 0
        ? "Record<never, never>"
        : `{ ${members.map(({ key, type }) => `readonly ${key}: ${type}`).join("; ")} }`,
    value: block(
      "{",
      members.map(({ key, value }) => `${key}: ${value}`),
      "}",
    ),
  };
}

/** An exported constant, its type written out: what readers' compilers need not infer, and declarations need not repeat. */
function constant({ name, text, type, value }: Typed & { name: string; text: string }): Structures {
  return {
    kind: StructureKind.VariableStatement,
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    docs: docs(text),
    declarations: [{ name, type, initializer: value }],
  };
}
