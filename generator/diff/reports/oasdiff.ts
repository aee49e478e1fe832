/** What oasdiff calls our rules, for those who bring a file of severities or of what to ignore. As of its version of 2026. */

const PLACES = {
  P: "request-parameter",
  Q: "request-parameter-property",
  b: "request-body",
  p: "request-property",
  B: "response-body",
  R: "response-property",
} as const;

/** A change of a schema, its name there where it has another, and the places where oasdiff knows it. */
type Row = readonly [change: string, places: string, theirs?: readonly string[]];

const bounds = (
  name: string,
  places: { grows: string; shrinks: string; set?: string; unset?: string },
): Row[] => [
  [`${name}-increased`, places.grows],
  [`${name}-decreased`, places.shrinks],
  [`${name}-set`, places.set ?? ""],
  [`${name}-removed`, places.unset ?? "", [`${name}-unset`]],
];

const ROWS: readonly Row[] = [
  ["type-changed", "PQbpBR"],
  ["became-integer", "QBR", ["type-specialized"]],
  ["became-number", "PQbpBR", ["type-generalized"]],
  ["became-nullable", "PQbpBR"],
  ["became-not-nullable", "PQbpBR"],
  ["became-required", "PpR"],
  ["became-optional", "PpR"],
  ["enum-added", "Pbp", ["became-enum"]],
  ["enum-value-added", "PQpR"],
  ["enum-value-removed", "PQbpR"],
  ["alternative-added", "bpBR", ["any-of-added", "one-of-added"]],
  ["alternative-removed", "bpBR", ["any-of-removed", "one-of-removed"]],
  ["pattern-added", "PpR"],
  ["pattern-removed", "PpR"],
  ["pattern-changed", "PpR"],
  ...bounds("min", { grows: "Pbp", shrinks: "PbpBR", set: "Pbp" }),
  ...bounds("max", { grows: "PbpBR", shrinks: "Pbp", set: "Pbp" }),
  ...bounds("exclusive-min", { grows: "Pbp", shrinks: "PbpBR", set: "Pbp" }),
  ...bounds("exclusive-max", { grows: "PbpBR", shrinks: "Pbp", set: "Pbp" }),
  ...bounds("min-length", { grows: "Pbp", shrinks: "PbpBR" }),
  ...bounds("max-length", { grows: "PbpBR", shrinks: "Pbp", set: "Pbp", unset: "BR" }),
  ...bounds("min-items", { grows: "Pbp", shrinks: "PbpBR", set: "Pbp", unset: "BR" }),
  ...bounds("max-items", { grows: "PbpBR", shrinks: "Pbp", set: "bp" }),
  ...bounds("min-properties", { grows: "bp", shrinks: "BR" }),
  ...bounds("max-properties", { grows: "bpBR", shrinks: "bp", set: "bp" }),
  ["unique-items-set", "bp"],
  ["unique-items-removed", "bpBR", ["unique-items-unset"]],
  ["multiple-of-changed", "bpBR"],
  ...["contains", "property-names", "dependent-required"].flatMap((name): Row[] => [
    [`${name}-added`, "bpBR"],
    [`${name}-removed`, "bpBR"],
  ]),
  ["dependent-required-changed", "bpBR"],
  ["content-encoding-changed", "bpBR"],
  ["content-media-type-changed", "bpBR"],
  ["conditional-added", "bpBR", ["if-added"]],
  ["conditional-removed", "bpBR", ["if-removed"]],
  ["x-extensible-enum-value-removed", "Pp"],
  ["discriminator-added", "bpBR"],
  ["discriminator-removed", "bpBR"],
  ["discriminator-property-name-changed", "bpBR"],
  ["discriminator-mapping-added", "bpBR"],
  ["discriminator-mapping-deleted", "bpBR"],
  ["discriminator-mapping-changed", "bpBR"],
  ["const-changed", "bpBR"],
  ["default-value-added", "PbpBR"],
  ["default-value-changed", "PbpBR"],
  ["default-value-removed", "PbpBR"],
];

/** Ids that are of no schema and the same on both sides. */
const SAME = [
  "api-removed-with-deprecation api-removed-without-deprecation api-removed-before-sunset api-sunset-date-too-small",
  "api-security-added api-security-removed api-security-scope-added api-security-scope-removed api-security-component-type-changed",
  "api-stability-decreased api-stability-increased api-tag-added api-tag-removed sunset-deleted webhook-added webhook-removed",
  "endpoint-added endpoint-deprecated endpoint-deprecated-with-sunset endpoint-reactivated",
  "new-optional-request-parameter new-optional-request-property new-required-request-parameter new-required-request-property",
  "optional-response-header-removed required-response-header-removed response-header-added response-header-became-optional",
  "request-body-added-optional request-body-added-required request-body-became-optional request-body-became-required",
  "request-body-media-type-added request-body-media-type-removed request-body-removed request-parameter-removed",
  "request-property-removed response-media-type-added response-media-type-removed response-header-type-changed",
  "response-non-success-status-added response-non-success-status-removed response-success-status-added response-success-status-removed",
  "response-optional-property-added response-optional-property-removed response-required-property-added response-required-property-removed",
  "api-path-removed-with-deprecation api-path-removed-without-deprecation api-path-removed-before-sunset api-sunset-date-changed-too-small",
  "api-global-security-added api-global-security-removed api-global-security-scope-added api-global-security-scope-removed",
  "new-required-request-default-parameter-to-existing-path new-optional-request-default-parameter-to-existing-path",
  "request-parameter-removed-with-deprecation request-parameter-removed-before-sunset request-parameter-deprecated request-parameter-reactivated",
  "request-parameter-sunset-deleted request-parameter-sunset-date-changed-too-small",
  "request-parameter-style-changed request-parameter-explode-changed request-parameter-became-allow-reserved request-parameter-became-not-allow-reserved",
  "response-media-type-name-changed response-media-type-name-generalized response-media-type-name-specialized",
].flatMap((line) => line.split(" "));

const NAMES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...ROWS.flatMap(([change, places, theirs = [change]]) =>
    [...places].map((key) => {
      const place = PLACES[key as keyof typeof PLACES];
      return [`${place}-${change}`, theirs.map((name) => `${place}-${name}`)] as const;
    }),
  ),
  ...SAME.map((id) => [id, [id]] as const),
  ["api-operation-id-changed", ["api-operation-id-removed"]] as const,
  ...(["request", "response"] as const).flatMap((side) => {
    const mark = side === "request" ? "read-only" : "write-only";
    return ["", "not-"].map((not) => {
      const theirs = ["optional", "required"].map((how) => `${side}-${how}-property-became-${not}${mark}`);
      return [`${side}-property-became-${not}${mark}`, theirs] as const;
    });
  }),
]);

/** The ids of the checks of oasdiff that a rule of ours stands for; none where oasdiff has no such check. */
export function oasdiffNames(id: string): readonly string[] {
  return NAMES.get(id) ?? [];
}
