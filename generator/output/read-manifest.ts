import { join } from "node:path";
import { readDisk } from "./apply.js";
import { MANIFEST, parseManifest, type Manifest } from "./manifest.js";
import { OutputError } from "./output-error.js";

/**
 * The manifest of a package's folder; undefined where there is none.
 *
 * @throws {OutputError} where it is damaged: without it, names would be given anew, and files of ours be taken for somebody's.
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = (await readDisk(folder, [MANIFEST])).get(MANIFEST);
  if (text === undefined) return undefined;
  const manifest = parseManifest(text);
  if (!manifest) throw new OutputError(`${join(folder, MANIFEST)} ${DAMAGED}`);
  return manifest;
}

const DAMAGED =
  "is not what clientsmith writes: restore it (in a merge, take all of it from one side), for it keeps the names of the package";
