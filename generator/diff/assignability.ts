import { Project, ts } from "ts-morph";
import { emitOperationTypes } from "../emit/operations.js";
import { neededRuntime } from "../emit/runtime-files.js";
import { emitTypes } from "../emit/types.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { reachedFrom } from "../model/graph.js";
import type { ApiModel } from "../model/model.js";
import { AMBIENT } from "./ambient.js";
import type { Pair } from "./compare-schemas.js";
import { targetsOfOperation, type ChangedParts, type PackageSide } from "./changed-parts.js";

/** A type that is no longer assignable, and what the compiler says of it. */
export type Unassignable = { readonly symbol: string; readonly message: string };

/** One question to the compiler: is the one assignable to the other? */
type Check = { readonly symbol: string; readonly from: string; readonly to: string };

/** An old argument must do for a new parameter, a new result for an old expectation. */
const CHECKS = {
  request: { from: "Base", to: "Head" },
  response: { from: "Head", to: "Base" },
} as const;

/** Asks the compiler about the types of what has changed: which of them are no longer assignable? */
export function unassignable(
  sides: Pair<PackageSide>,
  changed: ChangedParts,
  runtime: readonly EmittedFile[],
): Unassignable[] {
  const checks = [...schemaChecks(sides, changed.schemas), ...operationChecks(sides, changed.operations)];
  const files = (["base", "head"] as const).flatMap((side) => {
    const emitted = emittedTypes(sides[side], {
      schemas: changed.schemas.map((pair) => pair[side]),
      operations: changed.operations.map((pair) => pair[side]),
    });
    const needed = neededRuntime(emitted, runtime).map(({ path, text }) => ({
      path: `src/runtime/${path}`,
      text,
    }));
    return [...emitted, ...needed].map(({ path, text }) => ({ path: `/${side}/${path}`, text }));
  });
  return ask(checks, files);
}

function schemaChecks({ base, head }: Pair<PackageSide>, pairs: ChangedParts["schemas"]): Check[] {
  return pairs.flatMap((ids) =>
    (["request", "response"] as const).flatMap((direction) => {
      if (!base.uses[direction].has(ids.base) || !head.uses[direction].has(ids.head)) return [];
      const field = direction === "request" ? "requestType" : "type";
      const names = {
        base: base.names.schemas.get(ids.base)![field],
        head: head.names.schemas.get(ids.head)![field],
      };
      const types = { Base: `Base.${names.base}`, Head: `Head.${names.head}` };
      const { from, to } = CHECKS[direction];
      return [{ symbol: names.base, from: types[from], to: types[to] }];
    }),
  );
}

function operationChecks({ base, head }: Pair<PackageSide>, pairs: ChangedParts["operations"]): Check[] {
  return pairs.flatMap((pair) => {
    const [old, now] = [base.names.operations.get(pair.base)!, head.names.operations.get(pair.head)!];
    return [
      { symbol: old.args, from: `Base.${old.args}`, to: `Head.${now.args}` },
      { symbol: old.result, from: `Head.${now.result}`, to: `Base.${old.result}` },
    ];
  });
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

function ask(checks: readonly Check[], files: readonly EmittedFile[]): Unassignable[] {
  const head = [
    'import type * as Base from "./base/src/all.js";',
    'import type * as Head from "./head/src/all.js";',
  ];
  const lines = checks.map(
    ({ from, to }, index) => `export const check${index} = (value: ${from}): ${to} => value;`,
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
  const program = project.createSourceFile("/check.ts", [...head, ...lines].join("\n"));
  const diagnostics = program.getPreEmitDiagnostics();
  const found = diagnostics.flatMap((diagnostic): Unassignable[] => {
    const check = checks[(diagnostic.getLineNumber() ?? 0) - head.length - 1];
    const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, "\n");
    return check ? [{ symbol: check.symbol, message: readable(message) }] : [];
  });
  return [...new Map(found.map((each) => [`${each.symbol} ${each.message}`, each])).values()];
}

/** The compiler names types by the files that we have put them into. The client code is no document's. */
function readable(text: string): string {
  const message = text.replace(/import\("\/(?:base|head)\/src\/runtime\/\w+"\)\./g, "");
  return message.replace(/import\("\/(base|head)\/src\/\w+"\)\./g, (_, side: string) =>
    side === "base" ? "old " : "new ",
  );
}
