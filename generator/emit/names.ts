import type { ApiModel, Operation } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";

/** The only identifier policy: no other file makes a name from the text of a document. */

/** Words of TypeScript, and the names that the emitted modules use for themselves. */
const RESERVED = new Set(
  [
    "break case catch class const continue debugger default delete do else enum export extends false finally for function if",
    "import in instanceof new null return super switch this throw true try typeof var void while with implements interface",
    "let package private protected public static yield await async of arguments eval undefined NaN Infinity any unknown never",
    "object string number bigint boolean symbol",
    "Array Blob Exclude Extract Omit Partial Pick Promise Readonly Record Request Response ReadableStream Uint8Array globalThis",
    "ApiError RequestError RequestErrorKind RequestOptions ClientOptions Credential BasicCredential Success Failure Middleware",
    "InformationalStatus SuccessStatus RedirectionStatus ClientErrorStatus ServerErrorStatus NonSuccessStatus DataOf unwrap",
    // A module that exports a function of this name is taken for a promise by import(): importing it would call it.
    "then",
    "send mergeOptions mock build omit api handlers v formats RegExp JSON HttpHandler Overrides MockOptions OperationRule ApiRule MultipartBody components",
  ].flatMap((line) => line.split(" ")),
);

/** Hands out names, none twice. */
export class Scope {
  private readonly taken: Set<string>;

  constructor(reserved: Iterable<string> = RESERVED) {
    this.taken = new Set(reserved);
  }

  /** The name itself, or with the first number from 2 that makes it free. */
  claim(name: string): string {
    let free = name;
    for (let count = 2; this.taken.has(free); count++) free = `${name}${count}`;
    this.taken.add(free);
    return free;
  }
}

/** `billing subscription`, `billing-subscription`, `billingSubscription` → `BillingSubscription`. */
export function pascalCase(words: string | readonly string[]): string {
  const name = partsOf(words)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
  return identifier(name, "Unnamed");
}

/** `Billing subscription` → `billingSubscription`; `URLList` → `urlList`. */
export function camelCase(words: string | readonly string[]): string {
  const name = partsOf(words)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
  const lowered = name.replace(/^(\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu})/u, (head) =>
    head.toLowerCase(),
  );
  return identifier(lowered, "unnamed");
}

/** Longer names are cut: nobody reads them, and the patterns below take time that grows with the square of a run of underscores. */
const MAX_LENGTH = 200;

function partsOf(words: string | readonly string[]): string[] {
  const text = typeof words === "string" ? words : words.join(" ");
  return text
    .slice(0, MAX_LENGTH)
    .normalize("NFC")
    .split(/[^\p{ID_Continue}$]+|_+(?=.)/u)
    .filter((part) => part !== "");
}

/** An identifier starts with a letter (ECMA-262, section 12.7). */
function identifier(name: string, fallback: string): string {
  if (name === "") return fallback;
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}

/** The names of one operation. */
export type OperationNames = {
  readonly function: string;
  /** The constant that tells the runtime of the operation. */
  readonly rule: string;
  readonly args: string;
  readonly result: string;
  readonly fixtures: string;
  readonly mock: string;
  readonly answer: string;
};

/** The names of one schema. */
export type SchemaNames = {
  readonly type: string;
  readonly validator: string;
  readonly fixtures: string;
  readonly invalidFixtures: string;
  readonly factory: string;
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
};

/** The names for a model; `api` is the API's name, `dynamic-auth`. */
export function chooseNames(model: ApiModel, api: string): PackageNames {
  const scope = new Scope();
  const name = pascalCase(api);
  const apiNames = {
    client: scope.claim(`${name}Client`),
    createClient: scope.claim(`create${name}Client`),
    options: scope.claim(`${name}ClientOptions`),
    auth: scope.claim(`${name}Auth`),
  };
  const schemas = new Map(
    [...model.schemas.values()].map(({ id, words }) => [id, schemaNames(scope, words)]),
  );
  const operations = new Map(
    model.operations.map((operation) => [operation, operationNames(scope, operation)]),
  );
  return { api: apiNames, schemas, operations };
}

function schemaNames(scope: Scope, words: readonly string[]): SchemaNames {
  const wanted = pascalCase(words);
  const type = scope.claim(RESERVED.has(wanted) ? `${wanted}Model` : wanted);
  const base = camelCase(type);
  return {
    type,
    validator: scope.claim(`${base}Schema`),
    fixtures: scope.claim(`${base}Fixtures`),
    invalidFixtures: scope.claim(`invalid${type}Fixtures`),
    factory: scope.claim(`build${type}`),
  };
}

function operationNames(scope: Scope, operation: Operation): OperationNames {
  const name = scope.claim(camelCase(operation.id));
  const upper = pascalCase(name);
  return {
    function: name,
    rule: scope.claim(`${name}Operation`),
    args: scope.claim(`${upper}Args`),
    result: scope.claim(`${upper}Result`),
    fixtures: scope.claim(`${name}Fixtures`),
    mock: scope.claim(`mock${upper}`),
    answer: scope.claim(`${upper}Answer`),
  };
}
