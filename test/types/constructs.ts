/**
 * What the type of each construct takes and refuses, as TypeScript. A value that is refused although the schema allows it says why:
 * a type that is narrower than its schema would be a mistake.
 */
export interface Construct {
  readonly name: string;
  /** A Schema Object of OpenAPI 3.1, in JSON or YAML. It may refer to {@link COMMON}. */
  readonly schema: string;
  readonly accepts: readonly string[];
  readonly rejects: readonly Rejected[];
  /** An expression about the type `T` that compiles. */
  readonly program?: string;
}
type Rejected = string | { readonly value: string; readonly although: Although };
/** What the author of a schema means, and JSON Schema does not say. */
type Although =
  | "further properties are not named"
  | "another type is not meant"
  | "a discriminator says more than its union";

const MEANT = "a discriminator says more than its union";
const UNNAMED = "further properties are not named";
const UNMEANT = "another type is not meant";

/** Schemas that the constructs refer to. */
export const COMMON = `
Named: { type: object, required: [name], properties: { name: { type: string } } }
Sized: { type: object, required: [size], properties: { size: { type: integer } } }
Empty: { type: object }
Nullable: { type: [object, "null"], required: [name], properties: { name: { type: string } } }
Cat: { type: object, required: [petType, lives], properties: { petType: { type: string }, lives: { type: integer } } }
Dog: { type: object, required: [tricks], properties: { tricks: { type: integer } } }
Fish: { type: object, required: [petType], properties: { petType: { const: fish } } }
Other: { type: object, properties: { petType: { type: string } } }
Vehicle: { type: object, required: [type], properties: { type: { type: string } }, discriminator: { propertyName: type, mapping: { car: Car, van: Truck, lorry: Truck } } }
Car: { allOf: [{ $ref: "#/components/schemas/Vehicle" }, { type: object, required: [doors], properties: { doors: { type: integer } } }] }
Truck: { allOf: [{ $ref: "#/components/schemas/Vehicle" }], required: [load], properties: { load: { type: integer } } }
Bike: { allOf: [{ $ref: "#/components/schemas/Vehicle" }] }
Shape: { type: object, required: [kind], properties: { kind: { type: string }, name: { type: string }, within: { $ref: "#/components/schemas/Shape" } }, discriminator: { propertyName: kind, mapping: { circle: Circle, square: Square, rounded: Rounded } } }
Circle: { allOf: [{ $ref: "#/components/schemas/Shape" }], required: [radius], properties: { radius: { type: number } } }
Square: { allOf: [{ $ref: "#/components/schemas/Shape" }], required: [side], properties: { side: { type: number } } }
Rounded: { allOf: [{ $ref: "#/components/schemas/Square" }], required: [radius], properties: { radius: { type: number } } }
Event: { type: object, properties: { on: { type: string } }, discriminator: { propertyName: on } }
Login: { allOf: [{ $ref: "#/components/schemas/Event" }], required: [user], properties: { user: { type: string } } }
Message: { type: object, properties: { of: { type: string } }, discriminator: { propertyName: of, mapping: { text: Text } } }
Text: { allOf: [{ $ref: "#/components/schemas/Message" }], required: [text], properties: { text: { type: string } } }
Account: { type: object, required: [plan], properties: { plan: { enum: [free, Paid] } }, discriminator: { propertyName: plan } }
Paid: { allOf: [{ $ref: "#/components/schemas/Account" }], required: [price], properties: { price: { type: number } } }
First: { type: object, required: [version, one], properties: { version: { type: integer, const: 1 }, one: { type: string } } }
Later: { type: object, required: [version, two], properties: { version: { enum: [2, 3, "3"] }, two: { type: string } } }
Counted: { type: object, required: [version], properties: { version: { type: integer } } }
Page: { type: object, required: [content], properties: { content: { type: array } }, discriminator: { propertyName: content } }
Names: { allOf: [{ $ref: "#/components/schemas/Page" }], properties: { content: { type: array, items: { type: string } } } }
`;

export const CONSTRUCTS: readonly Construct[] = [
  { name: "any", schema: "{}", accepts: ["1", "null", "[{}]"], rejects: [] },
  { name: "true", schema: "true", accepts: ["1", "{}"], rejects: [] },
  { name: "false", schema: "false", accepts: [], rejects: ["1", "null"] },
  {
    name: "false as a property",
    schema: "{ type: object, properties: { a: false, b: { type: string } } }",
    accepts: ["{}", '{ b: "x" }'],
    rejects: ["{ a: 1 }"],
  },
  { name: "null", schema: '{ type: "null" }', accepts: ["null"], rejects: ["0", '"null"'] },
  { name: "boolean", schema: "{ type: boolean }", accepts: ["true", "false"], rejects: ["0", '"true"'] },
  { name: "integer", schema: "{ type: integer }", accepts: ["1", "-1"], rejects: ['"1"', "null"] },
  {
    name: "int64 stays a number",
    schema: "{ type: integer, format: int64 }",
    accepts: ["1"],
    rejects: ['"1"'],
  },
  {
    name: "int64 as text stays text",
    schema: "{ type: string, format: int64 }",
    accepts: ['"1"'],
    rejects: ["1"],
  },
  {
    name: "a date stays text",
    schema: "{ type: string, format: date-time }",
    accepts: ['"2026-01-15T09:30:00Z"'],
    rejects: ["0"],
  },
  {
    name: "contentEncoding",
    schema: "{ type: string, contentEncoding: base64, contentMediaType: image/png }",
    accepts: ['"aGk="'],
    rejects: ["1"],
  },
  { name: "format binary", schema: "{ type: string, format: binary }", accepts: ['"x"'], rejects: ["1"] },
  { name: "minLength alone", schema: "{ minLength: 2 }", accepts: ['"ab"', "1", "null"], rejects: [] },
  { name: "enum", schema: "{ enum: [a, b] }", accepts: ['"a"', '"b"'], rejects: ['"c"', "1"] },
  {
    name: "enum with null",
    schema: "{ enum: [a, null] }",
    accepts: ['"a"', "null"],
    rejects: ['"null"', '"b"'],
  },
  {
    name: "enum with null beside a type",
    schema: '{ type: [string, "null"], enum: [a, null] }',
    accepts: ['"a"', "null"],
    rejects: ['"b"'],
  },
  {
    name: "enum narrowed by its type",
    schema: "{ type: string, enum: [a, 1] }",
    accepts: ['"a"'],
    rejects: ["1"],
  },
  {
    name: "enum of mixed values",
    schema: "{ enum: [1, true, [], {}] }",
    accepts: ["1", "true", "[]", "{}"],
    rejects: ["2", "{ a: 1 }", "[1]"],
  },
  { name: "const", schema: "{ const: 1 }", accepts: ["1"], rejects: ["2"] },
  {
    name: "const object",
    schema: "{ const: { a: [1] } }",
    accepts: ["{ a: [1] }"],
    rejects: ["{ a: [2] }", "{}"],
  },
  {
    name: "several types",
    schema: '{ type: [string, integer, "null"] }',
    accepts: ['"a"', "1", "null"],
    rejects: ["true"],
  },
  {
    name: "list",
    schema: "{ type: array, items: { type: string } }",
    accepts: ["[]", '["a", "b"]'],
    rejects: ["[1]", '"a"', "{}"],
  },
  {
    name: "list with bounds",
    schema: "{ type: array, items: { type: string }, minItems: 1, maxItems: 2 }",
    accepts: ['["a"]', '["a", "b"]'],
    rejects: ["[1]"],
  },
  { name: "list of nothing", schema: "{ type: array, items: false }", accepts: ["[]"], rejects: ["[1]"] },
  { name: "list with no items", schema: "{ type: array, maxItems: 0 }", accepts: ["[]"], rejects: ["[1]"] },
  {
    name: "contains",
    schema: "{ type: array, contains: { const: 7 } }",
    accepts: ["[7, 1]"],
    rejects: ["7"],
  },
  {
    name: "tuple",
    schema: "{ type: array, prefixItems: [{ type: string }, { type: integer }] }",
    accepts: ["[]", '["a"]', '["a", 1]', '["a", 1, true]'],
    rejects: ["[1]", '["a", "b"]'],
  },
  {
    name: "tuple of a length",
    schema: "{ type: array, prefixItems: [{ type: string }, { type: integer }], minItems: 2, items: false }",
    accepts: ['["a", 1]'],
    rejects: ["[]", '["a"]', '["a", 1, 2]'],
  },
  {
    name: "tuple with a minimum",
    schema: "{ type: array, prefixItems: [{ type: string }, { type: integer }], minItems: 1, maxItems: 2 }",
    accepts: ['["a"]', '["a", 1]'],
    rejects: ["[]", '["a", 1, 2]'],
  },
  {
    name: "tuple cut short",
    schema: "{ type: array, prefixItems: [{ type: string }, { type: integer }], maxItems: 1 }",
    accepts: ["[]", '["a"]'],
    rejects: ['["a", 1]'],
  },
  {
    name: "tuple with a rest",
    schema: "{ type: array, prefixItems: [{ type: string }], minItems: 1, items: { type: integer } }",
    accepts: ['["a"]', '["a", 1, 2]'],
    rejects: ['["a", "b"]', "[]"],
  },
  {
    name: "unevaluatedItems",
    schema: "{ type: array, prefixItems: [{ type: string }], minItems: 1, unevaluatedItems: false }",
    accepts: ['["a"]'],
    rejects: ['["a", 1]'],
  },
  {
    name: "object",
    schema: "{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } }",
    accepts: ['{ a: "x" }', '{ a: "x", b: 1 }'],
    rejects: ["{}", "{ a: 1 }", '{ a: "x", b: "1" }', { value: '{ a: "x", c: 1 }', although: UNNAMED }],
  },
  {
    name: "object without type",
    schema: "{ required: [a], properties: { a: { type: string } } }",
    accepts: ['{ a: "x" }'],
    rejects: ["{}", { value: "1", although: UNMEANT }],
  },
  {
    name: "required without a property",
    schema: "{ type: object, required: [a] }",
    accepts: ["{ a: 1 }", "{ a: null }"],
    rejects: ["{}"],
  },
  {
    name: "required beside additionalProperties",
    schema: "{ type: object, required: [a], additionalProperties: { type: integer } }",
    accepts: ["{ a: 1, b: 2 }"],
    rejects: ["{ b: 1 }", '{ a: "x" }'],
  },
  {
    name: "required and forbidden",
    schema: "{ type: object, required: [a], additionalProperties: false }",
    accepts: [],
    rejects: ["{}", "{ a: 1 }"],
  },
  {
    name: "empty object",
    schema: "{ type: object }",
    accepts: ["{}", "{ a: 1 }"],
    rejects: ["1", '"a"', "null"],
  },
  {
    name: "closed empty object",
    schema: "{ type: object, additionalProperties: false }",
    accepts: ["{}"],
    rejects: ["{ a: 1 }", "1"],
  },
  {
    name: "additionalProperties true",
    schema: "{ type: object, properties: { a: { type: string } }, additionalProperties: true }",
    accepts: ["{}", '{ a: "x", b: 1 }'],
    rejects: [],
  },
  {
    name: "additionalProperties false",
    schema: "{ type: object, properties: { a: { type: string } }, additionalProperties: false }",
    accepts: ["{}", '{ a: "x" }'],
    rejects: ['{ a: "x", b: 1 }', "{ a: 1 }"],
  },
  {
    name: "additionalProperties of a type",
    schema:
      "{ type: object, required: [a], properties: { a: { type: string } }, additionalProperties: { type: integer } }",
    accepts: ['{ a: "x" }', '{ a: "x", b: 1 }'],
    rejects: ["{ b: 1 }", '{ a: "x", b: true }'],
  },
  {
    name: "map",
    schema: "{ type: object, additionalProperties: { type: integer } }",
    accepts: ["{}", "{ a: 1 }"],
    rejects: ['{ a: "x" }'],
  },
  {
    name: "patternProperties with a prefix",
    schema:
      '{ type: object, properties: { id: { type: integer } }, patternProperties: { "^x-": { type: string } } }',
    accepts: ["{ id: 1 }", '{ id: 1, "x-a": "b" }'],
    rejects: ['{ "x-a": 1 }', { value: "{ y: 1 }", although: UNNAMED }],
  },
  {
    name: "patternProperties that are all",
    schema: '{ type: object, patternProperties: { "^x-": { type: string } }, additionalProperties: false }',
    accepts: ["{}", '{ "x-a": "b" }'],
    rejects: ['{ "x-a": 1 }', "{ y: 1 }"],
  },
  {
    name: "patternProperties of any pattern",
    schema: '{ type: object, patternProperties: { "[0-9]$": { type: string } } }',
    accepts: ['{ a1: "b" }', "{ a: 1 }"],
    rejects: ["1"],
  },
  {
    name: "patternProperties of any pattern that are all",
    schema:
      '{ type: object, patternProperties: { "[0-9]$": { type: string } }, additionalProperties: false }',
    accepts: ['{ a1: "b" }'],
    rejects: ["{ a1: 1 }"],
  },
  {
    name: "propertyNames, minProperties, dependentRequired",
    schema:
      "{ type: object, propertyNames: { pattern: ^a }, minProperties: 1, dependentRequired: { a: [ab] } }",
    accepts: ["{ aa: 1 }"],
    rejects: ["1"],
  },
  {
    name: "allOf",
    schema: '{ allOf: [{ $ref: "#/components/schemas/Named" }, { $ref: "#/components/schemas/Sized" }] }',
    accepts: ['{ name: "a", size: 1 }'],
    rejects: ['{ name: "a" }', "{ size: 1 }"],
  },
  {
    name: "allOf beside an empty object",
    schema:
      '{ type: object, allOf: [{ $ref: "#/components/schemas/Named" }, { type: object, properties: {} }] }',
    accepts: ['{ name: "a" }'],
    rejects: ["{}", "{ name: 1 }"],
  },
  {
    name: "allOf of an empty component",
    schema: '{ allOf: [{ $ref: "#/components/schemas/Empty" }, { $ref: "#/components/schemas/Named" }] }',
    accepts: ['{ name: "a" }'],
    rejects: ["{}", "{ name: 1 }"],
  },
  {
    name: "allOf of objects that say nothing",
    schema: "{ allOf: [{ type: object }, { type: object }] }",
    accepts: ["{}"],
    rejects: ["1"],
  },
  {
    name: "nullable beside allOf",
    schema: '{ anyOf: [{ allOf: [{ $ref: "#/components/schemas/Named" }] }, { type: "null" }] }',
    accepts: ['{ name: "a" }', "null"],
    rejects: ["{}"],
  },
  {
    name: "a nullable type beside allOf is not null",
    schema: '{ type: [object, "null"], allOf: [{ $ref: "#/components/schemas/Named" }] }',
    accepts: ['{ name: "a" }'],
    rejects: ["null", "{}", "{ name: 1 }"],
  },
  {
    name: "required in allOf",
    schema: "{ type: object, properties: { a: { type: string } }, allOf: [{ required: [a] }] }",
    accepts: ['{ a: "x" }'],
    rejects: ["{}", "{ a: 1 }"],
  },
  {
    name: "literals beside constraints",
    schema: "{ allOf: [{ enum: [a, bb] }, { type: string, maxLength: 2 }] }",
    accepts: ['"a"'],
    rejects: ['"c"'],
  },
  {
    name: "oneOf of objects that overlap",
    schema:
      "{ oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { a: { type: string }, b: { type: integer } } }] }",
    accepts: ['{ a: "x" }', "{ b: 1 }"],
    rejects: ["{}", '{ b: "x" }'],
  },
  {
    name: "anyOf of required",
    schema:
      "{ type: object, properties: { a: { type: string }, b: { type: string } }, anyOf: [{ required: [a] }, { required: [b] }] }",
    accepts: ['{ a: "x" }', '{ b: "x" }', '{ a: "x", b: "y" }'],
    rejects: ["{}"],
  },
  {
    name: "oneOf beside properties",
    schema:
      "{ type: object, required: [id], properties: { id: { type: string } }, oneOf: [{ required: [a], properties: { a: { type: integer } } }, { required: [b], properties: { b: { type: integer } } }] }",
    accepts: ['{ id: "x", a: 1 }', '{ id: "x", b: 1 }'],
    rejects: ["{ a: 1 }", '{ id: "x" }'],
  },
  { name: "not", schema: "{ not: { type: string } }", accepts: ["1", "null"], rejects: [] },
  {
    name: "not beside a type",
    schema: "{ type: string, not: { const: a } }",
    accepts: ['"b"'],
    rejects: ["1"],
  },
  {
    name: "if, then, else",
    schema:
      "{ type: object, required: [c], properties: { c: { type: string } }, if: { properties: { c: { const: US } } }, then: { required: [zip], properties: { zip: { type: string } } }, else: { required: [code], properties: { code: { type: string } } } }",
    accepts: ['{ c: "US", zip: "1" }', '{ c: "NL", code: "1" }'],
    rejects: ['{ c: "US" }', '{ c: "NL" }', '{ c: "NL", zip: "1" }'],
  },
  {
    name: "if, then",
    schema:
      "{ type: object, properties: { a: { type: integer }, b: { type: integer } }, if: { required: [a], properties: { a: { const: 1 } } }, then: { required: [b] } }",
    accepts: ["{ a: 1, b: 2 }", "{ a: 2 }", "{}"],
    rejects: ['{ a: "x" }'],
  },
  {
    name: "names of then alone",
    schema:
      "{ type: object, required: [c], properties: { c: { enum: [US, DE] } }, if: { required: [c], properties: { c: { const: US } } }, then: { required: [zip], properties: { zip: { type: string }, c: { const: US }, old: false } } }",
    accepts: ['{ c: "US", zip: "1" }', '{ c: "DE" }'],
    rejects: [
      '{ c: "US", zip: 1 }',
      '{ c: "US", zap: "1" }',
      { value: '{ c: "DE", zip: 1 }', although: UNMEANT },
    ],
  },
  {
    name: "names of then, or of else, where the other only forbids",
    schema:
      "{ type: object, properties: { c: { type: boolean } }, allOf: [{ if: { properties: { c: { const: true } } }, then: { properties: { a: { type: string }, b: { type: string } } }, else: { not: { required: [a] } } }, { if: { properties: { c: { const: true } } }, then: { not: { required: [d] } }, else: { properties: { b: { type: integer }, d: { type: string } } } }] }",
    accepts: ['{ c: true, a: "1", b: "x" }', '{ c: false, b: 1, d: "1" }'],
    rejects: ["{ c: true, a: 1 }", "{ c: false, d: 1 }"],
  },
  {
    name: "dependentSchemas",
    schema:
      "{ type: object, properties: { card: { type: string } }, dependentSchemas: { card: { required: [address], properties: { address: { type: string } } } } }",
    accepts: ["{}", '{ card: "1", address: "x" }'],
    rejects: ['{ card: "1" }', '{ card: "1", address: 1 }'],
  },
  {
    name: "dependentSchemas of a nullable object",
    schema:
      '{ type: [object, "null"], properties: { card: { type: string } }, dependentSchemas: { card: { required: [address] } } }',
    accepts: ["null", "{}", '{ card: "1", address: "x" }'],
    rejects: ['{ card: "1" }', "{ card: 1, address: 1 }", '"a"'],
  },
  {
    name: "dependentSchemas of an object that names nothing else",
    schema:
      "{ type: object, dependentSchemas: { card: { required: [address] }, code: { required: [card] } } }",
    accepts: ["{}", "{ name: 1 }", '{ card: "1", address: "x" }'],
    rejects: ['{ card: "1" }', '{ code: 1, address: "x" }', "null"],
  },
  {
    name: "if a property is there, then",
    schema: "{ if: { required: [a] }, then: { required: [b] } }",
    accepts: ["{ a: 1, b: 1 }", "{ c: 1 }"],
    rejects: ["{ a: 1 }", { value: '"a"', although: UNMEANT }],
  },
  {
    name: "dependentSchemas of a name that every object has",
    schema: "{ type: object, dependentSchemas: { toString: { required: [a] } } }",
    accepts: ["{}", "{ a: 1 }", "{ toString: 1, a: 1 }"],
    rejects: ["1"],
  },
  {
    name: "literals and other types beside what constrains lists and objects",
    schema:
      "{ anyOf: [{ enum: [1, [2], [b]], items: { type: integer } }, { allOf: [{ type: boolean }, { required: [a] }] }] }",
    accepts: ["1", "[2]", "true"],
    rejects: ["2", "[1]", "{ a: 1 }"],
  },
  {
    name: "unevaluatedProperties false",
    schema:
      '{ allOf: [{ $ref: "#/components/schemas/Named" }], properties: { a: { type: integer } }, unevaluatedProperties: false }',
    accepts: ['{ name: "x" }', '{ name: "x", a: 1 }'],
    rejects: ["{}", '{ name: "x", b: 1 }'],
  },
  {
    name: "unevaluatedProperties of a type",
    schema: '{ allOf: [{ $ref: "#/components/schemas/Named" }], unevaluatedProperties: { type: integer } }',
    accepts: ['{ name: "x" }', '{ name: "x", a: 1 }'],
    rejects: ["{ a: 1 }"],
  },
  {
    name: "unevaluatedProperties of a nullable object",
    schema:
      '{ type: [object, "null"], properties: { a: { type: string } }, unevaluatedProperties: { type: integer } }',
    accepts: ["null", '{ a: "x", b: 1 }'],
    rejects: ["{ a: 1 }", '"a"'],
  },
  {
    name: "unevaluatedProperties of alternatives of which some are no objects",
    schema:
      '{ anyOf: [{ $ref: "#/components/schemas/Nullable" }, { type: string }], unevaluatedProperties: { type: integer } }',
    accepts: ["null", '"a"', '{ name: "x", b: 1 }'],
    rejects: ["{ b: 1 }", "1"],
  },
  {
    name: "a reference",
    schema: '{ $ref: "#/components/schemas/Named" }',
    accepts: ['{ name: "x" }'],
    rejects: ["{}"],
  },
  {
    name: "a discriminator with a mapping",
    schema:
      '{ anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }, { $ref: "#/components/schemas/Fish" }], discriminator: { propertyName: petType, mapping: { cat: Cat, lion: "#/components/schemas/Cat", dog: Dog } } }',
    accepts: [
      '{ petType: "cat", lives: 9 }',
      '{ petType: "lion", lives: 9 }',
      '{ petType: "dog", tricks: 1 }',
      '{ petType: "fish" }',
    ],
    rejects: [
      '{ petType: "cat" }',
      { value: '{ petType: "cat", tricks: 1 }', although: MEANT },
      { value: '{ petType: "dog", lives: 9 }', although: MEANT },
      { value: '{ petType: "bird", lives: 9 }', although: MEANT },
      { value: "{ tricks: 1 }", although: MEANT },
    ],
    program: `(pet: T): number => {
      switch (pet.petType) {
        case "cat":
        case "lion":
          return pet.lives;
        case "dog":
          return pet.tricks;
        case "fish":
          return 0;
      }
    }`,
  },
  {
    name: "a discriminator without a mapping",
    schema:
      '{ oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Fish" }], discriminator: { propertyName: petType } }',
    accepts: ['{ petType: "Cat", lives: 9 }', '{ petType: "fish" }'],
    rejects: ['{ petType: "Fish" }'],
    program: '(pet: T): number => (pet.petType === "Cat" ? pet.lives : pet.petType.length)',
  },
  {
    name: "a discriminator with a default",
    schema:
      '{ anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Other" }], discriminator: { propertyName: petType, mapping: { cat: Cat }, defaultMapping: Other } }',
    accepts: ['{ petType: "cat", lives: 9 }', '{ petType: "bird" }', "{}"],
    rejects: ["{ petType: 1 }"],
  },
  {
    name: "a discriminator that a nullable union has",
    schema:
      '{ oneOf: [{ $ref: "#/components/schemas/Fish" }, { type: "null" }], discriminator: { propertyName: petType } }',
    accepts: ['{ petType: "fish" }', "null"],
    rejects: ["{}"],
  },
  {
    name: "a parent with a discriminator",
    schema: '{ $ref: "#/components/schemas/Vehicle" }',
    accepts: [
      '{ type: "car", doors: 4 }',
      '{ type: "van", load: 1 }',
      '{ type: "lorry", load: 1 }',
      '{ type: "Bike" }',
      '{ type: "Vehicle" }',
    ],
    rejects: [
      "{}",
      { value: '{ type: "car" }', although: MEANT },
      { value: '{ type: "car", load: 1 }', although: MEANT },
      { value: '{ type: "anything" }', although: MEANT },
    ],
    program:
      '(vehicle: T): number => (vehicle.type === "car" ? vehicle.doors : vehicle.type === "van" ? vehicle.load : 0)',
  },
  {
    name: "children of a parent with a discriminator",
    schema: '{ $ref: "#/components/schemas/Vehicle" }',
    accepts: [],
    rejects: [],
    program: "(car: Car, truck: Truck, bike: Bike): readonly T[] => [car, truck, bike]",
  },
  {
    name: "a parent whose mapping lists its children",
    schema: '{ $ref: "#/components/schemas/Shape" }',
    accepts: [
      '{ kind: "circle", radius: 1 }',
      '{ kind: "square", side: 1 }',
      '{ kind: "rounded", side: 1, radius: 1 }',
    ],
    rejects: [
      { value: '{ kind: "Shape" }', although: MEANT },
      { value: '{ kind: "rounded", side: 1 }', although: MEANT },
      { value: '{ kind: "square", side: "x" }', although: MEANT },
      '{ kind: "square", side: 1, within: { kind: "circle", radius: 1 }, name: 1 }',
      { value: '{ kind: "square", side: 1, within: { kind: "circle" } }', although: MEANT },
    ],
    program:
      '(shape: T): number => { switch (shape.kind) { case "circle": return shape.radius; case "rounded": return shape.radius + shape.side; case "square": return shape.side; } }',
  },
  {
    name: "a parent that does not require its discriminator's property",
    schema: '{ $ref: "#/components/schemas/Event" }',
    accepts: ["{}", '{ on: "Event" }', '{ on: "Login", user: "u" }'],
    rejects: [
      { value: '{ on: "Login" }', although: MEANT },
      { value: '{ on: "Logout" }', although: MEANT },
    ],
    program: '(event: T): string | undefined => (event.on === "Login" ? event.user : event.on)',
  },
  {
    name: "a parent that requires no property and is no alternative of its own",
    schema: '{ $ref: "#/components/schemas/Message" }',
    accepts: ["{}", '{ of: "text", text: "t" }'],
    rejects: [
      { value: '{ of: "text" }', although: MEANT },
      { value: '{ of: "Message" }', although: MEANT },
    ],
    program: '(message: T): string | undefined => (message.of === "text" ? message.text : message.of)',
  },
  {
    name: "a parent whose property lists values that mean no child",
    schema: '{ $ref: "#/components/schemas/Account" }',
    accepts: ['{ plan: "free" }', '{ plan: "Paid", price: 1 }'],
    rejects: ['{ plan: "other" }', { value: '{ plan: "Paid" }', although: MEANT }],
    program: '(account: T): number | "free" => (account.plan === "Paid" ? account.price : account.plan)',
  },
  {
    name: "a child of a parent with a discriminator",
    schema: '{ $ref: "#/components/schemas/Truck" }',
    accepts: ['{ type: "van", load: 1 }', '{ type: "lorry", load: 1 }'],
    rejects: ['{ type: "van" }', { value: '{ type: "car", load: 1 }', although: MEANT }],
  },
  {
    name: "a child without a mapping",
    schema: '{ $ref: "#/components/schemas/Bike" }',
    accepts: ['{ type: "Bike" }'],
    rejects: [{ value: '{ type: "bike" }', although: MEANT }],
  },
  {
    name: "a discriminator of constants that are no texts",
    schema:
      '{ oneOf: [{ $ref: "#/components/schemas/First" }, { $ref: "#/components/schemas/Later" }], discriminator: { propertyName: version, mapping: { "1": First, "2": Later } } }',
    accepts: ['{ version: 1, one: "x" }', '{ version: 2, two: "x" }'],
    rejects: [
      '{ version: "1", one: "x" }',
      '{ version: 2, one: "x" }',
      { value: '{ version: 3, two: "x" }', although: MEANT },
    ],
    program: "(each: T): string => (each.version === 1 ? each.one : each.two)",
  },
  {
    name: "a discriminator of numbers says nothing",
    schema:
      '{ anyOf: [{ $ref: "#/components/schemas/Counted" }, { $ref: "#/components/schemas/First" }], discriminator: { propertyName: version, mapping: { "1": First } } }',
    accepts: ["{ version: 7 }", '{ version: 1, one: "x" }'],
    rejects: ['{ version: "Counted" }'],
  },
  {
    name: "a child of a parent whose discriminator is a list",
    schema: '{ $ref: "#/components/schemas/Names" }',
    accepts: ['{ content: ["a"] }', "{ content: [] }"],
    rejects: ["{ content: [1] }", '{ content: "Names" }'],
  },
];
