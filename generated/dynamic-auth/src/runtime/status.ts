/** The status codes of the ranges that a document can describe (`4XX`). RFC 9110, section 15. */

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Hundred<Class extends number> = `${Class}${Digit}${Digit}` extends `${infer Code extends number}`
  ? Code
  : never;

/** 100 to 199 */
export type InformationalStatus = Hundred<1>;
/** 200 to 299 */
export type SuccessStatus = Hundred<2>;
/** 300 to 399 */
export type RedirectionStatus = Hundred<3>;
/** 400 to 499 */
export type ClientErrorStatus = Hundred<4>;
/** 500 to 599 */
export type ServerErrorStatus = Hundred<5>;
/** Every status but those of success. */
export type NonSuccessStatus =
  InformationalStatus | RedirectionStatus | ClientErrorStatus | ServerErrorStatus;
