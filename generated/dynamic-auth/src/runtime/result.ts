/** A response that the document describes, with a status of the 200s. */
export interface Success<Status extends number, Data> {
  readonly ok: true;
  readonly status: Status;
  /** The body of the response; undefined for a 204 or 205 that stands for a range, whatever the range has. */
  readonly data: Data;
  readonly error?: undefined;
  /** The response as it arrived; its body is already read, or the stream that is `data`. */
  readonly response: Response;
}

/** A response that the document describes, with any other status. */
export interface Failure<Status extends number, Body> {
  readonly ok: false;
  readonly status: Status;
  /** The body of the response; undefined for a 304 that stands for a range. */
  readonly error: Body;
  /** The text of the body where the document describes none for this status. */
  readonly body?: string;
  readonly data?: undefined;
  /** The response as it arrived; its body is already read. */
  readonly response: Response;
}

/** A response whose headers the document describes. */
export interface WithHeaders<Headers> {
  /**
   * The headers that the document describes, by its names for them, parsed when they are read. A header that is absent, or not what
   * the document describes, is undefined; `response.headers` has the text of all.
   */
  readonly headers: Headers;
}

/** What every operation returns: a union on `ok` and `status`. */
export type Result = Success<number, unknown> | Failure<number, unknown>;

/** The data of a result's successes. */
export type DataOf<R extends Result> = Extract<R, { readonly ok: true }>["data"];
