import { isObject, type JsonObject, type JsonValue } from "../json.js";
import { tokensOf, valueAt } from "../pointer.js";
import { DRAFT_04, DRAFT_04_URI } from "./draft-04.js";

/** A definition that a schema refers to. */
export type Target = { readonly schema: JsonValue; readonly name: string; readonly resource: Resource };

/** A schema that `#` refers to, with what its references lead to and its patterns, each resolved once. */
export class Resource {
  readonly root: JsonObject;
  private readonly targets = new Map<string, Target>();
  private readonly regexes = new Map<string, RegExp>();

  constructor(root: JsonObject) {
    this.root = root;
  }

  target(ref: string): Target {
    const known = this.targets.get(ref);
    if (known) return known;
    const [document = "", pointer = ""] = ref.split("#");
    const schema = valueAt(document === DRAFT_04_URI ? DRAFT_04 : this.root, pointer);
    if (schema === undefined) throw new Error(`the schema refers to nothing: ${ref}`);
    // Schema Objects are judged by another schema than the document around them.
    const isDialect = isObject(schema) && schema["$dynamicAnchor"] === "meta";
    const target = {
      schema,
      name: tokensOf(pointer).at(-1) ?? "",
      resource: isDialect ? new Resource(schema) : this,
    };
    this.targets.set(ref, target);
    return target;
  }

  regex(pattern: string): RegExp {
    const known = this.regexes.get(pattern) ?? new RegExp(pattern, "u");
    this.regexes.set(pattern, known);
    return known;
  }
}
