import { Project, ts } from "ts-morph";
import { emitOperationTypes } from "../../emit/operations.js";
import { neededRuntime } from "../../emit/runtime-files.js";
import { emitTypes } from "../../emit/types.js";
import type { EmittedFile } from "../../emit/typescript-module.js";
import { reachedFrom } from "../../model/graph.js";
import type { ApiModel } from "../../model/model.js";
import { AMBIENT } from "./ambient.js";
import type { Pair } from "../change.js";
import { targetsOfOperation, type PackageSide } from "./changed-parts.js";
import type { TypeQuestion } from "./type-questions.js";

/** A type that is no longer assignable, and what the compiler says of it. */
export type Unassignable = { readonly question: TypeQuestion; readonly message: string };

/** Asks the compiler: which types are no longer assignable? */
export function unassignable(
  questions: readonly TypeQuestion[],
  sides: Pair<PackageSide>,
  runtime: readonly EmittedFile[],
): Unassignable[] {
  const files = (["base", "head"] as const).flatMap((side) => {
    const emitted = emittedTypes(sides[side], {
      schemas: questions.flatMap(({ about }) => (about.kind === "schema" ? [about.ids[side]] : [])),
      operations: [
        ...new Set(
          questions.flatMap(({ about }) => (about.kind === "operation" ? [about.operations[side]] : [])),
        ),
      ],
    });
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

/** The types that the parts are made of, and those that these lead to. */
function emittedTypes(
  { model, names, openEnums }: PackageSide,
  { schemas, operations }: { schemas: readonly string[]; operations: ApiModel["operations"] },
): EmittedFile[] {
  const reached = reachedFrom([...schemas, ...operations.flatMap(targetsOfOperation)], model.schemas);
  const partial: ApiModel = {
    ...model,
    schemas: new Map([...model.schemas].filter(([id]) => reached.has(id))),
    operations,
  };
  return [
    ...emitTypes(partial, names, openEnums),
    ...emitOperationTypes(partial, names),
    { path: "src/all.ts", text: 'export type * from "./types.js";\nexport type * from "./operations.js";' },
  ];
}

function ask(questions: readonly TypeQuestion[], files: readonly EmittedFile[]): Unassignable[] {
  const head = [
    'import type * as Base from "./base/src/all.js";',
    'import type * as Head from "./head/src/all.js";',
  ];
  const lines = questions.map(({ direction, names }, index) => {
    const [old, now] = [`Base.${names.base}`, `Head.${names.head}`];
    const [from, to] = direction === "request" ? [old, now] : [now, old];
    return `export const check${index} = (value: ${from}): ${to} => value;`;
  });
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
  const program = project.createSourceFile("/check.ts", [...head, ...lines].join("\n"));
  const diagnostics = program.getPreEmitDiagnostics();
  const found = diagnostics.flatMap((diagnostic): Unassignable[] => {
    const question = questions[(diagnostic.getLineNumber() ?? 0) - head.length - 1];
    const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, "\n");
    return question ? [{ question, message: readable(message) }] : [];
  });
  return [...new Map(found.map((each) => [`${each.question.names.base} ${each.message}`, each])).values()];
}

/** The compiler names types by the files that we have put them into. The client code is no document's. */
function readable(text: string): string {
  const message = text.replace(/import\("\/(?:base|head)\/src\/runtime\/\w+"\)\./g, "");
  return message.replace(/import\("\/(base|head)\/src\/\w+"\)\./g, (_, side: string) =>
    side === "base" ? "old " : "new ",
  );
}
