import { chooseNames, type PackageNames } from "../emit/names.js";
import { OpenEnums } from "../emit/open-enums.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { usesOf } from "../model/graph.js";
import type { ApiModel, Operation } from "../model/model.js";
import { sortedBy } from "../model/order.js";
import { changedParts, matched, type PackageSide } from "./changed-parts.js";
import type { Pair } from "./compare-schemas.js";

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
 * old expectation. The compiler is asked about what differs alone, and not loaded where nothing does.
 */
export async function typescriptImpact(input: ImpactInput): Promise<TypeScriptImpact[]> {
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
      ...(await incompatible(sides, input.runtime)),
    ],
    ({ kind, symbol }) => `${["removed", "renamed", "changed", "added"].indexOf(kind)} ${symbol}`,
  );
}

type Names = PackageNames["operations"] extends ReadonlyMap<Operation, infer N> ? N : never;

function sideOf(model: ApiModel, { api, openEnums }: ImpactInput): PackageSide {
  const open = new OpenEnums(model, openEnums);
  return { model, names: chooseNames(model, { api, openEnums: open }), openEnums: open, uses: usesOf(model) };
}

function exportsOf({ names }: PackageSide): ReadonlySet<string> {
  const schemas = [...names.schemas.values()].flatMap(({ type, requestType }) => [type, requestType]);
  const operations = [...names.operations.values()].flatMap(symbolsOf);
  return new Set([...schemas, ...operations]);
}

function symbolsOf({ function: name, args, result }: Names): string[] {
  return [name, args, result];
}

/** Operations that are called otherwise: same method and path, another name. */
function renames({ base, head }: Pair<PackageSide>): { readonly old: Names; readonly now: Names }[] {
  return matched({ base, head }).flatMap(({ base: one, head: other }) => {
    const [old, now] = [base.names.operations.get(one)!, head.names.operations.get(other)!];
    return old.function === now.function ? [] : [{ old, now }];
  });
}

async function incompatible(
  sides: Pair<PackageSide>,
  runtime: readonly EmittedFile[],
): Promise<TypeScriptImpact[]> {
  const changed = changedParts(sides);
  if (changed.schemas.length + changed.operations.length === 0) return [];
  const { unassignable } = await import("./assignability.js");
  return unassignable(sides, changed, runtime).map((each) => ({ ...each, kind: "changed" }));
}
