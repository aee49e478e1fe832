import type { EmittedFile } from "../emit/typescript-module.js";

/** What every formatted file looks like; fixed, so that no configuration on the way up the folders changes a byte. */
const OPTIONS = { printWidth: 100, proseWrap: "preserve", endOfLine: "lf" } as const;

const PARSERS: { readonly [extension: string]: "typescript" | "json" | "markdown" } = {
  ts: "typescript",
  json: "json",
  md: "markdown",
};

/**
 * A file as people read it: as Prettier writes it. TypeScript, which is the bulk, is laid out by `layout/`, which gives the same text in a
 * tenth of the time. A syntax error in a file is a bug of ours, and thrown.
 */
async function formatFile({ path, text, isFormatted }: EmittedFile): Promise<EmittedFile> {
  if (isFormatted) return { path, text };
  const { format } = await import("prettier");
  const { layOut } = await import("./layout/layout.js");
  const parser = PARSERS[path.split(".").at(-1) ?? ""];
  // By the path, Prettier knows that the text holds no JSX; else it looks for some, in time that grows with the square of its length.
  const byPrettier = (each: string) =>
    format(each, { ...OPTIONS, filepath: path, ...(parser && { parser }) });
  if (parser === "typescript") return { path, text: await layOut(text, OPTIONS.printWidth, byPrettier) };
  return { path, text: parser ? await byPrettier(text) : text };
}

/** Files, formatted one after the other: the syntax trees of all at once would take gigabytes. */
export async function formatEach(files: readonly EmittedFile[]): Promise<EmittedFile[]> {
  const formatted: EmittedFile[] = [];
  for (const file of files) formatted.push(await formatFile(file));
  return formatted;
}
