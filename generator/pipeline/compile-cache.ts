import module from "node:module";

/** Node 22.8 and newer keep what a thread has compiled: half of a short run is the compilation of this tool's own dependencies. */
export function keepCompiled(): void {
  if ("enableCompileCache" in module) (module.enableCompileCache as () => void)();
}
