import type { ApiModel, SecurityScheme } from "../../model/model.js";
import { groupedBy, sortedKeys } from "../../model/order.js";
import { below } from "../../model/reader.js";
import { isObject, jsonEquals, own, type JsonObject, type JsonValue } from "../../source/json.js";
import type { Change, Effect, Pair, Subject } from "../change.js";
import { subjectOf } from "../rules/rule.js";
import { byKey, byKeys, change, type Common, type Context } from "./comparison.js";

/** The Security Scheme Objects: how credentials are sent, and where they are had. */
export function compareSecuritySchemes({ models, schemeNames }: Context): Change[] {
  const used = new Set(models.base.operations.flatMap(({ security }) => security.flat()));
  const schemes = { base: models.base.securitySchemes, head: models.head.securitySchemes };
  const keyOf = {
    base: ({ name }: SecurityScheme) => schemeNames.get(name) ?? name,
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
    subject: partOfApi(`security scheme \`${(head ?? base)!.name}\``),
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
      : [change({ ...at(common, field), rule, effect, before: before ?? null, after: after ?? null })];
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

function compareFlow({ base, head }: Partial<Pair<[string, JsonValue]>>, scheme: Common): Change[] {
  const [name] = (head ?? base)!;
  const place = at(scheme, "flows", name);
  if (!head) {
    const rule = "api-security-component-oauth-flow-removed";
    return [change({ ...place, head: scheme.head, rule, effect: "both", before: name })];
  }
  if (!base) {
    const rule = "api-security-component-oauth-flow-added";
    return [change({ ...place, base: scheme.base, rule, effect: "widens", after: name })];
  }
  const flow = {
    ...place,
    subject: partOfApi(`OAuth flow \`${name}\` of ${subjectOf({ subject: scheme.subject, path: "" })}`),
  };
  const both = { base: asObject(base[1]), head: asObject(head[1]) };
  const scopes = { base: objectAt(both.base, "scopes"), head: objectAt(both.head, "scopes") };
  return [
    ...ADDRESSES.flatMap((address) => addressChange(both, flow, address)),
    ...byKey({ base: Object.keys(scopes.base), head: Object.keys(scopes.head) }, (scope) => scope).flatMap(
      (scope) => compareScope(scope, flow),
    ),
  ];
}

function compareScope({ base, head }: Partial<Pair<string>>, flow: Common): Change[] {
  const place = at(flow, "scopes", (head ?? base)!);
  if (head === undefined) {
    const rule = "api-security-component-oauth-scope-removed";
    return [change({ ...place, head: flow.head, rule, effect: "unknown", before: base! })];
  }
  if (base === undefined) {
    const rule = "api-security-component-oauth-scope-added";
    return [change({ ...place, base: flow.base, rule, effect: "widens", after: head })];
  }
  return [];
}

function addressChange(
  { base, head }: Pair<JsonObject>,
  common: Common,
  [field, rule]: readonly [string, string],
): Change[] {
  const [before, after] = [own(base, field), own(head, field)];
  if (before === undefined || jsonEquals(before, after)) return [];
  const place = at(common, field);
  return [
    change({
      ...place,
      rule,
      effect: "unknown",
      before,
      after,
      ...(after === undefined && { head: common.head }),
    }),
  ];
}

function partOfApi(part: string): Subject {
  return { kind: "api", part };
}

/** The same, at a place below. */
function at(common: Common, ...tokens: readonly string[]): Common {
  const { base, head } = common;
  return { ...common, base: base && below(base, ...tokens), head: head && below(head, ...tokens) };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  return asObject(own(object, key));
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/**
 * Security schemes that one name has gone from and another has come to: all that is said of them is the same, and of no other scheme.
 *
 * @returns the new names by the old ones.
 */
export function renamedSecuritySchemes({ base, head }: Pair<ApiModel>): ReadonlyMap<string, string> {
  const names = { base: namesOf(base), head: namesOf(head) };
  const now = groupedBy(head.securitySchemes, textOfScheme);
  return new Map(
    [...groupedBy(base.securitySchemes, textOfScheme)].flatMap(([text, [one, ...alike]]) => {
      const [other, ...others] = now.get(text) ?? [];
      const isOnly = alike.length + others.length === 0;
      return other && isOnly && !names.head.has(one.name) && !names.base.has(other.name)
        ? [[one.name, other.name] as const]
        : [];
    }),
  );
}

function namesOf({ securitySchemes }: ApiModel): ReadonlySet<string> {
  return new Set(securitySchemes.map(({ name }) => name));
}

/** All that is said of a scheme. */
function textOfScheme({ definition }: SecurityScheme): string {
  return JSON.stringify(sortedKeys(definition));
}

/** A scheme as what is sent shows it: tokens of OAuth and of OpenID Connect are bearer tokens (RFC 6750). */
export function sentFor(definition: JsonObject): JsonObject {
  const type = textOf(own(definition, "type"));
  const isBearer = type === "http" && textOf(own(definition, "scheme")).toLowerCase() === "bearer";
  return isBearer || type === "oauth2" || type === "openIdConnect" ? { type: "bearer" } : definition;
}
