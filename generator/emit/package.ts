import type { ApiFixtures } from "../fixtures/fixture.js";
import type { ApiModel } from "../model/model.js";
import { emitAgreement } from "./agreement.js";
import { emitClient } from "./client.js";
import { emitFixtures } from "./fixtures.js";
import { emitIndex } from "./index-module.js";
import { emitMocks } from "./mocks.js";
import { chooseNames } from "./names.js";
import { emitOperations } from "./operations.js";
import { emitPackageJson, emitTsconfigs } from "./package-json.js";
import { emitReadme } from "./readme.js";
import type { PackageSettings } from "./settings.js";
import { emitTypes } from "./types.js";
import type { EmittedFile } from "./typescript-module.js";
import { emitValidators } from "./validators.js";

/** What a package is emitted from. */
export type PackageInput = {
  readonly model: ApiModel;
  readonly fixtures: ApiFixtures;
  readonly settings: PackageSettings;
  /** `src/openapi.ts`, where the package has that subpath. */
  readonly openapi: EmittedFile | undefined;
};

/** What a document decides of a package, not yet formatted. Nothing but the input decides them. */
export function emitPackage({ model, fixtures, settings, openapi }: PackageInput): EmittedFile[] {
  const names = chooseNames(model, settings.api);
  const own = { ...settings, openapi: openapi !== undefined };
  return [
    emitPackageJson(model, own),
    ...emitTsconfigs(),
    emitReadme({ model, fixtures, names, settings: own }),
    emitIndex(model, names),
    emitClient(model, names),
    ...emitOperations(model, names),
    ...emitTypes(model, names),
    ...emitFixtures(model, fixtures, names),
    ...emitMocks(model, fixtures, names),
    ...emitValidators(model, names),
    ...(openapi ? [openapi, emitAgreement(model, names)] : []),
  ];
}
