import { checkAt, counted, fail, type Check, type Faults } from "./check.js";
import { type JsonObject, has, isObject, membersOf } from "./json.js";

/** A property that may be absent. */
export interface Optional {
  readonly optional: Check;
}

export function optional(check: Check): Optional {
  return { optional: check };
}

interface ObjectRules {
  readonly loose?: true;
  /** Required unless {@link optional}. */
  readonly properties?: { readonly [name: string]: Check | Optional };
  /** Required, and described by no property. */
  readonly required?: readonly string[];
  readonly patternProperties?: readonly (readonly [pattern: RegExp, check: Check])[];
  readonly additionalProperties?: Check;
  readonly propertyNames?: Check;
  readonly dependentRequired?: { readonly [name: string]: readonly string[] };
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

type ObjectCheck = (value: JsonObject, faults: Faults) => boolean;

export function object(rules: ObjectRules = {}): Check {
  const { loose = false, patternProperties, additionalProperties, propertyNames } = rules;
  const properties = propertiesOf(rules);
  const checkNames =
    patternProperties || additionalProperties || propertyNames ? namesCheck(rules) : undefined;
  const checkWhole = wholeCheck(rules);
  return (value, faults, seen) => {
    if (!isObject(value)) return loose || fail(faults, "type", "must be an object");
    let valid = checkProperties(properties, value, faults);
    if (!valid && !faults) return false;
    if (checkNames && !checkNames(value, faults)) valid = false;
    if (checkWhole && !checkWhole(value, faults)) valid = false;
    if (seen) for (const name of looked(rules, value)) seen.add(name);
    return valid;
  };
}

interface Property {
  readonly name: string;
  readonly check: Check;
  readonly required: boolean;
  /** True of one that every object seems to have. */
  readonly isInherited: boolean;
}

function propertiesOf({ properties = {} }: ObjectRules): Property[] {
  return Object.entries(properties).map(([name, rule]) => {
    const required = typeof rule === "function";
    return { name, required, check: required ? rule : rule.optional, isInherited: name in {} };
  });
}

function checkProperties(properties: readonly Property[], value: JsonObject, faults: Faults): boolean {
  let valid = true;
  for (let index = 0; index < properties.length; index++) {
    const { name, check, required, isInherited } = properties[index]!;
    const member = isInherited && !Object.hasOwn(value, name) ? undefined : value[name];
    if (member === undefined) {
      if (!required) continue;
      failRequired(faults, name);
    } else if (checkAt(name, check, member, faults)) continue;
    if (!faults) return false;
    valid = false;
  }
  return valid;
}

function failRequired(faults: Faults, name: string): false {
  return fail(faults, "required", `must have the property ${JSON.stringify(name)}`);
}

/** The names of the members that `properties`, `patternProperties` and `additionalProperties` looked at. */
function looked(rules: ObjectRules, value: JsonObject): string[] {
  const { properties = {}, patternProperties = [], additionalProperties } = rules;
  const names = membersOf(value).map(([name]) => name);
  if (additionalProperties) return names;
  return names.filter(
    (name) => Object.hasOwn(properties, name) || patternProperties.some(([pattern]) => pattern.test(name)),
  );
}

/** `patternProperties`, `additionalProperties` and `propertyNames`. */
function namesCheck({ properties = {}, ...rules }: ObjectRules): ObjectCheck {
  const { patternProperties = [], additionalProperties, propertyNames } = rules;
  const known = new Set(Object.keys(properties));
  return (value, faults) => {
    let valid = true;
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === undefined) continue;
      if (!valid && !faults) return false;
      let isAdditional = !known.has(name);
      for (const [pattern, check] of patternProperties) {
        if (!pattern.test(name)) continue;
        isAdditional = false;
        if (!checkAt(name, check, member, faults)) valid = false;
      }
      if (isAdditional && additionalProperties && !checkAt(name, additionalProperties, member, faults))
        valid = false;
      if (propertyNames && !checkAt(name, propertyNames, name, faults)) valid = false;
    }
    return valid;
  };
}

/** What is said of an object as a whole; undefined where nothing is. */
function wholeCheck(rules: ObjectRules): ObjectCheck | undefined {
  const { required = [], minProperties = 0, maxProperties = Infinity, dependentRequired = {} } = rules;
  const dependents = Object.entries(dependentRequired);
  const isCounted = minProperties > 0 || maxProperties < Infinity;
  if (!isCounted && required.length + dependents.length === 0) return undefined;
  return (value, faults) => {
    const count = isCounted ? membersOf(value).length : 0;
    let valid = true;
    for (const name of required) if (!has(value, name)) valid = failRequired(faults, name);
    if (count < minProperties)
      valid = fail(
        faults,
        "minProperties",
        `must have at least ${counted(minProperties, "property", "properties")}`,
      );
    if (count > maxProperties)
      valid = fail(
        faults,
        "maxProperties",
        `must have at most ${counted(maxProperties, "property", "properties")}`,
      );
    for (const [name, needed] of dependents) {
      const missing = has(value, name) ? needed.filter((each) => !has(value, each)) : [];
      for (const each of missing) {
        const beside = `${JSON.stringify(each)} beside ${JSON.stringify(name)}`;
        valid = fail(faults, "dependentRequired", `must have the property ${beside}`);
      }
    }
    return valid;
  };
}
