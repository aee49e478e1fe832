import type { JsonObject } from "../json.js";

export const DRAFT_04_URI = "http://json-schema.org/draft-04/schema";

const count = { type: "integer", minimum: 0 };
const flag = { type: "boolean" };

/** The keywords of JSON Schema Draft 4 that the schema of OpenAPI 2.0 refers to (Validation Draft 4, section 5). */
export const DRAFT_04: JsonObject = {
  definitions: {
    positiveInteger: count,
    positiveIntegerDefault0: count,
    stringArray: { type: "array", minItems: 1, items: { type: "string" }, uniqueItems: true },
  },
  properties: {
    title: { type: "string" },
    description: { type: "string" },
    default: {},
    multipleOf: { type: "number", minimum: 0, exclusiveMinimum: true },
    maximum: { type: "number" },
    exclusiveMaximum: flag,
    minimum: { type: "number" },
    exclusiveMinimum: flag,
    pattern: { type: "string" },
    uniqueItems: flag,
    enum: { type: "array", minItems: 1, uniqueItems: true },
    type: {
      anyOf: [
        { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] },
        {
          type: "array",
          items: { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] },
          minItems: 1,
          uniqueItems: true,
        },
      ],
    },
  },
};
