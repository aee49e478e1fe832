import type { JsonValue } from "../../generator/source/json.js";

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

/** Says of values whether a schema, which refers to nothing outside of itself, allows them. */
export async function secondJudge(
  schema: JsonValue,
): Promise<{ isValid(value: JsonValue): boolean; end(): void }> {
  const uri = `https://judge.example/${registered++}`;
  hyperjump.registerSchema(schema, uri, DIALECT);
  const judge = await hyperjump.validate(uri);
  return { isValid: (value) => judge(value).valid, end: () => hyperjump.unregisterSchema(uri) };
}
