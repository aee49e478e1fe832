import type { StatementStructures } from "ts-morph";
import { isSequence } from "../model/media-kind.js";
import type { ApiModel, MediaType } from "../model/model.js";
import type { PackageNames } from "./names.js";
import { exportOf, TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** What the runtime gives to users of a package. */
const RUNTIME: readonly (readonly [module: string, values: readonly string[], types: readonly string[]])[] = [
  ["./runtime/errors.js", ["ApiError", "RequestError"], ["PartIssue", "RequestErrorKind"]],
  [
    "./runtime/options.js",
    [],
    [
      "BasicCredential",
      "ClientOptions",
      "Credential",
      "RequestOptions",
      "Validation",
      "ValidationMode",
      "Validators",
    ],
  ],
  ["./runtime/result.js", [], ["DataOf", "Failure", "Success"]],
  ["./runtime/unwrap.js", ["unwrap"], []],
];

/** `src/index.ts`: the client, the operations and the types. */
export function emitIndex(model: ApiModel, names: PackageNames): EmittedFile {
  const module = new TypeScriptModule("src/index.ts");
  const { client, createClient, options, auth } = names.api;
  const operations = [...names.operations.values()];
  module.add(
    reexport("./client.js", [createClient], [client, options, auth]),
    reexport(
      "./operations.js",
      operations.map((each) => each.function),
      operations.flatMap((each) => [
        each.args,
        each.result,
        ...(each.parameters === "" ? [] : [each.parameters]),
        ...each.headers.values(),
      ]),
    ),
    ...RUNTIME.map(([from, values, types]) => reexport(from, values, types)),
    ...sequenceTypes(model),
    ...(model.schemas.size > 0
      ? [
          reexport(
            "./types.js",
            [],
            [...new Set([...names.schemas.values()].flatMap(({ type, requestType }) => [type, requestType]))],
          ),
        ]
      : []),
  );
  return module.file();
}

/** The types of bodies that are read or written item by item. */
function sequenceTypes({ operations }: ApiModel): StatementStructures[] {
  const received = operations.flatMap(({ responses }) => responses.flatMap(({ content }) => content));
  const sent = operations.flatMap(({ body }) => body?.content ?? []);
  const hasEvents = [...received, ...sent].some(({ kind }) => kind === "events");
  return [
    ...(hasEvents ? [reexport("./runtime/events.js", [], ["JsonEvent", "ServerSentEvent"])] : []),
    ...(received.some(isItemByItem) ? [reexport("./runtime/stream.js", [], ["ItemStream"])] : []),
    ...(sent.some(isItemByItem) ? [reexport("./runtime/write-items.js", [], ["ItemSource"])] : []),
  ];
}

function isItemByItem({ kind }: MediaType): boolean {
  return isSequence(kind);
}

function reexport(from: string, values: readonly string[], types: readonly string[]): StatementStructures {
  return exportOf(from, [
    ...values.map((name) => [name, "value"] as const),
    ...types.map((name) => [name, "type"] as const),
  ]);
}
