import type { Check } from "./check.js";
import type { BodyRule, ParameterRule, WireShape } from "./operation.js";

/** What an operation takes and gives, as its document says it. */
export interface ContractRules {
  readonly id: string;
  /** By their argument. */
  readonly parameters: { readonly [argument: string]: ParameterCheck };
  /** By media type; the first is the default. */
  readonly body: readonly MediaCheck[];
  readonly isBodyRequired?: true;
  readonly responses: { readonly [status: string]: readonly MediaCheck[] };
}

export interface ParameterCheck {
  readonly name: string;
  readonly in: ParameterRule["in"];
  readonly required?: true;
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
