import { problem, type Staged } from "../diagnostics/problem.js";
import type { SourceId } from "./source.js";

/**
 * The text in the bytes of a document: UTF-8, or UTF-16 where its first bytes say so (YAML 1.2.2, section 5.2; a JSON document is
 * UTF-8 by RFC 8259, section 8.1, and a byte order mark is not part of it). Undefined beside the reason where they are neither.
 */
export function decode(id: SourceId, bytes: Uint8Array): Staged<string | undefined> {
  const encoding = encodingOf(bytes);
  try {
    if (encoding === "utf-32") throw new TypeError();
    return { value: new TextDecoder(encoding, { fatal: true }).decode(bytes), problems: [] };
  } catch {
    const name = encoding.toUpperCase();
    const reason =
      encoding === "utf-32"
        ? `it is in ${name}: save it as UTF-8`
        : `it is no valid ${name}: save it as UTF-8`;
    return {
      value: undefined,
      problems: [problem("document-unreadable", { reason }, { origin: { source: id, pointer: "" } })],
    };
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
