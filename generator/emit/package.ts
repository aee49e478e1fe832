import type { ApiFixtures } from "../fixtures/fixture.js";
import type { ApiModel } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { emitAgreement } from "./agreement.js";
import { emitClient } from "./client.js";
import { emitFixtures } from "./fixtures.js";
import { emitIndex } from "./index-module.js";
import { emitMocks } from "./mocks.js";
import type { PackageNames } from "./names.js";
import type { OpenEnums } from "./open-enums.js";
import { emitOperations } from "./operations.js";
import { emitPackageJson, emitTsconfigs } from "./package-json.js";
import { emitReadme } from "./readme.js";
import type { PackageSettings } from "./settings.js";
import { emitTypes } from "./types.js";
import type { Cuts, EmittedFile } from "./typescript-module.js";
import { emitValidators } from "./validators.js";

/** `src/openapi.ts`, and the component of it that each schema is, by the schema's id. */
export type Bridge = { readonly file: EmittedFile; readonly components: ReadonlyMap<SchemaId, string> };

/** What a package is emitted from. */
export type PackageInput = {
  readonly model: ApiModel;
  readonly names: PackageNames;
  readonly openEnums: OpenEnums;
  readonly settings: PackageSettings;
  /** Filled in by what is emitted first, for what follows. */
  readonly cuts: Cuts;
};

/** What is proved of it, and made by others. */
export type PackageParts = {
  readonly fixtures: ApiFixtures;
  /** The subpath `./openapi`, where the package has it. */
  readonly openapi: Bridge | undefined;
};

/**
 * What a document decides of a package, not yet formatted: the modules that need no fixtures, one after the other. With {@link emitRest}, nothing
 * but the input decides them.
 */
export function* emitCode({ model, names, openEnums, cuts }: PackageInput): Generator<EmittedFile, void> {
  yield emitIndex(model, names);
  yield emitClient(model, names);
  yield* emitTypes(model, names, openEnums, cuts);
  yield* emitOperations(model, names, cuts);
  yield* emitValidators(model, names, cuts);
}

/** The other files of a package: its fixtures and mocks, what describes it, and the bridge. */
export function* emitRest(
  { model, names, openEnums, settings, cuts }: PackageInput,
  { fixtures, openapi }: PackageParts,
): Generator<EmittedFile, void> {
  const own = { ...settings, openapi: openapi !== undefined };
  yield* emitFixtures(model, fixtures, names, cuts);
  yield* emitMocks(model, fixtures, names, cuts);
  yield emitPackageJson(model, own, cuts);
  yield* emitTsconfigs();
  yield emitReadme({ model, fixtures, names, settings: own, cuts });
  if (!openapi) return;
  yield openapi.file;
  yield emitAgreement({ model, names, components: openapi.components, openEnums });
}
