import { problem, type Problem } from "../diagnostics/problem.js";
import type { Guesser } from "./guess.js";
import type { Resolution, Resource } from "./references.js";
import type { Origin } from "./source.js";

/** Why a reference names nothing, at its line; undefined where it does, or where that was said already. */
export function referenceProblem(
  resolution: Resolution,
  { ref, origin }: { readonly ref: string; readonly origin: Origin },
  guesser: Guesser,
): Problem | undefined {
  switch (resolution.kind) {
    case "found":
    case "unread":
      return undefined;
    case "unknown":
      return problem("ref-not-found", { ref, resource: undefined, near: undefined }, { origin });
    case "anchor-unknown": {
      const near = guesser.reference(ref, resolution.written);
      return problem("ref-anchor-unknown", { ref, resource: nameOf(resolution.resource), near }, { origin });
    }
    case "nothing": {
      const { source, pointer } = resolution.resource;
      const elsewhere = ref.startsWith("#") ? resolution.elsewhere : undefined;
      const near = elsewhere ?? guesser.reference(ref, resolution.written);
      const isHere = source === origin.source && pointer === "";
      return problem(
        "ref-not-found",
        // What stands there was taken out for a fault of its own.
        {
          ref,
          resource: isHere ? undefined : nameOf(resolution.resource),
          near: near === ref ? undefined : near,
        },
        { origin },
      );
    }
  }
}

/** A resource is known by its document, or by its `$id` inside one. */
function nameOf({ source, pointer, uri }: Resource): string {
  return pointer === "" ? source : `${uri} (${source}#${pointer})`;
}
