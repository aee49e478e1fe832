import type { Fault } from "../../fixtures/prove.js";
import { reasonOf } from "../../fixtures/prove.js";
import type { MediaType, Operation, Parameter } from "../../model/model.js";
import type { Schema } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { tokensOf } from "../../source/pointer.js";
import type { Change, Pair, Subject } from "../change.js";
import { keyOfOperation, nameOf, templateKey } from "../compare/comparison.js";
import { lawfulLevel } from "../rules/law.js";
import { Messages, parameterKey, responseOf, shownMessage, type Message } from "./messages.js";
import { mediaKey } from "../compare/media-names.js";
import { ruleOf } from "../rules/rules.js";
import { SampleValues, type Side } from "./sample-values.js";
import { strained } from "./strain.js";
import type { Unchanged } from "../compare/unchanged.js";

export type { Side } from "./sample-values.js";

/** A value that one document allows and the other does not: proof that something breaks. */
export type Witness = {
  /** The document that allows it. The other refuses it. */
  readonly validIn: SideName;
  /** The value of a body; or a whole request or response, as {@link shownMessage} shows it. */
  readonly value: JsonValue;
  /** Why the other refuses it, in its validator's words. */
  readonly reason: string;
};

type SideName = keyof Pair<unknown>;

/**
 * Values of so many schemas are made in search of what no rule explains: all that a document of a usual size has. Those of a long one
 * would take many times what the comparison takes.
 */
const MAX_EXAMINED = 100;

/**
 * Searches for witnesses. Requests break where the old document allows what the new one refuses, responses where the new one allows
 * what the old one refuses.
 */
export class WitnessSearch {
  private readonly operations: Pair<ReadonlyMap<string, Operation>>;
  private readonly values: Pair<SampleValues>;
  private readonly messages: Pair<Messages>;
  /** Asked of what the others take for a witness. */
  private readonly proofs: Pair<Messages>;
  private readonly schemas: Pair<Side["model"]["schemas"]>;

  private readonly unchanged: Unchanged;
  /** Schemas of which values were made in search of what no rule explains. */
  private examined = 0;

  constructor({ base, head }: Pair<Side>, unchanged: Unchanged) {
    this.unchanged = unchanged;
    this.operations = { base: operationsOf(base), head: operationsOf(head) };
    this.values = { base: new SampleValues(base), head: new SampleValues(head) };
    const { base: old, head: now } = this.values;
    this.messages = { base: new Messages(old, "verdict"), head: new Messages(now, "verdict") };
    this.proofs = { base: new Messages(old, "proof"), head: new Messages(now, "proof") };
    this.schemas = { base: base.model.schemas, head: head.model.schemas };
  }

  /** A witness of a change; undefined where none is found. */
  of(change: Change): Witness | undefined {
    if (ruleOf(change.rule).area !== "schema") return this.ofMessage(change);
    const schemas = this.schemasOf(change);
    if (!schemas) return undefined;
    const validIn = allowedBy(change);
    const whole = this.values[validIn].of(schemas[validIn]);
    const other = otherOf(validIn);
    const prove = (value: JsonValue) => this.prove(schemas, validIn, value, change);
    // What the other side refuses for one reason each is made last: it takes the longest.
    const found =
      first([...strained(whole[0] ?? null, change), ...whole], prove) ??
      first(this.values[other].refused(schemas[other]), prove);
    return found && this.inItsMessage(found, change);
  }

  /**
   * Where no rule has found what would break: values of the old request, and of the new response, that the other side refuses
   * nevertheless.
   *
   * @param changes what the rules have found.
   */
  unexplained(changes: readonly Change[]): (Change & { readonly witness: Witness })[] {
    const broken = new Set(
      changes.filter((each) => lawfulLevel({ ...each, guard: undefined }) !== "info").map(placeOf),
    );
    return [...this.operations.base].flatMap(([key, base]) => {
      const head = this.operations.head.get(key);
      if (!head || this.unchanged.isSame(base, head)) return [];
      return bodiesOf({ base, head }).flatMap((body) => this.unexplainedBy(body, base, broken));
    });
  }

  private unexplainedBy(
    { subject, prefix }: Body,
    operation: Operation,
    broken: ReadonlySet<string>,
  ): (Change & { readonly witness: Witness })[] {
    const direction = isReversed(operation, prefix) ? "response" : "request";
    const about = { subject, operation: nameOf(operation), direction } as const;
    const schemas = broken.has(placeOf(about)) ? undefined : this.schemasOf(about);
    if (!schemas || this.unchanged.isSameSchema(schemas.base, schemas.head)) return [];
    const validIn = allowedBy(about);
    this.examined += this.values[validIn].countOf(schemas[validIn]);
    if (this.examined > MAX_EXAMINED) return [];
    const witness = first(this.values[validIn].of(schemas[validIn]), (value) =>
      this.prove(schemas, validIn, value),
    );
    if (!witness) return [];
    const { base, head } = schemas;
    const other = otherOf(validIn);
    const verdict = this.values[other].proof(schemas[other], witness.value);
    const isOverlap =
      verdict.kind === "invalid" && verdict.faults.every(({ keyword }) => keyword === "oneOf");
    return [
      {
        ...about,
        ...(isOverlap && { guard: "overlap" as const }),
        rule: `${prefix}-body-unexplained`,
        effect: direction === "request" ? "narrows" : "widens",
        path: "",
        base: base.origin,
        head: head.origin,
        witness,
      },
    ];
  }

  /** @param change what the fault must be about. */
  private prove(
    schemas: Pair<Schema>,
    validIn: SideName,
    value: JsonValue,
    change?: Change,
  ): Witness | undefined {
    const other = otherOf(validIn);
    const refusedBy = (judged: "verdict" | "proof") => {
      if (this.values[validIn][judged](schemas[validIn], value).kind !== "valid") return undefined;
      const verdict = this.values[other][judged](schemas[other], value);
      const isMeant =
        verdict.kind === "invalid" && (!change || verdict.faults.some((fault) => isAbout(fault, change)));
      return isMeant ? verdict : undefined;
    };
    const refusal = refusedBy("verdict") && refusedBy("proof");
    return refusal && { validIn, value, reason: reasonOf(refusal) };
  }

  /** The schemas of what a change is about, on both sides. */
  private schemasOf({ subject, operation }: Pick<Change, "subject" | "operation">): Pair<Schema> | undefined {
    const [base, head] = (["base", "head"] as const).map((side) => {
      const found = this.operations[side].get(templateKey(operation ?? ""));
      return found && this.schemaOf(side, found, subject);
    });
    return base && head && { base, head };
  }

  private schemaOf(side: SideName, operation: Operation, subject: Subject): Schema | undefined {
    const named = (content: readonly MediaType[], type: string | undefined) => {
      const media = content.find((each) => mediaKey(each.type) === mediaKey(type ?? ""));
      return this.schemas[side].get(media?.schema ?? "")?.schema;
    };
    switch (subject.kind) {
      case "parameter":
        return parameterOf(operation, subject)?.schema;
      case "body":
        return named(operation.body?.content ?? [], subject.mediaType);
      case "response":
        return named(responseOf(operation.responses, subject.status)?.content ?? [], subject.mediaType);
      case "header": {
        const headers = responseOf(operation.responses, subject.status)?.headers ?? [];
        return headers.find(({ name }) => name.toLowerCase() === subject.name.toLowerCase())?.schema;
      }
      default:
        return undefined;
    }
  }

  /** A whole message that one side takes and the other does not. */
  private ofMessage(change: Change): Witness | undefined {
    const key = templateKey(change.operation ?? "");
    const preferred = allowedBy(change);
    // Who relied on what is gone shows it by what was there.
    const sides = change.effect === "narrows" ? [preferred] : [preferred, otherOf(preferred)];
    return first(sides, (validIn) => {
      const operation = this.operations[validIn].get(key);
      const other = otherOf(validIn);
      if (!operation) return undefined;
      return first(this.messagesAbout(change, operation, validIn), (message) => {
        const refusedBy = ({ [validIn]: own, [other]: others }: Pair<Messages>) =>
          own.refusal(message, operation) === undefined
            ? others.refusal(message, this.operations[other].get(key))
            : undefined;
        const reason = refusedBy(this.messages) === undefined ? undefined : refusedBy(this.proofs);
        return reason === undefined
          ? undefined
          : { validIn, value: shownMessage(message, operation), reason };
      });
    });
  }

  private messagesAbout({ subject }: Change, operation: Operation, side: SideName): readonly Message[] {
    if (subject.kind !== "response" && subject.kind !== "header")
      return this.messages[side].requests(operation);
    const { status } = subject;
    const found = responseOf(operation.responses, status);
    return found ? this.messages[side].answers(found, statusOf(status)) : [];
  }

  /** The value of a parameter or of a header in the message that carries it; that of a body as it is. */
  private inItsMessage(found: Witness, { subject, operation: name }: Change): Witness {
    const operation = this.operations[found.validIn].get(templateKey(name ?? ""));
    if (!operation || (subject.kind !== "parameter" && subject.kind !== "header")) return found;
    const [message] = this.messagesAbout({ subject } as Change, operation, found.validIn);
    const carried = message && carrying(message, { subject, operation, value: found.value });
    return carried ? { ...found, value: shownMessage(carried, operation) } : found;
  }
}

function carrying(
  message: Message,
  { subject, operation, value }: { subject: Subject; operation: Operation; value: JsonValue },
): Message | undefined {
  if (message.kind === "response" && subject.kind === "header")
    return { ...message, headers: new Map(message.headers).set(subject.name.toLowerCase(), value) };
  const parameter = subject.kind === "parameter" ? parameterOf(operation, subject) : undefined;
  if (message.kind !== "request" || !parameter) return undefined;
  return { ...message, parameters: new Map(message.parameters).set(parameterKey(parameter), value) };
}

function parameterOf(
  { parameters }: Operation,
  { location, name }: { location: string; name: string },
): Parameter | undefined {
  const isIt = (each: Parameter) => each.name.toLowerCase() === name.toLowerCase();
  return parameters.find((each) => each.location === location && isIt(each)) ?? parameters.find(isIt);
}

/** A status that a range or `default` stands for. */
function statusOf(status: string): string {
  if (status === "default") return "default";
  return status.replace("XX", "00");
}

function operationsOf({ model }: Side): ReadonlyMap<string, Operation> {
  return new Map(model.operations.map((each) => [keyOfOperation(each), each]));
}

function allowedBy({ direction }: Pick<Change, "direction">): SideName {
  return direction === "request" ? "base" : "head";
}

function otherOf(side: SideName): SideName {
  return side === "base" ? "head" : "base";
}

/** What the client receives, it reads as a request; what it answers, as a response. */
function isReversed({ received }: Operation, prefix: Body["prefix"]): boolean {
  return (prefix === "response") !== (received !== undefined);
}

type Body = { readonly subject: Subject; readonly prefix: "request" | "response" };

/** The bodies that both sides of an operation describe. */
function bodiesOf({ base, head }: Pair<Operation>): Body[] {
  const requests = inBoth(base.body?.content, head.body?.content);
  return [
    ...requests.map((mediaType): Body => ({ subject: { kind: "body", mediaType }, prefix: "request" })),
    ...base.responses.flatMap(({ status, content }) => {
      const other = head.responses.find((each) => each.status === status);
      return inBoth(content, other?.content).map((mediaType): Body => ({
        subject: { kind: "response", status, mediaType },
        prefix: "response",
      }));
    }),
  ];
}

/** The media types of both. */
function inBoth(base: readonly MediaType[] = [], head: readonly MediaType[] = []): string[] {
  const keys = new Set(head.map(({ type }) => mediaKey(type)));
  return base.filter(({ type }) => keys.has(mediaKey(type))).map(({ type }) => type);
}

function placeOf({
  operation,
  subject,
}: {
  readonly operation?: string | undefined;
  readonly subject: Subject;
}): string {
  const type =
    subject.kind === "body" || subject.kind === "response" ? mediaKey(subject.mediaType ?? "") : "";
  return JSON.stringify([templateKey(operation ?? ""), { ...subject, mediaType: type }]);
}

/** True for a fault at the place of the change, or at the object that should hold it or should not. */
function isAbout({ pointer, keyword }: Fault, { path, rule }: Change): boolean {
  const tokens = tokensOf(path);
  const at = tokensOf(pointer);
  const startsAt = (names: readonly string[]) =>
    names.length <= at.length && names.every((name, index) => name === "*" || name === at[index]);
  const isAt = (names: readonly string[]) => names.length === at.length && startsAt(names);
  if (COMPOSED.test(rule)) return startsAt(tokens);
  return isAt(tokens) || (MEMBERSHIP.has(keyword) && isAt(tokens.slice(0, -1)));
}

/** Changes of what holds other schemas: their faults are found inside. */
const COMPOSED = /-(?:alternative|conditional|not|contains|property-names)-(?:added|removed|changed)$/;

/** Keywords by which an object speaks of its members. */
const MEMBERSHIP = new Set([
  "required",
  "additionalProperties",
  "unevaluatedProperties",
  "dependentRequired",
  "propertyNames",
]);

function first<T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
