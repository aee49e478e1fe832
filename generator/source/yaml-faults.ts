import type { CST, YAMLError } from "yaml";

/** A fault of the syntax: what is wrong, and from which offset on. */
export type SyntaxFault = { readonly message: string; readonly pos: readonly [number, ...number[]] };

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
  lineOf: (offset: number) => number,
): readonly SyntaxFault[] {
  return firstOfEach(whereOpened(withoutNoise(errors, lineOf), tokens)).map(({ message, pos }) => ({
    message: withRemedy(message),
    pos,
  }));
}

/** One slip of the hand puts the lines behind it in another place, too: of what the parser says in the same words, the first is its author's. */
function firstOfEach(faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  const firsts = new Map(faults.toReversed().map((fault) => [fault.message, fault]));
  return faults.filter((fault) => firsts.get(fault.message) === fault);
}

/** A tab that indents a line leaves nothing in it as it was meant. */
function withoutNoise(
  errors: readonly YAMLError[],
  lineOf: (offset: number) => number,
): readonly YAMLError[] {
  const tabbed = new Set(errors.filter(isTab).map(({ pos }) => lineOf(pos[0])));
  return errors.filter((error) => isTab(error) || !tabbed.has(lineOf(error.pos[0])));
}

function isTab({ code }: YAMLError): boolean {
  return code === "TAB_AS_INDENT";
}

/**
 * The parser finds that something is not closed where the document ends. Of what is not closed, the innermost alone is told: it may have swallowed
 * the ends of all others.
 */
function whereOpened(errors: readonly YAMLError[], tokens: readonly CST.Token[]): readonly SyntaxFault[] {
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
  [/^All mapping items must start at the same column/, "the fields of an object are indented alike"],
  [/^Unexpected block-seq-ind on same line with key/, "a list begins on a line of its own"],
  [
    /^Implicit keys need to be on a single line/,
    "a space is missing behind the colon, or the line is not indented as it should be",
  ],
  [/^With stringKeys, all keys must be strings/, "a key that begins with { or [ needs quotes"],
];

/** A message of the parser, and what to do about it, where that is known. */
function withRemedy(message: string): string {
  const [, remedy] = REMEDIES.find(([fault]) => fault.test(message)) ?? [];
  return remedy === undefined ? message : `${message}: ${remedy}`;
}
