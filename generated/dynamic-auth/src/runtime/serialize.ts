import { formText } from "./form.js";
import type { ContentStyle, ParameterRule } from "./operation.js";
import { encoderOf, encodeStrictly, styledPairs, styledText, type StyleRule } from "./styles.js";

/**
 * An argument as the style of its parameter writes it (OpenAPI 3.2.0, Parameter Object, "Style Examples"). An item or a member that
 * is null or undefined is left out, as in RFC 6570; an argument of null is the empty value.
 *
 * @throws {TypeError} where the style has no place for the value.
 * @returns for a path the text that replaces the template's `{name}`, for a query or cookie its `name=value` pairs,
 * for a header its value; undefined where nothing is sent.
 */
export function serializeParameter(rule: ParameterRule, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { style } = rule;
  if (isContent(style)) return contentOf(rule, style, value);
  const styled: StyleRule = { ...rule, style };
  if (!hasPairs(rule)) return styledText(styled, value, encoderOf(rule));
  const pairs = styledPairs(styled, value, encoderOf(rule));
  return pairs.length === 0 ? undefined : pairs.map((pair) => pair.join("=")).join(pairDelimiter(rule));
}

/** The argument of a parameter. Only own properties are: a parameter may be called `constructor`. */
export function argumentOf(rule: ParameterRule, args: Arguments): unknown {
  return Object.hasOwn(args, rule.argument) ? args[rule.argument] : undefined;
}

type Arguments = { readonly [argument: string]: unknown };

function isContent(style: ParameterRule["style"]): style is ContentStyle {
  return style === "json" || style === "text" || style === "urlencoded";
}

function hasPairs(rule: ParameterRule): boolean {
  return rule.in === "query" || rule.in === "cookie";
}

/** Between the `name=value` pairs of one argument. */
function pairDelimiter(rule: ParameterRule): string {
  return rule.in === "cookie" ? "; " : "&";
}

/**
 * A parameter with `content`, as its media type. A query string is its whole content, and a form needs no further encoding there;
 * the text of a cookie is passed on unchanged (OpenAPI 3.1.2, appendix D).
 */
function contentOf(rule: ParameterRule, style: ContentStyle, value: unknown): string {
  const isEmpty = rule.allowEmptyValue === true && value === "";
  const text = isEmpty ? "" : CONTENT[style](rule, value);
  if (rule.in === "querystring") return style === "urlencoded" ? text : encoderOf(rule)(text);
  if (rule.in === "cookie" && style === "text") return `${rule.name}=${text}`;
  const encoded = encoderOf(rule)(text);
  return hasPairs(rule) ? `${encodeStrictly(rule.name)}=${encoded}` : encoded;
}

const CONTENT: { readonly [S in ContentStyle]: (rule: ParameterRule, value: unknown) => string } = {
  json: (_rule, value) => JSON.stringify(value),
  text: (rule, value) => styledText({ ...rule, style: "simple" }, value, (text) => text),
  urlencoded: (rule, value) => formText(value, rule.encoding),
};

/**
 * The path of a template with its parameters filled in.
 *
 * @throws {TypeError} where an argument is missing, or would become a segment `.` or `..`, which walks up the path.
 */
export function serializePath(template: string, rules: readonly ParameterRule[], args: Arguments): string {
  const values = new Map(
    rules.filter((rule) => rule.in === "path").map((rule) => [rule.name, pathValue(rule, args)]),
  );
  const segments = template.split("/").map((segment) => {
    const filled = segment.replace(/\{([^{}]*)\}/g, (whole, name: string) => values.get(name) ?? whole);
    if (filled !== segment && /^(\.|%2e){1,2}$/i.test(filled)) {
      throw new TypeError(
        `${template}: an argument makes the segment ${JSON.stringify(filled)}, which would leave the path`,
      );
    }
    return filled;
  });
  return segments.join("/");
}

function pathValue(rule: ParameterRule, args: Arguments): string {
  const text = serializeParameter(rule, argumentOf(rule, args));
  if (text === undefined || text === "")
    throw new TypeError(`${rule.argument} is needed: it is part of the path`);
  return text;
}
