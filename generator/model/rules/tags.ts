import { isArray, isObject } from "../../source/json.js";
import { below, type ObjectNode } from "../reader.js";
import type { Rule } from "./rule.js";

/** Tags (OpenAPI 3.2.0, Tag Object): unique names, parents that exist and lead to an end. Tags that no one declares are fine. */
export const tagRule: Rule = (reader, document) => {
  const list = reader.child(document, "tags");
  if (!list || !isArray(list.value)) return;
  const tags = list.value.flatMap((value, index) =>
    isObject(value) ? [{ value, origin: below(list.origin, index) }] : [],
  );
  const parents = new Map<string, string | undefined>();
  reader.withReading("ignored", () => {
    for (const tag of tags) {
      const { name, parent } = tag.value;
      if (typeof name !== "string") continue;
      if (parents.has(name)) reader.report("name-taken", { owner: "a tag", name }, below(tag.origin, "name"));
      else parents.set(name, typeof parent === "string" ? parent : undefined);
    }
    for (const tag of tags.filter(({ value }) => typeof value["parent"] === "string")) {
      const fault = faultOf(tag, parents);
      if (fault) reader.report(fault, { parent: String(tag.value["parent"]) }, below(tag.origin, "parent"));
    }
  });
};

function faultOf(
  { value }: ObjectNode,
  parents: ReadonlyMap<string, string | undefined>,
): "tag-parent-unknown" | "tag-parent-circular" | undefined {
  const seen = new Set([String(value["name"])]);
  let parent: string | undefined = String(value["parent"]);
  if (!parents.has(parent)) return "tag-parent-unknown";
  while (parent !== undefined) {
    if (seen.has(parent)) return parent === value["name"] ? "tag-parent-circular" : undefined;
    seen.add(parent);
    parent = parents.get(parent);
  }
  return undefined;
}
