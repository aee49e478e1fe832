import { StructureKind, type Structures } from "ts-morph";
import type { ApiModel } from "../model/model.js";
import type { PackageNames } from "./names.js";
import { TypeScriptModule, type EmittedFile } from "./typescript-module.js";

/** What the runtime gives to users of a package. */
const RUNTIME: readonly (readonly [module: string, values: readonly string[], types: readonly string[]])[] = [
  ["./runtime/errors.js", ["ApiError", "RequestError"], ["RequestErrorKind"]],
  ["./runtime/options.js", [], ["BasicCredential", "ClientOptions", "Credential", "RequestOptions"]],
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
      operations.flatMap((each) => [each.args, each.result]),
    ),
    ...RUNTIME.map(([from, values, types]) => reexport(from, values, types)),
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

function reexport(moduleSpecifier: string, values: readonly string[], types: readonly string[]): Structures {
  const isTypeOnly = values.length === 0;
  const named = [
    ...values.map((name) => ({ name })),
    ...types.map((name) => ({ name, isTypeOnly: !isTypeOnly })),
  ];
  return { kind: StructureKind.ExportDeclaration, moduleSpecifier, isTypeOnly, namedExports: named };
}
