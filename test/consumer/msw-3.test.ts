import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installConsumer, MSW_3 } from "../support/consumer.js";
import { testHandlers } from "./msw-handlers.js";

const { folder } = await installConsumer();
const manifest = readFileSync(join(folder, "node_modules", MSW_3, "package.json"), "utf8");
const { engines } = JSON.parse(manifest) as { engines: { node: string } };
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

// MSW 3 calls what Node 20 lacks (Promise.withResolvers, Set.prototype.intersection).
if (major > 22 || (major === 22 && minor >= 12)) await testHandlers(MSW_3);
else it("asks for a newer Node than this", () => expect(engines.node).toBe(">=22.12.0"));
