import ts from "typescript";
import { declarationsOf } from "./code-around.js";
import type { PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import type { LocatedFinding } from "../finding.js";
import { causeOfError, type LocatedError } from "./error-cause.js";
import { FindingNames } from "./finding-names.js";
import { isModule, mentionOf, PackageSymbols, type Evidence } from "./package-symbols.js";
import { Relations } from "./relations.js";
import { typedFindings } from "./typed-findings.js";
import type { ConsumerBreak, ConsumerReview } from "./effects.js";

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
  /** The names that are exported no more, with the finding that each comes from, where one is known. */
  readonly gone: ReadonlyMap<string, string | undefined>;
  /** The path of a file as people write it. */
  readonly display: (file: string) => string;
};

/** One project of several, with what is known of all. */
type Checked = ConsumerPart &
  Omit<ConsumerInput, "parts" | "sides"> & {
    readonly symbols: Pair<PackageSymbols>;
    readonly names: FindingNames;
    /** Of those findings that may stop code from compiling. */
    readonly relations: Relations;
  };

/** What stops compiling in a project, with the finding that causes each error; and the findings that touch nothing that it uses. */
export function consumerReview({ parts, sides, ...input }: ConsumerInput): ConsumerReview {
  const { project, findings } = input;
  const symbols = { base: new PackageSymbols(sides, "base"), head: new PackageSymbols(sides, "head") };
  const names = new FindingNames(sides);
  const relations = new Relations(typedFindings(findings));
  const checked = parts.map((part): Checked => ({ ...part, ...input, symbols, names, relations }));
  const found = checked.map(breaksOf);
  // A file that several projects share is one.
  const breaks = [
    ...new Map(found.flatMap((each) => each.breaks).map((each) => [siteOf(each), each])).values(),
  ];
  const causes = new Set(breaks.map(({ finding }) => finding));
  const touched = touchedBy(checked.flatMap(usedEvidence), findings);
  const untouched = findings.filter((finding) => !causes.has(finding.id) && !touched.has(finding));
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
  const breaks = broken.map((error): ConsumerBreak => ({
    ...placeOf(error, checked),
    finding: causeIdOf(error, checked),
  }));
  return { breaks, known };
}

/** A name that is gone is so by what took it; what has changed inside of it is no reason. */
function causeIdOf(error: LocatedError, checked: Checked): string | undefined {
  const { gone } = checked;
  const name = NOT_EXPORTED.has(error.code)
    ? error.file.text.slice(error.start, error.start + error.length)
    : "";
  return gone.has(name) ? gone.get(name) : causeOfError(error, checked)?.id;
}

/** "Module … has no exported member", with what may be meant, and where something else is exported so. */
const NOT_EXPORTED: ReadonlySet<number> = new Set([2305, 2614, 2724]);

function siteOf({ file, line, column, code }: ConsumerBreak): string {
  return JSON.stringify([file, line, column, code]);
}

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
function usedEvidence({ programs, files, isPackage, symbols }: Checked): Evidence[] {
  const checker = programs.base.getTypeChecker();
  const found = new Map<string, Evidence | undefined>();
  let isWhole = false;
  const visit = (node: ts.Node): void => {
    if (isName(node))
      for (const declaration of declarationsOf(node, checker).filter((each) =>
        isPackage(each.getSourceFile().fileName),
      )) {
        isWhole ||= isModule(declaration) && isTakenWhole(node);
        const mention = mentionOf(declaration);
        const key = JSON.stringify(mention);
        if (mention && !found.has(key)) found.set(key, symbols.base.evidence(mention));
      }
    ts.forEachChild(node, visit);
  };
  for (const name of files) {
    const file = programs.base.getSourceFile(name);
    if (file) visit(file);
  }
  return isWhole ? symbols.base.all() : [...found.values()].flatMap((each) => each ?? []);
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

/** The findings that have to do with what a project uses. */
function touchedBy(
  used: readonly Evidence[],
  findings: readonly LocatedFinding[],
): ReadonlySet<LocatedFinding> {
  const relations = new Relations(findings);
  const related = used.flatMap(({ traces }) => [...relations.of(traces).keys()]);
  return new Set([...findings.filter(isOfAll), ...related]);
}

/** What belongs to the API as a whole touches everybody. */
function isOfAll({ operations, base }: LocatedFinding): boolean {
  return operations.length === 0 && !base?.pointer.startsWith("/components/schemas/");
}
