import type { Change, Effect } from "../change.js";
import type { More } from "./rule.js";

export type Effects = Effect | readonly Effect[];
export type SchemaRow = readonly [
  name: string,
  effects: Effects,
  says: (change: Change, subject: string) => string,
  more?: More,
];

/** What a change of a keyword does where more is known of the whole than of the keyword. */
export const ANY: readonly Effect[] = ["narrows", "widens", "both"];
export const NARROWS = "narrows" as const;
export const WIDENS = "widens" as const;
export const UNDECIDED: readonly Effect[] = ["unknown", "narrows", "widens", "both"];
