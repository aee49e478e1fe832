import type { ApiModel, Operation, SecurityRequirements, SecurityScheme } from "../../model/model.js";
import { below } from "../../model/reader.js";
import { isObject, jsonEquals, objectOf, own, type JsonObject, type JsonValue } from "../../source/json.js";
import type { Change, Effect, Pair } from "../change.js";
import { NO_CREDENTIALS } from "../rules/security.js";
import { byKey, byKeys, change, type Common, type Context } from "./comparison.js";

type Alternative = ReadonlyMap<string, readonly string[]>;

const NONE: Alternative = new Map();

/**
 * The ways to be let in (OpenAPI 3.1.1, Security Requirement Object): alternatives, of which one that goes refuses those who used it;
 * the schemes and scopes of one are needed together, so more of them refuse those who have fewer. What the client receives comes with
 * them: one that comes is refused by who checks the others.
 */
export function compareSecurity({ models, reads }: Context, { base, head }: Pair<Operation>): Change[] {
  const [old, now] = [renamed(alternativesOf(base), models), alternativesOf(head)];
  const common: Common = {
    direction: reads.request,
    subject: { kind: "operation" },
    base: base.requirements.origin,
    head: head.requirements.origin,
  };
  // What the document says for all of its operations is one finding.
  const areGlobal = isGlobal(base.requirements) && isGlobal(head.requirements);
  const at: At = { common, prefix: areGlobal ? "api-global-security" : "api-security", models };
  // What stands on both sides, wherever, needs no other.
  const changed = { base: withoutThose(now, old), head: withoutThose(old, now) };
  const keyOf = { base: numbered(changed.base), head: numbered(changed.head) };
  return byKeys(changed, keyOf).flatMap((pair) => compareAlternative(pair, { base: old, head: now }, at));
}

/** Alternatives of the base, by what their schemes are called in the head. */
function renamed(alternatives: readonly Alternative[], models: Context["models"]): readonly Alternative[] {
  const names = renamedSecuritySchemes(models);
  return names.size === 0
    ? alternatives
    : alternatives.map(
        (each) => new Map([...each].map(([name, scopes]) => [names.get(name) ?? name, scopes])),
      );
}

/**
 * Security schemes that one name has gone from and another has come to: all that is said of them is the same, and of no other scheme.
 *
 * @returns the new names by the old ones.
 */
export function renamedSecuritySchemes({ base, head }: Pair<ApiModel>): ReadonlyMap<string, string> {
  const gone = unlike(base.securitySchemes, head.securitySchemes);
  const come = unlike(head.securitySchemes, base.securitySchemes);
  return new Map(
    gone.flatMap((old) => {
      const [now, ...others] = sayingTheSame(old, come);
      const isOnly = others.length === 0 && sayingTheSame(old, gone).length === 1;
      return now && isOnly ? [[old.name, now.name] as const] : [];
    }),
  );
}

/** The schemes of which all is said that is said of one. */
function sayingTheSame({ definition }: SecurityScheme, schemes: readonly SecurityScheme[]): SecurityScheme[] {
  return schemes.filter((each) => jsonEquals(each.definition, definition));
}

/** The schemes whose names none of the others has. */
function unlike(schemes: readonly SecurityScheme[], others: readonly SecurityScheme[]): SecurityScheme[] {
  return schemes.filter(({ name }) => !others.some((each) => each.name === name));
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

type At = { readonly common: Common; readonly prefix: string; readonly models: Context["models"] };

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
    // Where the schemes are the same, it is their scopes that tell them apart.
    const isAlike = all.head.some((each) => schemesOf(each) === schemesOf(base));
    const shown = isAlike ? scopesOf : schemesOf;
    const after = all.head.map(shown);
    return [change({ ...common, rule: `${prefix}-removed`, effect, before: shown(base), after })];
  }
  const stays = (old: Alternative, now: Alternative) => (isSent ? isWithin(old, now) : isWithin(now, old));
  const isFurther = all.base.some((old) => all.head.some((now) => stays(old, now)));
  return [
    change({
      ...common,
      rule: `${prefix}-added`,
      effect: isSent ? effectOf(head!, "head", all, at) : "widens",
      after: schemesOf(head!),
      ...(isFurther && { isFurther }),
    }),
  ];
}

/**
 * What it does that credentials are those of an alternative which one side alone has. A scheme that is the same but for its name may take the
 * same credentials: no document says whether it does.
 */
function effectOf(
  alone: Alternative,
  side: keyof Pair<unknown>,
  all: Pair<readonly Alternative[]>,
  { models }: At,
): Effect {
  const other = side === "base" ? "head" : "base";
  if (all[other].some((each) => isWithin(each, alone))) return "keeps";
  const known = [...alone.keys()].map((name) => sentFor(definitionOf(name, models[side])));
  const isKnown = (name: string) =>
    known.some((each) => jsonEquals(each, sentFor(definitionOf(name, models[other]))));
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

/** A scheme as what is sent shows it: tokens of OAuth and of OpenID Connect are bearer tokens (RFC 6750). */
function sentFor(definition: JsonObject): JsonObject {
  const type = textOf(own(definition, "type"));
  const isBearer = type === "http" && textOf(own(definition, "scheme")).toLowerCase() === "bearer";
  return isBearer || type === "oauth2" || type === "openIdConnect" ? { type: "bearer" } : definition;
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
  { common, prefix }: At,
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
            before: about(scope),
          }),
        ),
    ];
  });
}

/** The Security Scheme Objects: how credentials are sent, and where they are had. */
export function compareSecuritySchemes({ models }: Context): Change[] {
  const used = new Set(models.base.operations.flatMap(({ security }) => security.flat()));
  const schemes = { base: models.base.securitySchemes, head: models.head.securitySchemes };
  const names = renamedSecuritySchemes(models);
  const keyOf = {
    base: ({ name }: SecurityScheme) => names.get(name) ?? name,
    head: ({ name }: SecurityScheme) => name,
  };
  return byKeys(schemes, keyOf).flatMap((pair) => {
    const found = compareScheme(pair);
    // Nobody is refused for a scheme that no operation asks for.
    return used.has((pair.base ?? pair.head)!.name) ? found : found.map((each) => ({ ...each, ...HARMLESS }));
  });
}

const HARMLESS = { effect: "keeps" } as const;

function compareScheme({ base, head }: Partial<Pair<SecurityScheme>>): Change[] {
  const common: Common = {
    direction: "request",
    subject: { kind: "api" },
    base: base?.origin,
    head: head?.origin,
  };
  const kept = { ...common, effect: "keeps" as const };
  // Operations that need it and can no longer say so have changed their requirements.
  if (!head) return [change({ ...kept, rule: "api-security-component-removed", before: base!.name })];
  if (!base) return [change({ ...kept, rule: "api-security-component-added", after: head.name })];
  if (base.name !== head.name) {
    const names = { before: base.name, after: head.name };
    return [change({ ...kept, direction: "none", rule: "api-security-component-renamed", ...names })];
  }
  const both = { base: base.definition, head: head.definition };
  // One of another type has other fields, and may be sent in the same way.
  const isOther = own(both.base, "type") !== own(both.head, "type");
  const isAlike = isOther && jsonEquals(sentFor(both.base), sentFor(both.head));
  const effect: Effect = isAlike ? "unknown" : "both";
  const fields = (isOther ? SENT.slice(0, 1) : SENT).flatMap(([field, rule]) => {
    const [before, after] = [own(both.base, field), own(both.head, field)];
    return isSameText(field, both)
      ? []
      : [
          change({
            ...common,
            rule,
            effect,
            before: before ?? null,
            after: after ?? null,
            base: below(base.origin, field),
            head: below(head.origin, field),
          }),
        ];
  });
  return [...fields, ...(isOther ? [] : compareFlows(both, common))];
}

/** What decides how credentials are sent. */
const SENT = [
  ["type", "api-security-component-type-changed"],
  ["in", "api-security-component-place-changed"],
  ["name", "api-security-component-name-changed"],
  ["scheme", "api-security-component-scheme-changed"],
] as const;

/** Schemes of HTTP and names of headers are compared without case (RFC 9110, sections 11.1 and 5.1). */
function isSameText(field: string, { base, head }: Pair<JsonObject>): boolean {
  const [before, after] = [own(base, field), own(head, field)];
  const areHeaders = [base, head].every((each) => own(each, "in") === "header");
  const isCaseless = field === "scheme" || (field === "name" && areHeaders);
  return before === after || (isCaseless && textOf(before).toLowerCase() === textOf(after).toLowerCase());
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

const ADDRESSES = [
  ["authorizationUrl", "api-security-component-oauth-url-changed"],
  ["tokenUrl", "api-security-component-oauth-token-url-changed"],
  ["refreshUrl", "api-security-component-oauth-refresh-url-changed"],
  ["deviceAuthorizationUrl", "api-security-component-oauth-device-url-changed"],
] as const;

/** OAuth Flows Object: an old address may serve still, so a new one is a warning. */
function compareFlows({ base, head }: Pair<JsonObject>, common: Common): Change[] {
  const connect = addressChange({ base, head }, common, [
    "openIdConnectUrl",
    "api-security-component-open-id-url-changed",
  ]);
  const flows = {
    base: Object.entries(objectAt(base, "flows")),
    head: Object.entries(objectAt(head, "flows")),
  };
  const pairs = byKey(flows, ([name]) => name);
  return [...connect, ...pairs.flatMap((pair) => compareFlow(pair, common))];
}

function compareFlow({ base, head }: Partial<Pair<[string, JsonValue]>>, common: Common): Change[] {
  if (!head)
    return [
      change({
        ...common,
        rule: "api-security-component-oauth-flow-removed",
        effect: "both",
        before: base![0],
      }),
    ];
  if (!base)
    return [
      change({
        ...common,
        rule: "api-security-component-oauth-flow-added",
        effect: "widens",
        after: head[0],
      }),
    ];
  const both = { base: asObject(base[1]), head: asObject(head[1]) };
  const scopes = {
    base: Object.keys(objectAt(both.base, "scopes")),
    head: Object.keys(objectAt(both.head, "scopes")),
  };
  return [
    ...ADDRESSES.flatMap((address) => addressChange(both, common, address)),
    ...scopes.base
      .filter((scope) => !scopes.head.includes(scope))
      .map((before) =>
        change({ ...common, rule: "api-security-component-oauth-scope-removed", effect: "unknown", before }),
      ),
    ...scopes.head
      .filter((scope) => !scopes.base.includes(scope))
      .map((after) =>
        change({ ...common, rule: "api-security-component-oauth-scope-added", effect: "widens", after }),
      ),
  ];
}

function addressChange(
  { base, head }: Pair<JsonObject>,
  common: Common,
  [field, rule]: readonly [string, string],
): Change[] {
  const [before, after] = [own(base, field), own(head, field)];
  if (before === undefined || jsonEquals(before, after)) return [];
  return [change({ ...common, rule, effect: "unknown", before, after: after ?? null })];
}

function objectAt(object: JsonObject, key: string): JsonObject {
  return asObject(own(object, key));
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
