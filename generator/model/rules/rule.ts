import type { ObjectNode, Reader } from "../reader.js";

/** Reports what breaks a rule of the specification that its schema cannot say; `document` is the OpenAPI Object around it. */
export type Rule = (reader: Reader, node: ObjectNode, document: ObjectNode) => void;
