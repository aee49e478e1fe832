import type { RunOptions } from "../pipeline/run.js";
import type { Criteria } from "../source/filter.js";
import type { Arguments, Command } from "./command.js";

/** The options by which `generate` and `check` change a document, or take a part of it. */
export const SHAPING_OPTIONS = {
  overlay: { type: "string", multiple: true },
  tag: { type: "string", multiple: true },
  path: { type: "string", multiple: true },
  "operation-id": { type: "string", multiple: true },
  "no-deprecated": { type: "boolean" },
} as const satisfies Command["options"];

export const SHAPING_USAGE =
  "[--overlay FILE] [--tag TAG] [--path GLOB] [--operation-id ID] [--no-deprecated]";

export const SHAPING_HELP = `\
  --overlay FILE      apply an OpenAPI Overlay (1.0 to 1.2) to the document
  --tag TAG           only operations with the tag
  --path GLOB         only operations of the path: as it is written, or with * (no /) and ** (anything): '/users/**'
  --operation-id ID   only the operation
  --no-deprecated     no operation that is deprecated
                      Each but the last can be repeated: overlays apply in order, one of several tags, paths or ids is enough.
                      Different options narrow each other, and the configuration. What no kept operation reaches goes.`;

/** What the options ask for. */
export function shapingOf({ values }: Arguments): Pick<RunOptions, "overlays" | "filter"> {
  const include = {
    tags: listOf(values["tag"]),
    paths: listOf(values["path"]),
    operationIds: listOf(values["operation-id"]),
  };
  const exclude: Criteria = values["no-deprecated"] === true ? { deprecated: true } : {};
  return { overlays: listOf(values["overlay"]), filter: { include, exclude } };
}

/** Some of the options again, as a shell takes them. */
export function flagsOf({ values }: Pick<Arguments, "values">, names: readonly string[]): string[] {
  return names.flatMap((name) =>
    values[name] === true
      ? [`--${name}`]
      : listOf(values[name]).map((value) => `--${name}${value.startsWith("-") ? "=" : " "}${quoted(value)}`),
  );
}

function listOf(value: Arguments["values"][string]): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

/** A word as a shell takes it. */
export function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
