import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTwoFilesPatch } from "diff";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { JsonValue } from "../generator/source/json.js";
import { compileText, fileOf } from "./support/compile.js";
import { ROOT } from "./support/root.js";
import { emptyFolder } from "./support/workspace.js";

const DOCUMENTS = ["cargo", "dynamic-auth"] as const;

function specText(name: string): string {
  return readFileSync(new URL(`specs/${name}.yaml`, ROOT), "utf8");
}

async function filesOf(text: string, name: string): Promise<Record<string, string>> {
  const { files } = await compileText(text, { name });
  return Object.fromEntries((files ?? []).map(({ path, text: content }) => [path, content]));
}

describe.each(DOCUMENTS)("%s", (name) => {
  it("is the same twice, and with the keys of every map shuffled", async () => {
    const text = specText(name);
    const expected = await filesOf(text, name);
    const document = parse(text) as JsonValue;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        const shuffled = shuffleKeys(document, () => numbers.next().value);
        expect(await filesOf(stringify(shuffled, { aliasDuplicateObjects: false }), name)).toEqual(expected);
      }),
      { numRuns: 5, seed: 1 },
    );
  });
});

/** The value with the members of every object in an order that the numbers choose. Lists keep theirs: it means something. */
function shuffleKeys(value: JsonValue, next: () => number): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => shuffleKeys(item, next));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, member]) => [next() % 1000, key, shuffleKeys(member, next)] as const,
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => a - b).map(([, key, member]) => [key, member]));
}

it("is the same from another directory, in another time zone and locale", () => {
  const root = fileURLToPath(ROOT);
  const [here, there] = [emptyFolder(), emptyFolder()];
  const main = fileURLToPath(new URL("generator/main.ts", ROOT));
  const tsx = fileURLToPath(new URL("node_modules/tsx/dist/cli.mjs", ROOT));
  const run = (cwd: string, out: string, env: Record<string, string>) =>
    execFileSync(process.execPath, [tsx, main, "generate", `${root}specs/cargo.yaml`, "--out", out], {
      cwd,
      env: { ...process.env, ...env },
      stdio: "pipe",
    });
  run(here, `${here}/out`, { TZ: "UTC", LANG: "C" });
  run(there, `${there}/out`, { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" });
  expect(execFileSync("diff", ["-r", `${here}/out`, `${there}/out`]).toString()).toBe("");
});

it("one more optional field changes only the lines of that field", async () => {
  const before = specText("cargo");
  const field = "        threshold:\n          type: number\n";
  const after = before.replace(
    field,
    `${field}        paused:\n          type: boolean\n          description: Whether it waits.\n`,
  );
  expect(after).not.toBe(before);
  const [old, now] = [
    await compileText(before, { name: "cargo" }),
    await compileText(after, { name: "cargo" }),
  ];
  const changed = (old.files ?? [])
    .map(({ path }) => path)
    .filter((path) => path !== "clientsmith.json" && fileOf(old, path) !== fileOf(now, path));
  expect(changed).toEqual(["src/types.ts", "src/validators.ts", "src/fixtures.ts", "src/openapi.ts"]);
  const difference = changed.map((path) => changedLines(fileOf(old, path), fileOf(now, path), path)).join("");
  expect(difference).toMatchInlineSnapshot(`
    "src/types.ts
    +  /** Whether it waits. */
    +  paused?: boolean;
    src/validators.ts
    +      paused: v.optional(v.boolean),
    src/fixtures.ts
    +  paused: true,
    -export const topupFixtures: Fixtures<"minimal" | "full", Topup> = {
    +export const topupFixtures: { readonly full: Given<Topup, "paused"> } & Fixtures<
    +  "minimal" | "withoutPaused" | "pausedFalse",
    +  Topup
    +> = {
    +  withoutPaused: omit(topupFixturesFull, "paused"),
    +  pausedFalse: {
    +    ...topupFixturesFull,
    +    paused: false,
    +  },
    +  | "type at /paused"
    +  "type at /paused": {
    +    ...topupFixturesFull,
    +    paused: "not true or false",
    +  },
    +  | "topupMinimal"
    +  | "topupWithoutPaused"
    +  | "topupPausedFalse"
    +  topupMinimal: {
    +    ...subscriptionFixturesFull,
    +    topup: topupFixtures.minimal,
    +  },
    +  topupWithoutPaused: {
    +    ...subscriptionFixturesFull,
    +    topup: topupFixtures.withoutPaused,
    +  },
    +  topupPausedFalse: {
    +    ...subscriptionFixturesFull,
    +    topup: topupFixtures.pausedFalse,
    +  },
    +  | "type at /topup/paused"
    +  "type at /topup/paused": {
    +    ...subscriptionFixturesFull,
    +    topup: invalidTopupFixtures["type at /paused"],
    +  },
    +  | "subscriptionTopupMinimal"
    +  | "subscriptionTopupWithoutPaused"
    +  | "subscriptionTopupPausedFalse"
    +  subscriptionTopupMinimal: {
    +    ...updateSubscriptionPlanResponseFixturesFull,
    +    subscription: subscriptionFixtures.topupMinimal,
    +  },
    +  subscriptionTopupWithoutPaused: {
    +    ...updateSubscriptionPlanResponseFixturesFull,
    +    subscription: subscriptionFixtures.topupWithoutPaused,
    +  },
    +  subscriptionTopupPausedFalse: {
    +    ...updateSubscriptionPlanResponseFixturesFull,
    +    subscription: subscriptionFixtures.topupPausedFalse,
    +  },
    src/openapi.ts
    +      /** @description Whether it waits. */
    +      paused?: boolean;
    "
  `);
});

function changedLines(before: string, after: string, path: string): string {
  const patch = createTwoFilesPatch(path, path, before, after, "", "", { context: 0 });
  return `${path}\n${patch
    .split("\n")
    .filter((line) => /^[+-](?![+-])/.test(line))
    .join("\n")}\n`;
}
