/** What the compiler's words name. */
export type CompilerWords = {
  /** Properties, exports and values, the innermost first: `'plan'`, `'"pro"'`; not what it proposes. */
  readonly names: readonly string[];
  /** Types: `string`. */
  readonly types: ReadonlySet<string>;
};

export function wordsOf(message: string): CompilerWords {
  const told = message.replace(/ Did you mean .*/g, "");
  const quoted = [...told.matchAll(/(\w* )'([^']*)'/g)].map(([, before = "", word = ""]) => ({
    isType: /^type $/i.test(before),
    word,
  }));
  const names = quoted.flatMap(({ isType, word }) => (isType ? literalsIn(word) : namesIn(word)));
  return {
    names: names.toReversed().filter((name) => name !== ""),
    types: new Set(quoted.flatMap(({ isType, word }) => (isType ? [word] : []))),
  };
}

/** `"basic" | "silver"` are two; what else stands in a type is none of the error's. */
function literalsIn(word: string): readonly string[] {
  return word.startsWith('"') ? [...word.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text) : [];
}

/** A property may be named with those around it: `body.total`, `body["unit price"]`. */
function namesIn(word: string): readonly string[] {
  const parts = word.split(/[.[\]"]+/).filter((part) => part !== "");
  return [...(parts.length > 1 ? [word] : []), ...parts, ...absentIn(word)];
}

/** The property that a fixture leaves out, by the fixture's name: `withoutCoupon`. */
function absentIn(word: string): readonly string[] {
  const [, first, rest = ""] = /^without([A-Z])(.*)$/.exec(word) ?? [];
  return first === undefined ? [] : [`${first.toLowerCase()}${rest}`];
}
