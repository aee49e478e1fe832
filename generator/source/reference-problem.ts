import { problem, type Problem } from "../diagnostics/problem.js";
import type { Resolution, Resource } from "./references.js";
import type { Origin } from "./source.js";

/** Why a reference names nothing, at its line; undefined where it does, or where that was said already. */
export function referenceProblem(resolution: Resolution, ref: string, origin: Origin): Problem | undefined {
  switch (resolution.kind) {
    case "found":
    case "unread":
      return undefined;
    case "unknown":
      return problem("ref-not-found", { ref, resource: undefined }, { origin });
    case "anchor-unknown":
      return problem("ref-anchor-unknown", { ref, resource: nameOf(resolution.resource) }, { origin });
    case "nothing": {
      const { source, pointer } = resolution.resource;
      const isHere = source === origin.source && pointer === "";
      return problem(
        "ref-not-found",
        { ref, resource: isHere ? undefined : nameOf(resolution.resource) },
        { origin },
      );
    }
  }
}

/** A resource is known by its document, or by its `$id` inside one. */
function nameOf({ source, pointer, uri }: Resource): string {
  return pointer === "" ? source : `${uri} (${source}#${pointer})`;
}
