import { execFileSync } from "node:child_process";
import { emptyFolder, writeFiles } from "./workspace.js";

/** A git repository in a folder of its own, gone after the test. */
export class Repository {
  readonly cwd = emptyFolder();

  constructor(files: Readonly<Record<string, string>>) {
    this.git("init", "-q", "-b", "main");
    this.write(files);
    this.commit("base");
  }

  /** Writes files below its folder. */
  write(files: Readonly<Record<string, string>>): void {
    writeFiles(
      this.cwd,
      Object.entries(files).map(([path, text]) => ({ path, text })),
    );
  }

  commit(message: string): void {
    this.git("add", "-A");
    this.git("commit", "-qm", message);
  }

  /** What git prints. It knows no user and no configuration of the machine. */
  git(...args: readonly string[]): string {
    return execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd: this.cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    });
  }
}
