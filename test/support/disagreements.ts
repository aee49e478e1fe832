import { join } from "node:path";
import { pathToFileURL } from "node:url";

type Pairs = () => readonly { readonly name: string; readonly value: unknown }[];
type Fixtures = Record<string, Record<string, unknown>> & Record<`${string}Pairs`, Pairs>;
type Validators = Record<string, { issues(value: unknown): readonly unknown[] }>;

/**
 * The fixtures of a package on disk on which its own validators do not agree with the proof that they passed: a validator, which
 * shares no code with that proof, must accept every valid one, every two choices that go together, and refuse every invalid one.
 */
export async function disagreements(folder: string): Promise<string[]> {
  const load = (path: string) => import(pathToFileURL(join(folder, path)).href) as Promise<unknown>;
  const fixtures = (await load("src/fixtures.ts")) as Fixtures;
  const validators = (await load("src/validators.ts")) as Validators;
  return Object.entries(validators).flatMap(([name, validator]) => {
    const base = name.replace(/Schema$/, "");
    const upper = base.replace(/^_?./, (first) => first.toUpperCase());
    const isAccepted = (value: unknown) => validator.issues(value).length === 0;
    const valid = Object.entries(fixtures[`${base}Fixtures`] ?? {});
    const invalid = Object.entries(fixtures[`invalid${upper}Fixtures`] ?? {});
    const pairs = fixtures[`${base}Pairs`]?.() ?? [];
    return [
      ...pairs.filter(({ value }) => !isAccepted(value)).map((pair) => `${name} refuses ${pair.name}`),
      ...valid.filter(([, value]) => !isAccepted(value)).map(([key]) => `${name} refuses ${key}`),
      ...invalid.filter(([, value]) => isAccepted(value)).map(([key]) => `${name} accepts ${key}`),
    ];
  });
}
