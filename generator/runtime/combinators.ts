import {
  attempt,
  fail,
  has,
  isObject,
  keysOf,
  membersOf,
  type Check,
  type Issue,
  type Path,
  type Seen,
} from "./check.js";

/** Every check holds. */
export function allOf(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) =>
    checks.map((check) => check(value, path, issues, seen)).every((valid) => valid);
}

/** What a check holds against a value, and what it looked at. */
interface Attempt {
  readonly issues: Issue[];
  readonly seen: Seen | undefined;
}

/** A check with a record of its own: what it looked at counts only where it holds. */
function tryCheck(check: Check, value: unknown, path: Path, seen: Seen | undefined): Attempt {
  const own = seen && new Set<string | number>();
  return { issues: attempt(check, value, path, own), seen: own };
}

function tryAll(checks: readonly Check[], value: unknown, path: Path, seen: Seen | undefined): Attempt[] {
  return checks.map((check) => tryCheck(check, value, path, seen));
}

/** The attempts that hold; what they looked at counts. */
function holding(all: readonly Attempt[], seen: Seen | undefined): readonly Attempt[] {
  const found = all.filter(({ issues }) => issues.length === 0);
  if (seen) for (const each of found) for (const key of each.seen ?? []) seen.add(key);
  return found;
}

/** At least one check holds. Where none does, the issues of the nearest one are reported. */
export function anyOf(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) => {
    const tried = tryAll(checks, value, path, seen);
    return holding(tried, seen).length > 0 || failNearest(tried, "anyOf", path, issues);
  };
}

/** A `type` of several: the check of the value's own type holds. */
export function types(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) => {
    const tried = tryAll(checks, value, path, seen);
    if (holding(tried, seen).length > 0) return true;
    const depth = keysOf(path).length;
    const isOther = (issue: Issue) => issue.keyword === "type" && issue.path.length === depth;
    const own = tried.find((each) => !each.issues.some(isOther));
    const names = tried.flatMap((each) =>
      each.issues.filter(isOther).map(({ message }) => message.slice("must be ".length)),
    );
    if (!own) return fail(issues, path, "type", `must be ${names.join(" or ")}`);
    issues.push(...own.issues);
    return false;
  };
}

/** Exactly one check holds. */
export function oneOf(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) => {
    const tried = tryAll(checks, value, path, seen);
    const { length: count } = holding(tried, seen);
    if (count === 1) return true;
    if (count > 1) return failSeveral(count, path, issues);
    return failNearest(tried, "oneOf", path, issues);
  };
}

function failSeveral(count: number, path: Path, issues: Issue[]): false {
  return fail(issues, path, "oneOf", `must match one alternative, not ${count}`);
}

/** The nearest alternative is the one that only depths of the value speak against; of several, the one with fewest issues. */
function failNearest(tried: readonly Attempt[], keyword: string, path: Path, issues: Issue[]): false {
  const depth = keysOf(path).length;
  const deep = tried.filter((each) =>
    each.issues.every((issue) => issue.path.length > depth || issue.keyword === "required"),
  );
  const fewest = Math.min(...deep.map((each) => each.issues.length));
  const nearest = deep.find((each) => each.issues.length === fewest);
  if (!nearest) return fail(issues, path, keyword, "must match one of the alternatives");
  issues.push(...nearest.issues);
  return false;
}

interface DiscriminatorRules {
  readonly keyword: "oneOf" | "anyOf";
  readonly property: string;
  /** Each alternative with the values of the property that mean it; none where the document leaves that open. */
  readonly branches: readonly (readonly [values: readonly string[], check: Check])[];
  /** The place of the alternative for a value without the property, or with one that is not known. */
  readonly fallback?: number;
}

/**
 * `oneOf` or `anyOf` with a discriminator (OpenAPI 3.2.0, Discriminator Object). It changes no verdict of the union but that the
 * alternative which the property names must hold; and that one's issues are reported.
 */
export function discriminated({ keyword, property, branches, fallback = -1 }: DiscriminatorRules): Check {
  const checks = branches.map(([, check]) => check);
  const texts = branches.flatMap(([values]) => values.map((value) => JSON.stringify(value)));
  const isOpen = (index: number) => branches[index]?.[0].length === 0 && index !== fallback;
  return (value, path, issues, seen) => {
    const found = isObject(value) && has(value, property) ? value[property] : undefined;
    const known = branches.findIndex(([values]) => values.includes(found as string));
    const place = known === -1 && isObject(value) ? fallback : known;
    const named = checks[place] && tryCheck(checks[place], value, path, seen);
    if (named && named.issues.length > 0) {
      issues.push(...named.issues);
      return false;
    }
    if (named && keyword === "anyOf" && !seen) return true;
    const tried = checks.map((check, index) =>
      named && index === place ? named : tryCheck(check, value, path, seen),
    );
    const { length: count } = holding(tried, seen);
    if (count > 1 && keyword === "oneOf") return failSeveral(count, path, issues);
    // Without the property, the alternatives themselves decide: one that does not require it may hold.
    const counts = (index: number) => found === undefined || isOpen(index);
    if (named || tried.some((each, index) => each.issues.length === 0 && counts(index))) return true;
    if (!isObject(value)) return failNearest(tried, keyword, path, issues);
    if (found === undefined)
      return fail(issues, path, "required", `must have the property ${JSON.stringify(property)}`);
    const message = `must be ${texts.length === 1 ? "" : "one of "}${texts.join(", ")}`;
    return fail(issues, { parent: path, key: property }, "discriminator", message);
  };
}

/** The check does not hold. */
export function not(check: Check): Check {
  return (value, path, issues) =>
    attempt(check, value, path).length > 0 || fail(issues, path, "not", "must not match");
}

/** `if`, `then`, `else`. What `if` looked at counts where it holds. */
export function conditional(rules: {
  readonly if: Check;
  readonly then?: Check;
  readonly else?: Check;
}): Check {
  return (value, path, issues, seen) => {
    const holds = holding([tryCheck(rules.if, value, path, seen)], seen).length > 0;
    const branch = holds ? rules.then : rules.else;
    return branch?.(value, path, issues, seen) ?? true;
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
  return (value, path, issues, seen) => {
    const own: Seen = new Set();
    if (!check(value, path, issues, own)) return false;
    const rest = Array.isArray(value) ? rules.items : isObject(value) ? rules.properties : undefined;
    let valid = true;
    for (const [key, member] of rest ? partsOf(value) : []) {
      if (rest && !own.has(key) && !rest(member, { parent: path, key }, issues)) valid = false;
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
