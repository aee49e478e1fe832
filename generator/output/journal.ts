import { isInside, MANIFEST } from "./manifest.js";
import type { FileChange } from "./plan.js";

/** The folder inside a package's folder that a run works in. It is gone when the run is over. */
export const WORKSHOP = ".clientsmith";

/**
 * What is about to happen to a package's folder. Each new file is staged in the workshop when its journal is there. The changes
 * of all packages of a run happen as soon as its {@link Commitment} is on disk, and not before.
 */
export type Journal = {
  /** Names the run. The staged files stand in the workshop's folder of this name. */
  readonly run: string;
  /** The package's folder that holds the run's commitment, from this package's folder. */
  readonly coordinator: string;
  readonly steps: readonly Step[];
};

/** A staged file that takes its place, or a file that goes. */
export type Step = { readonly path: string; readonly staged?: string };

/** Says that a run is decided. It is the last file of a run to go. */
export type Commitment = {
  readonly run: string;
  /** The folders of all its packages, from the folder of the coordinator. */
  readonly packages: readonly string[];
};

/** The steps of the changes, the manifest's last: where it is new, everything is. */
export function stepsOf(changes: readonly FileChange[]): Step[] {
  const steps = changes.map(({ path, after }, index) =>
    after === undefined ? { path } : { path, staged: String(index) },
  );
  return [...steps.filter(({ path }) => path !== MANIFEST), ...steps.filter(({ path }) => path === MANIFEST)];
}

/** The journal in a text; undefined where it is none. It may have been written by anybody, so it leads nowhere else. */
export function parseJournal(text: string | undefined): Journal | undefined {
  const value = parsed<Journal>(text);
  if (typeof value?.run !== "string" || typeof value.coordinator !== "string") return undefined;
  const steps = Array.isArray(value.steps) ? (value.steps as readonly Partial<Step>[]) : [];
  const isStep = (step: Partial<Step>): step is Step =>
    typeof step.path === "string" &&
    isInside(step.path) &&
    (step.staged === undefined || /^\d+$/.test(step.staged));
  return isName(value.run) && steps.every(isStep)
    ? { run: value.run, coordinator: value.coordinator, steps }
    : undefined;
}

/** The commitment in a text; undefined where it is none. */
export function parseCommitment(text: string | undefined): Commitment | undefined {
  const value = parsed<Commitment>(text);
  const packages = Array.isArray(value?.packages) ? (value.packages as readonly unknown[]) : undefined;
  return typeof value?.run === "string" && packages?.every((each) => typeof each === "string")
    ? { run: value.run, packages }
    : undefined;
}

function parsed<T>(text: string | undefined): Partial<T> | null | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Partial<T> | null);
  } catch {
    return undefined;
  }
}

function isName(run: string): boolean {
  return /^[\da-f-]+$/.test(run);
}
