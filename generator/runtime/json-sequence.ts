import { Cutter } from "./lines.js";
import type { ItemReader } from "./operation.js";
import { openStream, type ItemParser } from "./stream.js";

const RECORD_SEPARATOR = "\u001e";

/**
 * JSON text sequences (RFC 7464): each text between a record separator and a line feed. One whose line feed has come is given at
 * once, where it parses: its successor may be long in coming.
 */
export function jsonSequenceParser(parseJson: (text: string) => unknown): ItemParser {
  const texts = new Cutter(RECORD_SEPARATOR);
  const parse = (text: string) => (isCutOff(text) ? parseJson(`${text}…`) : parseJson(text));
  function* items(complete: readonly string[]) {
    for (const text of complete) if (text.trim() !== "") yield parse(text);
  }
  function* push(text: string) {
    yield* items(texts.push(text));
    if (!text.endsWith("\n")) return;
    const early = texts.take();
    if (isJson(early)) yield parseJson(early);
    else texts.push(early);
  }
  return {
    push,
    end: () => items([texts.take()]),
    get pending() {
      return texts.pending;
    },
  };
}

export const jsonSequenceReader: ItemReader = (_rule, source) =>
  openStream(source, jsonSequenceParser(source.parseJson));

/** A number or a word that nothing follows may be half of one (section 2.4). */
function isCutOff(text: string): boolean {
  return /^\s*(-?[\d.e+-]+|true|false|null)$/i.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
