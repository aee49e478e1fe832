import { own } from "../source/json.js";
import type { Origin } from "../source/source.js";
import { below, type ObjectNode, type Reader } from "./reader.js";

/** The names of headers (RFC 9110, sections 5.1 and 5.6.2) and of cookies (RFC 6265, section 4.1.1) are tokens. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** True where a message can carry the header of an Encoding or a Response Object; where none can, a report: `fetch` would throw. */
export function isHeaderCarried(reader: Reader, name: string, at: Origin): boolean {
  if (TOKEN.test(name)) return true;
  reader.report("field-name", { name, of: "header" }, at, "key");
  return false;
}

/** The same of a Parameter Object, or of a key (Security Scheme Object). */
export function isFieldCarried(reader: Reader, node: ObjectNode): boolean {
  const name = own(node.value, "name");
  const of = carrierOf(node);
  if (!of || typeof name !== "string" || TOKEN.test(name)) return true;
  reader.report("field-name", { name, of }, below(node.origin, "name"));
  return false;
}

/** What has the name as it is written; in a cookie, only one style has. */
function carrierOf({ value }: ObjectNode): "header" | "cookie" | undefined {
  const location = own(value, "in");
  if (location === "header") return "header";
  return location === "cookie" && own(value, "style") === "cookie" ? "cookie" : undefined;
}
