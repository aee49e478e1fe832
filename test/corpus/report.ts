import { isFailure, STATUSES, type Finding } from "./finding.js";

/** The table of a run, and the reasons of the refusals. */
export function reportOf(findings: readonly Finding[]): string {
  const documents = findings.filter(({ status }) => status !== "no document");
  const sum = (pick: (finding: Finding) => number) =>
    documents.reduce((total, each) => total + pick(each), 0);
  const count = (holds: (finding: Finding) => boolean) => sum((each) => (holds(each) ? 1 : 0));
  const rows: [string, number][] = [
    ["documents", documents.length],
    ["refused strictly", count(({ strict }) => strict.length > 0)],
    ["refused leniently", count(({ lenient }) => lenient.length > 0)],
    ...STATUSES.filter((status) => status !== "refused" && status !== "no document").map(
      (status): [string, number] => [status, count((each) => each.status === status)],
    ),
    ["fixtures proved", sum(({ fixtures }) => fixtures.proved)],
    ["fixtures refused", sum(({ fixtures }) => fixtures.refused)],
    ["seconds, all", Math.round(sum(({ seconds }) => seconds))],
    ["slowest, seconds", Math.round(Math.max(0, ...documents.map(({ seconds }) => seconds)))],
  ];
  return [
    ...rows.map(([name, value]) => row(name, value)),
    ...reasons("strictly", documents, ({ strict }) => strict),
    ...reasons("leniently", documents, ({ lenient }) => lenient),
    ...documents.filter(isFailure).map(({ status, name, message }) => `${status}: ${name}\n  ${message}`),
  ].join("\n");
}

function row(name: string, value: number | string): string {
  return `${name.padEnd(44)} ${value}`;
}

/** How many documents a reason refuses, the most frequent first. */
function reasons(
  how: string,
  documents: readonly Finding[],
  codesOf: (finding: Finding) => readonly string[],
): string[] {
  const byCode = new Map<string, string[]>();
  for (const finding of documents)
    for (const code of codesOf(finding)) byCode.set(code, [...(byCode.get(code) ?? []), finding.name]);
  return [...byCode]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([code, names]) => row(`refused ${how}: ${code}`, `${names.length}, as ${names[0]!}`));
}
