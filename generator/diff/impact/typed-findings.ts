import type { LocatedFinding } from "../finding.js";

/**
 * Rules that no type of a package follows: what only values are held to, what people read, and where and by whom requests are sent. Limits of
 * items and of properties are none of them: tuples and empty objects follow these.
 */
const UNTYPED = new RegExp(
  `${[
    "-(exclusive-)?(min|max)(-length|-contains)?-(set|removed|increased|decreased)",
    "-multiple-of-changed",
    "-became-(integer|number)",
    "-unique-items-(set|removed)",
    "-(pattern|not|conditional|contains|property-names|dependent-required)-(added|removed|changed)",
    "-default-value-(added|removed|changed)",
    "-(deprecated|deprecated-with-sunset|reactivated)",
    "sunset-(deleted|invalid|past|date-changed-too-small)",
    "-(became|became-not)-allow-(reserved|empty-value)",
    "^api-(global-)?security-(scope-)?(added|removed)",
    "^api-security-component-.*(url|scope).*",
    "^api-(server|tag|stability)-.*",
    "^response-link-.*",
    "^documentation-changed",
  ].join("$|")}$`,
);
const FORMAT = /-format-(added|removed|changed)$/;

/** False for what changes no type, and so stops no code from compiling. Of all formats, `binary` alone has a type. */
export function isTyped({ rule, before, after }: Pick<LocatedFinding, "rule" | "before" | "after">): boolean {
  if (FORMAT.test(rule)) return before === "binary" || after === "binary";
  return !UNTYPED.test(rule);
}
