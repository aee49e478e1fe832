/** What a package is, beside what its document says. */
export type PackageSettings = {
  /** The API's name in file names and identifiers: `dynamic-auth`. */
  readonly api: string;
  /** The name of the npm package: `@clientsmith/dynamic-auth`. */
  readonly packageName: string;
  readonly version: string;
  /** True where the package has a CHANGELOG.md to bring along. */
  readonly changelog?: boolean;
  /** An SPDX expression, or `UNLICENSED`. */
  readonly license: string;
  readonly repository?: { readonly type: "git"; readonly url: string; readonly directory?: string };
  /** False closes the enums of responses, too. */
  readonly openEnums: boolean;
  /** False leaves `./openapi` out. */
  readonly openapi: boolean;
};
