import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as it arrived. */
export interface Received {
  /** `PUT /path?query HTTP/1.1` */
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request. */
export type Reaction =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Never answers, sends its headers and half a body and no more, closes the connection at once or after that half. */
  | "silence"
  | "stall"
  | "hangUp"
  | "breakOff";

export interface LoopbackServer {
  readonly url: string;
  readonly requests: readonly Received[];
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
}

/** A server on the loopback interface, closed after the test. It reacts to each request in turn; the last reaction repeats. */
export async function startServer(...reactions: readonly Reaction[]): Promise<LoopbackServer> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((received) => {
      const reaction = reactions[Math.min(requests.push(received), reactions.length) - 1];
      react(reaction ?? { status: 500 }, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}

/** The answer with a value as JSON. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reaction {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(value) };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
  return { line, headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
}

function react(reaction: Reaction, response: ServerResponse): void {
  if (reaction === "silence") return;
  if (reaction === "hangUp") {
    response.destroy();
  } else if (reaction === "stall" || reaction === "breakOff") {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
    response.write('{"half":', () => reaction === "breakOff" && response.destroy());
  } else {
    response.writeHead(reaction.status, reaction.headers).end(reaction.body);
  }
}
