import ts from "typescript";
import { canBreak, group, indent, indentIfBreak, line, widthOf, type Doc } from "./doc.js";
import { stringText } from "./literals.js";
import { commentsBefore, textOf, type Source } from "./source.js";

/** What stands left and right of `=` or `:`. */
export type Assignment = {
  readonly left: Doc;
  readonly operator: " =" | ":";
  readonly right: Doc;
  readonly node: ts.Expression;
  readonly source: Source;
  /** The type of a variable. */
  readonly type?: ts.TypeNode | undefined;
};

/** Where the line breaks at an assignment, if it must: behind the operator for what has no place to break at, else inside. */
export function assignmentDoc(assignment: Assignment): Doc {
  const { left, operator, right, node, source, type } = assignment;
  if (breaksAfterOperator(assignment)) return group([group(left), operator, group(indent([line, right]))]);
  if (type && isComplex(type)) return group([left, operator, " ", group(right)]);
  const hugs = !canBreak(left) && (hasShortKey(assignment) || isNumberOrBoolean(node));
  if (hugs && !hasCommentOnOwnLine(node, source)) return group([group(left), operator, " ", right]);
  return fluid(left, operator, right);
}

/** Several type arguments, one of which has some itself: the line breaks among them first. */
function isComplex(type: ts.TypeNode): boolean {
  const args = ts.isTypeReferenceNode(type) ? (type.typeArguments ?? []) : [];
  return args.length > 1 && args.some((each) => ts.isTypeReferenceNode(each) && each.typeArguments);
}

/** Breaks behind the operator where what follows has no place to break at before the end of the line. */
export function fluid(left: Doc, operator: string, right: Doc): Doc {
  const id = {};
  return group([group(left), operator, group(indent(line), { id }), indentIfBreak(group(right), id)]);
}

function breaksAfterOperator(assignment: Assignment): boolean {
  const { node, source } = assignment;
  if (isBinary(node) || hasCommentOnOwnLine(node, source)) return true;
  return !hasShortKey(assignment) && (ts.isStringLiteral(node) || isPoorlyBreakable(node, source));
}

export function isBinary(node: ts.Expression): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node);
}

function hasCommentOnOwnLine(node: ts.Node, source: Source): boolean {
  return commentsBefore(node, source).some(({ end, isLine }) => isLine || source.text[end] === "\n");
}

/** A key so short that a line break behind it would win nothing. */
function hasShortKey({ left, operator }: Assignment): boolean {
  return operator === ":" && widthOf(left) < 5;
}

function isNumberOrBoolean({ kind }: ts.Expression): boolean {
  return (
    kind === ts.SyntaxKind.TrueKeyword ||
    kind === ts.SyntaxKind.FalseKeyword ||
    kind === ts.SyntaxKind.NumericLiteral
  );
}

/** A chain of members and calls without arguments that could go on lines of their own. */
function isPoorlyBreakable(node: ts.Expression, source: Source, isDeep = false): boolean {
  if (ts.isCallExpression(node)) {
    const [only, ...others] = node.arguments;
    const isShort = others.length === 0 && (only === undefined || isLoneShortArgument(only, source));
    return isShort && !node.typeArguments && isPoorlyBreakable(node.expression, source, true);
  }
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return isPoorlyBreakable(node.expression, source, true);
  return isDeep && ts.isIdentifier(node);
}

/** A quarter of a line. */
const SHORT = 25;

function isLoneShortArgument(node: ts.Expression, source: Source): boolean {
  if (ts.isIdentifier(node)) return node.text.length <= SHORT;
  if (ts.isStringLiteral(node)) return stringText(textOf(node, source)).length <= SHORT;
  if (ts.isCallExpression(node))
    return (
      node.arguments.length === 0 &&
      ts.isIdentifier(node.expression) &&
      node.expression.text.length <= SHORT - 2
    );
  if (ts.isPrefixUnaryExpression(node)) return isLoneShortArgument(node.operand, source);
  return ts.isNumericLiteral(node) || isNumberOrBoolean(node) || node.kind === ts.SyntaxKind.NullKeyword;
}
