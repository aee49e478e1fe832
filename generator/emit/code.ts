import { INHERITED } from "../model/sayable.js";
import type { SchemaId } from "../model/schema.js";
import { isArray, isObject, type JsonValue } from "../source/json.js";
import { jsonLiteral, objectKey, regExp } from "./literals.js";
import type { PackageNames } from "./names.js";
import type { TypeScriptModule } from "./typescript-module.js";

/**
 * An expression that is made of data and of names that the runtime exports. It has two readers: `CodePrinter` writes it into a
 * package, and the mock server evaluates it in memory. So both know the same table of operations, and the same validators.
 */
export type Code =
  | { readonly kind: "json"; readonly value: JsonValue }
  /** `v.string`: what a module of the runtime exports, through its namespace where it is imported as one. */
  | { readonly kind: "name"; readonly name: string; readonly from: RuntimeModule }
  | { readonly kind: "call"; readonly callee: Code & { kind: "name" }; readonly args: readonly Code[] }
  | {
      readonly kind: "object";
      readonly members: readonly Member[];
      /** Whether each member stands on a line of its own; else where it fits. */
      readonly isOpen: boolean;
    }
  | { readonly kind: "list"; readonly items: readonly Code[]; readonly isOpen: boolean }
  | { readonly kind: "regExp"; readonly pattern: string }
  /** The validator of a schema, which may be declared later. */
  | { readonly kind: "validator"; readonly schema: SchemaId };
export type Member = readonly [name: string, value: Code];

/** A module of the runtime, by its path there without extension. */
export type RuntimeModule =
  | "schema"
  | "formats"
  | "contract"
  | "events"
  | "event-check"
  | "json-lines"
  | "json-sequence"
  | "headers"
  | "header-check"
  | "write-items"
  | "multipart";

/** The modules that are imported whole, and as what. */
const NAMESPACES: { readonly [M in RuntimeModule]?: string } = { schema: "v", formats: "formats" };

export function json(value: JsonValue): Code {
  return { kind: "json", value };
}

export function runtimeName(name: string, from: RuntimeModule): Code & { kind: "name" } {
  return { kind: "name", name, from };
}

export function call(name: string, from: RuntimeModule, ...args: readonly Code[]): Code {
  return { kind: "call", callee: runtimeName(name, from), args };
}

/** Members that are undefined are left out. */
type Maybe = readonly (readonly [name: string, value: Code | undefined])[];

/** An object on one line, where it fits. */
export function inlineObject(members: Maybe): Code & { kind: "object" } {
  return { kind: "object", members: given(members), isOpen: false };
}

/** An object with a line a member. */
export function openObject(members: Maybe): Code & { kind: "object" } {
  return { kind: "object", members: given(members), isOpen: true };
}

export function list(items: readonly Code[]): Code & { kind: "list" } {
  return { kind: "list", items, isOpen: false };
}

function given(members: Maybe): Member[] {
  return members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** True where a table has something under a name that every object has: there, TypeScript expects what the object inherits, and takes texts for `string`. */
function hasInherited(value: JsonValue): boolean {
  if (isArray(value)) return value.some(hasInherited);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, member]) => INHERITED.has(key) || hasInherited(member));
}

/** A literal of an object or a list, told to be just what it says. Nothing else can be told so: a call, or what is told so already. */
function constant(text: string): string {
  return /^[[{]/.test(text) && !text.endsWith(" as const") ? `${text} as const` : text;
}

/** Writes expressions into a module, which then imports what they name. */
export class CodePrinter {
  private readonly module: TypeScriptModule;
  private readonly names: PackageNames;

  constructor(module: TypeScriptModule, names: PackageNames) {
    this.module = module;
    this.names = names;
  }

  print(code: Code): string {
    switch (code.kind) {
      case "json":
        return hasInherited(code.value) ? constant(jsonLiteral(code.value)) : jsonLiteral(code.value);
      case "name":
        return this.name(code);
      case "call":
        return `${this.name(code.callee)}(${code.args.map((arg) => this.print(arg)).join(", ")})`;
      case "object":
        return this.object(code);
      case "list":
        return this.list(code);
      case "regExp":
        return regExp(code.pattern);
      case "validator": {
        const { type, validator } = this.names.schemas.get(code.schema)!;
        return `() => ${this.module.own(validator, type, "value")}`;
      }
    }
  }

  private name({ name, from }: Code & { kind: "name" }): string {
    const namespace = NAMESPACES[from];
    if (namespace === undefined) return this.module.value(name, `./runtime/${from}.js`);
    this.module.value(`* as ${namespace}`, `./runtime/${from}.js`);
    return `${namespace}.${name}`;
  }

  /** Prettier keeps an object open whose first key stands on a line of its own. */
  private object({ members, isOpen }: Code & { kind: "object" }): string {
    const printed = members.map(([name, value]) => `${objectKey(name)}: ${this.member(name, value)}`);
    if (printed.length === 0) return "{}";
    return isOpen ? `{\n${printed.join(",\n")},\n}` : `{ ${printed.join(", ")} }`;
  }

  private member(name: string, value: Code): string {
    return INHERITED.has(name) ? constant(this.print(value)) : this.print(value);
  }

  private list({ items, isOpen }: Code & { kind: "list" }): string {
    const printed = items.map((item) => this.print(item));
    return isOpen && printed.length > 0 ? `[\n${printed.join(",\n")},\n]` : `[${printed.join(", ")}]`;
  }
}
