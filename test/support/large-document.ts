/** A document of more than two million characters, most of them for people. */
export function largeDocument(): object {
  const prose = "One two, three four five. ".repeat(4_000);
  const schemaOf = (index: number) => ({
    type: "object",
    description: `${index} ${prose}`,
    required: ["id"],
    properties: { id: { type: "string" }, [`count${index}`]: { type: "integer", minimum: index } },
  });
  const schemas = Object.fromEntries(
    Array.from({ length: 24 }, (_, index) => [`S${index}`, schemaOf(index)]),
  );
  return { openapi: "3.1.0", info: { title: "Large", version: "1" }, components: { schemas } };
}
