import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { PackageSettings } from "../../generator/emit/settings.js";
import type { EmittedFile } from "../../generator/emit/typescript-module.js";
import { compile, type Compilation, type CompileInput } from "../../generator/pipeline/compile.js";
import type { FetchText } from "../../generator/source/load.js";
import { uriOfId } from "../../generator/source/uri.js";
import { ROOT } from "./root.js";

/** The client code that every package carries. */
const RUNTIME: readonly EmittedFile[] = readdirSync(new URL("generator/runtime/", ROOT))
  .filter((name) => name.endsWith(".ts"))
  .map((path) => ({ path, text: readFileSync(new URL(`generator/runtime/${path}`, ROOT), "utf8") }));

/** Texts of documents by their ids: paths, or URLs. */
export type Texts = { readonly [id: string]: string };

/** Gives the texts, and nothing else. */
export function fetchingFrom(texts: Texts): FetchText {
  const byUri = new Map(Object.entries(texts).map(([id, text]) => [uriOfId(id), { id, text }]));
  return ({ uri }) => {
    const source = byUri.get(uri);
    return Promise.resolve(
      source ? { kind: "text", source } : { kind: "unreadable", reason: "there is no such file" },
    );
  };
}

/** Compiles the text of a document in memory, as `name`; `others` are the documents that it can refer to. */
export function compileText(
  text: string,
  {
    name = "sample",
    file = "sample.yaml",
    lenient = false,
    overlays,
    filters,
    pinned,
    others = {},
    ...settings
  }: Partial<PackageSettings> & { name?: string; file?: string; lenient?: boolean; others?: Texts } & Pick<
      CompileInput,
      "overlays" | "filters" | "pinned"
    > = {},
): Promise<Compilation> {
  return compile(
    {
      source: { id: file, text },
      overlays,
      filters,
      pinned,
      fetchText: fetchingFrom(others),
      settings: {
        api: name,
        packageName: name,
        version: "0.1.0",
        license: "MIT",
        openEnums: true,
        openapi: true,
        ...settings,
      },
      reading: { lenient },
      runtime: RUNTIME,
      version: "0.0.0",
      digest: (each) => createHash("sha256").update(each).digest("hex"),
    },
    () => undefined,
  );
}

/** The text of one emitted file. */
export function fileOf(compilation: Compilation, path: string): string {
  const file = compilation.files?.find((each) => each.path === path);
  if (!file) throw new Error(`${path} was not emitted: ${JSON.stringify(compilation.diagnostics, null, 2)}`);
  return file.text;
}
