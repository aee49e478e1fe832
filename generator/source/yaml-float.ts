import type { ScalarTag } from "yaml";

/**
 * `!!float 3`: the core schema reads integers, too, where the tag is written (YAML 1.2.2, section 10.3.2), and in quotes. The parser's own
 * rows are for what has no tag.
 */
export const FLOAT: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: false,
  resolve: (text, onError) => {
    const special = SPECIAL.get(text.replace(/^\+/, "").toLowerCase());
    if (special !== undefined) return special;
    if (!NUMBER.test(text)) onError(`${JSON.stringify(text)} is no !!float`);
    return Number(text);
  },
};

const NUMBER = /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i;

/** JSON carries none of them, which is said where they are met. */
const SPECIAL = new Map([
  [".inf", Infinity],
  ["-.inf", -Infinity],
  [".nan", NaN],
]);
