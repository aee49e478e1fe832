import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    // By default, Vitest leaves one core idle.
    maxWorkers: "100%",
    // Several tests install packages and run compilers on two cores.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
