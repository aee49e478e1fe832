import type { Pair, SchemaChange } from "../change.js";
import type { Alternative } from "../sets/alternative.js";

/** What one side says in one alternative and the other in several, of one schema: `anyOf` or `oneOf` beside what they all say. */

/** The alternatives that are of the same schema as one of them. */
export function siblingsOf({ origin }: Alternative, all: readonly Alternative[]): readonly Alternative[] {
  return all.filter((each) => each.origin.source === origin.source && each.origin.pointer === origin.pointer);
}

/** An alternative without what others do not ask for. */
export function sharedBy(one: Alternative, all: readonly Alternative[]): Alternative {
  if (all.length === 1) return one;
  const properties = [...one.properties].flatMap(([name, property]) => {
    const required = all.every((each) => isRequired(each, name));
    const isSaid = required || property.schemas.length > 0;
    return isSaid ? [[name, { ...property, required }] as const] : [];
  });
  const opaque = [...one.opaque].filter(([key]) => all.every((each) => each.opaque.has(key)));
  return { ...one, properties: new Map(properties), opaque: new Map(opaque) };
}

/** That one of several properties must be there, where each of the alternatives asks for one. */
export function choiceChanges({ base, head }: Pair<readonly Alternative[]>): SchemaChange[] {
  const where = { path: "", base: base[0]?.origin, head: head[0]?.origin };
  const [before, after] = [choiceOf(base, head), choiceOf(head, base)];
  return [
    ...(after ? [{ ...where, change: "required-choice-added", effect: "narrows" as const, after }] : []),
    ...(before ? [{ ...where, change: "required-choice-removed", effect: "widens" as const, before }] : []),
  ];
}

/** What the one or the other of some alternatives asks for, and no other does; undefined where one of them asks for nothing. */
function choiceOf(
  alternatives: readonly Alternative[],
  others: readonly Alternative[],
): readonly string[] | undefined {
  const choices = alternatives.map((one) =>
    [...one.properties.keys()].filter(
      (name) =>
        isRequired(one, name) &&
        !alternatives.every((each) => isRequired(each, name)) &&
        !others.some((each) => isRequired(each, name)),
    ),
  );
  if (choices.length < 2 || choices.some((names) => names.length === 0)) return undefined;
  return [...new Set(choices.map((names) => names.join(" + ")))];
}

function isRequired({ properties }: Alternative, name: string): boolean {
  return properties.get(name)?.required ?? false;
}
