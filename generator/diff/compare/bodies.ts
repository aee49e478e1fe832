import type { MediaType, Operation, RequestBody } from "../../model/model.js";
import type { Change, Guard, Pair, Subject } from "../change.js";
import { becameRequired } from "./parameters.js";
import { byKey, change, usesOf, type Common, type Context } from "./comparison.js";
import { compareEncodings } from "./encodings.js";
import { essenceOf, isRangeOf, mediaKey } from "./media-names.js";
import { namedChanges } from "./schema-changes.js";
import { isBinaryBody, textsIn } from "./text-bodies.js";

/** The request bodies of an operation. */
export function compareBodies(context: Context, { base, head }: Pair<Operation>): Change[] {
  const [old, now] = [base.body, head.body];
  const common: Common = {
    direction: context.reads.request,
    subject: { kind: "body", mediaType: "" },
    base: base.origin,
    head: head.origin,
    ...usesOf({ base: old, head: now }),
  };
  if (!old && !now) return [];
  // What callers had to say cannot be said any more, whatever becomes of those who try.
  if (!now) return [change({ ...common, rule: "request-body-removed", effect: "both" })];
  if (!old)
    return [
      now.required
        ? change({ ...common, rule: "request-body-added-required", effect: "narrows" })
        : change({ ...common, rule: "request-body-added-optional", effect: "keeps" }),
    ];
  const media = pairMedia({ base: old.content, head: now.content });
  return [
    ...becameRequired({ base: old, head: now }, common, "request-body"),
    ...media.flatMap((pair) => compareMedia(context, pair, mediaOf(context, old))),
  ];
}

/** How the media types of a request, or of a response, are called, and who reads them. */
export type MediaAbout = {
  readonly direction: Change["direction"];
  readonly prefix: "request" | "response";
  readonly subject: (mediaType: string) => Subject;
  readonly guard?: Guard;
  /** That the body may be left out. */
  readonly isOptional?: boolean;
};

function mediaOf({ reads }: Context, { required }: RequestBody): MediaAbout {
  return {
    direction: reads.request,
    prefix: "request",
    subject: (mediaType) => ({ kind: "body", mediaType }),
    isOptional: !required,
  };
}

type Content = readonly MediaType[];

/** What two sides say of a media type, or one of them. */
export type MediaPair = Partial<Pair<MediaType>> & {
  /** That the one is a range which stays beside the other. */
  readonly isBeside?: boolean;
};

/** Media types that are meant to be the same: equal names, names that differ in their parameters alone, a range and what is in it. */
export function pairMedia({ base, head }: Pair<Content>): MediaPair[] {
  const exact = byKey({ base, head }, ({ type }) => mediaKey(type));
  const alone = {
    base: exact.flatMap((pair) => (pair.head ? [] : [pair.base!])),
    head: exact.flatMap((pair) => (pair.base ? [] : [pair.head!])),
  };
  const taken = new Set<MediaType>();
  const partner = (one: MediaType, free: Content, all: Content, is: (other: string) => boolean) =>
    free.find(({ type }) => essenceOf(type) === essenceOf(one.type)) ?? all.find(({ type }) => is(type));
  // A range that the other side spells out is said by its types.
  const isSpelt = (range: string) => alone.head.some(({ type }) => isRangeOf(range, type));
  const from = alone.base
    .filter(({ type }) => !isSpelt(type))
    .map((one) => {
      const other = partner(one, alone.head, head, (type) => isRangeOf(type, one.type));
      if (other) taken.add(other);
      return { base: one, ...(other && { head: other, isBeside: !alone.head.includes(other) }) };
    });
  const to = alone.head
    .filter((one) => !taken.has(one))
    .map((one) => {
      const other = partner(one, [], base, (type) => isRangeOf(type, one.type));
      return { ...(other && { base: other, isBeside: !alone.base.includes(other) }), head: one };
    });
  return [...exact.filter((pair) => pair.base && pair.head), ...from, ...to];
}

/** One media type on both sides, or one that comes or goes. */
export function compareMedia(
  context: Context,
  { base, head, isBeside = false }: MediaPair,
  about: MediaAbout,
): Change[] {
  const { direction, prefix, guard, isOptional } = about;
  const isCome = isBeside && isRangeOf(base!.type, head!.type);
  const type = (isCome ? head! : (base ?? head)!).type;
  const subject = about.subject(type);
  const common: Common = {
    direction,
    subject,
    base: base?.origin,
    head: head?.origin,
    ...(guard && { guard }),
  };
  const rule = prefix === "request" ? "request-body-media-type" : "response-media-type";
  if (!head) return [change({ ...common, rule: `${rule}-removed`, effect: "both", before: type })];
  if (!base) {
    const effect = prefix === "request" ? "widens" : "keeps";
    return [change({ ...common, rule: `${rule}-added`, effect, after: type })];
  }
  const texts = textsIn(context, { base, head });
  const areBytes = isBinaryBody(context, "base", base) && isBinaryBody(context, "head", head);
  const ids = { base: base.schema, head: head.schema };
  return [
    ...(isBeside ? besideRange({ base, head }, common, rule) : mediaNames({ base, head }, common, rule)),
    ...compareEncodings(context, { base, head }, common),
    ...(areBytes
      ? []
      : namedChanges(context, ids, {
          direction,
          subject,
          prefix,
          ...(texts && { texts }),
          ...(isOptional && { isOptional }),
          ...(guard && { guard }),
        })),
  ];
}

/** A media type comes or goes beside a range that took it, and takes it. */
function besideRange({ base, head }: Pair<MediaType>, common: Common, rule: string): Change[] {
  return isRangeOf(base.type, head.type)
    ? [change({ ...common, rule: `${rule}-added`, effect: "keeps", after: head.type })]
    : [change({ ...common, rule: `${rule}-removed`, effect: "keeps", before: base.type })];
}

function mediaNames({ base, head }: Pair<MediaType>, common: Common, rule: string): Change[] {
  const names = { before: base.type, after: head.type };
  if (isRangeOf(head.type, base.type))
    return [change({ ...common, rule: `${rule}-name-generalized`, effect: "widens", ...names })];
  if (isRangeOf(base.type, head.type))
    return [change({ ...common, rule: `${rule}-name-specialized`, effect: "narrows", ...names })];
  if (mediaKey(base.type) === mediaKey(head.type)) return [];
  return [change({ ...common, rule: `${rule}-name-changed`, effect: "unknown", ...names })];
}
