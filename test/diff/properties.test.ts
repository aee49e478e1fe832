import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { documentOf, reviewTexts, verdicts } from "../support/review.js";
import {
  changedAt,
  NARROWINGS,
  placesIn,
  REFACTORINGS,
  reordered,
  schemaAt,
  schemas,
  type SchemaObject,
} from "../support/schemas.js";

const RUNS = { numRuns: 25 };

/** A schema and one of the places in it. */
const placed = schemas.chain((schema) =>
  fc.constantFrom(...placesIn(schema)).map((place) => ({ schema, place })),
);

/** Where something is found, and by whom it is read. */
function placesOf(base: SchemaObject, head: SchemaObject): string[] {
  const { findings } = reviewTexts(documentOf(base), documentOf(head));
  return [...new Set(findings.map(({ direction, path }) => `${direction} ${path}`))].toSorted();
}

function errorsOf(base: SchemaObject, head: SchemaObject, direction: "request" | "response"): number {
  const { findings } = reviewTexts(documentOf(base), documentOf(head));
  return findings.filter((each) => each.level === "error" && each.direction === direction).length;
}

function judgedAs(base: SchemaObject, head: SchemaObject): string[] {
  const { findings } = reviewTexts(documentOf(base), documentOf(head));
  return findings.map(({ fingerprint, level }) => `${fingerprint} ${level}`);
}

it("nothing changes from a document to itself", () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const text = documentOf(schema);
      expect(reviewTexts(text, text).findings).toEqual([]);
    }),
    RUNS,
  );
});

it("what is found one way is found at the same places the other way round", () => {
  fc.assert(
    fc.property(schemas, schemas, (one, other) => {
      expect(placesOf(one, other)).toEqual(placesOf(other, one));
    }),
    RUNS,
  );
});

it("what a request loses one way, a response gains the other way round", () => {
  fc.assert(
    fc.property(placed, fc.constantFrom(...Object.values(NARROWINGS)), ({ schema, place }, narrow) => {
      const narrowed = narrow(schemaAt(schema, place));
      fc.pre(narrowed !== undefined && !isValueLess(schemaAt(schema, place), narrowed));
      const head = changedAt(schema, place, () => narrowed);
      expect(errorsOf(schema, head, "request")).toBe(errorsOf(head, schema, "response"));
      expect(errorsOf(schema, head, "response")).toBe(0);
    }),
    RUNS,
  );
});

/** An enum of texts that gains values is but a warning to those who read it. */
function isValueLess(before: SchemaObject, after: SchemaObject): boolean {
  return before["enum"] !== undefined && after["enum"] !== undefined;
}

it("another way to say the same is silent", () => {
  const steps = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Object.values(REFACTORINGS))), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(schemas, steps, fc.boolean(), (schema, changes, isExtracted) => {
      const refactored = changes.reduce((each, [at, change]) => {
        const places = placesIn(each);
        return changedAt(each, places[at % places.length]!, change);
      }, schema);
      const base = documentOf(schema);
      const head = isExtracted
        ? documentOf({ $ref: "#/components/schemas/Own" }, { schemas: { Own: refactored } })
        : documentOf(refactored);
      expect(verdicts(reviewTexts(base, head))).toEqual([]);
      expect(verdicts(reviewTexts(head, base))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it("a request that takes less is an error, with a value that a validator confirms", () => {
  fc.assert(
    fc.property(placed, fc.constantFrom(...Object.values(NARROWINGS)), ({ schema, place }, narrow) => {
      const narrowed = narrow(schemaAt(schema, place));
      fc.pre(narrowed !== undefined);
      const head = changedAt(schema, place, () => narrowed);
      const { findings, verdict } = reviewTexts(
        documentOf(schema, { direction: "request" }),
        documentOf(head, { direction: "request" }),
      );
      const errors = findings.filter(({ level }) => level === "error");
      expect(verdict).toBe("breaking");
      expect(errors).toHaveLength(1);
      const [{ witness } = {}] = errors;
      expect(witness).toBeDefined();
      const validates = (own: SchemaObject) => new Ajv2020({ strict: false }).validate(own, witness!.value);
      expect([validates(schema), validates(head)]).toEqual([true, false]);
    }),
    RUNS,
  );
});

it("findings do not depend on the order of keys", () => {
  fc.assert(
    fc.property(schemas, schemas, (one, other) => {
      expect(judgedAs(reordered(one), reordered(other))).toEqual(judgedAs(one, other));
    }),
    RUNS,
  );
});
