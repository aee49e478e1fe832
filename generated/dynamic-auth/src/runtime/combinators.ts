import { checkAt, distinct, fail, type Check, type Fault, type Faults, type Seen } from "./check.js";
import { has, isObject, membersOf } from "./json.js";

/** Every check holds. */
export function allOf(...checks: readonly Check[]): Check {
  return (value, faults, seen) => {
    let valid = true;
    for (const check of checks) {
      if (check(value, faults, seen)) continue;
      if (!faults) return false;
      valid = false;
    }
    return valid;
  };
}

/** True where a check holds: then what it looked at counts. */
function holds(check: Check, value: unknown, seen: Seen | undefined, faults?: Faults): boolean {
  if (!seen) return check(value, faults);
  const own: Seen = new Set();
  if (!check(value, faults, own)) return false;
  for (const key of own) seen.add(key);
  return true;
}

/** How many checks hold; where nobody asks what they look at, not more than `most` are looked for. */
function count(checks: readonly Check[], value: unknown, seen: Seen | undefined, most: number): number {
  let found = 0;
  for (const check of checks) {
    if (holds(check, value, seen)) found++;
    if (found >= most && !seen) break;
  }
  return found;
}

/** What each check holds against a value. */
function failures(checks: readonly Check[], value: unknown): (readonly Fault[])[] {
  return checks.map((check) => {
    const faults: Fault[] = [];
    check(value, faults);
    return distinct(faults);
  });
}

/** At least one check holds. Where none does, the faults of the nearest one are reported. */
export function anyOf(...checks: readonly Check[]): Check {
  return (value, faults, seen) =>
    count(checks, value, seen, 1) > 0 || failNearest("anyOf", checks, value, faults);
}

/** A `type` of several: the check of the value's own type holds. */
export function types(...checks: readonly Check[]): Check {
  return (value, faults, seen) => count(checks, value, seen, 1) > 0 || failTypes(checks, value, faults);
}

/** True of a fault that says the value to be of another type. */
function isOther({ keyword, keys }: Fault): boolean {
  return keyword === "type" && keys.length === 0;
}

function failTypes(checks: readonly Check[], value: unknown, faults: Faults): false {
  if (!faults) return false;
  const tried = failures(checks, value);
  const own = tried.find((each) => !each.some(isOther));
  if (own) return add(faults, own);
  const names = tried.flatMap((each) =>
    each.filter(isOther).map(({ message }) => message.slice("must be ".length)),
  );
  return fail(faults, "type", `must be ${names.join(" or ")}`);
}

function add(faults: Fault[], more: readonly Fault[]): false {
  // There may be more of them than a call takes arguments.
  for (const fault of more) faults.push(fault);
  return false;
}

/** Exactly one check holds. */
export function oneOf(...checks: readonly Check[]): Check {
  return (value, faults, seen) => {
    const found = count(checks, value, seen, faults ? Infinity : 2);
    if (found === 1) return true;
    return found > 1 ? failSeveral(found, faults) : failNearest("oneOf", checks, value, faults);
  };
}

function failSeveral(found: number, faults: Faults): false {
  return fail(faults, "oneOf", `must match one alternative, not ${found}`);
}

/** True of a fault below the value, and of what is not there. */
function isDeep({ keyword, keys }: Fault): boolean {
  return keys.length > 0 || keyword === "required";
}

/**
 * The nearest alternative is the one that only depths of the value speak against, or the only one of its type; of several, the one with fewest
 * faults. Where all of those ask for another constant at one place, any is as good.
 */
function failNearest(keyword: string, checks: readonly Check[], value: unknown, faults: Faults): false {
  if (!faults) return false;
  const ofType = failures(checks, value).filter((each) => !each.some(isOther));
  const near = ofType.length === 1 ? ofType : ofType.filter((each) => each.every(isDeep));
  const fewest = Math.min(...near.map((each) => each.length));
  const nearest = near.filter((each) => each.length === fewest);
  const [first] = nearest;
  if (!first) return fail(faults, keyword, "must match one of the alternatives");
  return add(faults, constantsOf(nearest) ?? first);
}

/** One fault for the constants that alternatives ask for at the same place; undefined where they ask for anything else. */
function constantsOf(alternatives: readonly (readonly Fault[])[]): Fault[] | undefined {
  const asked = alternatives.flatMap(([fault, ...others]) => (fault && others.length === 0 ? [fault] : []));
  const [first] = asked;
  const isAlike = ({ keyword, keys }: Fault) =>
    (keyword === "const" || keyword === "enum") && keys.join("\n") === first?.keys.join("\n");
  if (!first || asked.length < Math.max(2, alternatives.length) || !asked.every(isAlike)) return undefined;
  const values = asked.map(({ message }) => message.replace(/^must be (?:one of )?/, ""));
  return [{ ...first, keyword: "enum", message: `must be one of ${[...new Set(values)].join(", ")}` }];
}

interface DiscriminatorRules {
  readonly keyword: "oneOf" | "anyOf";
  readonly property: string;
  /** Each alternative with the values of the property that mean it; none where the document leaves that open. */
  readonly branches: readonly (readonly [values: readonly (string | number | boolean)[], check: Check])[];
  /** The place of the alternative for a value without the property, or with one that is not known. */
  readonly fallback?: number;
}

/**
 * `oneOf` or `anyOf` with a discriminator (OpenAPI 3.2.0, Discriminator Object). The alternative which the property names must hold, and
 * its issues are reported; of `oneOf`, an alternative that other values mean does not count.
 */
export function discriminated({ keyword, property, branches, fallback = -1 }: DiscriminatorRules): Check {
  const checks = branches.map(([, check]) => check);
  const texts = branches.flatMap(([values]) => values.map((value) => JSON.stringify(value)));
  const places = new Map<unknown, number>();
  branches.forEach(([values], index) => {
    for (const value of values) if (!places.has(value)) places.set(value, index);
  });
  const isOpen = (index: number) => branches[index]?.[0].length === 0;
  return (value, faults, seen) => {
    const found = isObject(value) && has(value, property) ? value[property] : undefined;
    const known = places.get(found);
    const place = known ?? (isObject(value) ? fallback : -1);
    const named = checks[place];
    if (named && !holds(named, value, seen, faults)) return false;
    if (named && keyword === "anyOf" && !seen) return true;
    // Without the property, the alternatives themselves decide: one that does not require it may hold.
    const counts = (index: number) => found === undefined || isOpen(index);
    const isAsked = (index: number) => keyword === "anyOf" || counts(index);
    const held = checks.map((each, index) => index === place || (isAsked(index) && holds(each, value, seen)));
    const matching = held.filter((each) => each).length;
    if (matching > 1 && keyword === "oneOf") return failSeveral(matching, faults);
    if (named || held.some((each, index) => each && counts(index))) return true;
    if (!isObject(value)) return failNearest(keyword, checks, value, faults);
    if (found === undefined)
      return fail(faults, "required", `must have the property ${JSON.stringify(property)}`);
    const message = `must be ${texts.length === 1 ? "" : "one of "}${texts.join(", ")}`;
    return checkAt(property, (_value, of) => fail(of, "discriminator", message), found, faults);
  };
}

/** The check does not hold. */
export function not(check: Check): Check {
  return (value, faults) =>
    !check(value, undefined) || fail(faults, "not", "must not match the schema of `not`");
}

/** `if`, `then`, `else`. What `if` looked at counts where it holds. */
export function conditional(rules: {
  readonly if: Check;
  readonly then?: Check;
  readonly else?: Check;
}): Check {
  return (value, faults, seen) => {
    const branch = holds(rules.if, value, seen) ? rules.then : rules.else;
    return branch?.(value, faults, seen) ?? true;
  };
}

/**
 * `unevaluatedProperties` and `unevaluatedItems`: what they say of the members and items that the check beside them did not look at
 * (JSON Schema Core 2020-12, section 11). Where that check fails, nobody knows what it would have looked at.
 */
export function unevaluated(
  check: Check,
  rules: { readonly properties?: Check; readonly items?: Check },
): Check {
  return (value, faults, seen) => {
    const own: Seen = new Set();
    if (!check(value, faults, own)) return false;
    const rest = Array.isArray(value) ? rules.items : isObject(value) ? rules.properties : undefined;
    let valid = true;
    for (const [key, member] of rest ? partsOf(value) : []) {
      if (rest && !own.has(key) && !checkAt(key, rest, member, faults)) valid = false;
      own.add(key);
    }
    if (seen) for (const key of own) seen.add(key);
    return valid;
  };
}

/** The members or items of a value, by the keys that they are looked at by. */
function partsOf(value: unknown): (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item] as const);
  return isObject(value) ? membersOf(value) : [];
}
