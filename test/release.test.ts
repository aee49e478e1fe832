import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { editedChangelog } from "../generator/output/changelog.js";
import { higherVersion, nextVersion } from "../generator/output/versions.js";
import { Repository } from "./support/repository.js";
import { documentOf } from "./support/review.js";
import { cli, cliOn } from "./support/terminal.js";

const thing = {
  type: "object",
  required: ["size", "note"],
  properties: { size: { type: "integer" }, note: { type: "string" } },
};
const smaller = { type: "object", required: ["size"], properties: { size: { type: "integer" } } };
const larger = { ...thing, properties: { ...thing.properties, colour: { type: "string" } } };

function specOf(schema: object): Record<string, string> {
  return {
    "specs/things.yaml": documentOf(
      { $ref: "#/components/schemas/Thing" },
      { schemas: { Thing: schema }, direction: "response" },
    ),
  };
}

/** The same document with an operation more. */
function withAnother(spec: Record<string, string>): Record<string, string> {
  const [path, text] = Object.entries(spec)[0]!;
  const document = JSON.parse(text) as { paths: object };
  const getOther = { operationId: "getOther", responses: { "204": { description: "" } } };
  return {
    [path]: JSON.stringify({ ...document, paths: { ...document.paths, "/others": { get: getOther } } }),
  };
}

/** So long that what holds it is cut. */
const LONG = "long ".repeat(120_000);

/** Two operations, the second with a tag, with a package whose validators are cut. */
function taggedAs(tag: string): Record<string, string> {
  const [path, text] = Object.entries(withAnother(specOf(thing)))[0]!;
  const document = JSON.parse(text);
  const schema = { type: "string", enum: ["x", LONG] };
  document.paths["/others"].get = {
    operationId: "getOther",
    tags: [tag],
    responses: { "200": { description: "", content: { "application/json": { schema } } } },
  };
  return { [path]: JSON.stringify(document) };
}

/** A configuration that sets something of the one API. */
function configured(settings: object): Record<string, string> {
  return { "clientsmith.config.ts": `export default ${JSON.stringify({ apis: { things: settings } })};` };
}

class Packages extends Repository {
  out = "generated/things";
  private read(path: string): string {
    return readFileSync(join(this.cwd, this.out, path), "utf8");
  }
  version(): string {
    return (JSON.parse(this.read("package.json")) as { version: string }).version;
  }
  /** The one that the manifest keeps. */
  manifestVersion(): string | undefined {
    return (JSON.parse(this.read("clientsmith.json")) as { version?: string }).version;
  }
  types(): string {
    return this.read("src/types.ts");
  }
  /** Has the package made elsewhere from now on. */
  moveTo(out: string): void {
    this.out = out;
    this.write(configured({ out }));
  }
  changelog(): string {
    return this.read("CHANGELOG.md");
  }
  /** `## [0.2.0] - 2026-11-21`, of each entry. */
  entries(): string[] {
    return this.changelog().match(/^## .*$/gm) ?? [];
  }
  async generate(...args: readonly string[]): Promise<string> {
    const { code, err } = await cli(this.cwd, "generate", ...args);
    if (code !== 0) throw new Error(err);
    return err;
  }
}

/** A package that is committed as it was first generated. */
async function published(): Promise<Packages> {
  const packages = new Packages(specOf(thing));
  await packages.generate();
  packages.commit("package");
  return packages;
}

function specOfSchemas(schemas: object): Record<string, string> {
  return { "specs/things.yaml": documentOf(thing, { schemas, direction: "response" }) };
}

/** A package of version 1.1.0, of two schemas that would have one name: the one that came first has it. */
async function withSimilarNames(): Promise<Packages> {
  const first = { "foo-bar": { type: "string" } };
  const packages = new Packages({ ...specOfSchemas(first), ...configured({ version: "1.1.0" }) });
  await packages.generate();
  packages.write(specOfSchemas({ ...first, FooBar: { type: "number" } }));
  await packages.generate("--release");
  return packages;
}

describe("generate --release", () => {
  it("raises the version by the worst of the wire and TypeScript, and says why", async () => {
    const packages = await published();
    expect(packages.version()).toBe("0.1.0");
    packages.write(specOf(smaller));
    const said = await packages.generate("--release");
    expect(said).toMatch(
      /things 0\.2\.0\. The package needs a major version: 1 \w+ on the wire; \d+ changes? of exported types; \d+ changes? of fixtures\./,
    );
    expect(packages.version()).toBe("0.2.0");
    expect(packages.entries()).toEqual(["## [0.2.0] - 2026-11-21"]);
    expect(packages.changelog()).toMatch(/### Removed\n\n- .*`note`/);
  });

  it("is the same again, on another day too, and stays through plain runs and checks", async () => {
    const packages = await published();
    packages.write(specOf(larger));
    await packages.generate("--release");
    const [version, text] = [packages.version(), packages.changelog()];
    expect(version).toBe("0.1.1");
    expect((await cli(packages.cwd, "check")).code).toBe(0);
    await cliOn({ today: () => "2026-12-24" }, packages.cwd, "generate", "--release");
    await packages.generate();
    expect([packages.version(), packages.changelog()]).toEqual([version, text]);
    packages.commit("release");
    await packages.generate("--release");
    expect([packages.version(), packages.changelog()]).toEqual([version, text]);
    expect((await cli(packages.cwd, "check")).code).toBe(0);
  });

  it("puts one entry in the place of another of the same release, and leaves what people write", async () => {
    const packages = await published();
    packages.write(specOf(larger));
    await packages.generate("--release");
    packages.write(specOf(smaller));
    await packages.generate("--release");
    expect(packages.entries()).toEqual(["## [0.2.0] - 2026-11-21"]);
    packages.write({ "generated/things/CHANGELOG.md": `${packages.changelog()}\nA word of mine.\n` });
    packages.commit("release");
    packages.write(specOf(larger));
    await packages.generate("--release");
    expect(packages.entries()).toEqual(["## [0.2.1] - 2026-11-21", "## [0.2.0] - 2026-11-21"]);
    expect(packages.changelog()).toContain("A word of mine.");
    // Undone, the entry goes again.
    packages.write(specOf(smaller));
    await packages.generate("--release");
    expect(packages.entries()).toEqual(["## [0.2.0] - 2026-11-21"]);
    expect(packages.version()).toBe("0.2.0");
  });

  it("counts from the commit that it is told", async () => {
    const packages = await published();
    packages.git("tag", "v0.1.0");
    packages.write(specOf(larger));
    await packages.generate();
    packages.commit("more");
    expect(await packages.generate("--release")).toContain("things needs no release.");
    expect(packages.version()).toBe("0.1.0");
    await packages.generate("--release", "--base", "v0.1.0");
    expect(packages.version()).toBe("0.1.1");
    expect(await cli(packages.cwd, "generate", "--release", "--base", "nowhere")).toMatchObject({ code: 2 });
    expect(await cli(packages.cwd, "generate", "--base", "v0.1.0")).toMatchObject({ code: 2 });
  });

  it("counts from what the configuration gives: a part that only the command line asks for is none of that", async () => {
    const packages = await published();
    const { code, err } = await cli(packages.cwd, "generate", "--release", "--tag", "some tag");
    expect(code).toBe(2);
    expect(err).toContain("write --tag 'some tag' into that");
    expect(packages.version()).toBe("0.1.0");
  });

  it("follows prereleases by the next one, until the configuration gives what comes after them", async () => {
    const packages = new Packages({ ...specOf(thing), ...configured({ version: "1.0.0-beta.1" }) });
    await packages.generate("--release");
    packages.commit("first");
    packages.write(specOf(smaller));
    expect(await packages.generate("--release")).toContain("things 1.0.0-beta.2. ");
    packages.commit("second");
    packages.write({ ...specOf(thing), ...configured({ version: "1.0.0" }) });
    expect(await packages.generate("--release")).toContain("things 1.0.0. ");
    expect(packages.version()).toBe("1.0.0");
    expect(packages.manifestVersion()).toBe("1.0.0");
    expect(packages.entries()).toEqual(
      ["1.0.0", "1.0.0-beta.2", "1.0.0-beta.1"].map((version) => `## [${version}] - 2026-11-21`),
    );
    expect((await cli(packages.cwd, "check")).code).toBe(0);
  });

  it.each([
    ["by git", (packages: Packages) => void packages.git("mv", "generated/things", "packages/things")],
    ["by the configuration alone", () => undefined],
  ])("follows a package that is moved %s", async (_how, move) => {
    const settings = { packageName: "@acme/things" };
    const packages = new Packages({
      ...specOf(thing),
      ...configured({ ...settings, version: "1.4.0" }),
      "packages/.keep": "",
    });
    await packages.generate("--release");
    packages.commit("release");
    move(packages);
    packages.write({ ...specOf(smaller), ...configured({ ...settings, out: "packages/things" }) });
    packages.out = "packages/things";
    for (let run = 0; run < 2; run += 1) {
      expect(await packages.generate("--release")).toContain(
        "things 2.0.0. The package needs a major version",
      );
      expect(packages.version()).toBe("2.0.0");
      expect(packages.entries()).toEqual(["## [2.0.0] - 2026-11-21", "## [1.4.0] - 2026-11-21"]);
      expect(existsSync(join(packages.cwd, "generated/things"))).toBe(false);
    }
  });

  it.each([[[]], [["things"]]])(
    "keeps what a package is that a run without --release moves: %j",
    async (apis) => {
      const packages = await withSimilarNames();
      packages.write({ "generated/things/CHANGELOG.md": `${packages.changelog()}\nA word of mine.\n` });
      const [types, changelog] = [packages.types(), packages.changelog()];
      expect(types.match(/^export type Foo.*$/gm)).toEqual([
        "export type FooBar2 = number;",
        "export type FooBar = string;",
      ]);
      packages.moveTo("packages/things");
      await packages.generate(...apis);
      expect([packages.version(), packages.manifestVersion()]).toEqual(["1.1.0", "1.1.0"]);
      expect([packages.types(), packages.changelog()]).toEqual([types, changelog]);
      expect(existsSync(join(packages.cwd, "generated/things"))).toBe(apis.length > 0);
      expect((await cli(packages.cwd, "check", ...apis)).code).toBe(0);
    },
  );

  it("counts from the version of a package that a run without --release has moved", async () => {
    const packages = await withSimilarNames();
    packages.commit("release");
    packages.moveTo("packages/things");
    await packages.generate();
    expect(await packages.generate("--release")).toContain("things 1.1.0. The package needs no new version.");
    expect(packages.entries()).toEqual(["## [1.1.0] - 2026-11-21"]);
  });

  it("takes a package of another name for another one", async () => {
    const packages = new Packages({ ...specOf(thing), ...configured({ version: "1.4.0" }) });
    await packages.generate("--release");
    packages.commit("release");
    packages.git("mv", "specs/things.yaml", "specs/others.yaml");
    packages.write(
      configured({ input: "specs/others.yaml", out: "generated/others", packageName: "others" }),
    );
    packages.out = "generated/others";
    expect(await packages.generate("--release")).toContain("things 0.1.0. The package is new.");
  });

  it("finds a package behind a link", async () => {
    const packages = new Packages({ ...specOf(thing), "packages/.keep": "" });
    symlinkSync("packages", join(packages.cwd, "generated"));
    await packages.generate("--release");
    packages.commit("release");
    packages.write(specOf(smaller));
    expect(await packages.generate("--release")).toContain("things 0.2.0. ");
    expect(packages.entries()).toEqual(["## [0.2.0] - 2026-11-21", "## [0.1.0] - 2026-11-21"]);
  });

  it("lowers no version that HEAD has, and leaves its entries, whatever it counts from", async () => {
    const packages = new Packages(specOf(thing));
    await packages.generate("--release");
    packages.commit("0.1.0");
    packages.write(specOf(smaller));
    await packages.generate("--release");
    packages.commit("0.2.0");
    packages.write(specOf(thing));
    await packages.generate("--release");
    packages.commit("0.2.1");
    const released = packages.changelog();
    for (const [base, lower] of [
      ["HEAD~3", "0.1.0"],
      ["HEAD~2", "0.1.0"],
    ] as const) {
      const { code, err } = await cli(packages.cwd, "generate", "--release", "--base", base);
      expect([code, err]).toEqual([
        2,
        `error: things is 0.2.1 in HEAD: counted from ${base}, it would be ${lower}; give a later commit to --base, or none\n`,
      ]);
    }
    await packages.generate("--release", "--base", "HEAD~1");
    expect([packages.version(), packages.changelog()]).toEqual(["0.2.1", released]);
  });

  it("leaves an entry as it is that HEAD has, also of the version to come", async () => {
    const packages = new Packages(specOf(thing));
    await packages.generate("--release");
    packages.commit("0.1.0");
    packages.write(specOf(larger));
    await packages.generate("--release");
    packages.write({ "generated/things/CHANGELOG.md": `${packages.changelog()}\nA word of mine.\n` });
    packages.commit("0.1.1");
    packages.write(specOf({ ...larger, properties: { ...larger.properties, weight: { type: "number" } } }));
    const written = packages.changelog();
    await packages.generate("--release", "--base", "HEAD~1");
    expect([packages.version(), packages.changelog()]).toEqual(["0.1.1", written]);
  });

  it("refuses to release what is in no commit, and yet has a version that it was not given here", async () => {
    const packages = new Packages({ ...specOf(thing), ...configured({ version: "1.4.0" }) });
    await packages.generate("--release");
    packages.write(configured({}));
    const { code, err } = await cli(packages.cwd, "generate", "--release");
    expect(code).toBe(2);
    expect(err).toMatch(
      /generated\/things holds version 1\.4\.0 of things, and HEAD no package of that name/,
    );
    expect(packages.entries()).toEqual(["## [1.4.0] - 2026-11-21"]);
  });

  it("writes nothing into a changelog that a merge has left its marks in", async () => {
    const packages = await published();
    const marks = "# C\n\n<<<<<<< HEAD\n## [0.3.0] - 2020-01-01\n=======\n>>>>>>> main\n";
    packages.write({ ...specOf(smaller), "generated/things/CHANGELOG.md": marks });
    const { code, err } = await cli(packages.cwd, "generate", "--release");
    expect(code).toBe(2);
    expect(err).toContain("CHANGELOG.md holds the marks of a merge: resolve them first");
    expect([packages.version(), packages.changelog()]).toEqual(["0.1.0", marks]);
  });

  it("says that it cannot know what was released, where git ignores the package", async () => {
    const packages = new Packages({ ...specOf(thing), ".gitignore": "generated/\n" });
    const { code, err } = await cli(packages.cwd, "generate", "--release");
    expect(code).toBe(2);
    expect(err).toContain("no commit tells which version of things was released");
    expect(existsSync(join(packages.cwd, "generated"))).toBe(false);
  });

  const filters = { exclude: { operationIds: ["getOther"] } };
  it.each([
    [
      "filters that take an operation away",
      filters,
      "0.2.0",
      "major",
      /: \d+ exports go\.$/m,
      /`getOther` is no longer exported/,
    ],
    [
      "another name of the package",
      { packageName: "@acme/a" },
      "0.2.0",
      "major",
      /: \d+ exports go/,
      /`things\/mocks` is no/,
    ],
    [
      "a subpath less",
      { openapi: false },
      "0.2.0",
      "major",
      /: 1 export goes\.$/m,
      /`things\/openapi` is no longer/,
    ],
    [
      "closed enums",
      { openEnums: false },
      "0.2.0",
      "major",
      /: 1 type is another\.$/m,
      /the type `Thing` is another/,
    ],
    [
      "another licence",
      { license: "MIT" },
      "0.1.1",
      "patch",
      /: 1 file changes\.$/m,
      /How the package is made/,
    ],
  ])(
    "gives a version to what the configuration changes: %s",
    async (_what, settings, version, bump, said, noted) => {
      const schema = {
        ...thing,
        properties: { ...thing.properties, size: { type: "string", enum: ["s", "m"] } },
      };
      const packages = new Packages(withAnother(specOf(schema)));
      await packages.generate("--release");
      packages.commit("release");
      packages.write(configured(settings));
      for (let run = 0; run < 2; run += 1) {
        const words = await packages.generate("--release");
        expect(words).toContain(
          `things ${version}. The package needs a ${bump} version. By its configuration, not by its document: `,
        );
        expect(words).toMatch(said);
        expect(packages.version()).toBe(version);
        expect(packages.changelog()).toMatch(noted);
      }
      expect((await cli(packages.cwd, "check")).code).toBe(0);
      packages.commit("again");
      expect(await packages.generate("--release")).toContain("The package needs no new version.");
    },
  );

  it("takes no package for one that has moved whose folder is another API's", async () => {
    const [[, text]] = Object.entries(specOf(thing)) as [[string, string]];
    const two = (settings: object) => ({
      "clientsmith.config.ts": `export default ${JSON.stringify({ apis: { things: settings, others: { packageName: "things" } } })};`,
      "specs/others.yaml": text,
    });
    const packages = new Packages({ ...specOf(thing), ...configured({ version: "3.0.0" }) });
    await packages.generate("--release");
    packages.commit("release");
    packages.write(two({ packageName: "former" }));
    expect((await cli(packages.cwd, "generate", "others")).code).toBe(0);
    packages.out = "generated/others";
    expect(packages.version()).toBe("0.1.0");
    expect(existsSync(join(packages.cwd, "generated/others/CHANGELOG.md"))).toBe(false);
  });

  it("finds a type that the configuration changes also where types have a file each", async () => {
    const colour = { type: "string", enum: ["red", "green"] };
    const schemas = {
      Thing: { ...thing, properties: { size: { $ref: "#/components/schemas/Size" }, colour } },
      Size: { type: "object", description: LONG },
    };
    const response = { $ref: "#/components/schemas/Thing" };
    const packages = new Packages({
      "specs/things.yaml": documentOf(response, { schemas, direction: "response" }),
    });
    await packages.generate("--release");
    expect(existsSync(join(packages.cwd, "generated/things/src/types/thing.ts"))).toBe(true);
    packages.commit("release");
    packages.write(configured({ openEnums: false }));
    expect(await packages.generate("--release")).toContain(
      "things 0.2.0. The package needs a major version. By its configuration, not by its document: 1 type is another.",
    );
  });

  it("counts a file of a long module that is no longer called so: it is a subpath", async () => {
    const packages = new Packages(taggedAs("beta"));
    await packages.generate("--release");
    packages.commit("release");
    packages.write(taggedAs("gamma"));
    expect(await packages.generate("--release")).toContain(
      "major version: 2 notes on the wire. By the files that its long modules are cut into: 2 exports go, 2 exports come.",
    );
    expect(packages.changelog()).toContain(
      "- **Breaking:** `things/validators/beta-operations` is no longer exported",
    );
  });

  it("says where a version comes from that the configuration alone raises", async () => {
    const packages = new Packages(specOf(thing));
    await packages.generate("--release");
    packages.commit("release");
    packages.write(configured({ version: "1.0.0" }));
    expect(await packages.generate("--release")).toContain(
      "things 1.0.0. The configuration gives it; nothing else changes.",
    );
    expect(packages.changelog()).toContain(
      "## [1.0.0] - 2026-11-21\n\n### Changed\n\n- Nothing but the version.\n\n## [0.1.0]",
    );
  });

  it("starts a new package as ever, with its first entry", async () => {
    const packages = new Packages(specOf(thing));
    expect(await packages.generate("--release")).toContain("things 0.1.0. The package is new.");
    expect(packages.version()).toBe("0.1.0");
    expect(packages.changelog()).toContain("## [0.1.0] - 2026-11-21\n\n### Added\n\n- The package.\n");
  });
});

describe("versions", () => {
  it.each([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", "none", "1.2.3"],
    ["0.3.1", "major", "0.4.0"],
    ["0.3.1", "minor", "0.3.2"],
    ["1.0.0-beta.1", "none", "1.0.0-beta.1"],
    ["1.0.0-beta.1", "major", "1.0.0-beta.2"],
    ["2.0.0-beta.9", "patch", "2.0.0-beta.10"],
    ["0.2.0-beta.1", "major", "0.2.0-beta.2"],
    ["1.0.0-beta", "minor", "1.0.0-beta.0"],
    ["1.0.0-rc.1.x+build.5", "patch", "1.0.0-rc.2.x"],
    // 1.0.1 may bring no break: what comes before 2.0.0 may.
    ["1.0.1-beta.3", "patch", "1.0.1-beta.4"],
    ["1.0.1-beta.3", "major", "2.0.0-beta.0"],
    ["1.0.1-beta.3", "minor", "1.1.0-beta.0"],
    ["0.2.1-beta.3", "minor", "0.2.1-beta.4"],
    ["0.2.1-beta.3", "major", "0.3.0-beta.0"],
    ["workspace", "major", "workspace"],
  ] as const)("%s and a %s change give %s", (version, bump, expected) => {
    expect(nextVersion(version, bump)).toBe(expected);
  });

  it("are compared by number", () => {
    expect(higherVersion("1.9.0", "1.10.0")).toBe("1.10.0");
    expect(higherVersion("2.0.0", "1.10.0")).toBe("2.0.0");
    expect(higherVersion("1.0.0", "x")).toBe("1.0.0");
    expect(higherVersion("1.0.0+a", "1.0.0+b")).toBe("1.0.0+a");
  });

  it("have the order of Semantic Versioning 2.0.0, section 11", () => {
    const order = "alpha alpha.1 alpha.beta beta beta.2 beta.11 rc.1"
      .split(" ")
      .map((each) => `1.0.0-${each}`);
    const all = ["0.9.9", "1.0.0-2", "1.0.0-10", ...order, "1.0.0", "1.0.1-0"];
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1))
        expect([higherVersion(one, other), higherVersion(other, one)]).toEqual([other, other]);
  });
});

describe("a changelog", () => {
  const NONE = new Set<string>();
  const entry = { version: "1.1.0", date: "2026-11-21", notes: [{ title: "Added", lines: ["it"] }] };

  it("gets its entry after what is unreleased, before what was released", () => {
    const text = "# Changes\n\n## [Unreleased]\n\n- soon\n\n## 1.0.0 - 2025-01-01\n\n- first\n";
    const edited = editedChangelog(text, { packageName: "a", entry, pending: undefined, committed: NONE });
    expect(edited).toBe(
      "# Changes\n\n## [Unreleased]\n\n- soon\n\n## [1.1.0] - 2026-11-21\n\n### Added\n\n- it\n\n## 1.0.0 - 2025-01-01\n\n- first\n",
    );
    expect(
      editedChangelog(edited, {
        packageName: "a",
        entry: { ...entry, date: "2027-01-01" },
        pending: undefined,
        committed: NONE,
      }),
    ).toBe(edited);
  });

  const edit = { packageName: "a", entry, pending: "1.1.0", committed: NONE };

  it("keeps link definitions, whatever becomes of the entry above them", () => {
    const links = "[1.1.0]: https://a.b/c\n[first]: <https://a.b/d>\n";
    const text = `# C\n\n## [1.1.0] - 2026-11-21\n\n### Added\n\n- it\n\n${links}`;
    expect(editedChangelog(text, edit)).toBe(text);
    expect(editedChangelog(text, { ...edit, entry: undefined })).toBe(`# C\n\n${links}`);
    const between = `${text}\n## [1.0.0] - 2025-01-01\n\n- first\n`;
    expect(editedChangelog(between, edit)).toBe(between);
    const unreleased = `# C\n\n## [Unreleased]\n\n- soon\n\n`;
    expect(editedChangelog(`${unreleased}${links}`, edit)).toBe(
      `${unreleased}## [1.1.0] - 2026-11-21\n\n### Added\n\n- it\n\n${links}`,
    );
  });

  it("takes what a code fence holds for no section", () => {
    const fenced =
      "# C\n\n## [Unreleased]\n\n~~~~md\n## [1.1.0] - not a section\n~~~\nkeep me\n~~~~\n\n```` \n## x\n`````\n";
    const old = "\n## [1.0.0] - 2020-01-01\n\n- old\n";
    const edited = editedChangelog(fenced + old, edit);
    expect(edited).toBe(`${fenced}\n## [1.1.0] - 2026-11-21\n\n### Added\n\n- it\n${old}`);
    expect(editedChangelog(edited, edit)).toBe(edited);
    const open = "# C\n\n```\n\n## [1.0.0] - 2020-01-01\n\n- old\n";
    expect(editedChangelog(editedChangelog(open, edit), edit)).toBe(editedChangelog(open, edit));
  });

  it("keeps the line ends that it has", () => {
    const text = "# C\r\n\r\n## 1.0.0 - 2025-01-01\r\n\r\n- first\r\n";
    const edited = editedChangelog(text, edit)!;
    expect(edited.replaceAll("\r\n", "")).not.toContain("\n");
    expect(edited).toMatch(/^# C\r\n\r\n## \[1\.1\.0\]/);
    expect(editedChangelog(text, { ...edit, entry: undefined })).toBe(text);
  });

  it("takes a date for one alone", () => {
    const text = "# C\n\n## [1.1.0] - soon\n\n- it\n";
    expect(editedChangelog(text, edit)).toContain("## [1.1.0] - 2026-11-21\n");
  });

  it("is not made where there is nothing to say", () => {
    expect(
      editedChangelog(undefined, { packageName: "a", entry: undefined, pending: undefined, committed: NONE }),
    ).toBeUndefined();
  });
});
