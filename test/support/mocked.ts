import { onTestFinished } from "vitest";
import { buildFixtures } from "../../generator/fixtures/build.js";
import type { ApiFixtures } from "../../generator/fixtures/fixture.js";
import { asMeant } from "../../generator/pipeline/as-meant.js";
import { judgesOf } from "../../generator/pipeline/prover.js";
import { mockApi, type MockApi } from "../../generator/mock/mock-api.js";
import { startMockServer } from "../../generator/mock/server.js";
import type { ApiModel } from "../../generator/model/model.js";
import { readModel } from "../../generator/pipeline/compile.js";
import { fetchingFrom, type Texts } from "./compile.js";

/** A document read, and what a server answers for it. */
export type Mocked = { readonly model: ApiModel; readonly fixtures: ApiFixtures; readonly mock: MockApi };

export async function mockText(text: string, others: Texts = {}, lenient = false): Promise<Mocked> {
  const source = { id: "document.yaml", text };
  const { value, problems } = await readModel({
    api: "sample",
    source,
    reading: { lenient },
    fetchText: fetchingFrom(others),
  });
  if (!value) throw new Error(`the document is refused: ${JSON.stringify(problems)}`);
  const { model, resolved } = value;
  const { value: fixtures } = buildFixtures(model, judgesOf(asMeant(resolved, model)));
  return { model, fixtures, mock: mockApi("sample", model, fixtures) };
}

/** A mock server on the loopback interface, closed after the test; `log` has a line a request. */
export async function serve(
  ...mocks: readonly MockApi[]
): Promise<{ readonly url: string; readonly log: readonly string[] }> {
  const log: string[] = [];
  const server = await startMockServer({ host: "127.0.0.1", port: 0, log: (line) => void log.push(line) });
  onTestFinished(server.close);
  server.serve(mocks);
  return { url: server.url, log };
}
