import { StructureKind, type StatementStructures } from "ts-morph";
import { FULL, type ApiFixtures, type ExampleFixture } from "../fixtures/fixture.js";
import { isRange, isSequence } from "../model/media-kind.js";
import type { ApiModel, MediaType, Operation, Response } from "../model/model.js";
import { UNSENT } from "../model/operations.js";
import { sortedBy } from "../model/order.js";
import { pathRank } from "../model/paths.js";
import { docs } from "./docs.js";
import { exampleKeys } from "./fixture-keys.js";
import { jsonLiteral, memberAccess, stringLiteral, wildcardType } from "./literals.js";
import { MediaTypeWriter, responseKind } from "./media-types.js";
import { tagPart, type PackageNames } from "./names.js";
import { openBody } from "./open-body.js";
import { sampleBody, type Samples } from "./sample-body.js";
import { statusType } from "./status-type.js";
import { TypeScriptModule, type Cuts, type EmittedFile } from "./typescript-module.js";

/** `src/mocks.ts`: a handler of MSW an operation, its answers typed by status. */
export function emitMocks(
  model: ApiModel,
  fixtures: ApiFixtures,
  names: PackageNames,
  cuts: Cuts,
): EmittedFile[] {
  const module = new TypeScriptModule("src/mocks.ts", cuts);
  const writer = new MockWriter(module, { fixtures, names, schemas: model.schemas });
  const operations = model.operations.filter(({ method }) => !UNSENT.has(method));
  const answering = new Set(
    operations.filter((operation) => {
      module.part(tagPart(operation));
      module.add(...writer.operation(operation));
      return writer.preset(operation) !== undefined;
    }),
  );
  module.part("handlers");
  const mocks = narrowestFirst([...answering]).map((operation) =>
    module.own(names.operations.get(operation)!.mock, tagPart(operation), "value"),
  );
  const others = operations
    .filter((operation) => !answering.has(operation))
    .map((operation) => names.operations.get(operation)!.mock);
  module.add(handlers(module, mocks, others));
  module.reExport(["InvalidRequestError", "watchRequests"], "./runtime/invalid-request.js");
  return module.files();
}

/** The first handler that takes a request answers it: the paths that are meant go before others that fit. */
function narrowestFirst(operations: readonly Operation[]): Operation[] {
  return sortedBy(operations, pathRank);
}

/** `others` have no handler there: they have nothing to answer with, unless a caller gives it. */
function handlers(
  module: TypeScriptModule,
  mocks: readonly string[],
  others: readonly string[],
): StatementStructures {
  const text = "A handler an operation, each answering with its success: `setupServer(...handlers())`.";
  const left = `Without ${others.map((name) => `{@link ${name}}`).join(", ")}, for whose success there is no fixture: give an answer.`;
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: "handlers",
    docs: docs(others.length === 0 ? text : `${text}\n\n${left}`),
    parameters: [
      { name: "options", type: module.type("MockOptions", "./runtime/mocks.js"), initializer: "{}" },
    ],
    returnType: `${module.type("HttpHandler", "msw")}[]`,
    statements: [`return [${mocks.map((name) => `${name}(undefined, options)`).join(", ")}];`],
  };
}

class MockWriter {
  private readonly module: TypeScriptModule;
  private readonly fixtures: ApiFixtures;
  private readonly schemas: ApiModel["schemas"];
  private readonly names: PackageNames;
  private readonly types: MediaTypeWriter;

  constructor(
    module: TypeScriptModule,
    { fixtures, names, schemas }: Samples & { readonly names: PackageNames },
  ) {
    this.module = module;
    this.fixtures = fixtures;
    this.schemas = schemas;
    this.names = names;
    this.types = new MediaTypeWriter(module, names, "response");
  }

  operation(operation: Operation): StatementStructures[] {
    return [this.answer(operation), this.mock(operation)];
  }

  private answer(operation: Operation): StatementStructures {
    const { answer, function: name } = this.names.operations.get(operation)!;
    const arms = operation.responses.flatMap((response) => this.arms(response, operation));
    return {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: answer,
      docs: docs(`What a mock of \`${name}\` can answer.`),
      type: arms.length === 0 ? "never" : arms.map((arm) => `\n| ${arm}`).join(""),
    };
  }

  /** An answer a media type; the first is said by nothing but its body. */
  private arms(response: Response, operation: Operation): string[] {
    const { success, failure } = statusType(
      response.status,
      operation.responses.map(({ status }) => status),
    );
    const statuses = [success, failure].filter((type) => type !== undefined);
    for (const use of statuses.flatMap(({ uses }) => uses)) this.module.type(use, "./runtime/status.js");
    const status = `status: ${statuses.map(({ text }) => text).join(" | ")}`;
    const name = this.names.operations.get(operation)!.headers.get(response);
    const headers =
      name === undefined
        ? []
        : [
            `headers?: ${this.module.type("GivenHeaders", "./runtime/mocks.js")}<${this.module.type(name, "./operations.js")}>`,
          ];
    const [first, ...others] = response.content;
    const further = others.map((media) => {
      const contentType = isRange(media.type) ? wildcardType(media.type) : stringLiteral(media.type);
      return [status, `contentType: ${contentType}`, this.bodyMember(media), ...headers];
    });
    const own = [status, ...(first ? [this.bodyMember(first)] : []), ...headers];
    const arms = [own, ...this.fixtureArm(operation, response, [status, ...headers]), ...further];
    return arms.map((members) => `{ ${members.join("; ")} }`);
  }

  /** An answer by the name of a fixture; that of the success needs no status. */
  private fixtureArm(operation: Operation, response: Response, members: readonly string[]): string[][] {
    const [media] = response.content;
    if (!media || !this.hasFixtures(operation, response)) return [];
    const { fixtures } = this.names.operations.get(operation)!;
    const record = `typeof ${this.module.type(fixtures, "./fixtures.js")}`;
    const name = `${this.module.type("FixtureName", "./runtime/mocks.js")}<${record}, ${stringLiteral(response.status)}>`;
    const [status = "", ...headers] = members;
    const isPreset = response === presetOf(operation);
    const optional = isPreset ? status.replace(/^status:/, "status?:") : status;
    // What the document gives without a schema has names of its own, and no `full`.
    const fixture = media.schema === undefined ? "fixture" : "fixture?";
    return [[optional, `${fixture}: ${name}`, "body?: never", ...headers]];
  }

  /** True where a fixture is a body as it stands. */
  private hasFixtures(operation: Operation, response: Response): boolean {
    const [media] = response.content;
    if (!media) return false;
    if (media.schema === undefined) return this.givenExamples(operation, response).length > 0;
    const kind = responseKind(media);
    const { valid } = this.fixtures.schemas.get(media.schema)!;
    if (media.events || (kind !== "json" && kind !== "text" && !isSequence(kind))) return false;
    return valid.length > 0 && (kind !== "text" || valid.every(({ value }) => typeof value === "string"));
  }

  private givenExamples(operation: Operation, response: Response): readonly ExampleFixture[] {
    return this.fixtures.operations.get(operation)!.responseExamples.get(response) ?? [];
  }

  /** The bytes of a file can be left out: no caller reads them as anything else. */
  private bodyMember(media: MediaType): string {
    return `body${responseKind(media) === "binary" ? "?" : ""}: ${this.bodyType(media)}`;
  }

  private bodyType(media: MediaType): string {
    const kind = responseKind(media);
    if (kind === "binary") return "Blob | ArrayBuffer | Uint8Array | string";
    if (kind === "text") return "string";
    if (isSequence(kind)) return `readonly (${this.types.itemType(media)})[]`;
    return media.schema === undefined ? "unknown" : this.types.schemaType(media.schema);
  }

  private mock(operation: Operation): StatementStructures {
    const { mock, answer, function: name } = this.names.operations.get(operation)!;
    const preset = this.preset(operation);
    const call = this.module.value("mock", "./runtime/mocks.js");
    const answers = `${this.module.type("Answers", "./runtime/mocks.js")}<${answer}>`;
    return {
      kind: StructureKind.Function,
      isExported: true,
      name: mock,
      docs: docs(
        `A handler for \`${name}\`. It gives the answer to every request; of several answers, one after the other, the last again and again.`,
      ),
      parameters: [
        { name: "answer", type: answers, ...(preset !== undefined && { initializer: preset }) },
        { name: "options", type: this.module.type("MockOptions", "./runtime/mocks.js"), initializer: "{}" },
      ],
      returnType: this.module.type("HttpHandler", "msw"),
      statements: [`return ${call}(${this.mocked(operation)}, answer, options);`],
    };
  }

  /** What the runtime must know of the operation to answer for it. */
  private mocked(operation: Operation): string {
    const { rule, validators, fixtures } = this.names.operations.get(operation)!;
    const { responses } = operation;
    const hasFixtures = responses.some((response) => this.hasFixtures(operation, response));
    const hasItems = responses.some(({ content }) => content.some(({ kind }) => isSequence(kind)));
    const { responseHeaders } = this.fixtures.operations.get(operation)!;
    const hasHeaders = [...responseHeaders.values()].some(({ size }) => size > 0);
    const preset = presetOf(operation);
    const members = [
      `operation: ${this.module.value(rule, "./operations.js")}`,
      `baseUrl: ${this.module.value("api", "./operations.js")}.baseUrl`,
      `validators: ${this.module.value(validators, "./validators.js")}`,
      ...(preset ? [`preset: ${presetStatus(preset)}`] : []),
      ...(hasFixtures ? [`fixtures: ${this.module.value(fixtures, "./fixtures.js")}.responses`] : []),
      ...(hasHeaders ? [`headers: ${this.module.value(fixtures, "./fixtures.js")}.headers`] : []),
      ...(hasItems ? [`write: ${this.module.value("itemText", "./runtime/write-items.js")}`] : []),
    ];
    return `{\n${members.map((member) => `${member},\n`).join("")}}`;
  }

  /** The first success with its `full` body; undefined where no fixture of it was proved. */
  preset(operation: Operation): string | undefined {
    const success = presetOf(operation);
    if (!success) return undefined;
    const status = presetStatus(success);
    const [media] = success.content;
    if (!media || responseKind(media) === "binary") return `{ status: ${status} }`;
    const given = media.schema === undefined ? this.givenBody(operation, success) : undefined;
    if (given !== undefined) return `{ status: ${status}, body: ${given} }`;
    const open = openBody(media);
    if (open !== undefined) return `{ status: ${status}, body: ${jsonLiteral(open)} }`;
    const read = { ...media, kind: responseKind(media) };
    const body = sampleBody(read, FULL, { fixtures: this.fixtures, schemas: this.schemas }, (schema) =>
      this.module.value(this.names.schemas.get(schema)!.fixtures, "./fixtures.js"),
    );
    const value =
      media.schema && this.fixtures.schemas.get(media.schema)!.valid.find(({ id }) => id === FULL)?.value;
    if (body === undefined || (read.kind === "text" && typeof value !== "string")) return undefined;
    return `{ status: ${status}, body: ${body} }`;
  }

  /** The first example that the document gives of a body without a schema. */
  private givenBody(operation: Operation, response: Response): string | undefined {
    const [key] = exampleKeys(this.givenExamples(operation, response));
    if (key === undefined) return undefined;
    const { fixtures } = this.names.operations.get(operation)!;
    const record = `${this.module.value(fixtures, "./fixtures.js")}.responses`;
    return memberAccess(memberAccess(record, response.status), key);
  }
}

/** The first success; where there is none, a redirect is what is meant to come. */
function presetOf({ responses }: Operation): Response | undefined {
  return (
    responses.find(({ status }) => status.startsWith("2")) ??
    responses.find(({ status }) => status === "default") ??
    responses.find(({ status }) => /^3\d\d$/.test(status))
  );
}

function presetStatus({ status }: Response): string {
  return /^\d+$/.test(status) ? status : "200";
}
