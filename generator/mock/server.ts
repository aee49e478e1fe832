import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer } from "./answer.js";
import { corsHeaders, isPreflight, preflightReply } from "./cors.js";
import type { MockApi } from "./mock-api.js";
import { problemReply } from "./problem.js";
import { splitTarget, type MockReply, type MockRequest } from "./request.js";

export type MockServer = {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  /** What is served from now on. */
  readonly serve: (apis: readonly MockApi[]) => void;
  /** Lets go of every connection, and ends when all are closed. */
  readonly close: () => Promise<void>;
};

export type ServerOptions = {
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Is given a line a request. */
  readonly log: (line: string) => void;
};

/** A longer body is refused. */
const MAX_BODY_BYTES = 16 * 2 ** 20;
/** How long answers may take that are under way when the server ends. */
const GRACE_MS = 500;

/**
 * A server of fixtures over HTTP.
 *
 * @throws {NodeJS.ErrnoException} where it cannot listen: `EADDRINUSE`, `EACCES`, `ENOTFOUND`.
 */
export async function startMockServer(options: ServerOptions): Promise<MockServer> {
  let served: readonly MockApi[] = [];
  let turns = 0;
  const server = createServer((incoming, response) => {
    const started = performance.now();
    handle(incoming, (request) => answer(served, request, () => turns++))
      .then((reply) => {
        if (reply) send(reply, response);
        options.log(logLine(incoming, reply, performance.now() - started));
      })
      .catch(() => response.destroy());
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  server.listen(options.port, options.host);
  await once(server, "listening");
  return { url: urlOf(server), serve: (apis) => void (served = apis), close: () => close(server) };
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await once(server, "close");
  clearTimeout(late);
}

/** Whatever a request holds, the server goes on. Undefined where it was aborted before all of it came: nobody waits for an answer. */
async function handle(
  incoming: IncomingMessage,
  answerTo: (request: MockRequest) => Promise<MockReply>,
): Promise<MockReply | undefined> {
  const header = (name: string) => headerOf(incoming, name);
  try {
    const body = await bodyOf(incoming);
    const { path, query } = splitTarget(incoming.url ?? "/");
    const request: MockRequest = {
      method: incoming.method ?? "GET",
      path,
      query,
      header,
      body: body ?? new Uint8Array(),
    };
    const reply = isPreflight(request)
      ? preflightReply(request)
      : body
        ? await answerTo(request)
        : tooLarge();
    return withHeaders(reply, header);
  } catch (error) {
    if (incoming.errored) return undefined;
    const detail = `clientsmith failed: ${error instanceof Error ? error.message : String(error)}`;
    return withHeaders(problemReply({ status: 500, title: "Internal Server Error", detail }), header);
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : value;
}

function withHeaders(reply: MockReply, header: MockRequest["header"]): MockReply {
  return { ...reply, headers: [...reply.headers, ...corsHeaders({ header }, reply.headers)] };
}

function tooLarge(): MockReply {
  const detail = `a body may have ${MAX_BODY_BYTES} bytes here`;
  return problemReply({ status: 413, title: "Content Too Large", detail }, [["Connection", "close"]]);
}

/** Undefined for one that is too long: what is left of it is not read. */
async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Nobody could be told of it on a connection that is closed.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function send(reply: MockReply, response: ServerResponse): void {
  response.statusCode = reply.status;
  // What a document calls a header, or writes into one, may be none (RFC 9110, section 5).
  for (const [name, value] of reply.headers)
    if (/^[\w!#$%&'*+\-.^`|~]+$/.test(name) && !CONNECTION.has(name.toLowerCase()))
      response.appendHeader(name, value.replace(/[^\t\x20-\x7e\xa0-\xff]/g, "?"));
  const isPiecewise = reply.body.length > 1;
  const [whole = ""] = reply.body;
  if (!isPiecewise) return void response.end(whole);
  for (const piece of reply.body) response.write(piece);
  response.end();
}

/** Headers that are the server's own: a value of the document would break the message. */
const CONNECTION = new Set([
  "content-length",
  "transfer-encoding",
  "connection",
  "upgrade",
  "trailer",
  "keep-alive",
  "te",
]);

function logLine({ method, url = "" }: IncomingMessage, reply: MockReply | undefined, ms: number): string {
  const what = reply ? `${reply.status} ${reply.note}` : "aborted";
  return `${method} ${url} → ${what}, ${Math.round(ms)} ms`.replace(/[\0-\x1f\x7f-\x9f]/g, "?");
}
