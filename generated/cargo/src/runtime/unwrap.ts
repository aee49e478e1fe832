import { ApiError } from "./errors.js";
import type { DataOf, Result } from "./result.js";

/**
 * The data of a success.
 *
 * @throws {ApiError} where the result is a failure; it carries the failure's status and body.
 */
export async function unwrap<R extends Result>(result: R | PromiseLike<R>): Promise<DataOf<R>> {
  const settled: Result = await result;
  if (settled.ok) return settled.data;
  throw new ApiError(settled);
}
