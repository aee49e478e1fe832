import { argumentNames } from "../../emit/arguments.js";
import type { Operation } from "../../model/model.js";
import type { SchemaId } from "../../model/schema.js";
import type { Pair } from "../change.js";
import type { ChangedParts, PackageSide } from "./changed-parts.js";
import { lostMembers } from "./lost-members.js";
import { typesOf, type TypeQuestion } from "./type-questions.js";

/** What code may name of the old types and not of the new ones: members that it reads, and members that it writes. */
export function memberQuestions(
  sides: Pair<PackageSide>,
  { schemas, operations }: ChangedParts,
): TypeQuestion[] {
  return [
    ...schemas.flatMap((ids) => schemaQuestions(ids, sides)),
    ...operations.flatMap((pair) => argumentQuestions(pair, sides)),
  ];
}

function schemaQuestions(ids: Pair<SchemaId>, sides: Pair<PackageSide>): TypeQuestion[] {
  const schemas = { base: sides.base.model.schemas, head: sides.head.model.schemas };
  const pair = { base: schemas.base.get(ids.base)!.schema, head: schemas.head.get(ids.head)!.schema };
  const lost = lostMembers(pair, schemas);
  return typesOf(ids, sides).flatMap((types) =>
    lost.map((each): TypeQuestion => ({ ...types, lost: each, about: { kind: "schema", ids } })),
  );
}

/** The arguments of an operation that are gone: its parameters, and the body. */
function argumentQuestions(operations: Pair<Operation>, { base, head }: Pair<PackageSide>): TypeQuestion[] {
  const living = new Set(argumentNames(operations.head).values());
  const names = {
    base: base.names.operations.get(operations.base)!.args,
    head: head.names.operations.get(operations.head)!.args,
  };
  const gone = [...argumentNames(operations.base)].filter(([, name]) => !living.has(name));
  const { body } = operations.base;
  return [
    ...gone.map(([{ origin }, name]) => ({ name, origin })),
    ...(body && !operations.head.body ? [{ name: "body", origin: body.origin }] : []),
  ].map((each): TypeQuestion => ({
    direction: "request",
    names,
    lost: { ...each, path: [] },
    about: { kind: "operation", operations },
  }));
}
