import { withPlainLines } from "./plan.js";

/** The file beside a package's README. It belongs to people: only the entry of the version to come is written. */
export const CHANGELOG = "CHANGELOG.md";

/** An entry of a changelog (Keep a Changelog 1.1.0). */
export type ChangelogEntry = {
  readonly version: string;
  /** The day of the release, `2026-11-21`; an entry that is there keeps its own. */
  readonly date: string;
  readonly notes: readonly { readonly title: string; readonly lines: readonly string[] }[];
};

/** What is written, and what it takes the place of. */
export type ChangelogEdit = {
  readonly packageName: string;
  /** Undefined where there is nothing to release. */
  readonly entry: ChangelogEntry | undefined;
  /** The version of an entry that was written before, for the same release unless it is committed. */
  readonly pending: string | undefined;
  /** The versions that a commit holds: their entries stay as they are. */
  readonly committed: ReadonlySet<string | undefined>;
};

/** The changelog with the entry first among its versions, in the line ends that it has; the same again where it is run again. */
export function editedChangelog(text: string | undefined, edit: ChangelogEdit): string | undefined {
  const edited = edit.entry || text !== undefined ? withEntry(text, edit) : undefined;
  return text?.includes("\r\n") ? edited && withPlainLines(edited).replaceAll("\n", "\r\n") : edited;
}

function withEntry(
  text: string | undefined,
  { packageName, entry, pending, committed }: ChangelogEdit,
): string | undefined {
  const { head, sections } = parted(text ?? headOf(packageName));
  const replaced = new Set([pending, entry?.version].filter((each) => !committed.has(each)));
  const known = sections.find(({ version }) => version !== undefined && replaced.has(version));
  const others = sections.filter(({ version }) => version === undefined || !replaced.has(version));
  const isThere = others.some(({ version }) => version !== undefined && version === entry?.version);
  if (!entry || isThere) return known ? joined(head, others) : text;
  const date = known?.version === entry.version ? (known.date ?? entry.date) : entry.date;
  const written = { version: entry.version, date, text: entryText({ ...entry, date }) };
  const first = others.findIndex(({ version }) => version !== UNRELEASED);
  const at = first === -1 ? others.length : first;
  return joined(head, [...others.slice(0, at), written, ...others.slice(at)]);
}

/** The versions that a changelog has entries of. */
export function versionsIn(text: string | undefined): ReadonlySet<string> {
  const { sections } = parted(text ?? "");
  return new Set(sections.flatMap(({ version }) => version ?? []));
}

const UNRELEASED = "Unreleased";

type Section = {
  readonly version: string | undefined;
  readonly date: string | undefined;
  readonly text: string;
};

function headOf(packageName: string): string {
  return `# Changelog

What changes for those who use \`${packageName}\`. The form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and versions
follow [Semantic Versioning](https://semver.org/spec/v2.0.0.html).
`;
}

/** The text before the first version, and the sections of the versions, each apart from the link definitions that stand below it. */
function parted(text: string): { head: string; sections: Section[] } {
  const lines = withPlainLines(text).split("\n");
  const starts = headingsOf(lines);
  const parts = [0, ...starts].map((start, index) => lines.slice(start, starts[index]));
  const [head, ...sections] = parts.map(withoutDefinitions) as [Part, ...Part[]];
  return {
    head: head.text,
    sections: [...unversioned(head.definitions), ...sections.flatMap(sectionsOf)],
  };
}

/** Where second-level headings stand: what a code fence holds is none (CommonMark 0.31, 4.5). */
function headingsOf(lines: readonly string[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]!.startsWith("## ")) found.push(at);
    at = fenceEnd(lines, at) ?? at;
  }
  return found;
}

/** Where the fence ends that a line opens; undefined where it opens none, or one that is never closed. */
function fenceEnd(lines: readonly string[], at: number): number | undefined {
  const [, fence] = /^\s*(`{3,}|~{3,})/.exec(lines[at]!) ?? [];
  if (fence === undefined) return undefined;
  const end = lines.findIndex((line, index) => {
    const closing = line.trim();
    return index > at && closing.startsWith(fence) && closing.replaceAll(fence[0]!, "") === "";
  });
  return end === -1 ? undefined : end;
}

type Part = { readonly text: string; readonly definitions: string };

/** Link definitions at the end belong to the whole file: they stay where a section goes. */
function withoutDefinitions(lines: readonly string[]): Part {
  const last = lines.findLastIndex((line) => line.trim() !== "" && !DEFINITION.test(line));
  const [text, definitions] = [lines.slice(0, last + 1), lines.slice(last + 1)];
  return { text: text.join("\n"), definitions: definitions.join("\n").trim() };
}

const DEFINITION = /^ {0,3}\[[^\]]+\]:/;

function sectionsOf({ text, definitions }: Part): Section[] {
  const [, version, date] = /^## \[?([^\]\s]+)\]?(?: - (\d{4}-\d\d-\d\d)(?!\S))?/.exec(text) ?? [];
  return [{ version, date, text }, ...unversioned(definitions)];
}

function unversioned(text: string): Section[] {
  return text === "" ? [] : [{ version: undefined, date: undefined, text }];
}

function joined(head: string, sections: readonly Section[]): string {
  const parts = [head, ...sections.map(({ text }) => text)].map((part) => part.trimEnd());
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function entryText({ version, date, notes }: ChangelogEntry): string {
  const parts = notes.map(
    ({ title, lines }) => `### ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`,
  );
  return [`## [${version}] - ${date}`, ...parts].join("\n\n");
}
