import type { PartIssue } from "./errors.js";
import { issueTexts } from "./guard.js";

/** A request that is not what the document describes. */
export class InvalidRequestError extends Error {
  override readonly name = "InvalidRequestError";
  readonly operationId: string;
  readonly issues: readonly PartIssue[];

  constructor(
    operationId: string,
    { method, url }: Pick<Request, "method" | "url">,
    { issues, body }: { readonly issues: readonly PartIssue[]; readonly body: string },
  ) {
    const faults = issueTexts(issues).map((text) => `\n  ${text}`);
    const sent = body === "" ? "" : `\nIts body was: ${excerpt(body)}`;
    super(`${operationId}: ${method} ${url} is not what the document describes:${faults.join("")}${sent}`);
    this.operationId = operationId;
    this.issues = issues;
    // The frames are those of MSW: none of them is where the request was made.
    this.stack = String(this);
  }
}

const MAX_EXCERPT = 500;

/** As much as a reader looks at, on one line. */
function excerpt(body: string): string {
  const text = body.slice(0, MAX_EXCERPT).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return body.length > MAX_EXCERPT ? `${text}… (${body.length} characters)` : text;
}

/** What {@link watchRequests} gives. */
export interface RequestWatch {
  /** For `handlers` and each mock. */
  readonly options: {
    readonly validateRequests: true;
    readonly onInvalid: (error: InvalidRequestError) => void;
  };
  /** Throws what was wrong with the requests since the last time. */
  readonly verify: () => void;
}

/** Fails the very test that made a wrong request: `setupServer(...handlers(watch.options))`, and `afterEach(watch.verify)`. */
export function watchRequests(): RequestWatch {
  const errors: InvalidRequestError[] = [];
  return {
    options: { validateRequests: true, onInvalid: (error) => void errors.push(error) },
    verify: () => {
      const [first, ...others] = errors.splice(0);
      if (first && others.length === 0) throw first;
      if (first)
        throw new AggregateError(
          [first, ...others],
          [first, ...others].map(({ message }) => message).join("\n\n"),
        );
    },
  };
}
