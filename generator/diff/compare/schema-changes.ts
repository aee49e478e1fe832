import type { Schema, SchemaId } from "../../model/schema.js";
import type { Change, ChangeDirection, Guard, Pair, SchemaChange, Subject } from "../change.js";
import { guardOfRemoval } from "./life-cycle.js";
import { compareAnnotations } from "./annotations.js";
import type { Context } from "./comparison.js";
import type { Texts } from "./text-bodies.js";

/** Which value a schema speaks of. */
export type About = {
  readonly direction: ChangeDirection;
  readonly subject: Subject;
  /** How the ids of its rules begin: `request`, `response`, or with the place: `request-parameter`, `response-header`. */
  readonly prefix: string;
  readonly guard?: Guard;
  /** What of it is sent as its text: there a number is one of the texts that `type: string` takes. */
  readonly texts?: Texts;
  /** That it may be left out. */
  readonly isOptional?: boolean;
};

/** The changes of the schema of one value. */
export function schemaChanges(context: Context, { base, head }: Pair<Schema>, about: About): Change[] {
  const annotations = compareAnnotations(context, { base, head }, about);
  const found = changesOf(context, { base: [base], head: [head] }, about);
  return [...found, ...annotations].map((each) => judged(context, each, about));
}

/** The same of bodies; one without a schema is of any kind. */
export function namedChanges(context: Context, ids: Pair<SchemaId | undefined>, about: About): Change[] {
  const schema = (side: keyof Pair<unknown>): Schema => {
    const named = context.models[side].schemas.get(ids[side] ?? "");
    return named?.schema ?? ANY;
  };
  if (ids.base === undefined && ids.head === undefined) return [];
  return schemaChanges(context, { base: schema("base"), head: schema("head") }, about);
}

const ANY: Schema = { kind: "any", origin: { source: "", pointer: "" }, examples: [] };

function changesOf(
  { schemas }: Context,
  both: Pair<readonly [Schema]>,
  { texts }: Pick<About, "texts">,
): SchemaChange[] {
  if (texts === undefined) return schemas.changes(both);
  const found = schemas.textChanges(both);
  if (texts === true) return found;
  return [
    ...found.filter(({ path }) => texts(path)),
    ...schemas
      .changes(both)
      .flatMap((each) => (texts(each.path) ? [] : [{ ...each, isJson: true as const }])),
  ];
}

function judged({ today }: Context, found: SchemaChange, about: About): Change {
  const { change: name, mortal, atMost: _atMost, ...rest } = asRead(found, about);
  const { direction, subject, guard } = about;
  const gone = mortal && name.endsWith("property-removed") ? guardOfRemoval(mortal, today) : undefined;
  const milder = gone ?? rest.guard ?? guard ?? guardOfReading(name, direction);
  const rule = ruleIdOf(about.prefix, name, rest.path);
  return { ...rest, rule, direction, subject, ...(milder && { guard: milder }) };
}

/** Clients pass over properties that they do not know, also where their schema forbids them, and get along without those that were optional. */
function guardOfReading(name: string, direction: ChangeDirection): Guard | undefined {
  if (direction !== "response") return undefined;
  if (name.endsWith("property-added")) return "addition";
  return name === "optional-property-removed" ? "optional" : undefined;
}

/**
 * What does nothing but good, if anything, is no harm. A property that is no longer described: where the object is open, a server may take
 * it still, or not; whoever reads it misses it, also where the object is closed; and so what responses leave out now.
 */
function asRead(found: SchemaChange, { direction }: About): SchemaChange {
  const isMissed = direction === "response" && found.change === "became-write-only";
  if (found.atMost === (direction === "request" ? "widens" : "narrows") && !isMissed)
    return { ...found, effect: found.atMost };
  if (!found.change.endsWith("property-removed")) return found;
  if (direction === "request") return found.effect === "widens" ? { ...found, effect: "unknown" } : found;
  return found.effect === "narrows" ? { ...found, effect: "both" } : found;
}

/** `request-property-min-length-increased`; of the body itself `request-body-…`. */
function ruleIdOf(prefix: string, name: string, path: string): string {
  const isWhole = path === "";
  if (/parameter$|header$/.test(prefix)) return idOf(isWhole ? prefix : `${prefix}-property`, name);
  return idOf(`${prefix}-${isWhole ? "body" : "property"}`, name);
}

/** Ids that oasdiff has keep its words. */
function idOf(place: string, name: string): string {
  const isRequest = place.startsWith("request");
  switch (name) {
    case "required-property-added":
      return isRequest ? "new-required-request-property" : "response-required-property-added";
    case "optional-property-added":
      return isRequest ? "new-optional-request-property" : "response-optional-property-added";
    case "required-property-removed":
    case "optional-property-removed":
      return isRequest ? "request-property-removed" : `response-${name}`;
    default:
      return `${place}-${name}`;
  }
}
