/** How strictly a document is read. */
export type ReadingOptions = {
  /** True goes on past each fault that has a safe reading; the fault is a warning then, and says how it is read. */
  readonly lenient?: boolean | undefined;
  /** True goes on past the same faults, and reads what is no fault as a strict run does: a review is of what `generate` writes. */
  readonly reviewing?: boolean | undefined;
};
