import type { Limits } from "../source/limits.js";

/** Settings of one API. Everything has a default. */
export type ApiConfig = {
  /** The OpenAPI document, from the configuration's folder. Default: `specs/<api>.yaml`. */
  readonly input?: string;
  /** The folder of the package, from the configuration's folder. Default: `generated/<api>`. */
  readonly out?: string;
  /** The name of the npm package. Default: the API's name, in the `scope` if there is one. */
  readonly packageName?: string;
  /** The version of the npm package. Default: `0.1.0`. */
  readonly version?: string;
  /** An SPDX expression. Default: the configuration's. */
  readonly license?: string;
  /** False leaves the subpath `./openapi` out. Default: the configuration's. */
  readonly openapi?: boolean;
};

/** What `clientsmith.config.ts` exports. */
export type Config = {
  /** The npm scope of all packages: `@acme`. */
  readonly scope?: string;
  /** An SPDX expression for all packages. Default: `UNLICENSED`. */
  readonly license?: string;
  /** The address of the git repository that holds the packages. */
  readonly repository?: string;
  /** False leaves the subpath `./openapi` out of all packages. Default: true. */
  readonly openapi?: boolean;
  /** What a document may ask for: `{ bytes: 100_000_000 }`. Default: far more than real documents need. */
  readonly limits?: Partial<Limits>;
  /** Settings by the API's name. Documents `specs/<api>.yaml` need none. */
  readonly apis?: { readonly [api: string]: ApiConfig };
};

/** The configuration as it is; for the types of it in an editor. */
export function defineConfig(config: Config): Config {
  return config;
}
