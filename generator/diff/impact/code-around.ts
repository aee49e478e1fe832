import ts from "typescript";

/** So much code is looked at: what stands further away says little of an error. */
const MAX_NODES = 1000;

/**
 * The code that an error may come from, the nearest first: from where it stands outwards to its statement, with all that each step holds, and
 * what the types of the names there are inferred from.
 *
 * @param isOwn true for a file of the project.
 */
export function codeAround(
  file: ts.SourceFile,
  position: number,
  { checker, isOwn }: { readonly checker: ts.TypeChecker; readonly isOwn: (file: ts.SourceFile) => boolean },
): ts.Node[] {
  const code: ts.Node[] = [];
  const known = new Set<ts.Node>();
  const add = (node: ts.Node): void => {
    if (code.length >= MAX_NODES || known.has(node)) return;
    known.add(node);
    code.push(node);
    ts.forEachChild(node, add);
  };
  const follow = (node: ts.Node): void => {
    for (const declaration of ts.isIdentifier(node) ? declarationsOf(node, checker) : [])
      if (isOwn(declaration.getSourceFile())) inferredFrom(declaration).forEach(add);
  };
  let followed = 0;
  for (const around of statementChain(nodeAt(file, position))) {
    add(around);
    while (followed < code.length) follow(code[followed++]!);
  }
  return code;
}

/** What a name in code stands for, wherever it is declared. */
export function declarationsOf(node: ts.Node, checker: ts.TypeChecker): readonly ts.Declaration[] {
  const symbol = symbolOf(node, checker);
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? [];
}

/** Of `{ total }`, the value that it names and not the property that it makes; of what is taken apart so, the property. */
function symbolOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (ts.isSourceFile(node)) return undefined;
  if (ts.isShorthandPropertyAssignment(node.parent))
    return checker.getShorthandAssignmentValueSymbol(node.parent);
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    return ts.isIdentifier(name) ? checker.getTypeAtLocation(node.parent).getProperty(name.text) : undefined;
  }
  return checker.getSymbolAtLocation(node);
}

/** The innermost node that holds a position. */
export function nodeAt(file: ts.SourceFile, position: number): ts.Node {
  const visit = (node: ts.Node): ts.Node =>
    ts.forEachChild(node, (child) =>
      child.getStart(file) <= position && position < child.end ? visit(child) : undefined,
    ) ?? node;
  return visit(file);
}

function statementChain(node: ts.Node): ts.Node[] {
  const isEnd = ts.isStatement(node) || ts.isSourceFile(node);
  return isEnd ? [node] : [node, ...statementChain(node.parent)];
}

/** What a declaration says of its type: the type that it writes, else the value or the body that it has, or the list that it is an item of. */
function inferredFrom(declaration: ts.Declaration): ts.Node[] {
  if (ts.isBindingElement(declaration)) return [declaration, ...inferredFrom(declaration.parent.parent)];
  const parts = declaration as {
    readonly type?: ts.Node;
    readonly initializer?: ts.Node;
    readonly body?: ts.Node;
  };
  const said = parts.type ?? parts.initializer ?? parts.body;
  if (said) return [said];
  const loop = declaration.parent?.parent;
  return loop && ts.isForOfStatement(loop) ? [loop.expression] : [];
}
