import type { Criteria } from "../source/filter.js";
import type { Limits } from "../source/limits.js";

/** Settings of one API. Everything has a default. */
export type ApiConfig = {
  /** The OpenAPI document, from the configuration's folder. Default: `specs/<api>.yaml`. */
  readonly input?: string;
  /** Overlays (OpenAPI Overlay 1.0 to 1.2), from the configuration's folder, applied to the document one after the other. */
  readonly overlays?: readonly string[];
  /** Operations are kept that match each of the criteria, by one of its values. Default: all. */
  readonly include?: Criteria;
  /** Operations are left out that match any of the criteria, also where `include` names them. Default: none. */
  readonly exclude?: Criteria;
  /** The folder of the package, from the configuration's folder. Default: `generated/<api>`. */
  readonly out?: string;
  /** The name of the npm package. Default: the API's name, in the `scope` if there is one. */
  readonly packageName?: string;
  /** The version of the npm package. Default: `0.1.0`. */
  readonly version?: string;
  /** An SPDX expression. Default: the configuration's. */
  readonly license?: string;
  /** False closes the enums of responses. Default: the configuration's. */
  readonly openEnums?: boolean;
  /** False leaves the subpath `./openapi` out. Default: the configuration's. */
  readonly openapi?: boolean;
  /** True goes on past each fault of the document that has a safe reading. Default: the configuration's. */
  readonly lenient?: boolean;
};

/** What `clientsmith.config.ts` exports. */
export type Config = {
  /** The npm scope of all packages: `@acme`. */
  readonly scope?: string;
  /** An SPDX expression for all packages. Default: `UNLICENSED`. */
  readonly license?: string;
  /** The address of the git repository that holds the packages. */
  readonly repository?: string;
  /**
   * False closes the enums of responses, in all packages: a value that the document does not list is then a fault of the server, and
   * `switch` can be exhaustive. Default: true.
   */
  readonly openEnums?: boolean;
  /** False leaves the subpath `./openapi` out of all packages. Default: true. */
  readonly openapi?: boolean;
  /** True goes on past each fault of the documents that has a safe reading. Default: false. */
  readonly lenient?: boolean;
  /**
   * What documents may refer to beside the files of their own folder: beginnings of URLs (`https://schemas.acme.com/v1`), and
   * paths from the configuration's folder (`../common`).
   */
  readonly allowRefs?: readonly string[];
  /** What a document may ask for: `{ bytes: 100_000_000 }`. Default: far more than real documents need. */
  readonly limits?: Partial<Limits>;
  /** The file of what a review lets pass, from the configuration's folder. Default: `clientsmith.waivers.yaml`, if there is one. */
  readonly waivers?: string;
  /** Settings by the API's name. Documents `specs/<api>.yaml` need none. */
  readonly apis?: { readonly [api: string]: ApiConfig };
};

/** The configuration as it is; for the types of it in an editor. */
export function defineConfig(config: Config): Config {
  return config;
}
