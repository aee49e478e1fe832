import { StructureKind, type Structures } from "ts-morph";
import { FULL, type ApiFixtures } from "../fixtures/fixture.js";
import type { ApiModel, Operation, Response } from "../model/model.js";
import { docs } from "./docs.js";
import { memberAccess } from "./literals.js";
import { tagPart, type PackageNames } from "./names.js";
import { responseKind } from "./operations.js";
import { statusType } from "./status-type.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** Methods that MSW has handlers for. */
export const MOCKED_METHODS = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"]);

/** `src/mocks.ts`: a handler of MSW an operation, its answers typed by status. */
export function emitMocks(model: ApiModel, fixtures: ApiFixtures, names: PackageNames): EmittedFile[] {
  const module = new TypeScriptModule("src/mocks.ts");
  const writer = new MockWriter(module, fixtures, names);
  const operations = model.operations.filter(({ method }) => MOCKED_METHODS.has(method));
  const answering = operations.filter((operation) => {
    module.part(tagPart(operation));
    module.add(...writer.operation(operation));
    return writer.preset(operation) !== undefined;
  });
  module.part("handlers");
  const mocks = answering.map((operation) =>
    module.own(names.operations.get(operation)!.mock, tagPart(operation), "value"),
  );
  module.add(handlers(module, mocks));
  return module.files();
}

function handlers(module: TypeScriptModule, mocks: readonly string[]): Structures {
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: "handlers",
    docs: docs("A handler an operation, each answering with its success: `setupServer(...handlers())`."),
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
  private readonly names: PackageNames;

  constructor(module: TypeScriptModule, fixtures: ApiFixtures, names: PackageNames) {
    this.module = module;
    this.fixtures = fixtures;
    this.names = names;
  }

  operation(operation: Operation): Structures[] {
    return [this.answer(operation), this.mock(operation)];
  }

  private answer(operation: Operation): Structures {
    const { answer, function: name } = this.names.operations.get(operation)!;
    const arms = operation.responses.map((response) => this.arm(response, operation.responses));
    return {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: answer,
      docs: docs(`What a mock of \`${name}\` can answer.`),
      type: arms.length === 0 ? "never" : arms.map((arm) => `\n| ${arm}`).join(""),
    };
  }

  private arm(response: Response, all: readonly Response[]): string {
    const { success, failure } = statusType(
      response.status,
      all.map(({ status }) => status),
    );
    const statuses = [success, failure].filter((type) => type !== undefined);
    for (const use of statuses.flatMap(({ uses }) => uses)) this.module.type(use, "./runtime/status.js");
    const body = this.bodyType(response);
    return `{ status: ${statuses.map(({ text }) => text).join(" | ")}${body === undefined ? "" : `; body: ${body}`} }`;
  }

  private bodyType({ content: [media] }: Response): string | undefined {
    const kind = media && responseKind(media);
    if (!media || kind === "binary") return undefined;
    if (kind === "text") return "string";
    return media.schema === undefined
      ? "unknown"
      : this.module.type(this.names.schemas.get(media.schema)!.type, "./types.js");
  }

  private mock(operation: Operation): Structures {
    const { mock, answer, rule, function: name } = this.names.operations.get(operation)!;
    const preset = this.preset(operation);
    const call = this.module.value("mock", "./runtime/mocks.js");
    const baseUrl = `options.baseUrl ?? ${this.module.value("api", "./operations.js")}.baseUrl`;
    return {
      kind: StructureKind.Function,
      isExported: true,
      name: mock,
      docs: docs(`A handler for \`${name}\`. It gives the answer to every request.`),
      parameters: [
        { name: "answer", type: answer, ...(preset !== undefined && { initializer: preset }) },
        { name: "options", type: this.module.type("MockOptions", "./runtime/mocks.js"), initializer: "{}" },
      ],
      returnType: this.module.type("HttpHandler", "msw"),
      statements: [`return ${call}(${this.module.value(rule, "./operations.js")}, ${baseUrl}, answer);`],
    };
  }

  /** The first success with its `full` body; undefined where no fixture of it was proved. */
  preset({ responses }: Operation): string | undefined {
    const success =
      responses.find(({ status }) => status.startsWith("2")) ??
      responses.find(({ status }) => status === "default");
    if (!success) return undefined;
    const status = /^\d+$/.test(success.status) ? success.status : "200";
    const type = this.bodyType(success);
    if (type === undefined) return `{ status: ${status} }`;
    const schema = success.content[0]?.schema;
    const full = schema && this.fixtures.schemas.get(schema)!.valid.find(({ id }) => id === FULL);
    if (!full || (type === "string" && typeof full.value !== "string")) return undefined;
    const body = memberAccess(
      this.module.value(this.names.schemas.get(schema)!.fixtures, "./fixtures.js"),
      FULL,
    );
    return `{ status: ${status}, body: ${body} }`;
  }
}
