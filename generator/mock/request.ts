/** A request to the mock server, as it was sent. */
export type MockRequest = {
  readonly method: string;
  /** The path, percent-encoded. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array<ArrayBuffer>;
};

/** What the mock server answers. */
export type MockReply = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Pieces that are sent one by one. */
  readonly body: readonly (string | Uint8Array)[];
  /** For the log: which fixture it is, or what is wrong. */
  readonly note: string;
};

/** The parts of a request target (RFC 9112, section 3.2): of its origin form, or of its absolute form. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, "");
  const [, path = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(relative) ?? [];
  return { path: path === "" ? "/" : path, query };
}
