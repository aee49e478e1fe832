import { readFileSync } from "node:fs";
import ts from "typescript";
import type { EmittedFile } from "../../generator/emit/typescript-module.js";
import { ROOT } from "../support/root.js";

/** Every kind of node that the emitters write. Whatever a document smuggles in as code is another kind, or stands elsewhere. */
const KINDS = new Set<ts.SyntaxKind>(
  [
    ["SourceFile", "EndOfFileToken", "Identifier", "StringLiteral", "NumericLiteral", "NullKeyword"],
    ["TrueKeyword", "FalseKeyword", "PrefixUnaryExpression", "ExportKeyword", "ReadonlyKeyword"],
    ["ImportDeclaration", "ImportClause", "NamedImports", "ImportSpecifier", "NamespaceImport"],
    ["ExportDeclaration", "NamedExports", "ExportSpecifier", "FirstStatement", "VariableDeclarationList"],
    ["VariableDeclaration", "FunctionDeclaration", "Parameter", "Block", "ReturnStatement"],
    [
      "InterfaceDeclaration",
      "TypeAliasDeclaration",
      "PropertySignature",
      "MethodSignature",
      "IndexSignature",
    ],
    ["TypeLiteral", "TypeReference", "TypeParameter", "UnionType", "IntersectionType", "ParenthesizedType"],
    // The type test compares types by functions that nobody calls.
    ["FunctionType", "ObjectKeyword"],
    ["ArrayType", "TupleType", "OptionalType", "RestType", "LiteralType", "IndexedAccessType"],
    ["ConditionalType", "ExpressionWithTypeArguments", "TypeOperator", "MappedType", "NamedTupleMember"],
    [
      "StringKeyword",
      "NumberKeyword",
      "BooleanKeyword",
      "UnknownKeyword",
      "NeverKeyword",
      "UndefinedKeyword",
    ],
    ["ObjectLiteralExpression", "PropertyAssignment", "ShorthandPropertyAssignment", "SpreadAssignment"],
    ["ArrayLiteralExpression", "CallExpression", "NewExpression", "ArrowFunction", "EqualsGreaterThanToken"],
    ["PropertyAccessExpression", "ElementAccessExpression", "ParenthesizedExpression", "BinaryExpression"],
    ["QuestionQuestionToken", "QuestionToken", "SatisfiesExpression", "AsExpression", "ComputedPropertyName"],
    ["MinusToken", "ConstKeyword", "Constructor", "QualifiedName", "TypeQuery"],
    ["TemplateLiteralType", "TemplateLiteralTypeSpan", "TemplateHead", "TemplateMiddle", "TemplateTail"],
  ]
    .flat()
    .map((name) => ts.SyntaxKind[name as keyof typeof ts.SyntaxKind]),
);

const TOP_LEVEL = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
]);

/** What emitted code may call or make, beside the functions of its own modules. */
const CALLED =
  /^(v\.\w+|formats\.\w+|omit|build|mock|mock[\p{ID_Continue}$]+|send|mergeOptions|JSON\.parse|RegExp|[\p{ID_Start}$_][\p{ID_Continue}$]*)$/u;
const FORBIDDEN = new Set([
  "globalThis",
  "__pwn",
  "eval",
  "Function",
  "process",
  "require",
  "window",
  "self",
  "import",
]);

/** What is wrong with the files that a document became; empty where nothing is. */
export function faultsOf(files: readonly EmittedFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const say = (fault: string) => `${path}: ${fault}`;
    if (/(^|\/)\.\.?(\/|$)|\\|\0|^\//.test(path) || !PATHS.test(path)) return [say("an unexpected path")];
    if (path.startsWith("src/runtime/")) return text === runtimeText(path) ? [] : [say("not the runtime")];
    if (path.endsWith(".json")) return jsonFaults(text).map(say);
    return (path.endsWith(".md") ? readmeFaults(text) : codeFaults(text)).map(say);
  });
}

/** The files that a package is made of: no name of a document is among them. */
const PATHS =
  /^(package|tsconfig|tsconfig\.build|clientsmith)\.json$|^README\.md$|^src\/(runtime\/)?[a-z-]+\.ts$|^test\/types-agree\.ts$/;

function runtimeText(path: string): string {
  return readFileSync(new URL(`generator/runtime/${path.slice("src/runtime/".length)}`, ROOT), "utf8");
}

function jsonFaults(text: string): string[] {
  try {
    return JSON.parse(text) === undefined ? ["nothing"] : [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** The strings that the code holds, as values. */
export function stringsOf(files: readonly EmittedFile[]): Set<string> {
  const strings = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isIdentifier(node)) strings.add(node.text);
    ts.forEachChild(node, visit);
  };
  for (const { path, text } of files)
    if (path.endsWith(".ts") && !path.startsWith("src/runtime/")) visit(parse(text));
  return strings;
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("emitted.ts", text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
}

type Parsed = ts.SourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };

function syntaxFaults(file: ts.SourceFile): string[] {
  return (file as Parsed).parseDiagnostics.map(({ messageText, start = 0 }) => {
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

function codeFaults(text: string): string[] {
  const file = parse(text);
  const faults = syntaxFaults(file);
  const report = (node: ts.Node, fault: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    faults.push(`${line + 1}: ${fault}: ${node.getText().slice(0, 100)}`);
  };
  for (const statement of file.statements)
    if (!TOP_LEVEL.has(statement.kind)) report(statement, "an unexpected statement");
  const visit = (node: ts.Node): void => {
    const fault = nodeFault(node);
    if (fault !== undefined) report(node, fault);
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff](?<![\ud800-\udbff][\udc00-\udfff])(?![\udc00-\udfff])/.test(
      text,
    )
  )
    faults.push("characters that hide or turn what follows");
  return faults;
}

function nodeFault(node: ts.Node): string | undefined {
  if (!KINDS.has(node.kind)) return `an unexpected ${ts.SyntaxKind[node.kind]}`;
  if (
    ts.isComputedPropertyName(node) &&
    !(ts.isStringLiteral(node.expression) && node.expression.text === "__proto__")
  )
    return "a computed key";
  if (ts.isTemplateLiteralTypeSpan(node) && node.type.kind !== ts.SyntaxKind.StringKeyword)
    return "an unexpected part of a template";
  if (ts.isBinaryExpression(node) && node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken)
    return "an unexpected operator";
  if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && !CALLED.test(node.expression.getText()))
    return "an unexpected call";
  if (ts.isIdentifier(node) && FORBIDDEN.has(node.text) && !isName(node)) return "a forbidden identifier";
  return undefined;
}

/** A name of a member, which is data. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyAccessExpression(parent)) &&
    parent.name === node
  );
}

/**
 * Every block of code is one that the emitter opened and closed, and what stands between them holds no markup of a document. A fence
 * has more backticks than what it fences (CommonMark 0.31, section 4.5).
 */
function readmeFaults(text: string): string[] {
  const parts = text.split(/^(`{3,}.*)$/m);
  const faults: string[] = parts.length % 4 === 1 ? [] : ["fences that do not match"];
  for (let index = 1; index < parts.length; index += 4) {
    const [, ticks, language] = /^(`+)(ts|sh)$/.exec(parts[index]!) ?? [];
    if (ticks === undefined || parts[index + 2] !== ticks) faults.push("an unexpected fence");
    if (language === "ts") faults.push(...exampleFaults(parts[index + 1]!));
  }
  const prose = parts.filter((_, index) => index % 4 === 0).join("\n");
  if (/(?<![\\`\w])<(?!https)/.test(prose.replace(/`[^`\n]*`/g, ""))) faults.push("markup in the prose");
  return faults;
}

function exampleFaults(code: string): string[] {
  const file = parse(code);
  const faults = syntaxFaults(file);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && FORBIDDEN.has(node.text) && node.text !== "process" && !isName(node))
      faults.push(`a forbidden identifier: ${node.text}`);
    if (ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node)) faults.push("a template");
    ts.forEachChild(node, visit);
  };
  visit(file);
  return faults;
}
