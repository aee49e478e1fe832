import type { MediaType, Operation } from "../../model/model.js";
import type { Schema } from "../../model/schema.js";
import type { Change, Pair, Subject } from "../change.js";
import { isObject, objectOf, type JsonValue } from "../../source/json.js";
import { nameOf } from "../compare/comparison.js";
import { mediaKey } from "../compare/media-names.js";
import type { Unchanged } from "../compare/unchanged.js";
import type { Fault } from "../../fixtures/prove.js";
import { lawfulLevel } from "../rules/law.js";
import { isDiscriminatedAt } from "./planted.js";
import type { SampleValues } from "./sample-values.js";
import { allowedBy, otherOf } from "./sides.js";
import { type Subjects, first, isTextKind } from "./subjects.js";
import { isOfJson } from "./text-values.js";
import { proveValue } from "./value-witness.js";
import type { Witness } from "./witness.js";

/**
 * Values of so many schemas are made in search of what no rule explains: all that a document of a usual size has. Those of a long one
 * would take many times what the comparison takes.
 */
const MAX_EXAMINED = 100;

/** Searches for what breaks and no rule has found. */
export class Unexplained {
  private readonly subjects: Subjects;
  private readonly unchanged: Unchanged;
  /** Schemas of which values were made. */
  private examined = 0;

  constructor(subjects: Subjects, unchanged: Unchanged) {
    this.subjects = subjects;
    this.unchanged = unchanged;
  }

  /**
   * Where no rule has found what would break: values of the old request, and of the new response, that the other side refuses
   * nevertheless.
   *
   * @param found what the rules have found.
   */
  changes(found: readonly Change[]): (Change & { readonly witness: Witness })[] {
    const broken = new Set(
      found.filter((each) => lawfulLevel({ ...each, guard: undefined }) !== "info").map(placeOf),
    );
    return this.subjects.pairs.flatMap(({ base, head }) => {
      if (!base || !head || this.unchanged.isSame(base, head)) return [];
      return bodiesOf({ base, head }).flatMap((body) => this.changesOf(body, base, broken));
    });
  }

  private changesOf(
    { subject, prefix, isText }: Body,
    operation: Operation,
    broken: ReadonlySet<string>,
  ): (Change & { readonly witness: Witness })[] {
    const direction = isReversed(operation, prefix) ? "response" : "request";
    const about = { subject, operation: nameOf(operation), direction } as const;
    const schemas = broken.has(placeOf(about)) ? undefined : this.subjects.schemas(about);
    if (!schemas || this.unchanged.isSameSchema(schemas.base, schemas.head)) return [];
    const validIn = allowedBy(about);
    const count = this.subjects.values[validIn].countOf(schemas[validIn]);
    if (this.examined + count > MAX_EXAMINED) return [];
    this.examined += count;
    const { values } = this.subjects;
    const own = values[validIn].of(schemas[validIn]);
    const other = otherOf(validIn);
    const near = ofEachAlternative(values[other], schemas[other]);
    const witness = first([...own, ...mixed(own), ...near], (value) =>
      proveValue({ values, schemas, validIn }, value),
    );
    if (!witness) return [];
    const { base, head } = schemas;
    const verdict = values[other].proof(schemas[other], witness.value);
    const faults = verdict.kind === "invalid" ? verdict.faults : [];
    if (isText && faults.every(isOfJson)) return [];
    const isOverlap = faults.length > 0 && faults.every(({ keyword }) => keyword === "oneOf");
    // Several alternatives take the value, of which it names one on both sides.
    const isNamed = ({ pointer }: Fault) =>
      [validIn, other].every((side) => isDiscriminatedAt(values[side], schemas[side], pointer));
    if (isOverlap && faults.every(isNamed)) return [];
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
}

/** So many values are taken of each alternative, and so many alternatives looked at. */
const MAX_OF_ALTERNATIVE = 2;
const MAX_ALTERNATIVES = 24;

/** Values of what the side that refuses has a choice of: it may refuse them because several alternatives take them. */
function ofEachAlternative(values: SampleValues, schema: Schema): JsonValue[] {
  const alternatives = values.alternativesOf(schema);
  if (alternatives.length < 2) return [];
  return alternatives
    .slice(0, MAX_ALTERNATIVES)
    .flatMap((each) => values.of(each).slice(0, MAX_OF_ALTERNATIVE));
}

/** So many values are taken two at a time. */
const MAX_MIXED = 8;

/** Every two of the first values in one: that is of several alternatives at once, which one keyword takes and another refuses. */
function mixed(values: readonly JsonValue[]): JsonValue[] {
  const few = values.slice(0, MAX_MIXED);
  return few.flatMap((one, index) => few.slice(index + 1).map((other) => mixedValue(one, other)));
}

function mixedValue(one: JsonValue, other: JsonValue): JsonValue {
  if (!isObject(one) || !isObject(other)) return other;
  const members = Object.entries(other).map(([name, value]): [string, JsonValue] => {
    const own = Object.hasOwn(one, name) ? one[name] : undefined;
    return [name, own === undefined ? value : mixedValue(own, value)];
  });
  return objectOf([...Object.entries(one), ...members]);
}

/** What the client receives, it reads as a request; what it answers, as a response. */
function isReversed({ received }: Operation, prefix: Body["prefix"]): boolean {
  return (prefix === "response") !== (received !== undefined);
}

type Body = {
  readonly subject: Subject;
  readonly prefix: "request" | "response";
  /** That it, or each part of it, is sent as a text. */
  readonly isText: boolean;
};

/** The bodies that both sides of an operation describe. */
function bodiesOf({ base, head }: Pair<Operation>): Body[] {
  const requests = inBoth(base.body?.content, head.body?.content);
  return [
    ...requests.map(({ type, kind }): Body => ({
      subject: { kind: "body", mediaType: type },
      prefix: "request",
      isText: isTextKind(kind),
    })),
    ...base.responses.flatMap(({ status, content }) => {
      const other = head.responses.find((each) => each.status === status);
      return inBoth(content, other?.content).map(({ type, kind }): Body => ({
        subject: { kind: "response", status, mediaType: type },
        prefix: "response",
        isText: isTextKind(kind),
      }));
    }),
  ];
}

/** The media types of both. */
function inBoth(base: readonly MediaType[] = [], head: readonly MediaType[] = []): readonly MediaType[] {
  const keys = new Set(head.map(({ type }) => mediaKey(type)));
  return base.filter(({ type }) => keys.has(mediaKey(type)));
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
  return JSON.stringify([operation ?? "", { ...subject, mediaType: type }]);
}
