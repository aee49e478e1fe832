import { parseLimits } from "../config/limits.js";
import { UsageError } from "../config/targets.js";
import { diagnosticTexts, oneLine } from "../diagnostics/print.js";
import { startMockServer, type MockServer } from "../mock/server.js";
import type { OnRead } from "../pipeline/inputs.js";
import { runMock, type MockedApi, type MockOptions } from "../pipeline/mock.js";
import type { Arguments, Command } from "./command.js";
import { tellFailure } from "./failure.js";
import { SHAPING_HELP, SHAPING_OPTIONS, SHAPING_USAGE, shapingOf } from "./shaping.js";
import { progressOf, type Terminal } from "./terminal.js";
import { watchInputs } from "./watch.js";

const DEFAULT_PORT = "4010";
const DEFAULT_HOST = "127.0.0.1";

const HELP = `clientsmith mock [API or FILE…] [--port N] [--host NAME] [--watch] [--lenient] [--limit NAME=N] [--allow-ref PREFIX]…
                 ${SHAPING_USAGE}

Serves the fixtures of all of specs/, or of the documents that are named, over HTTP. Requests are validated: what is not as
the document says is answered with application/problem+json that says what is wrong, or what there is. Parameters that it
does not name are not looked at, nor is a body where it has none.

A request chooses its answer by the header Prefer (RFC 7240):

  Prefer: code=404         the response of that status; else it is the first success
  Prefer: example=minimal  that fixture of it, or that example of the document; else it is full
  Prefer: dynamic=true     another fixture each time

  --port N            default: ${DEFAULT_PORT}; 0 takes one that is free
  --host NAME         default: ${DEFAULT_HOST}, which nobody else reaches
  --watch             read again whenever what was read changes, as generate does; faults leave what is served as it is
  --lenient           go on past each fault of a document that has a safe reading
  --limit NAME=NUMBER lets a document ask for more: see clientsmith generate --help
  --allow-ref PREFIX  lets documents refer to what lies there, beside their own folder: a path, or a URL up to the end of a segment
${SHAPING_HELP}

Exit: 0 when it is told to end (Ctrl+C), 2 on an error.

Example:
  npx clientsmith mock specs/petstore.yaml --port 8080
`;

/** `clientsmith mock`. */
export const mockCommand: Command = {
  name: "mock",
  help: HELP,
  options: {
    port: { type: "string" },
    host: { type: "string" },
    watch: { type: "boolean" },
    lenient: { type: "boolean" },
    limit: { type: "string", multiple: true },
    "allow-ref": { type: "string", multiple: true },
    ...SHAPING_OPTIONS,
  },
  async run(args, terminal) {
    const { values } = args;
    const address = {
      port: portOf(values["port"]),
      host: (values["host"] as string | undefined) ?? DEFAULT_HOST,
    };
    const options = optionsOf(args, terminal);
    let server: MockServer | undefined;
    const serve = async (onRead?: OnRead) => {
      const apis = await read({ ...options, onRead }, terminal);
      if (isRefused(apis)) {
        if (server) terminal.err("what was served before still is\n");
        return false;
      }
      server ??= await listen(address, terminal);
      show(apis, server, terminal);
      return true;
    };
    const onFailure = (message: string) => tellFailure(message, { json: false }, terminal);
    try {
      const isServed =
        values["watch"] === true ? await watchInputs(serve, { terminal, onFailure }) : await serve();
      if (!isServed) return 2;
      await terminal.interrupted;
    } finally {
      await server?.close();
    }
    return 0;
  },
};

function optionsOf(args: Arguments, terminal: Terminal): MockOptions {
  const { positionals, values } = args;
  return {
    ...shapingOf(args),
    cwd: terminal.cwd,
    apis: positionals,
    lenient: values["lenient"] === true,
    allowRefs: values["allow-ref"] as string[] | undefined,
    limits: parseLimits(values["limit"] as string[] | undefined),
  };
}

function portOf(text: unknown): number {
  const port = typeof text === "string" ? text : DEFAULT_PORT;
  if (/^\d+$/.test(port) && Number(port) < 65_536) return Number(port);
  throw new UsageError(`--port ${JSON.stringify(port)} is no port: it takes a number up to 65535`);
}

async function read(options: MockOptions, terminal: Terminal): Promise<readonly MockedApi[]> {
  const progress = progressOf(terminal);
  const onStage = (api: string, stage: string) => progress.show(`${api}: ${stage}`);
  const apis = await runMock({ ...options, onStage }).finally(progress.clear);
  for (const { compilation } of apis)
    for (const text of diagnosticTexts(compilation.diagnostics, compilation, terminal.paint))
      terminal.err(`${text}\n\n`);
  return apis;
}

function isRefused(apis: readonly MockedApi[]): boolean {
  return apis.some(({ mock }) => mock === undefined);
}

/** @throws {UsageError} where the address is taken or not ours to take. */
async function listen(address: { port: number; host: string }, { err }: Terminal): Promise<MockServer> {
  try {
    return await startMockServer({ ...address, log: (line) => err(`${line}\n`) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new UsageError(
        `port ${address.port} of ${address.host} is in use: --port takes another, or 0 for one that is free`,
      );
    if (code === undefined) throw error;
    throw new UsageError(`cannot listen on port ${address.port} of ${address.host}: ${message}`);
  }
}

/** Serves the APIs, and says where. */
function show(apis: readonly MockedApi[], server: MockServer, { err, paint }: Terminal): void {
  const mocks = apis.flatMap(({ mock }) => mock ?? []);
  server.serve(mocks);
  for (const { name, basePaths, operations } of mocks) {
    const count = `${operations.length} operation${operations.length === 1 ? "" : "s"}`;
    err(
      `${paint("green", "✓")} ${paint("bold", oneLine(name))} at ${server.url}${basePaths[0] ?? ""}: ${count}\n`,
    );
  }
}
