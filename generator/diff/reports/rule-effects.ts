import { lawfulLevel, type Level, type Rule } from "../rules.js";
import type { Effect } from "../compare-schemas.js";

const BOUNDED = "(?:exclusive-)?(?:min|max)(?:-length|-items|-properties)?";
const OPAQUE =
  "pattern|format|not|conditional|contains|property-names|dependent-required|content-encoding|content-media-type|unevaluated";

/** What a change does to the set of what is allowed, by the end of its rule's id. The first that fits counts. */
const EFFECTS: readonly (readonly [id: RegExp, effects: readonly Effect[]])[] = [
  [/(?:type|multiple-of)-changed$/, ["narrows", "widens", "both"]],
  [new RegExp(`-(?:${OPAQUE})-changed$|serialization-changed$`), ["both"]],
  [new RegExp(`-${BOUNDED}-set$`), ["narrows"]],
  [new RegExp(`-${BOUNDED}-removed$`), ["widens"]],
  [/-min(?:-length|-items|-properties)?-increased$/, ["narrows"]],
  [/-min(?:-length|-items|-properties)?-decreased$/, ["widens"]],
  [/-max(?:-length|-items|-properties)?-increased$/, ["widens"]],
  [/-max(?:-length|-items|-properties)?-decreased$/, ["narrows"]],
  [/-enum-value-removed$|-enum-added$|-alternative-removed$|-unique-items-set$/, ["narrows"]],
  [/-enum-value-added$|-enum-removed$|-alternative-added$|-unique-items-removed$/, ["widens"]],
  [/-became-(?:not-nullable|required|integer)$|-additional-properties-forbidden$/, ["narrows"]],
  [/-became-(?:nullable|optional|number)$|-additional-properties-allowed$/, ["widens"]],
  [new RegExp(`-(?:${OPAQUE})-added$`), ["narrows"]],
  [new RegExp(`-(?:${OPAQUE})-removed$`), ["widens"]],
  [
    /^new-required-|-added-required$|^request-body-media-type-removed$|^api-security-removed$|^api-removed-/,
    ["narrows"],
  ],
  [
    /^request-body-media-type-added$|^api-security-added$|^response-.*(?:status|media-type)-removed$/,
    ["widens"],
  ],
  [
    /^request-property-removed$|^response-(?:required|optional)-property-removed$/,
    ["narrows", "widens", "both"],
  ],
  [/^new-optional-|-added-optional$|^endpoint-|-status-added$|^response-media-type-added$/, ["keeps"]],
  [/-default-value-(?:added|changed|removed)$|^api-(?:tag|operation-id)-/, ["keeps"]],
];

/** The effects that a rule's change can have; undefined where that is known from its documents alone. */
export function effectsOf({ id }: Pick<Rule, "id">): readonly Effect[] | undefined {
  return EFFECTS.find(([pattern]) => pattern.test(id))?.[1];
}

/** The levels that a rule can have in a direction, the worst first. */
export function levelsOf(rule: Rule, direction: "request" | "response"): readonly Level[] {
  if (rule.level) return [rule.level];
  const effects = effectsOf(rule) ?? ["narrows", "widens", "both", "keeps"];
  const levels = new Set(effects.map((effect) => lawfulLevel({ effect, direction })));
  return (["error", "warning", "info"] as const).filter((level) => levels.has(level));
}
