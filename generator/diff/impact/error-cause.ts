import ts from "typescript";
import { isArray, type JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";
import { codeAround, declarationsOf, nodeAt } from "./code-around.js";
import { wordsOf, type CompilerWords } from "./compiler-words.js";
import type { LocatedFinding } from "../finding.js";
import type { FindingNames } from "./finding-names.js";
import { mentionOf, type Evidence, type Mention, type PackageSymbols } from "./package-symbols.js";
import type { Relation, Relations } from "./relations.js";

export type LocatedError = ts.DiagnosticWithLocation;

/** A project with the old and the new package, and what is known of these. */
export type CheckedProject = {
  readonly programs: Pair<ts.Program>;
  /** True for a module of the package. */
  readonly isPackage: (file: string) => boolean;
  readonly symbols: Pair<PackageSymbols>;
  readonly findings: readonly LocatedFinding[];
  readonly names: FindingNames;
  /** Of those findings that may stop code from compiling. */
  readonly relations: Relations;
};

/** The finding that causes an error: what the code there, and the compiler's words, have most in common with; of several, the first. */
export function causeOfError(error: LocatedError, checked: CheckedProject): LocatedFinding | undefined {
  const { findings, relations, names } = checked;
  const words = wordsOf(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  const scores = new Map<LocatedFinding, number>();
  for (const [distance, { traces, member }] of evidenceOf(error, checked).entries())
    for (const [finding, relation] of relations.of(traces)) {
      const score = scoreOf(finding, { relation, distance, member, words, names: names.of(finding) });
      scores.set(finding, Math.max(score, scores.get(finding) ?? 0));
    }
  const best = Math.max(0, ...scores.values());
  return best === 0 ? undefined : findings.find((finding) => scores.get(finding) === best);
}

/** What the compiler points at, then what the code names, from the error outwards: each once, where it is nearest. */
function evidenceOf(error: LocatedError, { programs, isPackage, symbols }: CheckedProject): Evidence[] {
  const checker = programs.base.getTypeChecker();
  const isOwn = (file: ts.SourceFile) => !file.isDeclarationFile && !isPackage(file.fileName);
  const pointed = (error.relatedInformation ?? []).flatMap(({ file, start }) =>
    file && start !== undefined ? [nodeAt(file, start)] : [],
  );
  const file = programs.base.getSourceFile(error.file.fileName);
  const code = file ? codeAround(file, error.start, { checker, isOwn }) : [];
  const mentionsOf = (declarations: readonly ts.Node[]) =>
    declarations
      .filter((each) => isPackage(each.getSourceFile().fileName))
      .flatMap((each) => mentionOf(each) ?? []);
  return [
    ...distinct(mentionsOf(pointed)).map((mention) => symbols.head.evidence(mention)),
    ...distinct(mentionsOf(code.flatMap((node) => declarationsIn(node, checker)))).map((mention) =>
      symbols.base.evidence(mention),
    ),
  ].flatMap((each) => each ?? []);
}

function distinct(mentions: readonly Mention[]): Mention[] {
  return [...new Map(mentions.map((each) => [JSON.stringify(each), each])).values()];
}

/** What a piece of code names, calls, has as its type, or is expected to be. */
function declarationsIn(node: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  const signature = ts.isCallExpression(node) ? checker.getResolvedSignature(node)?.declaration : undefined;
  return [
    ...declarationsOf(node, checker),
    ...(signature ? [signature] : []),
    ...(ts.isExpression(node) ? typeDeclarations(checker.getTypeAtLocation(node)) : []),
    ...(ts.isExpression(node) ? typeDeclarations(checker.getContextualType(node)) : []),
  ];
}

function typeDeclarations(type: ts.Type | undefined): readonly ts.Declaration[] {
  if (!type) return [];
  const parts = type.isUnionOrIntersection() ? [type, ...type.types] : [type];
  return parts.flatMap((part) => [
    ...(part.aliasSymbol?.declarations ?? []),
    ...(part.getSymbol()?.declarations ?? []),
  ]);
}

/** How much each kind of evidence says that a finding causes an error. */
const WEIGHTS: { readonly [R in Relation]: number } = { own: 20, operation: 12, reached: 6 };
const SAME_WORD = 40;
const SAME_MEMBER = 30;
const SAME_TYPES = 10;
const LEVELS: { readonly [L in LocatedFinding["level"]]: number } = { error: 3, warning: 2, info: 0 };

/** What a finding has in common with a piece of code. */
type Clues = {
  readonly relation: Relation;
  /** How many names stand nearer to the error. */
  readonly distance: number;
  readonly member: string | undefined;
  readonly words: CompilerWords;
  readonly names: ReadonlySet<string>;
};

function scoreOf(finding: LocatedFinding, { relation, distance, member, words, names }: Clues): number {
  const isSaid = [...words.names, ...words.expected].some((name) => names.has(name));
  const isNamed = member !== undefined && names.has(member);
  return (
    WEIGHTS[relation] +
    (isSaid ? SAME_WORD : 0) +
    (isNamed ? SAME_MEMBER : 0) +
    (areSaid(finding, words) ? SAME_TYPES : 0) +
    LEVELS[finding.level] -
    // What is nearer to the error weighs a little more.
    Math.min(distance, 40) / 8
  );
}

/** True where the compiler names the types that a finding is about. */
function areSaid({ before, after }: LocatedFinding, { types: said }: CompilerWords): boolean {
  return [before, after].every((types) => typesIn(types).some((type) => said.has(type)));
}

function typesIn(types: JsonValue | undefined): readonly string[] {
  const all = isArray(types) ? types : [];
  return all.flatMap((type) => (typeof type === "string" ? [type === "integer" ? "number" : type] : []));
}
