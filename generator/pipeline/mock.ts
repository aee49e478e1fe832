import type { Target } from "../config/targets.js";
import { locateProblems, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Problem } from "../diagnostics/problem.js";
import { buildFixtures } from "../fixtures/build.js";
import { asMeant } from "./as-meant.js";
import { judgesOf } from "./prover.js";
import { mockApi, type MockApi } from "../mock/mock-api.js";
import { readModel, withinStack, type Compilation } from "./compile.js";
import { openInputs, readTarget, withoutParts, type InputOptions, type Inputs } from "./inputs.js";
import type { ReadInput } from "./read.js";

export type MockOptions = InputOptions & {
  readonly onStage?: ((api: string, stage: string) => void) | undefined;
};

/** One API, read: what a server answers for it, or the faults for which there is nothing to serve. */
export type MockedApi = {
  readonly target: Target;
  readonly mock: MockApi | undefined;
  readonly compilation: Pick<Compilation, "diagnostics" | "documents">;
  /** The files that were read for it, or asked for. */
  readonly inputs: readonly string[];
};

/**
 * Documents → what a server answers for them. Nothing is written.
 *
 * @throws {UsageError} where the options name no API.
 */
export async function runMock(options: MockOptions): Promise<readonly MockedApi[]> {
  const opened = await openInputs(options);
  const apis: MockedApi[] = [];
  for (const target of opened.targets) apis.push(await readApi(target, opened, options));
  return withoutParts(apis, options, opened.loaded);
}

async function readApi(
  target: Target,
  { documents, limits }: Inputs,
  options: MockOptions,
): Promise<MockedApi> {
  const { inputs, read, problems } = await readTarget(target, documents, options);
  if (!read) return { target, inputs, ...refused(problems, new Map()) };
  const stage = (name: string) => options.onStage?.(target.name, name);
  const mocked = await withinStack(read.source, () => mockOf({ ...read, limits }, stage), refused);
  return { target, inputs, ...mocked };
}

type Mocked = Pick<MockedApi, "mock" | "compilation">;

function refused(problems: readonly Problem[], documents: Compilation["documents"]): Mocked {
  const diagnostics: readonly Diagnostic[] = locateProblems(problems, documents);
  return { mock: undefined, compilation: { diagnostics, documents } };
}

async function mockOf(input: ReadInput, onStage: (stage: string) => void): Promise<Mocked> {
  onStage("reading");
  const { value, problems, documents } = await readModel(input);
  if (!value) return refused(problems, documents);
  const { model, resolved } = value;
  onStage("proving fixtures");
  const fixtures = buildFixtures(model, judgesOf(asMeant(resolved, model)));
  return {
    mock: mockApi(input.api, model, fixtures.value),
    compilation: { diagnostics: locateProblems([...problems, ...fixtures.problems], documents), documents },
  };
}
