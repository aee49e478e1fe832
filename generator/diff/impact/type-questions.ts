import type { Direction } from "../../model/graph.js";
import type { Header, MediaType, Operation, Parameter } from "../../model/model.js";
import type { SchemaId } from "../../model/schema.js";
import { saysSame, type PlaceOf } from "../sets/canonical.js";
import { isUsed, placesOf, type ChangedParts, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import type { LostMember } from "./lost-members.js";
import { PlainlyAssignable } from "./plainly-assignable.js";

/**
 * A question to the compiler: is the type of one side, by its name, assignable to that of the other? Or, of a member that is lost: does
 * code compile that names it?
 */
export type TypeQuestion = {
  readonly direction: Direction;
  /** That no operation uses the type: callers have uses of their own for it, and may write and read it. */
  readonly isUnused?: true;
  /** That the name is now the type of other messages: what refers to it is what has changed. */
  readonly isOtherUse?: true;
  readonly lost?: LostMember;
  /** The new name of what is read, where that and what is sent were one type: is it assignable to what is sent now? */
  readonly read?: { readonly id: SchemaId; readonly name: string };
  readonly names: Pair<string>;
  /** What the types are made from. */
  readonly about:
    | { readonly kind: "schema"; readonly ids: Pair<SchemaId> }
    | { readonly kind: "operation"; readonly operations: Pair<Operation> };
};

/** What knows of each direction which types are assignable without a question. */
type PlainIn = { readonly [D in Direction]: Pick<PlainlyAssignable, "of" | "ofNamed"> };

/** The same of types that operations use, and of those that none does. */
export type Plainly = PlainIn & { readonly unused: PlainIn };

/** An old argument must do for a new parameter, a new result for an old expectation. What no operation uses is typed as in requests. */
function plainlyOf({ base, head }: Pair<PackageSide>): Plainly {
  const request = new PlainlyAssignable({ from: base, to: head, direction: "request" });
  return {
    request,
    response: new PlainlyAssignable({ from: head, to: base, direction: "response" }),
    unused: { request, response: new PlainlyAssignable({ from: head, to: base, direction: "request" }) },
  };
}

/** The types that have changed, or moved under their name, and are not plainly assignable all the same. */
export function typeQuestions(
  sides: Pair<PackageSide>,
  { schemas, operations }: ChangedParts,
  plainly: Plainly = plainlyOf(sides),
): TypeQuestion[] {
  return [
    ...schemas.flatMap((ids) => schemaQuestions(sides, ids, plainly)),
    ...operations.flatMap((pair) => operationQuestions(sides, pair, plainly)),
  ];
}

const DIRECTIONS: readonly Direction[] = ["request", "response"];

/** A question about a type, but for what the type is made from. */
type TypeNames = Pick<TypeQuestion, "direction" | "isUnused" | "isOtherUse" | "names" | "read">;

/** The types of a schema, by who reads its values. */
export function typesOf(ids: Pair<SchemaId>, { base, head }: Pair<PackageSide>): TypeNames[] {
  const isUnused = !isUsed(ids, { base, head });
  const seen = isUnused ? { base: seenUnused(ids.base, base), head: seenUnused(ids.head, head) } : undefined;
  const directions = DIRECTIONS.filter((each) =>
    seen
      ? seen.base.includes(each) && seen.head.includes(each)
      : base.uses[each].has(ids.base) && head.uses[each].has(ids.head),
  );
  return directions.map((direction) => ({
    direction,
    names: { base: nameOf(ids.base, direction, base), head: nameOf(ids.head, direction, head) },
    ...(isUnused && { isUnused }),
  }));
}

/** Who reads the values of a schema that no operation uses: whoever receives a webhook does; what nothing uses, anyone may read and write. */
function seenUnused(id: SchemaId, { model, received }: PackageSide): readonly Direction[] {
  const { place } = model.schemas.get(id)!;
  const directions = DIRECTIONS.filter((each) => received?.[each].has(place));
  return directions.length > 0 ? directions : DIRECTIONS;
}

function nameOf(id: SchemaId, direction: Direction, { names }: PackageSide): string {
  return names.schemas.get(id)![direction === "request" ? "requestType" : "type"];
}

function schemaQuestions(sides: Pair<PackageSide>, ids: Pair<SchemaId>, plainly: Plainly): TypeQuestion[] {
  const isPlain = (direction: Direction, { [direction]: plain }: PlainIn) =>
    direction === "request" ? plain.ofNamed(ids.base, ids.head) : plain.ofNamed(ids.head, ids.base);
  const types = typesOf(ids, sides);
  return [
    ...types.filter(({ direction, isUnused }) => !isPlain(direction, isUnused ? plainly.unused : plainly)),
    ...namesakes(ids, sides, types).filter(({ direction }) => !isPlain(direction, plainly)),
    ...types.flatMap((each) => sentBack(each, ids, sides)),
  ].map((each): TypeQuestion => ({ ...each, about: { kind: "schema", ids } }));
}

/**
 * What code holds by a name that is now the type of another direction: what was written as the one, and is to be read as the other. Enums that
 * are open there take what they took closed.
 */
function namesakes(
  ids: Pair<SchemaId>,
  { base, head }: Pair<PackageSide>,
  asked: readonly TypeNames[],
): TypeNames[] {
  const name = nameOf(ids.head, "response", head);
  const used = DIRECTIONS.filter((each) => base.uses[each].has(ids.base));
  const held = used.length > 0 ? used : seenUnused(ids.base, base);
  return held.flatMap((direction): TypeNames[] => {
    const isAsked = asked.some((each) => each.direction === direction && each.names.head === name);
    return !isAsked && nameOf(ids.base, direction, base) === name
      ? [{ direction, names: { base: name, head: name }, isOtherUse: true }]
      : [];
  });
}

/** The type of a request whose name is now that of responses: what has it could be sent. */
function sentBack(
  { direction, isUnused, names }: TypeNames,
  ids: Pair<SchemaId>,
  { head }: Pair<PackageSide>,
): TypeNames[] {
  if (isUnused || direction === "response") return [];
  const { place } = head.model.schemas.get(ids.head)!;
  const views = [...head.model.schemas.values()].filter((each) => each.place === place);
  const read = views.find(
    ({ id }) => head.uses.response.has(id) && nameOf(id, "response", head) === names.base,
  );
  if (!read || names.base === names.head) return [];
  return [{ direction, names, isOtherUse: true, read: { id: read.id, name: names.base } }];
}

function operationQuestions(
  { base, head }: Pair<PackageSide>,
  operations: Pair<Operation>,
  plainly: Plainly,
): TypeQuestion[] {
  const [old, now] = [
    base.names.operations.get(operations.base)!,
    head.names.operations.get(operations.head)!,
  ];
  const about = { kind: "operation", operations } as const;
  const parts = { plainly, placeOf: placesOf({ base, head }) };
  return [
    ...(areArgumentsPlain(operations, parts)
      ? []
      : [{ direction: "request", names: { base: old.args, head: now.args }, about } as const]),
    ...(areResultsPlain(operations, parts)
      ? []
      : [{ direction: "response", names: { base: old.result, head: now.result }, about } as const]),
  ];
}

type PlainParts = { readonly plainly: Plainly; readonly placeOf: Pair<PlaceOf> };

function areArgumentsPlain({ base, head }: Pair<Operation>, { plainly, placeOf }: PlainParts): boolean {
  return (
    saysSame({ base: argumentParts(base), head: argumentParts(head) }, placeOf) &&
    base.parameters.every(({ schema }, index) =>
      plainly.request.of(schema, head.parameters[index]!.schema),
    ) &&
    areBodiesPlain(base.body?.content ?? [], head.body?.content ?? [], plainly.request)
  );
}

function areResultsPlain({ base, head }: Pair<Operation>, { plainly, placeOf }: PlainParts): boolean {
  return (
    saysSame({ base: resultParts(base), head: resultParts(head) }, placeOf) &&
    head.responses.every(({ content, headers }, index) => {
      const old = base.responses[index]!;
      return (
        areBodiesPlain(content, old.content, plainly.response) &&
        headers.every(({ schema }, at) => plainly.response.of(schema, old.headers[at]!.schema))
      );
    })
  );
}

/** What the type of an operation's arguments is made from, but for the schemas. */
function argumentParts({ parameters, body }: Operation): readonly unknown[] {
  return [parameters.map(withoutSchema), body && { ...body, content: body.content.map(withoutSchema) }];
}

/** What the type of an operation's result is made from, but for the schemas. */
function resultParts({ responses }: Operation): readonly object[] {
  return responses.map((response) => ({
    ...response,
    content: response.content.map(withoutSchema),
    headers: response.headers.map(withoutSchema),
  }));
}

function withoutSchema(part: Parameter | MediaType | Header): object {
  return { ...part, schema: undefined };
}

/** Only the type of a JSON body is that of its schema, whatever stands beside it. */
function areBodiesPlain(
  from: readonly MediaType[],
  to: readonly MediaType[],
  plainly: Plainly[Direction],
): boolean {
  return from.every(({ kind, schema }, index) => {
    const other = to[index]?.schema;
    if (schema === undefined || other === undefined) return schema === other;
    return kind === "json" && plainly.ofNamed(schema, other);
  });
}
