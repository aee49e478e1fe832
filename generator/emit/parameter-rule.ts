import type { BodyKind, Parameter } from "../model/model.js";
import { objectOf, type JsonValue } from "../source/json.js";

/** A `content` parameter is written as its media type: as JSON, as a form, or as the text that it is. */
const CONTENT_STYLES: { readonly [K in BodyKind]?: string } = { json: "json", form: "urlencoded" };

/** What the runtime must know of a parameter. */
export function parameterRule(parameter: Parameter, argument: string): JsonValue {
  const { name, location, serialization, allowEmptyValue } = parameter;
  if (serialization.kind === "style") {
    const { style, explode, allowReserved } = serialization;
    const rule = { name, argument, in: location, style, explode };
    return allowReserved ? { ...rule, allowReserved } : rule;
  }
  const encoding = serialization.encoding.map(
    ({ property, origin: _origin, headers: _headers, ...rest }) => [property, rest] as const,
  );
  return {
    name,
    argument,
    in: location,
    style: CONTENT_STYLES[serialization.bodyKind] ?? "text",
    explode: false,
    ...(allowEmptyValue && { allowEmptyValue }),
    ...(encoding.length > 0 && { encoding: objectOf(encoding) }),
  };
}
