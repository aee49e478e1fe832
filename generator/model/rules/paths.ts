import { isObject, type JsonValue } from "../../source/json.js";
import { HTTP_METHODS } from "../model.js";
import { sortedBy } from "../order.js";
import { splitQuery } from "../path-query.js";
import { templateKey } from "../paths.js";
import { below, type Node, type Reader } from "../reader.js";
import { listOf } from "./parts.js";
import type { Rule } from "./rule.js";

/** Templated paths (OpenAPI 3.1.2, Paths Object and Path Templating): each name once, no two paths the same. */
export const pathRule: Rule = (reader, document) => {
  const paths = reader.child(document, "paths");
  if (!paths || !isObject(paths.value)) return;
  const first = new Map<string, { path: string; node: Node }>();
  for (const [path, value] of Object.entries(paths.value)) {
    if (path.startsWith("x-")) continue;
    const node = { value, origin: below(paths.origin, path) };
    reportRepeated(reader, path, node);
    reportUnsent(reader, path, node);
    reportColon(reader, path, node);
    const shape = shapeOf(path);
    const twin = first.get(shape);
    if (!twin) first.set(shape, { path, node });
    else reportTwin(reader, { path, node }, twin);
  }
};

/** What tells a path from another: the names of its templates do not, what stands in a query does. */
function shapeOf(key: string): string {
  const { path, query } = splitQuery(key);
  const pairs = [...(query?.fixed ?? []), ...(query?.keys ?? []).map((each) => `${each}={}`)];
  return [templateKey(path), ...sortedBy(pairs, (pair) => pair)].join(" ");
}

function reportRepeated(reader: Reader, path: string, node: Node): void {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) < index)))
    reader.withReading("both", () => reader.report("path-name-twice", { name, path }, node.origin, "key"));
}

/**
 * What reaches no server as it stands: a path is made of the characters of a segment (OpenAPI 3.2.0, Path Templating; RFC 3986, section 3.3),
 * and a segment of one or two dots is taken out of a URL (RFC 3986, section 5.2.4).
 */
function reportUnsent(reader: Reader, path: string, { origin }: Node): void {
  const bare = path.replace(/\{[^{}]*\}/g, "");
  if (bare.includes("#")) reader.report("path-fragment", { path }, origin, "key");
  if (/[{}]/.test(bare.split("?")[0]!)) reader.report("path-brace", { path }, origin, "key");
  const segment = path.split("/").find((each) => /^(?:\.|%2e){1,2}$/i.test(each));
  if (segment !== undefined) reader.report("path-dot-segment", { path, segment }, origin, "key");
}

/** A template as routers write it, `/users/:id`: where its parameter is declared, that is missed already. */
function reportColon(reader: Reader, path: string, node: Node): void {
  const segment = path.split("/").find((each) => /^:[A-Za-z_]\w*$/.test(each));
  if (segment === undefined || namesOfParameters(reader, node).includes(segment.slice(1))) return;
  reader.report("path-colon", { path, segment }, node.origin, "key");
}

/** The names of the parameters of a path and its operations. */
function namesOfParameters(reader: Reader, { value, origin }: Node): JsonValue[] {
  if (!isObject(value)) return [];
  const owners = [value, ...Object.values(value).filter(isObject)];
  const parameters = owners.flatMap((owner) => listOf(owner["parameters"]));
  return parameters.flatMap((each) => reader.peek({ value: each, origin })?.value["name"] ?? []);
}

type PathKey = { readonly path: string; readonly node: Node };

/**
 * "Templated paths with the same hierarchy but different templated names MUST NOT exist": a client sends what each says all the same.
 * Only where an optional query (`{?page}`) was all that told two operations apart, nobody knows which of them is meant.
 */
function reportTwin(reader: Reader, { path, node }: PathKey, twin: PathKey): void {
  const report = () => reader.report("path-twin", { path, first: twin.path }, node.origin, "key");
  const taken = methodsOf(twin.node);
  const isSplit = [path, twin.path].some((each) => splitQuery(each).query !== undefined);
  if (isSplit && methodsOf(node).some((method) => taken.includes(method))) report();
  else reader.withReading("both", report);
}

function methodsOf({ value }: Node): string[] {
  if (!isObject(value)) return [];
  const additional = value["additionalOperations"];
  const fixed = HTTP_METHODS.filter((method) => Object.hasOwn(value, method.toLowerCase()));
  return [...fixed, ...(isObject(additional) ? Object.keys(additional) : [])];
}
