import { fieldsOf, type Located } from "../../source/grammar.js";
import { isObject, jsonEquals, own, type JsonObject, type JsonValue } from "../../source/json.js";
import type { SourceDocument, SourceId } from "../../source/source.js";
import type { Change, Pair } from "../change.js";
import { change } from "./comparison.js";

type Documents = ReadonlyMap<SourceId, SourceDocument>;

/** What is written for people. */
const TEXTS = ["title", "summary", "description", "example", "examples", "externalDocs"];

/**
 * Texts that say something else at the same place of both documents: one finding a place, and never more than information. What only
 * one of them says is no text that anybody read there before.
 */
export function documentationChanges({ base, head }: Pair<Documents>): Change[] {
  const [entry] = base.values();
  const [headEntry] = head.values();
  return [...head.values()].flatMap((document) => {
    const other = document === headEntry ? entry : base.get(document.id);
    if (!other) return [];
    return compare(
      { base: locate(other.value), head: locate(document.value) },
      { base: other.id, head: document.id },
    );
  });
}

function locate(value: JsonValue): Located {
  return { kind: "document", pointer: "", value };
}

function compare({ base, head }: Pair<Located>, sources: Pair<SourceId>): Change[] {
  if (jsonEquals(base.value, head.value)) return [];
  const fields = new Map(fieldsOf(base).map((each) => [each.pointer, each]));
  const below = fieldsOf(head).flatMap((field) => {
    const other = fields.get(field.pointer);
    return other && other.kind === field.kind ? compare({ base: other, head: field }, sources) : [];
  });
  return [...ownChange({ base, head }, sources), ...below];
}

function ownChange({ base, head }: Pair<Located>, sources: Pair<SourceId>): Change[] {
  if (!isObject(base.value) || !isObject(head.value)) return [];
  const [before, after] = [textsOf(base.value), textsOf(head.value)];
  const changed = Object.keys(before).filter(
    (key) => Object.hasOwn(after, key) && !jsonEquals(before[key], after[key]),
  );
  if (changed.length === 0) return [];
  const said = (texts: JsonObject) => Object.fromEntries(changed.map((key) => [key, texts[key]!]));
  return [
    change({
      rule: "documentation-changed",
      effect: "keeps",
      direction: "none",
      subject: { kind: "api" },
      base: { source: sources.base, pointer: base.pointer },
      head: { source: sources.head, pointer: head.pointer },
      before: said(before),
      after: said(after),
    }),
  ];
}

function textsOf(object: JsonObject): JsonObject {
  // A document has its texts in its Info Object.
  const info = own(object, "info");
  const owner = isObject(info) && typeof own(object, "openapi") === "string" ? info : object;
  return Object.fromEntries(
    TEXTS.flatMap((key) => {
      const value = own(owner, key);
      return value === undefined || value === "" ? [] : [[key, value] as const];
    }),
  );
}
