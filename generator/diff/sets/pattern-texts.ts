import type { AST } from "@eslint-community/regexpp";
import { parsePattern } from "../../fixtures/pattern.js";
import { matchesPattern } from "../matching.js";
import { isWhole } from "./pattern-lengths.js";

/** Undefined where there are too many, or where nobody has counted them. */
type Texts = readonly string[] | undefined;

/**
 * All texts that match a `pattern` (JSON Schema Validation 2020-12, section 6.3.3), where there are no more than `most`: two of
 * `^(?:on|off)$`.
 */
export function textsOfPattern(pattern: string, most: number): Texts {
  const alternatives = parsePattern(pattern)?.alternatives ?? [];
  if (alternatives.length === 0 || !alternatives.every(isWhole)) return undefined;
  return new Spelling(most).anyOf(alternatives)?.filter((text) => matchesPattern(pattern, text));
}

/** All texts that the parts of a pattern stand for, and those beside them that an assertion leaves out. */
class Spelling {
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  anyOf(alternatives: readonly AST.Alternative[]): Texts {
    return this.union(
      alternatives.map(({ elements }) => this.sequence(elements.map((each) => this.element(each)))),
    );
  }

  private element(element: AST.Element): Texts {
    switch (element.type) {
      case "Assertion":
        return [""];
      case "Group":
      case "CapturingGroup":
        return this.anyOf(element.alternatives);
      case "Quantifier":
        return this.repeated(element);
      case "Character":
        return [String.fromCodePoint(element.value)];
      case "CharacterClass":
        return element.negate ? undefined : this.union(element.elements.map((each) => this.member(each)));
      default:
        return undefined;
    }
  }

  private repeated({ element, min, max }: AST.Quantifier): Texts {
    if (max > this.most) return undefined;
    const one = max > 0 ? this.element(element) : [];
    const counts = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    return this.union(counts.map((count) => this.sequence(Array.from({ length: count }, () => one))));
  }

  private member(member: AST.CharacterClass["elements"][number]): Texts {
    if (member.type === "Character") return [String.fromCodePoint(member.value)];
    if (member.type !== "CharacterClassRange") return undefined;
    const [first, last] = [member.min.value, member.max.value];
    if (last - first >= this.most) return undefined;
    return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
  }

  private sequence(parts: readonly Texts[]): Texts {
    return parts.reduce<Texts>(
      (heads, tails) => {
        if (!heads || !tails || heads.length * tails.length > this.most) return undefined;
        return heads.flatMap((head) => tails.map((tail) => head + tail));
      },
      [""],
    );
  }

  private union(rows: readonly Texts[]): Texts {
    const all = new Set<string>();
    for (const row of rows) {
      if (!row) return undefined;
      for (const text of row) all.add(text);
    }
    return all.size > this.most ? undefined : [...all];
  }
}
