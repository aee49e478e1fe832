import { isOpen } from "../model/media-kind.js";
import type { ApiModel, Operation, Response, ResponseStatus } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { Choice, type Names } from "./choice.js";
import { camelCase, lower, pascalCase, RESERVED, Scope, upper } from "./identifiers.js";
import type { OpenEnums } from "./open-enums.js";
import { operationKey, schemaKey, type PinnedNames } from "./pinned.js";

/** The names of one operation. */
export type OperationNames = {
  readonly function: string;
  /** The constant that tells the runtime of the operation. */
  readonly rule: string;
  readonly args: string;
  /** The parameters alone, where the arguments are a union. */
  readonly parameters: string;
  readonly result: string;
  /** The interface of a response's headers, where the document describes any. */
  readonly headers: ReadonlyMap<Response, string>;
  readonly fixtures: string;
  readonly mock: string;
  readonly answer: string;
  readonly validators: string;
};

/** The names of one schema. */
export type SchemaNames = {
  readonly type: string;
  /** The type of what requests take and of what is proved; another than `type` where enums are open in responses. */
  readonly requestType: string;
  readonly validator: string;
  readonly fixtures: string;
  readonly invalidFixtures: string;
  readonly factory: string;
  readonly pairs: string;
};

/** Every name of a package, chosen once. Equal models get equal names. */
export type PackageNames = {
  readonly api: {
    readonly client: string;
    readonly createClient: string;
    readonly options: string;
    readonly auth: string;
  };
  readonly schemas: ReadonlyMap<SchemaId, SchemaNames>;
  readonly operations: ReadonlyMap<Operation, OperationNames>;
  /** The same, as the package's manifest keeps them. */
  readonly pinned: PinnedNames;
};

/** The names for a model. What has a pinned name keeps it, and what follows from it. */
export function chooseNames(
  model: ApiModel,
  { api, openEnums, pinned }: { api: string; openEnums: OpenEnums; pinned?: PinnedNames | undefined },
): PackageNames {
  const scope = new Scope();
  const base = pascalCase(api);
  const apiNames = {
    client: scope.claim(`${base}Client`),
    createClient: scope.claim(`create${base}Client`),
    options: scope.claim(`${base}ClientOptions`),
    auth: scope.claim(`${base}Auth`),
  };
  const entry = model.info.origin.source;
  const schemas = [...model.schemas.values()].map(({ id, words, isBase = false }) => {
    const key = schemaKey(id, entry);
    const derive = (type: string) => schemaRoles(type, openEnums.isSplit(id));
    const choice = new Choice(wantedType(words), derive, pinned?.schemas.get(key), (type) =>
      Object.values(derive(type)),
    );
    return { id, key, choice, isBase };
  });
  const operations = model.operations.map((operation) => {
    const key = operationKey(operation);
    const derive = (name: string) => operationRoles(name, operation);
    return {
      operation,
      key,
      choice: new Choice(camelCase(operation.id), derive, pinned?.operations.get(key)),
    };
  });
  // What the document names comes first.
  const [bases, named] = [schemas.filter(({ isBase }) => isBase), schemas.filter(({ isBase }) => !isBase)];
  const choices = [...named, ...operations, ...bases].map(({ choice }) => choice);
  for (const choice of choices) choice.keepMain(scope);
  for (const choice of choices) choice.keepOthers(scope);
  for (const choice of choices) choice.choose(scope);
  return {
    api: apiNames,
    schemas: new Map(schemas.map(({ id, choice }) => [id, schemaNames(choice)])),
    operations: new Map(
      operations.map(({ operation, choice }) => [operation, operationNames(choice, operation)]),
    ),
    pinned: {
      schemas: new Map(schemas.map(({ key, choice }) => [key, choice.pinned()])),
      operations: new Map(operations.map(({ key, choice }) => [key, choice.pinned()])),
    },
  };
}

function wantedType(words: readonly string[]): string {
  const wanted = pascalCase(words);
  return RESERVED.has(wanted) ? `${wanted}Model` : wanted;
}

/** The names of a schema as they follow from its type's. */
function schemaRoles(type: string, isSplit: boolean): Names {
  const base = lower(type);
  return {
    type,
    ...(isSplit && { requestType: `${type}Request` }),
    validator: `${base}Schema`,
    fixtures: `${base}Fixtures`,
    invalidFixtures: `invalid${type}Fixtures`,
    factory: `build${type}`,
    pairs: `${base}Pairs`,
  };
}

function schemaNames(choice: Choice): SchemaNames {
  const name = (role: string) => choice.name(role);
  return {
    type: name("type"),
    requestType: choice.find("requestType") ?? name("type"),
    validator: name("validator"),
    fixtures: name("fixtures"),
    invalidFixtures: name("invalidFixtures"),
    factory: name("factory"),
    pairs: name("pairs"),
  };
}

/** The names of an operation as they follow from its function's. What only some operations need is claimed by those alone. */
function operationRoles(name: string, { body, parameters, responses }: Operation): Names {
  const base = upper(name);
  const isUnion = body !== undefined && isOpen(body) && parameters.length > 0;
  const described = responses.filter(({ headers }) => headers.length > 0);
  return {
    function: name,
    rule: `${name}Operation`,
    args: `${base}Args`,
    result: `${base}Result`,
    fixtures: `${name}Fixtures`,
    mock: `mock${base}`,
    answer: `${base}Answer`,
    validators: `${name}Validators`,
    ...(isUnion && { parameters: `${base}Parameters` }),
    ...Object.fromEntries(
      described.map(({ status }) => [
        headersRole(status),
        `${base}${pascalCase(["response", status, "headers"])}`,
      ]),
    ),
  };
}

function headersRole(status: ResponseStatus): string {
  return `headers ${status}`;
}

function operationNames(choice: Choice, { responses }: Operation): OperationNames {
  const name = (role: string) => choice.name(role);
  return {
    function: name("function"),
    rule: name("rule"),
    args: name("args"),
    parameters: choice.find("parameters") ?? "",
    result: name("result"),
    headers: new Map(
      responses.flatMap((response) => {
        const found = choice.find(headersRole(response.status));
        return found === undefined ? [] : [[response, found] as const];
      }),
    ),
    fixtures: name("fixtures"),
    mock: name("mock"),
    answer: name("answer"),
    validators: name("validators"),
  };
}

/**
 * The part of a module that holds an operation: those of one first tag share it, and those without a tag whose paths begin with the
 * same word, versions aside.
 */
export function tagPart({ tags, path }: Pick<Operation, "tags" | "path">): string {
  const word = path.split("/").find((segment) => segment !== "" && !/^v\d|^\{/.test(segment));
  return `${tags[0] ?? word ?? ""} operations`;
}
