import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildFixtures } from "../../generator/fixtures/build.js";
import type { FixtureSet } from "../../generator/fixtures/fixture.js";
import { judgesOf } from "../../generator/pipeline/prover.js";
import { buildModel } from "../../generator/model/build.js";
import type { NamedSchema } from "../../generator/model/model.js";
import { readDocuments } from "../../generator/pipeline/read.js";
import { jsonEquals } from "../../generator/source/json.js";
import { fragmentOf } from "../../generator/source/uri.js";
import { fetchingFrom } from "../support/compile.js";
import { pathIds } from "../support/agreement.js";
import { judgeOf } from "../support/second-judge.js";
import { corpusDocuments, type CorpusDocument } from "./sources.js";

/**
 * `npm run corpus:fixtures [-- --only PATTERN --sample N]`: the fixtures of real documents, judged by a validator that generating does not
 * use; what has none, by reason. It exits with 1 where that validator refuses a valid fixture, or allows an invalid one.
 */
const { values: options } = parseArgs({
  options: { only: { type: "string", default: "" }, sample: { type: "string" } },
});

const counts = { documents: 0, schemas: 0, valued: 0, valid: 0, invalid: 0, unread: 0, unjudged: 0 };
/** Ids in paths for which the document gives no example; those of them that are the id in the answer. */
const ids = { known: 0, agreeing: 0 };
const reasons = new Map<string, number>();
const wrong: string[] = [];

/** Negative fixtures of formats that the validator does not know: it takes them for annotations. */
const UNKNOWN_FORMAT = /^format( at |$)/;

async function examine({ name, path }: CorpusDocument): Promise<void> {
  const source = { id: name, text: readFileSync(path, "utf8") };
  if (!/["']?(openapi|swagger)["']?\s*:/.test(source.text)) return;
  counts.documents++;
  const reading = { lenient: true };
  const read = await readDocuments({ source, api: "corpus", fetchText: fetchingFrom({}), reading });
  const model = read.value && buildModel(read.value, source.id).value;
  if (!read.value || !model) return void counts.unread++;
  const { value, problems } = buildFixtures(model, judgesOf(read.value));
  for (const { hasExample, given, answered } of pathIds(model, value)) {
    if (hasExample) continue;
    ids.known++;
    if (jsonEquals(given, answered)) ids.agreeing++;
  }
  for (const { code } of problems) reasons.set(code, (reasons.get(code) ?? 0) + 1);
  const sets = [...model.schemas.values()].map((named) => [named, value.schemas.get(named.id)!] as const);
  counts.schemas += sets.length;
  counts.valued += sets.filter(([, { valid }]) => valid.length > 0).length;
  const { judgeAt, end } = judgeOf(read.value.documents.get(source.id)!.value);
  // What differs by direction is no schema of the document's own.
  for (const [named, set] of sets) if (!named.view) await judge(name, named, set, judgeAt);
  end();
}

async function judge(
  document: string,
  { origin }: NamedSchema,
  { valid, invalid }: FixtureSet,
  judgeAt: ReturnType<typeof judgeOf>["judgeAt"],
): Promise<void> {
  const isValid = await judgeAt(fragmentOf(origin.pointer)).catch((error: Error) => {
    // A pattern that is no expression: the schema has no fixture then.
    if (valid.length + invalid.length > 0) throw error;
  });
  if (!isValid) return void counts.unjudged++;
  for (const { id, value } of valid)
    if (!isValid(value)) wrong.push(`refuses ${id} of ${document}#${origin.pointer}`);
  for (const { id, value } of invalid)
    if (!UNKNOWN_FORMAT.test(id) && isValid(value))
      wrong.push(`allows ${id} of ${document}#${origin.pointer}`);
  counts.valid += valid.length;
  counts.invalid += invalid.length;
}

const all = corpusDocuments().filter(({ name }) => new RegExp(options.only).test(name));
const step = options.sample === undefined ? 1 : Math.max(1, Math.floor(all.length / Number(options.sample)));
for (const document of all.filter((_, index) => index % step === 0)) await examine(document);

const rows: [string, number][] = [
  ["documents", counts.documents],
  ["not read", counts.unread],
  ["schemas", counts.schemas],
  ["that it cannot read", counts.unjudged],
  ["with a value", counts.valued],
  ["values judged", counts.valid],
  ["invalid values judged", counts.invalid],
  ["judged otherwise", wrong.length],
  ["ids in paths", ids.known],
  ["that are the answer's", ids.agreeing],
  ...reasons,
];
process.stdout.write(rows.map(([name, count]) => `${name.padEnd(24)}${count}\n`).join(""));
for (const each of wrong) process.stdout.write(`${each}\n`);
if (wrong.length > 0) process.exitCode = 1;
