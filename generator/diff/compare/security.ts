import type { ApiModel, Operation, SecurityRequirements } from "../../model/model.js";
import { jsonEquals, objectOf, type JsonObject } from "../../source/json.js";
import type { Change, Effect, Pair } from "../change.js";
import { NO_CREDENTIALS } from "../rules/security.js";
import { byKeys, change, type Common, type Context } from "./comparison.js";
import { sentFor } from "./security-schemes.js";

type Alternative = ReadonlyMap<string, readonly string[]>;

const NONE: Alternative = new Map();

/**
 * The ways to be let in (OpenAPI 3.1.1, Security Requirement Object): alternatives, of which one that goes refuses those who used it;
 * the schemes and scopes of one are needed together, so more of them refuse those who have fewer. What the client receives comes with
 * them: one that comes is refused by who checks the others.
 */
export function compareSecurity(
  { models, reads, schemeNames }: Context,
  { base, head }: Pair<Operation>,
): Change[] {
  const [old, now] = [alternativesOf(base).map((each) => renamed(each, schemeNames)), alternativesOf(head)];
  const common: Common = {
    direction: reads.request,
    subject: { kind: "operation" },
    base: base.requirements.origin,
    head: head.requirements.origin,
  };
  // What the document says for all of its operations is one finding.
  const areGlobal = isGlobal(base.requirements) && isGlobal(head.requirements);
  const oldNames = new Map([...schemeNames].map(([before, after]) => [after, before]));
  const at: At = { common, prefix: areGlobal ? "api-global-security" : "api-security", models, oldNames };
  // What stands on both sides, wherever, needs no other.
  const changed = { base: withoutThose(now, old), head: withoutThose(old, now) };
  const keyOf = { base: numbered(changed.base), head: numbered(changed.head) };
  return byKeys(changed, keyOf).flatMap((pair) => compareAlternative(pair, { base: old, head: now }, at));
}

/** An alternative by what its schemes are called on the other side. */
function renamed(alternative: Alternative, names: ReadonlyMap<string, string>): Alternative {
  if (names.size === 0) return alternative;
  return new Map([...alternative].map(([name, scopes]) => [names.get(name) ?? name, scopes]));
}

/** Those of `all` that are not among the others. */
function withoutThose(others: readonly Alternative[], all: readonly Alternative[]): readonly Alternative[] {
  return all.filter((each) => !others.some((other) => isWithin(each, other) && isWithin(other, each)));
}

/** The schemes of an alternative, and which it is of those with the same ones. */
function numbered(all: readonly Alternative[]): (each: Alternative) => string {
  return (each) => {
    const alike = all.filter((other) => schemesOf(other) === schemesOf(each));
    return `${schemesOf(each)} ${alike.indexOf(each)}`;
  };
}

type At = {
  readonly common: Common;
  readonly prefix: string;
  readonly models: Context["models"];
  /** What the base calls schemes that have another name now: alternatives are compared by that. */
  readonly oldNames: ReadonlyMap<string, string>;
};

/** What the document says for all of its operations is about those that it takes, and not about what it sends. */
function alternativesOf({ requirements, received }: Operation): readonly Alternative[] {
  const { alternatives } = requirements;
  const isOwn = !received || !isGlobal(requirements);
  return isOwn && alternatives.length > 0 ? alternatives : [NONE];
}

function isGlobal({ origin }: SecurityRequirements): boolean {
  return origin.pointer === "/security";
}

/** How an alternative is shown: `oauth + key` */
export function schemesOf(alternative: Alternative): string {
  return [...alternative.keys()].join(" + ") || NO_CREDENTIALS;
}

/** How it is shown where its scopes count: `oauth: read, write` */
export function scopesOf(alternative: Alternative): string {
  const schemes = [...alternative].map(([name, scopes]) =>
    scopes.length === 0 ? name : `${name}: ${scopes.join(", ")}`,
  );
  return schemes.join(" + ") || NO_CREDENTIALS;
}

function compareAlternative(
  { base, head }: Partial<Pair<Alternative>>,
  all: Pair<readonly Alternative[]>,
  at: At,
): Change[] {
  const { common, prefix } = at;
  if (base && head) return compareScopes({ base, head }, all, at);
  const isSent = common.direction === "response";
  if (base) {
    const effect = isSent ? "narrows" : effectOf(base, "base", all, at);
    const shown = shownBeside(base, all.head);
    return [
      change({
        ...common,
        rule: `${prefix}-removed`,
        effect,
        before: shown(renamed(base, at.oldNames)),
        after: all.head.map(shown),
      }),
    ];
  }
  const stays = (old: Alternative, now: Alternative) => (isSent ? isWithin(old, now) : isWithin(now, old));
  const isFurther = all.base.some((old) => all.head.some((now) => stays(old, now)));
  return [
    change({
      ...common,
      rule: `${prefix}-added`,
      effect: isSent ? effectOf(head!, "head", all, at) : "widens",
      after: shownBeside(head!, all.base)(head!),
      ...(isFurther && { isFurther }),
    }),
  ];
}

/** How an alternative is called beside those of the other side: where the schemes are the same, it is their scopes that tell them apart. */
function shownBeside(one: Alternative, others: readonly Alternative[]): (shown: Alternative) => string {
  return others.some((each) => schemesOf(each) === schemesOf(one)) ? scopesOf : schemesOf;
}

/**
 * What it does that credentials are those of an alternative which one side alone has. A scheme that is the same but for its name may take the
 * same credentials: no document says whether it does.
 */
function effectOf(
  alone: Alternative,
  side: keyof Pair<unknown>,
  all: Pair<readonly Alternative[]>,
  { models, oldNames }: At,
): Effect {
  const other = side === "base" ? "head" : "base";
  if (all[other].some((each) => isWithin(each, alone))) return "keeps";
  const sentOn = (each: keyof Pair<unknown>, name: string) =>
    sentFor(definitionOf(each === "base" ? (oldNames.get(name) ?? name) : name, models[each]));
  const known = [...alone.keys()].map((name) => sentOn(side, name));
  const isKnown = (name: string) => known.some((each) => jsonEquals(each, sentOn(other, name)));
  const isAlike = (each: Alternative) => [...each.keys()].every(isKnown) && !sharesScheme(each, alone);
  if (all[other].some(isAlike)) return "unknown";
  return side === "base" ? "narrows" : "widens";
}

/** Where a scheme stays under its name, it is its scopes that have changed, or another scheme beside it. */
function sharesScheme(one: Alternative, other: Alternative): boolean {
  return [...one.keys()].some((name) => other.has(name));
}

/** What a scheme says to others than people. */
function definitionOf(name: string, { securitySchemes }: ApiModel): JsonObject {
  const definition = securitySchemes.find((each) => each.name === name)?.definition ?? {};
  return objectOf(Object.entries(definition).filter(([key]) => key !== "description"));
}

/** True where whoever has what `most` needs has what `least` needs. */
function isWithin(least: Alternative, most: Alternative): boolean {
  return [...least].every(([scheme, scopes]) => {
    const given = most.get(scheme);
    return given !== undefined && scopes.every((scope) => given.includes(scope));
  });
}

function compareScopes(
  { base, head }: Pair<Alternative>,
  all: Pair<readonly Alternative[]>,
  { common, prefix, oldNames }: At,
): Change[] {
  const isLetIn = all.head.some((other) => isWithin(other, base));
  const isSufficient = common.direction === "response" && all.base.some((other) => isWithin(other, head));
  return [...base].flatMap(([scheme, scopes]) => {
    const now = head.get(scheme)!;
    const about = (scope: string) => `${scheme}: ${scope}`;
    return [
      ...now
        .filter((scope) => !scopes.includes(scope))
        .map((scope) =>
          change({
            ...common,
            rule: `${prefix}-scope-added`,
            effect: isLetIn ? "keeps" : "narrows",
            after: about(scope),
          }),
        ),
      ...scopes
        .filter((scope) => !now.includes(scope))
        .map((scope) =>
          change({
            ...common,
            rule: `${prefix}-scope-removed`,
            effect: isSufficient ? "keeps" : "widens",
            before: `${oldNames.get(scheme) ?? scheme}: ${scope}`,
          }),
        ),
    ];
  });
}
