import { isDefaultDialect } from "../../source/dialect.js";
import type { Rule } from "./rule.js";

/** Schemas of another dialect (OpenAPI 3.1.1, section 4.8.24.6; JSON Schema Core 2020-12, section 8.1.1) are read as of the default one. */
function ruleOf(keyword: "jsonSchemaDialect" | "$schema"): Rule {
  return (reader, object) => {
    const dialect = reader.child(object, keyword);
    if (typeof dialect?.value !== "string" || isDefaultDialect(dialect.value)) return;
    const parameters = {
      keyword: `dialect ${JSON.stringify(dialect.value)}`,
      effect: "it is read as JSON Schema 2020-12",
    };
    reader.report("keyword-unsupported", parameters, dialect.origin);
  };
}

export const documentDialectRule = ruleOf("jsonSchemaDialect");
export const schemaDialectRule = ruleOf("$schema");
