/**
 * A pattern for paths: `*` is any characters but `/`, `**` any at all, and a `/**` at the end nothing as well, so that `/users/**`
 * matches `/users`. Every other character is itself, the braces of `{id}` too.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const [body, tail] = pattern.endsWith("/**") ? [pattern.slice(0, -3), "(?:/.*)?"] : [pattern, ""];
  const parts = body.split(/(\*+)/).map((part) => {
    if (!part.startsWith("*")) return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    return part === "*" ? "[^/]*" : ".*";
  });
  const expression = new RegExp(`^${parts.join("")}${tail}$`, "su");
  return (path) => expression.test(path);
}
