import { percentDecode } from "../source/pointer.js";

/**
 * A query inside a path key, which no version allows (Paths Object: the key is "a relative path to an individual endpoint") and
 * documents have all the same: `/items?action=list&page={page}`, and the `{?page}` of RFC 6570, section 3.2.8.
 */
export type PathQuery = {
  /** The pairs without a template, percent-encoded: `action=list`. */
  readonly fixed: readonly string[];
  /** What stands before each `={name}`: with the fixed pairs, it tells a path from others that begin like it. */
  readonly keys: readonly string[];
  /** Query parameters by the name in the request, and the name that the path gives their value. */
  readonly templated: readonly { readonly key: string; readonly variable: string }[];
  /** True where every part is one or the other, so that its meaning is plain. */
  readonly isPlain: boolean;
};

const NONE: PathQuery = { fixed: [], keys: [], templated: [], isPlain: true };

/** The path before the query, and the query. */
export function splitQuery(pathKey: string): {
  readonly path: string;
  readonly query: PathQuery | undefined;
} {
  const expressions = [...pathKey.matchAll(/\{[?&]([^{}]*)\}/g)].flatMap(([, names = ""]) =>
    names.split(","),
  );
  const [path = "", ...rest] = pathKey.replace(/\{[?&][^{}]*\}/g, "").split("?");
  if (expressions.length === 0 && rest.length === 0) return { path, query: undefined };
  const pairs = rest
    .join("?")
    .split("&")
    .filter((pair) => pair !== "");
  const query = pairs.reduce(withPair, {
    ...NONE,
    templated: expressions.map((name) => ({
      key: name.replace(/\*$/, ""),
      variable: name.replace(/\*$/, ""),
    })),
  });
  return { path, query };
}

function withPair(query: PathQuery, pair: string): PathQuery {
  const [, written, variable] = /^([^={}]+)=\{([^{}]+)\}$/.exec(pair) ?? [];
  // A name as parameters have it.
  const key = written === undefined ? undefined : (percentDecode(written) ?? written);
  if (key !== undefined && variable !== undefined)
    return { ...query, keys: [...query.keys, key], templated: [...query.templated, { key, variable }] };
  if (/[{}]/.test(pair)) return { ...query, isPlain: false };
  return { ...query, fixed: [...query.fixed, encodePair(pair)] };
}

/** What is percent-encoded already stays as it is (RFC 3986, section 3.4). */
function encodePair(pair: string): string {
  return pair.replace(/%(?![0-9a-f]{2})|[^\w\-.~!$'()*+,;:@/?=%]/giu, (character) =>
    encodeURIComponent(character),
  );
}
