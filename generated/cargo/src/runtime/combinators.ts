import {
  explain,
  fail,
  has,
  isObject,
  keysOf,
  membersOf,
  type Check,
  type Issue,
  type Issues,
  type Path,
  type Seen,
} from "./check.js";

/** Every check holds. */
export function allOf(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) => {
    let valid = true;
    for (const check of checks) {
      if (check(value, path, issues, seen)) continue;
      if (!issues) return false;
      valid = false;
    }
    return valid;
  };
}

/** True where a check holds: then what it looked at counts. */
function holds(check: Check, value: unknown, seen: Seen | undefined): boolean {
  if (!seen) return check(value, undefined, undefined);
  const own: Seen = new Set();
  if (!check(value, undefined, undefined, own)) return false;
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
function failures(checks: readonly Check[], value: unknown, path: Path): Issue[][] {
  return checks.map((check) => {
    const issues: Issue[] = [];
    check(value, path, issues);
    return issues;
  });
}

/** At least one check holds. Where none does, the issues of the nearest one are reported. */
export function anyOf(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) =>
    count(checks, value, seen, 1) > 0 || failNearest(checks, value, { keyword: "anyOf", path, issues });
}

/** A `type` of several: the check of the value's own type holds. */
export function types(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) => {
    if (count(checks, value, seen, 1) > 0) return true;
    if (!issues) return false;
    const tried = failures(checks, value, path);
    const depth = keysOf(path).length;
    const isOther = (issue: Issue) => issue.keyword === "type" && issue.path.length === depth;
    const own = tried.find((each) => !each.some(isOther));
    const names = tried.flatMap((each) =>
      each.filter(isOther).map(({ message }) => message.slice("must be ".length)),
    );
    if (!own) return fail(issues, path, "type", `must be ${names.join(" or ")}`);
    issues.push(...own);
    return false;
  };
}

/** Exactly one check holds. */
export function oneOf(...checks: readonly Check[]): Check {
  return (value, path, issues, seen) => {
    const found = count(checks, value, seen, issues ? Infinity : 2);
    if (found === 1) return true;
    if (found > 1) return failSeveral(found, path, issues);
    return failNearest(checks, value, { keyword: "oneOf", path, issues });
  };
}

function failSeveral(found: number, path: Path, issues: Issues): false {
  return fail(issues, path, "oneOf", `must match one alternative, not ${found}`);
}

interface Report {
  readonly keyword: string;
  readonly path: Path;
  readonly issues: Issues;
}

/** The nearest alternative is the one that only depths of the value speak against; of several, the one with fewest issues. */
function failNearest(checks: readonly Check[], value: unknown, { keyword, path, issues }: Report): false {
  if (!issues) return false;
  const depth = keysOf(path).length;
  const deep = failures(checks, value, path).filter((each) =>
    each.every((issue) => issue.path.length > depth || issue.keyword === "required"),
  );
  const fewest = Math.min(...deep.map((each) => each.length));
  const nearest = deep.find((each) => each.length === fewest);
  if (!nearest) return fail(issues, path, keyword, "must match one of the alternatives");
  issues.push(...nearest);
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
  const places = new Map<unknown, number>();
  branches.forEach(([values], index) => {
    for (const value of values) if (!places.has(value)) places.set(value, index);
  });
  const isOpen = (index: number) => branches[index]?.[0].length === 0 && index !== fallback;
  return (value, path, issues, seen) => {
    const found = isObject(value) && has(value, property) ? value[property] : undefined;
    const known = places.get(found);
    const place = known ?? (isObject(value) ? fallback : -1);
    const named = checks[place];
    if (named && !holds(named, value, seen)) return named(value, path, issues);
    if (named && keyword === "anyOf" && !seen) return true;
    const held = checks.map((each, index) => (index === place && !seen) || holds(each, value, seen));
    const matching = held.filter((each) => each).length;
    if (matching > 1 && keyword === "oneOf") return failSeveral(matching, path, issues);
    // Without the property, the alternatives themselves decide: one that does not require it may hold.
    const counts = (index: number) => found === undefined || isOpen(index);
    if (named || held.some((each, index) => each && counts(index))) return true;
    if (!issues) return false;
    if (!isObject(value)) return failNearest(checks, value, { keyword, path, issues });
    if (found === undefined)
      return fail(issues, path, "required", `must have the property ${JSON.stringify(property)}`);
    const message = `must be ${texts.length === 1 ? "" : "one of "}${texts.join(", ")}`;
    return fail(issues, { parent: path, key: property }, "discriminator", message);
  };
}

/** The check does not hold. */
export function not(check: Check): Check {
  return (value, path, issues) =>
    !check(value, undefined, undefined) || fail(issues, path, "not", "must not match");
}

/** `if`, `then`, `else`. What `if` looked at counts where it holds. */
export function conditional(rules: {
  readonly if: Check;
  readonly then?: Check;
  readonly else?: Check;
}): Check {
  return (value, path, issues, seen) => {
    const branch = holds(rules.if, value, seen) ? rules.then : rules.else;
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
      if (rest && !own.has(key) && !rest(member, undefined, undefined))
        valid = explain(rest, member, path, key, issues);
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
