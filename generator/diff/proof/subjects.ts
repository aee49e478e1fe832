import type { ApiModel, Header, MediaType, Operation, Parameter } from "../../model/model.js";
import type { Schema } from "../../model/schema.js";
import type { Pair, Subject } from "../change.js";
import { nameOf, pairedOperations } from "../compare/comparison.js";
import { parameterKeys } from "../compare/parameters.js";
import { isRangeOf, mediaKey } from "../compare/media-names.js";
import { responseOf } from "./answers.js";
import { Routes } from "./routes.js";
import { SampleValues, type Side } from "./sample-values.js";
import type { SideName } from "./sides.js";

/** What a change is about. */
type About = { readonly subject: Subject; readonly operation?: string | undefined };

/** What changes are about, as both sides have it; and values of it. */
export class Subjects {
  readonly models: Pair<ApiModel>;
  readonly values: Pair<SampleValues>;
  /** The operations that stand in each other's place. */
  readonly pairs: readonly Partial<Pair<Operation>>[];
  private readonly byName = new Map<string, Partial<Pair<Operation>>>();
  private readonly byOperation = new Map<Operation, Partial<Pair<Operation>>>();
  private readonly known: { base?: Routes; head?: Routes } = {};

  constructor({ base, head }: Pair<Side>) {
    this.models = { base: base.model, head: head.model };
    this.values = { base: new SampleValues(base), head: new SampleValues(head) };
    this.pairs = pairedOperations(this.models);
    for (const pair of this.pairs)
      for (const operation of [pair.head, pair.base]) if (operation) this.byOperation.set(operation, pair);
    // Changes are called by the old name, where there is one.
    for (const side of ["head", "base"] as const)
      for (const pair of this.pairs) if (pair[side]) this.byName.set(nameOf(pair[side]), pair);
  }

  operation(side: SideName, name: string | undefined): Operation | undefined {
    return this.byName.get(name ?? "")?.[side];
  }

  /** What the other side has in the place of an operation. */
  counterpart(operation: Operation, side: SideName): Operation | undefined {
    return this.byOperation.get(operation)?.[side];
  }

  /** What takes a request, made when it is first asked for. */
  routes(side: SideName): Routes {
    return (this.known[side] ??= new Routes(this.models[side].operations));
  }

  /** The parameter that a change is about, as one side calls it: in a path it is known by its place. */
  parameter(side: SideName, { subject, operation }: About): Parameter | undefined {
    const own = this.operation(side, operation);
    if (!own || subject.kind !== "parameter") return undefined;
    const base = this.operation("base", operation);
    const named = base && parameterOf(base, subject);
    if (side === "base" || !named || named.location !== "path") return parameterOf(own, subject);
    const key = parameterKeys(base, own)(named);
    return own.parameters.find((each) => parameterKeys(own, base)(each) === key) ?? parameterOf(own, subject);
  }

  /** The schemas of what a change is about, on both sides. */
  schemas(about: About): Pair<Schema> | undefined {
    const [base, head] = (["base", "head"] as const).map((side) => {
      const found = this.operation(side, about.operation);
      return found && this.schema(side, found, about);
    });
    return base && head && { base, head };
  }

  /** True where both sides send what a change is about as its text, or in parts of which each is one. */
  isText(about: About): boolean {
    return SIDES.every((side) => {
      const operation = this.operation(side, about.operation);
      return operation !== undefined && this.isTextIn(side, operation, about);
    });
  }

  private isTextIn(side: SideName, operation: Operation, about: About): boolean {
    const { subject } = about;
    switch (subject.kind) {
      case "parameter":
        return this.parameter(side, about)?.serialization.kind === "style";
      case "body":
        return isTextKind(mediaOf(operation.body?.content ?? [], subject.mediaType)?.kind);
      case "response":
        return isTextKind(mediaOf(contentOf(operation, subject.status), subject.mediaType)?.kind);
      case "header":
        return headerIn(operation, subject)?.serialization.kind === "style";
      default:
        return false;
    }
  }

  private schema(side: SideName, operation: Operation, about: About): Schema | undefined {
    const { subject } = about;
    const named = (content: readonly MediaType[], type: string | undefined) =>
      this.models[side].schemas.get(mediaOf(content, type)?.schema ?? "")?.schema;
    switch (subject.kind) {
      case "parameter":
        return this.parameter(side, about)?.schema;
      case "body":
        return named(operation.body?.content ?? [], subject.mediaType);
      case "response":
        return named(contentOf(operation, subject.status), subject.mediaType);
      case "header":
        return headerIn(operation, subject)?.schema;
      default:
        return undefined;
    }
  }
}

const SIDES = ["base", "head"] as const;
const TEXTS: ReadonlySet<MediaType["kind"] | undefined> = new Set(["form", "multipart", "text"]);

/** True for a body that is a text, or a form. */
export function isTextKind(kind: MediaType["kind"] | undefined): boolean {
  return TEXTS.has(kind);
}

function contentOf({ responses }: Operation, status: string): readonly MediaType[] {
  return responseOf(responses, status)?.content ?? [];
}

/** What describes a body of the type: itself, or the narrowest range that it is of (OpenAPI 3.2.0, Request Body Object, `content`). */
function mediaOf(content: readonly MediaType[], type = ""): MediaType | undefined {
  const ranges = content.filter((each) => isRangeOf(each.type, type));
  return (
    content.find((each) => mediaKey(each.type) === mediaKey(type)) ??
    ranges.find((each) => !each.type.startsWith("*")) ??
    ranges[0]
  );
}

function headerIn(
  { responses }: Operation,
  { status, name }: { readonly status: string; readonly name: string },
): Header | undefined {
  const headers = responseOf(responses, status)?.headers ?? [];
  return headers.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

function parameterOf(
  { parameters }: Operation,
  { location, name }: { location: string; name: string },
): Parameter | undefined {
  const isIt = (each: Parameter) => each.name.toLowerCase() === name.toLowerCase();
  return parameters.find((each) => each.location === location && isIt(each)) ?? parameters.find(isIt);
}

/** What the first item gives that gives anything. */
export function first<T, R>(items: Iterable<T>, of: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
