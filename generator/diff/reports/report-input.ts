import type { Paint } from "../../diagnostics/print.js";
import type { Pair } from "../change.js";
import type { Review } from "../review.js";
import type { Documents } from "./nearest.js";

/** The review of one API, and what its reports show beside it. */
export type ReportInput = {
  /** The API's name. */
  readonly name: string;
  readonly review: Review;
  /** Of each side, the one that the others are referred from first. */
  readonly documents: Pair<Documents>;
  readonly paint: Paint;
  /** The version of this tool. */
  readonly version: string;
  /** The SHA-256 of a text, in hexadecimal. */
  readonly digest: (text: string) => string;
};
