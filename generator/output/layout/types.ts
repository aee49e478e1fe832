import ts from "typescript";
import { group, hardline, ifBreak, indent, join, line, softline, type Doc } from "./doc.js";
import { numberText, stringText } from "./literals.js";
import { hasNewline, isBlankAfter, textOf, UnknownSyntax, withComments, type Source } from "./source.js";

/** How a type stands in what holds it, as far as that decides its layout. */
type Place = "plain" | "behind operator" | "argument";

/** The layout of a type. */
export function typeDoc(type: ts.TypeNode, source: Source, place: Place = "plain"): Doc {
  const node = bare(type);
  switch (node.kind) {
    case ts.SyntaxKind.UnionType:
      return unionDoc(node as ts.UnionTypeNode, source, place);
    case ts.SyntaxKind.IntersectionType:
      return intersectionDoc(node as ts.IntersectionTypeNode, source);
    case ts.SyntaxKind.TypeReference:
      return referenceDoc(node as ts.TypeReferenceNode, source);
    case ts.SyntaxKind.ArrayType:
      return [nested((node as ts.ArrayTypeNode).elementType, source), "[]"];
    case ts.SyntaxKind.TupleType:
      return tupleDoc(node as ts.TupleTypeNode, source);
    case ts.SyntaxKind.TypeLiteral:
      return typeLiteralDoc(node as ts.TypeLiteralNode, source);
    case ts.SyntaxKind.IndexedAccessType: {
      const { objectType, indexType } = node as ts.IndexedAccessTypeNode;
      return [nested(objectType, source), "[", typeDoc(indexType, source), "]"];
    }
    case ts.SyntaxKind.TypeOperator: {
      const { operator, type: operand } = node as ts.TypeOperatorNode;
      return [`${ts.tokenToString(operator)} `, nested(operand, source)];
    }
    case ts.SyntaxKind.LiteralType:
      return literalTypeDoc((node as ts.LiteralTypeNode).literal, source);
    default:
      if (isKeyword(node)) return textOf(node, source);
      if (ts.isTypeQueryNode(node) && ts.isIdentifier(node.exprName) && !node.typeArguments)
        return `typeof ${node.exprName.text}`;
      throw new UnknownSyntax(ts.SyntaxKind[node.kind]);
  }
}

/** The type without parentheses around it: those that it needs are written anew. */
export function bare(type: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? bare(type.type) : type;
}

function isKeyword(node: ts.TypeNode): boolean {
  return node.kind >= ts.SyntaxKind.FirstKeyword && node.kind <= ts.SyntaxKind.LastKeyword;
}

/** A type inside another that binds tighter than `|`, `&` and `keyof`. */
function nested(type: ts.TypeNode, source: Source): Doc {
  const node = bare(type);
  if (ts.isUnionTypeNode(node) && !isHugged(node))
    return ["(", group([indent([softline, unionDoc(node, source, "behind operator")]), softline]), ")"];
  const doc = typeDoc(node, source);
  const isLoose = ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node) || ts.isTypeOperatorNode(node);
  return isLoose ? ["(", doc, ")"] : doc;
}

function literalTypeDoc(literal: ts.LiteralTypeNode["literal"], source: Source): Doc {
  const text = textOf(literal, source);
  if (ts.isStringLiteral(literal)) return stringText(text);
  if (ts.isNumericLiteral(literal)) return numberText(text);
  if (ts.isPrefixUnaryExpression(literal) && ts.isNumericLiteral(literal.operand))
    return ["-", numberText(textOf(literal.operand, source))];
  if (["null", "true", "false"].includes(text)) return text;
  throw new UnknownSyntax(text);
}

/** An object or a name, beside nothing but null and void: it stays on the line, and breaks inside. */
export function isHugged({ types }: ts.UnionTypeNode): boolean {
  const nodes = types.map(bare);
  const object = nodes.find((node) => ts.isTypeLiteralNode(node) || ts.isTypeReferenceNode(node));
  return object !== undefined && nodes.every((node) => node === object || isNothing(node));
}

function isNothing(node: ts.TypeNode): boolean {
  return (
    node.kind === ts.SyntaxKind.VoidKeyword ||
    (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}

/** Of one member a line, each behind a bar, where it does not fit on one line. */
function unionDoc(node: ts.UnionTypeNode, source: Source, place: Place): Doc {
  if (isHugged(node))
    return join(
      " | ",
      node.types.map((type) => member(type, source)),
    );
  const members = node.types.map((type, index) => {
    const doc = withComments(type, indent(member(type, source)), source);
    return index === 0 ? [ifBreak("| "), doc] : [line, "| ", doc];
  });
  const all = group(members);
  return place === "plain" ? group(indent([softline, all])) : all;
}

function member(type: ts.TypeNode, source: Source): Doc {
  const node = bare(type);
  const isParenthesized = ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node);
  return isParenthesized ? nested(node, source) : typeDoc(node, source);
}

/** Objects hug the `&` between them; what is no object goes to the next line. */
function intersectionDoc({ types }: ts.IntersectionTypeNode, source: Source): Doc {
  let wasIndented = false;
  const docs = types.map((type, index): Doc => {
    const doc = member(type, source);
    if (index === 0) return doc;
    const isObject = ts.isTypeLiteralNode(bare(type));
    const followsObject = ts.isTypeLiteralNode(bare(types[index - 1]!));
    if (isObject && followsObject) return [" & ", wasIndented ? indent(doc) : doc];
    if (!isObject && !followsObject) return indent([" &", line, doc]);
    if (index > 1) wasIndented = true;
    return [" & ", index > 1 ? indent(doc) : doc];
  });
  return group(docs);
}

function referenceDoc({ typeName, typeArguments }: ts.TypeReferenceNode, source: Source): Doc {
  return [textOf(typeName, source), typeArgumentsDoc(typeArguments, source)];
}

/** `<A, B>`: one simple argument has no place to break at. */
export function typeArgumentsDoc(types: readonly ts.TypeNode[] | undefined, source: Source): Doc {
  if (!types) return "";
  const docs = types.map((type) => typeDoc(type, source, "argument"));
  const [only] = types;
  if (types.length === 1 && isSimple(bare(only!))) return ["<", docs[0]!, ">"];
  return group(["<", indent([softline, join([",", line], docs)]), softline, ">"]);
}

function isSimple(node: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(node)) return isHugged(node);
  return (
    isKeyword(node) ||
    ts.isTypeLiteralNode(node) ||
    (ts.isTypeReferenceNode(node) && node.typeArguments === undefined)
  );
}

function tupleDoc({ elements }: ts.TupleTypeNode, source: Source): Doc {
  if (elements.length === 0) return "[]";
  const docs = elements.map((element) => group(elementDoc(element, source, elements.length > 1)));
  return group(["[", indent([softline, join([",", line], docs), ifBreak(",")]), softline, "]"]);
}

function elementDoc(element: ts.TypeNode, source: Source, hasOthers: boolean): Doc {
  if (ts.isOptionalTypeNode(element)) return [nested(element.type, source), "?"];
  if (ts.isRestTypeNode(element)) return ["...", typeDoc(element.type, source)];
  const node = bare(element);
  if (!ts.isUnionTypeNode(node) || isHugged(node) || !hasOthers) return typeDoc(node, source, "argument");
  const union = unionDoc(node, source, "argument");
  return group([indent([ifBreak(["(", softline]), union]), softline, ifBreak(")")]);
}

/** An object stays open where its first member stands on a line of its own. */
function typeLiteralDoc(node: ts.TypeLiteralNode, source: Source): Doc {
  const [first] = node.members;
  if (!first) return "{}";
  const isBroken = hasNewline(node.getStart(source.file), first.getStart(source.file), source);
  const members = membersDoc(node.members, line, ifBreak(";"), source);
  return group(["{", indent([line, members]), line, "}"], { isBroken });
}

/** The body of an interface. */
export function bodyDoc(members: readonly ts.TypeElement[], source: Source): Doc {
  if (members.length === 0) return "{}";
  return ["{", indent([hardline, membersDoc(members, hardline, ";", source)]), hardline, "}"];
}

function membersDoc(members: readonly ts.TypeElement[], separator: Doc, last: Doc, source: Source): Doc {
  return members.map((each, index) => {
    const doc = withComments(each, memberDoc(each, source), source);
    if (index === members.length - 1) return [doc, last];
    return [doc, ";", separator, isBlankAfter(each, source) ? hardline : ""];
  });
}

function memberDoc(node: ts.TypeElement, source: Source): Doc {
  if (ts.isPropertySignature(node)) {
    const { name, questionToken, type, modifiers } = node;
    const readonly = modifiers ? `${modifiers.map((each) => textOf(each, source)).join(" ")} ` : "";
    return group([readonly, nameDoc(name, source), questionToken ? "?" : "", annotation(type, source)]);
  }
  if (ts.isIndexSignatureDeclaration(node) && !node.modifiers) {
    const [parameter] = node.parameters;
    const key = [textOf(parameter!.name, source), annotation(parameter!.type, source)];
    return ["[", group([indent([softline, key]), softline]), "]", annotation(node.type, source)];
  }
  if (ts.isMethodSignature(node) && !node.typeParameters && !node.modifiers) {
    const signature = signatureDoc(node.parameters, node.type, source, plainParameter);
    return group([nameDoc(node.name, source), node.questionToken ? "?" : "", signature]);
  }
  if (ts.isTypeQueryNode(node) && ts.isIdentifier(node.exprName) && !node.typeArguments)
    return `typeof ${node.exprName.text}`;
  throw new UnknownSyntax(ts.SyntaxKind[node.kind]);
}

function plainParameter(node: ts.ParameterDeclaration, source: Source): Doc {
  if (node.initializer) throw new UnknownSyntax("initializer");
  return parameterDoc(node, source);
}

/** The parameter itself: name and type. */
export function parameterDoc(node: ts.ParameterDeclaration, source: Source): Doc {
  if (!ts.isIdentifier(node.name) || node.modifiers || node.dotDotDotToken || isObjectType(node.type))
    throw new UnknownSyntax("parameter");
  return [node.name.text, node.questionToken ? "?" : "", annotation(node.type, source)];
}

function isObjectType(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && ts.isTypeLiteralNode(bare(type));
}

/** `(a, b): Result`. */
export function signatureDoc(
  parameters: readonly ts.ParameterDeclaration[],
  type: ts.TypeNode | undefined,
  source: Source,
  print: (parameter: ts.ParameterDeclaration, source: Source) => Doc,
): Doc {
  if (isObjectType(type)) throw new UnknownSyntax("object type as a result");
  const docs = parameters.map((parameter) => print(parameter, source));
  const list =
    docs.length === 0
      ? "()"
      : ["(", indent([softline, join([",", line], docs)]), ifBreak(","), softline, ")"];
  return [list, group(annotation(type, source))];
}

/** `: Type`, or nothing. */
export function annotation(type: ts.TypeNode | undefined, source: Source): Doc {
  return type ? [": ", typeDoc(type, source)] : "";
}

/** The name of a member: quoted where it must be, in the quotes that need fewer escapes. */
export function nameDoc(name: ts.PropertyName, source: Source): Doc {
  const text = textOf(name, source);
  if (ts.isIdentifier(name)) return text;
  if (ts.isNumericLiteral(name)) return numberText(text);
  if (ts.isStringLiteral(name)) return quotedNameDoc(text);
  if (ts.isComputedPropertyName(name) && ts.isStringLiteral(name.expression))
    return ["[", stringText(textOf(name.expression, source)), "]"];
  throw new UnknownSyntax(ts.SyntaxKind[name.kind]);
}

/** Prettier takes the quotes from what was an identifier in ECMAScript 5: its tables of other alphabets are its own. */
function quotedNameDoc(text: string): Doc {
  const name = text.slice(1, -1);
  if (/^[$_a-zA-Z][$_a-zA-Z0-9]*$/.test(name)) return name;
  if (/^[$_a-zA-Z\u0080-\uffff][$\w\u0080-\uffff]*$/.test(name)) throw new UnknownSyntax("another alphabet");
  return stringText(text);
}
