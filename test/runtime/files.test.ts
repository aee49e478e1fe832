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

/** As Bun has files, tagged as blobs, and happy-dom both, without tags. */
class PlainBlob {
  readonly size = 1;
  readonly type = "";
  slice() {
    return this;
  }
  arrayBuffer() {
    return Promise.resolve(new ArrayBuffer(this.size));
  }
}
class PlainFile extends PlainBlob {
  readonly name = "a.txt";
}
class NamedBlob extends ForeignBlob {
  readonly name = "a.txt";
}

it.each<[what: string, value: unknown, is: { blob?: true; file?: true; binary?: true }]>([
  ["a blob", new Blob(["a"]), { blob: true, binary: true }],
  ["a file", new File(["a"], "a.txt"), { blob: true, file: true, binary: true }],
  ["another realm's blob", new ForeignBlob(), { blob: true, binary: true }],
  ["another realm's file", new ForeignFile(), { blob: true, file: true, binary: true }],
  ["a blob without a tag", new PlainBlob(), { blob: true, binary: true }],
  ["a file without a tag", new PlainFile(), { blob: true, file: true, binary: true }],
  ["a file that is tagged as a blob", new NamedBlob(), { blob: true, file: true, binary: true }],
  ["a response", new Response("a"), {}],
  ["a name", { name: "a.txt" }, {}],
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
