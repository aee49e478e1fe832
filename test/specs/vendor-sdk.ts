import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { literals } from "./document.js";

/** Reads `@dynamic-labs/sdk-api` as published: its types by the compiler, its behaviour by calling it. */
const FOLDER = join(
  dirname(createRequire(import.meta.url).resolve("@dynamic-labs/sdk-api/package.json")),
  "src",
);

export type Kinds = Record<string, string>;

export interface VendorOperation {
  /** The fields of the method's one argument. */
  readonly parameters: Kinds;
  /** The name of the model that the method promises. */
  readonly answer: string;
}

export class VendorTypes {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor(files: readonly string[]) {
    this.#program = ts.createProgram({
      rootNames: files.map((file) => join(FOLDER, `${file}.d.ts`)),
      // The SDK's declarations import one another without an extension, hence the resolution of a bundler.
      options: {
        strict: true,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        target: ts.ScriptTarget.ES2022,
        types: [],
      },
    });
    this.#checker = this.#program.getTypeChecker();
  }

  operation(file: string, className: string, method: string): VendorOperation {
    const { symbol, node } = this.#exported(file, className);
    const member = this.#checker.getDeclaredTypeOfSymbol(symbol).getProperty(method);
    const signature = member && this.#checker.getTypeOfSymbolAtLocation(member, node).getCallSignatures()[0];
    const argument = signature?.parameters[0];
    const answer = signature && this.#checker.getAwaitedType(signature.getReturnType());
    if (!argument || !answer) throw new Error(`${className} has no method ${method}`);
    const parameters = this.#kinds(this.#checker.getTypeOfSymbol(argument), "").slice(1);
    return { parameters: Object.fromEntries(parameters), answer: this.#checker.typeToString(answer) };
  }

  /** The kind of every field of a model, written as `fieldsOf` writes those of a schema. */
  model(name: string): Kinds {
    const { symbol } = this.#exported(`models/${name}`, name);
    return Object.fromEntries(this.#kinds(this.#checker.getDeclaredTypeOfSymbol(symbol), name));
  }

  #exported(file: string, name: string): { symbol: ts.Symbol; node: ts.SourceFile } {
    const node = this.#program.getSourceFile(join(FOLDER, `${file}.d.ts`));
    const module = node && this.#checker.getSymbolAtLocation(node);
    const symbol = module && this.#checker.getExportsOfModule(module).find((each) => each.name === name);
    if (!node || !symbol) throw new Error(`the SDK has no ${name} in ${file}`);
    return { symbol, node };
  }

  #kinds(type: ts.Type, path: string, presence = ""): [string, string][] {
    const plain = this.#checker.getNonNullableType(type);
    const nullable = type.isUnion() && type.types.some((each) => each.flags & ts.TypeFlags.Null);
    const row = (kind: string): [string, string] => [path, `${presence}${kind}${nullable ? " | null" : ""}`];
    if (plain.isUnion() && plain.types.every((each) => each.isStringLiteral())) {
      return [row(literals(plain.types.map((each) => each.value)))];
    }
    if (this.#checker.isArrayType(plain)) {
      const [item] = this.#checker.getTypeArguments(plain as ts.TypeReference);
      return [row("array"), ...(item ? this.#kinds(item, `${path}[]`) : [])];
    }
    if (!(plain.flags & ts.TypeFlags.Object) || plain.symbol.name === "Date") {
      return [row(this.#checker.typeToString(plain))];
    }
    const fields = plain.getProperties().flatMap((field) => {
      const own = field.flags & ts.SymbolFlags.Optional ? "optional " : "required ";
      return this.#kinds(this.#checker.getTypeOfSymbol(field), `${path}.${field.name}`, own);
    });
    return [row("object"), ...fields];
  }
}

export interface Exchange {
  readonly url: string;
  readonly init: RequestInit;
  readonly answer: unknown;
}

interface SdkModules {
  readonly Configuration: new (options: {
    fetchApi: typeof fetch;
    accessToken: () => Promise<string>;
  }) => object;
  readonly OrganizationsApi: new (
    configuration: object,
  ) => Record<string, ((parameters: object) => Promise<unknown>) | undefined>;
}

/** Calls a method of the SDK against a server that answers as given, and tells what it sent and understood. */
export async function callSdk(method: string, parameters: object, answer: Response): Promise<Exchange> {
  const files = ["runtime.js", "apis/OrganizationsApi.js"].map(
    (file) => pathToFileURL(join(FOLDER, file)).href,
  );
  const modules = (await Promise.all(files.map((file) => import(file)))) as object[];
  const { Configuration, OrganizationsApi } = Object.assign({}, ...modules) as SdkModules;
  const sent: { url: string; init: RequestInit }[] = [];
  const fetchApi: typeof fetch = (input, init) => {
    sent.push({ url: String(input), init: init ?? {} });
    return Promise.resolve(answer);
  };
  const api = new OrganizationsApi(
    new Configuration({ fetchApi, accessToken: () => Promise.resolve("<token>") }),
  );
  const understood = await api[method]?.(parameters);
  const [request] = sent;
  if (!request) throw new Error(`${method} sent nothing`);
  return { ...request, answer: understood };
}
