import type { ChangeDirection, Pair } from "../change.js";

export type SideName = keyof Pair<unknown>;

/** The side that allows what the other refuses: requests break where the new one refuses, responses where the old one does. */
export function allowedBy({ direction }: { readonly direction: ChangeDirection }): SideName {
  return direction === "request" ? "base" : "head";
}

export function otherOf(side: SideName): SideName {
  return side === "base" ? "head" : "base";
}
