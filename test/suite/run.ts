import { parseArgs } from "node:util";
import { secondJudge } from "../support/second-judge.js";
import { examineSchema, type Examination } from "../support/examine.js";
import { suiteGroups, type Group } from "./suite.js";

/**
 * `npm run suite [-- --folder FOLDER]`: JSON-Schema-Test-Suite, draft 2020-12. For each of its schemas as a component: has it a fixture, and
 * does a second validator allow it; where nothing satisfies it, is that said. And how often the validator that proves fixtures is right.
 */
const { values: options } = parseArgs({ options: { folder: { type: "string" } } });

/** Other meta-schemas than that of OpenAPI are an error where they stand, as are references out of the document. */
const FOREIGN = /"\$schema":"(?!https:\/\/json-schema\.org\/draft\/2020-12\/schema)/;
const UNREAD = /cannot be read/;

const score = { satisfiable: 0, valued: 0, unsatisfiable: 0, reported: 0, foreign: 0, tests: 0, proved: 0 };
const wrong: string[] = [];

for (const group of suiteGroups(options.folder)) {
  const found = await examineSchema(group.schema);
  if (isForeign(group, found)) score.foreign++;
  else await count(group, found);
}
process.stdout.write(`${wrong.map((each) => `${each}\n`).join("")}\n`);
process.stdout.write(
  `groups                  ${score.satisfiable + score.unsatisfiable} (and ${score.foreign} that refer to other documents)
satisfiable, with value ${score.valued} of ${score.satisfiable}
unsatisfiable, reported ${score.reported} of ${score.unsatisfiable}
verdicts of the prover  ${score.proved} right of ${score.tests}
`,
);

function isForeign({ schema }: Group, found: Examination): boolean {
  return FOREIGN.test(JSON.stringify(schema)) || (found.kind === "refused" && UNREAD.test(found.message));
}

async function count(group: Group, found: Examination): Promise<void> {
  const name = `${group.file}: ${group.description}`;
  if (found.kind === "refused") {
    score.satisfiable++;
    wrong.push(`refused        ${name}: ${found.message}`);
    return;
  }
  const judge = await secondJudge(group.schema);
  const isJudgeRight = group.tests.every(({ data, valid }) => judge.isValid(data) === valid);
  if (!isJudgeRight) wrong.push(`judge wrong    ${name}: its values are those of the prover alone`);
  for (const { data, valid } of group.tests) {
    score.tests++;
    if (found.prove(data) === valid) score.proved++;
    else wrong.push(`prover wrong   ${name}: ${JSON.stringify(data)} is ${valid ? "" : "not "}valid`);
  }
  const invalid = isJudgeRight ? found.values.filter((value) => !judge.isValid(value)) : [];
  judge.end();
  // Nobody asks the suite's groups for every value: one without a valid test may allow others.
  const isSatisfiable = group.tests.some(({ valid }) => valid) || found.values.length > invalid.length;
  const isReported = found.said.some(({ code }) => code === "schema-unsatisfiable");
  const isRight = invalid.length === 0 && (isSatisfiable ? found.values.length === 2 : isReported);
  if (isSatisfiable) score.satisfiable++;
  else score.unsatisfiable++;
  if (isRight) score[isSatisfiable ? "valued" : "reported"]++;
  else wrong.push(`fixture wrong  ${name}: ${JSON.stringify(invalid[0] ?? found.said)}`);
}
