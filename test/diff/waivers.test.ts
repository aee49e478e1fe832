import { describe, expect, it } from "vitest";
import type { Review } from "../../generator/diff/review.js";
import { readWaivers, withWaivers } from "../../generator/diff/waivers.js";
import { parse } from "../../generator/source/parse.js";
import { Repository } from "../support/repository.js";
import { documentOf, reviewTexts, verdicts } from "../support/review.js";
import { cli, cliOn } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const integer = { type: "object", properties: { a: { type: "integer" }, b: { type: "string" } } };
const string = { type: "object", properties: { a: { type: "string" }, b: { type: "boolean" } } };
const BASE = documentOf(integer, { direction: "request" });
const HEAD = documentOf(string, { direction: "request" });
const POINTER = "/paths/~1things/put/requestBody/content/application~1json/schema/properties/a";
const REVIEW = reviewTexts(BASE, HEAD);

function read(text: string) {
  const { value } = parse({ id: "w.yaml", text });
  return readWaivers(value!);
}

/** The review with the waivers of a file, on a day. */
function waived(text: string, { today = "2026-11-21", isWhole = true } = {}): Review {
  const { value, problems } = read(text);
  expect(problems).toEqual([]);
  return withWaivers([{ name: "things", review: REVIEW }], value, { today, isWhole })[0]!;
}

function entry(fields: string): string {
  return `waivers:\n  - ${fields}\n    reason: nobody sends it\n    expires: 2026-12-31\n`;
}

/** What is said of each waiver that waives nothing. */
function problemsOf({ waiverProblems = [] }: Review): string[] {
  return waiverProblems.map(
    ({ kind, waiver, message, place }) => `${kind} ${waiver} ${place?.line}: ${message}`,
  );
}

describe("a waiver", () => {
  it("takes the finding of its fingerprint out of the verdict, and says why", () => {
    const [first, ...others] = REVIEW.findings;
    expect(verdicts(REVIEW)).toEqual([
      "error request-property-type-changed",
      "error request-property-type-changed",
    ]);
    const found = waived(entry(`fingerprint: "${first!.fingerprint}"`));
    expect(found.findings).toEqual(others);
    expect(found.waived?.map(({ id, waiver }) => [id, waiver])).toEqual([
      [first!.id, { reason: "nobody sends it", expires: "2026-12-31" }],
    ]);
    expect(problemsOf(found)).toEqual([]);
    expect(found.verdict).toBe("breaking");
  });

  it("means what a rule finds at a place of either document", () => {
    const [first] = REVIEW.findings;
    const pointer = first!.base!.pointer;
    const found = waived(entry(`rule: request-property-type-changed\n    pointer: ${pointer}`));
    expect(found.waived?.map(({ id }) => id)).toEqual([first!.id]);
    const other = waived(entry(`rule: request-property-max-set\n    pointer: ${pointer}`));
    expect(other.waived).toEqual([]);
    expect(problemsOf(other)).toEqual([
      `unused request-property-max-set ${pointer} 2: no finding is meant by it: remove it`,
    ]);
  });

  it("lets pass through its last day, and is a finding after it", () => {
    const text = entry(`fingerprint: "${REVIEW.findings[0]!.fingerprint}"`);
    expect(waived(text, { today: "2026-12-31" }).waived).toHaveLength(1);
    const after = waived(text, { today: "2027-01-01" });
    expect(after.findings).toEqual(REVIEW.findings);
    expect(problemsOf(after)).toEqual([
      `expired ${REVIEW.findings[0]!.fingerprint} 2: its last day was 2026-12-31; its finding counts again`,
    ]);
    expect(problemsOf(waived(entry(`fingerprint: "0"`), { today: "2027-01-01" }))).toEqual([
      "expired 0 2: its last day was 2026-12-31; no finding is meant by it any more: remove it",
    ]);
  });

  it("is for its API alone", () => {
    const { fingerprint } = REVIEW.findings[0]!;
    const other = entry(`fingerprint: "${fingerprint}"\n    api: other`);
    expect(waived(other).waived).toEqual([]);
    expect(problemsOf(waived(other))).toHaveLength(1);
    expect(problemsOf(waived(other, { isWhole: false }))).toEqual([]);
    expect(problemsOf(waived(entry(`fingerprint: "0"`), { isWhole: false }))).toEqual([]);
    expect(waived(entry(`fingerprint: "${fingerprint}"\n    api: things`)).waived).toHaveLength(1);
  });

  it("judges anew what is left", () => {
    const lines = REVIEW.findings.map(
      ({ fingerprint }) => `  - { fingerprint: "${fingerprint}", reason: r, expires: 2026-12-31 }`,
    );
    expect(waived(`waivers:\n${lines.join("\n")}\n`)).toMatchObject({
      verdict: "unchanged",
      bump: "none",
      findings: [],
    });
  });
});

describe("the file", () => {
  it.each([
    ["- a\n", ['"": the file of waivers must be an object, not a list']],
    ["waivers: 1\n", ["/waivers: waivers must be a list, not a number"]],
    ["waiver: []\n", ['/waiver: "waiver" is no field of the file of waivers']],
    ["waivers: [1]\n", ["/waivers/0: a waiver must be an object, not a number"]],
    [
      "waivers: [{ fingerprint: 12, reason: r, expires: 2026-01-01 }]\n",
      ["/waivers/0/fingerprint: fingerprint must be a string (in quotes), not a number"],
    ],
    [
      "waivers: [{ reason: ' ', expires: 2026-02-30 }]\n",
      [
        "/waivers/0: a waiver needs fingerprint, or rule and pointer",
        "/waivers/0/reason: reason must say something",
        "/waivers/0/expires: expires must be a date, as 2027-03-31",
      ],
    ],
    [
      "waivers: [{ rule: nonsense, reason: r, expires: soon, ends: never }]\n",
      [
        '/waivers/0/ends: "ends" is no field of a waiver',
        "/waivers/0: a waiver needs pointer",
        "/waivers/0/rule: rule must be the id of a rule: https://github.com/clientsmith/clientsmith/blob/main/generator/diff/RULES.md lists them",
        "/waivers/0/expires: expires must be a date, as 2027-03-31",
      ],
    ],
    [
      "waivers: [{ fingerprint: a, rule: b, reason: r, expires: 2026-01-01 }]\n",
      ["/waivers/0: a waiver names a fingerprint, or a rule and a pointer, not both"],
    ],
  ])("%j has faults", (text, expected) => {
    const { value, problems } = read(text);
    expect(value).toEqual([]);
    expect(problems.map(({ origin, message }) => `${origin.pointer || '""'}: ${message}`)).toEqual(expected);
  });
});

/** A document of which the head is not yet committed. */
function changed(): string {
  const repository = new Repository({ "specs/things.yaml": BASE });
  repository.write({ "specs/things.yaml": HEAD });
  return repository.cwd;
}

function waiverOf(index: number): string {
  return `  - rule: request-property-type-changed\n    pointer: ${REVIEW.findings[index]!.base!.pointer}\n    reason: agreed\n    expires: 2026-12-31\n`;
}

describe("clientsmith diff", () => {
  it("takes the file beside the configuration, and counts no waived finding", async () => {
    const cwd = changed();
    expect((await cli(cwd, "diff", "--base", "HEAD")).code).toBe(1);
    writeFiles(cwd, [{ path: "clientsmith.waivers.yaml", text: `waivers:\n${waiverOf(0)}${waiverOf(1)}` }]);
    const { code, out } = await cli(cwd, "diff", "--base", "HEAD");
    expect(code).toBe(0);
    expect(out).toContain("waived  agreed (until 2026-12-31)");
    // What was agreed to on the wire still breaks what compiles against the package.
    const report = JSON.parse((await cli(cwd, "diff", "--base", "HEAD", "--format", "json")).out) as object;
    expect(report).toMatchObject({ verdict: "unchanged", counts: { error: 0 }, bump: "major" });
    const late = await cliOn({ today: () => "2027-01-01" }, cwd, "diff", "--base", "HEAD");
    expect(late.code).toBe(1);
    expect(late.out).toContain("is expired: its last day was 2026-12-31; its finding counts again");
  });

  it("fails by a waiver of nothing where warnings fail", async () => {
    const cwd = emptyFolder();
    writeFiles(cwd, [
      { path: "a.yaml", text: BASE },
      { path: "w.yaml", text: `waivers:\n${waiverOf(0)}` },
    ]);
    const args = ["diff", "a.yaml", "a.yaml", "--waivers", "w.yaml"];
    expect(await cli(cwd, ...args)).toMatchObject({ code: 0 });
    const report = JSON.parse((await cli(cwd, ...args, "--format", "json")).out) as object;
    expect(report).toMatchObject({ verdict: "warning", counts: { error: 0, warning: 0, info: 0 } });
    const { code, out } = await cli(cwd, ...args, "--fail-on", "warning", "--format", "github");
    expect(code).toBe(1);
    expect(out).toBe(
      `::warning file=w.yaml,line=2,col=5,title=waiver::waiver \`request-property-type-changed ${POINTER}\` is unused: no finding is meant by it: remove it\n`,
    );
  });

  it("shows the faults of the file at their lines, and reviews nothing", async () => {
    const cwd = emptyFolder();
    writeFiles(cwd, [
      { path: "a.yaml", text: BASE },
      { path: "w.yaml", text: "waivers:\n  - fingerprint: x\n    expires: 2026-12-31\n" },
    ]);
    const { code, out, err } = await cli(cwd, "diff", "a.yaml", "a.yaml", "--waivers", "w.yaml");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("w.yaml:2:5 error: a waiver needs reason [missing-field]");
    expect(await cli(cwd, "diff", "a.yaml", "a.yaml", "--waivers", "no.yaml")).toEqual({
      code: 2,
      out: "",
      err: "error: no.yaml: cannot read the document: there is no such file [document-unreadable]\n",
    });
  });

  it("takes a file of which comments are left alone for no waivers", async () => {
    const cwd = emptyFolder();
    writeFiles(cwd, [
      { path: "a.yaml", text: BASE },
      { path: "w.yaml", text: "# agreed by the team\n" },
    ]);
    const { code, err } = await cli(cwd, "diff", "a.yaml", "a.yaml", "--waivers", "w.yaml");
    expect([code, err]).toEqual([0, ""]);
  });
});
