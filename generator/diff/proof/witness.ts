import type { JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";
import type { ShownAnswer, ShownRequest } from "./shown-message.js";

/** What one document allows and the other does not: proof that something breaks. */
export type Witness = {
  /** The document that allows it. */
  readonly validIn: keyof Pair<unknown>;
  /** What becomes of it by the other: it is refused, or read as something else. */
  readonly outcome: "refused" | "misread";
  /** Why, in the words of its validator or of who reads the message. */
  readonly reason: string;
} & Evidence;

/** The value of a body, or of something that no message carries as it is; or a whole message. */
export type Evidence =
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "request"; readonly value: ShownRequest }
  | { readonly kind: "response"; readonly value: ShownAnswer };
