import { buildFixtures } from "../../generator/fixtures/build.js";
import { judgesOf } from "../../generator/pipeline/prover.js";
import { buildModel } from "../../generator/model/build.js";
import { readDocuments } from "../../generator/pipeline/read.js";
import { isObject, type JsonObject, type JsonValue } from "../../generator/source/json.js";
import { fetchingFrom } from "./compile.js";

/** What fixtures make of a schema of its own. */
export type Examination =
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "read";
      /** The values of its fixtures, the longest first. */
      readonly values: readonly JsonValue[];
      /** Those that it must not have. */
      readonly invalid: readonly { readonly id: string; readonly value: JsonValue }[];
      /** What is said of the schema itself. */
      readonly said: readonly { readonly code: string; readonly message: string }[];
      /** The verdict of the validator that proves fixtures. */
      prove(value: JsonValue): boolean | undefined;
    };

const POINTER = "/components/schemas/Subject";

/** The schema as the one component of an OpenAPI 3.1 document, an `$id` around it: its references start from itself. */
function documentOf(schema: JsonValue): JsonValue {
  const own = isObject(schema) ? { $id: "https://suite.example/subject", ...schema } : schema;
  return {
    openapi: "3.1.0",
    info: { title: "Suite", version: "1" },
    paths: {},
    components: { schemas: { Subject: own } },
  };
}

/** Reads a schema as a component, and makes its fixtures. */
export async function examineSchema(schema: JsonValue): Promise<Examination> {
  const source = { id: "suite.json", text: JSON.stringify(documentOf(schema)) };
  const read = await readDocuments({ source, api: "suite", fetchText: fetchingFrom({}) });
  const model = read.value && buildModel(read.value, source.id);
  const errors = [...read.problems, ...(model?.problems ?? [])].filter(
    ({ severity }) => severity === "error",
  );
  if (!read.value || !model?.value || errors.length > 0)
    return { kind: "refused", message: errors.map(({ message }) => message).join("; ") };
  const judges = judgesOf(read.value);
  const fixtures = buildFixtures(model.value, judges);
  const origin = { source: source.id, pointer: POINTER };
  const set = [...model.value.schemas.values()].find((named) => named.origin.pointer === POINTER)!;
  return {
    kind: "read",
    values: fixtures.value.schemas
      .get(set.id)!
      .valid.filter(({ id }) => id === "full" || id === "minimal")
      .map(({ value }) => value)
      .toReversed(),
    invalid: fixtures.value.schemas.get(set.id)!.invalid,
    said: fixtures.problems.filter((each) => each.origin.pointer === POINTER),
    prove: (value) => {
      const { kind } = judges.prover.verdict(origin, value);
      return kind === "undecided" ? undefined : kind === "valid";
    },
  };
}

/** The fixture `full` of each of some components, by their names, and of the arguments of operations, by their paths. */
export async function fullsOf(
  schemas: JsonObject,
  paths: JsonObject = {},
): Promise<ReadonlyMap<string, JsonValue>> {
  const info = { title: "Components", version: "1" };
  const document = { openapi: "3.1.0", info, paths, components: { schemas } };
  const source = { id: "components.json", text: JSON.stringify(document) };
  const read = await readDocuments({ source, api: "components", fetchText: fetchingFrom({}) });
  const model = buildModel(read.value!, source.id).value!;
  const fixtures = buildFixtures(model, judgesOf(read.value!)).value;
  const values = [...model.schemas.values()].flatMap(({ id, words }) =>
    fixtures.schemas
      .get(id)!
      .valid.filter((fixture) => fixture.id === "full")
      .map(({ value }) => [words.join(" "), value] as const),
  );
  const args = model.operations.map((operation) => {
    const { parameters } = fixtures.operations.get(operation)!.args.get("full")!;
    const named = [...parameters].map(([{ name }, value]) => [name, value] as const);
    return [operation.path, Object.fromEntries(named)] as const;
  });
  return new Map([...values, ...args]);
}
