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

/** What a document decides of a package, not yet formatted. Nothing but the input decides them. */
export function emitPackage({ model, fixtures, names, settings, openapi }: PackageInput): EmittedFile[] {
  const openEnums = new OpenEnums(model, settings.openEnums);
  const own = { ...settings, openapi: openapi !== undefined };
  return [
    emitPackageJson(model, own),
    ...emitTsconfigs(),
    emitReadme({ model, fixtures, names, settings: own }),
    emitIndex(model, names),
    emitClient(model, names),
    ...emitOperations(model, names),
    ...emitTypes(model, names, openEnums),
    ...emitFixtures(model, fixtures, names),
    ...emitMocks(model, fixtures, names),
    ...emitValidators(model, names),
    ...(openapi
      ? [openapi.file, emitAgreement({ model, names, components: openapi.components, openEnums })]
      : []),
  ];
}
