import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { linkDependencies } from "../support/workspace.js";
import { choose } from "./choose.js";
import { typeChecked } from "./compilers.js";
import type { Task } from "./examine.js";
import { isFailure, type Finding } from "./finding.js";
import { reportOf } from "./report.js";
import { corpusDocuments } from "./sources.js";
import type { Message } from "./worker.js";

/**
 * `npm run corpus [-- OPTIONS]`: real documents from npm packages, each generated, type-checked, imported, its fixtures put to its own
 * validators, and generated again; where it is refused, all of this with its lenient package. It exits with 1 where one crashes, takes
 * longer than the limit for a step, or becomes a package that is not right.
 *
 *     --sample N --per-family N --part K/N                  which documents
 *     --only PATTERN --bytes N                              by name, by size
 *     --again FILE                                          those that failed in the run that FILE is the --json of
 *     --quick                                               generate alone, once
 *     --limit SECONDS --workers N --json FILE
 */

/** For each step of clientsmith: generating, strictly and then leniently, and checking. */
const DEFAULT_LIMIT = 60;
/** So many times as long may it take to load a package as TypeScript and to ask it: it has up to 18,000 modules. */
const ASKING = 5;
/** Modules that were imported stay in memory: a worker ends after so many documents. */
const DOCUMENTS_PER_WORKER = 40;
/** Packages that are type-checked together. */
const BATCH = 12;
/** Of one batch in so many, a package is type-checked under the older compilers. */
const OLDER_EVERY = 10;

const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "Infinity" },
    "per-family": { type: "string", default: "Infinity" },
    part: { type: "string", default: "1/1" },
    only: { type: "string", default: "" },
    bytes: { type: "string", default: "Infinity" },
    again: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    limit: { type: "string", default: String(DEFAULT_LIMIT) },
    workers: { type: "string", default: "2" },
  },
});

const limit = Number(values.limit);
const workshop = mkdtempSync(join(tmpdir(), "clientsmith-corpus-"));
const settings = JSON.parse(
  readFileSync(new URL("../../generated/cargo/tsconfig.json", import.meta.url), "utf8"),
) as object;
const findings: Finding[] = [];
let batches = 0;
const queue = tasks();
try {
  linkDependencies(workshop);
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
} finally {
  rmSync(workshop, { recursive: true, force: true });
}
process.stdout.write(`\n${reportOf(findings)}\n`);
if (findings.some(isFailure)) process.exitCode = 1;

function tasks(): Task[] {
  const [part, parts] = values.part.split("/").map(Number) as [number, number];
  const again = values.again === undefined ? undefined : failuresOf(values.again);
  const only = new RegExp(values.only);
  const chosen = choose(corpusDocuments(), {
    isWanted: ({ name, path }) =>
      only.test(name) && (again?.has(name) ?? true) && statSync(path).size <= Number(values.bytes),
    perFamily: Number(values["per-family"]),
    part,
    parts,
    sample: Number(values.sample),
  });
  return chosen.map((document, index) => ({
    ...document,
    folder: join(workshop, String(index)),
    isQuick: values.quick,
  }));
}

function failuresOf(file: string): Set<string> {
  const former = JSON.parse(readFileSync(file, "utf8")) as Finding[];
  return new Set(former.filter(isFailure).map(({ name }) => name));
}

async function work(): Promise<void> {
  let worker = startWorker();
  let examined = 0;
  let batch: Finding[] = [];
  let folders: string[] = [];
  for (let task = queue.shift(); task; task = queue.shift()) {
    const finding = await examineIn(worker, task);
    batch.push(finding);
    folders.push(task.folder);
    if (finding.status === "hang" || ++examined % DOCUMENTS_PER_WORKER === 0) {
      worker.kill();
      worker = startWorker();
    }
    if (batch.length === BATCH || queue.length === 0) {
      await settle(batch);
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      batch = [];
      folders = [];
    }
  }
  worker.kill();
}

/** Type-checks what is generated, and notes what became of it: a run that is cut short has noted what it did. */
async function settle(batch: readonly Finding[]): Promise<void> {
  const withOlder = batches++ % OLDER_EVERY === 0;
  const settled = await typeChecked(batch, { workshop, settings, withOlder });
  for (const finding of settled)
    process.stderr.write(
      isFailure(finding)
        ? `\n${finding.status}: ${finding.name}\n  ${finding.message.slice(0, 300)}\n`
        : finding.status === "ok"
          ? "."
          : "r",
    );
  findings.push(...settled);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(findings, null, 2));
}

function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL("worker.ts", import.meta.url)), {
    execArgv: ["--import", "tsx", "--max-old-space-size=6144"],
  });
}

function examineIn(worker: ChildProcess, task: Task): Promise<Finding> {
  return new Promise((resolve) => {
    const end = (finding: Finding) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(finding);
    };
    const failed = (message: string): Finding => {
      const fixtures = { proved: 0, refused: 0 };
      return { name: task.name, status: "hang", message, strict: [], lenient: [], fixtures, seconds: limit };
    };
    const endAfter = (seconds: number) =>
      setTimeout(() => {
        worker.kill("SIGKILL");
        end(failed(`no end within ${seconds} s`));
      }, seconds * 1000);
    let timer = endAfter(limit);
    worker.on("message", (message: Message) => {
      if (typeof message !== "string") return end(message);
      clearTimeout(timer);
      timer = endAfter(message === "asking" ? ASKING * limit : limit);
    });
    worker.once("exit", (code, signal) => end(failed(`the process ended: ${String(signal ?? code)}`)));
    worker.send(task);
  });
}
