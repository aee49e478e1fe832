import { checkAt, counted, fail, type Check, type Faults, type Seen } from "./check.js";
import { canonical } from "./json.js";

interface ArrayRules {
  readonly loose?: true;
  readonly prefixItems?: readonly Check[];
  readonly items?: Check;
  readonly contains?: Contains;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
}

interface Contains {
  readonly check: Check;
  readonly minimum: number;
  readonly maximum?: number;
}

export function array(rules: ArrayRules = {}): Check {
  const { loose = false, minItems = 0, maxItems = Infinity, uniqueItems = false } = rules;
  const { prefixItems = [], items, contains } = rules;
  return (value, faults, seen) => {
    if (!Array.isArray(value)) return loose || fail(faults, "type", "must be a list");
    let valid = true;
    if (value.length < minItems)
      valid = fail(faults, "minItems", `must have at least ${counted(minItems, "item")}`);
    if (value.length > maxItems)
      valid = fail(faults, "maxItems", `must have at most ${counted(maxItems, "item")}`);
    if (uniqueItems && !isUnique(value)) valid = fail(faults, "uniqueItems", "must not repeat an item");
    if (contains && !checkContains(contains, value, faults, seen)) valid = false;
    const end = items ? value.length : Math.min(value.length, prefixItems.length);
    for (let index = 0; index < end; index++) {
      if (!valid && !faults) return false;
      const check = index < prefixItems.length ? prefixItems[index]! : items!;
      if (!checkAt(index, check, value[index], faults)) valid = false;
      if (seen) seen.add(index);
    }
    return valid;
  };
}

function checkContains(rule: Contains, items: readonly unknown[], faults: Faults, seen?: Seen): boolean {
  const { check, minimum, maximum = Infinity } = rule;
  const matching = [...items.keys()].filter((key) => check(items[key], undefined));
  if (seen) for (const key of matching) seen.add(key);
  const count = matching.length;
  if (count < minimum)
    return fail(faults, "contains", `must have at least ${counted(minimum, "item")} of \`contains\``);
  return (
    count <= maximum ||
    fail(faults, "contains", `must have at most ${counted(maximum, "item")} of \`contains\``)
  );
}

function isUnique(items: readonly unknown[]): boolean {
  const isDeep = items.some((item) => typeof item === "object");
  return new Set(isDeep ? items.map(canonical) : items).size === items.length;
}
