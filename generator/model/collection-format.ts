import { own } from "../source/json.js";
import { below, type ObjectNode, type Reader } from "./reader.js";

/**
 * A format of lists in OpenAPI 2.0 for which 3.x has no style: `tsv`, and elsewhere than in a query `ssv` and `pipes`, too. The upgrade
 * leaves it where it stands.
 */
export function reportCollectionFormat(reader: Reader, node: ObjectNode): void {
  const format = own(node.value, "collectionFormat");
  if (format === undefined) return;
  const parameters = {
    keyword: `collectionFormat: ${String(format)}`,
    effect: "items are separated by commas",
  };
  reader.report("keyword-unsupported", parameters, below(node.origin, "collectionFormat"));
}
