import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonValue } from "../../generator/source/json.js";
import { ROOT } from "../support/root.js";

/**
 * JSON-Schema-Test-Suite, draft 2020-12. npm has only its older drafts; Debian ships all of them with a test library, which is
 * unpacked under `node_modules/.cache` without being installed.
 */
const PACKAGE = "libtest-json-schema-acceptance-perl";
const SHARE = "usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance";
const CACHE = fileURLToPath(new URL("node_modules/.cache/clientsmith-suite/", ROOT));

/** A schema of the suite, and what it says of values. */
export type Group = {
  readonly file: string;
  readonly description: string;
  readonly schema: JsonValue;
  readonly tests: readonly { readonly data: JsonValue; readonly valid: boolean }[];
};

/** The groups of the suite's required part, from `folder` (a checkout's `tests/draft2020-12`), else from Debian's package. */
export function suiteGroups(folder = join(unpacked(), "tests/draft2020-12")): Group[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .flatMap((file) =>
      (JSON.parse(readFileSync(join(folder, file), "utf8")) as Omit<Group, "file">[]).map((group) => ({
        ...group,
        file,
      })),
    );
}

function unpacked(): string {
  const share = join(CACHE, SHARE);
  if (existsSync(share)) return share;
  mkdirSync(CACHE, { recursive: true });
  execFileSync("apt-get", ["download", PACKAGE], { cwd: CACHE, stdio: ["ignore", "inherit", "inherit"] });
  const archive = readdirSync(CACHE).find((name) => name.startsWith(PACKAGE))!;
  execFileSync("dpkg-deb", ["-x", archive, "."], { cwd: CACHE });
  return share;
}
