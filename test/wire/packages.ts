import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EmittedFile } from "../../generator/emit/typescript-module.js";
import { compileText } from "../support/compile.js";
import { ROOT } from "../support/root.js";
import { linkDependencies, writeFiles } from "../support/workspace.js";

/** The cases that are about requests and responses. */
export const CASES = [
  "media-types",
  "multipart",
  "streams",
  "response-headers",
  "parameters-3.2",
  "openapi-3.2",
  "bodies",
] as const;
type CaseName = (typeof CASES)[number];

/** The files of a case's package. */
export async function packageOf(name: CaseName): Promise<readonly EmittedFile[]> {
  const text = readFileSync(new URL(`test/cases/${name}/document.yaml`, ROOT), "utf8");
  const { files = [] } = await compileText(text, { name, file: "document.yaml" });
  return files;
}

type Call = (args: object, options: object) => Promise<Record<string, unknown>>;
type Mock = (answer: object | undefined, options: object) => never;

/** The operations and mocks of a case's package, without the types: those are the matter of types.test.ts. */
export async function loadPackage(name: CaseName) {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
  try {
    linkDependencies(folder);
    const files = await packageOf(name);
    writeFiles(
      folder,
      files.map(({ path, text }) => ({ path: `${name}/${path}`, text })),
    );
    const calls = (await import(moduleUrl(folder, name, "index"))) as Readonly<Record<string, Call>>;
    const mocks = (await import(moduleUrl(folder, name, "mocks"))) as Readonly<Record<string, Mock>>;
    const fixtures = (await import(moduleUrl(folder, name, "fixtures"))) as Readonly<Record<string, unknown>>;
    const { validators } = (await import(moduleUrl(folder, name, "validators"))) as { validators: object };
    return { calls, mocks, fixtures, validators };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function moduleUrl(folder: string, name: CaseName, module: string): string {
  return pathToFileURL(join(folder, name, `src/${module}.ts`)).href;
}
