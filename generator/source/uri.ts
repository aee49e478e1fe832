/** Addresses of documents (RFC 3986), and what a reference means at one of them. */

/** An absolute URI without a fragment. */
export type Uri = string;

/** A reference, resolved: the resource that it names, and the fragment as it is written. */
export type Address = { readonly uri: Uri; readonly fragment: string };

/** Resolves a reference (RFC 3986, section 5); undefined where it or its base allows none. */
export function resolveReference(ref: string, base: Uri): Address | undefined {
  const hash = ref.indexOf("#");
  const [path, fragment] = hash < 0 ? [ref, ""] : [ref.slice(0, hash), ref.slice(hash + 1)];
  if (path === "") return { uri: base, fragment };
  // A reference holds no backslash (RFC 3986, appendix A); `URL` takes it for a slash.
  const url = !path.includes("\\") && URL.canParse(path, base) ? new URL(path, base) : undefined;
  return url && { uri: url.href, fragment };
}

/** The address of a document that is known by its id alone. */
export function uriOfId(id: string): Uri {
  if (/^https?:/i.test(id)) return new URL(id).href;
  const segments = id.replace(/\p{Surrogate}/gu, "\ufffd").split("/");
  return new URL(segments.map(encodeURIComponent).join("/"), "file:///").href;
}

/** A JSON Pointer as a URI fragment (RFC 6901, section 6). */
export function fragmentOf(pointer: string): string {
  return encodeURI(pointer).replaceAll("#", "%23");
}

export function isLocal(uri: Uri): boolean {
  return uri.startsWith("file:");
}

/**
 * How one document is reached from another: `../common.yaml`, or the whole URI where they have no root in common. It is the
 * same wherever the documents lie, so that an order of documents by it is, too.
 */
export function relativeUri(from: Uri, to: Uri): string {
  if (from === to) return "";
  const [start, end] = [new URL(from), new URL(to)];
  if (start.protocol !== end.protocol || start.host !== end.host) return to;
  const folders = start.pathname.split("/").slice(0, -1);
  const segments = end.pathname.split("/");
  const common = folders.findIndex((folder, index) => folder !== segments[index]);
  const shared = common < 0 ? folders.length : common;
  return [...folders.slice(shared).map(() => ".."), ...segments.slice(shared)].join("/") + end.search;
}

/** How each of several documents is reached from one of them, whose own path is empty. */
export function pathsFrom(
  entry: string,
  documents: ReadonlyMap<string, { readonly uri?: Uri | undefined }>,
): (id: string) => string {
  const addressOf = (id: string) => documents.get(id)?.uri ?? uriOfId(id);
  return (id) => relativeUri(addressOf(entry), addressOf(id));
}
