import { defineConfig } from "clientsmith";

export default defineConfig({
  scope: "@clientsmith",
  license: "MIT",
  repository: "git+https://github.com/clientsmith/clientsmith.git",
});
