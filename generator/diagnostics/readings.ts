/** How a fault is read where a document is read leniently: what its author surely meant, or what harms nobody. */
export const readings = {
  absent: "it is read as if it were absent",
  "any-value": "any value is allowed",
  "api-name": "the name of the API is taken",
  "as-3.0": "it is read as OpenAPI 3.0 means it",
  "as-3.1": "it is read as OpenAPI 3.1 means it",
  "as-it-is": "it is kept as it is",
  "as-text": "it is read as text",
  both: "both are read",
  empty: "it is read as empty",
  file: "it is read as a binary string",
  first: "the first one counts",
  ignored: "it is ignored",
  "left-out": "it is left out",
  "no-responses": "every answer will be unexpected",
  once: "each is read once",
  "property-name": "it is read as its propertyName",
  query: "what follows the ? is sent as query parameters",
  renamed: "it is named after its method and path",
  required: "it is read as required",
  "required-string": "it is read as a required string",
  requirement: "the alternative that needs it is left out",
  slash: "it is read with a / before it",
  unquoted: "it is read without its quotes",
  "without-part": "it is read without it",
  "version-0": 'it is read as "0"',
} as const;

/** Names a safe reading. */
export type Reading = keyof typeof readings;
