/** What the compiler's words name. */
export type CompilerWords = {
  /** Properties, exports, and values of the type that is there, the innermost first: `'plan'`, `'"pro"'`; not what it proposes. */
  readonly names: readonly string[];
  /** Values of the type that is expected, which say less of what is wrong. */
  readonly expected: readonly string[];
  /** Statuses of the result that is there, and of none that is expected. */
  readonly statuses: readonly string[];
  /** Types: `string`. */
  readonly types: ReadonlySet<string>;
};

/** What stands in quotes: a name, or a type: that which is there, or after it in the same line the one that is expected. */
type Quoted = { readonly kind: "name" | "type" | "expected"; readonly word: string };

export function wordsOf(message: string): CompilerWords {
  const quoted = message
    .replace(/ Did you mean .*/g, "")
    .split("\n")
    .flatMap(quotedIn)
    .toReversed();
  const wordsFor = (kind: Quoted["kind"]) =>
    quoted.flatMap((each) => (each.kind === kind ? [each.word] : []));
  const [types, expected] = [wordsFor("type"), wordsFor("expected")];
  const expectedStatuses = new Set(expected.flatMap(statusIn));
  return {
    names: quoted
      .filter(({ kind }) => kind !== "expected")
      .flatMap(({ kind, word }) => (kind === "name" ? namesIn(word) : literalsIn(word))),
    expected: expected.flatMap(literalsIn),
    statuses: types.flatMap(statusIn).filter((status) => !expectedStatuses.has(status)),
    types: new Set([...types, ...expected]),
  };
}

/** The words of what the compiler says of an operation's result: its outermost property is the package's own, and none of the API. */
export function wordsOfResult(message: string): CompilerWords {
  return wordsOf(message.replace(/((?:property|types of) ')[^'.[]+\.?/i, "$1"));
}

function quotedIn(line: string): Quoted[] {
  const first = line.search(/\btype '/i);
  return [...line.matchAll(/(\w* )'([^']+)'/g)].map(({ index, 1: before = "", 2: word = "" }) => {
    if (!/^type $/i.test(before)) return { kind: "name", word };
    return { kind: index > first ? "expected" : "type", word };
  });
}

/** `"basic" | "silver"` are two; what else stands in a type is none of the error's. */
function literalsIn(word: string): readonly string[] {
  if (!word.startsWith('"')) return [];
  return [...word.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text).toReversed();
}

/** The status of `Failure<404, Problem>`, and of `404` itself. */
function statusIn(word: string): readonly string[] {
  const [, status] = /^(?:(?:old |new )?(?:Success|Failure)<)?(\d{3})\b/.exec(word) ?? [];
  return status === undefined ? [] : [status];
}

/** A property may be named with those around it: `body.total`, `body["unit price"]`. */
function namesIn(word: string): readonly string[] {
  const parts = word.split(/[.[\]"]+/).filter((part) => part !== "");
  return [...(parts.length > 1 ? [word] : []), ...parts, ...absentIn(word)].toReversed();
}

/** The property that a fixture leaves out, by the fixture's name: `withoutCoupon`. */
function absentIn(word: string): readonly string[] {
  const [, first, rest = ""] = /^without([A-Z])(.*)$/.exec(word) ?? [];
  return first === undefined ? [] : [`${first.toLowerCase()}${rest}`];
}
