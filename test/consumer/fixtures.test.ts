import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { documentOf, objectAt } from "../specs/document.js";
import { loadInstalled } from "../support/installed.js";

const installed = await loadInstalled();

type Values = Readonly<Record<string, unknown>>;
interface Issue {
  readonly keyword: string;
  readonly pointer: string;
}
interface Validator {
  issues(value: unknown): readonly Issue[];
  is(value: unknown): boolean;
  readonly "~standard": { validate(value: unknown): object };
}

const apis = [
  {
    api: "dynamic-auth",
    fixtures: installed.dynamicAuthFixtures as unknown as Readonly<Record<string, Values>>,
    validators: installed.dynamicAuthValidators as unknown as Readonly<Record<string, Validator>>,
    operation: installed.dynamicAuthFixtures.upgradeSubscriptionForOrganizationFixtures,
    path: ["paths", "/organizations/{organizationId}/billing/upgrade", "put"],
  },
  {
    api: "cargo",
    fixtures: installed.cargoFixtures as unknown as Readonly<Record<string, Values>>,
    validators: installed.cargoValidators as unknown as Readonly<Record<string, Validator>>,
    operation: installed.cargoFixtures.updateSubscriptionPlanFixtures,
    path: ["paths", "/billing/subscription/plan", "put"],
  },
] as const;

/** A second opinion: ajv, by the schema as the document has it. */
function ajvOf(api: string): (...keys: readonly string[]) => ValidateFunction {
  const document = documentOf(`${api}.yaml` as Parameters<typeof documentOf>[0]);
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateSchema: false });
  formats.default(ajv);
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, "document");
  return (...keys) => {
    const pointer = keys.map(
      (key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
    );
    return ajv.compile({ $ref: `document#${pointer.join("")}` });
  };
}

/** `enum at /cadence` breaks the keyword `enum` at the pointer `/cadence`; `required scope`, `required` at the root. */
function claimOf(name: string): Issue {
  const [, keyword = "", pointer = ""] = /^(\S+).*?(?: at (\/.*))?$/.exec(name) ?? [];
  return { keyword, pointer };
}

describe.each(apis)("the fixtures of $api", ({ api, fixtures, validators, operation, path }) => {
  const schemas = Object.keys(objectAt(documentOf(`${api}.yaml`), "components", "schemas"));
  const second = ajvOf(api);
  const parts = schemas.map((name) => {
    const lower = name.replace(/^./, (letter) => letter.toLowerCase());
    return {
      name,
      valid: Object.entries(fixtures[`${lower}Fixtures`] ?? {}),
      invalid: Object.entries(fixtures[`invalid${name}Fixtures`] ?? {}),
      validator: validators[`${lower}Schema`],
      ajv: second("components", "schemas", name),
    };
  });

  it.each(parts)("$name: every valid one passes the validator and ajv", ({ valid, validator, ajv }) => {
    expect(valid.map(([key]) => key)).toEqual(expect.arrayContaining(["minimal", "full"]));
    for (const [key, value] of valid) {
      expect(validator?.issues(value), key).toEqual([]);
      expect(validator?.is(value), key).toBe(true);
      expect(validator?.["~standard"].validate(value), key).toEqual({ value });
      expect(ajv(value) || ajv.errors, key).toBe(true);
    }
  });

  it.each(parts)(
    "$name: every invalid one breaks what its name says, for both",
    ({ invalid, validator, ajv }) => {
      expect(invalid).not.toEqual([]);
      for (const [key, value] of invalid) {
        const claim = claimOf(key);
        const issues = validator?.issues(value) ?? [];
        expect(
          issues.map(({ keyword, pointer }) => ({ keyword, pointer })),
          key,
        ).toEqual([claim]);
        expect(validator?.is(value), key).toBe(false);
        expect(validator?.["~standard"].validate(value), key).toEqual({ issues });
        expect(ajv(value), key).toBe(false);
        const errors = ajv.errors?.map(({ keyword, instancePath }) => ({ keyword, pointer: instancePath }));
        expect(errors, key).toContainEqual(claim);
      }
    },
  );

  it("have every response of the document, each of its status's schema", () => {
    const responses = objectAt(documentOf(`${api}.yaml`), ...path, "responses");
    expect(Object.keys(operation.responses).toSorted()).toEqual(Object.keys(responses).toSorted());
    for (const [status, values] of Object.entries(operation.responses)) {
      const ajv = second(...path, "responses", status, "content", "application/json", "schema");
      for (const [name, value] of Object.entries(values)) expect(ajv(value) || ajv.errors, name).toBe(true);
    }
  });

  it("have the samples of the document", () => {
    const [success = ""] = Object.keys(operation.responses);
    const media = objectAt(
      documentOf(`${api}.yaml`),
      ...path,
      "responses",
      success,
      "content",
      "application/json",
    );
    const { referencePage } = operation.responses[success as keyof typeof operation.responses] as Values;
    expect(referencePage).toEqual(objectAt(media, "examples", "referencePage")["value"]);
  });
});

describe("the arguments of the operations", () => {
  it("of dynamic-auth fit the parameter's schema", () => {
    const [{ api, operation, path }] = apis;
    const ajv = ajvOf(api)(...path, "parameters", "0", "schema");
    for (const { organizationId } of Object.values(operation.args))
      expect(ajv(organizationId) || ajv.errors).toBe(true);
  });

  it("of cargo fit the body's schema, and hold the document's sample", () => {
    const [, { api, operation, path }] = apis;
    const media = [...path, "requestBody", "content", "application/json"];
    const ajv = ajvOf(api)(...media, "schema");
    for (const { body } of Object.values(operation.args)) expect(ajv(body) || ajv.errors).toBe(true);
    for (const body of Object.values(operation.body)) expect(ajv(body) || ajv.errors).toBe(true);
    const sample = objectAt(documentOf("cargo.yaml"), ...media, "examples", "referencePage")["value"];
    expect(operation.body.referencePage).toEqual(sample);
  });
});
