import { isOpen } from "../model/media-kind.js";
import type { ApiModel, Operation, Response, ResponseStatus } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import type { OpenEnums } from "./open-enums.js";
import { operationKey, schemaKey, type PinnedName, type PinnedNames } from "./pinned.js";

/** The only identifier policy: no other file makes a name from the text of a document. */

/**
 * Words of TypeScript, names that mean something on an object (`then` makes a client a promise), and the names that the emitted modules use
 * for themselves.
 */
const RESERVED = new Set(
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

function upper(words: string | readonly string[]): string {
  return identifier(partsOf(words).map(upperFirst).join(""), "Unnamed");
}

function lower(words: string | readonly string[]): string {
  const [first = "", ...rest] = partsOf(words).map(upperFirst);
  const lowered = first.replace(/^(\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu})/u, (head) =>
    head.toLowerCase(),
  );
  return identifier([lowered, ...rest].join(""), "unnamed");
}

function upperFirst(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}

function partsOf(words: string | readonly string[]): string[] {
  const text = typeof words === "string" ? words : words.join(" ");
  return text
    .normalize("NFC")
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
function isUsable(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name.length <= 2 * MAX_LENGTH;
}

/** The names of one operation. */
export type OperationNames = {
  readonly function: string;
  /** The constant that tells the runtime of the operation. */
  readonly rule: string;
  readonly args: string;
  /** The parameters alone, where the arguments are a union. */
  readonly parameters: string;
  readonly result: string;
  /** The interface of a response's headers, where the document describes any. */
  readonly headers: ReadonlyMap<Response, string>;
  readonly fixtures: string;
  readonly mock: string;
  readonly answer: string;
  readonly validators: string;
};

/** The names of one schema. */
export type SchemaNames = {
  readonly type: string;
  /** The type of what requests take and of what is proved; another than `type` where enums are open in responses. */
  readonly requestType: string;
  readonly validator: string;
  readonly fixtures: string;
  readonly invalidFixtures: string;
  readonly factory: string;
  readonly pairs: string;
};

/** Every name of a package, chosen once. Equal models get equal names. */
export type PackageNames = {
  readonly api: {
    readonly client: string;
    readonly createClient: string;
    readonly options: string;
    readonly auth: string;
  };
  readonly schemas: ReadonlyMap<SchemaId, SchemaNames>;
  readonly operations: ReadonlyMap<Operation, OperationNames>;
  /** The same, as the package's manifest keeps them. */
  readonly pinned: PinnedNames;
};

/** The names for a model. What has a pinned name keeps it, and what follows from it. */
export function chooseNames(
  model: ApiModel,
  { api, openEnums, pinned }: { api: string; openEnums: OpenEnums; pinned?: PinnedNames | undefined },
): PackageNames {
  const scope = new Scope();
  const base = pascalCase(api);
  const apiNames = {
    client: scope.claim(`${base}Client`),
    createClient: scope.claim(`create${base}Client`),
    options: scope.claim(`${base}ClientOptions`),
    auth: scope.claim(`${base}Auth`),
  };
  const entry = model.info.origin.source;
  const schemas = [...model.schemas.values()].map(({ id, words }) => {
    const key = schemaKey(id, entry);
    const derive = (type: string) => schemaRoles(type, openEnums.isSplit(id));
    const choice = new Choice(wantedType(words), derive, pinned?.schemas.get(key), (type) =>
      Object.values(derive(type)),
    );
    return { id, key, choice };
  });
  const operations = model.operations.map((operation) => {
    const key = operationKey(operation);
    const derive = (name: string) => operationRoles(name, operation);
    return {
      operation,
      key,
      choice: new Choice(camelCase(operation.id), derive, pinned?.operations.get(key)),
    };
  });
  const choices = [...schemas, ...operations].map(({ choice }) => choice);
  for (const choice of choices) choice.keepMain(scope);
  for (const choice of choices) choice.keepOthers(scope);
  for (const choice of choices) choice.choose(scope);
  return {
    api: apiNames,
    schemas: new Map(schemas.map(({ id, choice }) => [id, schemaNames(choice)])),
    operations: new Map(
      operations.map(({ operation, choice }) => [operation, operationNames(choice, operation)]),
    ),
    pinned: {
      schemas: new Map(schemas.map(({ key, choice }) => [key, choice.pinned()])),
      operations: new Map(operations.map(({ key, choice }) => [key, choice.pinned()])),
    },
  };
}

function wantedType(words: readonly string[]): string {
  const wanted = pascalCase(words);
  return RESERVED.has(wanted) ? `${wanted}Model` : wanted;
}

/** The names of a schema as they follow from its type's. */
function schemaRoles(type: string, isSplit: boolean): Names {
  const base = lower(type);
  return {
    type,
    ...(isSplit && { requestType: `${type}Request` }),
    validator: `${base}Schema`,
    fixtures: `${base}Fixtures`,
    invalidFixtures: `invalid${type}Fixtures`,
    factory: `build${type}`,
    pairs: `${base}Pairs`,
  };
}

function schemaNames(choice: Choice): SchemaNames {
  const name = (role: string) => choice.name(role);
  return {
    type: name("type"),
    requestType: choice.find("requestType") ?? name("type"),
    validator: name("validator"),
    fixtures: name("fixtures"),
    invalidFixtures: name("invalidFixtures"),
    factory: name("factory"),
    pairs: name("pairs"),
  };
}

/** The names of an operation as they follow from its function's. What only some operations need is claimed by those alone. */
function operationRoles(name: string, { body, parameters, responses }: Operation): Names {
  const base = upper(name);
  const isUnion = body !== undefined && isOpen(body) && parameters.length > 0;
  const described = responses.filter(({ headers }) => headers.length > 0);
  return {
    function: name,
    rule: `${name}Operation`,
    args: `${base}Args`,
    result: `${base}Result`,
    fixtures: `${name}Fixtures`,
    mock: `mock${base}`,
    answer: `${base}Answer`,
    validators: `${name}Validators`,
    ...(isUnion && { parameters: `${base}Parameters` }),
    ...Object.fromEntries(
      described.map(({ status }) => [
        headersRole(status),
        `${base}${pascalCase(["response", status, "headers"])}`,
      ]),
    ),
  };
}

function headersRole(status: ResponseStatus): string {
  return `headers ${status}`;
}

function operationNames(choice: Choice, { responses }: Operation): OperationNames {
  const name = (role: string) => choice.name(role);
  return {
    function: name("function"),
    rule: name("rule"),
    args: name("args"),
    parameters: choice.find("parameters") ?? "",
    result: name("result"),
    headers: new Map(
      responses.flatMap((response) => {
        const found = choice.find(headersRole(response.status));
        return found === undefined ? [] : [[response, found] as const];
      }),
    ),
    fixtures: name("fixtures"),
    mock: name("mock"),
    answer: name("answer"),
    validators: name("validators"),
  };
}

/** Names by what they name; the first is the main one, which the others follow from. */
type Names = { readonly [role: string]: string };

/** How one schema or operation comes to its names: first what is pinned, for all of them, then what is free. */
class Choice {
  private readonly chosen = new Map<string, string>();
  private readonly wanted: string;
  private readonly derive: (main: string) => Names;
  private readonly pin: Names;
  private readonly main: string;
  private readonly following: ((main: string) => readonly string[]) | undefined;

  /**
   * @param following the names without which a new main name is not chosen. Those of schemas are free or taken together (`URLSchema` and `UrlSchema`
   * cannot share `urlSchema`); an operation keeps its function's name where one of the others is taken.
   */
  constructor(
    wanted: string,
    derive: (main: string) => Names,
    pin: PinnedName | undefined,
    following?: (main: string) => readonly string[],
  ) {
    this.wanted = wanted;
    this.derive = derive;
    this.following = following;
    this.main = Object.keys(derive(wanted))[0]!;
    this.pin = typeof pin === "string" ? { [this.main]: pin } : (pin ?? {});
  }

  keepMain(scope: Scope): void {
    this.keep(scope, this.main, this.pin[this.main]);
  }

  keepOthers(scope: Scope): void {
    const main = this.chosen.get(this.main);
    if (main === undefined) return;
    for (const [role, regular] of Object.entries(this.derive(main)))
      if (role !== this.main) this.keep(scope, role, this.pin[role] ?? regular);
  }

  private keep(scope: Scope, role: string, name: string | undefined): void {
    const kept = name !== undefined && isUsable(name) ? scope.claimExactly(name) : undefined;
    if (kept !== undefined) this.chosen.set(role, kept);
  }

  /** Chooses what is not kept. */
  choose(scope: Scope): void {
    const main = this.chosen.get(this.main) ?? scope.claim(this.wanted, this.following);
    this.chosen.set(this.main, main);
    for (const [role, regular] of Object.entries(this.derive(main)))
      if (!this.chosen.has(role)) this.chosen.set(role, scope.claim(regular));
  }

  find(role: string): string | undefined {
    return this.chosen.get(role);
  }

  /** The name of a role that is always there. */
  name(role: string): string {
    return this.chosen.get(role)!;
  }

  /** The names as a manifest keeps them: the main one, and those that do not follow from it, because they were taken. */
  pinned(): PinnedName {
    const main = this.name(this.main);
    const regular = this.derive(main);
    const others = Object.keys(regular).filter((role) => this.name(role) !== regular[role]);
    if (others.length === 0) return main;
    return Object.fromEntries([this.main, ...others].map((role) => [role, this.name(role)]));
  }
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

/**
 * The part of a module that holds an operation: those of one first tag share it, and those without a tag whose paths begin with the
 * same word, versions aside.
 */
export function tagPart({ tags, path }: Operation): string {
  const word = path.split("/").find((segment) => segment !== "" && !/^v\d|^\{/.test(segment));
  return `${tags[0] ?? word ?? ""} operations`;
}
