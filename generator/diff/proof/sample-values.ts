import { buildFixtures } from "../../fixtures/build.js";
import type { Verdict } from "../../fixtures/prove.js";
import type { QuickJudge } from "../../fixtures/quick-judge.js";
import { reachedFrom, targetsOf } from "../../model/graph.js";
import type { ApiModel, NamedSchema } from "../../model/model.js";
import { narrowedMembers, type Schema, type SchemaId } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import type { JsonPointer } from "../../source/pointer.js";

/** One side: what its document says, and who judges values by it. */
export type Side = { readonly model: ApiModel; readonly judge: QuickJudge };

type Samples = { readonly valid: readonly JsonValue[]; readonly invalid: readonly JsonValue[] };

/** Values on the way to a place may be made of so many schemas: in a long document each one leads to hundreds of others. */
const MAX_ON_THE_WAY = 20_000;

/** Values of the schemas of one document, made and judged when they are first asked for. */
export class SampleValues {
  private readonly model: ApiModel;
  private readonly judge: QuickJudge;
  private readonly named: ReadonlyMap<Schema, NamedSchema>;
  private readonly made = new Map<Schema, Samples>();
  private readonly alternatives = new Map<Schema, readonly Schema[]>();
  private readonly counts = new Map<Schema, number>();
  private onTheWay = 0;

  constructor({ model, judge }: Side) {
    this.model = model;
    this.judge = judge;
    this.named = new Map([...model.schemas.values()].map((named) => [named.schema, named]));
  }

  /** Values that the document allows, the fullest first. */
  of(schema: Schema): readonly JsonValue[] {
    return this.samples(schema).valid;
  }

  /** The same of what stands on the way to a place; none where all of them together would take too long. */
  ofOwner(schema: Schema): readonly JsonValue[] {
    const count = this.countOf(schema);
    if (this.onTheWay + count > MAX_ON_THE_WAY) return [];
    this.onTheWay += count;
    return this.of(schema);
  }

  /** What a value may be meant to be: each alternative of a union, on every level of it. */
  alternativesOf(schema: Schema): readonly Schema[] {
    const named = this.target(schema);
    if (named.kind !== "union") return [named];
    const known =
      this.alternatives.get(named) ?? narrowedMembers(named).flatMap((member) => this.alternativesOf(member));
    this.alternatives.set(named, known);
    return known;
  }

  /** The alternatives that one member of a union stands for, by where it stands in its list. */
  alternativesAt(schema: Schema, place: JsonPointer): readonly Schema[] {
    const named = this.target(schema);
    if (named.kind !== "union") return [];
    return narrowedMembers(named).flatMap((member, index) =>
      named.members[index]!.origin.pointer === place
        ? this.alternativesOf(member)
        : this.alternativesAt(member, place),
    );
  }

  /** What a reference names. */
  target(schema: Schema): Schema {
    return schema.kind === "ref" ? (this.schemaOf(schema.target) ?? schema) : schema;
  }

  /** Values that the document refuses, each for one reason. */
  refused(schema: Schema): readonly JsonValue[] {
    return this.samples(schema).invalid;
  }

  /** How many schemas values of this one are made of. */
  countOf(schema: Schema): number {
    if (this.made.has(schema)) return 0;
    const known = this.counts.get(schema) ?? 1 + reachedFrom(targetsOf(schema), this.model.schemas).size;
    this.counts.set(schema, known);
    return known;
  }

  private samples(schema: Schema): Samples {
    const known = this.made.get(schema) ?? this.make(this.namedAs(schema));
    this.made.set(schema, known);
    return known;
  }

  ofNamed(id: SchemaId | undefined): readonly JsonValue[] {
    const schema = this.schemaOf(id);
    return schema ? this.of(schema) : [];
  }

  /** What is said of a value at once. */
  verdict(schema: Schema, value: JsonValue): Verdict {
    const { origin, view } = this.namedAs(schema);
    return this.judgeIn(view).verdict(origin, value);
  }

  /** What the prover says of a value, which takes long: it is asked of what is shown. */
  proof(schema: Schema, value: JsonValue): Verdict {
    const { origin, view } = this.namedAs(schema);
    return this.judgeIn(view).proof(origin, value);
  }

  private judgeIn(view: NamedSchema["view"]): QuickJudge {
    return view ? this.judge.inDirection(view.direction, this.model.schemas) : this.judge;
  }

  schemaOf(id: SchemaId | undefined): Schema | undefined {
    return this.model.schemas.get(id ?? "")?.schema;
  }

  /** The schema of the model, or one that stands inline, as of no name. */
  private namedAs(schema: Schema): NamedSchema {
    const { origin } = schema;
    return (
      this.named.get(schema) ?? {
        id: `${origin.source}#${origin.pointer}`,
        words: ["value"],
        origin,
        place: origin.pointer,
        schema,
      }
    );
  }

  /** Fixtures of the one schema and of those that it leads to: those of a whole document take long. */
  private make(named: NamedSchema): Samples {
    const { schemas } = this.model;
    const reached = reachedFrom(targetsOf(named.schema), schemas);
    const own = [...schemas].filter(([id]) => reached.has(id) && id !== named.id);
    const part = { ...this.model, operations: [], schemas: new Map([...own, [named.id, named]]) };
    const { valid, invalid } = buildFixtures(
      part,
      { judge: this.judge, prover: this.judge },
      {
        whole: this.model,
        wanted: new Set([named.id]),
      },
    ).value.schemas.get(named.id)!;
    const full = valid.filter(({ id }) => id === "full");
    const ordered = [...full, ...valid.filter(({ id }) => id !== "full")];
    return { valid: ordered.map(({ value }) => value), invalid: invalid.map(({ value }) => value) };
  }
}
