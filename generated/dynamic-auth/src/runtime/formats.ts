/** Formats of JSON Schema Validation 2020-12, section 7.3: true where the text is one. */
export type Format = (text: string) => boolean;
/** Formats of numbers (OpenAPI 3.1.1, Data Type Format). */
export type NumberFormat = (number: number) => boolean;

/** What most dates are: none that only some months have. */
const PLAIN_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
/** What most times are: none that ends in a leap second. */
const PLAIN_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;
const DAY_MINUTES = 24 * 60;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Texts between single dots, and a host's name. */
const EMAIL =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
/** Scheme, authority, path, query, fragment; what a `%` stands before is looked at apart. */
const URI =
  /^[a-z][a-z\d+.-]*:(?:\/\/(?:[\w\-.~!$&'()*+,;=:%]*@)?(?:\[[\w\-.~!$&'()*+,;=:]+\]|[\w\-.~!$&'()*+,;=%]*)(?::\d*)?(?=[/?#]|$)|(?!\/\/))[\w\-.~!$&'()*+,;=:@%/]*(?:\?[\w\-.~!$&'()*+,;=:@%/?]*)?(?:#[\w\-.~!$&'()*+,;=:@%/?]*)?$/i;
const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const GROUP = /^[\da-f]{1,4}$/i;
const BASE64 = /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i;
const DURATION = /^P(?:\d+W|(?=T?\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;
/** A `:` in the first segment, which a scheme ends with. */
const SCHEME = /^[^/?#]*:/;
const LITERAL = /[^\0- "'<>%\\^`{|}]|%[\da-f]{2}/.source;
const VARIABLE = /(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?/.source;
const URI_TEMPLATE = new RegExp(`^(?:${LITERAL}|\\{[+#./;?&=,!@|]?${VARIABLE}(?:,${VARIABLE})*\\})*$`, "i");
const JSON_POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;
const HOSTNAME = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/** RFC 3339, full-date. */
export const date: Format = (text) => {
  if (PLAIN_DATE.test(text)) return true;
  if (!DATE.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(text.slice(0, 4)), month);
};

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** RFC 3339, full-time. A leap second ends the last minute of a day of UTC (section 5.7). */
export const time: Format = (text) => {
  if (PLAIN_TIME.test(text)) return true;
  const [, hour, minute, second, sign, offsetHour = 0, offsetMinute = 0] = TIME.exec(text) ?? [];
  if (second !== "60") return false;
  const offset = Number(`${sign ?? "+"}${Number(offsetHour) * 60 + Number(offsetMinute)}`);
  return (Number(hour) * 60 + Number(minute) - offset + 2 * DAY_MINUTES) % DAY_MINUTES === DAY_MINUTES - 1;
};

/** RFC 3339, date-time. A space may stand in place of the `T` (section 5.6). */
export const dateTime: Format = (text) => {
  const between = text[10];
  return (
    (between === "T" || between === "t" || between === " ") && date(text.slice(0, 10)) && time(text.slice(11))
  );
};

/** RFC 9562, section 4. */
export const uuid: Format = (text) => UUID.test(text);
/** RFC 5321, mailbox, without the quoted local parts and address literals that mail is not sent to. */
export const email: Format = (text) => EMAIL.test(text) && text.indexOf("@") <= 64;
/** RFC 3986, a URI with its scheme. */
export const uri: Format = (text) => URI.test(text) && !/%(?![\da-f]{2})/i.test(text);
/** RFC 2673, section 3.2. */
export const ipv4: Format = (text) => IPV4.test(text);
/** RFC 4291, section 2.2: eight groups, fewer around `::`, the last two perhaps as an IPv4 address. */
export const ipv6: Format = (text) => {
  const [head, tail, ...more] = text.split("::").map((part) => (part === "" ? [] : part.split(":")));
  if (!head || more.length > 0) return false;
  const groups = [...head, ...(tail ?? [])];
  const last = tail ?? head;
  const isMixed = IPV4.test(last.at(-1) ?? "");
  const size = groups.length + (isMixed ? 1 : 0);
  const hex = isMixed ? groups.slice(0, -1) : groups;
  return hex.every((group) => GROUP.test(group)) && (tail ? size < 8 : size === 8);
};
/** RFC 4648, section 4: base64, with its padding (OpenAPI 3.0.4, Data Types). */
export const byte: Format = (text) => BASE64.test(text);
/** RFC 1123, section 2.1. */
export const hostname: Format = (text) => HOSTNAME.test(text);
/** RFC 3339, appendix A, where any unit may be missing, as ISO 8601 has it. */
export const duration: Format = (text) => DURATION.test(text);
/** RFC 3986, section 4.1: a URI, or what stands for one without its scheme. */
export const uriReference: Format = (text) => uri(SCHEME.test(text) ? text : `a:${text}`);
/** RFC 6570, section 2. */
export const uriTemplate: Format = (text) => URI_TEMPLATE.test(text);
/** RFC 6901, section 3. */
export const jsonPointer: Format = (text) => JSON_POINTER.test(text);
/** The Internet-Draft draft-bhutton-relative-json-pointer-00, section 3. */
export const relativeJsonPointer: Format = (text) => {
  const [count, rest = ""] = /^(?:0|[1-9]\d*)(.*)$/s.exec(text) ?? [];
  return count !== undefined && (rest === "#" || JSON_POINTER.test(rest));
};
/** ECMA-262, section 22.2.1, with its annex B. */
export const regex: Format = (text) => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
};
/** A whole number of 32 bits with its sign. */
export const int32: NumberFormat = (number) => (number | 0) === number;
/** A whole number of 64 bits with its sign, as far as JavaScript tells: the greatest is not among its numbers, the next is 2 ** 63. */
export const int64: NumberFormat = (number) =>
  Number.isInteger(number) && number >= -(2 ** 63) && number < 2 ** 63;
