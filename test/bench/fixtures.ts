import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { buildFixtures } from "../../generator/fixtures/build.js";
import { judgesOf } from "../../generator/pipeline/prover.js";
import { buildModel } from "../../generator/model/build.js";
import { readDocuments } from "../../generator/pipeline/read.js";
import { isObject, type JsonObject, type JsonValue } from "../../generator/source/json.js";
import { join as pointerTo } from "../../generator/source/pointer.js";
import { fragmentOf } from "../../generator/source/uri.js";
import { corpusDocuments, installPackages } from "../corpus/sources.js";
import { fetchingFrom } from "../support/compile.js";
import { judgeOf } from "../support/second-judge.js";

/** `npm run bench:fixtures [-- --only PATTERN]`: see README.md beside this file. */

const { values: options } = parseArgs({
  options: { only: { type: "string", default: "^@readme/oas-examples/3\\.[01]/json/" } },
});

/** What a program makes of the component schemas of a document, by their names. */
type Made = readonly (readonly [component: string, value: JsonValue])[];
type Contestant = {
  readonly name: string;
  readonly make: (document: JsonObject) => Promise<Made>;
};

const installed = installPackages({
  "openapi-sampler": { version: "1.7.9", folder: "." },
  "json-schema-faker": { version: "0.6.3", folder: "." },
});

function load(path: string): Promise<unknown> {
  return import(pathToFileURL(join(installed, path)).href);
}

type Sampler = { sample(schema: JsonValue, options: object, document: JsonObject): JsonValue };
type Faker = { generate(schema: JsonValue, options: object): Promise<JsonValue> };
const sampler = ((await load("openapi-sampler/dist/openapi-sampler.js")) as { default: Sampler }).default;
const faker = (await load("json-schema-faker/dist/index.js")) as Faker;

const CONTESTANTS: readonly Contestant[] = [
  { name: "clientsmith", make: ours },
  {
    name: "openapi-sampler",
    make: (document) => eachOf(document, (schema) => sampler.sample(schema, {}, document)),
  },
  {
    name: "json-schema-faker",
    make: (document) =>
      eachOf(document, (schema) =>
        faker.generate(
          { ...(schema as JsonObject), components: document["components"]! },
          { seed: 1, maxDepth: 40, refDepthMax: 10 },
        ),
      ),
  },
];

/** Every fixture of every component: the values that a schema allows, each proved. */
async function ours(document: JsonObject): Promise<Made> {
  const source = { id: "document.json", text: JSON.stringify(document) };
  const read = await readDocuments({
    source,
    api: "bench",
    fetchText: fetchingFrom({}),
    reading: { lenient: true },
  });
  const model = read.value && buildModel(read.value, source.id).value;
  if (!read.value || !model) return [];
  const { schemas } = buildFixtures(model, judgesOf(read.value)).value;
  const prefix = pointerTo("", "components", "schemas", "");
  return [...model.schemas.values()].flatMap(({ id, origin, view }) =>
    view === undefined && origin.pointer.startsWith(prefix)
      ? schemas.get(id)!.valid.map(({ value }) => [origin.pointer, value] as const)
      : [],
  );
}

async function eachOf(
  document: JsonObject,
  make: (schema: JsonValue) => JsonValue | Promise<JsonValue>,
): Promise<Made> {
  const made: (readonly [string, JsonValue])[] = [];
  for (const [name, schema] of Object.entries(componentsOf(document))) {
    try {
      const text = JSON.stringify(await make(schema)) as string | undefined;
      if (text !== undefined)
        made.push([pointerTo("", "components", "schemas", name), JSON.parse(text) as JsonValue]);
    } catch {
      // A peer that throws has made no value.
    }
  }
  return made;
}

function componentsOf(document: JsonObject): JsonObject {
  const components = document["components"];
  const schemas = isObject(components) ? components["schemas"] : undefined;
  return isObject(schemas) ? schemas : {};
}

type Score = { seconds: number; values: number; valid: number; readonly schemas: Set<string> };
const scores = new Map(
  CONTESTANTS.map(({ name }): [string, Score] => [
    name,
    { seconds: 0, values: 0, valid: 0, schemas: new Set() },
  ]),
);
let total = 0;

/** Every program on the same document, as OpenAPI 3.1 says it; and what a validator says of what it made. */
async function compare(name: string, document: JsonObject): Promise<void> {
  const { judgeAt, end } = judgeOf(document);
  for (const contestant of CONTESTANTS) {
    const score = scores.get(contestant.name)!;
    const started = performance.now();
    const made = await contestant.make(document);
    score.seconds += (performance.now() - started) / 1000;
    for (const [pointer, value] of made) {
      score.values++;
      if (!(await judgeAt(fragmentOf(pointer)))(value)) continue;
      score.valid++;
      score.schemas.add(name + pointer);
    }
  }
  end();
}

for (const { name, path } of corpusDocuments().filter((each) => new RegExp(options.only).test(each.name))) {
  const source = { id: path, text: readFileSync(path, "utf8") };
  const read = await readDocuments({
    source,
    api: "bench",
    fetchText: fetchingFrom({}),
    reading: { lenient: true },
  });
  const document = read.value?.documents.get(path)?.value;
  if (!isObject(document) || Object.keys(componentsOf(document)).length === 0) continue;
  total += Object.keys(componentsOf(document)).length;
  await compare(name, {
    openapi: "3.1.0",
    info: { title: name, version: "1" },
    components: document["components"]!,
  });
}

for (const [name, { seconds, values, valid, schemas }] of scores) {
  const rate = Math.round(values / seconds).toLocaleString("en");
  process.stdout.write(
    `${name.padEnd(18)} ${String(schemas.size).padStart(5)} of ${total} schemas have a valid value; ` +
      `${valid} of ${values} values valid (${((100 * valid) / values).toFixed(1)} %); ${rate} values a second\n`,
  );
}
