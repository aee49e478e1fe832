import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A program's whole process: from its start to its end, and the most memory that it held. */
export type Measure = { readonly seconds: number; readonly mebibytes: number };

/** What is measured: a script for Node with its arguments, run in an empty folder. It has succeeded where it ends with one of `exits`. */
export type Contestant = {
  readonly name: string;
  readonly args: readonly string[];
  readonly exits: readonly number[];
};

/** Runs the contestants by turns, so that a busy minute of the machine falls on all of them. @returns of each its median by time; undefined where it fails. */
export function measureByTurns(
  contestants: readonly Contestant[],
  runs: number,
): ReadonlyMap<string, Measure | undefined> {
  const turns = Array.from({ length: runs }, () => contestants.map((contestant) => measureOnce(contestant)));
  return new Map(contestants.map(({ name }, index) => [name, median(turns.map((turn) => turn[index]))]));
}

function median(measures: readonly (Measure | undefined)[]): Measure | undefined {
  const done = measures.filter((each) => each !== undefined).toSorted((a, b) => a.seconds - b.seconds);
  return done.length < measures.length ? undefined : done[Math.floor(done.length / 2)];
}

function measureOnce({ args, exits }: Contestant): Measure | undefined {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-bench-"));
  try {
    return measureIn(folder, args, exits);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureIn(folder: string, args: readonly string[], exits: readonly number[]): Measure | undefined {
  const peak = join(folder, "peak");
  const preload = fileURLToPath(new URL("peak-memory.mjs", import.meta.url));
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ["--import", preload, ...args], {
    cwd: folder,
    env: { ...process.env, PEAK_MEMORY_FILE: peak },
    stdio: "ignore",
  });
  const seconds = (performance.now() - started) / 1000;
  if (status === null || !exits.includes(status) || !existsSync(peak)) return undefined;
  return { seconds, mebibytes: Number(readFileSync(peak, "utf8")) / 1024 };
}

/** A line a contestant: its figures, and both as multiples of the first one's. */
export function tableOf(measures: ReadonlyMap<string, Measure | undefined>): string {
  const [first] = measures.values();
  return [...measures].map(([name, own]) => row(name, own, first)).join("\n");
}

function row(name: string, own: Measure | undefined, first: Measure | undefined): string {
  if (!own) return `  ${name.padEnd(68)} fails`;
  const ratio = (key: keyof Measure) => (first ? `${(own[key] / first[key]).toFixed(2)}×` : "");
  const time = `${own.seconds.toFixed(2)} s`.padStart(9) + ratio("seconds").padStart(8);
  const memory = `${Math.round(own.mebibytes)} MiB`.padStart(11) + ratio("mebibytes").padStart(8);
  return `  ${name.padEnd(68)}${time}${memory}`;
}
