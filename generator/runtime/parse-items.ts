import { eventParser } from "./events.js";
import { jsonLinesParser } from "./json-lines.js";
import { jsonSequenceParser } from "./json-sequence.js";
import type { ItemParser } from "./parse-body.js";

function parse(text: string): unknown {
  return JSON.parse(text);
}

/** The items of a body that is a sequence, all of which has come. */
export const parseItems: ItemParser = (rule, text) => {
  const parser =
    rule.as === "events"
      ? eventParser(rule, parse)
      : rule.as === "jsonSequence"
        ? jsonSequenceParser(parse)
        : jsonLinesParser(parse);
  return [...parser.push(text), ...parser.end()];
};
