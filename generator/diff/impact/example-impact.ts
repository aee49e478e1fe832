import { exampleKeys, fixtureKeys } from "../../emit/fixture-keys.js";
import { memberAccess } from "../../emit/literals.js";
import { buildFixtures } from "../../fixtures/build.js";
import { json, type ApiFixtures, type ExampleFixture } from "../../fixtures/fixture.js";
import type { Judge } from "../../fixtures/prove.js";
import { reachedFrom } from "../../model/graph.js";
import type { ApiModel, MediaType, Operation } from "../../model/model.js";
import { jsonEquals, type JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";
import { matched, targetsOfOperation, type PackageSide } from "./changed-parts.js";
import type { FixtureImpact } from "./effects.js";
import { changes, type Compared, type Values } from "./fixture-changes.js";

/**
 * The fixtures of operations that come, go and change with the examples that the documents give of their bodies. A body or a response that only
 * one of them has is told of by itself.
 */
export function exampleImpact(
  sides: Pair<PackageSide>,
  judges: Pair<Judge>,
  compared: Compared,
): FixtureImpact[] {
  const pairs = matched(sides).filter((pair) => isOfOneName(pair, sides) && haveOtherExamples(pair));
  if (pairs.length === 0) return [];
  const values = {
    base: examplesOf(
      pairs.map(({ base }) => base),
      sides.base,
      judges.base,
    ),
    head: examplesOf(
      pairs.map(({ head }) => head),
      sides.head,
      judges.head,
    ),
  };
  const bodies = new Set([...values.base.keys()].filter((body) => values.head.has(body)));
  return [...bodies].flatMap((body) =>
    changes({ base: values.base.get(body)!, head: values.head.get(body)! }, compared),
  );
}

/** What is written of an operation that is called otherwise is called otherwise, too. */
function isOfOneName(pair: Pair<Operation>, { base, head }: Pair<PackageSide>): boolean {
  return fixturesOf(pair.base, base) === fixturesOf(pair.head, head);
}

function fixturesOf(operation: Operation, { names }: PackageSide): string {
  return names.operations.get(operation)!.fixtures;
}

function haveOtherExamples({ base, head }: Pair<Operation>): boolean {
  return !jsonEquals(givenBy(base), givenBy(head));
}

function givenBy({ body, responses }: Operation): JsonValue {
  return [valuesIn(body?.content[0]), ...responses.map(({ content }) => valuesIn(content[0]))];
}

/** What examples say, wherever they stand. */
function valuesIn(media: MediaType | undefined): JsonValue {
  return (media?.examples ?? []).map(({ name, value }) => ({ name, value }));
}

type Bodies = ReadonlyMap<string, Values>;

/** The examples of each body that the package has fixtures of, by the expression that names these. */
function examplesOf(operations: readonly Operation[], side: PackageSide, judge: Judge): Bodies {
  // Of an operation, its bodies alone are wanted.
  const bare = operations.map((operation): Operation => ({
    ...operation,
    parameters: [],
    responses: operation.responses.map((response) => ({ ...response, headers: [] })),
  }));
  const built = builtOf(bare, side.model, judge);
  return new Map(
    bare.flatMap((operation, index) => {
      const { bodyExamples, responseExamples } = built.operations.get(operation)!;
      const owner = fixturesOf(operations[index]!, side);
      const valuesOf = (name: string, media: MediaType | undefined, examples: readonly ExampleFixture[]) =>
        [name, namedExamples({ name, media, examples }, built, side)] as const;
      return [
        valuesOf(`${owner}.body`, operation.body?.content[0], bodyExamples),
        ...operation.responses.map((response) =>
          valuesOf(
            memberAccess(`${owner}.responses`, response.status),
            response.content[0],
            responseExamples.get(response)!,
          ),
        ),
      ];
    }),
  );
}

function builtOf(operations: readonly Operation[], model: ApiModel, judge: Judge): ApiFixtures {
  const wanted = new Set(operations.flatMap(targetsOfOperation));
  const reached = reachedFrom([...wanted], model.schemas);
  const schemas = new Map([...model.schemas].filter(([id]) => reached.has(id)));
  return buildFixtures({ ...model, schemas, operations }, { judge, prover: judge }, { whole: model, wanted })
    .value;
}

type Examples = {
  readonly name: string;
  readonly media: MediaType | undefined;
  readonly examples: readonly ExampleFixture[];
};

function namedExamples(
  { name, media, examples }: Examples,
  { schemas }: ApiFixtures,
  { names }: PackageSide,
): Values {
  const id = media?.schema;
  const beside = id === undefined ? [] : fixtureKeys(schemas.get(id)!).values();
  const keys = exampleKeys(examples, beside);
  const schema = id === undefined ? "unknown" : names.schemas.get(id)!.requestType;
  return new Map(
    examples.map(({ value }, index) => [
      memberAccess(name, keys[index]!),
      { schema, fixture: { value, expression: json(value) } },
    ]),
  );
}
