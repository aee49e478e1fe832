/**
 * Classes of the platform, by the tag that each of their instances has (ECMA-262, Object.prototype.toString). A test's environment has classes of
 * its own beside those of Node.js, and `instanceof` knows one of them.
 */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

export function isBlob(value: unknown): value is Blob {
  return tagOf(value) === "Blob" || isFile(value);
}

/** True for a blob with a name. */
export function isFile(value: unknown): value is File {
  return tagOf(value) === "File";
}

/** True for what a body of bytes can be: no schema could speak of its value. */
export function isBinary(value: unknown): value is Blob | Uint8Array | ReadableStream<Uint8Array> {
  return isBlob(value) || tagOf(value) === "Uint8Array" || tagOf(value) === "ReadableStream";
}
