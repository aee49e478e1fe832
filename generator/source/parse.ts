import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type Alias,
  type CST,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { hasErrors, problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { objectOf, type JsonValue } from "./json.js";
import { findJsonFaults, JsonPlaces, type JsonFault } from "./json-text.js";
import { DEFAULT_LIMITS, type LimitName, type Limits } from "./limits.js";
import { lineFinder } from "./lines.js";
import { CONFLICT, hasMergeMarks } from "./merge-marks.js";
import { join, tokensOf, type JsonPointer } from "./pointer.js";
import { roundedValue } from "./rounded.js";
import type { Position, SourceDocument, SourceText } from "./source.js";
import { asVersion12, isOfIgnored, readDirectives } from "./yaml-directives.js";
import { FLOAT } from "./yaml-float.js";
import { syntaxFaults, type SyntaxFault } from "./yaml-faults.js";

/**
 * Parses the text of one YAML or JSON document, once.
 *
 * @returns the document, or undefined beside the reasons. A fault of the syntax stands at its own position.
 */
export function parse(
  source: SourceText,
  limits: Limits = DEFAULT_LIMITS,
): Staged<SourceDocument | undefined> {
  if (source.text.length > limits.bytes) {
    const where = { origin: { source: source.id, pointer: "" }, place: { line: 1, column: 1 } };
    return { value: undefined, problems: [overLimit("bytes", limits, where)] };
  }
  const parsed = parseJson(source, limits) ?? parseYaml(source, limits);
  return parsed.value ? parsed : { value: undefined, problems: mergeProblems(source) ?? parsed.problems };
}

/** What a merge has left is one fault each, and no fault of the syntax for each of its marks; undefined of any other text. */
function mergeProblems({ id, text }: SourceText): Problem[] | undefined {
  if (!hasMergeMarks(text)) return undefined;
  const positionAt = lineFinder(text);
  const origin = { source: id, pointer: "" };
  return [...text.matchAll(CONFLICT)].map(({ index }) =>
    problem("merge-unresolved", {}, { origin, place: positionAt(index) }),
  );
}

/** The problem of going over a limit. */
export function overLimit(
  name: LimitName,
  limits: Limits,
  where: { origin: Problem["origin"]; place?: Problem["place"] },
): Problem {
  return problem("limit-exceeded", { name, limit: limits[name] }, where);
}

/** JSON takes the fast path; its positions are found only when a diagnostic asks for them. */
function parseJson(source: SourceText, limits: Limits): Staged<SourceDocument | undefined> | undefined {
  const value = /^\s*\{/.test(source.text) ? jsonValue(source.text) : undefined;
  if (value === undefined) return undefined;
  const positionAt = lineFinder(source.text);
  const faults = findJsonFaults(source.text, limits.depth).map((fault) => {
    const where = { origin: { source: source.id, pointer: "" }, place: positionAt(fault.offset) };
    return jsonProblem(fault, limits, where);
  });
  if (hasErrors(faults)) return { value: undefined, problems: faults };
  let places: JsonPlaces | undefined;
  const locate: SourceDocument["locate"] = (pointer, at) => {
    places ??= new JsonPlaces(source.text);
    const found = places.nearest(pointer);
    return positionAt(found.isExact ? found.place[at] : found.place.key);
  };
  return { value: { ...source, value, locate }, problems: faults };
}

function jsonValue(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function jsonProblem(
  fault: JsonFault,
  limits: Limits,
  where: { origin: Problem["origin"]; place: Position },
): Problem {
  if (fault.kind === "depth") return overLimit("depth", limits, where);
  if (fault.kind === "rounded")
    return problem("number-rounded", { found: fault.text, read: fault.read }, where);
  return fault.kind === "duplicate"
    ? problem("key-duplicate", { key: fault.key }, where)
    : problem("yaml-not-json", { found: fault.text }, where);
}

function parseYaml(source: SourceText, limits: Limits): Staged<SourceDocument | undefined> {
  const lines = new LineCounter();
  const origin = { source: source.id, pointer: "" };
  const control = source.text.search(CONTROL);
  if (control !== -1) return { value: undefined, problems: [controlProblem(source, control)] };
  const tokens = [...new Parser(lines.addNewLine).parse(source.text)];
  const deep = tokens.map((token) => offsetBelow(token, limits.depth)).find((offset) => offset !== undefined);
  if (deep !== undefined)
    return {
      value: undefined,
      problems: [overLimit("depth", limits, { origin, place: positionOf(lines, deep) })],
    };
  // Keys are compared by the builder below: the composer takes time that grows with the square of their number.
  const options = { stringKeys: true, merge: false, strict: true, uniqueKeys: false, customTags: [FLOAT] };
  const documents = [...new Composer(options).compose(asVersion12(tokens))];
  const document = documents[0];
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const problems = documents.flatMap(({ errors, warnings }) => {
    const faults = [...errors, ...warnings].filter((each) => !isOfIgnored(each) && !isOfAlias(each, source));
    return syntaxFaults(faults, tokens, { text: source.text, lineOf }).map((fault) =>
      syntax(source, lines, fault),
    );
  });
  const second = documents[1];
  if (second)
    problems.push(
      syntax(source, lines, { message: "a second YAML document starts here", pos: [second.range[0]] }),
    );
  if (!document?.contents && problems.length === 0) problems.push(problem("document-empty", {}, { origin }));
  if (!document?.contents || problems.length > 0) return { value: undefined, problems };
  const aliases = targetsOf(document);
  const json = new JsonBuilder(source, { aliases, lines, limits });
  const value = json.build(document.contents, "", 0);
  const locate: SourceDocument["locate"] = (pointer, at) =>
    locateIn({ document, aliases, lines }, pointer, at);
  const found = [...directiveProblems(source, tokens, lines), ...json.problems];
  return hasErrors(found)
    ? { value: undefined, problems: found }
    : { value: { ...source, value, locate }, problems: found };
}

/** Directives that are read otherwise than they say. */
function directiveProblems(
  { id }: SourceText,
  tokens: readonly CST.Token[],
  lines: LineCounter,
): readonly Problem[] {
  return readDirectives(tokens).map(({ kind, text, offset }) => {
    const where = { origin: { source: id, pointer: "" }, place: positionOf(lines, offset) };
    return kind === "version"
      ? problem("yaml-version", { found: text }, where)
      : problem("yaml-directive", { name: text }, where);
  });
}

/** True for what the parser says of an alias that is a key: the builder looks at what it names. */
function isOfAlias({ code, pos }: YAMLError, { text }: SourceText): boolean {
  return code === "NON_STRING_KEY" && text[pos[0]] === "*";
}

/** The offset of the first token that lies deeper than `depth` collections; found without recursion, unlike all that follows. */
function offsetBelow(root: CST.Token, depth: number): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let top = open.pop(); top; top = open.pop()) {
    const { token } = top;
    if (top.depth >= depth && "items" in token) return token.offset;
    const parts: readonly (CST.Token | null | undefined)[] =
      "items" in token
        ? token.items.flatMap((item) => [item.key, item.value])
        : token.type === "document"
          ? [token.value]
          : [];
    const inner = "items" in token ? top.depth + 1 : top.depth;
    for (const part of parts.toReversed()) if (part) open.push({ token: part, depth: inner });
  }
  return undefined;
}

type Targets = ReadonlyMap<Alias, Node>;

/** The node that each alias names: the last one before it that has its anchor (YAML 1.2.2, section 7.1). */
function targetsOf(document: Document.Parsed): Targets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Control characters that are none of a line: a YAML document holds them as escapes (YAML 1.2.2, section 5.1). */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function controlProblem({ id, text }: SourceText, offset: number): Problem {
  const escape = `\\u${text.charCodeAt(offset).toString(16).padStart(4, "0")}`;
  const reason = `a control character has no place in YAML: in double quotes, ${escape} stands for it`;
  return problem(
    "yaml-syntax",
    { reason },
    { origin: { source: id, pointer: "" }, place: lineFinder(text)(offset) },
  );
}

function syntax(source: SourceText, lines: LineCounter, error: SyntaxFault): Problem {
  const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  return problem(
    "yaml-syntax",
    { reason },
    { origin: { source: source.id, pointer: "" }, place: positionOf(lines, error.pos[0]) },
  );
}

function positionOf(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

type MapNode = YAMLMap<Node, Node | null>;

type Member = readonly [key: string, value: JsonValue];

/** The object that members are for: where it stands, through how many merge keys they come, and which names they do not get. */
type Merging = {
  readonly pointer: JsonPointer;
  readonly depth: number;
  readonly merged: number;
  readonly taken: Set<string>;
};

/**
 * True for `<<: *base`: YAML 1.1's "Merge Key Language-Independent Type", which 1.2 has dropped, but which what people check their documents
 * with reads all the same. A map's own key wins over a merged one, and an earlier source over a later one. In quotes it is a key like others.
 */
function isMergeKey({ key }: Pair<Node, Node | null>): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

/** YAML nodes → JSON values. What JSON cannot carry (NaN, a cycle of aliases) is a problem at its place. */
class JsonBuilder {
  readonly problems: Problem[] = [];
  private nodes = 0;
  private readonly open = new Set<Node>();

  private readonly source: SourceText;
  private readonly aliases: Targets;
  private readonly lines: LineCounter;
  private readonly limits: Limits;

  constructor(source: SourceText, parts: { aliases: Targets; lines: LineCounter; limits: Limits }) {
    this.source = source;
    this.aliases = parts.aliases;
    this.lines = parts.lines;
    this.limits = parts.limits;
  }

  build(node: Node | null, pointer: JsonPointer, depth: number): JsonValue {
    if (++this.nodes > this.limits.nodes) return this.stop("nodes", node, pointer);
    if (node === null) return null;
    if (isAlias(node))
      return this.throughAlias(node, pointer, (target) => this.build(target, pointer, depth)) ?? null;
    if (depth >= this.limits.depth && !isScalar(node)) return this.stop("depth", node, pointer);
    if (isSeq(node))
      return node.items.map((item, index) => this.build(item as Node, join(pointer, index), depth + 1));
    if (isMap(node))
      return objectOf(this.membersOf(node as MapNode, { pointer, depth, merged: 0, taken: new Set() }));
    const value = isScalar(node) ? node.value : undefined;
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) {
      this.reportRounded(node, pointer);
      return value;
    }
    return this.refuse(node, pointer, String(value));
  }

  /** The members of a map that are not taken: its own, then those that its merge keys bring in. */
  private membersOf(map: MapNode, into: Merging): Member[] {
    const known = new Set<string>();
    const members: Member[] = [];
    for (const pair of map.items.filter((each) => !isMergeKey(each))) {
      const key = keyOf(pair, this.aliases);
      const at = join(into.pointer, key ?? "");
      if (key === undefined) {
        this.refuseSyntax(pair.key, at, "an alias that is a key must name a text");
        continue;
      }
      if (known.has(key)) this.reportDuplicate(pair, key, at);
      known.add(key);
      if (into.taken.has(key)) this.nodes += 1;
      else members.push([key, this.build(pair.value, at, into.depth + 1)]);
    }
    for (const key of known) into.taken.add(key);
    const merges = map.items.filter(isMergeKey);
    return [...members, ...merges.flatMap(({ value }) => this.mergedFrom(value, into))];
  }

  /** What a merge key brings in; what it goes through counts for the limits, though it may bring nothing. */
  private mergedFrom(node: Node | null, into: Merging): Member[] {
    const { pointer, merged } = into;
    const over =
      ++this.nodes > this.limits.nodes ? "nodes" : merged >= this.limits.depth ? "depth" : undefined;
    if (over !== undefined) this.stop(over, node, pointer);
    else if (isAlias(node))
      return this.throughAlias(node, pointer, (target) => this.mergedFrom(target, into)) ?? [];
    else if (isSeq(node)) return node.items.flatMap((item) => this.mergedFrom(item as Node, into));
    else if (isMap(node)) return this.membersOf(node as MapNode, { ...into, merged: merged + 1 });
    else this.refuseSyntax(node, pointer, "a merge key takes a map, or a list of maps");
    return [];
  }

  private reportRounded({ source: found = "", range }: Scalar, pointer: JsonPointer): void {
    const read = roundedValue(found);
    if (read === undefined) return;
    const place = positionOf(this.lines, range?.[0] ?? 0);
    const origin = { source: this.source.id, pointer };
    this.problems.push(problem("number-rounded", { found, read }, { origin, place }));
  }

  private reportDuplicate(pair: Pair<Node, Node | null>, key: string, pointer: JsonPointer): void {
    const place = positionOf(this.lines, pair.key.range?.[0] ?? 0);
    const origin = { source: this.source.id, pointer };
    this.problems.push(problem("key-duplicate", { key }, { origin, place }));
  }

  /** What is made of the node that an alias names; undefined beside the reason where that holds the alias. */
  private throughAlias<T>(alias: Alias, pointer: JsonPointer, make: (target: Node) => T): T | undefined {
    const target = this.aliases.get(alias);
    if (target === undefined) {
      this.refuseSyntax(alias, pointer, `*${alias.source} names no anchor that stands before it`);
      return undefined;
    }
    if (this.open.has(target)) {
      this.refuse(alias, pointer, "an alias of what holds it");
      return undefined;
    }
    this.open.add(target);
    const value = make(target);
    this.open.delete(target);
    return value;
  }

  private refuseSyntax(node: Node | null, pointer: JsonPointer, reason: string): void {
    const place = positionOf(this.lines, node?.range?.[0] ?? 0);
    const origin = { source: this.source.id, pointer };
    this.problems.push(problem("yaml-syntax", { reason }, { origin, place }));
  }

  private refuse(node: Node | null, pointer: JsonPointer, found: string): null {
    const place = positionOf(this.lines, node?.range?.[0] ?? 0);
    this.problems.push(
      problem("yaml-not-json", { found }, { origin: { source: this.source.id, pointer }, place }),
    );
    return null;
  }

  /** Says so once; what follows is not built. */
  private stop(name: LimitName, node: Node | null, pointer: JsonPointer): JsonValue {
    if (this.nodes < Infinity) {
      const place = positionOf(this.lines, node?.range?.[0] ?? 0);
      const origin = { source: this.source.id, pointer };
      this.problems.push(overLimit(name, this.limits, { origin, place }));
    }
    this.nodes = Infinity;
    return null;
  }
}

/** The name of a member. A key may be an alias (YAML 1.2.2, section 7.1), also of what is no text elsewhere: `200`. */
function keyOf({ key }: Pair<Node, Node | null>, aliases: Targets): string | undefined {
  if (!isAlias(key)) return isScalar(key) ? String(key.value) : String(key);
  const target = aliases.get(key);
  if (!isScalar(target)) return undefined;
  return typeof target.value === "string" ? target.value : target.source;
}

function locateIn(
  { document, aliases, lines }: { document: Document.Parsed; aliases: Targets; lines: LineCounter },
  pointer: JsonPointer,
  at: "key" | "value",
): Position {
  let node: Node | null = document.contents;
  let key = 0;
  let value = node?.range?.[0] ?? 0;
  for (const token of tokensOf(pointer)) {
    const found = step(node, token, aliases);
    if (!found) return positionOf(lines, key);
    node = found.value;
    key = found.key;
    value = node?.range?.[0] ?? key;
  }
  return positionOf(lines, at === "key" ? key : value);
}

function step(
  from: Node | null,
  token: string,
  aliases: Targets,
): { value: Node | null; key: number } | undefined {
  const node = isAlias(from) ? aliases.get(from) : from;
  if (isSeq(node)) {
    const item = node.items[Number(token)] as Node | undefined;
    return item && { value: item, key: item.range?.[0] ?? 0 };
  }
  if (!isMap(node)) return undefined;
  const pair = memberOf(node as MapNode, token, aliases);
  return pair && { value: pair.value, key: pair.key.range?.[0] ?? 0 };
}

/** The pair that gives a map's member: its own, or that of the first source with one. */
function memberOf(map: MapNode, name: string, aliases: Targets): Pair<Node, Node | null> | undefined {
  const own = map.items.find((pair) => !isMergeKey(pair) && keyOf(pair, aliases) === name);
  if (own) return own;
  for (const { value } of map.items.filter(isMergeKey)) {
    for (const source of sourcesOf(value, aliases)) {
      const found = memberOf(source, name, aliases);
      if (found) return found;
    }
  }
  return undefined;
}

function sourcesOf(from: Node | null, aliases: Targets): readonly MapNode[] {
  const node = isAlias(from) ? aliases.get(from) : from;
  if (isSeq(node)) return node.items.flatMap((item) => sourcesOf(item as Node, aliases));
  return isMap(node) ? [node as MapNode] : [];
}
