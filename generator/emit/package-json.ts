import type { ApiModel } from "../model/model.js";
import type { PackageSettings } from "./settings.js";
import type { Cuts, EmittedFile } from "./typescript-module.js";

/** Versions that a package is built and tested with. A peer is optional: only its subpath needs it. */
const OPENAPI_FETCH = "0.17.0";
const TYPESCRIPT = "5.9.3";
const MSW = { peer: "^2.0.0 || ^3.0.0", tested: "2.15.0" };

/** The modules whose files are subpaths, too, as they are cut: a test that mocks one operation needs no others. */
export function cutSubpaths(cuts: Cuts): string[] {
  return ["fixtures", "mocks", "validators"].filter((module) => cuts.has(`./${module}.js`));
}

/** The subpaths of a package: each a module of `src/`. */
function subpaths(settings: PackageSettings): string[] {
  return ["index", "fixtures", "mocks", "validators", ...(settings.openapi ? ["openapi"] : [])];
}

/** `package.json`. It is built when it is packed: `npm pack`, `npm publish`. */
export function emitPackageJson(model: ApiModel, settings: PackageSettings, cuts: Cuts): EmittedFile {
  const modules = [...subpaths(settings), ...cutSubpaths(cuts).map((folder) => `${folder}/*`)];
  const exports = modules.map((name) => {
    const target = { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` };
    return [name === "index" ? "." : `./${name}`, target] as const;
  });
  // What declarations are made from, so that those of others can name it: types alone, for nothing of it is to be called.
  const runtime = { "./runtime/*": { types: "./dist/runtime/*.d.ts" } };
  const manifest = {
    name: settings.packageName,
    version: settings.version,
    description: `Typed client, fixtures, mocks and validators of ${model.info.title}.`,
    type: "module",
    license: settings.license,
    ...(settings.repository && { repository: settings.repository }),
    sideEffects: false,
    exports: { ...Object.fromEntries(exports), ...runtime, "./package.json": "./package.json" },
    types: "./dist/index.d.ts",
    files: ["dist", "src", ...(settings.changelog ? ["CHANGELOG.md"] : [])],
    engines: { node: ">=20" },
    scripts: {
      build: "tsc -p tsconfig.build.json",
      prepack: "npm run build",
      typecheck: "tsc -p tsconfig.json",
    },
    dependencies: { "openapi-fetch": OPENAPI_FETCH },
    peerDependencies: { msw: MSW.peer },
    peerDependenciesMeta: { msw: { optional: true } },
    devDependencies: { msw: MSW.tested, typescript: TYPESCRIPT },
  };
  return { path: "package.json", text: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** `tsconfig.json` checks sources and the type test; `tsconfig.build.json` builds `dist/`. */
export function emitTsconfigs(): EmittedFile[] {
  const check = {
    compilerOptions: {
      target: "es2022",
      lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
      module: "nodenext",
      types: [],
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      erasableSyntaxOnly: true,
      // What dependencies declare is checked by them: it would take as long as all the rest.
      skipLibCheck: true,
    },
    include: ["src", "test"],
  };
  const build = {
    extends: "./tsconfig.json",
    compilerOptions: {
      noEmit: false,
      rootDir: "src",
      outDir: "dist",
      declaration: true,
      declarationMap: true,
      sourceMap: true,
    },
    include: ["src"],
  };
  return [
    { path: "tsconfig.json", text: `${JSON.stringify(check, null, 2)}\n` },
    { path: "tsconfig.build.json", text: `${JSON.stringify(build, null, 2)}\n` },
  ];
}
