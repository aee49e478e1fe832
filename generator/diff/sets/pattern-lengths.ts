import type { AST } from "@eslint-community/regexpp";
import { parsePattern } from "../../fixtures/pattern.js";

/** How many characters a text has, at least and at most. */
export type Lengths = readonly [least: number, most: number];

const NONE: Lengths = [0, Infinity];
const EMPTY: Lengths = [0, 0];

/**
 * How long the texts are that match a `pattern` (JSON Schema Validation 2020-12, section 6.3.3), which may match anywhere in them: `[0-9]{4}` leaves
 * those of four characters at least, `^[0-9]{4}$` those of four.
 */
export function lengthsOfPattern(pattern: string): Lengths {
  const alternatives = parsePattern(pattern)?.alternatives ?? [];
  if (alternatives.length === 0) return NONE;
  const [least, most] = ofAlternatives(alternatives);
  return [least, alternatives.every(isWhole) ? most : Infinity];
}

/** True for what matches from the beginning of a text to its end. */
export function isWhole({ elements }: AST.Alternative): boolean {
  const [first, last] = [elements[0], elements.at(-1)];
  return (
    first?.type === "Assertion" && first.kind === "start" && last?.type === "Assertion" && last.kind === "end"
  );
}

function ofAlternatives(alternatives: readonly AST.Alternative[]): Lengths {
  return alternatives
    .map(({ elements }) => elements.map(ofElement).reduce(([a, b], [c, d]) => [a + c, b + d], EMPTY))
    .reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)]);
}

function ofElement(element: AST.Element): Lengths {
  switch (element.type) {
    case "Assertion":
      return EMPTY;
    case "Group":
    case "CapturingGroup":
      return ofAlternatives(element.alternatives);
    case "Quantifier": {
      const [least, most] = ofElement(element.element);
      return [least * element.min, most === 0 || element.max === 0 ? 0 : most * element.max];
    }
    case "Character":
    case "CharacterClass":
    case "CharacterSet":
      return [1, 1];
    default:
      return NONE;
  }
}
