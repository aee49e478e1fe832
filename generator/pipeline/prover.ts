import type addFormats from "ajv-formats";
import { createRequire } from "node:module";
import { Prover, type AjvModules } from "../fixtures/prove.js";
import type { Upgraded } from "../source/upgrade.js";

/** A prover of the documents. It loads Ajv, which takes longer than a short review, when it is first asked. */
export function proverOf(upgraded: Upgraded): Prover {
  return new Prover(upgraded, loadAjv);
}

function loadAjv(): AjvModules {
  const require = createRequire(import.meta.url);
  const { Ajv2020 } = require("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
  // The types of ajv-formats describe a default export that its ES module interface nests once more.
  const formats = require("ajv-formats") as { default: typeof addFormats.default };
  return { Ajv2020, addFormats: formats.default };
}
