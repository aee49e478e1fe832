import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installConsumer, MSW_3 } from "../support/consumer.js";
import { testHandlers } from "./msw-handlers.js";

/** MSW 3 calls what Node 20 lacks (Promise.withResolvers, Set.prototype.intersection). */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 12);

async function testEngines(): Promise<void> {
  const { folder } = await installConsumer();
  const manifest = readFileSync(join(folder, "node_modules", MSW_3, "package.json"), "utf8");
  it("asks for a newer Node than this", () => {
    expect(JSON.parse(manifest)).toMatchObject({ engines: { node: ">=22.12.0" } });
  });
}

await (isNewEnough ? testHandlers(MSW_3) : testEngines());
