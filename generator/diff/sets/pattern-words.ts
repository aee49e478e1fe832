import { wordsOf } from "../../fixtures/search/words.js";

/** The texts that several patterns match together, of some lengths. */
export type PatternTexts = {
  readonly patterns: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
};

/** True where each of the texts matches another `pattern`, too: what `^[0-9]+$` matches, `^\d+$` does. False where nobody has found out. */
export function areTextsWithin(inner: PatternTexts, outer: string): boolean {
  const { done, value } = words(inner, outer, 1).next();
  return done === true && value;
}

/** Some of the texts that do not match another `pattern`, the shortest first. */
export function textsBeside(inner: PatternTexts, outer: string, most: number): readonly string[] {
  return [...words(inner, outer, most)];
}

function words(
  { patterns, minLength = 0, maxLength = Infinity }: PatternTexts,
  outer: string,
  most: number,
): ReturnType<typeof wordsOf> {
  return wordsOf({ patterns, notPatterns: [outer], minLength, maxLength, formats: [], excluded: [] }, most);
}
