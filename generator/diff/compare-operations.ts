import { sortedBy } from "../model/order.js";
import type { ApiModel, MediaType, Operation, Parameter, Response } from "../model/model.js";
import type { Schema, SchemaId } from "../model/schema.js";
import type { Change, ChangeDirection, Guard, Subject } from "./change.js";
import { SchemaComparison, type Effect, type Pair, type SchemaChange } from "./compare-schemas.js";
import { SchemaSets } from "./schema-set.js";

/** Every change between two models of one API, operation by operation. */
export function compareApis(models: Pair<ApiModel>): Change[] {
  return new ApiComparison(models).changes();
}

class ApiComparison {
  private readonly models: Pair<ApiModel>;
  private readonly schemas: SchemaComparison;

  constructor(models: Pair<ApiModel>) {
    this.models = models;
    this.schemas = new SchemaComparison({
      base: new SchemaSets(models.base.schemas),
      head: new SchemaSets(models.head.schemas),
    });
  }

  changes(): Change[] {
    const { base, head } = this.models;
    return byKey({ base: base.operations, head: head.operations }, keyOfOperation).flatMap((pair) =>
      this.operation(pair),
    );
  }

  private operation({ base, head }: Partial<Pair<Operation>>): Change[] {
    if (!head) return base ? [removedOperation(base)] : [];
    if (!base) {
      return [
        change({
          rule: "endpoint-added",
          effect: "keeps",
          direction: "none",
          subject: { kind: "operation" },
          operation: nameOf(head),
          head: head.origin,
        }),
      ];
    }
    const both = { base, head };
    const own = [
      ...identity(both),
      ...this.parameters(both),
      ...this.body(both),
      ...this.responses(both),
      ...security(both),
      ...lifeCycle(both),
    ];
    return own.map((each) => ({ operation: nameOf(base), ...each }));
  }

  private parameters({ base, head }: Pair<Operation>): Change[] {
    const pathKeys = { base: pathNames(base.path), head: pathNames(head.path) };
    const keyOf = (side: keyof Pair<unknown>) => (parameter: Parameter) =>
      parameter.location === "path"
        ? `path ${pathKeys[side].indexOf(parameter.name)}`
        : `${parameter.location} ${parameter.location === "header" ? parameter.name.toLowerCase() : parameter.name}`;
    const pairs = byKeys(
      { base: base.parameters, head: head.parameters },
      { base: keyOf("base"), head: keyOf("head") },
    );
    return pairs.flatMap((pair) => this.parameter(pair));
  }

  private parameter({ base, head }: Partial<Pair<Parameter>>): Change[] {
    const { location, name } = (base ?? head)!;
    const subject: Subject = { kind: "parameter", location, name };
    const common = { direction: "request" as const, subject, base: base?.origin, head: head?.origin };
    if (!head) return [change({ ...common, rule: "request-parameter-removed", effect: "widens" })];
    if (!base) {
      const hasDefault = head.schema.default !== undefined;
      return [
        head.required
          ? change({
              ...common,
              rule: "new-required-request-parameter",
              effect: "narrows",
              ...(hasDefault && { guard: "has-default" }),
            })
          : change({ ...common, rule: "new-optional-request-parameter", effect: "keeps" }),
      ];
    }
    const both = { base, head };
    return [
      ...(base.name === head.name
        ? []
        : [
            change({
              ...common,
              rule: "request-path-parameter-renamed",
              effect: "keeps",
              before: base.name,
              after: head.name,
            }),
          ]),
      ...becameRequired(both, common, "request-parameter"),
      ...serialization(both, common),
      ...defaults({ base: base.schema, head: head.schema }, common, "request-parameter"),
      ...this.schemaChanges(
        { base: base.schema, head: head.schema },
        { direction: "request", subject, prefix: "request-parameter" },
      ),
    ];
  }

  private body({ base, head }: Pair<Operation>): Change[] {
    const subject: Subject = { kind: "body", mediaType: "" };
    const common = {
      direction: "request" as const,
      subject,
      base: base.body?.origin ?? base.origin,
      head: head.body?.origin ?? head.origin,
    };
    if (!base.body && !head.body) return [];
    if (!head.body) return [change({ ...common, rule: "request-body-removed", effect: "widens" })];
    if (!base.body) {
      return [
        head.body.required
          ? change({ ...common, rule: "request-body-added-required", effect: "narrows" })
          : change({ ...common, rule: "request-body-added-optional", effect: "keeps" }),
      ];
    }
    const media = byKey({ base: base.body.content, head: head.body.content }, ({ type }) =>
      type.toLowerCase(),
    );
    return [
      ...becameRequired({ base: base.body, head: head.body }, common, "request-body"),
      ...media.flatMap((pair) => this.requestMedia(pair)),
    ];
  }

  private requestMedia({ base, head }: Partial<Pair<MediaType>>): Change[] {
    const mediaType = (base ?? head)!.type;
    const subject: Subject = { kind: "body", mediaType };
    const common = { direction: "request" as const, subject, base: base?.origin, head: head?.origin };
    if (!head)
      return [
        change({ ...common, rule: "request-body-media-type-removed", effect: "narrows", before: mediaType }),
      ];
    if (!base)
      return [
        change({ ...common, rule: "request-body-media-type-added", effect: "widens", after: mediaType }),
      ];
    return this.named(
      { base: base.schema, head: head.schema },
      { direction: "request", subject, prefix: "request" },
    );
  }

  private responses({ base, head }: Pair<Operation>): Change[] {
    return byKey({ base: base.responses, head: head.responses }, ({ status }) => status).flatMap((pair) =>
      this.response(pair),
    );
  }

  private response({ base, head }: Partial<Pair<Response>>): Change[] {
    const { status } = (base ?? head)!;
    const subject: Subject = { kind: "response", status };
    const isSuccess = status.startsWith("2");
    const name = isSuccess ? "success" : "non-success";
    const common = { direction: "response" as const, subject, base: base?.origin, head: head?.origin };
    if (!head)
      return [
        change({
          ...common,
          rule: `response-${name}-status-removed`,
          effect: "widens",
          before: status,
          ...guardOf(status),
        }),
      ];
    if (!base)
      return [change({ ...common, rule: `response-${name}-status-added`, effect: "keeps", after: status })];
    const media = byKey({ base: base.content, head: head.content }, ({ type }) => type.toLowerCase());
    return media.flatMap((pair) => this.responseMedia(pair, status));
  }

  private responseMedia({ base, head }: Partial<Pair<MediaType>>, status: string): Change[] {
    const mediaType = (base ?? head)!.type;
    const subject: Subject = { kind: "response", status, mediaType };
    const common = {
      direction: "response" as const,
      subject,
      base: base?.origin,
      head: head?.origin,
      ...guardOf(status),
    };
    if (!head)
      return [
        change({ ...common, rule: "response-media-type-removed", effect: "widens", before: mediaType }),
      ];
    if (!base)
      return [change({ ...common, rule: "response-media-type-added", effect: "keeps", after: mediaType })];
    return this.named(
      { base: base.schema, head: head.schema },
      { direction: "response", subject, prefix: "response", ...guardOf(status) },
    );
  }

  /** The changes of a body's schema. */
  private named(ids: Pair<SchemaId | undefined>, about: About): Change[] {
    const schema = (side: keyof Pair<unknown>): Schema[] => {
      const id = ids[side];
      const named = id === undefined ? undefined : this.models[side].schemas.get(id);
      return named ? [named.schema] : [];
    };
    const found = this.schemas.changes({ base: schema("base"), head: schema("head") });
    return found.map((each) => schemaChange(each, about));
  }

  private schemaChanges({ base, head }: Pair<Schema>, about: About): Change[] {
    return this.schemas.changes({ base: [base], head: [head] }).map((each) => schemaChange(each, about));
  }
}

/** Which value a schema speaks of. `prefix` is how the ids of its rules begin. */
type About = {
  readonly direction: ChangeDirection;
  readonly subject: Subject;
  readonly prefix: string;
  readonly guard?: Guard;
};

function change(each: Omit<Change, "path"> & { readonly path?: string }): Change {
  return { path: "", ...each };
}

/** `request-property-min-length-increased`; of the body itself `request-body-…`. */
function schemaChange(
  { change: name, ...rest }: SchemaChange,
  { direction, subject, prefix, guard }: About,
): Change {
  const isWhole = rest.path === "";
  const place = prefix.endsWith("parameter")
    ? isWhole
      ? prefix
      : `${prefix}-property`
    : `${prefix}-${isWhole ? "body" : "property"}`;
  return { ...rest, rule: idOf(place, name), direction, subject, ...(guard && { guard }) };
}

/** Ids that oasdiff has keep its words. */
function idOf(place: string, name: string): string {
  switch (name) {
    case "required-property-added":
      return place.startsWith("request")
        ? "new-required-request-property"
        : "response-required-property-added";
    case "optional-property-added":
      return place.startsWith("request")
        ? "new-optional-request-property"
        : "response-optional-property-added";
    case "required-property-removed":
    case "optional-property-removed":
      return place.startsWith("request") ? "request-property-removed" : `response-${name}`;
    default:
      return `${place}-${name}`;
  }
}

function guardOf(status: string): { readonly guard?: Guard } {
  return status.startsWith("2") ? {} : { guard: "non-success" };
}

function becameRequired(
  { base, head }: Pair<{ readonly required: boolean }>,
  common: Omit<Change, "rule" | "effect" | "path">,
  prefix: string,
): Change[] {
  if (base.required === head.required) return [];
  return [
    head.required
      ? change({ ...common, rule: `${prefix}-became-required`, effect: "narrows" })
      : change({ ...common, rule: `${prefix}-became-optional`, effect: "widens" }),
  ];
}

/** `style`, `explode`, `allowReserved`, `content`: another text on the wire. */
function serialization(
  { base, head }: Pair<Parameter>,
  common: Omit<Change, "rule" | "effect" | "path">,
): Change[] {
  const [before, after] = [textOf(base), textOf(head)];
  return before === after
    ? []
    : [change({ ...common, rule: "request-parameter-serialization-changed", effect: "both", before, after })];
}

function textOf({ serialization: rule }: Parameter): string {
  return rule.kind === "content"
    ? rule.mediaType
    : `${rule.style}${rule.explode ? " explode" : ""}${rule.allowReserved ? " allowReserved" : ""}`;
}

function defaults(
  { base, head }: Pair<Schema>,
  common: Omit<Change, "rule" | "effect" | "path">,
  prefix: string,
): Change[] {
  const [before, after] = [base.default, head.default];
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const verb = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return [change({ ...common, rule: `${prefix}-default-value-${verb}`, effect: "keeps", before, after })];
}

function identity({ base, head }: Pair<Operation>): Change[] {
  const common = {
    direction: "none" as const,
    subject: { kind: "operation" } as const,
    base: base.origin,
    head: head.origin,
  };
  const id =
    base.id === head.id
      ? []
      : [
          change({
            ...common,
            rule: "api-operation-id-changed",
            effect: "keeps",
            before: base.id,
            after: head.id,
          }),
        ];
  const [gone, come] = [
    base.tags.filter((tag) => !head.tags.includes(tag)),
    head.tags.filter((tag) => !base.tags.includes(tag)),
  ];
  return [
    ...id,
    ...gone.map((before) => change({ ...common, rule: "api-tag-removed", effect: "keeps", before })),
    ...come.map((after) => change({ ...common, rule: "api-tag-added", effect: "keeps", after })),
  ];
}

function lifeCycle({ base, head }: Pair<Operation>): Change[] {
  if (base.deprecated === head.deprecated) return [];
  const common = {
    direction: "none" as const,
    subject: { kind: "operation" } as const,
    base: base.origin,
    head: head.origin,
  };
  return [
    change({
      ...common,
      rule: head.deprecated ? "endpoint-deprecated" : "endpoint-reactivated",
      effect: "keeps",
    }),
  ];
}

/** What each alternative needs, `none` where that is nothing. */
function alternativesOf({ security: alternatives }: Operation): string[] {
  const texts = alternatives.map((names) => names.join(" + ") || "none");
  return texts.length > 0 ? texts : ["none"];
}

/** Alternatives of security: one that goes refuses those who used it; one that comes is one more way in. */
function security({ base, head }: Pair<Operation>): Change[] {
  const [old, now] = [alternativesOf(base), alternativesOf(head)];
  const common = {
    direction: "request" as const,
    subject: { kind: "operation" } as const,
    base: base.origin,
    head: head.origin,
  };
  // Whoever needs no credentials is let in everywhere, also with some.
  const isOpen = now.includes("none");
  return [
    ...old
      .filter((each) => !now.includes(each) && !isOpen)
      .map((before) =>
        change({ ...common, rule: "api-security-removed", effect: "narrows", before, after: now }),
      ),
    ...now
      .filter((each) => !old.includes(each))
      .map((after) => change({ ...common, rule: "api-security-added", effect: "widens", after })),
  ];
}

function removedOperation(base: Operation): Change {
  const common = {
    effect: "narrows" as Effect,
    direction: "request" as const,
    subject: { kind: "operation" } as const,
    operation: nameOf(base),
    base: base.origin,
  };
  return base.deprecated
    ? change({ ...common, rule: "api-removed-with-deprecation", guard: "deprecated" })
    : change({ ...common, rule: "api-removed-without-deprecation" });
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

/** Names of templates are no part of what is sent: `/users/{id}` and `/users/{userId}` are one path. */
export function keyOfOperation({ method, path }: Operation): string {
  return `${method} ${path.replace(/\{[^{}]*\}/g, "{}")}`;
}

function pathNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}

function byKey<T>(items: Pair<readonly T[]>, keyOf: (item: T) => string): Partial<Pair<T>>[] {
  return byKeys(items, { base: keyOf, head: keyOf });
}

/** The items of both sides that have the same key, beside those that stand alone. */
function byKeys<T>(items: Pair<readonly T[]>, keyOf: Pair<(item: T) => string>): Partial<Pair<T>>[] {
  const base = new Map(items.base.map((item) => [keyOf.base(item), item]));
  const head = new Map(items.head.map((item) => [keyOf.head(item), item]));
  return sortedBy(new Set([...base.keys(), ...head.keys()]), (key) => key).map((key) => {
    const [one, other] = [base.get(key), head.get(key)];
    return { ...(one !== undefined && { base: one }), ...(other !== undefined && { head: other }) };
  });
}
