import { Cutter } from "./lines.js";
import type { ItemReader } from "./operation.js";
import { openStream, type ItemParser } from "./stream.js";

/** JSON Lines and NDJSON: a JSON value a line; empty lines say nothing. */
export function jsonLinesParser(parseJson: (text: string) => unknown): ItemParser {
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
}

export const jsonLinesReader: ItemReader = (_rule, source) =>
  openStream(source, jsonLinesParser(source.parseJson));
