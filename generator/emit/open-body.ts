import type { MediaType } from "../model/model.js";
import type { JsonValue } from "../source/json.js";
import { responseKind } from "./media-types.js";

/** What stands for a body of which the document says nothing but its media type; undefined where it says more. */
export function openBody(media: MediaType): JsonValue | undefined {
  const isOpen = media.schema === undefined && !media.events?.some(({ data }) => data?.schema !== undefined);
  return isOpen ? ANYTHING[responseKind(media)] : undefined;
}

const ANYTHING: { readonly [K in ReturnType<typeof responseKind>]: JsonValue } = {
  json: {},
  text: "",
  binary: "",
  events: [],
  jsonLines: [],
  jsonSequence: [],
};
