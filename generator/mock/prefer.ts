/** Preferences of a request by name; one without a value is `true`. */
export type Preferences = ReadonlyMap<string, string>;

/**
 * The header `Prefer` (RFC 7240, section 2): preferences between commas, each with parameters after semicolons, which no preference
 * of ours has. Values may be quoted; names know no case; of several of one name, the first counts.
 */
export function preferencesOf(header: string): Preferences {
  const found = new Map<string, string>();
  for (const preference of cut(header, ",")) {
    const [token = ""] = cut(preference, ";");
    const at = token.indexOf("=");
    const name = (at === -1 ? token : token.slice(0, at)).trim().toLowerCase();
    const value = at === -1 ? "true" : unquoted(token.slice(at + 1).trim());
    if (name !== "" && !found.has(name)) found.set(name, value);
  }
  return found;
}

/** The parts between separators that stand outside of quotes. */
function cut(text: string, separator: string): string[] {
  const parts = [""];
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (isQuoted && character === "\\") {
      parts.push(`${parts.pop()}${character}${text[++index] ?? ""}`);
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) parts.push("");
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts;
}

function unquoted(text: string): string {
  const inner = /^"(.*)"$/s.exec(text)?.[1];
  return inner === undefined ? text : inner.replace(/\\(.)/gs, "$1");
}
