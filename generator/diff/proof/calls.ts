import type { Operation, Parameter } from "../../model/model.js";
import { isArray, type JsonValue } from "../../source/json.js";
import { bodiesOf } from "./answers.js";
import { parameterKey, type Call } from "./message.js";
import type { SampleValues } from "./sample-values.js";

/**
 * Calls of an operation, the plainest first: with what is needed, with each of the values that tell how one parameter is written, and
 * with all that there is; of each media type, without a body, by each way of being let in.
 *
 * @param varied the parameter that is meant.
 */
export function* callsOf(
  operation: Operation,
  values: SampleValues,
  varied: Parameter | undefined,
): Generator<Call> {
  const { body, requirements } = operation;
  const ways = requirements.alternatives.length > 0 ? requirements.alternatives : [NO_CREDENTIALS];
  const bodies = [
    ...(body?.required ? [] : [undefined]),
    ...(body?.content ?? []).flatMap((each) => bodiesOf(each, values)),
  ];
  for (const parameters of parameterSets(operation, values, varied))
    for (const content of bodies)
      for (const credentials of ways) yield { parameters, credentials, ...(content && { body: content }) };
}

const NO_CREDENTIALS: Call["credentials"] = new Map();

function* parameterSets(
  { parameters }: Operation,
  values: SampleValues,
  varied: Parameter | undefined,
): Generator<Call["parameters"]> {
  const needed = samplesOf(
    parameters.filter(({ required }) => required),
    values,
  );
  yield needed;
  if (varied)
    for (const value of telling(values.of(varied.schema)))
      yield new Map(needed).set(parameterKey(varied), value);
  yield samplesOf(parameters, values);
}

function samplesOf(parameters: readonly Parameter[], values: SampleValues): Call["parameters"] {
  return new Map(
    parameters.flatMap((each) => {
      const [value] = values.of(each.schema);
      return value === undefined ? [] : [[parameterKey(each), value] as const];
    }),
  );
}

/**
 * Values that show how they are written: lists of several items, texts with characters that one style keeps and another encodes, the
 * empty text. Which of them the schema allows is judged where they are read.
 */
function telling(samples: readonly JsonValue[]): readonly JsonValue[] {
  const doubled = samples.flatMap((sample) => (isArray(sample) ? [[...sample, ...sample]] : []));
  return [
    ["a", "b"],
    [1, 2],
    [true, false],
    ...samples,
    ...doubled,
    "a+b",
    "a,b",
    "+15550100",
    "2026-01-15T09:30:00+02:00",
    "",
  ];
}
