import { Project, ts } from "ts-morph";
import { emitOperationTypes } from "../../emit/operations.js";
import { memberAccess, objectKey, stringLiteral } from "../../emit/literals.js";
import { OpenEnums } from "../../emit/open-enums.js";
import { neededRuntime } from "../../emit/runtime-files.js";
import { emitTypes } from "../../emit/types.js";
import type { EmittedFile } from "../../emit/typescript-module.js";
import { AMBIENT } from "./ambient.js";
import type { Pair } from "../change.js";
import type { Inquiry, Refusal, TypedSide } from "./inquiry.js";
import type { LostMember, Step } from "./lost-members.js";
import type { TypeQuestion } from "./type-questions.js";

/** Asks the compiler: which types are no longer assignable? */
export function unassignable({ questions, sides, runtime }: Inquiry): Refusal[] {
  const files = (["base", "head"] as const).flatMap((side) => {
    const emitted = emittedTypes(sides[side]);
    const needed = neededRuntime(emitted, runtime).map(({ path, text }) => ({
      path: `src/runtime/${path}`,
      text,
    }));
    return [...emitted, ...needed].map(({ path, text }) => ({
      path: `/${side}/${path}`,
      text: withoutComments(text),
    }));
  });
  return ask(questions, files);
}

/** Doc comments stand on lines of their own, which no literal begins. The compiler would parse each tag: of a long document, half of its time. */
function withoutComments(text: string): string {
  return text.replace(/^ *\/\*\*[^]*?\*\/$/gm, "");
}

function emittedTypes({ model, names, enums }: TypedSide): EmittedFile[] {
  return [
    ...emitTypes(model, names, new OpenEnums(enums)),
    ...emitOperationTypes(model, names),
    { path: "src/all.ts", text: 'export type * from "./types.js";\nexport type * from "./operations.js";' },
  ];
}

function ask(questions: readonly TypeQuestion[], files: readonly EmittedFile[]): Refusal[] {
  const head = [
    'import type * as Base from "./base/src/all.js";',
    'import type * as Head from "./head/src/all.js";',
  ];
  const lines = questions.flatMap((question, index) =>
    linesOf(question).map((line) => ({ ...line, question, index })),
  );
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noLib: true,
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
    },
  });
  for (const { path, text } of files) project.createSourceFile(path, text);
  project.createSourceFile("/ambient.d.ts", AMBIENT);
  const program = project.createSourceFile(
    "/check.ts",
    [...head, ...lines.map(({ code }, index) => `export const line${index} = ${code};`)].join("\n"),
  );
  const errors = program.getPreEmitDiagnostics().flatMap((diagnostic) => {
    const line = lines[(diagnostic.getLineNumber() ?? 0) - head.length - 1];
    const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, "\n");
    return line ? [{ ...line, message: readable(message, line.question) }] : [];
  });
  // What did not compile before is no break.
  const broken = new Set(errors.flatMap(({ side, question }) => (side === "base" ? [question] : [])));
  const found = errors.filter(({ question }) => !broken.has(question));
  const told = new Map(found.map((each) => [`${each.question.names.base} ${each.message}`, each]));
  return [...told.values()].map(({ index, message }) => ({ question: index, message }));
}

/** Code that a question is about, by the types of which side. */
type Line = { readonly code: string; readonly side: keyof Pair<unknown> };

function linesOf(question: TypeQuestion): Line[] {
  const { direction, names, lost, read: given } = question;
  const [old, now] = [`Base.${names.base}`, `Head.${names.head}`];
  if (given) return [{ code: `(value: Head.${given.name}): ${now} => value`, side: "head" }];
  if (!lost) {
    const [from, to] = direction === "request" ? [old, now] : [now, old];
    return [{ code: `(value: ${from}): ${to} => value`, side: "head" }];
  }
  if (direction === "request")
    return [
      { code: written(old, lost), side: "base" },
      { code: written(now, lost), side: "head" },
    ];
  return [
    { code: read(old, lost), side: "base" },
    { code: read(now, lost, `${innerType(old, lost.path)}[${stringLiteral(lost.name)}]`), side: "head" },
  ];
}

/** @param expected what it was: a signature for all names may have the name still, and another type. */
function read(type: string, { path, name }: LostMember, expected?: string): string {
  const result = expected === undefined ? "" : `: ${expected}`;
  return `(value: ${innerType(type, path)})${result} => ${memberAccess("value", name)}`;
}

/** A literal may not name what its type has not; the others of its members do not matter. */
function written(type: string, { path, name }: LostMember): string {
  return `(value: never): Partial<${innerType(type, path)}> => ({ ${objectKey(name)}: value })`;
}

function innerType(type: string, path: readonly Step[]): string {
  return path.reduce((owner, step) => {
    if (step.kind === "alternative") return `Extract<${owner}, ${taggedType(step)}>`;
    return `NonNullable<${owner}[${indexType(step)}]>`;
  }, type);
}

type Alternative = Extract<Step, { kind: "alternative" }>;

function taggedType({ name, values }: Alternative): string {
  const members = values.map((value) =>
    typeof value === "string" ? stringLiteral(value) : JSON.stringify(value),
  );
  return `{ ${objectKey(name)}: ${members.join(" | ")} }`;
}

/** What a type is indexed by, to have that of a part of it. */
function indexType(step: Exclude<Step, Alternative>): string {
  switch (step.kind) {
    case "property":
      return stringLiteral(step.name);
    case "items":
      return "number";
    case "item":
      return String(step.index);
    case "values":
      return step.keys;
  }
}

/** The compiler names types by the files that we have put them into. The client code is no document's. */
function readable(text: string, question: TypeQuestion): string {
  const message = text.replace(/import\("\/(?:base|head)\/src\/runtime\/\w+"\)\./g, "");
  const named = unwrapped(message).replace(/import\("\/(base|head)\/src\/[^"]+"\)\./g, (_, side: string) =>
    side === "base" ? "old " : "new ",
  );
  return ofProperty(toldApart(named, question), question);
}

/** What is said of the type of a member, as the compiler says it of an object that has the member. */
function ofProperty(message: string, { direction, lost }: TypeQuestion): string {
  if (!lost || direction === "request" || !message.startsWith("Type ")) return message;
  return `Types of property '${lost.name}' are incompatible.\n${message.replace(/^/gm, "  ")}`;
}

/** Not all messages tell types of one name apart: the first is that of the value, the second the one that it must have. */
function toldApart(message: string, { direction }: TypeQuestion): string {
  const [from, to] = direction === "request" ? ["old", "new"] : ["new", "old"];
  return message.replace(/([Tt]ype ')([^']+)('.* type ')\2'/g, `$1${from} $2$3${to} $2'`);
}

/** `Partial` and the strictest options are of the question, and not of the package. */
function unwrapped(message: string): string {
  return message
    .replace(/ in type 'Partial<(.*)>'\.(?=$| Did you mean )/, " in type '$1'.")
    .replaceAll(/ with 'exactOptionalPropertyTypes: true'\. Consider adding 'undefined' to .*\.$/gm, ".");
}
