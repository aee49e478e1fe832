import type { Check } from "./check.js";
import type { PartIssue } from "./errors.js";
import type { BodyRule, HeaderRule, ParameterRule, WireShape } from "./operation.js";

/** What an operation takes and gives, as its document says it. */
export interface ContractRules {
  readonly id: string;
  /** By their argument. */
  readonly parameters: { readonly [argument: string]: ParameterCheck };
  /** By media type; the first is the default. */
  readonly body: readonly MediaCheck[];
  readonly isBodyRequired?: true;
  readonly responses: { readonly [status: string]: readonly MediaCheck[] };
  /** The headers of the responses, and what looks at them: it stands here so that a bundle holds it only where headers are described. */
  readonly headers?: {
    readonly checks: { readonly [status: string]: HeaderChecks };
    readonly look: (checks: HeaderChecks, response: Response) => readonly PartIssue[];
  };
}

export interface HeaderChecks {
  readonly [name: string]: HeaderCheck;
}

/** Without `read` and `check` where no header can carry what its schema asks. */
export interface HeaderCheck {
  readonly required?: true;
  readonly read?: HeaderRule;
  readonly check?: Check;
}

export interface ParameterCheck {
  readonly name: string;
  readonly in: ParameterRule["in"];
  readonly required?: true;
  /** That nothing is sent of an empty list or object: who gives one, gives none. */
  readonly leavesOutEmpty?: true;
  /** That an empty text may stand for any value. */
  readonly allowEmptyValue?: true;
  /** How its text becomes a value, the ways in their order. Default: it is text. */
  readonly shapes?: readonly WireShape[];
  /** Of a form in a query: the same of its fields. */
  readonly fields?: { readonly [field: string]: readonly WireShape[] };
  readonly check: Check;
}

export interface MediaCheck extends Pick<BodyRule, "mediaType" | "as"> {
  /** Of a body that is read item by item: the check of an item. None where nothing can be said of the body. */
  readonly check?: Check;
  /** Of a form: how the texts of its fields become values. Default: they are text. */
  readonly shapes?: { readonly [property: string]: readonly WireShape[] };
}
