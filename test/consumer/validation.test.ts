import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installConsumer } from "../support/consumer.js";
import { loadInstalled } from "../support/installed.js";
import { PACKAGES } from "../support/packages.js";
import { run } from "../support/run.js";
import { json, startServer } from "../support/server.js";

const { cargoClient, cargoFixtures, cargoValidators } = await loadInstalled();
const { folder } = await installConsumer();
const { validators } = cargoValidators;
const { body } = cargoFixtures.updateSubscriptionPlanFixtures.args.full;
const { full } = cargoFixtures.updateSubscriptionPlanResponseFixtures;

describe("a client that validates", () => {
  it("sends every valid request, and hands every valid response over", async () => {
    const server = await startServer(json(200, full));
    const client = cargoClient.createCargoClient({ baseUrl: server.url, validators });
    expect(await client.updateSubscriptionPlan({ body })).toMatchObject({ ok: true, data: full });
  });

  it("throws typed errors for what is not valid", async () => {
    const server = await startServer(json(200, { subscription: null }));
    const client = cargoClient.createCargoClient({ baseUrl: server.url, validators });
    const wrong = client.updateSubscriptionPlan({ body: { ...body, cadence: "never" as "monthly" } });
    await expect(wrong).rejects.toMatchObject({
      kind: "invalidRequest",
      operationId: "updateSubscriptionPlan",
      issues: [{ in: "body", pointer: "/cadence", keyword: "enum" }],
    });
    expect(server.requests).toEqual([]);
    await expect(client.updateSubscriptionPlan({ body })).rejects.toMatchObject({
      kind: "invalidResponse",
      issues: [{ in: "body", pointer: "/subscription", keyword: "type" }],
    });
    const off = { validate: { responses: "off" } } as const;
    expect(await client.updateSubscriptionPlan({ body }, off)).toMatchObject({ ok: true });
  });

  it("has Standard Schemas of what an operation takes and gives", () => {
    const { args, responses } = cargoValidators.updateSubscriptionPlanValidators;
    expect(args["~standard"].validate({ body })).toEqual({ value: { body } });
    expect(args["~standard"].validate({})).toMatchObject({ issues: [{ path: ["body"] }] });
    expect(responses["200"].is(full)).toBe(true);
    expect(responses["4XX"].issues({ reason: 1 })).toMatchObject([{ pointer: "/reason" }]);
  });
});

describe.each(PACKAGES)("the validators of %s", (name) => {
  const modules = join(folder, "node_modules/@clientsmith", name, "dist");

  it("make no code of strings, and need nothing of Node", () => {
    const texts = readdirSync(modules, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".js"))
      .map((path) => readFileSync(join(modules, path), "utf8"));
    const forbidden = /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|["']node:|\brequire\s*\(/;
    expect(texts.filter((text) => forbidden.test(text.replace(/\/\*[\s\S]*?\*\//g, "")))).toEqual([]);
    expect("new Function('a')").toMatch(forbidden);
  });

  it("run where no code may be made of strings", async () => {
    const program = `
      import * as validators from "@clientsmith/${name}/validators";
      import * as fixtures from "@clientsmith/${name}/fixtures";
      try { new Function("return 1")(); console.log("code was made"); } catch { /* as it should be */ }
      let checked = 0;
      for (const [key, schema] of Object.entries(validators)) {
        if (!("~standard" in schema)) continue;
        for (const value of Object.values(fixtures[key.replace(/Schema$/, "Fixtures")])) {
          checked++;
          if (schema["~standard"].validate(value).issues) console.log("wrong", key);
        }
      }
      console.log(checked > 10 ? "checked" : "nothing");
    `;
    const args = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", program];
    const { stdout, stderr, code } = await run(process.execPath, args, { cwd: folder });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "checked\n" });
  });
});
