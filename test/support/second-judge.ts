import { isArray, isObject, type JsonValue } from "../../generator/source/json.js";

/**
 * A validator that shares no code with Ajv, which proves fixtures, nor with what makes them: `@hyperjump/json-schema`, whose author
 * is one of those who write the specification. Its declarations do not pass a compiler that looks at them, so that they are these.
 */
type Hyperjump = {
  registerSchema(schema: JsonValue, uri: string, dialect: string): void;
  unregisterSchema(uri: string): void;
  setShouldValidateFormat(isAsserted: boolean): void;
  validate(uri: string): Promise<(value: JsonValue) => { readonly valid: boolean }>;
};

const PACKAGE: string = "@hyperjump/json-schema";
const DIALECT = "https://json-schema.org/draft/2020-12/schema";

const hyperjump = (await import(`${PACKAGE}/draft-2020-12`)) as Hyperjump;
await import(`${PACKAGE}/formats`);
hyperjump.setShouldValidateFormat(true);

let registered = 0;

export type Judge = {
  readonly isValid: (value: JsonValue) => boolean;
  /** Forgets what it was asked about. */
  readonly end: () => void;
};

/** Says of values whether a schema, which refers to nothing outside of itself, allows them. */
export async function secondJudge(schema: JsonValue): Promise<Judge> {
  const { judgeAt, end } = judgeOf(schema);
  return { isValid: await judgeAt(""), end };
}

/** The same for any schema in a document of OpenAPI 3.1, by the fragment that points to it. */
export function judgeOf(document: JsonValue): {
  readonly judgeAt: (fragment: string) => Promise<Judge["isValid"]>;
  readonly end: () => void;
} {
  const uri = `https://judge.example/${registered++}`;
  hyperjump.registerSchema(readable(document), uri, DIALECT);
  return {
    judgeAt: async (fragment) => {
      const judge = await hyperjump.validate(
        fragment === "" ? uri : `${uri}#${fragment.replaceAll("%23", HASH)}`,
      );
      return (value) => judge(value).valid;
    },
    end: () => hyperjump.unregisterSchema(uri),
  };
}

/** In a path, in place of `#`: the validator does not decode `%23` in a fragment. */
const HASH = "-hash-";

/** The document as the validator reads it: it looks for schemas of other dialects in examples, too, and knows none. */
function readable(document: JsonValue): JsonValue {
  const plain = withoutDialects(document);
  const paths = isObject(plain) ? plain["paths"] : undefined;
  if (!isObject(plain) || !isObject(paths)) return plain;
  const renamed = Object.entries(paths).map(([path, item]) => [path.replaceAll("#", HASH), item] as const);
  return { ...plain, paths: Object.fromEntries(renamed) };
}

function withoutDialects(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutDialects);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, member]) => key !== "$schema" || isObject(member));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutDialects(member)]));
}
