import { chooseNames, type PackageNames } from "../emit/names.js";
import type { PinnedNames } from "../emit/pinned.js";
import { OpenEnums } from "../emit/open-enums.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { usesOf } from "../model/graph.js";
import type { ApiModel, Operation } from "../model/model.js";
import { sortedBy } from "../model/order.js";
import { matched, type PackageSide } from "./changed-parts.js";
import type { Pair } from "./compare-schemas.js";
import { typeQuestions } from "./type-questions.js";

/** What a new package does to the TypeScript of those who use the old one. */
export type TypeScriptImpact = {
  readonly symbol: string;
  /** `moved` is said of a name that stays while its place in the document changes: nothing has to be done. */
  readonly kind: "removed" | "added" | "changed" | "renamed" | "moved";
  /** What the compiler says, or what to call instead. */
  readonly message: string;
  /** A call of a renamed operation as it was, and as it is. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** The names of the subpaths that share its fate: `orderFixtures (./fixtures)`. */
  readonly also?: readonly string[] | undefined;
};

/** What the types of a package are made from. */
export type ImpactInput = {
  readonly models: Pair<ApiModel>;
  readonly api: string;
  readonly openEnums: boolean;
  /** The names that the package has given. */
  readonly pinned?: Pair<PinnedNames | undefined> | undefined;
  /** The hand-written client code that the emitted types refer to. */
  readonly runtime: readonly EmittedFile[];
};

/**
 * The exported names that went, came, were renamed, or are no longer assignable: an old argument to a new parameter, a new result to an
 * old expectation. The compiler is asked about what differs alone, and not loaded where that is plain.
 */
export async function typescriptImpact(input: ImpactInput): Promise<TypeScriptImpact[]> {
  const sides = { base: sideOf("base", input), head: sideOf("head", input) };
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

function sideOf(side: keyof Pair<ApiModel>, { models, api, openEnums, pinned }: ImpactInput): PackageSide {
  const model = models[side];
  const open = new OpenEnums(model, openEnums);
  const names = chooseNames(model, { api, openEnums: open, pinned: pinned?.[side] });
  return { model, names, openEnums: open, uses: usesOf(model) };
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
  const questions = typeQuestions(sides);
  if (questions.length === 0) return [];
  const { unassignable } = await import("./assignability.js");
  return unassignable(questions, sides, runtime).map((each) => ({ ...each, kind: "changed" }));
}
