import { isObject, own, type JsonValue } from "./json.js";
import { join, pointerOfFragment, tokensOf, type JsonPointer } from "./pointer.js";
import { fragmentOf } from "./uri.js";
import { nearest } from "./validity/near.js";

/** Comparing each of many misspelt names with each of many names has no end: half a second of it is enough. */
const MAX_STEPS = 100_000_000;

/** The section of schemas: as OpenAPI 2.0 and 3.x call it, and as one name of it alone does. */
const SCHEMAS = new Set(["definitions", "definition", "schemas", "schema"]);

/** What the author of a document most likely meant, for so long as guessing takes no time that anyone notices. */
export class Guesser {
  private steps = MAX_STEPS;

  /** The name that a misspelt one most likely means; undefined where none is near. */
  nearest(word: string, names: readonly string[]): string | undefined {
    this.steps -= names.length * word.length ** 2;
    return this.steps < 0 ? undefined : nearest(word, names);
  }

  /**
   * The reference that one to nothing most likely means.
   *
   * @param ref as it is written: with a `#`, or the mere name of what it means.
   * @param written what the resource holds in which it names nothing.
   */
  reference(ref: string, written: JsonValue): string | undefined {
    const hash = ref.indexOf("#");
    const path = pointerOfFragment(ref.slice(hash + 1).replace(/^(?!\/)/, "/"));
    const pointer = path === undefined ? undefined : this.pointer(tokensOf(path), written);
    return pointer && `${ref.slice(0, Math.max(hash, 0))}#${fragmentOf(pointer)}`;
  }

  private pointer(tokens: readonly string[], written: JsonValue): JsonPointer | undefined {
    const name = tokens.at(-1)!;
    const section = tokens.at(-2) ?? "schemas";
    const isOfSchemas = SCHEMAS.has(section);
    const way30 = ["components", isOfSchemas ? "schemas" : section, name];
    const way20 = [isOfSchemas ? "definitions" : section, name];
    for (const way of [tokens, way30, way20]) {
      const found = this.along(way, written);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The way of these tokens, each as it is or as the nearest that is there. */
  private along(tokens: readonly string[], from: JsonValue): JsonPointer | undefined {
    let [pointer, value]: [JsonPointer, JsonValue] = ["", from];
    for (const token of tokens) {
      const name = this.member(token, value);
      if (name === undefined || !isObject(value)) return undefined;
      [pointer, value] = [join(pointer, name), own(value, name)!];
    }
    return pointer;
  }

  private member(name: string, value: JsonValue): string | undefined {
    if (!isObject(value) || this.steps < 0) return undefined;
    return Object.hasOwn(value, name) ? name : this.nearest(name, Object.keys(value));
  }
}
