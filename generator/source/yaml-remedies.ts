/** What to do about faults of YAML that many people make, by how the parser words them. */
const REMEDIES: readonly (readonly [fault: RegExp, remedy: string])[] = [
  [
    /^Nested mappings are not allowed/,
    'a text with ": " in it needs quotes; the fields of an object are indented alike',
  ],
  [/^Plain value cannot start with/, "a text that begins so needs quotes"],
  [
    /^Unexpected scalar at node end/,
    "a text that begins with a quote, or with *, & or !, needs quotes around all of it",
  ],
  [/^Unresolved tag/, "a text that begins with ! needs quotes"],
  [/^Block scalar header includes extra characters/, "a text that begins with | or > needs quotes"],
  [/^All mapping items must start at the same column/, "the fields of an object are indented alike"],
  [/^Unexpected block-seq-ind on same line with key/, "a list begins on a line of its own"],
];

/** A message of the parser, and what to do about it, where that is known. */
export function withRemedy(message: string): string {
  const [, remedy] = REMEDIES.find(([fault]) => fault.test(message)) ?? [];
  return remedy === undefined ? message : `${message}: ${remedy}`;
}
