import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { RequestError } from "../../generator/runtime/errors.js";
import type { BodyRule, OperationRule, ParameterRule } from "../../generator/runtime/operation.js";
import type { ClientOptions } from "../../generator/runtime/options.js";
import type { Result } from "../../generator/runtime/result.js";
import { send, type ApiRule, type Args } from "../../generator/runtime/send.js";

export const JSON_BODY: BodyRule = { mediaType: "application/json", as: "json" };
export const TEXT_BODY: BodyRule = { mediaType: "text/plain", as: "text" };
export const BINARY_BODY: BodyRule = { mediaType: "application/octet-stream", as: "binary" };

/** `GET /things`, which answers 200 with JSON, but for what is given. */
function operation(rule: Partial<OperationRule> = {}): OperationRule {
  return {
    id: "getThings",
    method: "GET",
    path: "/things",
    parameters: [],
    body: [],
    responses: { "200": [JSON_BODY] },
    security: [],
    ...rule,
  };
}

export function parameter(
  name: string,
  place: ParameterRule["in"],
  rest: Partial<ParameterRule> = {},
): ParameterRule {
  const style = place === "path" || place === "header" ? "simple" : "form";
  return { name, argument: name, in: place, style, explode: style === "form", ...rest };
}

interface Call extends ClientOptions<object> {
  readonly rule?: Partial<OperationRule>;
  readonly args?: Args;
  readonly schemes?: ApiRule["securitySchemes"];
}

/** Calls the operation at `baseUrl`. */
export function call(options: Call): Promise<Result> {
  return callAt("http://unused.invalid", options);
}

/** The same, of a document with a server. */
export function callAt(server: string, { rule, args = {}, schemes = {}, ...options }: Call): Promise<Result> {
  return send({ baseUrl: server, securitySchemes: schemes }, operation(rule), args, options);
}

/** The error that a call ends with. */
export async function failureOf(result: Promise<unknown>): Promise<RequestError> {
  const error: unknown = await result.then(
    () => new Error("the call did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof RequestError) return error;
  throw error;
}

/** The address of a server on the loopback interface, closed after the test. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
