/** The addresses of servers by who names them, from the last to the first who has a say. */
interface Servers {
  /** The document's first server. */
  readonly api: string;
  /** That of the operation itself. */
  readonly operation?: string | undefined;
  /** What the caller has given in the place of both. */
  readonly given?: string | undefined;
}

/**
 * The address that an operation's path is appended to. One of the operation that is relative is so to the document's (OpenAPI 3.1.1, Server
 * Object, `url`), and to what the caller has given in its place.
 */
export function addressOf({ api, operation, given }: Servers): string {
  const base = given ?? api;
  const isRelative = operation !== undefined && !URL.canParse(operation);
  if (isRelative && URL.canParse(base)) return new URL(operation, base).href;
  return given ?? operation ?? api;
}
