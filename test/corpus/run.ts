import { fork, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Finding } from "./examine.js";
import { corpusDocuments, type CorpusDocument } from "./sources.js";

/**
 * `npm run corpus [-- --sample N --part K/N --only PATTERN --limit SECONDS --workers N --json FILE]`: real documents from npm packages,
 * each generated, type-checked, imported, its fixtures put to its own validators, and generated again. It exits with 1 where one
 * crashes, takes longer than the limit, or becomes a package that is not right.
 */

/** For the whole examination of one document. */
const DEFAULT_LIMIT = 60;
/** Modules that were imported stay in memory: a worker ends after so many documents. */
const DOCUMENTS_PER_WORKER = 40;
/** One document in so many is type-checked under the older compilers, too. */
const OLDER_EVERY = 10;

const { values } = parseArgs({
  options: {
    sample: { type: "string" },
    part: { type: "string" },
    only: { type: "string" },
    json: { type: "string" },
    limit: { type: "string", default: String(DEFAULT_LIMIT) },
    workers: { type: "string", default: "2" },
  },
});

const limit = Number(values.limit);
const chosen = choose(corpusDocuments());
const queue = chosen.map((document, index) => ({
  ...document,
  versions: index % OLDER_EVERY === 0 ? ["7", "6", "5.9"] : ["7"],
}));
const findings: Finding[] = [];
await Promise.all(Array.from({ length: Number(values.workers) }, work));
report();

/** The documents that the options ask for: evenly spread for a sample. */
function choose(all: readonly CorpusDocument[]): CorpusDocument[] {
  const named =
    values.only === undefined ? all : all.filter(({ name }) => new RegExp(values.only!).test(name));
  const [part, parts] = (values.part ?? "1/1").split("/").map(Number) as [number, number];
  const own = named.filter((_, index) => index % parts === part - 1);
  const step = values.sample === undefined ? 1 : Math.max(own.length / Number(values.sample), 1);
  return own.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function work(): Promise<void> {
  let worker = startWorker();
  let examined = 0;
  for (let task = queue.shift(); task; task = queue.shift()) {
    const finding = await examineIn(worker, task);
    findings.push(finding);
    process.stderr.write(
      finding.status === "ok"
        ? "."
        : `\n${finding.status}: ${finding.name}\n  ${finding.message.slice(0, 300)}\n`,
    );
    if (finding.status === "hang" || ++examined % DOCUMENTS_PER_WORKER === 0) {
      worker.kill();
      worker = startWorker();
    }
  }
  worker.kill();
}

function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL("worker.ts", import.meta.url)), {
    execArgv: ["--import", "tsx", "--max-old-space-size=6144"],
  });
}

function examineIn(worker: ChildProcess, task: CorpusDocument): Promise<Finding> {
  return new Promise((resolve) => {
    const end = (finding: Finding) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(finding);
    };
    const failed = (message: string): Finding => {
      const fixtures = { proved: 0, refused: 0 };
      return { name: task.name, status: "hang", message, fixtures, seconds: limit };
    };
    const timer = setTimeout(() => {
      worker.kill("SIGKILL");
      end(failed(`no end within ${limit} s`));
    }, limit * 1000);
    worker.once("message", (finding: Finding) => end(finding));
    worker.once("exit", (code, signal) => end(failed(`the process ended: ${String(signal ?? code)}`)));
    worker.send(task);
  });
}

function report(): void {
  const documents = findings.filter(({ status }) => status !== "no document");
  const count = (status: Finding["status"]) => documents.filter((each) => each.status === status).length;
  const sum = (pick: (finding: Finding) => number) =>
    documents.reduce((total, each) => total + pick(each), 0);
  const rows = [
    ["documents", documents.length],
    ...(["refused", "crash", "hang", "does not compile", "fixture fault", "unstable", "ok"] as const).map(
      (status) => [status, count(status)],
    ),
    ["fixtures proved", sum(({ fixtures }) => fixtures.proved)],
    ["fixtures refused", sum(({ fixtures }) => fixtures.refused)],
    ["seconds, all", Math.round(sum(({ seconds }) => seconds))],
    ["slowest, seconds", Math.round(Math.max(0, ...documents.map(({ seconds }) => seconds)))],
  ];
  process.stdout.write(
    `\n${rows.map(([name, value]) => `${String(name).padEnd(20)} ${value}`).join("\n")}\n`,
  );
  const codes = new Map<string, Finding[]>();
  for (const finding of documents.filter(({ status }) => status === "refused"))
    codes.set(finding.code!, [...(codes.get(finding.code!) ?? []), finding]);
  for (const [code, refused] of [...codes].toSorted(([, a], [, b]) => b.length - a.length))
    process.stdout.write(`refused: ${code.padEnd(24)} ${refused.length}, as ${refused[0]!.name}\n`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(findings, null, 2));
  if (documents.some(({ status }) => status !== "ok" && status !== "refused")) process.exitCode = 1;
}
