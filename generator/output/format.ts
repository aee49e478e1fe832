import type { EmittedFile } from "../emit/typescript-module.js";

/** What every formatted file looks like; fixed, so that no configuration on the way up the folders changes a byte. */
const OPTIONS = { printWidth: 100, proseWrap: "preserve", endOfLine: "lf" } as const;

const PARSERS: { readonly [extension: string]: "typescript" | "json" | "markdown" } = {
  ts: "typescript",
  json: "json",
  md: "markdown",
};

/**
 * The files as people read them: as Prettier writes them. TypeScript, which is the bulk, is laid out by `layout/`, which gives the
 * same text in a tenth of the time. A syntax error in a file is a bug of ours, and thrown.
 */
export async function formatFiles(files: readonly EmittedFile[]): Promise<EmittedFile[]> {
  const { format } = await import("prettier");
  const { layOut } = await import("./layout/layout.js");
  const formatted: EmittedFile[] = [];
  // One after the other: the syntax trees of all at once would take gigabytes.
  for (const { path, text } of files) {
    const parser = PARSERS[path.split(".").at(-1) ?? ""];
    // By the path, Prettier knows that the text holds no JSX; else it looks for some, in time that grows with the square of its length.
    const byPrettier = (each: string) =>
      format(each, { ...OPTIONS, filepath: path, ...(parser && { parser }) });
    const byLayout = () => layOut(text, OPTIONS.printWidth, byPrettier);
    const isTypeScript = parser === "typescript";
    formatted.push({ path, text: isTypeScript ? await byLayout() : parser ? await byPrettier(text) : text });
  }
  return formatted;
}
