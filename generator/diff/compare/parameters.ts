import type { Operation, Parameter } from "../../model/model.js";
import { writesEmpty } from "../../model/sent.js";
import type { Change, Pair, Subject } from "../change.js";
import { commonOf, deprecation, guardOfRemoval, sunsets } from "./life-cycle.js";
import { byKeys, change, usesOf, type Common, type Context } from "./comparison.js";
import { schemaChanges, type About } from "./schema-changes.js";
import { compareSerialization } from "./serialization.js";

/** The parameters of an operation, wherever the document declares them: those of its path are its own. */
export function compareParameters(context: Context, { base, head }: Pair<Operation>): Change[] {
  const keyOf = { base: parameterKeys(base, head), head: parameterKeys(head, base) };
  const pairs = byKeys({ base: base.parameters, head: head.parameters }, keyOf);
  const paths = { before: base.path, after: head.path };
  return atComponents(joinMoved(pairs)).flatMap((pair) => compareParameter(context, pair, paths));
}

type Path = Pick<Operation, "path">;

/**
 * What a parameter is on the wire: in a path, which place it has; else its name. A name that the path does not hold counts as it is, and
 * so do those that the path of the other side holds in another order.
 */
export function parameterKeys({ path }: Path, other: Path): (parameter: Parameter) => string {
  const names = namesIn(path);
  const areMoved = isReordered(names, namesIn(other.path));
  return ({ location, name }) => {
    if (location !== "path") return `${location} ${location === "header" ? name.toLowerCase() : name}`;
    const place = areMoved ? -1 : names.indexOf(name);
    return `path ${place === -1 ? name : place}`;
  };
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}

function isReordered(names: readonly string[], others: readonly string[]): boolean {
  return (
    names.length === others.length &&
    names.every((name) => others.includes(name)) &&
    names.some((name, index) => name !== others[index])
  );
}

/** A parameter that goes at one location and comes at another under its name has moved. */
function joinMoved(pairs: readonly Partial<Pair<Parameter>>[]): Partial<Pair<Parameter>>[] {
  const come = pairs.flatMap(({ base, head }) => (!base && head ? [head] : []));
  const taken = new Set<Parameter>();
  const joined = pairs.map((pair) => {
    const { base, head } = pair;
    const other = base && !head && come.find((each) => hasMoved(base, each) && !taken.has(each));
    if (!other) return pair;
    taken.add(other);
    return { ...pair, head: other };
  });
  return joined.filter(({ base, head }) => base !== undefined || !taken.has(head!));
}

/**
 * A parameter that goes where another comes at the same place, to which both sides refer, is changed there: its name is, and no reference. So it
 * stands there, for all operations at once.
 */
function atComponents(pairs: readonly Partial<Pair<Parameter>>[]): Partial<Pair<Parameter>>[] {
  const placesOf = (side: keyof Pair<unknown>) =>
    new Set(
      pairs.flatMap((pair) => (isAlone(pair) && pair[side]?.reference ? [pair[side].origin.pointer] : [])),
    );
  const places = { base: placesOf("base"), head: placesOf("head") };
  return pairs.map((pair) => {
    const { base, head } = pair;
    const { pointer } = (base ?? head)!.origin;
    const isShared = isAlone(pair) && places.base.has(pointer) && places.head.has(pointer);
    return isShared ? { ...(base && { base: itself(base) }), ...(head && { head: itself(head) }) } : pair;
  });
}

function isAlone({ base, head }: Partial<Pair<Parameter>>): boolean {
  return !base || !head;
}

/** A parameter where it stands, not where it is referred to. */
function itself({ reference: _reference, ...parameter }: Parameter): Parameter {
  return parameter;
}

/** Names are case sensitive but for those of headers (OpenAPI 3.1.1, Parameter Object, `name`). */
function hasMoved(from: Parameter, to: Parameter): boolean {
  if (from.location === to.location) return false;
  const isHeader = from.location === "header" || to.location === "header";
  return from.name === to.name || (isHeader && from.name.toLowerCase() === to.name.toLowerCase());
}

/** The paths that a parameter stands in. */
type Paths = { readonly before: string; readonly after: string };

function compareParameter(
  context: Context,
  { base, head }: Partial<Pair<Parameter>>,
  paths: Paths,
): Change[] {
  const { location, name } = (base ?? head)!;
  const subject: Subject = { kind: "parameter", location, name };
  const common: Common = {
    direction: context.reads.request,
    subject,
    ...usesOf({ base, head }),
  };
  if (!head) return [removed(context, base!, common)];
  if (!base) return [added(head, common)];
  return [...reordered({ base, head }, paths, common), ...both(context, { base, head }, common)];
}

/** Nothing says that a server takes what it does not describe, nor that it refuses it; a client misses what it was always sent. */
function removed({ today }: Context, base: Parameter, common: Common): Change {
  const guard = guardOfRemoval(base, today);
  if (base.deprecated && guard === undefined)
    return change({ ...common, rule: "request-parameter-removed-before-sunset", effect: "narrows" });
  if (guard)
    return change({
      ...common,
      rule: "request-parameter-removed-with-deprecation",
      effect: "unknown",
      guard,
    });
  const effect = common.direction === "response" && base.required ? "widens" : "unknown";
  return change({ ...common, rule: "request-parameter-removed", effect });
}

/** A default does not make a required parameter one that may be absent (OpenAPI 3.1.1, Parameter Object, `required`). */
function added(head: Parameter, common: Common): Change {
  const hasDefault = head.schema.default !== undefined;
  const rule = `new-${head.required ? "required" : "optional"}-request-${hasDefault ? "default-parameter-to-existing-path" : "parameter"}`;
  return change({ ...common, rule, effect: head.required ? "narrows" : "keeps" });
}

function both(context: Context, { base, head }: Pair<Parameter>, common: Common): Change[] {
  const pair = { base, head };
  const silent = commonOf(pair, common.subject);
  const about: About = {
    direction: common.direction,
    subject: common.subject,
    prefix: "request-parameter",
    ...(isText(base) && isText(head) && { texts: true as const }),
    isOptional: !base.required,
  };
  return [
    ...moved(pair, common),
    ...renamed(pair, common),
    ...becameRequired(pair, common, "request-parameter"),
    ...(base.location === head.location ? compareSerialization(context, pair, common) : []),
    ...deprecation(pair, silent, { prefix: "request-parameter", today: context.today }),
    ...sunsets(pair, silent, {
      deleted: "request-parameter-sunset-deleted",
      earlier: "request-parameter-sunset-date-changed-too-small",
    }),
    ...schemaChanges(context, { base: base.schema, head: head.schema }, about).map((found) =>
      about.texts && isOfNothing(found, pair) ? { ...found, effect: "keeps" as const } : found,
    ),
  ];
}

/**
 * True for a change of what no request carries. No style writes null into a path, nor an empty text: what is sent in its place is for another
 * path; and of a list or an object without parts, most styles write nothing at all.
 */
function isOfNothing({ rule, before, after }: Change, { base, head }: Pair<Parameter>): boolean {
  const [, name = ""] =
    /^request-parameter-(min-(?:length|items|properties)|became-(?:not-)?nullable)/.exec(rule) ?? [];
  const isOfPath = head.location === "path";
  if (name.endsWith("nullable")) return isOfPath;
  if (name === "" || ![before ?? 0, after ?? 0].every((each) => Number(each) <= 1)) return false;
  return name === "min-length" ? isOfPath : ![base, head].some(writesEmpty);
}

/** Who calls by the names compiles still, and sends the one in place of the other. */
function reordered({ base, head }: Pair<Parameter>, { before, after }: Paths, common: Common): Change[] {
  if (base.location !== "path" || base.name !== head.name) return [];
  const [old, now] = [namesIn(before), namesIn(after)];
  if (!isReordered(old, now) || old.indexOf(base.name) === now.indexOf(base.name)) return [];
  return [change({ ...common, rule: "request-path-parameter-moved", effect: "both", before, after })];
}

/** Old callers send it where nobody looks: that matters where it is looked for. */
function moved({ base, head }: Pair<Parameter>, common: Common): Change[] {
  if (base.location === head.location) return [];
  const rule = "request-parameter-location-changed";
  const effect = head.required ? "both" : "unknown";
  return [change({ ...common, rule, effect, before: base.location, after: head.location })];
}

function renamed({ base, head }: Pair<Parameter>, common: Common): Change[] {
  if (base.name === head.name || head.location !== "path") return [];
  const names = { before: base.name, after: head.name };
  return [change({ ...common, rule: "request-path-parameter-renamed", effect: "keeps", ...names })];
}

export function becameRequired(
  { base, head }: Pair<{ readonly required: boolean }>,
  common: Common,
  prefix: string,
): Change[] {
  if (base.required === head.required) return [];
  return [
    head.required
      ? change({ ...common, rule: `${prefix}-became-required`, effect: "narrows" })
      : change({ ...common, rule: `${prefix}-became-optional`, effect: "widens" }),
  ];
}

/** True where a value is sent as its text, which a number and a boolean are as well. */
function isText({ serialization }: Parameter): boolean {
  return serialization.kind === "style";
}
