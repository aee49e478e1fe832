import { hasJsonData } from "./events.js";
import { has, isObject } from "./json.js";
import type { BodyRule } from "./operation.js";
import type { Check, Fault } from "./check.js";
import { any } from "./schema.js";

type JsonNames = NonNullable<BodyRule["json"]>;

/**
 * Events whose data is JSON and has been parsed (OpenAPI 3.2.0, "Special Considerations for Server-Sent Events"): their schema speaks
 * of the text that the data is on the wire, and its `contentSchema` of what that text holds. How long the text is, or what else it is
 * like, is not held against it: each writer of JSON leaves other spaces.
 *
 * @param event holds against an event whose data is the text
 * @param json the events whose data is JSON, as the rule of their body names them; others are held against `event` alone
 * @param content holds against an event whose data is parsed
 */
export function jsonEvents(event: Check, json: JsonNames, content: Check = any): Check {
  return (value, faults) => {
    if (!isObject(value) || !has(value, "data") || !isJsonEvent(json, value["event"]))
      return event(value, faults);
    const found: Fault[] = [];
    event({ ...value, data: JSON.stringify(value["data"]) }, found);
    const own = found.filter(({ keys }) => keys.at(-1) !== "data");
    faults?.push(...own);
    const isEvent = own.length === 0;
    return (isEvent || faults !== undefined) && content(value, faults) && isEvent;
  };
}

function isJsonEvent(json: JsonNames, name: unknown): boolean {
  return hasJsonData({ json }, typeof name === "string" ? name : undefined);
}
