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

/** The changelog with the entry first among its versions; the same again where it is run again. */
export function editedChangelog(
  text: string | undefined,
  { packageName, entry, pending, committed }: ChangelogEdit,
): string | undefined {
  if (!entry && text === undefined) return undefined;
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

/** The text before the first version, and the sections of the versions. */
function parted(text: string): { head: string; sections: Section[] } {
  const [head = "", ...parts] = text.replaceAll("\r\n", "\n").split(/^(?=## )/m);
  const sections = parts.map((part) => {
    const [, version, date] = /^## \[?([^\]\s]+)\]?(?: - (\S+))?/.exec(part) ?? [];
    return { version, date, text: part };
  });
  return { head, sections };
}

function joined(head: string, sections: readonly Section[]): string {
  return `${[head, ...sections.map(({ text }) => text)].map((part) => part.trimEnd()).join("\n\n")}\n`;
}

function entryText({ version, date, notes }: ChangelogEntry): string {
  const parts = notes.map(
    ({ title, lines }) => `### ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`,
  );
  return [`## [${version}] - ${date}`, ...parts].join("\n\n");
}
