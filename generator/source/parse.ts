import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { objectOf, type JsonValue } from "./json.js";
import { join, tokensOf, type JsonPointer } from "./pointer.js";
import type { Position, SourceDocument, SourceText } from "./source.js";

/** Values after the expansion of aliases; a nine-level alias bomb asks for a billion. */
const MAX_NODES = 5_000_000;

/**
 * Parses the text of one YAML or JSON document, once.
 *
 * @returns the document, or undefined beside the reasons. A fault of the syntax stands at its own position.
 */
export function parse(source: SourceText): Staged<SourceDocument | undefined> {
  return parseJson(source) ?? parseYaml(source);
}

/** JSON takes the fast path; its positions are found only when a diagnostic asks for them. */
function parseJson(source: SourceText): Staged<SourceDocument> | undefined {
  if (!/^\s*\{/.test(source.text)) return undefined;
  try {
    const value = JSON.parse(source.text) as JsonValue;
    let located: SourceDocument | undefined;
    const locate: SourceDocument["locate"] = (pointer, at) =>
      (located ??= parseYaml(source).value)?.locate(pointer, at) ?? { line: 1, column: 1 };
    return { value: { ...source, value, locate }, problems: [] };
  } catch {
    return undefined;
  }
}

function parseYaml(source: SourceText): Staged<SourceDocument | undefined> {
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, stringKeys: true, merge: false, strict: true };
  const documents = parseAllDocuments(source.text, options);
  const document = documents[0];
  const problems = documents.flatMap((each) =>
    [...each.errors, ...each.warnings].map((error) => syntax(source, lines, error)),
  );
  const second = documents[1];
  if (second)
    problems.push(
      syntax(source, lines, { message: "a second YAML document starts here", pos: [second.range[0]] }),
    );
  if (!document?.contents && problems.length === 0) {
    problems.push(problem("document-empty", {}, { origin: { source: source.id, pointer: "" } }));
  }
  if (!document?.contents || problems.length > 0) return { value: undefined, problems };
  const json = new JsonBuilder(source, document, lines);
  const value = json.build(document.contents, "");
  const locate: SourceDocument["locate"] = (pointer, at) => locateIn(document, lines, pointer, at);
  return json.problems.length > 0
    ? { value: undefined, problems: json.problems }
    : { value: { ...source, value, locate }, problems };
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
  private readonly document: Document.Parsed;
  private readonly lines: LineCounter;

  constructor(source: SourceText, document: Document.Parsed, lines: LineCounter) {
    this.source = source;
    this.document = document;
    this.lines = lines;
  }

  build(node: Node | null, pointer: JsonPointer): JsonValue {
    if (++this.nodes > MAX_NODES)
      return this.nodes === MAX_NODES + 1 ? this.refuse(node, pointer, "an alias bomb") : null;
    if (node === null) return null;
    if (isAlias(node)) return this.buildAlias(node.resolve(this.document), node, pointer);
    if (isSeq(node)) return node.items.map((item, index) => this.build(item as Node, join(pointer, index)));
    if (isMap(node))
      return objectOf((node.items as Pair<Node, Node | null>[]).map((pair) => this.buildPair(pair, pointer)));
    const value = isScalar(node) ? node.value : undefined;
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return this.refuse(node, pointer, String(value));
  }

  private buildPair(pair: Pair<Node, Node | null>, pointer: JsonPointer): readonly [string, JsonValue] {
    const key = keyOf(pair);
    return [key, this.build(pair.value, join(pointer, key))];
  }

  private buildAlias(target: Node | undefined, alias: Node, pointer: JsonPointer): JsonValue {
    if (target === undefined || this.open.has(target))
      return this.refuse(alias, pointer, "an alias of what holds it");
    this.open.add(target);
    const value = this.build(target, pointer);
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
}

function keyOf(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function locateIn(
  document: Document.Parsed,
  lines: LineCounter,
  pointer: JsonPointer,
  at: "key" | "value",
): Position {
  let node: Node | null = document.contents;
  let key = 0;
  let value = node?.range?.[0] ?? 0;
  for (const token of tokensOf(pointer)) {
    const found = step(isAlias(node) ? (node.resolve(document) ?? null) : node, token);
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
