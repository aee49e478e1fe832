import ts from "typescript";
import { firstFitting, group, ifBreak, indent, line, softline, willBreak, type Doc } from "./doc.js";

/** An argument, and how it looks as the last one that the call hugs. */
export type Argument = { readonly node: ts.Expression; readonly doc: Doc; readonly hugged: Doc };

/** The arguments of a call: on one line, or the last one hugged, or each on a line of its own. */
export function callArgumentsDoc(list: readonly Argument[]): Doc {
  const last = list.at(-1);
  if (!last) return "()";
  const separated = list.map(({ doc }, index) => (index < list.length - 1 ? [doc, ",", line] : doc));
  const allBroken = (): Doc =>
    group(["(", indent([line, separated]), ifBreak(","), line, ")"], { isBroken: true });
  const nodes = list.map(({ node }) => node);
  if (isComposition(nodes)) return allBroken();
  if (!hugsLast(nodes)) {
    return group(["(", indent([softline, separated]), ifBreak(","), softline, ")"]);
  }
  const before = separated.slice(0, -1);
  if (before.some(willBreak)) return allBroken();
  const open = group(last.hugged, { isBroken: true });
  if (willBreak(last.hugged)) return [BREAK, firstFitting([["(", before, open, ")"], allBroken()])];
  return firstFitting([["(", before, last.hugged, ")"], ["(", before, open, ")"], allBroken()]);
}

/** The body of `() => ({ … })`. */
export function objectInParentheses(body: ts.ConciseBody): ts.ObjectLiteralExpression | undefined {
  if (!ts.isParenthesizedExpression(body)) return undefined;
  const { expression } = body;
  return ts.isObjectLiteralExpression(expression) && expression.properties.length > 0
    ? expression
    : undefined;
}

/** A list of nothing but numbers, with their signs. */
export function isNumbers(node: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(node) && node.elements.length > 0 && node.elements.every(isNumber);
}

function isNumber(node: ts.Expression): boolean {
  return ts.isNumericLiteral(node) || (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand));
}

/** Breaks the groups around, and prints nothing. */
const BREAK: Doc = { kind: "group", contents: "", width: 0, isBroken: true };

/** Several functions, or calls with functions: `allOf(ref(() => a), ref(() => b))`. */
function isComposition(list: readonly ts.Expression[]): boolean {
  if (list.length <= 1) return false;
  let functions = 0;
  for (const node of list) {
    if (isFunction(node)) functions++;
    if (functions > 1) return true;
    if (ts.isCallExpression(node) && node.arguments.some(isFunction)) return true;
  }
  return false;
}

function isFunction(node: ts.Expression): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function hugsLast(list: readonly ts.Expression[]): boolean {
  const last = list.at(-1)!;
  const previous = list.at(-2);
  if (!isExpandable(last) || previous?.kind === last.kind) return false;
  if (list.length === 2 && ts.isArrowFunction(previous!) && ts.isArrayLiteralExpression(last)) return false;
  return list.length === 1 || !isNumbers(last);
}

function isExpandable(node: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(node)) return node.properties.length > 0;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isExpandable(node.expression);
  if (!ts.isArrowFunction(node)) return false;
  const body = objectInParentheses(node.body) ?? node.body;
  return ts.isObjectLiteralExpression(body) || ts.isArrayLiteralExpression(body) || ts.isCallExpression(body);
}
