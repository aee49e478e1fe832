import ts from "typescript";
import { assignmentDoc, isBinary } from "./assignment.js";
import { callArgumentsDoc, isNumbers, objectInParentheses, type Argument } from "./call.js";
import { fill, group, hardline, ifBreak, indent, line, softline, type Doc } from "./doc.js";
import { numberText, stringText } from "./literals.js";
import {
  commentsBefore,
  hasNewline,
  isBlankAfter,
  textOf,
  UnknownSyntax,
  withComments,
  type Source,
} from "./source.js";
import { nameDoc, parameterDoc, signatureDoc, typeArgumentsDoc, typeDoc } from "./types.js";

/** The layout of an expression. */
export function expressionDoc(node: ts.Expression, source: Source): Doc {
  if (ts.isStringLiteral(node)) return stringText(textOf(node, source));
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isNumericLiteral(node)) return numberText(textOf(node, source));
  if (KEYWORDS.has(node.kind)) return textOf(node, source);
  if (ts.isObjectLiteralExpression(node)) return objectDoc(node, source);
  if (ts.isArrayLiteralExpression(node)) return arrayDoc(node, source);
  if (ts.isCallExpression(node)) return callDoc(node, source);
  if (isMember(node)) return memberDoc(node, source);
  if (ts.isArrowFunction(node)) return arrowDocs(node, source).doc;
  if (ts.isSatisfiesExpression(node))
    return [expressionDoc(node.expression, source), " satisfies ", typeDoc(node.type, source)];
  if (ts.isAsExpression(node))
    return [expressionDoc(node.expression, source), " as ", typeDoc(node.type, source)];
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression))
    return [
      "new ",
      node.expression.text,
      typeArgumentsDoc(node.typeArguments, source),
      argumentsOf(node, source),
    ];
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand))
    return [ts.tokenToString(node.operator)!, expressionDoc(node.operand, source)];
  if (isBinary(node)) return binaryDoc(node, source);
  throw new UnknownSyntax(ts.SyntaxKind[node.kind]);
}

const KEYWORDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
]);

/** An object stays open where its first member stands on a line of its own. */
function objectDoc(node: ts.ObjectLiteralExpression, source: Source): Doc {
  const { properties } = node;
  const [first] = properties;
  if (!first) return "{}";
  const isBroken = hasNewline(node.getStart(source.file), first.getStart(source.file), source);
  const members = properties.map((property, index) => {
    const doc = withComments(property, propertyDoc(property, source), source);
    if (index === properties.length - 1) return doc;
    return [doc, ",", line, isBlankAfter(property, source) ? hardline : ""];
  });
  return group(["{", indent([line, members]), ifBreak(","), line, "}"], { isBroken });
}

function propertyDoc(node: ts.ObjectLiteralElementLike, source: Source): Doc {
  if (ts.isSpreadAssignment(node)) return ["...", expressionDoc(node.expression, source)];
  if (ts.isShorthandPropertyAssignment(node)) return node.name.text;
  if (!ts.isPropertyAssignment(node)) throw new UnknownSyntax(ts.SyntaxKind[node.kind]);
  const left = nameDoc(node.name, source);
  const right = withComments(node.initializer, expressionDoc(node.initializer, source), source);
  return assignmentDoc({ left, operator: ":", right, node: node.initializer, source });
}

/** A list of numbers is filled; a list of objects or of lists, each of several members, has one a line. */
function arrayDoc(node: ts.ArrayLiteralExpression, source: Source): Doc {
  const { elements } = node;
  if (elements.length === 0) return "[]";
  const isFilled = isNumbers(node);
  const id = {};
  const comma = isFilled ? ifBreak(",", "", id) : ifBreak(",");
  const contents = isFilled ? filled(node, comma, source) : [elementDocs(node, source), comma];
  const isBroken = elements.length > 1 && elements.every((each) => isLarge(each, elements[0]!.kind));
  return group(["[", indent([softline, contents]), softline, "]"], { isBroken, id });
}

function elementDocs({ elements }: ts.ArrayLiteralExpression, source: Source): Doc {
  return elements.map((element, index) => {
    const doc = group(withComments(element, expressionDoc(element, source), source));
    if (index === elements.length - 1) return doc;
    return [doc, ",", line, isBlankAfter(element, source) ? softline : ""];
  });
}

function filled({ elements }: ts.ArrayLiteralExpression, comma: Doc, source: Source): Doc {
  const parts = elements.flatMap((element, index): Doc[] => {
    const doc = expressionDoc(element, source);
    if (index === elements.length - 1) return [[doc, comma]];
    return [[doc, ","], isBlankAfter(element, source) ? [hardline, hardline] : line];
  });
  return fill(parts);
}

function isLarge(node: ts.Expression, kind: ts.SyntaxKind): boolean {
  if (node.kind !== kind) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 1;
  return ts.isObjectLiteralExpression(node) && node.properties.length > 1;
}

/** `a.b(…)`. Chains of several calls are left to Prettier. */
function callDoc(node: ts.CallExpression, source: Source): Doc {
  const { expression: callee, typeArguments } = node;
  const types = typeArgumentsDoc(typeArguments, source);
  if (ts.isIdentifier(callee)) return [callee.text, types, argumentsOf(node, source)];
  if (!isNameChain(callee)) throw new UnknownSyntax("a chain of calls");
  return group([textOf(callee, source), types, argumentsOf(node, source)]);
}

function isNameChain(node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && ts.isIdentifier(node.name)
  );
}

function argumentsOf(node: ts.CallExpression | ts.NewExpression, source: Source): Doc {
  return callArgumentsDoc((node.arguments ?? []).map((each) => argument(each, source)));
}

/** Its parts are laid out once: twice at each level would be a thousand times at the tenth. */
function argument(node: ts.Expression, source: Source): Argument {
  if (ts.isArrowFunction(node)) return { node, ...arrowDocs(node, source) };
  const doc = expressionDoc(node, source);
  return { node, doc, hugged: doc };
}

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** `a.b` is never parted; a longer chain breaks before any of its names. */
function memberDoc(node: Member, source: Source, isInChain = false): Doc {
  const { expression } = node;
  const owner = isMember(expression)
    ? memberDoc(expression, source, true)
    : expressionDoc(expression, source);
  if (ts.isPropertyAccessExpression(node)) {
    const isShort = ts.isIdentifier(expression) && !isInChain;
    return [owner, isShort ? `.${node.name.text}` : group(indent([softline, `.${node.name.text}`]))];
  }
  const key = expressionDoc(node.argumentExpression, source);
  if (ts.isNumericLiteral(node.argumentExpression)) return [owner, "[", key, "]"];
  return [owner, group(["[", indent([softline, key]), softline, "]"])];
}

function isMember(node: ts.Expression): node is Member {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** A function of one expression, by itself and as what a call hugs as its last argument. */
function arrowDocs(node: ts.ArrowFunction, source: Source): { doc: Doc; hugged: Doc } {
  const { parameters, type } = node;
  const body = bodyOf(node, source);
  const names = `(${parameters.map((each) => textOf(each, source)).join(", ")})`;
  const signature = group(signatureDoc(parameters, type, source, parameterDoc));
  const isParenthesized = body !== node.body;
  const bodyDoc = isParenthesized ? ["(", expressionDoc(body, source), ")"] : expressionDoc(body, source);
  if (ts.isArrayLiteralExpression(body) || isParenthesized) {
    const doc = (head: Doc) => group([head, " =>", group([" ", bodyDoc])]);
    return { doc: doc(signature), hugged: doc(type ? signature : names) };
  }
  const indented = indent([line, bodyDoc]);
  return {
    doc: group([signature, " =>", group(indented)]),
    hugged: group([type ? signature : names, " =>", group([indented, ifBreak(","), softline])]),
  };
}

function bodyOf({ body, typeParameters, modifiers }: ts.ArrowFunction, source: Source): ts.Expression {
  const object = objectInParentheses(body);
  if (object && !typeParameters && !modifiers && commentsBefore(object, source).length === 0) return object;
  const isUnknown = ts.isArrowFunction(body) || ts.isConditionalExpression(body);
  if (ts.isBlock(body) || isUnknown || typeParameters || modifiers || commentsBefore(body, source).length > 0)
    throw new UnknownSyntax("arrow function");
  return body;
}

function binaryDoc(node: ts.BinaryExpression, source: Source): Doc {
  if (isBinary(node.left) || isBinary(node.right)) throw new UnknownSyntax("a chain of operators");
  const operator = textOf(node.operatorToken, source);
  const right = group([operator, line, expressionDoc(node.right, source)]);
  return group([expressionDoc(node.left, source), indent([" ", right])]);
}
