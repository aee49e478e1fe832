import { INHERITED } from "../model/sayable.js";
import { partHeaders } from "../model/header-shape.js";
import { isOpen } from "../model/media-kind.js";
import type { Operation, Parameter } from "../model/model.js";
import { pascalCase, Scope } from "./identifiers.js";

/** The arguments that speak of the body. */
function bodyNames({ body }: Operation): string[] {
  if (!body) return [];
  const hasPartHeaders = body.content.some((media) => partHeaders(media).length > 0);
  return ["body", ...(isOpen(body) ? ["contentType"] : []), ...(hasPartHeaders ? ["partHeaders"] : [])];
}

/**
 * The name of each parameter among an operation's arguments: its own, and where another location has the same name (or it is
 * `body`, or every object has it), its location's before it: `id` and `queryId`.
 */
export function argumentNames(operation: Operation): ReadonlyMap<Parameter, string> {
  const scope = new Scope(bodyNames(operation));
  const taken = new Set([...INHERITED, "__proto__", ...bodyNames(operation)]);
  return new Map(
    operation.parameters.map((parameter) => {
      const { name, location } = parameter;
      const wanted = taken.has(name) ? `${location}${pascalCase(name)}` : name;
      taken.add(name);
      return [parameter, scope.claim(wanted)];
    }),
  );
}

/** True where an operation can be called without arguments. */
export function needsNoArguments({ parameters, body }: Operation): boolean {
  return parameters.every(({ required }) => !required) && !body?.required;
}
