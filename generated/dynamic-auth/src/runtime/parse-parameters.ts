import { pointerOf } from "./check.js";
import type { ContractRules, ParameterCheck } from "./contract-rules.js";
import type { PartIssue } from "./errors.js";
import type { OperationRule, ParameterRule, WireShape } from "./operation.js";
import { Misfit, misfitOf, onlyOne, readEach } from "./misfit.js";
import { formValue } from "./parse-form.js";
import {
  alternating,
  candidates,
  coerced,
  objectOf,
  pairsOf,
  pairValues,
  splitPair,
} from "./parse-values.js";

/** The texts of a request that its parameters are read from, as they were sent. */
export interface WireParameters {
  /** The text in the place of each `{name}` of the path. */
  readonly path: { readonly [name: string]: string };
  /** The query, without its question mark. */
  readonly query: string;
  readonly header: (name: string) => string | undefined;
}

/** What was read: the arguments, and what no value could be made of. */
export interface Parsed {
  readonly args: { readonly [argument: string]: unknown };
  readonly issues: readonly PartIssue[];
}

/** The arguments that a request was made from: the way back from `serialize.ts` (OpenAPI 3.2.0, Parameter Object, "Style Examples"). */
export function parseParameters(
  { parameters }: Pick<OperationRule, "parameters">,
  rules: ContractRules,
  wire: WireParameters,
): Parsed {
  const issues: PartIssue[] = [];
  const named = new Set(parameters.map(({ name }) => name));
  const args = parameters.flatMap((rule): [string, unknown][] => {
    const own = rules.parameters[rule.argument];
    if (!own) return [];
    const value = parseParameter(rule, own, { wire, named, issues });
    return value === undefined ? [] : [[rule.argument, value]];
  });
  return { args: Object.fromEntries(args), issues };
}

const TEXT: readonly WireShape[] = [{ as: "value", types: ["string"] }];

interface Reading {
  readonly wire: WireParameters;
  /** The names of all parameters: what is none of them belongs to an object that is exploded. */
  readonly named: ReadonlySet<string>;
  readonly issues: PartIssue[];
}

function parseParameter(rule: ParameterRule, own: ParameterCheck, reading: Reading): unknown {
  const { wire, named, issues } = reading;
  try {
    return chosen(valuesOf(rule, own, { wire, named }), own);
  } catch (error) {
    const { message, path } = misfitOf(error);
    issues.push({ in: rule.in, name: rule.name, pointer: pointerOf(path), path, keyword: "style", message });
    return undefined;
  }
}

/** The first value that the check allows; where it allows none, the first of all is what it speaks of. */
export function chosen(values: readonly unknown[], { check }: Pick<ParameterCheck, "check">): unknown {
  return values.find((value) => check(value, undefined)) ?? values[0];
}

function valuesOf(
  rule: ParameterRule,
  own: ParameterCheck,
  { wire, named }: Omit<Reading, "issues">,
): unknown[] {
  const { shapes = TEXT, fields } = own;
  switch (rule.in) {
    case "path":
      return textValues(rule, shapes, wire.path[rule.name]);
    case "header":
      return textValues(rule, shapes, wire.header(rule.name));
    case "querystring":
      return wire.query === "" ? [] : wholeQuery(rule, own, wire.query);
    case "query":
      return pairValues(rule, shapes, { pairs: pairsOf(wire.query, "&"), named }).map((value) =>
        rule.style === "urlencoded" ? formValue(rule, fields ?? {}, String(value)) : value,
      );
    case "cookie":
      return pairValues(rule, shapes, { pairs: pairsOf(wire.header("Cookie") ?? "", /;\s*/), named });
  }
}

/** The values of a text in a path or a header: as each of the shapes. */
function textValues(rule: ParameterRule, shapes: readonly WireShape[], raw: string | undefined): unknown[] {
  if (raw === undefined) return [];
  const decode = rule.in === "header" ? (text: string) => text.trim() : decodeURIComponent;
  if (rule.style === "json") return [JSON.parse(decode(raw))];
  if (rule.style === "matrix") return matrixValues(rule, shapes, raw);
  const body = rule.style === "label" ? afterDot(raw) : raw;
  const delimiter = rule.style === "label" && rule.explode ? "." : ",";
  const items = body === "" ? [] : body.split(delimiter);
  const pairs = rule.explode ? items.map(splitPair) : alternating(items);
  return readEach(shapes, (shape) => {
    if (shape.as === "object") return [objectOf(pairs, shape, decode)];
    if (shape.as === "value") return candidates(decode(body), shape.types);
    if (shape.as === "array") return [items.map((item) => coerced(decode(item), shape.types))];
    return [JSON.parse(decode(body))];
  });
}

/** `.blue` → `blue` (RFC 6570, section 3.2.5). A dot is unreserved: it may be percent-encoded. */
function afterDot(raw: string): string {
  const [, text] = /^(?:\.|%2e)(.*)$/is.exec(raw) ?? [];
  if (text === undefined) throw new Misfit('must begin with "."');
  return text;
}

/** `;name=a,b`, or exploded `;name=a;name=b` and `;key=value` (RFC 6570, section 3.2.7). */
function matrixValues(rule: ParameterRule, shapes: readonly WireShape[], raw: string): unknown[] {
  if (!raw.startsWith(";")) throw new Misfit('must begin with ";"');
  const pairs = raw.slice(1).split(";").map(splitPair);
  const own = () => {
    if (pairs.every(([name]) => decodeURIComponent(name) === rule.name)) return pairs.map(([, text]) => text);
    throw new Misfit(`must be written as ;${rule.name}=…`);
  };
  return readEach(shapes, (shape) => {
    if (shape.as === "object" && rule.explode) return [objectOf(pairs, shape, decodeURIComponent)];
    const items = shape.as === "array" && rule.explode ? own() : onlyOne(own())!.split(",");
    if (shape.as === "object") return [objectOf(alternating(items), shape, decodeURIComponent)];
    if (shape.as === "array") return [items.map((item) => coerced(decodeURIComponent(item), shape.types))];
    const text = decodeURIComponent(items.join());
    return shape.as === "value" ? candidates(text, shape.types) : [JSON.parse(text)];
  });
}

/** A query string that is one value (OpenAPI 3.2.0, `in: querystring`). */
function wholeQuery(rule: ParameterRule, own: ParameterCheck, query: string): unknown[] {
  if (rule.style === "urlencoded") return [formValue(rule, own.fields ?? {}, query)];
  const text = decodeURIComponent(query);
  return rule.style === "json" ? [JSON.parse(text)] : candidates(text, ["string"]);
}
