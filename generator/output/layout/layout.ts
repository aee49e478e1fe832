import ts from "typescript";
import { printDoc } from "./print-doc.js";
import { countComments, isBlankAfter, UnknownSyntax, type Source } from "./source.js";
import { statementDoc } from "./statements.js";

/** The widest line, as of Prettier. */
export const PRINT_WIDTH = 100;

/** Formats a module: what has no layout here, statement for statement by `other`. */
export async function layOut(
  path: string,
  text: string,
  other: (statement: string) => Promise<string>,
): Promise<string> {
  const file = ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ESNext });
  const source: Source = { text, file };
  const statements = [...file.statements];
  const pieces: string[] = [];
  for (const statement of statements) {
    const printed = known(statement, source) ?? (await other(text.slice(statement.pos, statement.end)));
    pieces.push(printed.trimEnd(), isBlankAfter(statement, source) ? "\n\n" : "\n");
  }
  return `${pieces.join("").trimEnd()}\n`;
}

/** The layout of a statement; undefined where it has syntax that is not known here, or a comment at an unusual place. */
function known(statement: ts.Statement, source: Source): string | undefined {
  try {
    const printed = printDoc(statementDoc(statement, source), PRINT_WIDTH);
    const written = source.text.slice(statement.pos, statement.end);
    return countComments(written) === countComments(printed) ? printed : undefined;
  } catch (error) {
    if (error instanceof UnknownSyntax) return undefined;
    throw error;
  }
}
