import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { documentOf, fieldsOf, isObject, objectAt, SPECS, type Json, type JsonObject } from "./document.js";

interface Sample {
  readonly name: string;
  /** JSON Pointer of the media type that holds it. */
  readonly pointer: string;
  readonly schema: JsonObject;
  readonly value: Json;
}

/** Every named example of every media type, wherever it stands: an object with `schema` and `examples`. */
function samplesIn(value: Json, pointer = ""): Sample[] {
  if (typeof value !== "object" || value === null) return [];
  const nested = Object.entries(value).flatMap(([key, child]) =>
    samplesIn(child, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  if (!isObject(value) || !isObject(value["schema"]) || !isObject(value["examples"])) return nested;
  const schema = value["schema"];
  const own = Object.entries(value["examples"]).map(([name, example]) => {
    return { name, pointer, schema, value: objectAt(example)["value"] as Json };
  });
  return [...own, ...nested];
}

/** The paths of a value, as `fieldsOf` writes them for a schema. */
function pathsOf(value: Json, path = ""): string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item: Json) => pathsOf(item, `${path}[]`))];
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, `${path}.${key}`))];
}

/** Strict, so that a keyword that JSON Schema does not know fails; those of the document's root are OpenAPI's. */
function errorsOf(document: JsonObject, { pointer, value }: Sample): unknown {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateSchema: false });
  formats.default(ajv);
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, "document");
  const validate = ajv.compile({ $ref: `document#${encodeURI(pointer)}/schema` });
  validate(value);
  return validate.errors;
}

describe.each(SPECS)("%s", (spec) => {
  const document = documentOf(spec);
  const samples = samplesIn(document);

  it("has the reference page's samples", () => {
    const successes = spec === "cargo.yaml" ? ["requestBody", "200"] : ["201"];
    expect(samples.map(({ name, pointer }) => [name, pointer.split("/").at(-3)])).toEqual(
      successes.map((place) => ["referencePage", place]),
    );
  });

  it.each(samples)("$name at $pointer fits its schema", (sample) => {
    expect(errorsOf(document, sample)).toBeNull();
  });

  it.each(samples)(
    "$name at $pointer has the fields of its schema in their order, and no other",
    (sample) => {
      expect(pathsOf(sample.value)).toEqual(fieldsOf(document, sample.schema, "").map(({ path }) => path));
    },
  );
});
