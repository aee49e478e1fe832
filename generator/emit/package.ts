import type { ApiFixtures } from "../fixtures/fixture.js";
import type { ApiModel } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { emitAgreement } from "./agreement.js";
import { emitClient } from "./client.js";
import { emitFixtures } from "./fixtures.js";
import { emitIndex } from "./index-module.js";
import { emitMocks } from "./mocks.js";
import type { PackageNames } from "./names.js";
import { OpenEnums } from "./open-enums.js";
import { emitOperations } from "./operations.js";
import { emitPackageJson, emitTsconfigs } from "./package-json.js";
import { emitReadme } from "./readme.js";
import type { PackageSettings } from "./settings.js";
import { emitTypes } from "./types.js";
import type { EmittedFile } from "./typescript-module.js";
import { emitValidators } from "./validators.js";

/** `src/openapi.ts`, and the component of it that each schema is, by the schema's id. */
export type Bridge = { readonly file: EmittedFile; readonly components: ReadonlyMap<SchemaId, string> };

/** What a package is emitted from. */
export type PackageInput = {
  readonly model: ApiModel;
  readonly fixtures: ApiFixtures;
  readonly names: PackageNames;
  readonly settings: PackageSettings;
  /** The subpath `./openapi`, where the package has it. */
  readonly openapi: Bridge | undefined;
};

/** What a document decides of a package, not yet formatted, one file after the other. Nothing but the input decides them. */
export function* emitPackage(input: PackageInput): Generator<EmittedFile, void> {
  const { model, fixtures, names, settings, openapi } = input;
  const openEnums = new OpenEnums(model, settings.openEnums);
  const own = { ...settings, openapi: openapi !== undefined };
  yield emitPackageJson(model, own);
  yield* emitTsconfigs();
  yield emitReadme({ model, fixtures, names, settings: own });
  yield emitIndex(model, names);
  yield emitClient(model, names);
  yield* emitOperations(model, names);
  yield* emitTypes(model, names, openEnums);
  yield* emitFixtures(model, fixtures, names);
  yield* emitMocks(model, fixtures, names);
  yield* emitValidators(model, names);
  if (!openapi) return;
  yield openapi.file;
  yield emitAgreement({ model, names, components: openapi.components, openEnums });
}
