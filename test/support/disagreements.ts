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
  const seen = new Set<string>();
  const found = Object.entries(validators).flatMap(([name, validator]) => {
    const base = name.replace(/Schema$/, "");
    const refused = `invalid${base.charAt(0).toUpperCase()}${base.slice(1)}Fixtures`;
    const names = {
      valid: `${base}Fixtures`,
      // `urlListSchema`, `invalidURLListFixtures`; names may differ by case alone.
      invalid: refused in fixtures ? refused : (alike(refused, fixtures) ?? refused),
      pairs: `${base}Pairs` as const,
    };
    for (const own of Object.values(names)) seen.add(own);
    const isAccepted = (value: unknown) => validator.issues(value).length === 0;
    const valid = Object.entries(fixtures[names.valid] ?? {});
    const invalid = Object.entries(fixtures[names.invalid] ?? {});
    const pairs = fixtures[names.pairs]?.() ?? [];
    return [
      ...pairs.filter(({ value }) => !isAccepted(value)).map((pair) => `${name} refuses ${pair.name}`),
      ...valid.filter(([, value]) => !isAccepted(value)).map(([key]) => `${name} refuses ${key}`),
      ...invalid.filter(([, value]) => isAccepted(value)).map(([key]) => `${name} accepts ${key}`),
    ];
  });
  const missed = Object.entries(fixtures).flatMap(([name, each]) => {
    const isOfOperation = "responses" in each;
    const isAsked = isOfOperation || seen.has(name);
    return !isAsked && /^invalid.*Fixtures$|^(?!build).*Pairs$/.test(name) ? [name] : [];
  });
  return [...found, ...missed.map((name) => `no validator is asked of ${name}`)];
}

function alike(name: string, fixtures: Fixtures): string | undefined {
  return Object.keys(fixtures).find((each) => each.toLowerCase() === name.toLowerCase());
}
