import ts from "typescript";
import { printDoc } from "./print-doc.js";
import { countComments, isBlankAfter, UnknownSyntax, type Source } from "./source.js";
import { statementDoc } from "./statements.js";

/**
 * A module as Prettier formats it, its lines at most `width` columns wide. A statement that has syntax which no emitter writes in bulk
 * goes to Prettier itself (`other`), and a module with a syntax error does as a whole, to be refused.
 */
export async function layOut(
  text: string,
  width: number,
  other: (text: string) => Promise<string>,
): Promise<string> {
  const file = parse(text);
  if (file.parseDiagnostics.length > 0) return other(text);
  const source: Source = { text, file };
  const pieces: string[] = [];
  for (const statement of file.statements) {
    const written = text.slice(statement.pos, statement.end);
    const printed = known(statement, written, source, width) ?? (await other(written));
    pieces.push(printed.trimEnd(), isBlankAfter(statement, source) ? "\n\n" : "\n");
  }
  return `${pieces.join("").trimEnd()}\n`;
}

/** What the parser found wrong is no public property, though it is all there is without a program. */
function parse(text: string): ts.SourceFile & { readonly parseDiagnostics: readonly unknown[] } {
  const options = {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile("module.ts", text, options) as ReturnType<typeof parse>;
}

/** The layout of a statement; undefined where it has syntax that is not known here, or a comment at an unusual place. */
function known(statement: ts.Statement, written: string, source: Source, width: number): string | undefined {
  try {
    const printed = printDoc(statementDoc(statement, source), width);
    return countComments(written) === countComments(printed) ? printed : undefined;
  } catch (error) {
    if (error instanceof UnknownSyntax) return undefined;
    throw error;
  }
}
