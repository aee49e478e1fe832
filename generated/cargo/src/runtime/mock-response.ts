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
