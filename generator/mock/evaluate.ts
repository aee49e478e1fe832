import type { Code, RuntimeModule } from "../emit/code.js";
import type { ApiModel } from "../model/model.js";
import { checkOf } from "../emit/checks.js";
import type { SchemaId } from "../model/schema.js";
import * as eventCheck from "../runtime/event-check.js";
import * as formats from "../runtime/formats.js";
import * as headerCheck from "../runtime/header-check.js";
import * as schemas from "../runtime/schema.js";

/** What expressions may name. */
export type Modules = { readonly [M in RuntimeModule]?: { readonly [name: string]: unknown } };

/** Readers and writers of bodies are the client's: a server needs none of them. */
const SERVER: Modules = { schema: schemas, formats, "event-check": eventCheck, "header-check": headerCheck };

/** Evaluates what packages hold as text: the same validators, and the same table of operations, in memory. Nothing of a document is run. */
export class Evaluator {
  private readonly validators: ReadonlyMap<SchemaId, schemas.Schema<unknown>>;
  private readonly modules: Modules;

  constructor({ schemas: named }: Pick<ApiModel, "schemas">, modules: Modules = SERVER) {
    this.modules = modules;
    this.validators = new Map(
      [...named.values()].map(({ id, schema }) => [
        id,
        schemas.schema(() => this.evaluate(checkOf(schema)) as schemas.Check),
      ]),
    );
  }

  evaluate(code: Code): unknown {
    switch (code.kind) {
      case "json":
        return code.value;
      case "name":
        return this.modules[code.from]?.[code.name];
      case "call":
        return this.call(code);
      case "object":
        return Object.fromEntries(code.members.map(([name, value]) => [name, this.evaluate(value)]));
      case "list":
        return code.items.map((item) => this.evaluate(item));
      case "regExp":
        return new RegExp(code.pattern, "u");
      case "validator": {
        const { schema } = code;
        return () => this.validators.get(schema);
      }
    }
  }

  private call({ callee, args }: Code & { kind: "call" }): unknown {
    const called = this.evaluate(callee);
    if (typeof called !== "function") throw new Error(`the runtime has no ${callee.from}.${callee.name}`);
    return (called as (...values: unknown[]) => unknown)(...args.map((arg) => this.evaluate(arg)));
  }
}
