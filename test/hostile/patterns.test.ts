import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern } from "../../generator/fixtures/pattern-program.js";
import { dryRun, Patterns } from "../../generator/fixtures/patterns.js";

describe("a pattern", () => {
  it.each<[pattern: string, text: string, verdict: boolean | undefined]>([
    ["^(a|a)*$", "aaaa", true],
    ["^(a|a)*$", `${"a".repeat(60)}!`, undefined],
    ["^(([a-z ])+.)+[A-Z]([a-z])+$", "a".repeat(60), undefined],
    ["(|){60}$x", "abc", undefined],
    ["((a{1000}){1000}){1000}", "a", undefined],
    ["a{1,2147483647}", "aaa", true],
    ["^.*$", "x".repeat(10_000), true],
    ["^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$", "ada.lovelace@example.com", true],
    ["^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$", "ada.lovelace.example.com", false],
    ["^\\p{Lu}\\u{1F600}$", "A😀", true],
    ["^\\uD83D\\uDE00$", "😀", true],
    ["(?<year>\\d{4})-\\k<year>", "2026-2026", true],
  ])("%s on %j: %s", (pattern, text, verdict) => {
    const started = performance.now();
    expect(new Patterns().matches(pattern, text)).toBe(verdict);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("deeper than any stack costs none", () => {
    expect(new Patterns().matches("(".repeat(2_000) + ")".repeat(2_000), "")).toBeUndefined();
  });
});

const leaf = fc.constantFrom(
  ..."a b . ^ $ [ab] [^a] \\w \\d \\b \\B \\u{61} \\x61 (?=a) (?!b) (?<=a) (?<!b)".split(" "),
);
const QUANTIFIERS = ["*", "+", "?", "*?", "+?", "??", "{0}", "{2}", "{1,3}", "{2,}", "{2,}?", "{0,60}"];
const patterns = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => a + b),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom(...QUANTIFIERS))
      .map(([a, quantifier]) => `(?:${a})${quantifier}`),
    fc.tuple(tie("pattern"), fc.constantFrom("=", "!", "<=", "<!")).map(([a, look]) => `(?${look}${a})`),
  ),
})).pattern;
const texts = fc.string({ unit: fc.constantFrom("a", "b", "1", " ", "\n", "😀"), maxLength: 8 });

/** Where a character starts, in code units. */
function offsetOf(characters: readonly string[], index: number): number {
  return characters.slice(0, index).join("").length;
}

/** Asks for one start at a time: left to itself, V8 also looks between the halves of a pair of surrogates, and finds `\B` there. */
function matchesAt(pattern: string, text: string, offset: number): boolean {
  const expression = new RegExp(pattern, "uy");
  expression.lastIndex = offset;
  return expression.test(text);
}

it("the dry run finds what the engine finds: its steps are those of the same search", () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const program = compilePattern(pattern)!;
      const characters = [...text];
      const fuel = { left: 100_000 };
      const starts = Array.from({ length: characters.length + 1 }, (_, start) => start);
      const found = starts.some((start) => dryRun(program, { characters, start, fuel }));
      fc.pre(fuel.left >= 0);
      expect(found).toBe(starts.some((start) => matchesAt(pattern, text, offsetOf(characters, start))));
    }),
    { numRuns: 2_000 },
  );
});
