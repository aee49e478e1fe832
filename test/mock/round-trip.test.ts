import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { argumentNames } from "../../generator/emit/arguments.js";
import { operationRule } from "../../generator/emit/operation-rule.js";
import { sampleValue } from "../../generator/emit/sample-body.js";
import type { Arguments, Extent } from "../../generator/fixtures/fixture.js";
import { Evaluator } from "../../generator/mock/evaluate.js";
import type { Operation } from "../../generator/model/model.js";
import * as events from "../../generator/runtime/events.js";
import * as headers from "../../generator/runtime/headers.js";
import * as jsonLines from "../../generator/runtime/json-lines.js";
import * as jsonSequence from "../../generator/runtime/json-sequence.js";
import * as multipart from "../../generator/runtime/multipart.js";
import type { OperationRule, SecuritySchemes } from "../../generator/runtime/operation.js";
import { send, type Args } from "../../generator/runtime/send.js";
import * as writeItems from "../../generator/runtime/write-items.js";
import { mockText, serve, type Mocked } from "../support/mocked.js";

/**
 * A generated client and the mock server of the same document agree: whatever the fixtures say that an operation takes is sent, read
 * again as the same values, found valid, and answered by what the client's own validators allow.
 */
const CASES = fileURLToPath(new URL("../cases/", import.meta.url));
const names = readdirSync(CASES).filter((name) => existsSync(join(CASES, name, "document.yaml")));

const CLIENT = {
  events,
  headers,
  "json-lines": jsonLines,
  "json-sequence": jsonSequence,
  multipart,
  "write-items": writeItems,
};

/** What cannot be: an event without data has no value on the wire, and fetch knows methods that it never sends. */
const IMPOSSIBLE = new Set([
  "GET /unnamed minimal",
  "GET /unnamed full",
  "TRACE /unsendable minimal",
  "TRACE /unsendable full",
  "CONNECT /unsendable minimal",
  "CONNECT /unsendable full",
]);

const failed = new Set<string>();

async function mockCase(name: string): Promise<Mocked> {
  const folder = join(CASES, name);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.(yaml|json)$/.test(path),
  );
  const texts = Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  return mockText(texts["document.yaml"]!, texts);
}

function argsOf(operation: Operation, extent: Extent, given: Arguments, { fixtures }: Mocked): Args {
  const argument = argumentNames(operation);
  const parameters = [...given.parameters].map(([each, value]) => [argument.get(each)!, value]);
  const media = given.body === undefined ? undefined : operation.body?.content[0];
  return {
    ...Object.fromEntries(parameters),
    ...(media && { body: sampleValue(media, extent, fixtures) }),
  } as Args;
}

function credentialsOf(schemes: SecuritySchemes): object {
  const basic = { username: "me", password: "secret" };
  return Object.fromEntries(
    Object.entries(schemes).map(([name, { kind }]) => [name, kind === "basic" ? basic : "t0ken"]),
  );
}

/** What a client reads of the headers of an answer with that status. */
function headersOf(operation: Operation, status: number, { fixtures }: Mocked): object | undefined {
  const response = operation.responses.find((each) => [String(status), "default"].includes(each.status));
  if (!response || response.headers.length === 0) return undefined;
  const full = fixtures.operations.get(operation)!.responseHeaders.get(response)!.get("full")!;
  const values = new Map([...full].map(([{ name }, value]) => [name, value]));
  return Object.fromEntries(response.headers.map(({ name }) => [name, values.get(name)]));
}

/** A document may describe a 400, whose body this then is not. */
function isProblem(data: unknown): boolean {
  return typeof data === "object" && data !== null && "title" in data && "detail" in data;
}

it.each(names)(
  "%s: what the client sends, the server takes; what it answers, the client reads",
  async (name) => {
    const mocked = await mockCase(name);
    const { url } = await serve(mocked.mock);
    const evaluator = new Evaluator(mocked.model, CLIENT);
    const failures: string[] = [];
    for (const [index, operation] of mocked.model.operations.entries()) {
      const { validators, basePaths } = mocked.mock.operations[index]!;
      const rule = evaluator.evaluate(operationRule(operation, mocked.model.schemas)) as OperationRule;
      const { securitySchemes } = mocked.mock;
      const baseUrl = url + basePaths[0];
      const api = { baseUrl: "http://unused.invalid", securitySchemes };
      for (const [extent, given] of mocked.fixtures.operations.get(operation)!.args) {
        const args = argsOf(operation, extent, given, mocked);
        const options = {
          baseUrl,
          auth: credentialsOf(securitySchemes),
          validators: { [rule.id]: validators },
        };
        const what = `${operation.method} ${operation.path} ${extent}`;
        try {
          const { status, ...result } = await send(api, rule, args, options);
          const data: unknown = "data" in result ? result.data : result.error;
          expect("headers" in result ? result.headers : undefined).toEqual(
            headersOf(operation, status, mocked),
          );
          if (typeof data === "object" && data !== null && Symbol.asyncIterator in data)
            for await (const item of data as AsyncIterable<unknown>) expect(item).toBeDefined();
          if (isProblem(data)) failures.push(`${what}: ${JSON.stringify(data)}`);
        } catch (error) {
          if (IMPOSSIBLE.has(what)) failed.add(what);
          else failures.push(`${what}: ${String(error)} ${(error as { body?: string }).body ?? ""}`);
        }
      }
    }
    expect(failures).toEqual([]);
  },
);

it("what cannot be fails, all of it", () => {
  expect(failed).toEqual(IMPOSSIBLE);
});
