/** Why nothing satisfies a schema. */
export type Conflict =
  | { readonly kind: "false" }
  | { readonly kind: "reference" }
  | { readonly kind: "listed"; readonly keyword: string }
  | { readonly kind: "number" }
  | { readonly kind: "text" }
  | { readonly kind: "count"; readonly unit: "items" | "properties" }
  | { readonly kind: "contains" }
  | { readonly kind: "forbidden"; readonly name: string }
  | { readonly kind: "endless"; readonly name: string }
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "alternatives"; readonly keyword: string }
  | { readonly kind: "together" };

/** The conflict as the end of a sentence. */
export function conflictText(conflict: Conflict): string {
  switch (conflict.kind) {
    case "false":
      return "it is false";
    case "reference":
      return "nothing satisfies what it refers to";
    case "listed":
      return `no value of its ${conflict.keyword} is allowed`;
    case "number":
      return "no number is within its bounds and a multiple of what it must be";
    case "text":
      return "no text has its lengths and matches its pattern";
    case "count":
      return `there are fewer ${conflict.unit} than it needs that it allows`;
    case "contains":
      return "nothing satisfies what it must contain";
    case "forbidden":
      return `it requires ${JSON.stringify(conflict.name)}, which it forbids`;
    case "endless":
      return `it requires ${JSON.stringify(conflict.name)}, of which there is no value that ends`;
    case "member":
      return `it requires ${JSON.stringify(conflict.name)}, of which there is no value`;
    case "alternatives":
      return `no alternative of its ${conflict.keyword} is left`;
    case "together":
      return "what it demands contradicts itself";
  }
}
