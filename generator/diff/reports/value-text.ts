import { isArray, isObject, type JsonObject, type JsonValue } from "../../source/json.js";
import { keyIn } from "../place.js";
import { tokensOf, type JsonPointer } from "../../source/pointer.js";

/** A value as lines of text, and how many lines were left out at the end. */
export type ValueLines = {
  readonly lines: readonly string[];
  readonly left: number;
  readonly isWhole: boolean;
};

/**
 * A value as people read it. What is longer than `most` lines is shown around the place that is meant: what lies off the way to it is folded
 * to `{…}`, and what is still too long is cut and counted.
 *
 * @param path where the place stands in the value, as changes have it.
 */
export function valueLines(
  value: JsonValue,
  { path, most, width = 100 }: { path: JsonPointer; most: number; width?: number },
): ValueLines {
  const whole = JSON.stringify(value, undefined, 2).split("\n");
  const isShort = whole.length <= most;
  const lines = isShort ? whole : focused(value, tokensOf(path));
  const shown = lines.length <= most ? lines : lines.slice(0, most - 1);
  const isWhole = isShort && whole.every((line) => line.length <= width);
  return { lines: shown.map((line) => cutText(line, width)), left: lines.length - shown.length, isWhole };
}

/** A value in one line of bounded length; `—` where there is none. */
export function valueText(value: JsonValue | undefined, width: number): string {
  return value === undefined ? "—" : cutText(JSON.stringify(value), width);
}

/** The text, or its beginning and how much is left out. */
export function cutText(text: string, width: number): string {
  if (text.length <= width) return text;
  const shown = text.slice(0, width).replace(/[\ud800-\udbff]$/, "");
  return `${shown}… (${text.length - shown.length} more characters)`;
}

/** The members on the way to a place are written out, the others folded. */
function focused(value: JsonValue, [token, ...rest]: readonly string[]): string[] {
  if (token === undefined || !(isArray(value) || isObject(value)))
    return JSON.stringify(value, undefined, 2).split("\n");
  return isArray(value) ? focusedArray(value, token, rest) : focusedObject(value, token, rest);
}

function focusedArray(items: readonly JsonValue[], token: string, rest: readonly string[]): string[] {
  const item = items[Number(keyIn(items, token))];
  if (item === undefined) return JSON.stringify(items, undefined, 2).split("\n");
  const others = items.length - 1;
  return [
    "[",
    ...indented(focused(item, rest)),
    ...(others > 0 ? [`  … ${others} more item${others === 1 ? "" : "s"}`] : []),
    "]",
  ];
}

function focusedObject(object: JsonObject, token: string, rest: readonly string[]): string[] {
  const key = keyIn(object, token);
  // The member that is meant stands first, so that it is not what is cut.
  const members = Object.entries(object);
  const ordered = [...members.filter(([name]) => name === key), ...members.filter(([name]) => name !== key)];
  return [
    "{",
    ...ordered.flatMap(([name, member], index) => {
      const [first = "", ...others] = name === key ? focused(member, rest) : [folded(member)];
      const lines = [`${JSON.stringify(name)}: ${first}`, ...others];
      return indented(index < ordered.length - 1 ? [...lines.slice(0, -1), `${lines.at(-1)},`] : lines);
    }),
    "}",
  ];
}

function folded(value: JsonValue): string {
  if (isArray(value)) return value.length === 0 ? "[]" : "[…]";
  if (isObject(value)) return Object.keys(value).length === 0 ? "{}" : "{…}";
  return JSON.stringify(value);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
