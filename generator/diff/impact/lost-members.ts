import { prefixType } from "../../emit/literals.js";
import { listedNames } from "../../model/listed-names.js";
import { groupedBy } from "../../model/order.js";
import { prefixOf } from "../../model/other-properties.js";
import { narrowedMembers, type ObjectSchema, type Property, type Schema } from "../../model/schema.js";
import { jsonEquals, type JsonValue } from "../../source/json.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";
import { keyOf, placesOf, type ChangedParts, type PackageSide } from "./changed-parts.js";

/** From a type to one inside it. */
export type Step =
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "items" }
  | { readonly kind: "item"; readonly index: number }
  /** The values of a map, whose names are of a type. */
  | { readonly kind: "values"; readonly keys: string }
  /** Of a union, the alternative whose property has one of the values. */
  | { readonly kind: "alternative"; readonly name: string; readonly values: readonly JsonValue[] };

/** A member that a type has no more: code that names it stops compiling, though each value of the one type is one of the other. */
export type LostMember = {
  /** The way from the type of a schema to the one that had the member. */
  readonly path: readonly Step[];
  readonly name: string;
  /** Where the old document has it. */
  readonly origin: Origin;
};

/** Stands for all names, where a type that took any takes those that it lists. */
const ANY_NAME = "anyOtherName";

/** The members that old types have and new ones have not. */
export class LostMembers {
  private readonly sides: Pair<PackageSide>;
  private readonly placeOf: ReturnType<typeof placesOf>;
  private readonly compared: ReadonlySet<string>;

  /** @param schemas the schemas whose types are compared by themselves. */
  constructor(sides: Pair<PackageSide>, { schemas }: Pick<ChangedParts, "schemas">) {
    this.sides = sides;
    this.placeOf = placesOf(sides);
    this.compared = new Set(schemas.map(keyOf));
  }

  /** Those of the types of two schemas, and of types inside them; what both call by one name is asked by that. */
  of(pair: Pair<Schema>, path: readonly Step[] = []): LostMember[] {
    return this.within(pair, path, new Set());
  }

  /** @param passed the pairs of references that were followed: types may hold themselves. */
  private within(pair: Pair<Schema>, path: readonly Step[], passed: Set<string>): LostMember[] {
    const { base, head } = pair;
    if (base.kind === "ref" && head.kind === "ref" && this.isAskedByName(pair)) return [];
    if (base.kind === "ref" || head.kind === "ref") {
      const key = `${nameIn(base)} ${nameIn(head)}`;
      if (passed.has(key)) return [];
      passed.add(key);
      const target = { base: this.resolved("base", base), head: this.resolved("head", head) };
      return target.base && target.head
        ? this.within({ base: target.base, head: target.head }, path, passed)
        : [];
    }
    const [one, other] = [onlyIn(base), onlyIn(head)];
    if (one !== base || other !== head) return this.within({ base: one, head: other }, path, passed);
    const into = (step: Step, inner: Pair<Schema>) => this.within(inner, [...path, step], passed);
    const alternatives = alternativePairs(pair);
    if (alternatives) return alternatives.flatMap(([step, inner]) => into(step, inner));
    return [...this.ofObjects(pair, path, into), ...ofLists(pair, into), ...this.ofMaps(pair, path, into)];
  }

  private isAskedByName({ base, head }: Pair<Schema>): boolean {
    if (base.kind !== "ref" || head.kind !== "ref") return false;
    const ids = { base: base.target, head: head.target };
    return this.placeOf.base(ids.base) === this.placeOf.head(ids.head) || this.compared.has(keyOf(ids));
  }

  private resolved(side: keyof Pair<unknown>, schema: Schema): Schema | undefined {
    return schema.kind === "ref" ? this.sides[side].model.schemas.get(schema.target)?.schema : schema;
  }

  private ofObjects({ base, head }: Pair<Schema>, path: readonly Step[], into: Into): LostMember[] {
    const parts = referencesIn(head);
    const isElsewhere = (part: Schema) =>
      parts.some((other) => this.isAskedByName({ base: part, head: other }));
    const living = new Map(this.propertiesOf("head", head).map((property) => [property.name, property]));
    return this.propertiesOf("base", base, isElsewhere).flatMap(({ name, schema }) => {
      const other = living.get(name);
      if (!other) return [{ path, name, origin: schema.origin }];
      return into({ kind: "property", name }, { base: schema, head: other.schema });
    });
  }

  /** The properties that a type writes out, and those of the types that it is made of. */
  private propertiesOf(
    side: keyof Pair<unknown>,
    schema: Schema,
    isLeftOut: (part: Schema) => boolean = () => false,
    seen: readonly string[] = [],
  ): readonly Property[] {
    const of = (part: Schema) => this.propertiesOf(side, part, isLeftOut, seen);
    switch (schema.kind) {
      case "object":
        return [...schema.properties, ...this.listedIn(side, schema)];
      case "unevaluated":
        return of(schema.schema);
      case "union":
        return schema.members.flatMap(of);
      case "intersection":
        return [...groupedBy(schema.members.flatMap(of), ({ name }) => name).values()].map(joined);
      case "ref": {
        const target = this.resolved(side, schema);
        if (!target || isLeftOut(schema) || seen.includes(schema.target)) return [];
        return this.propertiesOf(side, target, isLeftOut, [...seen, schema.target]);
      }
      default:
        return [];
    }
  }

  private ofMaps({ base, head }: Pair<Schema>, path: readonly Step[], into: Into): LostMember[] {
    if (base.kind !== "object" || head.kind !== "object") return [];
    const names = { base: this.namesIn("base", base), head: this.namesIn("head", head) };
    const wasOpen = !names.base && takesAnyName(base);
    const isClosed = names.head !== undefined || (!takesAnyName(head) && head.properties.length > 0);
    if (wasOpen && isClosed) return [{ path, name: ANY_NAME, origin: base.origin }];
    const keys = keysOf(names);
    const [old, now] = [base.additionalProperties, head.additionalProperties];
    return [
      ...(keys && old && now ? into(keys, { base: old, head: now }) : []),
      ...ofPatterns({ base, head }, into),
    ];
  }

  /** The keys of a map whose names are listed. What they hold is looked at once. */
  private listedIn(side: keyof Pair<unknown>, schema: Schema & ObjectSchema): Property[] {
    const { propertyNames } = schema;
    const names = this.namesIn(side, schema);
    if (!propertyNames || !names) return [];
    const { origin } = propertyNames;
    return names.map((name) => ({ name, required: false, schema: { kind: "any", origin, examples: [] } }));
  }

  private namesIn(side: keyof Pair<unknown>, schema: ObjectSchema): readonly string[] | undefined {
    return listedNames(schema, (id) => this.sides[side].model.schemas.get(id)?.schema);
  }
}

/** Goes on with what is inside a type. */
type Into = (step: Step, inner: Pair<Schema>) => LostMember[];

function nameIn(schema: Schema): string {
  return schema.kind === "ref" ? schema.target : JSON.stringify(schema.origin);
}

/** What a schema is where it is not null. */
function onlyIn(schema: Schema): Schema {
  if (schema.kind !== "union") return schema;
  const [only = schema, ...others] = schema.members.filter(({ kind }) => kind !== "null");
  return others.length === 0 ? only : schema;
}

/** The references of a schema's own parts. */
function referencesIn(schema: Schema): Schema[] {
  switch (schema.kind) {
    case "ref":
      return [schema];
    case "intersection":
    case "union":
      return schema.members.flatMap(referencesIn);
    default:
      return [];
  }
}

/** What several parts say of one property holds together. */
function joined([first, ...others]: readonly [Property, ...Property[]]): Property {
  if (others.length === 0) return first;
  const members = [first, ...others].map(({ schema }) => schema);
  const { origin } = first.schema;
  return { ...first, schema: { kind: "intersection", members, origin, examples: [] } };
}

function ofLists({ base, head }: Pair<Schema>, into: Into): LostMember[] {
  if (base.kind !== "array" || head.kind !== "array") return [];
  const { items, prefixItems } = head;
  return [
    ...base.prefixItems.flatMap((item, index) => {
      const other = prefixItems[index];
      return other ? into({ kind: "item", index }, { base: item, head: other }) : [];
    }),
    ...(base.items && items ? into({ kind: "items" }, { base: base.items, head: items }) : []),
  ];
}

/** The way to what maps hold: of listed names, the first that both have stands for all. */
function keysOf({ base, head }: Partial<Pair<readonly string[] | undefined>>): Step | undefined {
  if (!base) return { kind: "values", keys: "string" };
  const name = base.find((each) => head?.includes(each) ?? true);
  return name === undefined ? undefined : { kind: "property", name };
}

function ofPatterns({ base, head }: Pair<ObjectSchema>, into: Into): LostMember[] {
  return base.patternProperties.flatMap(({ pattern, schema }) => {
    const other = head.patternProperties.find((each) => each.pattern === pattern);
    const prefix = prefixOf(pattern);
    const keys = prefix === undefined ? "string" : prefixType(prefix);
    return other ? into({ kind: "values", keys }, { base: schema, head: other.schema }) : [];
  });
}

/** True of an object whose type has a signature for every name. */
function takesAnyName({ properties, patternProperties, additionalProperties }: ObjectSchema): boolean {
  if (additionalProperties) return additionalProperties.kind !== "never";
  return patternProperties.length > 0
    ? patternProperties.some(({ pattern }) => prefixOf(pattern) === undefined)
    : properties.length === 0;
}

/** The alternatives of two unions that a property tells apart by the same values; undefined where none does. */
function alternativePairs({ base, head }: Pair<Schema>): (readonly [Step, Pair<Schema>])[] | undefined {
  if (base.kind !== "union" || head.kind !== "union") return undefined;
  const [old, now] = [narrowedMembers(base), narrowedMembers(head)];
  const name = tagsIn(old[0]).find((tag) => [...old, ...now].every((each) => tagsIn(each).includes(tag)));
  if (name === undefined) return undefined;
  return old.flatMap((alternative) => {
    const values = valuesOf(alternative, name);
    const other = now.find((each) => jsonEquals(valuesOf(each, name), values));
    return other
      ? [
          [
            { kind: "alternative", name, values },
            { base: alternative, head: other },
          ] as const,
        ]
      : [];
  });
}

/** The properties of an alternative that are constants. */
function tagsIn(schema: Schema | undefined): string[] {
  return schema ? constantsIn(schema).map(({ name }) => name) : [];
}

function valuesOf(schema: Schema, tag: string): readonly JsonValue[] {
  const found = constantsIn(schema).findLast(({ name }) => name === tag);
  return found?.schema.kind === "literals" ? found.schema.values : [];
}

function constantsIn(schema: Schema): readonly Property[] {
  if (schema.kind === "object") return schema.properties.filter((each) => each.schema.kind === "literals");
  return schema.kind === "intersection" ? schema.members.flatMap(constantsIn) : [];
}
