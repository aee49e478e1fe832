import ts from "typescript";
import { tokensOf } from "../../source/pointer.js";
import { relationOf, type Relation } from "./cause.js";
import type { PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import type { LocatedFinding } from "../finding.js";
import { isModule, mentionOf, PackageSymbols, type Evidence } from "./package-symbols.js";
import type { ConsumerBreak, ConsumerReview } from "../review.js";

/** A project against the old and against the new package. */
export type ConsumerPart = {
  readonly programs: Pair<ts.Program>;
  /** Its own files. */
  readonly files: readonly string[];
  /** True for a module of the package. */
  readonly isPackage: (file: string) => boolean;
};

/** A project with those that it refers to. */
export type ConsumerInput = {
  readonly project: string;
  readonly parts: readonly ConsumerPart[];
  readonly sides: Pair<PackageSide>;
  readonly findings: readonly LocatedFinding[];
  /** The path of a file as people write it. */
  readonly display: (file: string) => string;
};

/** One project of several, with what is known of all. */
type Checked = ConsumerPart & Omit<ConsumerInput, "parts">;

/** What stops compiling in a project, with the finding that causes each error; and the findings that touch nothing that it uses. */
export function consumerReview({ parts, ...input }: ConsumerInput): ConsumerReview {
  const { project, findings } = input;
  const checked = parts.map((part): Checked => ({ ...part, ...input }));
  const found = checked.map(breaksOf);
  // A file that several projects share is one.
  const breaks = [
    ...new Map(found.flatMap((each) => each.breaks).map((each) => [siteOf(each), each])).values(),
  ];
  const causes = new Set(breaks.map(({ finding }) => finding));
  const used = checked.flatMap(usedEvidence);
  const untouched = findings.filter((finding) => !causes.has(finding.id) && !touches(finding, used));
  return {
    project,
    files: new Set(parts.flatMap(({ files }) => files)).size,
    breaks,
    known: new Set(found.flatMap(({ known }) => [...known])).size,
    untouched: untouched.map(({ id }) => id),
  };
}

function breaksOf(checked: Checked): {
  readonly breaks: readonly ConsumerBreak[];
  readonly known: ReadonlySet<string>;
} {
  const { programs, files } = checked;
  const known = new Set(errorsOf(programs.base, files).map(keyOf));
  const broken = errorsOf(programs.head, files).filter((error) => !known.has(keyOf(error)));
  const cause = new CauseSearch(checked);
  const breaks = broken.map((error): ConsumerBreak => ({
    ...placeOf(error, checked),
    finding: cause.of(error)?.id,
  }));
  return { breaks, known };
}

function siteOf({ file, line, column, code }: ConsumerBreak): string {
  return JSON.stringify([file, line, column, code]);
}

type LocatedError = ts.DiagnosticWithLocation;

function errorsOf(program: ts.Program, files: readonly string[]): LocatedError[] {
  return files.flatMap((name) => {
    const file = program.getSourceFile(name);
    if (!file) return [];
    const found: readonly ts.Diagnostic[] = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
    return found.filter(
      (each): each is LocatedError =>
        each.category === ts.DiagnosticCategory.Error && each.file !== undefined,
    );
  });
}

/** Two errors of one code at one place are one: what the compiler says of them names types of either package. */
function keyOf({ file, start, code }: LocatedError): string {
  return JSON.stringify([file.fileName, start, code]);
}

function placeOf(
  { file, start, code, messageText }: LocatedError,
  { display }: Checked,
): Omit<ConsumerBreak, "finding"> {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const message = ts.flattenDiagnosticMessageText(messageText, "\n").replace(/import\("[^"]*"\)\./g, "");
  return { file: display(file.fileName), line: line + 1, column: character + 1, code: `TS${code}`, message };
}

/** What the files of a project name of the old package. */
function usedEvidence({ programs, files, isPackage, sides }: Checked): Evidence[] {
  const symbols = new PackageSymbols(sides, "base");
  const checker = programs.base.getTypeChecker();
  const found = new Map<string, Evidence>();
  let isWhole = false;
  const visit = (node: ts.Node): void => {
    if (isName(node))
      for (const declaration of declarationsOf(node, checker).filter((each) =>
        isPackage(each.getSourceFile().fileName),
      )) {
        isWhole ||= isModule(declaration) && isTakenWhole(node);
        const mention = mentionOf(declaration);
        const evidence = mention && symbols.evidence(mention);
        if (evidence) found.set(JSON.stringify(mention), evidence);
      }
    ts.forEachChild(node, visit);
  };
  for (const name of files) {
    const file = programs.base.getSourceFile(name);
    if (file) visit(file);
  }
  return isWhole ? symbols.all() : [...found.values()];
}

/** True for what may name something of the package. A text does, too: `paths["/orders"]`, `export * from "shop"`. */
function isName(node: ts.Node): boolean {
  if (ts.isStringLiteral(node))
    return ts.isLiteralTypeNode(node.parent) || ts.isExportDeclaration(node.parent);
  return ts.isIdentifier(node);
}

/** True where the name of a module stands for all that it exports; not where it is imported, or named for something in it. */
function isTakenWhole({ parent, pos }: ts.Node): boolean {
  if (ts.isExportDeclaration(parent)) return parent.exportClause === undefined;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression.pos !== pos;
  if (ts.isQualifiedName(parent)) return parent.left.pos !== pos;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent) && !parent.parent.qualifier;
  return !isImport(parent);
}

function isImport(node: ts.Node): boolean {
  return (
    ts.isNamespaceImport(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isImportEqualsDeclaration(node)
  );
}

function declarationsOf(node: ts.Node, checker: ts.TypeChecker): readonly ts.Declaration[] {
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? [];
}

/** What belongs to the API as a whole touches everybody. */
function touches(finding: LocatedFinding, used: readonly Evidence[]): boolean {
  const isOfAll =
    finding.operations.length === 0 && !finding.base?.pointer.startsWith("/components/schemas/");
  return isOfAll || used.some(({ traces }) => relationOf(finding, traces) !== undefined);
}

/** How much each kind of evidence says that a finding causes an error. */
const WEIGHTS: { readonly [R in Relation]: number } = { own: 20, operation: 12, reached: 6 };
const SAME_MEMBER = 40;
const SAME_WORD = 30;
const LEVELS: { readonly [L in LocatedFinding["level"]]: number } = { error: 3, warning: 2, info: 0 };

/** Searches the finding that causes an error: what the code there, and the compiler's words, have in common with one. */
class CauseSearch {
  private readonly input: Checked;
  private readonly symbols: Pair<PackageSymbols>;

  constructor(input: Checked) {
    this.input = input;
    const { sides } = input;
    this.symbols = { base: new PackageSymbols(sides, "base"), head: new PackageSymbols(sides, "head") };
  }

  of(error: LocatedError): LocatedFinding | undefined {
    const evidence = this.evidence(error);
    const words = quotedIn(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
    const scored = this.input.findings.map((finding) => ({
      finding,
      score: scoreOf(finding, evidence, words),
    }));
    const best = Math.max(0, ...scored.map(({ score }) => score));
    return best === 0 ? undefined : scored.find(({ score }) => score === best)?.finding;
  }

  /** What the compiler points at, then what the code names, from the error outwards to its statement. */
  private evidence(error: LocatedError): Evidence[] {
    const { programs } = this.input;
    const pointed = (error.relatedInformation ?? []).flatMap(({ file, start }) => {
      const node = file && start !== undefined ? nodeAt(file, start) : undefined;
      return node ? this.ofDeclaration(node, "head") : [];
    });
    const file = programs.base.getSourceFile(error.file.fileName);
    if (!file) return pointed;
    const chain = statementChain(nodeAt(file, error.start));
    return [...pointed, ...chain.flatMap((node) => this.ofNode(node))];
  }

  private ofNode(node: ts.Node): Evidence[] {
    const checker = this.input.programs.base.getTypeChecker();
    const signature = ts.isCallExpression(node) ? checker.getResolvedSignature(node)?.declaration : undefined;
    const callee = ts.isCallExpression(node) ? node.expression : node;
    const declarations: readonly ts.Declaration[] = [
      ...declarationsOf(node, checker),
      ...(ts.isPropertyAccessExpression(callee) ? declarationsOf(callee.name, checker) : []),
      ...(signature && !ts.isJSDocSignature(signature) ? [signature] : []),
      ...(ts.isExpression(node) ? typeDeclarations(checker.getTypeAtLocation(node)) : []),
      ...(ts.isExpression(node) ? typeDeclarations(checker.getContextualType(node)) : []),
    ];
    return declarations.flatMap((each) => this.ofDeclaration(each, "base"));
  }

  private ofDeclaration(declaration: ts.Node, side: keyof Pair<unknown>): Evidence[] {
    if (!this.input.isPackage(declaration.getSourceFile().fileName)) return [];
    const mention = mentionOf(declaration);
    const found = mention && this.symbols[side].evidence(mention);
    return found ? [found] : [];
  }
}

function typeDeclarations(type: ts.Type | undefined): readonly ts.Declaration[] {
  if (!type) return [];
  const parts = type.isUnionOrIntersection() ? [type, ...type.types] : [type];
  return parts.flatMap((part) => [
    ...(part.aliasSymbol?.declarations ?? []),
    ...(part.getSymbol()?.declarations ?? []),
  ]);
}

/** The innermost node that holds a position. */
function nodeAt(file: ts.SourceFile, position: number): ts.Node {
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

/** What the compiler's words name: `'plan'`, `'"pro"'`. */
function quotedIn(message: string): ReadonlySet<string> {
  const quoted = [...message.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);
  const literals = quoted.flatMap((word) => [...word.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text));
  return new Set([...quoted, ...literals].filter((word) => word !== ""));
}

function scoreOf(finding: LocatedFinding, evidence: readonly Evidence[], words: ReadonlySet<string>): number {
  const names = namesIn(finding);
  const isSaid = [...names].some((name) => words.has(name));
  const scores = evidence.map(({ traces, member }, index) => {
    const relation = relationOf(finding, traces);
    if (relation === undefined) return 0;
    const isNamed = member !== undefined && names.has(member);
    // What is nearer to the error weighs a little more.
    return (
      WEIGHTS[relation] +
      (isNamed ? SAME_MEMBER : 0) +
      (isSaid ? SAME_WORD : 0) +
      LEVELS[finding.level] -
      Math.min(index, 20) / 10
    );
  });
  return Math.max(0, ...scores);
}

/** The names of properties and the values that a finding is about. */
function namesIn({ base, head, path, before, after }: LocatedFinding): ReadonlySet<string> {
  const places = [base, head].flatMap((each) => (each ? tokensOf(each.pointer).slice(-1) : []));
  const values = [before, after].flatMap((each) => (typeof each === "string" ? [each] : []));
  return new Set([...places, ...tokensOf(path).slice(-1), ...values]);
}
