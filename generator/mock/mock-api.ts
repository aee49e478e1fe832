import { contractRules } from "../emit/contract.js";
import { fixtureKeys } from "../emit/fixture-keys.js";
import { responseKind } from "../emit/media-types.js";
import { openBody } from "../emit/open-body.js";
import { apiRule, operationRule } from "../emit/operation-rule.js";
import { sampleValue } from "../emit/sample-body.js";
import { FULL, type ApiFixtures, type Extent } from "../fixtures/fixture.js";
import type { ApiModel, MediaType, Operation, Response, Server } from "../model/model.js";
import type { ContractRules } from "../runtime/contract-rules.js";
import { operationValidators, type OperationValidators } from "../runtime/contract.js";
import type { BodyRule, OperationRule, SecuritySchemes } from "../runtime/operation.js";
import { isArray, isObject, objectOf, type JsonValue } from "../source/json.js";
import { Evaluator } from "./evaluate.js";

/** An API as a server needs it: what it takes, and what it can answer. */
export type MockApi = {
  readonly name: string;
  /** The paths of the document's servers, without a slash at their end: `/v1`. */
  readonly basePaths: readonly string[];
  readonly securitySchemes: SecuritySchemes;
  readonly operations: readonly MockOperation[];
};

export type MockOperation = {
  readonly rule: OperationRule;
  /** The paths of its servers, its own or the document's, without a slash at their end: `/v1`. */
  readonly basePaths: readonly string[];
  readonly validators: OperationValidators<object, object>;
  readonly responses: readonly MockResponse[];
};

export type MockResponse = {
  /** A code, a range, or `default`. */
  readonly status: string;
  readonly bodies: readonly MockBody[];
  /** Their values by their names: all of them, and those that go with the fixture `minimal`. */
  readonly headers: { readonly [K in Extent]: { readonly [name: string]: JsonValue } };
};

/** The bodies of one media type: its fixtures by their names in the package, and the document's examples. */
export type MockBody = {
  readonly rule: BodyRule;
  readonly names: readonly string[];
  /** The one that is sent where nobody asks for another. */
  readonly preset: string | undefined;
  /** Of a body that is sent item by item, a list. */
  readonly value: (name: string) => JsonValue | undefined;
};

/** What a server answers for a model. */
export function mockApi(name: string, model: ApiModel, fixtures: ApiFixtures): MockApi {
  const evaluator = new Evaluator(model);
  const api = evaluator.evaluate(apiRule(model)) as { readonly securitySchemes: SecuritySchemes };
  return {
    name,
    basePaths: basePathsOf(model.servers),
    securitySchemes: api.securitySchemes,
    operations: model.operations.map((operation) => mockOperation(operation, { evaluator, model, fixtures })),
  };
}

/** A document without servers has one at its root (OpenAPI 3.2.0, OpenAPI Object). */
function basePathsOf(servers: ApiModel["servers"]): string[] {
  return servers.length === 0 ? [""] : [...new Set(servers.flatMap(addressesOf).map(basePath))];
}

/** More addresses of one server than these are not served: further variables have their default. */
const MAX_ADDRESSES = 1_000;

/** The addresses that a server may have, its default first: by each value of its variables that list some (OpenAPI 3.2.0, Server Variable Object, `enum`). */
function addressesOf({ template, variables }: Server): readonly string[] {
  return variables.reduce<readonly string[]>(
    (addresses, { name, default: preset = `{${name}}`, values = [] }) => {
      const isFew = addresses.length * values.length <= MAX_ADDRESSES;
      const texts = [...new Set([preset, ...(isFew ? values : [])])];
      return [
        ...new Set(
          texts.flatMap((text) => addresses.map((each) => each.replaceAll(`{${name}}`, () => text))),
        ),
      ];
    },
    [template],
  );
}

/** `https://api.acme.com/v1/` → `/v1` */
function basePath(url: string): string {
  try {
    return new URL(url, "http://localhost").pathname.replace(/\/+$/, "");
  } catch {
    return "";
  }
}

type Materials = {
  readonly evaluator: Evaluator;
  readonly model: ApiModel;
  readonly fixtures: ApiFixtures;
};

function mockOperation(operation: Operation, materials: Materials): MockOperation {
  const { evaluator, model } = materials;
  const rules = contractRules(operation, model.schemas);
  const rule = evaluator.evaluate(operationRule(operation, model.schemas)) as OperationRule;
  return {
    rule,
    basePaths: basePathsOf(operation.servers ?? model.servers),
    validators: operationValidators(() => evaluator.evaluate(rules) as ContractRules),
    responses: operation.responses.map((response) => ({
      status: response.status,
      bodies: mockBodies(response, { operation, rule, fixtures: materials.fixtures }),
      headers: mockHeaders(response, operation, materials.fixtures),
    })),
  };
}

function mockHeaders(
  response: Response,
  operation: Operation,
  fixtures: ApiFixtures,
): MockResponse["headers"] {
  const known = fixtures.operations.get(operation)!.responseHeaders.get(response);
  const of = (extent: Extent) =>
    objectOf([...(known?.get(extent) ?? [])].map(([{ name }, value]) => [name, value] as const));
  return { minimal: of("minimal"), full: of("full") };
}

/** The document's examples are those of the first media type. */
function mockBodies(
  response: Response,
  { operation, rule, fixtures }: { operation: Operation; rule: OperationRule; fixtures: ApiFixtures },
): MockBody[] {
  const examples = fixtures.operations.get(operation)!.responseExamples.get(response) ?? [];
  const proved = new Map(examples.map(({ name, value }) => [name, value]));
  return response.content.map((media, index) => ({
    rule: rule.responses[response.status]![index]!,
    ...samples(media, fixtures, index === 0 ? proved : new Map()),
  }));
}

/** No event is without data on the wire. */
function isListOfEvents(value: JsonValue | undefined): boolean {
  return isArray(value) && value.every((item) => isObject(item) && Object.hasOwn(item, "data"));
}

function samples(
  media: MediaType,
  fixtures: ApiFixtures,
  proved: ReadonlyMap<string, JsonValue>,
): Pick<MockBody, "names" | "preset" | "value"> {
  const set = media.schema === undefined ? undefined : fixtures.schemas.get(media.schema);
  const ids = new Map(set ? [...fixtureKeys(set)].map(([id, key]) => [key, id]) : []);
  const kind = responseKind(media);
  const isText = kind === "text" || kind === "binary";
  const open = openBody(media);
  // Of a text, no schema says how it is written: an example does.
  const texts = isText ? media.examples.filter(({ value }) => typeof value === "string") : [];
  const examples = new Map([
    ...(open !== undefined && proved.size === 0 ? [[FULL, open] as const] : []),
    ...proved,
    ...texts.map(({ name, value }) => [name, value] as const),
  ]);
  const value = (name: string) => {
    const id = ids.get(name);
    const made = examples.get(name) ?? (id === undefined ? undefined : sampleValue(media, id, fixtures));
    if (isText && typeof made !== "string") return undefined;
    return kind === "events" && !isListOfEvents(made) ? undefined : made;
  };
  const all = [...new Set([...ids.keys(), ...examples.keys()])];
  const names = all.filter((name) => value(name) !== undefined);
  const preset = texts[0]?.name ?? names.find((name) => name === FULL) ?? names[0];
  return { value, names, preset };
}
