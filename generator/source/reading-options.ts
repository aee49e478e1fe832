/** How strictly a document is read. */
export type ReadingOptions = {
  /** True goes on past each fault that has a safe reading; the fault is a warning then, and says how it is read. */
  readonly lenient?: boolean | undefined;
};
