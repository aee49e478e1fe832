import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LoadedConfig } from "../config/targets.js";
import { locateProblems, type Diagnostic } from "../diagnostics/diagnostic.js";
import { readWaivers, type Waiver } from "../diff/waivers.js";
import { parse } from "../source/parse.js";
import type { SourceDocument, SourceId } from "../source/source.js";
import { unreadable, type DocumentReader } from "./documents.js";
import { unparsed } from "./shape.js";

/** Stands beside the configuration. */
const WAIVERS = "clientsmith.waivers.yaml";

/** What the file of waivers says, and its faults at their lines. */
export type WaiversFile = {
  readonly waivers: readonly Waiver[];
  readonly diagnostics: readonly Diagnostic[];
  readonly documents: ReadonlyMap<SourceId, SourceDocument>;
};

export const NO_WAIVERS: WaiversFile = { waivers: [], diagnostics: [], documents: new Map() };

/**
 * The waivers of the file that is asked for, of the one that the configuration names, or of `clientsmith.waivers.yaml` beside it, if there is one.
 *
 * @throws {UsageError} where a file that is named cannot be read.
 */
export async function readWaiversFile(
  { config, folder }: LoadedConfig,
  { asked, cwd, reader }: { asked: string | undefined; cwd: string; reader: DocumentReader },
): Promise<WaiversFile> {
  const named = asked === undefined ? config.waivers && resolve(folder, config.waivers) : resolve(cwd, asked);
  const path = named ?? join(folder, WAIVERS);
  if (named === undefined && !existsSync(path)) return NO_WAIVERS;
  const { value: source, problems } = await reader.readEntry(path, { isNamed: asked !== undefined });
  if (!source) throw unreadable(problems);
  const parsed = parse(source);
  // Whoever takes the last waiver back may keep the comments above it.
  const faults = parsed.problems.filter(({ code }) => code !== "document-empty");
  const documents = new Map([[source.id, parsed.value ?? unparsed(source)]]);
  const read = parsed.value ? readWaivers(parsed.value) : { value: [], problems: [] };
  return {
    waivers: read.value,
    diagnostics: locateProblems([...faults, ...read.problems], documents),
    documents,
  };
}
