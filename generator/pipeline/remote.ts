import { decode } from "../source/decode.js";
import type { Limits } from "../source/limits.js";
import { allowsUrl, type Allowed } from "./allow.js";

/** How long a remote document may take, all redirects together. */
const TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;

/** A remote document, or why there is none. */
export type Download =
  | { readonly kind: "text"; readonly url: string; readonly text: string }
  | { readonly kind: "not-allowed"; readonly allow: string }
  | { readonly kind: "unreadable"; readonly reason: string };

/** GETs a document, without credentials; a redirect leads only to where a prefix allows. */
export async function download(
  address: string,
  {
    allowed,
    limits,
    timeout = TIMEOUT_MS,
  }: { readonly allowed: Allowed; readonly limits: Limits; readonly timeout?: number },
): Promise<Download> {
  const signal = AbortSignal.timeout(timeout);
  let url = new URL(address);
  try {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      if (!/^https?:$/.test(url.protocol) || !allowsUrl(url, allowed))
        return { kind: "not-allowed", allow: prefixFor(url) };
      const response = await fetch(url, { redirect: "manual", credentials: "omit", signal });
      const location = response.status >= 300 && response.status < 400 && response.headers.get("location");
      if (!location) return await readBody(response, url.href, limits);
      await response.body?.cancel();
      url = new URL(location, url);
    }
    return { kind: "unreadable", reason: `it was redirected more than ${MAX_REDIRECTS} times` };
  } catch (error) {
    return { kind: "unreadable", reason: reasonOf(error as Error, timeout) };
  }
}

/** What would allow an address: its folder. */
export function prefixFor(url: URL): string {
  return url.protocol === "file:" ? url.href : new URL("./", `${url.origin}${url.pathname}`).href;
}

async function readBody(response: Response, url: string, limits: Limits): Promise<Download> {
  if (!response.ok) return { kind: "unreadable", reason: `${url} answers with status ${response.status}` };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limits.bytes) return { kind: "unreadable", reason: tooLarge(limits) };
    chunks.push(chunk);
  }
  const decoded = decode(Buffer.concat(chunks));
  return decoded.kind === "text" ? { kind: "text", url, text: decoded.text } : decoded;
}

/** Why a document that another one refers to is not read. */
export function tooLarge({ bytes }: Limits): string {
  return `it is larger than ${bytes} bytes: --limit bytes=N raises the limit`;
}

function reasonOf(error: Error, timeout: number): string {
  if (error.name === "TimeoutError") return `it was not there within ${timeout / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
