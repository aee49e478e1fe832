/** True for a reference with a scheme (RFC 3986, section 4.3); one letter is a drive of Windows. */
export function isAbsoluteUri(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(reference);
}

/** A reference from where it stands (RFC 3986, section 5.2): against a URI, or the path of a file. */
export function resolveReference(base: string, reference: string): string {
  if (isAbsoluteUri(reference)) return reference;
  if (isAbsoluteUri(base)) return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
  const path = percentDecoded(reference);
  return normalizePath(path.startsWith("/") ? path : `${base.slice(0, base.lastIndexOf("/") + 1)}${path}`);
}

function percentDecoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** `a/./b/../c` → `a/c`; `..` at the start stays. */
function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    const last = parts.at(-1);
    if (part === ".." && last !== undefined && last !== ".." && last !== "") parts.pop();
    else if (part !== "." && !(part === "" && parts.length > 0)) parts.push(part);
  }
  return parts.join("/");
}
