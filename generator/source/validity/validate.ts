import { hasErrors, type Problem, type Staged } from "../../diagnostics/problem.js";
import type { ReadingOptions } from "../reading-options.js";
import { join, valueAt } from "../pointer.js";
import type { SourceDocument } from "../source.js";
import { holderOf } from "./elsewhere.js";
import { evaluate } from "./evaluate.js";
import { pointerOf, type Fault } from "./fault.js";
import { phraseOf } from "./owners.js";
import { respelt } from "./misspelt.js";
import { repaired, type Edit } from "./repair.js";
import { findingOf, report, type Finding } from "./report.js";
import { safeReadingOf } from "./safe-reading.js";
import { schemaOf, versionOf } from "./schemas.js";

/** How a document is to be read. `api` stands in for a title that is missing. */
export type ValidityOptions = ReadingOptions & { readonly api: string };

/**
 * Holds a document against the schema of its version.
 *
 * @returns everything that is wrong with it, and the document with each fault read safely, where there is such a reading: so the
 * stages after this one say nothing of a fault that is said already. A document of no known version stays as it is.
 */
export async function validate(
  document: SourceDocument,
  options: ValidityOptions,
): Promise<Staged<SourceDocument>> {
  const version = versionOf(document.value);
  if (!version) return { value: document, problems: [] };
  return judged(evaluate(await schemaOf(version), document.value), document, options);
}

/**
 * The same of the document that a run begins with: a field that is misspelt is told once, and read as what it is meant to be. Leniently, it is
 * ignored as each field that an object does not have.
 */
export async function validateEntry(
  document: SourceDocument,
  options: ValidityOptions,
): Promise<Staged<SourceDocument>> {
  const version = versionOf(document.value);
  if (!version || options.lenient === true) return validate(document, options);
  const schema = await schemaOf(version);
  const { document: meant, faults, misspelt } = respelt(document, (value) => evaluate(schema, value));
  const told = judged(misspelt, meant, options);
  const { value, problems } = judged(faults, meant, options);
  return { value, problems: [...told.problems, ...problems] };
}

/** What is to be said of the faults of a document, and the document with each of them read safely. */
export function judged(
  faults: readonly Fault[],
  document: SourceDocument,
  options: ValidityOptions,
): Staged<SourceDocument> {
  const said = withoutNoise(faults);
  const found = said.map((fault) => judge(fault, document, options));
  const problems = found.flatMap(({ problem }) => (problem ? [problem] : []));
  // Of what belongs elsewhere one is told, and all of it goes.
  const told = new Set(said);
  const others = faults.filter((fault) => !told.has(fault) && holderOf(fault) !== undefined);
  const edits = [
    ...found.flatMap((each) => each.edits),
    ...others.map(({ at }) => ({ pointer: pointerOf(at) })),
  ];
  return edits.length === 0
    ? { value: document, problems }
    : { value: { ...document, value: repaired(document.value, edits) }, problems };
}

type Judged = { readonly problem: Problem | undefined; readonly edits: readonly Edit[] };

function judge(fault: Fault, document: SourceDocument, { api, lenient }: ValidityOptions): Judged {
  const finding = findingOf(fault, document);
  const safe = safeReadingOf(finding, api);
  const problem = report(finding, safe?.reading);
  // What only a lenient run reads otherwise: a strict one reads what the specification says.
  const isAdvice = problem !== undefined && !hasErrors([problem]);
  return { problem, edits: [...(isAdvice && lenient !== true ? [] : (safe?.edits ?? [])), ...held(finding)] };
}

/** The field that should hold a misplaced one says nothing where it is missing. */
function held({ fault, document, owner }: Finding): Edit[] {
  const holder = HOLDING.has(owner) ? holderOf(fault) : undefined;
  if (holder === undefined) return [];
  const pointer = join(pointerOf(fault.ownerAt), holder);
  return valueAt(document.value, pointer) === undefined ? [{ pointer, value: {} }] : [];
}

/** The objects that need the field. */
const HOLDING = new Set(["a parameter", "a header", "a request body"]);

/** What tells which kind of object it is: the field, what all kinds need, and what only some of them have. */
type KindField = {
  readonly field: string;
  readonly always: readonly string[];
  readonly some: readonly string[];
};

/** While nobody knows the kind of an object, nobody knows what else it needs, nor what it may have. */
const KINDS: { readonly [owner: string]: KindField } = {
  "a parameter": {
    field: "in",
    always: ["name", "in", "schema", "content"],
    some: ["allowEmptyValue", "allowReserved"],
  },
  "a security scheme": {
    field: "type",
    always: ["type"],
    some: ["name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl", "oauth2MetadataUrl"],
  },
};

/**
 * A value of the wrong type fails every other keyword, too, and an object of no kind what each kind needs. What stands beside the field that
 * should hold it is told once, and the field is not missed.
 */
function withoutNoise(faults: readonly Fault[]): Fault[] {
  const kindless = new Set(faults.filter(isOfNoKind).map(({ ownerAt }) => pointerOf(ownerAt)));
  const misplaced = new Map(
    faults
      .flatMap((fault) => {
        const holder = holderOf(fault);
        return holder === undefined ? [] : [[`${pointerOf(fault.ownerAt)} ${holder}`, fault] as const];
      })
      .toReversed(),
  );
  const mistyped = new Set(faults.filter(({ keyword }) => keyword === "type").map(({ at }) => pointerOf(at)));
  return faults.filter((fault) => {
    const { keyword, at, fields } = fault;
    if (keyword === "type") return true;
    const holder = holderOf(fault);
    if (holder !== undefined) return misplaced.get(`${pointerOf(fault.ownerAt)} ${holder}`) === fault;
    if (keyword === "required" && fields.some((field) => misplaced.has(`${pointerOf(at)} ${field}`)))
      return false;
    const isGuess = kindless.has(pointerOf(fault.ownerAt)) && isOfSomeKind(fault);
    return !isGuess && !mistyped.has(pointerOf(at));
  });
}

/** True where the field that tells the kind of an object is missing, or tells none. */
function isOfNoKind({ keyword, at, owner, ownerAt, fields }: Fault): boolean {
  const field = KINDS[phraseOf(owner)]?.field;
  if (field === undefined) return false;
  const isUnknown = keyword === "enum" && at?.parent === ownerAt && at?.token === field;
  return isUnknown || (keyword === "required" && fields[0] === field);
}

/** True of what an object needs, or may not have, by its kind alone. */
function isOfSomeKind({ keyword, at, owner, ownerAt, fields: [field = ""] }: Fault): boolean {
  const kind = KINDS[phraseOf(owner)];
  if (!kind) return false;
  if (keyword === "unknown") return at?.parent === ownerAt && kind.some.includes(field);
  return (keyword === "required" || keyword === "oneOf") && at === ownerAt && !kind.always.includes(field);
}
