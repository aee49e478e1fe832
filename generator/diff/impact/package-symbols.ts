import type ts from "typescript";
import { operationTraces, schemaTraces, type Traces } from "./cause.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Origin } from "../../source/source.js";
import { matched, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import { nameOf } from "../compare/comparison.js";
import type { Operation } from "../../model/model.js";

/** What a piece of code names of a package: an export, and perhaps members of it, the outermost first. */
export type Mention = { readonly owner: string; readonly members: readonly string[] };

/** What a mention is made from, and the innermost member that it names. */
export type Evidence = { readonly traces: Traces; readonly member: string | undefined };

/** Tells what the exports of a package are made from. */
export class PackageSymbols {
  private readonly sides: Pair<PackageSide>;
  private readonly side: keyof Pair<PackageSide>;
  /** Of each export; what it leads to is looked for when somebody asks. */
  private readonly traces: ReadonlyMap<string, () => Traces>;

  constructor(sides: Pair<PackageSide>, side: keyof Pair<PackageSide>) {
    const { names } = sides[side];
    this.sides = sides;
    this.side = side;
    const other = side === "base" ? "head" : "base";
    // What has come into it stands in the other document alone.
    const namesakes = new Map([...sides[other].names.schemas].map(([id, { type }]) => [type, id]));
    const schemas = [...names.schemas].flatMap(([id, each]) => {
      const namesake = namesakes.get(each.type);
      const ids = { [side]: id, ...(namesake !== undefined && { [other]: namesake }) };
      const traces = once(() => schemaTraces(sides, ids));
      const { type, requestType, validator, fixtures, invalidFixtures, factory, pairs } = each;
      return [type, requestType, validator, fixtures, invalidFixtures, factory, pairs].map(
        (name) => [name, traces] as const,
      );
    });
    const pairs = new Map(
      matched(sides).flatMap((pair) => [
        [pair.base, pair],
        [pair.head, pair],
      ]),
    );
    const operations = [...names.operations].flatMap(([operation, each]) => {
      const traces = once(() => operationTraces(sides, pairs.get(operation) ?? { [side]: operation }));
      const { function: name, rule, args, parameters, result, fixtures, mock, answer, validators } = each;
      return [name, rule, args, parameters, result, fixtures, mock, answer, validators].map(
        (symbol) => [symbol, traces] as const,
      );
    });
    const auth = once(() => credentials(sides[side], side));
    this.traces = new Map([[names.api.auth, auth], ...schemas, ...operations]);
  }

  /** The evidence in a mention; undefined for what belongs to no schema and no operation. */
  evidence({ owner, members }: Mention): Evidence | undefined {
    const [method] = members;
    // A client's methods are called as the functions are.
    if (owner === this.sides[this.side].names.api.client && method !== undefined)
      return this.evidence({ owner: method, members: [] });
    const traces = this.traces.get(owner)?.() ?? this.ofBridge(owner, members);
    return traces && { traces, member: members.at(-1) };
  }

  /** The evidence of code that takes the package as a whole. */
  all(): Evidence[] {
    return [...new Set(this.traces.values())].map((traces) => ({ traces: traces(), member: undefined }));
  }

  /** What a member of what `./openapi` exports is made from, in the words of openapi-typescript: `paths["/orders"]["post"]`. */
  private ofBridge(owner: string, [first, second]: readonly string[]): Traces | undefined {
    if (first === undefined) return undefined;
    const { operations } = this.sides[this.side].model;
    switch (owner) {
      case "paths": {
        const own = operations.filter((each) => nameOf(each) === `${each.method} ${first}`);
        const called = own.filter(({ method }) => method.toLowerCase() === second);
        return this.around(join("/paths", first), called.length > 0 ? called : own);
      }
      case "operations":
        return this.around(
          undefined,
          operations.filter(({ id }) => id === first),
        );
      case "components":
        return second === undefined ? undefined : this.component(join(join("/components", first), second));
      default:
        return undefined;
    }
  }

  private around(pointer: JsonPointer | undefined, operations: readonly Operation[]): Traces {
    const own = pointer === undefined ? [] : [tracesOf(this.side, [this.at(pointer)])];
    return joined([...own, ...operations.map((each) => operationTraces(this.sides, { [this.side]: each }))]);
  }

  private component(pointer: JsonPointer): Traces {
    const origin = this.at(pointer);
    const named = [...this.sides[this.side].model.schemas.values()].filter(
      (each) => each.origin.source === origin.source && each.origin.pointer === pointer,
    );
    return joined([
      tracesOf(this.side, [origin]),
      ...named.map(({ id }) => schemaTraces(this.sides, { [this.side]: id })),
    ]);
  }

  private at(pointer: JsonPointer): Origin {
    return { source: this.sides[this.side].model.info.origin.source, pointer };
  }
}

/** The value of a function, made when it is asked for first. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The places of all, in their order. */
function joined(all: readonly Traces[]): Traces {
  return {
    places: {
      base: all.flatMap(({ places }) => places.base),
      head: all.flatMap(({ places }) => places.head),
    },
    operations: all.flatMap(({ operations }) => operations),
  };
}

/** The credentials are made from all schemes. */
function credentials({ model }: PackageSide, side: keyof Pair<unknown>): Traces {
  return tracesOf(
    side,
    model.securitySchemes.map(({ origin }) => origin),
  );
}

function tracesOf(side: keyof Pair<unknown>, places: readonly Origin[]): Traces {
  return { places: { base: [], head: [], [side]: places }, operations: [] };
}

/** What a declaration inside a package's module is: its statement's name, and the members around it; undefined for the module itself. */
export function mentionOf(declaration: ts.Node): Mention | undefined {
  if (isModule(declaration)) return undefined;
  const members: string[] = [];
  let node = declaration;
  while (!isModule(node.parent)) {
    members.unshift(...memberName(node));
    node = node.parent;
    if (node.parent === undefined) return undefined;
  }
  const owner = nameOfStatement(declaration, node);
  return owner === undefined ? undefined : { owner, members };
}

/** True for a module as a whole: what `import * as api` and `import("…")` name. */
// The kinds are told by their members: this room loads no compiler.
export function isModule(node: ts.Node | undefined): boolean {
  return node !== undefined && "statements" in node && "fileName" in node;
}

function memberName(node: ts.Node): readonly string[] {
  const isMember = "name" in node && node.parent !== undefined && "members" in node.parent;
  const name = isMember ? textOf(node.name) : undefined;
  return name === undefined ? [] : [name];
}

/** The name that a statement declares; of several variables, that of the one around the node. */
function nameOfStatement(node: ts.Node, statement: ts.Node): string | undefined {
  if ("name" in statement) return textOf(statement.name);
  if (!("declarationList" in statement)) return undefined;
  const { declarations } = statement.declarationList as ts.VariableDeclarationList;
  const around = declarations.find(({ pos, end }) => pos <= node.pos && node.end <= end) ?? declarations[0];
  return around && textOf(around.name);
}

function textOf(name: unknown): string | undefined {
  return typeof name === "object" && name !== null && "text" in name && typeof name.text === "string"
    ? name.text
    : undefined;
}
