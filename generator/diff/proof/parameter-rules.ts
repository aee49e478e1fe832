import { parameterRule } from "../../emit/parameter-rule.js";
import { parameterShapes } from "../../emit/wire-rules.js";
import type { ApiModel, Parameter } from "../../model/model.js";
import type { ParameterCheck } from "../../runtime/contract-rules.js";
import type { ParameterRule } from "../../runtime/operation.js";
import { objectOf } from "../../source/json.js";
import { parameterKey } from "./message.js";

/** How a package writes a parameter and how a mock reads it: the rule of the runtime, its key as the argument's name. */
export function ruleOf(parameter: Parameter): ParameterRule {
  // What the packages hold as text: `emit` knows the runtime by its form alone.
  return parameterRule(parameter, parameterKey(parameter)) as unknown as ParameterRule;
}

/** How the text of a parameter becomes a value. */
export function checkOf(
  parameter: Parameter,
  schemas: ApiModel["schemas"],
  isValid: (value: unknown) => boolean,
): ParameterCheck {
  const { name, location, required, allowEmptyValue } = parameter;
  const { shapes, fields } = parameterShapes(parameter, schemas);
  const read = { ...(shapes && { shapes }), ...(fields && { fields: objectOf(fields) }) };
  return {
    name,
    in: location,
    ...(required && { required }),
    ...(allowEmptyValue && { allowEmptyValue }),
    // As above.
    ...(read as unknown as Pick<ParameterCheck, "shapes" | "fields">),
    check: isValid,
  };
}
