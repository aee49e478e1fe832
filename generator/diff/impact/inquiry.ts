import type { OperationNames, PackageNames, SchemaNames } from "../../emit/names.js";
import type { EnumFacts } from "../../emit/open-enums.js";
import type { EmittedFile } from "../../emit/typescript-module.js";
import { reachedFrom } from "../../model/graph.js";
import type { ApiModel, Operation } from "../../model/model.js";
import type { SchemaId } from "../../model/schema.js";
import type { Pair } from "../change.js";
import { targetsOfOperation, type PackageSide } from "./changed-parts.js";
import type { TypeQuestion } from "./type-questions.js";

/** Questions to the compiler, and what the types in them are made from: data, which a thread can be given. */
export type Inquiry = {
  readonly questions: readonly TypeQuestion[];
  readonly sides: Pair<TypedSide>;
  /** The client code that types name. */
  readonly runtime: readonly EmittedFile[];
};

/** What the types of a package are made from, as far as a question leads to them. */
export type TypedSide = {
  readonly model: ApiModel;
  readonly names: PackageNames;
  readonly enums: EnumFacts;
};

/** A question that the compiler says no to, by its place among the questions, and what it says. */
export type Refusal = { readonly question: number; readonly message: string };

/** Who asks the compiler, wherever that is. */
export type AskCompiler = (inquiry: Inquiry) => Promise<readonly Refusal[]>;

/** The questions with what they are about. */
export function inquiryOf(
  questions: readonly TypeQuestion[],
  { base, head }: Pair<PackageSide>,
  runtime: readonly EmittedFile[],
): Inquiry {
  return {
    questions,
    sides: { base: typedSide("base", base, questions), head: typedSide("head", head, questions) },
    runtime,
  };
}

/** The types that the questions name, and those that these lead to. */
function typedSide(
  side: keyof Pair<unknown>,
  { model, names, openEnums }: PackageSide,
  questions: readonly TypeQuestion[],
): TypedSide {
  const asked = questions.flatMap((question) => schemasOf(question, side));
  const operations = [...new Set(questions.flatMap((question) => operationsOf(question, side)))];
  const reached = reachedFrom([...asked, ...operations.flatMap(targetsOfOperation)], model.schemas);
  const schemas = new Map([...model.schemas].filter(([id]) => reached.has(id)));
  return {
    model: { ...model, schemas, operations },
    names: {
      ...names,
      schemas: new Map<SchemaId, SchemaNames>([...names.schemas].filter(([id]) => reached.has(id))),
      operations: new Map<Operation, OperationNames>(
        operations.map((each) => [each, names.operations.get(each)!]),
      ),
    },
    enums: { ...openEnums.facts, schemas },
  };
}

function schemasOf({ about, read: given }: TypeQuestion, side: keyof Pair<unknown>): SchemaId[] {
  if (about.kind === "operation") return [];
  return [about.ids[side], ...(given && side === "head" ? [given.id] : [])];
}

function operationsOf({ about }: TypeQuestion, side: keyof Pair<unknown>): Operation[] {
  return about.kind === "operation" ? [about.operations[side]] : [];
}
