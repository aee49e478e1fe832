import type { Operation } from "../../model/model.js";
import { isWithin } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { isRangeOf, mediaKey } from "../compare/media-names.js";
import { schemesOf, scopesOf } from "../compare/security.js";
import { answerFaults, answersOf, responseOf } from "./answers.js";
import { callsOf } from "./calls.js";
import { Judgement } from "./judgement.js";
import {
  parameterKey,
  type Answer,
  type Call,
  type MessageFault,
  type Part,
  type WireRequest,
} from "./message.js";
import { ruleOf } from "../rules/rules.js";
import { RequestReader } from "./read-request.js";
import { shownAnswer, shownRequest } from "./shown-message.js";
import { type SideName, allowedBy, otherOf } from "./sides.js";
import { type Subjects, first } from "./subjects.js";
import type { Evidence, Witness } from "./witness.js";
import { written } from "./write-request.js";

/** Who judges messages: at once, and again what is taken for a witness. */
type By = "verdict" | "proof";

/** Who understands a message, and the operation that it is for; on the other side, the one that stands in its place. */
type Addressed = {
  readonly validIn: SideName;
  readonly sender: Operation;
  readonly other: Operation | undefined;
};

/** Searches for whole messages that one side understands and the other does not. */
export class MessageSearch {
  private readonly subjects: Subjects;
  private readonly judgements: Pair<{ readonly [J in By]: Judgement }>;
  private readonly readers: Pair<{ readonly [J in By]: RequestReader }>;

  constructor(subjects: Subjects) {
    this.subjects = subjects;
    const judgement = (side: SideName, by: By) => new Judgement(subjects.values[side], by);
    const judgements = (side: SideName) => ({
      verdict: judgement(side, "verdict"),
      proof: judgement(side, "proof"),
    });
    this.judgements = { base: judgements("base"), head: judgements("head") };
    const reader = (side: SideName, by: By) =>
      new RequestReader({
        model: subjects.models[side],
        routes: () => subjects.routes(side),
        judgement: this.judgements[side][by],
      });
    const readers = (side: SideName) => ({ verdict: reader(side, "verdict"), proof: reader(side, "proof") });
    this.readers = { base: readers("base"), head: readers("head") };
  }

  /** A message that shows a change of anything but a schema. */
  of(change: Change): Witness | undefined {
    const preferred = allowedBy(change);
    // Who relied on what is gone shows it by what was there; a request that is new breaks nobody.
    const isOnlyThere = change.effect === "narrows" || change.direction === "request";
    const sides = isOnlyThere ? [preferred] : [preferred, otherOf(preferred)];
    return first(sides, (validIn) =>
      first(this.operationsOf(change, validIn), (sender) => this.messageTo(sender, change, validIn)),
    );
  }

  /** The message that carries the value of a parameter or of a header, where that is understood as the value is. */
  carrying(found: Witness, change: Change): Witness | undefined {
    const { subject } = change;
    const sender = this.subjects.operation(found.validIn, change.operation);
    if (!sender) return undefined;
    if (subject.kind === "header") {
      const [answer] = this.answers(sender, subject.status, found.validIn);
      const headers = answer && new Map(answer.headers).set(subject.name.toLowerCase(), found.value);
      return (
        headers && this.answerWitness({ ...answer, headers }, change, this.addressed(sender, found.validIn))
      );
    }
    const parameter = this.subjects.parameter(found.validIn, change);
    if (!parameter) return undefined;
    const [call] = callsOf(sender, this.subjects.values[found.validIn], undefined);
    const parameters = call && new Map(call.parameters).set(parameterKey(parameter), found.value);
    return (
      parameters &&
      this.requestWitness({ ...call, parameters }, change, this.addressed(sender, found.validIn))
    );
  }

  /** The operations that a change is seen at: those that ask for the credentials of a security scheme, where it is about that. */
  private operationsOf(change: Change, side: SideName): readonly Operation[] {
    if (change.subject.kind !== "api") return [this.subjects.operation(side, change.operation) ?? []].flat();
    const scheme = this.schemeOf(change, side);
    return this.subjects.models[side].operations.filter(({ security }) =>
      security.some((names) => names.some((name) => name === scheme)),
    );
  }

  private schemeOf(change: Change, side: SideName): string | undefined {
    const place = change[side]?.pointer ?? "";
    return this.subjects.models[side].securitySchemes.find(({ origin }) => isWithin(place, origin.pointer))
      ?.name;
  }

  private messageTo(sender: Operation, change: Change, validIn: SideName): Witness | undefined {
    const { subject } = change;
    const addressed = this.addressed(sender, validIn);
    if (subject.kind === "response" || subject.kind === "header")
      return first(this.answers(sender, subject.status, validIn), (answer) =>
        isOfMedia(answer, change) ? this.answerWitness(answer, change, addressed) : undefined,
      );
    const varied = this.subjects.parameter(validIn, change);
    const scheme = subject.kind === "api" ? this.schemeOf(change, validIn) : undefined;
    return first(callsOf(sender, this.subjects.values[validIn], varied), (call) =>
      (scheme === undefined || call.credentials.has(scheme)) &&
      isLetInBy(call, change) &&
      isOfMedia(call, change)
        ? this.requestWitness(call, change, addressed)
        : undefined,
    );
  }

  private addressed(sender: Operation, validIn: SideName): Addressed {
    return { validIn, sender, other: this.subjects.counterpart(sender, otherOf(validIn)) };
  }

  private answers(operation: Operation, status: string, side: SideName): Answer[] {
    const found = responseOf(operation.responses, status);
    return found ? answersOf(found, statusOf(status), this.subjects.values[side]) : [];
  }

  private requestWitness(call: Call, change: Change, at: Addressed): Witness | undefined {
    const { validIn, sender: operation, other } = at;
    const schemes = this.subjects.models[validIn].securitySchemes;
    const request = written(call, { operation, schemes });
    return (
      request &&
      witnessOf(request, { change, validIn }, (side, by) =>
        this.readers[side][by].faults({ request, call, operation }, side === validIn ? operation : other),
      )
    );
  }

  private answerWitness(
    answer: Answer,
    change: Change,
    { validIn, sender, other }: Addressed,
  ): Witness | undefined {
    return witnessOf(answer, { change, validIn }, (side, by) =>
      answerFaults(answer, side === validIn ? sender : other, this.judgements[side][by]),
    );
  }
}

/** A message without a fault on its own side, and with one that is about the change on the other. */
function witnessOf(
  message: WireRequest | Answer,
  { change, validIn }: { readonly change: Change; readonly validIn: SideName },
  faults: (side: SideName, by: By) => readonly MessageFault[],
): Witness | undefined {
  const faultBy = (by: By) =>
    faults(validIn, by).length > 0
      ? undefined
      : faults(otherOf(validIn), by).find(({ part }) => isAbout(part, change));
  const fault = faultBy("verdict") && faultBy("proof");
  if (!fault) return undefined;
  const { outcome, text: reason } = fault;
  const evidence: Evidence =
    message.kind === "request"
      ? { kind: message.kind, value: shownRequest(message) }
      : { kind: message.kind, value: shownAnswer(message) };
  return { ...evidence, validIn, outcome, reason };
}

/** True for a call with the credentials that a change is about: of several ways to be let in, one may be gone, or new. */
function isLetInBy({ credentials }: Call, { rule, before, after }: Change): boolean {
  if (!/-security-(?:removed|added)$/.test(rule)) return true;
  const meant = rule.endsWith("removed") ? before : after;
  return [schemesOf, scopesOf].some((shown) => shown(credentials) === meant);
}

/** True for a message with a body of the media type that is gone, where a change is about one: others are other changes. */
function isOfMedia({ body }: Pick<Call, "body">, { subject, head }: Change): boolean {
  const type = subject.kind === "body" || subject.kind === "response" ? subject.mediaType : undefined;
  if (!type || head) return true;
  return (
    body !== undefined && (mediaKey(body.mediaType) === mediaKey(type) || isRangeOf(type, body.mediaType))
  );
}

/** A status that a range or `default` stands for. */
function statusOf(status: string): string {
  if (status === "default") return "default";
  return status.replace("XX", "00");
}

/** True for a fault of the part of the message that the change is about. */
function isAbout(part: Part, { subject, rule }: Change): boolean {
  switch (part.kind) {
    case "operation":
      return subject.kind === "operation" && !isOfSecurity(rule);
    case "credentials":
      return subject.kind === "api" || isOfSecurity(rule);
    case "parameter":
      return subject.kind === "parameter" && part.keys.includes(parameterKey(subject));
    case "body":
      return subject.kind === "body" || subject.kind === "response";
    case "status":
      return subject.kind === "response";
    case "header":
      return subject.kind === "header" && part.name.toLowerCase() === subject.name.toLowerCase();
  }
}

function isOfSecurity(rule: string): boolean {
  return ruleOf(rule).area === "security";
}
