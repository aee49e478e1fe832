import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { typeCheck, type CompilerVersion } from "../support/typescript.js";
import type { Finding } from "./finding.js";

/**
 * Type-checks packages that stand side by side, by their own settings: all in one run of TypeScript 7, whose start takes longer than
 * most packages; and the first under the older compilers, if they are asked for.
 *
 * @returns the findings, with the first complaint of a compiler.
 */
export async function typeChecked(
  findings: readonly Finding[],
  { workshop, settings, withOlder }: { workshop: string; settings: object; withOlder: boolean },
): Promise<Finding[]> {
  const folders = findings.flatMap(({ folder }) => folder ?? []).map((folder) => basename(folder));
  if (folders.length === 0) return [...findings];
  const one = withOlder ? folders.slice(0, 1) : [];
  const complaints = new Map([
    ...(await complaintsOf("5.9", one, workshop, settings)),
    ...(await complaintsOf("6", one, workshop, settings)),
    ...(await complaintsOf("7", folders, workshop, settings)),
  ]);
  return findings.map(({ folder, ...finding }) => {
    const message = folder === undefined ? undefined : complaints.get(basename(folder));
    return message === undefined ? finding : { ...finding, status: "does not compile", message };
  });
}

/** The first complaint about each package. */
async function complaintsOf(
  version: CompilerVersion,
  folders: readonly string[],
  workshop: string,
  settings: object,
): Promise<Map<string, string>> {
  if (folders.length === 0) return new Map();
  // Its own: several batches may be checked at once.
  const project = `tsconfig.${folders[0]}.json`;
  const include = folders.flatMap((folder) => [`${folder}/src`, `${folder}/test`]);
  writeFileSync(join(workshop, project), JSON.stringify({ ...settings, include }));
  const said = (await typeCheck(version, ["--pretty", "false", "-p", project], workshop)).split("\n");
  const complaints = new Map<string, string>();
  for (const line of said.filter((each) => /\berror\b/i.test(each))) {
    const folder = folders.find((each) => line.startsWith(`${each}/`));
    // What names no package is the compiler's own end: nobody knows which of them it is about.
    for (const about of folder === undefined ? folders : [folder])
      if (!complaints.has(about)) complaints.set(about, `TypeScript ${version}: ${line}`);
  }
  return complaints;
}
