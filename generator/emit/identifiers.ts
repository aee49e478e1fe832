/** The only identifier policy: no other file makes a name from the text of a document. */

/**
 * Words of TypeScript, names that mean something on an object (`then` makes a client a promise), and the names that the emitted modules use
 * for themselves.
 */
export const RESERVED = new Set(
  [
    "break case catch class const continue debugger default delete do else enum export extends false finally for function if",
    "import in instanceof new null return super switch this throw true try typeof var void while with implements interface",
    "let package private protected public static yield await async of arguments eval undefined NaN Infinity any unknown never",
    "object string number bigint boolean symbol then __proto__",
    "Array Blob Exclude Extract Omit Partial Pick Promise Readonly Record Request Response ReadableStream Uint8Array globalThis",
    "ApiError RequestError RequestErrorKind RequestOptions ClientOptions Credential BasicCredential Success Failure Middleware",
    "InformationalStatus SuccessStatus RedirectionStatus ClientErrorStatus ServerErrorStatus NonSuccessStatus DataOf unwrap",
    // A module that exports a function of this name is taken for a promise by import(): importing it would call it.
    "then",
    "send mergeOptions mock build omit api handlers v formats RegExp JSON HttpHandler Fixtures Given Overrides MockOptions OperationRule ApiRule MultipartBody components Agree Expect Closed Is",
    "Iterable AsyncIterable ItemStream ItemSource ServerSentEvent JsonEvent WithHeaders headersReader eventReader jsonLinesReader",
    "jsonSequenceReader itemText itemsWriter multipartWriter validators operationValidators OperationValidators Validators Validation ValidationMode PartIssue Answers FixtureName make BuildOptions",
  ].flatMap((line) => line.split(" ")),
);

/** Hands out names, none twice. */
export class Scope {
  private readonly taken: Set<string>;

  constructor(reserved: Iterable<string> = RESERVED) {
    this.taken = new Set(reserved);
  }

  /** The name itself, or with the first number from 2 that makes it free, and the names that are to follow from it. */
  claim(name: string, following: (name: string) => readonly string[] = () => []): string {
    let free = name;
    const isTaken = () => [free, ...following(free)].some((each) => this.taken.has(each));
    for (let count = 2; isTaken(); count++) free = `${name}${count}`;
    this.taken.add(free);
    return free;
  }

  /** The name itself, if nobody has it. */
  claimExactly(name: string): string | undefined {
    if (this.taken.has(name)) return undefined;
    this.taken.add(name);
    return name;
  }
}

/** `billing subscription`, `billing-subscription`, `billingSubscription` → `BillingSubscription`. */
export function pascalCase(words: string | readonly string[]): string {
  return capped(upper(words));
}

/** `Billing subscription` → `billingSubscription`; `URLList` → `urlList`; `a v100` → `aV100`. */
export function camelCase(words: string | readonly string[]): string {
  return capped(lower(words));
}

export function upper(words: string | readonly string[]): string {
  return identifier(partsOf(words).map(upperFirst).join(""), "Unnamed");
}

export function lower(words: string | readonly string[]): string {
  const [first = "", ...rest] = partsOf(words).map(upperFirst);
  const lowered = first.replace(/^(\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu})/u, (head) =>
    head.toLowerCase(),
  );
  return identifier([lowered, ...rest].join(""), "unnamed");
}

function upperFirst(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}

/**
 * Letters and marks that Unicode has since its version 15, by which TypeScript 5 goes: each version of Node.js knows others, and so would give
 * other names, which not every compiler reads. What is to come, comes beyond them all as a rule.
 */
const NEWER = new RegExp(
  `[${[
    "088F 0897 0C5C 0CDC 1ACF-1ADD 1AE0-1AEB 1C89-1C8A A7CB-A7CF A7D2 A7D4 A7DA-A7DC A7F1 105C0-105F3 10940-10959 10D40-10D65",
    "10D69-10D6D 10D6F-10D85 10EC2-10EC7 10EFA-10EFC 11380-11389 1138B 1138E 11390-113B5 113B7-113C0 113C2 113C5 113C7-113CA",
    "113CC-113D3 113E1-113E2 116D0-116E3 11B60-11B67 11BC0-11BE0 11BF0-11BF9 11DB0-11DDB 11DE0-11DE9 11F5A 13460-143FA",
    "16100-16139 16D40-16D6C 16D70-16D79 16EA0-16EB8 16EBB-16ED3 16FF2-16FF6 187F8-187FF 18CFF 18D09-18D1E 18D80-18DF2",
    "1CCF0-1CCF9 1E5D0-1E5FA 1E6C0-1E6DE 1E6E0-1E6F5 1E6FE-1E6FF 2B73A-2B73F 2CEA2-2CEAD 323B0-10FFFF",
  ]
    .join(" ")
    .replace(/[0-9A-F]+/g, "\\u{$&}")
    .replaceAll(" ", "")}]`,
  "gu",
);

function partsOf(words: string | readonly string[]): string[] {
  const text = typeof words === "string" ? words : words.join(" ");
  return text
    .normalize("NFC")
    .replace(NEWER, " ")
    .split(/[^\p{ID_Continue}$]+|_+(?=.)/u)
    .filter((part) => part !== "");
}

/** An identifier starts with a letter (ECMA-262, section 12.7). */
function identifier(name: string, fallback: string): string {
  if (name === "") return fallback;
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}

/** Longer names are cut: a file system takes 255 bytes, and a reader less. */
const MAX_LENGTH = 120;

/** A long name ends in a hash of what was cut off: the same document gives the same name, and another end another name. */
function capped(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const hash = hashOf(name);
  // A surrogate without its partner is no character.
  return name.slice(0, MAX_LENGTH - hash.length).replace(/\p{Cs}$/u, "") + hash;
}

/** FNV-1a over UTF-16 code units, in two halves of 32 bits: `X` and ten digits of base 36 or more. */
function hashOf(text: string): string {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let index = 0; index < text.length; index++) {
    low = Math.imul(low ^ text.charCodeAt(index), 0x01000193) >>> 0;
    high = Math.imul(high ^ text.charCodeAt(index) ^ index, 0x01000193) >>> 0;
  }
  return `X${low.toString(36).padStart(7, "0")}${high.toString(36).padStart(7, "0")}`;
}

/** What may stand as a name in the emitted modules, whoever wrote it. */
export function isUsable(name: string): boolean {
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name.search(NEWER) === -1;
  return isIdentifier && name.length <= 2 * MAX_LENGTH;
}

/** Longer file names, with what a file system or an archive adds to them, break some. */
const MAX_FILE_NAME = 80;

/** Names that Windows keeps for devices, whatever their extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * File names, without extension, for what has the given names: `BillingSubscription` → `billing-subscription`. They are in lower case and
 * differ in more than case, hold nothing that a path could be cut at, and depend on the other names only where two come out equal.
 */
export function fileNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const scope = new Scope([]);
  return new Map([...names].map((name) => [name, scope.claim(fileName(name))]));
}

function fileName(name: string): string {
  const words = name
    .normalize("NFC")
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1-$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1-$2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const joined = [...words.join("-")].slice(0, MAX_FILE_NAME).join("").replace(/-$/, "") || "unnamed";
  return DEVICES.test(joined) ? `${joined}-` : joined;
}
