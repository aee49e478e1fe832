import { checkAt, fail, judge, pointerOf, type Check, type Fault, type Faults, type Issue } from "./check.js";
import { isBinary } from "./files.js";
import { type JsonObject, isObject, own } from "./json.js";
import type { ContractRules, MediaCheck } from "./contract-rules.js";
import type { PartIssue } from "./errors.js";
import { bodyIssues, guardRequest, guardResponse } from "./guard.js";
import { closest } from "./media-type.js";
import type { OperationGuard, SentItem } from "./options.js";
import { any, anyOf, array, schema, type Schema } from "./schema.js";
import { isDefined } from "./styles.js";

/** Validates the arguments of an operation, and the bodies of its responses; of a stream, its items. */
export interface OperationValidators<Args, Bodies> extends OperationGuard {
  /** A Standard Schema of the arguments, as the operation's function takes them. */
  readonly args: Schema<Args>;
  /** A Standard Schema of the body of each response, by its status in the document. */
  readonly responses: { readonly [Status in keyof Bodies]: Schema<Bodies[Status]> };
  /** What is wrong with the arguments, in which part of the request. */
  readonly request: (args: object) => readonly PartIssue[];
  readonly rules: () => ContractRules;
}

/** The validators of an operation, which are built when they are first used. */
export function operationValidators<Args, Bodies>(
  build: () => ContractRules,
): OperationValidators<Args, Bodies> {
  let built: ContractRules | undefined;
  const rules = () => (built ??= build());
  const args = schema<Args>(() => argumentsCheck(rules()));
  const request = (values: object) => args.issues(values).map((issue) => partIssue(issue, rules()));
  return {
    args,
    request,
    rules,
    get responses() {
      return responseSchemas(rules()) as OperationValidators<Args, Bodies>["responses"];
    },
    guardRequest: (values, mode) => guardRequest(rules().id, () => request(values), mode),
    guardItem: (sent, mode) => guardRequest(rules().id, () => itemIssues(rules(), sent), mode),
    guardResponse: (received, mode) => guardResponse(rules(), received, mode),
  };
}

/** The check of a call's arguments. What is undefined is not given. */
function argumentsCheck(rules: ContractRules): Check {
  const parameters = Object.entries(rules.parameters);
  return (value, faults) => {
    if (!isObject(value)) return fail(faults, "type", "must be an object");
    let valid = checkPart("body", bodyCheckOf(rules, value), own(value, "body"), faults);
    for (const [argument, rule] of parameters) {
      const given = own(value, argument);
      const isGiven = given !== undefined && !(rule.leavesOutEmpty && isEmptied(given));
      const check = isGiven ? rule.check : rule.required ? notGiven : any;
      const isEmpty = rule.allowEmptyValue && given === "";
      if (!isEmpty && !checkPart(argument, check, given, faults)) valid = false;
    }
    return valid;
  };
}

/** Each part is judged by itself: so it is known which of them is nested too deeply. */
function checkPart(argument: string, check: Check, given: unknown, faults: Faults): boolean {
  return checkAt(argument, (value, of) => judge(check, value, of), given, faults);
}

/** True for a list or an object of which nothing is left to be sent. */
function isEmptied(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Object.values(value).some(isDefined);
}

/** Of what is required and not given. */
const notGiven: Check = (_value, faults) => fail(faults, "required", "must be given");

function bodyCheckOf(rules: ContractRules, args: JsonObject): Check {
  const body = rules.body.length > 0 ? own(args, "body") : undefined;
  if (body === undefined) return rules.isBodyRequired ? notGiven : any;
  const media = mediaOf(rules, args);
  if (!media?.check || isBinary(body)) return any;
  const { check } = media;
  if (isListed(media)) return array({ loose: true, items: check });
  return media.as === "multipart" ? fieldsCheck(check) : check;
}

function mediaOf({ body }: ContractRules, args: JsonObject): MediaCheck | undefined {
  // Elsewhere, `contentType` may be a parameter.
  const contentType = body.length > 1 ? args["contentType"] : undefined;
  return typeof contentType === "string" ? closest(body, contentType) : body[0];
}

function itemIssues(rules: ContractRules, { args, item, index }: SentItem): readonly PartIssue[] {
  const { check = any } = mediaOf(rules, args as JsonObject) ?? {};
  return bodyIssues((value, faults) => checkAt(index, check, value, faults), item);
}

/** True for a body that is read item by item. */
export function isListed({ as }: Pick<MediaCheck, "as">): boolean {
  return as === "events" || as === "jsonLines" || as === "jsonSequence";
}

/** A file may stand for any field of a form: what a schema holds against it is no fault. */
function fieldsCheck(check: Check): Check {
  return (body, faults) => {
    const found: Fault[] = [];
    if (check(body, found)) return true;
    const others = found.filter(({ keys }) => !isBinary(keys.reduceRight(memberOf, body)));
    faults?.push(...others);
    return others.length === 0;
  };
}

function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as JsonObject)[key] : undefined;
}

/** Whether it is the issue of a parameter or of the body; its pointer leads from there. */
function partIssue(issue: Issue, { parameters }: ContractRules): PartIssue {
  const [argument = "", ...path] = issue.path;
  const rule = Object.hasOwn(parameters, argument) ? parameters[argument] : undefined;
  const part = rule ? { in: rule.in, name: rule.name } : ({ in: "body" } as const);
  return { ...issue, ...part, path, pointer: pointerOf(path) };
}

/** The schemas of the bodies, by status; of several media types, any. */
function responseSchemas({ responses }: ContractRules): { readonly [status: string]: Schema<unknown> } {
  const known = Object.entries(responses).flatMap(([status, content]) => {
    const checks = content.flatMap(({ check }) => check ?? []);
    return checks.length === 0 ? [] : [[status, schema(() => anyOf(...checks))] as const];
  });
  return Object.fromEntries(known);
}
