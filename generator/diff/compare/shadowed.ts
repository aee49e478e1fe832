import type { Operation } from "../../model/model.js";
import { pathRank, templateKey } from "../../model/paths.js";
import type { Change } from "../change.js";
import type { Alternative } from "../sets/alternative.js";
import { fitsFacets } from "../sets/fits.js";
import { holds } from "../sets/values.js";
import { change, keyOfOperation, nameOf, type Context } from "./comparison.js";

/**
 * A new path that takes what another one took: concrete paths go before templated ones (OpenAPI 3.2.0, Paths Object), so `/users/me` is no
 * longer the user `me` of `/users/{id}`.
 *
 * @param living the keys of the operations of today: where the other one is gone, that is told.
 */
export function shadowed(context: Context, head: Operation, living: ReadonlySet<string>): Change[] {
  if (head.received) return [];
  const { operations } = context.models.base;
  // A path that was there took its requests before, too.
  if (operations.some(({ path }) => templateKey(path) === templateKey(head.path))) return [];
  const base = operations.find((each) => living.has(keyOfOperation(each)) && tookIt(context, each, head));
  if (!base) return [];
  return [
    change({
      rule: "endpoint-shadowed",
      effect: "unknown",
      direction: "request",
      subject: { kind: "operation" },
      operation: nameOf(head),
      base: base.origin,
      head: head.origin,
      before: nameOf(base),
      after: nameOf(head),
    }),
  ];
}

function tookIt({ schemas }: Context, base: Operation, head: Operation): boolean {
  if (base.method !== head.method || pathRank(base) <= pathRank(head)) return false;
  const [old, now] = [base, head].map(({ path }) => path.split("/"));
  return (
    old!.length === now!.length &&
    old!.every((segment, index) => {
      const [was, text] = [segment, now![index]!].map(templateKey);
      const parameter = base.parameters.find(
        (each) => each.location === "path" && segment === `{${each.name}}`,
      );
      if (!parameter || was === text) return was === text;
      return schemas.sets.base.of([parameter.schema]).some((each) => mayBe(each, text!));
    })
  );
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** True for a text that may be of the set; what a pattern or a format says of it is taken to exclude it. */
function mayBe({ type, values, facets, opaque }: Alternative, text: string): boolean {
  if (text === "" || opaque.size > 0) return false;
  if (type !== "string" && !(type === "number" && NUMBER.test(text))) return false;
  const read = type === "number" ? Number(text) : text;
  return values ? holds(values, read) : fitsFacets(facets, read);
}
