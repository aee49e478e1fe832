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
  type YAMLMap,
} from "yaml";
import { hasErrors, problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { objectOf, type JsonValue } from "./json.js";
import { findJsonFaults, JsonPlaces, type JsonFault } from "./json-text.js";
import { DEFAULT_LIMITS, type LimitName, type Limits } from "./limits.js";
import { lineFinder } from "./lines.js";
import { join, tokensOf, type JsonPointer } from "./pointer.js";
import { roundedValue } from "./rounded.js";
import type { Position, SourceDocument, SourceText } from "./source.js";

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
  return parseJson(source, limits) ?? parseYaml(source, limits);
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
  const tokens = [...new Parser(lines.addNewLine).parse(source.text)];
  const deep = tokens.map((token) => offsetBelow(token, limits.depth)).find((offset) => offset !== undefined);
  if (deep !== undefined)
    return {
      value: undefined,
      problems: [overLimit("depth", limits, { origin, place: positionOf(lines, deep) })],
    };
  // Keys are compared by the builder below: the composer takes time that grows with the square of their number.
  const options = { stringKeys: true, merge: false, strict: true, uniqueKeys: false };
  const documents = [...new Composer(options).compose(tokens)];
  const document = documents[0];
  const problems = documents.flatMap((each) =>
    [...each.errors, ...each.warnings].map((error) => syntax(source, lines, error)),
  );
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
  return hasErrors(json.problems)
    ? { value: undefined, problems: json.problems }
    : { value: { ...source, value, locate }, problems: json.problems };
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

function syntax(
  source: SourceText,
  lines: LineCounter,
  error: { message: string; pos: readonly [number, ...number[]] },
): Problem {
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
    if (isAlias(node)) return this.buildAlias(node, pointer, depth);
    if (depth >= this.limits.depth && !isScalar(node)) return this.stop("depth", node, pointer);
    if (isSeq(node))
      return node.items.map((item, index) => this.build(item as Node, join(pointer, index), depth + 1));
    if (isMap(node)) return this.buildMap(node as YAMLMap<Node, Node | null>, pointer, depth);
    const value = isScalar(node) ? node.value : undefined;
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) {
      this.reportRounded(node, pointer);
      return value;
    }
    return this.refuse(node, pointer, String(value));
  }

  private buildMap(map: YAMLMap<Node, Node | null>, pointer: JsonPointer, depth: number): JsonValue {
    const known = new Set<string>();
    const entries = map.items.map((pair) => {
      const key = keyOf(pair);
      const at = join(pointer, key);
      if (known.has(key)) this.reportDuplicate(pair, key, at);
      known.add(key);
      return [key, this.build(pair.value, at, depth + 1)] as const;
    });
    return objectOf(entries);
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

  private buildAlias(alias: Alias, pointer: JsonPointer, depth: number): JsonValue {
    const target = this.aliases.get(alias);
    if (target === undefined || this.open.has(target))
      return this.refuse(alias, pointer, "an alias of what holds it");
    this.open.add(target);
    const value = this.build(target, pointer, depth);
    this.open.delete(target);
    return value;
  }

  private refuse(node: Node | null, pointer: JsonPointer, found: string): JsonValue {
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

function keyOf(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
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
    const found = step(isAlias(node) ? (aliases.get(node) ?? null) : node, token);
    if (!found) return positionOf(lines, key);
    node = found.value;
    key = found.key;
    value = node?.range?.[0] ?? key;
  }
  return positionOf(lines, at === "key" ? key : value);
}

function step(node: Node | null, token: string): { value: Node | null; key: number } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(token)] as Node | undefined;
    return item && { value: item, key: item.range?.[0] ?? 0 };
  }
  if (!isMap(node)) return undefined;
  const pair = (node as YAMLMap<Node, Node | null>).items.find((each) => keyOf(each) === token);
  return pair && { value: pair.value, key: pair.key.range?.[0] ?? 0 };
}
