import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName, type Limits } from "../source/limits.js";
import { UsageError } from "./targets.js";

/**
 * The limits of a run: those given win over the configuration's, and those over the defaults.
 *
 * @throws {UsageError} where one of them is no limit.
 */
export function limitsOf(
  configured: Partial<Limits> | undefined,
  given: Partial<Limits> | undefined,
): Limits {
  const limits = { ...DEFAULT_LIMITS, ...configured, ...given };
  for (const [name, limit] of Object.entries(limits)) {
    if (!isLimitName(name))
      throw new UsageError(`there is no limit ${JSON.stringify(name)}: ${LIMIT_NAMES.join(", ")} are`);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new UsageError(`the limit ${name} must be a whole number over 0`);
  }
  return limits;
}

/**
 * `bytes=100000000` → `{ bytes: 100000000 }`
 *
 * @throws {UsageError} where an option has another form.
 */
export function parseLimits(options: readonly string[] = []): Partial<Limits> {
  return Object.fromEntries(
    options.map((option) => {
      const [, name, value] = /^([a-z]+)=(\d[\d_]*)$/.exec(option) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError(
          `--limit ${option} must read NAME=NUMBER, with one of ${LIMIT_NAMES.join(", ")}`,
        );
      return [name, Number(value.replaceAll("_", ""))];
    }),
  );
}

function isLimitName(name: string): name is LimitName {
  return LIMIT_NAMES.some((each) => each === name);
}
