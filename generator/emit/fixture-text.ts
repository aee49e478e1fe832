import { StructureKind, VariableDeclarationKind, type StatementStructures } from "ts-morph";
import type { JsonValue } from "../source/json.js";
import { docs } from "./docs.js";
import { jsonLiteral } from "./literals.js";

/** Objects and lists over several lines: Prettier leaves an object open whose first key stands on its own line. */
export function block(open: string, members: readonly string[], close: string): string {
  return members.length === 0
    ? open + close
    : `${open}\n${members.map((member) => `${member},\n`).join("")}${close}`;
}

/** A literal, open at its first level. */
export function multiline(value: JsonValue): string {
  return jsonLiteral(value).replace(/^\{ /, "{\n");
}

/** A value as it is written, and its type. */
export type Typed = { readonly type: string; readonly value: string };

/** A member of an object. */
export type Member = Typed & { readonly key: string };

/** An object with a type of its own for each member. */
export function objectOfMembers(members: readonly Member[]): Typed {
  return {
    type:
      members.length === 0
        ? "Record<never, never>"
        : `{ ${members.map(({ key, type }) => `readonly ${key}: ${type}`).join("; ")} }`,
    value: block(
      "{",
      members.map(({ key, value }) => `${key}: ${value}`),
      "}",
    ),
  };
}

/** An exported constant, its type written out: what readers' compilers need not infer, and declarations need not repeat. */
export function constant({
  name,
  text,
  type,
  value,
}: Typed & { name: string; text: string }): StatementStructures {
  return {
    kind: StructureKind.VariableStatement,
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    docs: docs(text),
    declarations: [{ name, type, initializer: value }],
  };
}
