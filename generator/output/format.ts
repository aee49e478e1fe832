import type { EmittedFile } from "../emit/typescript-module.js";

/** What every formatted file looks like; fixed, so that no configuration on the way up the folders changes a byte. */
const OPTIONS = { printWidth: 100, proseWrap: "preserve", endOfLine: "lf" } as const;

const PARSERS: { readonly [extension: string]: "typescript" | "json" | "markdown" } = {
  ts: "typescript",
  json: "json",
  md: "markdown",
};

/** The files as people read them, by Prettier. A syntax error in one is a bug of ours, and thrown. */
export async function formatFiles(files: readonly EmittedFile[]): Promise<EmittedFile[]> {
  const { format } = await import("prettier");
  return Promise.all(
    files.map(async ({ path, text }) => {
      const parser = PARSERS[path.split(".").at(-1) ?? ""];
      // By the path, Prettier knows that the text holds no JSX; else it looks for some, in time that grows with the square of its length.
      return { path, text: parser ? await format(text, { ...OPTIONS, parser, filepath: path }) : text };
    }),
  );
}
