import ts from "typescript";
import { assignmentDoc, fluid } from "./assignment.js";
import { group, hardline, ifBreak, indent, join, line, type Doc } from "./doc.js";
import { expressionDoc } from "./expressions.js";
import { stringText } from "./literals.js";
import { textOf, UnknownSyntax, withComments, type Source } from "./source.js";
import { annotation, bare, bodyDoc, isHugged, parameterDoc, signatureDoc, typeDoc } from "./types.js";

/** The layout of a statement behind its comments. */
export function statementDoc(node: ts.Statement, source: Source): Doc {
  return withComments(node, bareStatementDoc(node, source), source);
}

function bareStatementDoc(node: ts.Statement, source: Source): Doc {
  if (ts.isVariableStatement(node)) return variableDoc(node, source);
  if (ts.isFunctionDeclaration(node)) return functionDoc(node, source);
  if (ts.isInterfaceDeclaration(node)) return interfaceDoc(node, source);
  if (ts.isTypeAliasDeclaration(node)) return aliasDoc(node, source);
  if (ts.isImportDeclaration(node)) return importDoc(node, source);
  if (ts.isExportDeclaration(node)) return exportDoc(node, source);
  if (ts.isReturnStatement(node)) return returnDoc(node, source);
  throw new UnknownSyntax(ts.SyntaxKind[node.kind]);
}

function prefix(
  node: ts.Node & { readonly modifiers?: readonly ts.ModifierLike[] | undefined },
  source: Source,
): string {
  const modifiers = (node.modifiers ?? []).map((each) => textOf(each, source));
  if (modifiers.some((each) => each !== "export")) throw new UnknownSyntax(modifiers.join(" "));
  return modifiers.map((each) => `${each} `).join("");
}

function variableDoc(node: ts.VariableStatement, source: Source): Doc {
  const { declarations, flags } = node.declarationList;
  const [declaration] = declarations;
  if (declarations.length !== 1 || !(flags & ts.NodeFlags.Const) || !declaration?.initializer)
    throw new UnknownSyntax("variables");
  const { name, type, initializer } = declaration;
  if (!ts.isIdentifier(name) || ts.isArrowFunction(initializer)) throw new UnknownSyntax("variable");
  const left = [name.text, annotation(type, source)];
  const right = withComments(initializer, expressionDoc(initializer, source), source);
  const doc = assignmentDoc({ left, operator: " =", right, node: initializer, source, type });
  return group([prefix(node, source), "const ", doc, ";"]);
}

function functionDoc(node: ts.FunctionDeclaration, source: Source): Doc {
  if (node.typeParameters || node.asteriskToken || !node.name || !node.body)
    throw new UnknownSyntax("function");
  const signature = group(signatureDoc(node.parameters, node.type, source, parameterWithDefault));
  const body = node.body.statements.map((each) => statementDoc(each, source));
  const block = body.length === 0 ? "{}" : ["{", indent([hardline, join(hardline, body)]), hardline, "}"];
  return [prefix(node, source), "function ", node.name.text, signature, " ", block];
}

function parameterWithDefault(node: ts.ParameterDeclaration, source: Source): Doc {
  const doc = parameterDoc(node, source);
  return node.initializer ? [doc, " = ", expressionDoc(node.initializer, source)] : doc;
}

function interfaceDoc(node: ts.InterfaceDeclaration, source: Source): Doc {
  if (node.typeParameters || node.heritageClauses) throw new UnknownSyntax("interface");
  return [prefix(node, source), "interface ", node.name.text, " ", bodyDoc(node.members, source)];
}

function aliasDoc(node: ts.TypeAliasDeclaration, source: Source): Doc {
  if (node.typeParameters) throw new UnknownSyntax("generic type");
  const left = [prefix(node, source), "type ", node.name.text];
  const union = bare(node.type);
  if (!ts.isUnionTypeNode(union) || isHugged(union))
    return [fluid(left, " =", typeDoc(node.type, source)), ";"];
  const type = typeDoc(node.type, source, "behind operator");
  return [group([group(left), " =", group(indent([line, type]))]), ";"];
}

function importDoc({ importClause, moduleSpecifier, attributes }: ts.ImportDeclaration, source: Source): Doc {
  const bindings = importClause?.namedBindings;
  if (!importClause || importClause.name || !bindings || attributes) throw new UnknownSyntax("import");
  const from = [" from ", stringText(textOf(moduleSpecifier, source)), ";"];
  const keyword = importClause.isTypeOnly ? "import type " : "import ";
  if (ts.isNamespaceImport(bindings)) return [keyword, "* as ", bindings.name.text, from];
  return [keyword, specifiersDoc(bindings.elements, source), from];
}

function exportDoc(
  { exportClause, moduleSpecifier, isTypeOnly, attributes }: ts.ExportDeclaration,
  source: Source,
): Doc {
  if (attributes || (exportClause && !ts.isNamedExports(exportClause))) throw new UnknownSyntax("export");
  const from = moduleSpecifier ? [" from ", stringText(textOf(moduleSpecifier, source))] : "";
  const names = exportClause ? specifiersDoc(exportClause.elements, source) : "*";
  return [isTypeOnly ? "export type " : "export ", names, from, ";"];
}

function specifiersDoc(list: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[], source: Source): Doc {
  const docs = list.map((each) => textOf(each, source).replace(/\s+/g, " "));
  if (docs.length === 0) return "{}";
  if (docs.length === 1) return `{ ${docs[0]} }`;
  return group(["{", indent([line, join([",", line], docs)]), ifBreak(","), line, "}"]);
}

function returnDoc({ expression }: ts.ReturnStatement, source: Source): Doc {
  if (!expression) return "return;";
  if (ts.isBinaryExpression(expression)) throw new UnknownSyntax("operators");
  return ["return ", expressionDoc(expression, source), ";"];
}
