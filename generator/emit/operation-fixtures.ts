import type { StatementStructures } from "ts-morph";
import type { Arguments, ExampleFixture, Extent, HeaderValues } from "../fixtures/fixture.js";
import { INHERITED } from "../model/sayable.js";
import type { MediaType, Operation, Response } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { argumentNames } from "./arguments.js";
import type { FixtureContext } from "./fixture-context.js";
import { exampleKeys } from "./fixture-keys.js";
import { block, constant, multiline, objectOfMembers, type Member, type Typed } from "./fixture-text.js";
import { objectKey, propertyName } from "./literals.js";
import { tagPart } from "./names.js";
import { sampleBody } from "./sample-body.js";

/** Writes what an operation takes and answers. */
export class OperationFixtureWriter {
  private readonly context: FixtureContext;

  constructor(context: FixtureContext) {
    this.context = context;
  }

  /**
   * Responses are the fixtures of their schema, the document's examples first. Each that the document describes is there, also one
   * without a body; the headers of those that have some stand beside them.
   */
  write(operation: Operation): StatementStructures[] {
    this.context.module.part(tagPart(operation));
    const { fixtures } = this.context.names.operations.get(operation)!;
    const known = this.context.fixtures.operations.get(operation)!;
    const responses = operation.responses.map((response): Member => {
      const body = this.body(response.content[0], known.responseExamples.get(response) ?? []);
      return { key: objectKey(response.status), ...(body ?? objectOfMembers([])) };
    });
    const headers = operation.responses.flatMap((response) => this.headers(operation, response));
    const body = this.body(operation.body?.content[0], known.bodyExamples);
    const members: Member[] = [
      { key: "args", ...this.args(operation, known.args) },
      ...(body ? [{ key: "body", ...body }] : []),
      { key: "responses", ...objectOfMembers(responses) },
      ...(headers.length > 0 ? [{ key: "headers", ...objectOfMembers(headers) }] : []),
    ];
    return [
      constant({
        name: fixtures,
        text: `What \`${operation.method} ${operation.path}\` takes, and its responses by status.`,
        ...objectOfMembers(members),
      }),
    ];
  }

  private body(media: MediaType | undefined, examples: readonly ExampleFixture[]): Typed | undefined {
    const schema = media?.schema;
    const type = this.bodyType(media);
    const hasFixtures = schema !== undefined && this.context.fixtures.schemas.get(schema)!.valid.length > 0;
    if (hasFixtures && examples.length === 0) {
      const fixtures = this.context.fixturesOf(schema);
      return { type: `typeof ${fixtures}`, value: fixtures };
    }
    const keys = hasFixtures ? this.context.keysOf(schema).values() : [];
    const names = exampleKeys(examples, keys);
    const own = examples.map(({ value, isTyped }, index) => {
      const text = isTyped ? multiline(value) : `${multiline(value)} as unknown as ${type}`;
      return { key: names[index]!, text };
    });
    if (own.length === 0) return undefined;
    const record = this.context.record(
      own.map(({ key }) => key),
      type,
    );
    const members = own.map(({ key, text }) => `${propertyName(key)}: ${text}`);
    if (!hasFixtures) return { type: record, value: block("{", members, "}") };
    const fixtures = this.context.fixturesOf(schema);
    return { type: `${record} & typeof ${fixtures}`, value: block("{", [...members, `...${fixtures}`], "}") };
  }

  private bodyType(media: MediaType | undefined): string {
    const schema = media?.schema;
    if (schema === undefined) return media?.kind === "text" ? "string" : "unknown";
    return this.context.module.type(this.context.names.schemas.get(schema)!.requestType, "./types.js");
  }

  /** The headers of a response, if it has some: as the client reads them. */
  private headers(operation: Operation, response: Response): Member[] {
    const known = this.context.fixtures.operations.get(operation)!.responseHeaders.get(response);
    const name = this.context.names.operations.get(operation)!.headers.get(response);
    if (!known || known.size === 0 || name === undefined) return [];
    const type = this.context.module.type(name, "./operations.js");
    // Of an absent header that is called like a member of Object, TypeScript takes the type of that member.
    const inherited = response.headers.filter((header) => INHERITED.has(header.name));
    const isTyped = (values: HeaderValues) => inherited.every((header) => values.has(header));
    const full = known.get("full");
    const given = [...(full && isTyped(full) ? full : [])].filter(
      ([{ required }, value]) => !required && value !== null,
    );
    const values = [...known].map(
      ([extent, each]) => `${extent}: ${headersText(each)}${isTyped(each) ? "" : ` as unknown as ${type}`}`,
    );
    return [
      {
        key: objectKey(response.status),
        type: this.context.recordWithFull(
          [...known.keys()],
          type,
          given.map(([header]) => header.name),
        ),
        value: block("{", values, "}"),
      },
    ];
  }

  private args(operation: Operation, complete: ReadonlyMap<Extent, Arguments>): Typed {
    const { args } = this.context.names.operations.get(operation)!;
    if (complete.size === 0) return { type: this.context.record([], "never"), value: "{}" };
    const values = [...complete].map(
      ([extent, each]) => `${extent}: ${this.argsOf(operation, extent, each)}`,
    );
    const type = this.context.record([...complete.keys()], this.context.module.type(args, "./operations.js"));
    return { type, value: block("{", values, "}") };
  }

  private argsOf(operation: Operation, extent: Extent, { parameters, body }: Arguments): string {
    const names = argumentNames(operation);
    const members = [...parameters].map(
      ([parameter, value]) => `${objectKey(names.get(parameter)!)}: ${multiline(value)}`,
    );
    const media = operation.body?.content[0];
    const nameOf = (schema: SchemaId) => this.context.fixturesOf(schema);
    const sample = body !== undefined && media ? sampleBody(media, extent, this.context, nameOf) : undefined;
    if (sample !== undefined) members.push(`body: ${sample}`);
    return block("{", members, "}");
  }
}

function headersText(values: HeaderValues): string {
  const members = [...values].map(([{ name }, value]) => `${objectKey(name)}: ${multiline(value)}`);
  return block("{", members, "}");
}
