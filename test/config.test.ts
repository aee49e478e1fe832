import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadConfig } from "../generator/config/load.js";
import { UsageError } from "../generator/config/targets.js";
import { check } from "../generator/index.js";
import { LIMIT_NAMES } from "../generator/source/limits.js";
import { ROOT } from "./support/root.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

const SELF = fileURLToPath(new URL("generator/config/config.ts", ROOT));

async function loaded(folder: string, api: string) {
  const text = `import { defineConfig } from "clientsmith";\nexport default defineConfig({ apis: { ${api}: { input: "a.yaml" } } });\n`;
  writeFileSync(join(folder, "clientsmith.config.ts"), text);
  const { config } = await loadConfig(folder, SELF);
  return Object.keys(config.apis ?? {});
}

it("what a configuration compiles to is kept beside what is installed, and is never that of another text", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, "node_modules"));
  expect(await loaded(folder, "first")).toEqual(["first"]);
  expect(existsSync(join(folder, "node_modules/.cache/clientsmith"))).toBe(true);
  expect(await loaded(folder, "second")).toEqual(["second"]);
  expect(await loaded(folder, "second")).toEqual(["second"]);
});

it("where nothing is installed, it is kept nowhere", async () => {
  const folder = emptyFolder();
  expect(await loaded(folder, "first")).toEqual(["first"]);
  expect(readdirSync(folder)).toEqual(["clientsmith.config.ts"]);
});

const TINY = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\n';

/** What `generate` says of a configuration that it refuses, and that it wrote nothing. */
async function refusal(text: string): Promise<string> {
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "specs/api.yaml", text: TINY },
    { path: "clientsmith.config.ts", text },
  ]);
  const { code, out, err } = await cli(folder, "generate");
  expect([code, out]).toEqual([2, ""]);
  expect(readdirSync(folder).toSorted()).toEqual(["clientsmith.config.ts", "specs"]);
  return err.replace(join(folder, "/"), "");
}

it.each([
  ['{ scoop: "@acme" }', "scoop is unknown: did you mean scope?"],
  [
    "{ apis: { api: { a: 1 } } }",
    "apis.api.a is unknown: use input, overlays, include, exclude, out, packageName, version, license, openEnums, openapi, lenient",
  ],
  [
    '{ apis: { api: { version: "banana" } } }',
    "apis.api.version must be a version, as 1.0.0 or 1.0.0-beta.1",
  ],
  ['{ apis: { api: { version: "1.0" } } }', "apis.api.version must be a version, as 1.0.0 or 1.0.0-beta.1"],
  [
    '{ apis: { api: { version: "01.0.0" } } }',
    "apis.api.version must be a version, as 1.0.0 or 1.0.0-beta.1",
  ],
  ["{ apis: { api: { version: 2 } } }", "apis.api.version must be a version, as 1.0.0 or 1.0.0-beta.1"],
  ['{ apis: ["api"] }', "apis must be an object"],
  ["{ apis: { api: null } }", "apis.api must be an object"],
  ["{ limits: { byts: 1 } }", "limits.byts is unknown: did you mean bytes?"],
  ["{ limits: { bytes: 0 } }", "limits.bytes must be a whole number over 0"],
  ["{ allowRefs: [1] }", "allowRefs must be a list of strings"],
  [
    '{ openEnums: "false", license: 5, apis: { api: { inpt: "" } } }',
    "openEnums must be true or false; license must be a string; apis.api.inpt is unknown: did you mean input?",
  ],
  ["[]", "the configuration must be an object"],
])("a configuration %s is refused", async (config, fault) => {
  expect(await refusal(`export default ${config};\n`)).toBe(`error: clientsmith.config.ts: ${fault}\n`);
});

it.each(["export const scope = 1;", "", "export default 5;"])(
  "a module that exports no configuration by default is refused: %s",
  async (text) => {
    expect(await refusal(text)).toBe("error: clientsmith.config.ts must export a configuration by default\n");
  },
);

it.each([
  ["throw null;", ": it throws null"],
  ['throw "up";', ": it throws up"],
  ["throw undefined;", ": it throws undefined"],
  ['throw new Error("up");', ": up"],
  ["export default null;", " must export a configuration by default"],
  ["export default new Map();", ": the configuration must be an object"],
])("a module that gives no configuration is refused: %s", async (text, fault) => {
  expect(await refusal(text)).toBe(`error: clientsmith.config.ts${fault}\n`);
});

it.each([
  ['const a = await Promise.resolve("@a"); export default { scope: a };', "mjs"],
  ['export default { scope: "@a" };', "js"],
  ['module.exports = { scope: "@a" };', "js"],
])("a configuration in JavaScript is read: %s", async (text, ending) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, `clientsmith.config.${ending}`), text);
  expect((await loadConfig(folder, SELF)).config).toEqual({ scope: "@a" });
});

it("a configuration that a program gives is held to the same", async () => {
  const config = { openEnums: "false" as unknown as boolean };
  await expect(check({ cwd: emptyFolder(), config })).rejects.toThrow(
    new UsageError("config: openEnums must be true or false"),
  );
});

it.each(["1.0.0", "0.1.0-beta.1+sha.5114f85", "1.0.0-0a.-"])("%s is a version", async (version) => {
  const config = { apis: { api: { version } } };
  expect(await loadConfig(emptyFolder(), SELF, config)).toMatchObject({ config });
});

it.each(["specs", "specs/api", "./specs/../specs/"])(
  "a package is not written among the documents: %s",
  async (out) => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/api.yaml", text: TINY }]);
    const fault = "is among the documents of specs/: give api another folder";
    expect((await cli(folder, "generate", "api", "--out", out)).err).toContain(fault);
    writeFileSync(
      join(folder, "clientsmith.config.ts"),
      `export default { apis: { api: { out: "${out}" } } };`,
    );
    expect(await cli(folder, "generate")).toMatchObject({
      code: 2,
      err: expect.stringContaining(fault) as string,
    });
    expect(readdirSync(join(folder, "specs"))).toEqual(["api.yaml"]);
  },
);

it("a setting that is not given may be undefined", async () => {
  const config = { scope: undefined, apis: { api: { version: undefined } } } as object;
  expect(await loadConfig(emptyFolder(), SELF, config)).toMatchObject({ config });
});

/** The names that a type of `config.ts` declares. */
function settingsOf(type: string): readonly string[] {
  const text = readFileSync(SELF, "utf8");
  const body = text.slice(text.indexOf(`export type ${type} = {`));
  return [...body.slice(0, body.indexOf("\n};")).matchAll(/^ {2}readonly (\w+)\?:/gm)].map(
    ([, name]) => name!,
  );
}

const fault = async (config: object) => loadConfig(emptyFolder(), SELF, config).catch(String);

it("every setting of the types is known, and is held to what it must be", async () => {
  expect(settingsOf("Config")).toContain("apis");
  for (const name of settingsOf("Config"))
    expect(await fault({ [name]: Symbol(name) })).toContain(`: ${name} must be `);
  expect(settingsOf("ApiConfig")).toContain("version");
  for (const name of settingsOf("ApiConfig"))
    expect(await fault({ apis: { a: { [name]: Symbol(name) } } })).toContain(`: apis.a.${name} must be `);
  for (const name of LIMIT_NAMES)
    expect(await fault({ limits: { [name]: Symbol(name) } })).toContain(`: limits.${name} must be `);
});
