import { argumentNames } from "../../emit/arguments.js";
import type { MediaType, Operation, Parameter, RequestBody } from "../../model/model.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import type { Pair } from "../change.js";
import type { ChangedParts, PackageSide } from "./changed-parts.js";
import { LostMembers, type LostMember, type Step } from "./lost-members.js";
import { typesOf, type TypeQuestion } from "./type-questions.js";

/** What code may name of the old types and not of the new ones: members that it reads, and members that it writes. */
export function memberQuestions(
  sides: Pair<PackageSide>,
  { schemas, operations }: ChangedParts,
): TypeQuestion[] {
  const members = new LostMembers(sides, { schemas });
  return [
    ...schemas.flatMap((ids) => schemaQuestions(ids, sides, members)),
    ...operations.flatMap((pair) => [
      ...argumentQuestions(pair, sides, members),
      ...dataQuestions(pair, sides, members),
      ...headerQuestions(pair, sides),
    ]),
  ];
}

function schemaQuestions(
  ids: Pair<SchemaId>,
  sides: Pair<PackageSide>,
  members: LostMembers,
): TypeQuestion[] {
  const schemaOf = (side: keyof Pair<unknown>) => sides[side].model.schemas.get(ids[side])!.schema;
  const lost = members.of({ base: schemaOf("base"), head: schemaOf("head") });
  return typesOf(ids, sides).flatMap((types) =>
    lost.map((each): TypeQuestion => ({ ...types, lost: each, about: { kind: "schema", ids } })),
  );
}

/** The arguments of an operation that are gone, its parameters and the body, and what is gone of those that stay. */
function argumentQuestions(
  operations: Pair<Operation>,
  { base, head }: Pair<PackageSide>,
  members: LostMembers,
): TypeQuestion[] {
  const living = new Map([...argumentNames(operations.head)].map(([parameter, name]) => [name, parameter]));
  const names = {
    base: base.names.operations.get(operations.base)!.args,
    head: head.names.operations.get(operations.head)!.args,
  };
  const { body } = operations.base;
  const lost = [
    ...[...argumentNames(operations.base)].flatMap(([parameter, name]) =>
      lostArguments(name, { base: parameter, head: living.get(name) }, members),
    ),
    ...(body ? lostBodies({ base: body, head: operations.head.body }, members) : []),
  ];
  return lost.map((each): TypeQuestion => ({
    direction: "request",
    names,
    lost: each,
    about: { kind: "operation", operations },
  }));
}

function lostArguments(
  name: string,
  { base, head }: { base: Parameter; head: Parameter | undefined },
  members: LostMembers,
): LostMember[] {
  if (!head) return [{ path: [], name, origin: base.origin }];
  return members.of({ base: base.schema, head: head.schema }, [{ kind: "property", name }]);
}

function lostBodies(
  { base, head }: { base: RequestBody; head: RequestBody | undefined },
  members: LostMembers,
): LostMember[] {
  if (!head) return [{ path: [], name: "body", origin: base.origin }];
  const pair = onlySchemas({ base: base.content, head: head.content });
  return pair ? members.of(pair, [{ kind: "property", name: "body" }]) : [];
}

/** What is gone of the data of each response, where that is of another schema. */
function dataQuestions(
  operations: Pair<Operation>,
  { base, head }: Pair<PackageSide>,
  members: LostMembers,
): TypeQuestion[] {
  const names = {
    base: base.names.operations.get(operations.base)!.result,
    head: head.names.operations.get(operations.head)!.result,
  };
  const living = new Map(operations.head.responses.map((response) => [response.status, response]));
  return operations.base.responses.flatMap(({ status, content }) => {
    const other = living.get(status);
    const pair = other && onlySchemas({ base: content, head: other.content });
    if (!pair || !/^\d+$/.test(status)) return [];
    const path: Step[] = [
      { kind: "alternative", name: "status", values: [Number(status)] },
      { kind: "property", name: "data" },
    ];
    return members.of(pair, path).map((lost): TypeQuestion => ({
      direction: "response",
      names,
      lost,
      about: { kind: "operation", operations },
    }));
  });
}

/** The schemas of contents of one media type, as references. */
function onlySchemas({ base, head }: Pair<readonly MediaType[]>): Pair<Schema> | undefined {
  const [old, now] = [onlySchema(base), onlySchema(head)];
  return old && now && { base: old, head: now };
}

function onlySchema([media, ...others]: readonly MediaType[]): Schema | undefined {
  if (media?.schema === undefined || others.length > 0) return undefined;
  return { kind: "ref", target: media.schema, origin: media.origin, examples: [] };
}

/** The headers that a response has no more, where it has others. */
function headerQuestions(operations: Pair<Operation>, { base, head }: Pair<PackageSide>): TypeQuestion[] {
  const [old, now] = [
    base.names.operations.get(operations.base)!.headers,
    head.names.operations.get(operations.head)!.headers,
  ];
  return [...old].flatMap(([response, name]) => {
    const other = [...now].find(([{ status }]) => status === response.status);
    if (!other) return [];
    const living = new Set(other[0].headers.map((header) => header.name));
    const gone = response.headers.filter((header) => !living.has(header.name));
    return gone.map((header): TypeQuestion => ({
      direction: "response",
      names: { base: name, head: other[1] },
      lost: { path: [], name: header.name, origin: header.origin },
      about: { kind: "operation", operations },
    }));
  });
}
