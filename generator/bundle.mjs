import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";

/**
 * `node generator/bundle.mjs dist`: the modules of a folder as few files in its `bundle/`, dependencies outside. Those that are CommonJS are required and not imported: to import
 * one, Node.js reads the whole of it twice for the names that it exports, which of TypeScript takes longer than a short run.
 */

const { resolve } = createRequire(import.meta.url);
const [, , modules] = process.argv;

const required = {
  name: "required",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, namespace }) => {
      if (namespace === "required" || path.startsWith("node:")) return { path, external: true };
      const isImport = kind === "import-statement" && isCommonJs(path);
      return isImport ? { path, namespace: "required" } : { path, external: true };
    });
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** True for a module that there is as CommonJS: the nearest package.json around it does not call it an ES module. */
function isCommonJs(specifier) {
  const file = resolve(specifier);
  if (!file.endsWith(".js")) return file.endsWith(".cjs");
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const type = typeIn(join(folder, "package.json"));
    if (type !== undefined) return type !== "module";
  }
}

/** What a package.json says of its modules; undefined where there is none. */
function typeIn(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).type ?? "commonjs";
  } catch {
    return undefined;
  }
}

await build({
  entryPoints: ["main", "index", "pipeline/worker"].map((entry) => ({
    in: join(modules, `${entry}.js`),
    out: entry.split("/").at(-1),
  })),
  outdir: join(modules, "bundle"),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  logLevel: "error",
  plugins: [required],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
