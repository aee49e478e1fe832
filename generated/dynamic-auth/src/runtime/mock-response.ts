import { FRAMING } from "./headers.js";
import { isRange } from "./media-type.js";
import type { BodyRule, HeaderRules } from "./operation.js";
import { identity, styledText } from "./styles.js";

/** Writes an item of a stream. */
export type ItemWriter = (rule: BodyRule, item: unknown) => string;

const ITEMS = new Set<BodyRule["as"]>(["events", "jsonLines", "jsonSequence"]);

/** The text of a body as its media type writes it; of a stream, an item a piece. */
export function bodyTexts(rule: BodyRule, body: unknown, write: ItemWriter | undefined): string[] {
  if (write && ITEMS.has(rule.as)) return [...(body as Iterable<unknown>)].map((item) => write(rule, item));
  return [rule.as === "json" ? JSON.stringify(body) : String(body)];
}

/** What a range (`text/*`) stands for where nobody says it. */
export function concreteType({ mediaType, as }: BodyRule): string {
  if (!isRange(mediaType)) return mediaType;
  return as === "json" ? "application/json" : as === "binary" ? "application/octet-stream" : "text/plain";
}

/** The headers of a response by the names of their fixtures. */
export interface HeaderFixtures {
  readonly minimal?: object;
  readonly full?: object;
}

/** The headers that go with a body which is a fixture of that name: all but with `minimal`. */
export function presetHeaders({ minimal, full }: HeaderFixtures, fixture: string | undefined): object {
  const headers = (fixture === "minimal" ? minimal : full) ?? {};
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !FRAMING.has(name.toLowerCase())));
}

/** Headers as the document describes them: in the style `simple`, or as JSON. */
export function headerTexts(rules: HeaderRules, headers: object): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
      if (rule?.as === "json") return [name, JSON.stringify(value)];
      const explode = rule?.as === "object" && rule.explode;
      return [name, styledText({ name, style: "simple", explode }, value, identity)];
    }),
  );
}
