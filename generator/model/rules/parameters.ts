import { PARAMETER_LOCATIONS } from "../model.js";
import { below } from "../reader.js";
import type { Rule } from "./rule.js";

/** Header parameters that "SHALL be ignored" (OpenAPI 3.1.2, Parameter Object): other parts of the document set them. */
const IGNORED = new Set(["accept", "content-type", "authorization"]);

/** What the fields of a parameter say of each other (OpenAPI 3.1.2, Parameter Object). */
export const parameterRule: Rule = (reader, node) => {
  const { name, in: location } = node.value;
  if (location === "header" && typeof name === "string" && IGNORED.has(name.toLowerCase()))
    reader.report("header-ignored", { name }, below(node.origin, "name"));
  const known = PARAMETER_LOCATIONS.find((each) => each === location);
  if (Object.hasOwn(node.value, "allowEmptyValue") && known !== undefined && known !== "query")
    reader.report("empty-value-ignored", { location: known }, below(node.origin, "allowEmptyValue"), "key");
};
