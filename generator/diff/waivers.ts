import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "../source/json.js";
import { join, type JsonPointer } from "../source/pointer.js";
import type { SourceDocument } from "../source/source.js";
import { judged, type LocatedFinding, type Review, type TextPlace, type WaiverProblem } from "./review.js";
import { RULES } from "./rules/rules.js";

/** What a waiver means: one finding by its fingerprint, or what a rule finds at a place of either document. */
type WaiverTarget =
  | { readonly kind: "fingerprint"; readonly fingerprint: string }
  | { readonly kind: "place"; readonly rule: string; readonly pointer: JsonPointer };

/** What somebody has agreed to, and until when. */
export type Waiver = {
  readonly target: WaiverTarget;
  /** The API that it is for; undefined for every API. */
  readonly api: string | undefined;
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly expires: string;
  readonly place: TextPlace;
};

/** The waivers of a file, `waivers: [{ fingerprint, reason, expires }]`. An entry that has a fault waives nothing. */
export function readWaivers(document: SourceDocument): Staged<readonly Waiver[]> {
  return new WaiverReader(document).read();
}

/** Who has installed clientsmith has no file of its sources. */
const RULES_PAGE = "https://github.com/clientsmith/clientsmith/blob/main/generator/diff/RULES.md";

const FIELDS = ["fingerprint", "rule", "pointer", "api", "reason", "expires"] as const;

class WaiverReader {
  private readonly document: SourceDocument;
  private readonly problems: Problem[] = [];

  constructor(document: SourceDocument) {
    this.document = document;
  }

  read(): Staged<readonly Waiver[]> {
    const { value } = this.document;
    if (!isObject(value)) this.wrongType({ name: "the file of waivers", expected: "an object", value }, "");
    else this.refuseOthers(value, { pointer: "", owner: "the file of waivers", fields: ["waivers"] });
    const list = isObject(value) ? (own(value, "waivers") ?? []) : [];
    if (!isArray(list)) this.wrongType({ name: "waivers", expected: "a list", value: list }, "/waivers");
    const entries = isArray(list) ? list : [];
    const waivers = entries.flatMap((entry, index) => this.waiver(entry, `/waivers/${index}`) ?? []);
    return { value: waivers, problems: this.problems };
  }

  private waiver(entry: JsonValue, pointer: JsonPointer): Waiver | undefined {
    if (!isObject(entry))
      return this.wrongType({ name: "a waiver", expected: "an object", value: entry }, pointer);
    const before = this.problems.length;
    this.refuseOthers(entry, { pointer, owner: "a waiver", fields: FIELDS });
    const target = this.target(entry, pointer);
    const reason = this.text(entry, { pointer, name: "reason" });
    const expires = this.date(entry, pointer);
    const api = own(entry, "api") === undefined ? undefined : this.text(entry, { pointer, name: "api" });
    if (!target || reason === undefined || expires === undefined || this.problems.length > before)
      return undefined;
    const place = { file: this.document.id, ...this.document.locate(pointer, "value"), pointer };
    return { target, api, reason, expires, place };
  }

  private target(entry: JsonObject, pointer: JsonPointer): WaiverTarget | undefined {
    const has = (name: string) => own(entry, name) !== undefined;
    if (has("fingerprint") && (has("rule") || has("pointer")))
      this.add(problem("waiver-ambiguous", {}, { origin: this.origin(pointer) }));
    if (has("fingerprint")) {
      const fingerprint = this.text(entry, { pointer, name: "fingerprint" });
      return fingerprint === undefined ? undefined : { kind: "fingerprint", fingerprint };
    }
    if (!has("rule") && !has("pointer")) {
      this.add(
        problem(
          "missing-field",
          { name: "fingerprint, or rule and pointer", owner: "a waiver" },
          { origin: this.origin(pointer) },
        ),
      );
      return undefined;
    }
    const rule = this.text(entry, { pointer, name: "rule" });
    const place = this.text(entry, { pointer, name: "pointer" });
    if (rule !== undefined && !RULES.has(rule))
      this.wrongValue("rule", `be the id of a rule: ${RULES_PAGE} lists them`, pointer);
    return rule === undefined || place === undefined ? undefined : { kind: "place", rule, pointer: place };
  }

  private text(
    entry: JsonObject,
    { pointer, name }: { pointer: JsonPointer; name: string },
  ): string | undefined {
    const value = own(entry, name);
    if (typeof value === "string" && (value.trim() !== "" || name === "pointer")) return value;
    if (value === undefined)
      this.add(problem("missing-field", { name, owner: "a waiver" }, { origin: this.origin(pointer) }));
    else if (typeof value === "string") this.wrongValue(name, "say something", pointer);
    else this.wrongType({ name, expected: "a string (in quotes)", value }, join(pointer, name));
    return undefined;
  }

  private date(entry: JsonObject, pointer: JsonPointer): string | undefined {
    const text = this.text(entry, { pointer, name: "expires" });
    if (text === undefined || isDate(text)) return text;
    return this.wrongValue("expires", "be a date, as 2027-03-31", pointer);
  }

  private refuseOthers(
    object: JsonObject,
    { pointer, owner, fields }: { pointer: JsonPointer; owner: string; fields: readonly string[] },
  ): void {
    for (const name of Object.keys(object).filter((each) => !fields.includes(each)))
      this.add(
        problem(
          "unknown-field",
          { name: JSON.stringify(name), owner, near: undefined },
          { origin: this.origin(join(pointer, name)), place: "key" },
        ),
      );
  }

  private wrongType(
    { name, expected, value }: { name: string; expected: string; value: JsonValue },
    pointer: JsonPointer,
  ): undefined {
    const found = value === null ? "null" : isArray(value) ? "a list" : `a ${typeof value}`;
    this.add(problem("wrong-type", { name, expected, found }, { origin: this.origin(pointer) }));
  }

  private wrongValue(name: string, rule: string, pointer: JsonPointer): undefined {
    this.add(problem("wrong-value", { name, rule }, { origin: this.origin(join(pointer, name)) }));
  }

  private add(found: Problem): void {
    this.problems.push(found);
  }

  private origin(pointer: JsonPointer): Problem["origin"] {
    return { source: this.document.id, pointer };
  }
}

/** A day of the calendar, as RFC 3339 writes it (`full-date`). */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The review of one API. */
export type NamedReview = { readonly name: string; readonly review: Review };

/** What waivers are held against. */
type Circumstances = {
  /** The date of today in UTC: `2026-11-21`. */
  readonly today: string;
  /** True where no API is left out: then a waiver of no finding at all is unused. */
  readonly isWhole: boolean;
};

/**
 * The reviews without the findings that somebody has agreed to, and with what is wrong with the waivers. A problem of a waiver stands in the
 * review of the API that it names, or of the first.
 */
export function withWaivers(
  reviews: readonly NamedReview[],
  waivers: readonly Waiver[],
  circumstances: Circumstances,
): Review[] {
  const living = waivers.filter(({ expires }) => expires >= circumstances.today);
  const problems = waiverProblems(reviews, waivers, circumstances);
  return reviews.map(({ name, review }, index) => {
    const waiverOf = (finding: LocatedFinding) => living.find((waiver) => waives(waiver, finding, name));
    const waived = review.findings.flatMap((finding) => {
      const waiver = waiverOf(finding);
      return waiver ? [{ ...finding, waiver: { reason: waiver.reason, expires: waiver.expires } }] : [];
    });
    const here = problems.filter(({ api }) =>
      reviews.some((each) => each.name === api) ? api === name : index === 0,
    );
    const findings = review.findings.filter((finding) => waiverOf(finding) === undefined);
    return judged({ ...review, findings, waived, waiverProblems: here.map(({ problem: found }) => found) });
  });
}

function waives(
  { target, api }: Waiver,
  { fingerprint, rule, base, head }: LocatedFinding,
  name: string,
): boolean {
  if (api !== undefined && api !== name) return false;
  if (target.kind === "fingerprint") return target.fingerprint === fingerprint;
  return target.rule === rule && (base?.pointer === target.pointer || head?.pointer === target.pointer);
}

/** A problem of a waiver, and the API that the waiver names. */
type NamedProblem = { readonly api: string | undefined; readonly problem: WaiverProblem };

function waiverProblems(
  reviews: readonly NamedReview[],
  waivers: readonly Waiver[],
  { today, isWhole }: Circumstances,
): NamedProblem[] {
  return waivers.flatMap((waiver): NamedProblem[] => {
    const { api, expires } = waiver;
    const isUsed = reviews.some(({ name, review }) =>
      review.findings.some((finding) => waives(waiver, finding, name)),
    );
    const isDecided = isUsed || isWhole || reviews.some(({ name }) => name === api);
    if (!isDecided) return [];
    if (expires >= today)
      return isUsed
        ? []
        : [{ api, problem: problemOf(waiver, "unused", "no finding is meant by it: remove it") }];
    const next = isUsed ? "its finding counts again" : "no finding is meant by it any more: remove it";
    return [{ api, problem: problemOf(waiver, "expired", `its last day was ${expires}; ${next}`) }];
  });
}

function problemOf({ target, place }: Waiver, kind: WaiverProblem["kind"], message: string): WaiverProblem {
  const waiver = target.kind === "fingerprint" ? target.fingerprint : `${target.rule} ${target.pointer}`;
  return { kind, waiver, message, place };
}
