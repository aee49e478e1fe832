import type { CST } from "yaml";

/** A directive that is read otherwise than it says. */
export type ReadDirective = {
  readonly kind: "version" | "unknown";
  readonly text: string;
  readonly offset: number;
};

/** What is said of a document of YAML 1.1, or of a version to come: both are read as 1.2 (YAML 1.2.2, section 6.8.1). */
const MINOR_VERSION = /^(%YAML[ \t]+1\.)(?!2(?!\d))\d+/;

/** The tokens with each `%YAML 1.x` as `%YAML 1.2`: the parser would take `no` for false where a document says 1.1. */
export function asVersion12(tokens: readonly CST.Token[]): CST.Token[] {
  return tokens.map((token) =>
    token.type === "directive" ? { ...token, source: token.source.replace(MINOR_VERSION, "$12") } : token,
  );
}

/** The directives that ask for another version, and those that YAML reserves, which are ignored (YAML 1.2.2, section 6.8). */
export function readDirectives(tokens: readonly CST.Token[]): ReadDirective[] {
  return tokens.flatMap((token): ReadDirective[] => {
    if (token.type !== "directive") return [];
    const { source, offset } = token;
    const [text = ""] = MINOR_VERSION.exec(source) ?? [];
    if (text !== "") return [{ kind: "version", text, offset }];
    const [name = ""] = /^\S*/.exec(source) ?? [];
    return isKnown(name) ? [] : [{ kind: "unknown", text: name, offset }];
  });
}

/** True for what the parser says of a directive that is ignored. */
export function isOfIgnored({ code, message }: { readonly code: string; readonly message: string }): boolean {
  return code === "BAD_DIRECTIVE" && message.startsWith("Unknown directive");
}

function isKnown(name: string): boolean {
  return name === "%YAML" || name === "%TAG";
}
