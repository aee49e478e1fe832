import type { Operation } from "../../model/model.js";
import { sortedBy } from "../../model/order.js";
import { pathRank } from "../../model/paths.js";
import { hasPathQuery, matchPath } from "../../runtime/path-template.js";
import { percentDecode } from "../../source/pointer.js";
import type { WireRequest } from "./message.js";

/** The operations below a part of a path: by its next segment, as it is or as a template. */
type Node = {
  readonly literals: Map<string, Node>;
  readonly templates: Map<string, Node>;
  readonly operations: Operation[];
};

/** Which operations of a document take a request: a tree, for a long document has a thousand paths. */
export class Routes {
  private readonly root: Node = emptyNode();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations)
      nodeOf(this.root, operation.path.split("/")).operations.push(operation);
  }

  /** The operations that a request is for; several where their paths rank the same (OpenAPI 3.2.0, Paths Object). */
  takersOf({ method, path, query }: WireRequest): Operation[] {
    const fitting = below(this.root, path.split("/")).filter(
      (each) => each.method === method && hasPathQuery(each, query),
    );
    const ranked = sortedBy(fitting, pathRank);
    return ranked.filter((each) => pathRank(each) === pathRank(ranked[0]!));
  }
}

function emptyNode(): Node {
  return { literals: new Map(), templates: new Map(), operations: [] };
}

function nodeOf(node: Node, [segment, ...rest]: readonly string[]): Node {
  if (segment === undefined) return node;
  const children = segment.includes("{") ? node.templates : node.literals;
  const key = segment.includes("{") ? segment : decoded(segment);
  const child = children.get(key) ?? emptyNode();
  children.set(key, child);
  return nodeOf(child, rest);
}

function below(node: Node, [segment, ...rest]: readonly string[]): Operation[] {
  if (segment === undefined) return node.operations;
  const literal = node.literals.get(decoded(segment));
  const templated = [...node.templates].filter(([template]) => matchPath(template, segment));
  return [...(literal ? [literal] : []), ...templated.map(([, child]) => child)].flatMap((child) =>
    below(child, rest),
  );
}

function decoded(segment: string): string {
  return percentDecode(segment) ?? segment;
}
