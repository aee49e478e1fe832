/**
 * Classes of the platform, by the tag that each of their instances has (ECMA-262, Object.prototype.toString), and by what it can do: a
 * test's environment has classes of its own beside those of Node.js, of which `instanceof` knows one, and not all have their own tags.
 */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

export function isBlob(value: unknown): value is Blob {
  if (typeof value !== "object" || value === null) return false;
  const tag = tagOf(value);
  if (tag === "Blob" || tag === "File") return true;
  return "slice" in value && "arrayBuffer" in value && typeof value.arrayBuffer === "function";
}

/** True for a blob with a name. */
export function isFile(value: unknown): value is File {
  return tagOf(value) === "File" || (isBlob(value) && "name" in value && typeof value.name === "string");
}

/** True for what a body of bytes can be: no schema could speak of its value. */
export function isBinary(value: unknown): value is Blob | Uint8Array | ReadableStream<Uint8Array> {
  return isBlob(value) || tagOf(value) === "Uint8Array" || tagOf(value) === "ReadableStream";
}
