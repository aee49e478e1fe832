import { hasJsonData } from "./events.js";
import { has, isObject } from "./json.js";
import type { BodyRule } from "./operation.js";
import { any, type Check } from "./schema.js";

type JsonNames = NonNullable<BodyRule["json"]>;

/**
 * Events whose data is JSON and has been parsed (OpenAPI 3.2.0, "Special Considerations for Server-Sent Events"): their schema speaks
 * of the text that the data is on the wire, and its `contentSchema` of what that text holds.
 *
 * @param event holds against an event whose data is the text
 * @param json the events whose data is JSON, as the rule of their body names them; others are held against `event` alone
 * @param content holds against an event whose data is parsed
 */
export function jsonEvents(event: Check, json: JsonNames, content: Check = any): Check {
  return (value, faults) => {
    if (!isObject(value) || !has(value, "data") || !isJsonEvent(json, value["event"]))
      return event(value, faults);
    const isEvent = event({ ...value, data: JSON.stringify(value["data"]) }, faults);
    return (isEvent || faults !== undefined) && content(value, faults) && isEvent;
  };
}

function isJsonEvent(json: JsonNames, name: unknown): boolean {
  return hasJsonData({ json }, typeof name === "string" ? name : undefined);
}
