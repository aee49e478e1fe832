import type { Header, Link, Operation, Response } from "../../model/model.js";
import { jsonEquals } from "../../source/json.js";
import type { Change, Guard, Pair } from "../change.js";
import { compareMedia, pairMedia, type MediaAbout } from "./bodies.js";
import { byKey, change, usesOf, type Common, type Context } from "./comparison.js";
import { deprecation } from "./life-cycle.js";
import { schemaChanges } from "./schema-changes.js";
import { compareHeaderSerialization } from "./serialization.js";

type Responses = readonly Response[];

/** The responses of an operation: by status, ranges of them, and `default` (OpenAPI 3.1.1, Responses Object). */
export function compareResponses(context: Context, { base, head }: Pair<Operation>): Change[] {
  const both = { base: base.responses, head: head.responses };
  return byKey(both, ({ status }) => status).flatMap((pair) => compareStatus(context, pair, both));
}

function compareStatus(
  context: Context,
  { base, head }: Partial<Pair<Response>>,
  all: Pair<Responses>,
): Change[] {
  if (base && head) return compareResponse(context, { base, head }, { status: base.status, all });
  if (base) return goneStatus(context, base, all);
  return newStatus(context, head!, all);
}

/** A status that goes may be described still: by its range, or by `default`; and a range by those of its statuses that are listed. */
function goneStatus(context: Context, base: Response, all: Pair<Responses>): Change[] {
  const { status } = base;
  const cover = coverOf(status, all.head);
  const common = commonOf(context, { status, all }, { ...usesOf({ base }), ...usesOf({ head: cover }) });
  const rule = `response-${kindOf({ status, all })}-status-removed`;
  if (cover) {
    const found = change({ ...common, rule, effect: "keeps", before: status, after: cover.status });
    return [found, ...compareResponse(context, { base, head: cover }, { status, all })];
  }
  const isListed = isRange(status) && all.head.some((each) => isWithin(each.status, status));
  // Who reads the response misses it; who is sent one takes it no longer.
  const effect = isListed || context.reads.response === "request" ? "narrows" : "widens";
  return [change({ ...common, rule, effect, before: status })];
}

/** A status that comes: clients of today do not expect it, unless its range or `default` was described. */
function newStatus(context: Context, head: Response, all: Pair<Responses>): Change[] {
  const { status } = head;
  const cover = coverOf(status, all.base);
  // What successes were listed before, `default` may now be one beside them.
  const of = { status, all: { ...all, base: [] } };
  const kind = kindOf(of);
  const common = commonOf(context, of, { ...usesOf({ base: cover }), ...usesOf({ head }) });
  const rule = `response-${kind}-status-added`;
  if (cover) {
    const found = change({ ...common, rule, effect: "keeps", after: status });
    return [found, ...compareResponse(context, { base: cover, head }, { status, all })];
  }
  return [change({ ...common, rule, effect: kind === "success" ? "widens" : "keeps", after: status })];
}

/** A status, and the responses that it is one of. */
type Status = { readonly status: string; readonly all: Pair<Responses> };

function commonOf({ reads }: Context, of: Status, where: Pick<Common, "base" | "head">): Common {
  const { status } = of;
  return { direction: reads.response, subject: { kind: "response", status }, ...where, ...guardOf(of) };
}

/** Where no success is listed, `default` describes it, too. */
function kindOf({ status, all }: Status): "success" | "non-success" {
  const isListed = [...all.base, ...all.head].some((each) => isSuccess(each.status));
  return isSuccess(status) || (status === "default" && !isListed) ? "success" : "non-success";
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

function guardOf(of: Status): { readonly guard?: Guard } {
  return kindOf(of) === "success" ? {} : { guard: "non-success" };
}

function isRange(status: string): boolean {
  return status.endsWith("XX");
}

function isWithin(status: string, range: string): boolean {
  return status !== range && isRange(range) && status.startsWith(range.slice(0, 1));
}

/** What describes a status that is not listed. Beside successes that are, `default` is for what is none. */
function coverOf(status: string, responses: Responses): Response | undefined {
  if (status === "default") return undefined;
  const range = responses.find((each) => isWithin(status, each.status));
  if (range || (isSuccess(status) && responses.some((each) => isSuccess(each.status)))) return range;
  return responses.find((each) => each.status === "default");
}

function compareResponse(context: Context, { base, head }: Pair<Response>, of: Status): Change[] {
  const { status } = of;
  const media: MediaAbout = {
    direction: context.reads.response,
    prefix: "response",
    subject: (mediaType) => ({ kind: "response", status, mediaType }),
    ...guardOf(of),
  };
  const headers = byKey({ base: base.headers, head: head.headers }, ({ name }) => name.toLowerCase());
  const links = byKey({ base: base.links, head: head.links }, ({ name }) => name);
  return [
    ...pairMedia({ base: base.content, head: head.content }).flatMap((pair) =>
      compareMedia(context, pair, media),
    ),
    ...headers.flatMap((pair) => compareHeader(context, pair, of)),
    ...links.flatMap((pair) => compareLink(pair, status)),
  ];
}

/** Header Object of a response. */
function compareHeader(context: Context, { base, head }: Partial<Pair<Header>>, of: Status): Change[] {
  const { status } = of;
  const { name } = (base ?? head)!;
  const guard = guardOf(of);
  const common: Common = {
    direction: context.reads.response,
    subject: { kind: "header", status, name },
    ...usesOf({ base, head }),
    ...guard,
  };
  if (!head) {
    const rule = `${base!.required ? "required" : "optional"}-response-header-removed`;
    return [change({ ...common, rule, effect: "widens" })];
  }
  if (!base)
    return [
      change({ ...common, rule: "response-header-added", effect: head.required ? "narrows" : "keeps" }),
    ];
  const became = head.required ? "required" : "optional";
  return [
    ...(base.required === head.required
      ? []
      : [
          change({
            ...common,
            rule: `response-header-became-${became}`,
            effect: head.required ? "narrows" : "widens",
          }),
        ]),
    ...deprecation(
      { base, head },
      { ...common, direction: "none" },
      { prefix: "response-header", today: context.today },
    ),
    ...compareHeaderSerialization(context, { base, head }, common),
    ...schemaChanges(
      context,
      { base: base.schema, head: head.schema },
      {
        direction: common.direction,
        subject: common.subject,
        prefix: "response-header",
        ...([base, head].every(({ serialization }) => serialization.kind === "style") && { texts: true }),
        ...guard,
      },
    ),
  ];
}

/** Link Object: what one may do next, for those who follow it. */
function compareLink({ base, head }: Partial<Pair<Link>>, status: string): Change[] {
  const common: Common = {
    direction: "none",
    subject: { kind: "response", status },
    ...usesOf({ base, head }),
  };
  const { name } = (base ?? head)!;
  const keeps = { ...common, effect: "keeps" as const };
  if (!head) return [change({ ...keeps, rule: "response-link-removed", before: name })];
  if (!base) return [change({ ...keeps, rule: "response-link-added", after: name })];
  if (jsonEquals(base.value, head.value)) return [];
  return [change({ ...keeps, rule: "response-link-changed", before: base.value, after: head.value })];
}
