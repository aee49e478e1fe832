import { chooseNames } from "../../emit/names.js";
import type { PinnedNames } from "../../emit/pinned.js";
import { OpenEnums } from "../../emit/open-enums.js";
import type { EmittedFile } from "../../emit/typescript-module.js";
import { usesOf } from "../../model/graph.js";
import type { ApiModel } from "../../model/model.js";
import type { SchemaId } from "../../model/schema.js";
import { sortedBy } from "../../model/order.js";
import { operationTraces, referencesAmong, schemaTraces, type Reference, type Traces } from "./cause.js";
import type { JsonValue } from "../../source/json.js";
import { bridgeImpacts } from "./bridge-keys.js";
import { comparedParts, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import { credentialImpacts } from "./credentials.js";
import { exportedNames } from "./exported-names.js";
import { memberQuestions } from "./member-questions.js";
import type { TypeScriptImpact } from "./effects.js";
import { inquiryOf, type AskCompiler } from "./inquiry.js";
import { typeQuestions, type TypeQuestion } from "./type-questions.js";

/** What packages are made from. */
export type ImpactInput = {
  readonly models: Pair<ApiModel>;
  /** What the client receives, where it receives something. */
  readonly received?: Pair<ApiModel | undefined> | undefined;
  readonly api: string;
  readonly openEnums: boolean;
  /** What `./openapi` is made from, where packages have it. */
  readonly documents?: Pair<JsonValue | undefined> | undefined;
  /** The names that the package has given. */
  readonly pinned?: Pair<PinnedNames | undefined> | undefined;
};

/** Both packages, as their types are made. */
export function packageSides(input: ImpactInput): Pair<PackageSide> {
  const base = sideOf("base", input, input.pinned?.base);
  // What is generated in the place of a package keeps the names of that.
  return { base, head: sideOf("head", input, input.pinned?.head ?? base.names.pinned) };
}

function sideOf(
  side: keyof Pair<ApiModel>,
  { models, received, api, openEnums, documents }: ImpactInput,
  pinned: PinnedNames | undefined,
): PackageSide {
  const model = models[side];
  const open = OpenEnums.of(model, openEnums);
  const names = chooseNames(model, { api, openEnums: open, pinned });
  return {
    model,
    names,
    openEnums: open,
    uses: usesOf(model),
    received: received?.[side] && receivedPlaces(received[side]),
    document: documents?.[side],
  };
}

/** What the client reads is what a request brings, and the other way round. */
function receivedPlaces(model: ApiModel): PackageSide["received"] {
  const { request, response } = usesOf(model);
  const placesOf = (ids: ReadonlySet<SchemaId>) =>
    new Set([...ids].map((id) => model.schemas.get(id)!.place));
  return { request: placesOf(response), response: placesOf(request) };
}

/** Who asks the compiler, and the client code that packages hold. */
export type CompilerInput = { readonly ask: AskCompiler; readonly runtime: readonly EmittedFile[] };

const KINDS: readonly TypeScriptImpact["kind"][] = ["removed", "renamed", "changed", "moved", "added"];

/**
 * The exported names that went, came, were renamed or moved, or are no longer assignable: an old argument to a new parameter, a new result to an
 * old expectation. The compiler is asked about what differs alone, and about nothing that is plain.
 */
export async function typescriptImpact(
  sides: Pair<PackageSide>,
  compiler: CompilerInput,
): Promise<TypeScriptImpact[]> {
  const changed = await incompatible(sides, compiler);
  const refused = new Set(changed.map(({ symbol }) => symbol));
  const names = exportedNames(sides).filter(({ kind, symbol }) => kind !== "moved" || !refused.has(symbol));
  return sortedBy(
    [...names, ...changed, ...credentialImpacts(sides), ...bridgeImpacts(sides)],
    ({ kind, symbol }) => `${KINDS.indexOf(kind)} ${symbol}`,
  );
}

async function incompatible(
  sides: Pair<PackageSide>,
  { ask, runtime }: CompilerInput,
): Promise<TypeScriptImpact[]> {
  const parts = comparedParts(sides);
  const questions = [...typeQuestions(sides, parts), ...memberQuestions(sides, parts)];
  if (questions.length === 0) return [];
  const refusals = await ask(inquiryOf(questions, sides, runtime));
  const found = refusals.map(({ question, message }) => ({ question: questions[question]!, message }));
  return toldOnce(found).map(({ question, message }) => ({
    symbol: question.names.base,
    kind: "changed",
    message,
    traces: questionTraces(question, sides),
  }));
}

/** A type that is no longer assignable, and what the compiler says of it. */
type Unassignable = { readonly question: TypeQuestion; readonly message: string };

/**
 * Of a type that is not assignable, the compiler has named the first member that is wrong: one entry is enough, and of a type that no operation
 * uses one for both directions.
 */
function toldOnce(found: readonly Unassignable[]): Unassignable[] {
  const refused = new Map(found.filter(({ question }) => !question.lost).map((each) => [keyOf(each), each]));
  const lost = found.filter((each) => each.question.lost && !refused.has(keyOf(each)));
  const members = new Map(lost.map((each) => [keyOf(each) + JSON.stringify(each.question.lost), each]));
  return [...refused.values(), ...members.values()];
}

function keyOf({ question: { direction, isUnused, names } }: Unassignable): string {
  return `${isUnused ? "" : direction} ${names.base}`;
}

function questionTraces(question: TypeQuestion, sides: Pair<PackageSide>): Traces {
  const { about, direction, isOtherUse, lost } = question;
  const traces =
    about.kind === "schema" ? schemaTraces(sides, about.ids) : operationTraces(sides, about.operations);
  if (isOtherUse) return { ...traces, references: { head: usersOf(question, sides.head) } };
  if (!lost) return { ...traces, direction };
  return { ...traces, places: { base: [lost.origin, ...traces.places.base], head: [] }, direction };
}

/** Who refers to what a name stands for now, through all that leads there. */
function usersOf({ about, read }: TypeQuestion, head: PackageSide): readonly Reference[] {
  const id = read?.id ?? (about.kind === "schema" ? about.ids.head : undefined);
  return id === undefined ? [] : referencesAmong(head, new Set(head.model.schemas.keys()))(id);
}
