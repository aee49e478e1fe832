import { Cutter } from "./lines.js";
import type { ItemParser, ItemReader } from "./operation.js";

/** JSON Lines and NDJSON: a JSON value a line; empty lines say nothing. */
export const jsonLinesReader: ItemReader = (_rule, parseJson): ItemParser => {
  const lines = new Cutter("\n");
  function* items(texts: readonly string[]) {
    for (const text of texts) if (text.trim() !== "") yield parseJson(text);
  }
  return {
    push: (text) => items(lines.push(text)),
    end: () => items([lines.take()]),
    get pending() {
      return lines.pending;
    },
  };
};
