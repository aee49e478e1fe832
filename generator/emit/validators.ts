import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { ApiModel } from "../model/model.js";
import type {
  ArraySchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  SchemaId,
  StringSchema,
  UnionSchema,
} from "../model/schema.js";
import { docs } from "./docs.js";
import { jsonLiteral, objectKey, regExp, stringLiteral } from "./literals.js";
import type { PackageNames } from "./names.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** Formats that `runtime/formats.ts` checks, by the name of its function. */
const FORMATS: { readonly [format: string]: string } = {
  date: "date",
  time: "time",
  "date-time": "dateTime",
  uuid: "uuid",
  email: "email",
  uri: "uri",
  ipv4: "ipv4",
  hostname: "hostname",
};

/** `src/validators.ts`: a Standard Schema v1 for every schema of the model. */
export function emitValidators(model: ApiModel, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/validators.ts");
  const writer = new CheckWriter(module, names);
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
          initializer: `/* @__PURE__ */ v.schema(() => ${writer.check(schema)})`,
        },
      ],
    });
  }
  if (model.schemas.size === 0) module.add({ kind: StructureKind.ExportDeclaration });
  return module.files();
}

/** Schemas → calls of `runtime/schema.ts`, one line a property. */
class CheckWriter {
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;

  constructor(module: TypeScriptModule, names: PackageNames) {
    this.module = module;
    this.names = names;
  }

  check(schema: Schema): string {
    switch (schema.kind) {
      case "any":
      case "never":
      case "boolean":
        return `v.${schema.kind}`;
      case "null":
        return "v.nullValue";
      case "ref":
        return this.ref(schema.target);
      case "literals":
        return `v.literals(${stringLiteral(schema.keyword)}, ${jsonLiteral(schema.values)})`;
      case "string":
        return call("v.string", this.stringRules(schema));
      case "number":
        return call("v.number", numberRules(schema));
      case "array":
        return call("v.array", this.arrayRules(schema));
      case "object":
        return call("v.object", this.objectRules(schema));
      case "union":
        return this.union(schema);
      case "intersection":
        return `v.allOf(${this.list(schema.members)})`;
      case "not":
        return `v.not(${this.check(schema.schema)})`;
      case "conditional":
        return call("v.conditional", [
          ["if", this.check(schema.if)],
          ["then", schema.then && this.check(schema.then)],
          ["else", schema.else && this.check(schema.else)],
        ]);
      case "unevaluated": {
        const rules: Rules = [
          ["properties", schema.properties && this.check(schema.properties)],
          ["items", schema.items && this.check(schema.items)],
        ];
        return `v.unevaluated(${this.check(schema.schema)}, ${record(rules)})`;
      }
    }
  }

  /** A discriminator that tells no member from the others leaves the union as it is. */
  private union(schema: Schema & UnionSchema): string {
    const { keyword, members, discriminator, branches = [] } = schema;
    const isTold = branches.some(({ values, isFallback }) => values.length > 0 || isFallback);
    if (keyword === "type" || !discriminator || !isTold)
      return `v.${keyword === "type" ? "types" : keyword}(${this.list(members)})`;
    const fallback = branches.findIndex(({ isFallback }) => isFallback);
    const listed = branches.map(
      ({ values }, index) => `[${jsonLiteral(values)}, ${this.check(members[index]!)}],`,
    );
    return call("v.discriminated", [
      ["keyword", stringLiteral(keyword)],
      ["property", stringLiteral(discriminator.property)],
      ["branches", `[\n${listed.join("\n")}\n]`],
      ["fallback", fallback === -1 ? undefined : String(fallback)],
    ]);
  }

  private ref(target: SchemaId): string {
    const { type, validator } = this.names.schemas.get(target)!;
    return `v.ref(() => ${this.module.own(validator, type, "value")})`;
  }

  private list(schemas: readonly Schema[]): string {
    return schemas.map((schema) => this.check(schema)).join(", ");
  }

  private stringRules(schema: StringSchema): Rules {
    const { format: name = "" } = schema;
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (format !== undefined) this.module.value("* as formats", "./runtime/formats.js");
    return [
      ["loose", schema.asserted ? undefined : "true"],
      ["minLength", numberText(schema.minLength)],
      ["maxLength", numberText(schema.maxLength)],
      ["pattern", schema.pattern === undefined ? undefined : regExp(schema.pattern)],
      ["format", format === undefined ? undefined : `[${stringLiteral(schema.format!)}, formats.${format}]`],
    ];
  }

  private arrayRules(schema: ArraySchema): Rules {
    const { contains } = schema;
    return [
      ["loose", schema.asserted ? undefined : "true"],
      ["prefixItems", schema.prefixItems.length > 0 ? `[${this.list(schema.prefixItems)}]` : undefined],
      ["items", schema.items && this.check(schema.items)],
      [
        "contains",
        contains &&
          record([
            ["check", this.check(contains.schema)],
            ["minimum", numberText(contains.minimum)],
            ["maximum", numberText(contains.maximum)],
          ]),
      ],
      ["minItems", numberText(schema.minItems)],
      ["maxItems", numberText(schema.maxItems)],
      ["uniqueItems", schema.uniqueItems && "true"],
    ];
  }

  private objectRules(schema: ObjectSchema): Rules {
    const declared = schema.properties.filter(({ isImplied }) => !isImplied);
    const implied = schema.properties.filter(({ isImplied }) => isImplied).map(({ name }) => name);
    const properties = declared.map((property): Rules[number] => {
      const check = this.check(property.schema);
      return [objectKey(property.name), property.required ? check : `v.optional(${check})`];
    });
    const patterns = schema.patternProperties.map(
      (each) => `[${regExp(each.pattern)}, ${this.check(each.schema)}]`,
    );
    const dependents = schema.dependentRequired.map((each): Rules[number] => [
      objectKey(each.property),
      jsonLiteral(each.required),
    ]);
    return [
      ["loose", schema.asserted ? undefined : "true"],
      ["properties", properties.length > 0 ? record(properties) : undefined],
      ["required", implied.length > 0 ? jsonLiteral(implied) : undefined],
      ["patternProperties", patterns.length > 0 ? `[${patterns.join(", ")}]` : undefined],
      ["additionalProperties", schema.additionalProperties && this.check(schema.additionalProperties)],
      ["propertyNames", schema.propertyNames && this.check(schema.propertyNames)],
      ["dependentRequired", dependents.length > 0 ? record(dependents) : undefined],
      ["minProperties", numberText(schema.minProperties)],
      ["maxProperties", numberText(schema.maxProperties)],
    ];
  }
}

/** Members of an object literal; those without a value are left out. */
type Rules = readonly (readonly [key: string, value: string | undefined])[];

function numberRules(schema: NumberSchema): Rules {
  return [
    ["loose", schema.asserted ? undefined : "true"],
    ["integer", schema.integer ? "true" : undefined],
    ["minimum", numberText(schema.minimum)],
    ["maximum", numberText(schema.maximum)],
    ["exclusiveMinimum", numberText(schema.exclusiveMinimum)],
    ["exclusiveMaximum", numberText(schema.exclusiveMaximum)],
    ["multipleOf", numberText(schema.multipleOf)],
  ];
}

function numberText(value: number | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function call(name: string, rules: Rules): string {
  const text = record(rules);
  return `${name}(${text === "{}" ? "" : text})`;
}

/** Multi-line: Prettier keeps an object open whose first key stands on a line of its own. */
function record(rules: Rules): string {
  const members = rules.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value},`]));
  return members.length === 0 ? "{}" : `{\n${members.join("\n")}\n}`;
}
