import { FULL, type ApiFixtures } from "../../generator/fixtures/fixture.js";
import type { ApiModel, Operation, Parameter } from "../../generator/model/model.js";
import type { Schema } from "../../generator/model/schema.js";
import { isObject, own, type JsonValue } from "../../generator/source/json.js";

/** An id in a path, and the member of the success that answers which says the same. */
export type PathId = {
  readonly operation: string;
  readonly parameter: string;
  readonly given: JsonValue;
  readonly member: string;
  readonly answered: JsonValue;
  /** True where the document gives an example of one of them: then that is the value. */
  readonly hasExample: boolean;
};

/** The last parameter of a path that ends with it, where the success is a thing that has a member of that name or an `id`. */
export function pathIds(model: ApiModel, fixtures: ApiFixtures): PathId[] {
  return model.operations.flatMap((operation) => {
    const [, name] = /\{([^{}]+)\}$/.exec(operation.path) ?? [];
    const parameter = operation.parameters.find((each) => each.location === "path" && each.name === name);
    return parameter && IS_ID.test(parameter.name) ? pathId(operation, parameter, { model, fixtures }) : [];
  });
}

/** `id`, `userId`, `user_uuid`, `organizationSlug`: what is called `name` tells nobody what it is a name of. */
const IS_ID = /(^|[_-])(id|uuid|guid|slug)$|(Id|ID|Uuid|UUID|Slug)$/;

type Materials = { readonly model: ApiModel; readonly fixtures: ApiFixtures };

function pathId(operation: Operation, parameter: Parameter, { model, fixtures }: Materials): PathId[] {
  const given = fixtures.operations.get(operation)!.args.get("full")?.parameters.get(parameter);
  const success = operation.responses.find(({ status }) => status.startsWith("2"));
  const schema = success?.content[0]?.schema;
  const full = fixtures.schemas.get(schema ?? "")?.valid.find(({ id }) => id === FULL)?.value;
  const member = isObject(full) ? memberOf(full, parameter.name) : undefined;
  if (given === undefined || !isObject(full) || member === undefined) return [];
  const answered = own(full, member)!;
  if (typeof answered !== typeof given) return [];
  const named = model.schemas.get(schema!)!;
  const hasExample =
    parameter.examples.length > 0 || givesValues(parameter.schema) || givesValues(named.schema);
  return [{ operation: operation.id, parameter: parameter.name, given, member, answered, hasExample }];
}

function givesValues(schema: Schema): boolean {
  return /"(examples|default)":(?!\[\])/.test(JSON.stringify(schema));
}

function memberOf(value: object, parameter: string): string | undefined {
  return [parameter, "id", "uuid"].find((name) => Object.hasOwn(value, name));
}
