import { reachedFrom } from "../../model/graph.js";
import type { ApiModel, Operation } from "../../model/model.js";
import { addTo, type Groups } from "../../model/order.js";
import { isObject, jsonEquals, objectOf, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { isWithin, join } from "../../source/pointer.js";
import type { Origin, SourceDocument, SourceId } from "../../source/source.js";
import type { Change, Pair } from "../change.js";
import { change, nameOf } from "./comparison.js";
import { ownerOf, pairedParts, TEXTS, type Owner, type Part } from "./documented-parts.js";

type Documents = ReadonlyMap<SourceId, SourceDocument>;
/** The names of operations, by where they stand in a document of the base. */
type OperationsAt = ReadonlyMap<string, readonly string[]>;

/**
 * Texts that say something else in the same part of both documents: one finding a part, and never more than information. What only
 * one of them says is no text that anybody read there before. With them goes what no validator reads, how values
 * are written in XML: of that nobody can tell what it does.
 *
 * @param described the model of the base, and that of what its client receives.
 */
export function documentationChanges(
  { base, head }: Pair<Documents>,
  described: readonly ApiModel[],
): Change[] {
  const operations = described.flatMap((model) => model.operations);
  const inXml = described.flatMap(schemasInXml);
  const [entry] = base.values();
  const [headEntry] = head.values();
  return [...head.values()].flatMap((document) => {
    const isEntry = document === headEntry;
    const other = isEntry ? entry : base.get(document.id);
    if (!other) return [];
    const sources = { base: other.id, head: document.id };
    const walk = new TextWalk(sources, operationsIn(other.id, operations), inXml);
    const owner: Owner = {
      subject: isEntry ? { kind: "api" } : { kind: "part", words: "the file" },
      path: "",
    };
    return walk.compare({ base: partOf(other), head: partOf(document) }, owner, []);
  });
}

function partOf({ value }: SourceDocument): Part {
  return { kind: "document", pointer: "", value };
}

function operationsIn(source: SourceId, operations: readonly Operation[]): OperationsAt {
  const names: Groups<string, string> = new Map();
  for (const operation of operations)
    if (operation.origin.source === source) addTo(names, operation.origin.pointer, nameOf(operation));
  return names;
}

class TextWalk {
  private readonly sources: Pair<SourceId>;
  private readonly operationsAt: OperationsAt;
  private readonly inXml: readonly Origin[];

  /** @param inXml where the schemas stand of what is sent in XML. */
  constructor(sources: Pair<SourceId>, operationsAt: OperationsAt, inXml: readonly Origin[]) {
    this.sources = sources;
    this.operationsAt = operationsAt;
    this.inXml = inXml;
  }

  /** @param operations the names of those where the part stands. */
  compare(both: Pair<Part>, owner: Owner, operations: readonly string[]): Change[] {
    if (jsonEquals(both.base.value, both.head.value)) return [];
    const parts = pairedParts(both);
    const names = parts.flatMap(({ base }) => this.operationsAt.get(base.pointer) ?? []);
    const below = parts.flatMap((pair) => {
      const { kind, pointer } = pair.base;
      // The parameters of a path are those of its operations.
      const isShared = both.base.kind === "pathItem" && kind === "parameter";
      const at = this.operationsAt.get(pointer) ?? (isShared ? names : operations);
      return this.compare(pair, ownerOf(pair.base, both.base, owner), at);
    });
    const changes = [...this.texts(both, owner), ...this.xml(both, owner)];
    const found =
      operations.length === 0
        ? changes
        : operations.flatMap((operation) => changes.map((each) => ({ ...each, operation })));
    return [...found, ...below];
  }

  /** How values are written in XML (OpenAPI 3.2.0, XML Object), of which no validator knows anything. */
  private xml({ base, head }: Pair<Part>, { subject, path }: Owner): Change[] {
    const [before, after] = [base, head].map(({ kind, value }) =>
      kind === "schema" && isObject(value) ? own(value, "xml") : undefined,
    );
    const isWritten = ({ source, pointer }: Origin) =>
      source === this.sources.base && isWithin(base.pointer, pointer);
    if (isSameXml(before, after) || !this.inXml.some(isWritten)) return [];
    return [
      change({
        rule: "schema-xml-changed",
        effect: "unknown",
        direction: "none",
        subject,
        path,
        base: { source: this.sources.base, pointer: base.pointer },
        head: { source: this.sources.head, pointer: head.pointer },
        before,
        after,
      }),
    ];
  }

  private texts({ base, head }: Pair<Part>, { subject, path }: Owner): Change[] {
    const owners = { base: ownerOfTexts(base), head: ownerOfTexts(head) };
    const [before, after] = [textsOf(owners.base), textsOf(owners.head)];
    const changed = Object.keys(before).filter(
      (key) => Object.hasOwn(after, key) && !jsonEquals(before[key], after[key]),
    );
    if (changed.length === 0) return [];
    const said = (texts: JsonObject) => Object.fromEntries(changed.map((key) => [key, texts[key]!]));
    return [
      change({
        rule: "documentation-changed",
        effect: "keeps",
        direction: "none",
        subject,
        path,
        base: { source: this.sources.base, pointer: owners.base.pointer },
        head: { source: this.sources.head, pointer: owners.head.pointer },
        before: said(before),
        after: said(after),
      }),
    ];
  }
}

/** Where the schemas stand of what is sent in XML. */
function schemasInXml({ operations, schemas }: ApiModel): Origin[] {
  const content = operations
    .flatMap(({ body, responses }) => [body, ...responses])
    .flatMap((each) => each?.content ?? []);
  const ids = content.flatMap(({ type, schema }) =>
    /[/+]xml\b/i.test(type) && schema !== undefined ? [schema] : [],
  );
  return [...reachedFrom(ids, schemas)].flatMap((id) => schemas.get(id)?.origin ?? []);
}

/** What is false is said by no word, too. */
function isSameXml(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  const [old, now] = [before, after].map((xml) =>
    objectOf(Object.entries(isObject(xml) ? xml : {}).filter(([, value]) => value !== false)),
  );
  return jsonEquals(old, now);
}

/** A document has its texts in its Info Object. */
function ownerOfTexts(part: Part): Part {
  const { value, pointer } = part;
  const info = isObject(value) && typeof own(value, "openapi") === "string" ? own(value, "info") : undefined;
  return isObject(info) ? { ...part, value: info, pointer: join(pointer, "info") } : part;
}

function textsOf({ value }: Part): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    TEXTS.flatMap((key) => {
      const text = own(value, key);
      return text === undefined || text === "" ? [] : [[key, text] as const];
    }),
  );
}
