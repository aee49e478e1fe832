import ts from "typescript";
import { isArray, type JsonValue } from "../../source/json.js";
import { tokensOf } from "../../source/pointer.js";
import type { Pair } from "../change.js";
import { relationOf, type Relation } from "./cause.js";
import { codeAround, declarationsOf, nodeAt } from "./code-around.js";
import type { LocatedFinding } from "../finding.js";
import { mentionOf, type Evidence, type Mention, type PackageSymbols } from "./package-symbols.js";

export type LocatedError = ts.DiagnosticWithLocation;

/** A project with the old and the new package, and what is known of these. */
export type CheckedProject = {
  readonly programs: Pair<ts.Program>;
  /** True for a module of the package. */
  readonly isPackage: (file: string) => boolean;
  readonly symbols: Pair<PackageSymbols>;
  readonly findings: readonly LocatedFinding[];
};

/** The finding that causes an error: what the code there, and the compiler's words, have most in common with. */
export function causeOfError(error: LocatedError, checked: CheckedProject): LocatedFinding | undefined {
  const evidence = evidenceOf(error, checked);
  const words = wordsOf(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  const scored = checked.findings.map((finding) => ({
    finding,
    score: scoreOf(finding, evidence, words),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? undefined : scored.find(({ score }) => score === best)?.finding;
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

function scoreOf(finding: LocatedFinding, evidence: readonly Evidence[], words: ReadonlySet<string>): number {
  const names = namesIn(finding);
  const isSaid = [...names].some((name) => words.has(name));
  const scores = evidence.map(({ traces, member }, index) => {
    const relation = relationOf(finding, traces);
    if (relation === undefined) return 0;
    const isNamed = member !== undefined && names.has(member);
    return (
      WEIGHTS[relation] +
      (isSaid ? SAME_WORD : 0) +
      (isNamed ? SAME_MEMBER : 0) +
      (areSaid(finding, words) ? SAME_TYPES : 0) +
      LEVELS[finding.level] -
      // What is nearer to the error weighs a little more.
      Math.min(index, 40) / 8
    );
  });
  return Math.max(0, ...scores);
}

/** What the compiler's words name: `'plan'`, `'"pro"'`; not what it proposes. */
function wordsOf(message: string): ReadonlySet<string> {
  const told = message.replace(/ Did you mean .*/g, "");
  const quoted = [...told.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);
  const literals = quoted
    .filter((word) => word.startsWith('"'))
    .flatMap((word) => [...word.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text));
  return new Set([...quoted, ...literals, ...quoted.flatMap(absentIn)].filter((word) => word !== ""));
}

/** The property that a fixture leaves out, by the fixture's name: `withoutCoupon`. */
function absentIn(word: string): readonly string[] {
  const [, first, rest = ""] = /^without([A-Z])(.*)$/.exec(word) ?? [];
  return first === undefined ? [] : [`${first.toLowerCase()}${rest}`];
}

/** The names of properties and the values that a finding is about. A schema's name says nothing: that of each of its parts is the same. */
function namesIn({ base, head, path, before, after }: LocatedFinding): ReadonlySet<string> {
  const places = [base, head].flatMap((each) => (each ? innermostName(tokensOf(each.pointer)) : []));
  const values = [before, after].flatMap((each) => (typeof each === "string" ? [each] : []));
  return new Set([...places, ...tokensOf(path).slice(-1), ...values]);
}

function innermostName(tokens: readonly string[]): readonly string[] {
  const [room, section] = tokens;
  const isSchema = tokens.length === 3 && room === "components" && section === "schemas";
  return isSchema ? [] : tokens.slice(-1);
}

/** True where the compiler names the types that a finding is about. */
function areSaid({ before, after }: LocatedFinding, words: ReadonlySet<string>): boolean {
  return [before, after].every((types) => typesIn(types).some((type) => words.has(type)));
}

function typesIn(types: JsonValue | undefined): readonly string[] {
  const all = isArray(types) ? types : [];
  return all.flatMap((type) => (typeof type === "string" ? [type === "integer" ? "number" : type] : []));
}
