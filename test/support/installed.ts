import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type createClient from "openapi-fetch";
import type * as mswNode from "msw/node";
import type * as cargoClient from "../../generated/cargo/src/index.js";
import type * as cargoFixtures from "../../generated/cargo/src/fixtures.js";
import type * as cargoMocks from "../../generated/cargo/src/mocks.js";
import type * as cargoValidators from "../../generated/cargo/src/validators.js";
import type * as dynamicAuthClient from "../../generated/dynamic-auth/src/index.js";
import type * as dynamicAuthFixtures from "../../generated/dynamic-auth/src/fixtures.js";
import type * as dynamicAuthMocks from "../../generated/dynamic-auth/src/mocks.js";
import type * as dynamicAuthValidators from "../../generated/dynamic-auth/src/validators.js";
import { installConsumer } from "./consumer.js";

/** What was installed, by the names that the consumer's `entry.mjs` gives it. */
export interface Installed {
  readonly createFetchClient: typeof createClient;
  readonly mswNode: typeof mswNode;
  readonly cargoClient: typeof cargoClient;
  readonly cargoFixtures: typeof cargoFixtures;
  readonly cargoMocks: typeof cargoMocks;
  readonly cargoValidators: typeof cargoValidators;
  readonly dynamicAuthClient: typeof dynamicAuthClient;
  readonly dynamicAuthFixtures: typeof dynamicAuthFixtures;
  readonly dynamicAuthMocks: typeof dynamicAuthMocks;
  readonly dynamicAuthValidators: typeof dynamicAuthValidators;
}

/** The installed packages, loaded by Node itself: what is packed runs, not the sources. In a folder of the consumer, those there. */
export async function loadInstalled(within = ""): Promise<Installed> {
  const { folder } = await installConsumer();
  return (await import(pathToFileURL(join(folder, within, "entry.mjs")).href)) as Installed;
}
