/** What became of one document. */
export type Finding = {
  readonly name: string;
  readonly status: Status;
  /** The first message: of the refusal, the compiler, the crash. */
  readonly message: string;
  /** The codes of the errors for which a strict run refuses the document. */
  readonly strict: readonly string[];
  /** Those for which a lenient run does. Where there are none, the rest tells of the package: the lenient one if there is no other. */
  readonly lenient: readonly string[];
  readonly fixtures: { readonly proved: number; readonly refused: number };
  /** Of a processor, for generating it once: what else the machine does counts little. */
  readonly seconds: number;
  /** The folder of the package: it is still to be type-checked. */
  readonly folder?: string;
};

export const STATUSES = [
  "ok",
  "refused",
  "crash",
  "hang",
  "does not compile",
  "fixture fault",
  "unstable",
  "no document",
] as const;
export type Status = (typeof STATUSES)[number];

/** True where the generator is at fault, not the document. */
export function isFailure({ status }: Finding): boolean {
  return status !== "ok" && status !== "refused" && status !== "no document";
}
