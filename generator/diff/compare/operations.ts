import type { ApiModel, Operation } from "../../model/model.js";
import { tokensOf, join } from "../../source/pointer.js";
import type { Change, Guard, Pair } from "../change.js";
import { compareBodies } from "./bodies.js";
import { compareLifeCycle, isUnstable, removal } from "./life-cycle.js";
import { compareParameters } from "./parameters.js";
import { compareResponses } from "./responses.js";
import { SchemaComparison } from "./schemas.js";
import { compareSecurity } from "./security.js";
import { compareSecuritySchemes, renamedSecuritySchemes } from "./security-schemes.js";
import { compareServers } from "./servers.js";
import { change, keyOfOperation, nameOf, pairedOperations, type Context } from "./comparison.js";
import { levelOf } from "../rules/rules.js";
import { shadowed } from "./shadowed.js";
import { statedBranches } from "./stated-branches.js";
import { SchemaSets } from "../sets/schema-set.js";
import type { Unchanged } from "./unchanged.js";

/** What a comparison is told beside the models. */
export type ComparisonOptions = {
  /** The day of the review, `2026-11-21`. */
  readonly today: string;
  /** Whether clients expect further values of the enums of responses. */
  readonly openEnums: boolean;
};

type Models = { readonly models: Pair<ApiModel>; readonly unchanged: Unchanged };

/** Every change between two models of one API, operation by operation. */
export function compareApis(models: Models, options: ComparisonOptions): Change[] {
  const context = contextOf(models, options, { request: "request", response: "response" });
  return [...compareSecuritySchemes(context), ...compareServers(context), ...compareAll(context)];
}

/** The same of what the client receives, by webhooks and callbacks: there it is the client that reads requests. */
export function compareReceived(models: Models, options: ComparisonOptions): Change[] {
  return compareAll(contextOf(models, options, { request: "response", response: "request" }));
}

type OperationContext = Context & { readonly unchanged: Unchanged };

function contextOf(
  { models, unchanged }: Models,
  { today, openEnums }: ComparisonOptions,
  reads: Context["reads"],
): OperationContext {
  const stated = statedBranches(models);
  const sets = {
    base: new SchemaSets(models.base.schemas, stated.base),
    head: new SchemaSets(models.head.schemas, stated.head),
  };
  return {
    models,
    schemas: new SchemaComparison(sets, { unchanged, openEnums }),
    schemeNames: renamedSecuritySchemes(models),
    reads,
    today,
    unchanged,
  };
}

function compareAll(context: OperationContext): Change[] {
  const gone = removedPaths(context.models);
  const living = new Set(context.models.head.operations.map(keyOfOperation));
  return pairedOperations(context.models).flatMap((pair) => {
    if (!pair.head) return pair.base ? [removedOperation(context, pair.base, { gone, living })] : [];
    if (!pair.base) return [addedOperation(pair.head), ...shadowed(context, pair.head, living)];
    return compareOperation(context, { base: pair.base, head: pair.head });
  });
}

function compareOperation(context: OperationContext, both: Pair<Operation>): Change[] {
  if (context.unchanged.isSame(both.base, both.head)) return [];
  const own = [
    ...identity(both),
    ...compareParameters(context, both),
    ...compareBodies(context, both),
    ...compareResponses(context, both),
    ...compareSecurity(context, both),
    ...compareServers(context, both),
    ...compareLifeCycle(context, both),
  ];
  const guard: { guard?: Guard } = isUnstable(both.base) ? { guard: "unstable" } : {};
  return own.map((each) => ({ operation: nameOf(both.base), ...each, ...(isHarmful(each) && guard) }));
}

/** A guard of its own says more than that its operation is not stable. */
function isHarmful(each: Change): boolean {
  return each.guard === undefined && levelOf(each) === "error";
}

function identity({ base, head }: Pair<Operation>): Change[] {
  const common = {
    direction: "none" as const,
    subject: { kind: "operation" } as const,
    base: base.origin,
    head: head.origin,
  };
  const gone = base.tags.filter((tag) => !head.tags.includes(tag));
  const come = head.tags.filter((tag) => !base.tags.includes(tag));
  return [
    ...named({ base, head }),
    ...expression({ base, head }),
    ...gone.map((before) => change({ ...common, rule: "api-tag-removed", effect: "keeps", before })),
    ...come.map((after) => change({ ...common, rule: "api-tag-added", effect: "keeps", after })),
  ];
}

/** What it is called: the client's function, or what the client receives and nobody calls by its name. */
function named({ base, head }: Pair<Operation>): Change[] {
  const [old, now] = [base.received, head.received];
  const common = {
    effect: "keeps",
    direction: "none",
    subject: { kind: "operation" },
    base: base.origin,
    head: head.origin,
  } as const;
  if (old && now) {
    if (old.name === now.name) return [];
    return [change({ ...common, rule: `${old.kind}-renamed`, before: old.name, after: now.name })];
  }
  if (base.id === head.id) return [];
  const [before, after] = [operationIdOf(base), operationIdOf(head)];
  return [change({ ...common, rule: "api-operation-id-changed", before, after })];
}

function operationIdOf({ id, isUnnamed }: Operation): string | undefined {
  return isUnnamed ? undefined : id;
}

/** Where a callback is sent to is read from what the client has sent (OpenAPI 3.1.1, Runtime Expressions). */
function expression({ base, head }: Pair<Operation>): Change[] {
  const [old, now] = [base.received, head.received];
  if (old?.kind !== "callback" || now?.kind !== "callback" || old.expression === now.expression) return [];
  return [
    change({
      rule: "callback-expression-changed",
      effect: "both",
      direction: "request",
      subject: { kind: "operation" },
      base: base.origin,
      head: head.origin,
      before: old.expression,
      after: now.expression,
    }),
  ];
}

function addedOperation(head: Operation): Change {
  return change({
    rule: head.received ? `${head.received.kind}-added` : "endpoint-added",
    effect: "keeps",
    direction: "none",
    subject: { kind: "operation" },
    operation: nameOf(head),
    head: head.origin,
  });
}

function keyOfPath(operation: Operation): string {
  return keyOfOperation({ ...operation, method: "" });
}

/** The paths of which no operation is left. */
function removedPaths({ base, head }: Pair<ApiModel>): ReadonlySet<string> {
  const living = new Set(head.operations.map(keyOfPath));
  return new Set(base.operations.map(keyOfPath).filter((key) => !living.has(key)));
}

function removedOperation(
  context: Context,
  base: Operation,
  { gone, living }: { readonly gone: ReadonlySet<string>; readonly living: ReadonlySet<string> },
): Change {
  const isTaken = living.has(keyOfOperation(base));
  const guard: Guard | undefined = isUnstable(base) ? "unstable" : isTaken ? "overlap" : undefined;
  const common = {
    subject: { kind: "operation" } as const,
    operation: nameOf(base),
    ...(guard && { guard }),
  };
  if (base.received)
    return change({
      ...common,
      effect: "narrows",
      direction: "request",
      rule: `${base.received.kind}-removed`,
      base: base.origin,
    });
  const isWhole = gone.has(keyOfPath(base));
  return change({
    ...common,
    ...removal(base, context.today, isWhole ? "api-path-removed" : "api-removed"),
    base: isWhole ? pathItemOf(base) : base.origin,
  });
}

/** A path that is gone is one finding at its Path Item Object, whatever number of operations it had. */
function pathItemOf({ origin }: Operation): Operation["origin"] {
  return { source: origin.source, pointer: join("", ...tokensOf(origin.pointer).slice(0, -1)) };
}
