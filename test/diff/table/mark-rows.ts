import { S, rows, json, type Row } from "./rows.js";

/** What is described now, or no longer, and is not required, matters to none but those who read it. */
function weightOf(how: string): string {
  return how === "read-only" || how === "not-write-only" ? "I" : "W";
}

const MARKED = (place: "request" | "response", mark: object, required: string[] = []) => {
  const schema = { type: "object", required, properties: { a: { ...S, ...mark } } };
  const parameter = { name: "q", in: "query", content: json(schema) };
  const answer = { description: "", content: json(schema), headers: { "X-H": { content: json(schema) } } };
  return place === "request"
    ? { parameters: [parameter], requestBody: { content: json(schema) } }
    : { responses: { "200": answer } };
};
export const MARK_ROWS = rows(
  (["request", "response"] as const).flatMap((place): Row[] => {
    const [mark, name] =
      place === "request" ? [{ readOnly: true }, "read-only"] : [{ writeOnly: true }, "write-only"];
    const others = place === "request" ? "request-parameter" : "response-header";
    const found = (how: string, weight = weightOf(how)) => [
      `${weight} ${place}-property-became-${how}`,
      `${weightOf(how)} ${others}-property-became-${how}`,
    ];
    return [
      [`a property of a ${place} that is ${name} now`, MARKED(place, {}), MARKED(place, mark), found(name)],
      [`one that is no longer ${name}`, MARKED(place, mark), MARKED(place, {}), found(`not-${name}`)],
      [
        `a required one that is no longer ${name}`,
        MARKED(place, mark, ["a"]),
        MARKED(place, {}, ["a"]),
        place === "request" ? found(`not-${name}`, "E") : found(`not-${name}`),
      ],
      [
        `a required one that is ${name} now`,
        MARKED(place, {}, ["a"]),
        MARKED(place, mark, ["a"]),
        place === "response" ? found(name, "E") : found(name),
      ],
      [
        `a required one with a default that is no longer ${name}`,
        MARKED(place, { ...mark, default: "x" }, ["a"]),
        MARKED(place, { default: "x" }, ["a"]),
        found(`not-${name}`),
      ],
      [
        `what a ${name} property is`,
        MARKED(place, { ...mark, maxLength: 9 }),
        MARKED(place, { ...mark, maxLength: 1 }),
        [],
      ],
    ];
  }),
);
