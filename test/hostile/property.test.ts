import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonValue } from "../../generator/source/json.js";
import { compileText } from "../support/compile.js";
import { faultsOf } from "./oracle.js";
import { HOSTILE, P } from "./payloads.js";
import { RICH } from "./rich-document.js";

/** A place of a string in the document: a member's name, or a value. */
type Site = { readonly path: readonly string[]; readonly kind: "key" | "value" };

/** Every place that carries a string. What a field's own name is, no document chooses. */
function sitesOf(value: JsonValue, path: readonly string[] = []): Site[] {
  if (typeof value === "string") return [{ path, kind: "value" }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = [...path, key];
    return [{ path: at, kind: "key" } as const, ...sitesOf(member, at)];
  });
}

const SITES = sitesOf(RICH);

/** The document with one string in the place of another; what stood below a renamed member moves along. */
function placed(value: JsonValue, { path, kind }: Site, text: string): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((item: JsonValue, index) =>
      String(index) === key ? placed(item, { path: rest, kind }, text) : item,
    );
  return Object.fromEntries(
    Object.entries(value as { [name: string]: JsonValue }).map(([name, member]) => {
      if (name !== key) return [name, member];
      return rest.length === 0 && kind === "key"
        ? [text, member]
        : [name, placed(member, { path: rest, kind }, text)];
    }),
  );
}

const anything = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE))
      .map((pair) => pair.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);
const replacements = fc.array(fc.tuple(fc.constantFrom(...SITES), anything), { minLength: 1, maxLength: 12 });
/** Mostly, the faults are read past: a strict run refuses nearly all of these documents, and writes nothing that could be wrong. */
const lenience = fc.constantFrom(true, true, true, false);

it("whatever strings a document carries, it is refused at its lines, or becomes code that holds none of them as code", async () => {
  let written = 0;
  const property = fc.asyncProperty(replacements, lenience, async (chosen, lenient) => {
    // Deep places first: a place stays where it is while what is above it is not renamed.
    const deepest = chosen.toSorted(([a], [b]) => b.path.length - a.path.length);
    const document = deepest.reduce(
      (each, [site, text]) => placed(each, site, text),
      RICH as unknown as JsonValue,
    );
    const { files, diagnostics } = await compileText(JSON.stringify(document), {
      openapi: chosen.length % 4 === 0,
      lenient,
    });
    if (files) written++;
    const refusals = diagnostics.filter(({ severity }) => severity === "error");
    expect(files === undefined).toBe(refusals.length > 0);
    for (const { line, column } of diagnostics) expect(Math.min(line, column)).toBeGreaterThan(0);
    expect(faultsOf(files ?? [])).toEqual([]);
  });
  const numRuns = Number(process.env["HOSTILE_RUNS"] ?? 30);
  await fc.assert(property, { numRuns });
  // Two of five are; of thirty, so few are once in ten thousand times.
  expect(written).toBeGreaterThan(numRuns / 10);
});

it("the same for each place alone, with the payload that closes everything", async () => {
  const everything = `*/ ${P}; /*"; ${P}; //'; ${P}; //\`\${${P}}\n${P}\u2028</script>\u202e\u2066\ud800\u0000`;
  const faults: string[] = [];
  let written = 0;
  for (const site of SITES.filter((_, index) => index % 18 === 0)) {
    const document = placed(RICH, site, everything);
    const { files } = await compileText(JSON.stringify(document), { openapi: false, lenient: true });
    if (files) written++;
    faults.push(...faultsOf(files ?? []).map((fault) => `${site.kind} ${site.path.join("/")}: ${fault}`));
  }
  expect(faults).toEqual([]);
  expect(written).toBeGreaterThan(SITES.length / 18 / 2);
});
