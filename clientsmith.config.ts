import { defineConfig } from "./generator/index.js";

export default defineConfig({
  scope: "@clientsmith",
  license: "MIT",
  repository: "git+https://github.com/clientsmith/clientsmith.git",
});
