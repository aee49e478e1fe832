import type ts from "typescript";
import { operationTraces, schemaTraces, type Traces } from "./cause.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Origin, SourceId } from "../../source/source.js";
import type { PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";

/** What a piece of code names of a package: an export, and perhaps a member of it. */
export type Mention = { readonly owner: string; readonly member: string | undefined };

/** What a mention is made from, and the member that it names. */
export type Evidence = { readonly traces: Traces; readonly member: string | undefined };

/** Tells what the exports of a package are made from. */
export class PackageSymbols {
  private readonly traces: ReadonlyMap<string, Traces>;
  private readonly client: string;
  private readonly side: keyof Pair<PackageSide>;
  private readonly source: SourceId;

  constructor(sides: Pair<PackageSide>, side: keyof Pair<PackageSide>) {
    const { names, model } = sides[side];
    this.side = side;
    this.source = model.info.origin.source;
    this.client = names.api.client;
    const schemas = [...names.schemas].flatMap(([id, each]) => {
      const traces = schemaTraces(sides, { [side]: id });
      const { type, requestType, validator, fixtures, invalidFixtures, factory, pairs } = each;
      return [type, requestType, validator, fixtures, invalidFixtures, factory, pairs].map(
        (name) => [name, traces] as const,
      );
    });
    const operations = [...names.operations].flatMap(([operation, each]) => {
      const traces = operationTraces(sides, { [side]: operation });
      const { function: name, rule, args, parameters, result, fixtures, mock, answer } = each;
      return [name, rule, args, parameters, result, fixtures, mock, answer].map(
        (symbol) => [symbol, traces] as const,
      );
    });
    this.traces = new Map([credentials(sides[side], side), ...schemas, ...operations]);
  }

  /** The evidence in a mention; undefined for what belongs to no schema and no operation. */
  evidence({ owner, member }: Mention): Evidence | undefined {
    // A client's methods are called as the functions are.
    if (owner === this.client && member !== undefined)
      return this.evidence({ owner: member, member: undefined });
    const traces = this.traces.get(owner) ?? this.ofBridge(owner, member);
    return traces && { traces, member };
  }

  /** The evidence of code that takes the package as a whole. */
  all(): Evidence[] {
    return [...new Set(this.traces.values())].map((traces) => ({ traces, member: undefined }));
  }

  private ofBridge(owner: string, member: string | undefined): Traces | undefined {
    const around = BRIDGE.get(owner);
    if (around === undefined || member === undefined) return undefined;
    return tracesOf(this.side, [{ source: this.source, pointer: join(around, member) }]);
  }
}

/** Where the members of what `./openapi` exports stand, in the words of openapi-typescript. */
const BRIDGE: ReadonlyMap<string, JsonPointer> = new Map([
  ["components", "/components/schemas"],
  ["paths", "/paths"],
]);

/** The credentials are made from all schemes. */
function credentials({ model, names }: PackageSide, side: keyof Pair<unknown>): readonly [string, Traces] {
  return [
    names.api.auth,
    tracesOf(
      side,
      model.securitySchemes.map(({ origin }) => origin),
    ),
  ];
}

function tracesOf(side: keyof Pair<unknown>, places: readonly Origin[]): Traces {
  return { places: { base: [], head: [], [side]: places }, operations: [] };
}

/** What a declaration inside a package's module is: its statement's name, and the innermost member around it; undefined for the module itself. */
export function mentionOf(declaration: ts.Node): Mention | undefined {
  if (isModule(declaration)) return undefined;
  let member: string | undefined;
  let node = declaration;
  while (!isModule(node.parent)) {
    member ??= memberName(node);
    node = node.parent;
    if (node.parent === undefined) return undefined;
  }
  const owner = nameOf(declaration, node);
  return owner === undefined ? undefined : { owner, member };
}

/** True for a module as a whole: what `import * as api` and `import("…")` name. */
// The kinds are told by their members: this room loads no compiler.
export function isModule(node: ts.Node | undefined): boolean {
  return node !== undefined && "statements" in node && "fileName" in node;
}

function memberName(node: ts.Node): string | undefined {
  const isMember = "name" in node && node.parent !== undefined && "members" in node.parent;
  return isMember ? textOf(node.name) : undefined;
}

/** The name that a statement declares; of several variables, that of the one around the node. */
function nameOf(node: ts.Node, statement: ts.Node): string | undefined {
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
