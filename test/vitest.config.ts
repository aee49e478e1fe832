import { configDefaults, defineConfig } from "vitest/config";

/** Tests that change what others share: modules, globals, or the network, which MSW takes over. Each file of them has a process of its own. */
const ALONE = [
  "test/{consumer,runtime,wire}/**/*.test.ts",
  "test/{output/full-disk,fixtures/bounds,fixtures/quick-judge}.test.ts",
];

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    // By default, Vitest leaves one core idle.
    maxWorkers: "100%",
    // Several tests install packages and run compilers on two cores.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    projects: [
      { extends: true, test: { name: "alone", include: ALONE } },
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...ALONE],
          // Loading the generator takes longer than most of these.
          isolate: false,
        },
      },
    ],
  },
});
