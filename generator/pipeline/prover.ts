import { createRequire } from "node:module";
import type { AjvModules } from "../fixtures/metered-ajv.js";
import { Prover, type Judges } from "../fixtures/prove.js";
import { QuickJudge } from "../fixtures/quick-judge.js";
import type { Upgraded } from "../source/upgrade.js";

/** A prover of the documents. It loads Ajv, which takes longer than a short review, when it is first asked. */
export function proverOf(upgraded: Upgraded): Prover {
  return new Prover(upgraded, loadAjv);
}

/** Who judges the values of packages: what is written has been proved by the prover. */
export function judgesOf(upgraded: Upgraded): Judges {
  const prover = proverOf(upgraded);
  return { judge: new QuickJudge(prover), prover };
}

function loadAjv(): AjvModules {
  const require = createRequire(import.meta.url);
  const { Ajv2020 } = require("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
  return { Ajv2020 };
}
