import type { MediaType } from "../../model/model.js";
import type { Verdict } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { isRangeOf, mediaKey } from "../compare/media-names.js";
import type { Body } from "./message.js";
import type { SampleValues } from "./sample-values.js";
import { readAsText } from "./text-values.js";

/** Judges the parts of messages by the schemas of one document. */
export class Judgement {
  private readonly values: SampleValues;
  private readonly by: "verdict" | "proof";

  /** @param by whom: what is said at once, or by the prover. */
  constructor(values: SampleValues, by: "verdict" | "proof") {
    this.values = values;
    this.by = by;
  }

  /**
   * Why a value is refused: `query parameter "q" must be integer`. What cannot be decided refuses nothing.
   *
   * @param what what the value is.
   */
  refusal(what: string, schema: Schema, value: JsonValue): string | undefined {
    const verdict = this.verdict(schema, value);
    if (verdict.kind !== "invalid") return undefined;
    const { message = "is refused" } = verdict.faults[0] ?? {};
    // Its message begins with where it is: `/` for the whole.
    return message.startsWith("/ ") ? `${what}${message.slice(1)}` : `${what} at ${message}`;
  }

  /** The same of a header that is sent as its text. */
  headerRefusal(what: string, schema: Schema, value: JsonValue): string | undefined {
    const read = readAsText(value, (each) => this.verdict(schema, each), true);
    return this.refusal(what, schema, read);
  }

  private verdict(schema: Schema, value: JsonValue): Verdict {
    return this.values[this.by](schema, value);
  }

  bodyRefusal({ mediaType, value }: Body, content: readonly MediaType[]): string | undefined {
    const media =
      content.find(({ type }) => mediaKey(type) === mediaKey(mediaType)) ??
      content.find(({ type }) => isRangeOf(type, mediaType));
    if (!media) return `media type ${mediaType} is not described`;
    // A body without a schema is of any kind.
    const schema = this.values.schemaOf(media.schema);
    return value === undefined || !schema ? undefined : this.refusal("the body", schema, value);
  }
}
