import { Project, ts } from "ts-morph";
import { emitOperations } from "../emit/operations.js";
import { chooseNames, type PackageNames } from "../emit/names.js";
import { OpenEnums } from "../emit/open-enums.js";
import { emitTypes } from "../emit/types.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { reachedFrom, targetsOf, usesOf } from "../model/graph.js";
import type { ApiModel, Operation } from "../model/model.js";
import { sortedBy } from "../model/order.js";
import type { SchemaId } from "../model/schema.js";
import { canonicalText } from "./canonical.js";
import { keyOfOperation } from "./compare-operations.js";
import type { Pair } from "./compare-schemas.js";
import { AMBIENT } from "./ambient.js";

/** What a new package does to the TypeScript of those who use the old one. */
export type TypeScriptImpact = {
  readonly symbol: string;
  readonly kind: "removed" | "added" | "changed" | "renamed";
  /** What the compiler says, or what to call instead. */
  readonly message: string;
};

/** What the types of a package are made from. */
export type ImpactInput = {
  readonly models: Pair<ApiModel>;
  readonly api: string;
  readonly openEnums: boolean;
  /** The hand-written client code that the emitted types refer to. */
  readonly runtime: readonly EmittedFile[];
};

/**
 * The exported names that went, came, were renamed, or are no longer assignable: an old argument to a new parameter, a new result to an
 * old expectation. The compiler is asked about what differs alone.
 */
export function typescriptImpact(input: ImpactInput): TypeScriptImpact[] {
  const sides = { base: sideOf(input.models.base, input), head: sideOf(input.models.head, input) };
  const renamed = renames(sides);
  const names = new Set(renamed.flatMap(({ old, now }) => [...symbolsOf(old), ...symbolsOf(now)]));
  const [old, now] = [exportsOf(sides.base), exportsOf(sides.head)];
  const gone = [...old].filter((name) => !now.has(name) && !names.has(name));
  const come = [...now].filter((name) => !old.has(name) && !names.has(name));
  return sortedBy(
    [
      ...renamed.map(({ old: before, now: after }): TypeScriptImpact => {
        return {
          symbol: before.function,
          kind: "renamed",
          message: `client.${before.function}(…) is now client.${after.function}(…)`,
        };
      }),
      ...gone.map((symbol): TypeScriptImpact => ({
        symbol,
        kind: "removed",
        message: `${symbol} is no longer exported`,
      })),
      ...come.map((symbol): TypeScriptImpact => ({ symbol, kind: "added", message: `${symbol} is new` })),
      ...incompatible(sides, input.runtime),
    ],
    ({ kind, symbol }) => `${["removed", "renamed", "changed", "added"].indexOf(kind)} ${symbol}`,
  );
}

type Names = PackageNames["operations"] extends ReadonlyMap<Operation, infer N> ? N : never;
type Side = {
  readonly model: ApiModel;
  readonly names: PackageNames;
  readonly openEnums: OpenEnums;
  readonly uses: ReturnType<typeof usesOf>;
};

function sideOf(model: ApiModel, { api, openEnums }: ImpactInput): Side {
  const open = new OpenEnums(model, openEnums);
  return { model, names: chooseNames(model, { api, openEnums: open }), openEnums: open, uses: usesOf(model) };
}

function exportsOf({ names }: Side): ReadonlySet<string> {
  const schemas = [...names.schemas.values()].flatMap(({ type, requestType }) => [type, requestType]);
  const operations = [...names.operations.values()].flatMap(symbolsOf);
  return new Set([...schemas, ...operations]);
}

function symbolsOf({ function: name, args, result }: Names): string[] {
  return [name, args, result];
}

/** Operations that are called otherwise: same method and path, another name. */
function renames({ base, head }: Pair<Side>): { readonly old: Names; readonly now: Names }[] {
  return matched({ base, head }).flatMap(({ base: one, head: other }) => {
    const [old, now] = [base.names.operations.get(one)!, head.names.operations.get(other)!];
    return old.function === now.function ? [] : [{ old, now }];
  });
}

function matched({ base, head }: Pair<Side>): Pair<Operation>[] {
  const others = new Map(head.model.operations.map((operation) => [keyOfOperation(operation), operation]));
  return base.model.operations.flatMap((operation) => {
    const other = others.get(keyOfOperation(operation));
    return other ? [{ base: operation, head: other }] : [];
  });
}

/** One question to the compiler: is the one assignable to the other? */
type Check = { readonly symbol: string; readonly from: string; readonly to: string };

/** An old argument must do for a new parameter, a new result for an old expectation. */
const CHECKS = {
  request: { from: "Base", to: "Head" },
  response: { from: "Head", to: "Base" },
} as const;

function incompatible(sides: Pair<Side>, runtime: readonly EmittedFile[]): TypeScriptImpact[] {
  const changed = { schemas: changedSchemas(sides), operations: changedOperations(sides) };
  const checks = [...schemaChecks(sides, changed.schemas), ...operationChecks(sides, changed.operations)];
  if (checks.length === 0) return [];
  const roots = {
    base: [
      ...changed.schemas.map(({ base }) => base),
      ...changed.operations.flatMap(({ base }) => targetsOfOperation(base)),
    ],
    head: [
      ...changed.schemas.map(({ head }) => head),
      ...changed.operations.flatMap(({ head }) => targetsOfOperation(head)),
    ],
  };
  const files = (["base", "head"] as const).flatMap((side) =>
    emitted(sides[side], {
      schemas: reachedFrom(roots[side], sides[side].model.schemas),
      operations: changed.operations.map((pair) => pair[side]),
    }).map(({ path, text }) => ({ path: `/${side}/${path}`, text })),
  );
  const shared = (["base", "head"] as const).flatMap((side) =>
    runtime.map(({ path, text }) => ({ path: `/${side}/src/runtime/${path}`, text })),
  );
  return ask(checks, [...files, ...shared]);
}

/** The schemas of one place of both documents whose text differs. */
function changedSchemas({ base, head }: Pair<Side>): Pair<SchemaId>[] {
  const others = new Map([...head.model.schemas.keys()].map((id) => [placeOf(id), id]));
  const textOf = (id: SchemaId, { model }: Side) =>
    canonicalText(model.schemas.get(id)!.schema, model.schemas);
  return [...base.model.schemas.keys()].flatMap((id) => {
    const other = others.get(placeOf(id));
    return other !== undefined && textOf(id, base) !== textOf(other, head) ? [{ base: id, head: other }] : [];
  });
}

/** The place without its file, which may be called otherwise. */
function placeOf(id: SchemaId): string {
  return id.slice(id.indexOf("#"));
}

function changedOperations(sides: Pair<Side>): Pair<Operation>[] {
  return matched(sides).filter(
    ({ base, head }) => operationText(base, sides.base) !== operationText(head, sides.head),
  );
}

/** What the types of an operation are made from. */
function operationText(operation: Operation, { model }: Side): string {
  const textOf = (id: SchemaId | undefined) => {
    const named = id === undefined ? undefined : model.schemas.get(id);
    return named ? canonicalText(named.schema, model.schemas) : "";
  };
  return JSON.stringify([
    operation.parameters.map(({ name, location, required, schema }) => [
      name,
      location,
      required,
      canonicalText(schema, model.schemas),
    ]),
    operation.body && [
      operation.body.required,
      operation.body.content.map(({ type, schema }) => [type, textOf(schema)]),
    ],
    operation.responses.map(({ status, content }) => [
      status,
      content.map(({ type, schema }) => [type, textOf(schema)]),
    ]),
  ]);
}

function targetsOfOperation({ parameters, body, responses }: Operation): SchemaId[] {
  const media = [...(body?.content ?? []), ...responses.flatMap(({ content }) => content)];
  return [
    ...parameters.flatMap(({ schema }) => targetsOf(schema)),
    ...media.flatMap(({ schema }) => schema ?? []),
  ];
}

function schemaChecks({ base, head }: Pair<Side>, pairs: readonly Pair<SchemaId>[]): Check[] {
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

function operationChecks({ base, head }: Pair<Side>, pairs: readonly Pair<Operation>[]): Check[] {
  return pairs.flatMap((pair) => {
    const [old, now] = [base.names.operations.get(pair.base)!, head.names.operations.get(pair.head)!];
    return [
      { symbol: old.args, from: `Base.${old.args}`, to: `Head.${now.args}` },
      { symbol: old.result, from: `Head.${now.result}`, to: `Base.${old.result}` },
    ];
  });
}

function emitted(
  { model, names, openEnums }: Side,
  part: { schemas: ReadonlySet<SchemaId>; operations: readonly Operation[] },
): EmittedFile[] {
  const schemas = new Map([...model.schemas].filter(([id]) => part.schemas.has(id)));
  const partial: ApiModel = { ...model, schemas, operations: part.operations };
  return [
    emitTypes(partial, names, openEnums),
    emitOperations(partial, names),
    { path: "src/client.ts", text: `export type ${names.api.auth} = object;` },
    { path: "src/all.ts", text: 'export type * from "./types.js";\nexport type * from "./operations.js";' },
  ];
}

function ask(checks: readonly Check[], files: readonly EmittedFile[]): TypeScriptImpact[] {
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
  const found = diagnostics.flatMap((diagnostic): TypeScriptImpact[] => {
    const check = checks[(diagnostic.getLineNumber() ?? 0) - head.length - 1];
    const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, "\n");
    return check ? [{ symbol: check.symbol, kind: "changed", message: readable(message) }] : [];
  });
  return [...new Map(found.map((impact) => [`${impact.symbol} ${impact.message}`, impact])).values()];
}

/** The compiler names types by the files that we have put them into. The client code is no document's. */
function readable(text: string): string {
  const message = text.replace(/import\("\/(?:base|head)\/src\/runtime\/\w+"\)\./g, "");
  return message.replace(/import\("\/(base|head)\/src\/\w+"\)\./g, (_, side: string) =>
    side === "base" ? "old " : "new ",
  );
}
