import type { CST, YAMLError } from "yaml";

/** A fault of the syntax: what is wrong, and from which offset on. */
export type SyntaxFault = { readonly message: string; readonly pos: readonly [number, ...number[]] };

/** What the parser has found, or what is made of that. */
type Found = SyntaxFault & Pick<YAMLError, "code">;

const FLOW: { readonly [opener: string]: { readonly name: string; readonly end: string } } = {
  "{": { name: "brace", end: "}" },
  "[": { name: "bracket", end: "]" },
};

/**
 * The faults of the syntax, where their authors made them, with what to do about those that many people make.
 *
 * @param lineOf the line of an offset.
 */
export function syntaxFaults(
  errors: readonly YAMLError[],
  tokens: readonly CST.Token[],
  { text, lineOf }: { readonly text: string; readonly lineOf: (offset: number) => number },
): readonly SyntaxFault[] {
  const found = whereIndented(withoutNoise(withStarKeys(errors, text), lineOf), text);
  return firstOfEach(whereOpened(found, tokens)).map((fault) => ({
    message: withRemedy(fault, text),
    pos: fault.pos,
  }));
}

/** No key is longer that begins with a star. */
const MAX_KEY = 100;

/** What is read as an alias is a key without its quotes, as in a map of media types: what stands behind it is not read as it was meant. */
function withStarKeys(errors: readonly YAMLError[], text: string): readonly Found[] {
  const keys = errors
    .filter(({ message }) => message.startsWith("Alias ending in :"))
    .map(({ code, pos: [colon] }): Found => {
      const [key] = /[^\s,[\]{}]*$/.exec(text.slice(Math.max(colon - MAX_KEY, 0), colon))!;
      return {
        code,
        message: `a key that begins with * needs quotes: "${key}"`,
        pos: [colon - key.length],
      };
    });
  const first = keys.reduce((least, { pos }) => Math.min(least, pos[0]), Infinity);
  return [...errors.filter(({ pos }) => pos[0] < first), ...keys];
}

/**
 * A field that is indented too far goes on with the text above it: of what the parser finds there, both where that text begins, one is told, and where the
 * field is. What is no name of a field is a text that goes on.
 */
function whereIndented(errors: readonly Found[], text: string): readonly Found[] {
  const startsOf = (code: Found["code"]) => errors.filter((each) => each.code === code);
  const nested = new Set(startsOf("BLOCK_AS_IMPLICIT_KEY").map(({ pos }) => pos[0]));
  const ends = new Map(startsOf("MULTILINE_IMPLICIT_KEY").map(({ pos }) => [pos[0], pos[1]]));
  return errors.flatMap((error): readonly Found[] => {
    const { code, pos } = error;
    if (code === "MULTILINE_IMPLICIT_KEY") return nested.has(pos[0]) ? [] : [error];
    const end = code === "BLOCK_AS_IMPLICIT_KEY" ? ends.get(pos[0]) : undefined;
    if (end === undefined) return [error];
    const key = text.slice(text.lastIndexOf("\n", end) + 1, end).trimStart();
    return [/\s/.test(key) ? error : { code, message: TOO_FAR, pos: [end - key.length] }];
  });
}

const TOO_FAR =
  'this line is indented further than the field above: the fields of an object are indented alike; a text with ": " in it needs quotes';

/** One slip of the hand puts the lines behind it in another place, too: of what the parser says in the same words, the first is its author's. */
function firstOfEach(faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  const firsts = new Map(faults.toReversed().map((fault) => [fault.message, fault]));
  return faults.filter((fault) => firsts.get(fault.message) === fault);
}

/** A tab that indents a line leaves nothing in it as it was meant, nor does what stands behind | or >. */
function withoutNoise(errors: readonly Found[], lineOf: (offset: number) => number): readonly Found[] {
  const spoilt = new Set(errors.filter(isSpoiling).map(({ pos }) => lineOf(pos[0])));
  return errors.filter((error) => isSpoiling(error) || !spoilt.has(lineOf(error.pos[0])));
}

function isSpoiling({ code, message }: Found): boolean {
  return code === "TAB_AS_INDENT" || message.startsWith("Block scalar header");
}

/**
 * The parser finds that something is not closed where the document ends. Of what is not closed, the innermost alone is told: it may have swallowed
 * the ends of all others.
 */
function whereOpened(errors: readonly Found[], tokens: readonly CST.Token[]): readonly SyntaxFault[] {
  const kept = errors.filter(
    ({ code, message }) => code !== "MISSING_CHAR" && !/ end with a [\]}]$/.test(message),
  );
  const open = kept.length < errors.length ? tokens.flatMap(unclosedIn).at(-1) : undefined;
  return open ? [...kept, open] : errors;
}

/** What a token and those in it open and never close, in the order of the document. */
function unclosedIn(token: CST.Token): readonly SyntaxFault[] {
  if (token.type === "document") return token.value ? unclosedIn(token.value) : [];
  if (token.type === "double-quoted-scalar" || token.type === "single-quoted-scalar")
    return isClosed(token.source) ? [] : [unclosed("quote", token.offset)];
  if (!("items" in token)) return [];
  const inner = token.items.flatMap(({ key, value }) =>
    [key, value].flatMap((each) => (each ? unclosedIn(each) : [])),
  );
  if (token.type !== "flow-collection") return inner;
  const { name, end } = FLOW[token.start.source]!;
  return token.end.some(({ source }) => source === end) ? inner : [unclosed(name, token.offset), ...inner];
}

function isClosed(source: string): boolean {
  return source.length > 1 && source.endsWith(source[0]!) && !/(^|[^\\])(\\\\)*\\"$/.test(source);
}

function unclosed(name: string, offset: number): SyntaxFault {
  return { message: `this ${name} is never closed`, pos: [offset] };
}

/** What to do about faults of YAML that many people make, by how the parser words them. */
const REMEDIES: readonly (readonly [fault: RegExp, remedy: string])[] = [
  [
    /^Nested mappings are not allowed/,
    'a text with ": " in it needs quotes; the fields of an object are indented alike',
  ],
  [/^Plain value cannot start with/, "a text that begins so needs quotes"],
  [
    /^Unexpected scalar at node end/,
    "a text that begins with a quote, or with *, &, !, { or [, needs quotes around all of it",
  ],
  [/^Unresolved tag/, "a text that begins with ! needs quotes"],
  [/^Block scalar header includes extra characters/, "a text that begins with | or > needs quotes"],
  [
    /^Not a YAML token/,
    "what | or > is for begins on the next line; a text that begins with one of them needs quotes",
  ],
  [
    /^Invalid escape sequence/,
    "in double quotes, \\\\ stands for \\; in single quotes, \\ stands for itself",
  ],
  [/^All mapping items must start at the same column/, "the fields of an object are indented alike"],
  [/^Unexpected block-seq-ind on same line with key/, "a list begins on a line of its own"],
  [
    /^Implicit keys need to be on a single line/,
    "a space is missing behind the colon, or the line is not indented as it should be",
  ],
  [/^With stringKeys, all keys must be strings/, "a key that begins with { or [ needs quotes"],
];

/** What to do about a quote that ends a text before its end. */
const QUOTES: { readonly [quote: string]: string } = {
  "'": "an apostrophe in single quotes is written twice",
  '"': 'a quote in double quotes is written \\"',
};

/** A message of the parser, and what to do about it, where that is known. */
function withRemedy({ message, pos }: SyntaxFault, text: string): string {
  const isBehindNode = message.startsWith("Unexpected scalar at node end");
  const quoted = isBehindNode ? QUOTES[text.charAt(pos[0] - 1)] : undefined;
  const remedy = quoted ?? REMEDIES.find(([fault]) => fault.test(message))?.[1];
  return remedy === undefined ? message : `${message}: ${remedy}`;
}
