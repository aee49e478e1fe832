/** The text in the bytes of a document, or why there is none. */
export type Decoded =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "unreadable"; readonly reason: string };

/**
 * The text in the bytes of a document: UTF-8, or UTF-16 where its first bytes say so (YAML 1.2.2, section 5.2; a JSON document is
 * UTF-8 by RFC 8259, section 8.1, and a byte order mark is not part of it).
 */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  const name = encoding.toUpperCase();
  if (encoding === "utf-32") return { kind: "unreadable", reason: `it is in ${name}: save it as UTF-8` };
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // A CR alone ends a line, too (YAML 1.2.2, section 5.4), but the parser knows none.
    return { kind: "text", text: text.replace(/\r(?!\n)/g, "\n") };
  } catch {
    return { kind: "unreadable", reason: `it is no valid ${name}: save it as UTF-8` };
  }
}

/** By the byte order mark, or by the zeros beside the first character, which is ASCII. */
function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | "utf-32" {
  const [a, b, c, d] = bytes;
  const startsWith = (...start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  if (startsWith(0xff, 0xfe, 0, 0) || startsWith(0, 0, 0xfe, 0xff)) return "utf-32";
  if (bytes.length >= 4 && ((a && !b && !c && !d) || (!a && !b && !c && d))) return "utf-32";
  if (startsWith(0xff, 0xfe) || (a && b === 0)) return "utf-16le";
  if (startsWith(0xfe, 0xff) || (a === 0 && b)) return "utf-16be";
  return "utf-8";
}
