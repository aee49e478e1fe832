import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { isBinary, isBlob, isFile } from "../../generator/runtime/files.js";

/** As the environment of a test has them beside those of Node.js. */
class ForeignBlob {
  get [Symbol.toStringTag]() {
    return "Blob";
  }
}
class ForeignFile extends ForeignBlob {
  override get [Symbol.toStringTag]() {
    return "File";
  }
}

it.each<[what: string, value: unknown, is: { blob?: true; file?: true; binary?: true }]>([
  ["a blob", new Blob(["a"]), { blob: true, binary: true }],
  ["a file", new File(["a"], "a.txt"), { blob: true, file: true, binary: true }],
  ["another realm's blob", new ForeignBlob(), { blob: true, binary: true }],
  ["another realm's file", new ForeignFile(), { blob: true, file: true, binary: true }],
  ["bytes", new Uint8Array(1), { binary: true }],
  ["another realm's bytes", runInNewContext("new Uint8Array(1)"), { binary: true }],
  ["a buffer", Buffer.from("a"), { binary: true }],
  ["a stream", new ReadableStream(), { binary: true }],
  ["an object", { type: "Blob", size: 1 }, {}],
  ["a text", "[object Blob]", {}],
  ["null", null, {}],
  ["nothing", undefined, {}],
])("%s", (_what, value, { blob = false, file = false, binary = false }) => {
  expect([isBlob(value), isFile(value), isBinary(value)]).toEqual([blob, file, binary]);
});
