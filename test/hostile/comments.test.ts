import { expect, it } from "vitest";
import { Project } from "ts-morph";
import { docs, tag } from "../../generator/emit/docs.js";
import { commentText, markdownText, visible } from "../../generator/emit/literals.js";

it.each([
  ["a */ b **/", "a *\\/ b **\\/"],
  ["a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"],
  ["a\u0000b\u001b[31mc\u009f", "a\ufffdb\ufffd[31mc\ufffd"],
  ["\u202ea\u2066", "\ufffda\ufffd"],
  ["\ud800", "\ufffd"],
  ['"\ufeffa\ufeff*\ufeff/"', '"a*\\/"'],
  ["👩‍💻 a\tb  \n  c ", "👩‍💻 a\tb\n  c"],
])("%j is, in a comment, %j", (text, comment) => {
  expect(commentText(text)).toBe(comment);
});

it.each(["@deprecated", "a\n@internal b", "  @a\n\t@b", "* @a\n** @b", "a\n\n@param x y"])(
  "no line of %j is a tag of a doc comment",
  (description) => {
    const file = new Project({ useInMemoryFileSystem: true }).createSourceFile("a.ts");
    const named = file.addInterface({ name: "A", docs: docs(description, [tag("see", "#/a")]) });
    const [comment] = named.getJsDocs();
    expect(comment!.getTags().map((each) => each.getTagName())).toEqual(["see"]);
  },
);

it.each([
  ["a\ud800b\udc00", "a\\ud800b\\udc00"],
  ["\u202e\u0000\u200b\ufeff", "\\u202e\\u0000\\u200b\\ufeff"],
  ["👩 \t\n\r", "👩 \t\n\r"],
])("%j is, in code, %j", (text, code) => {
  expect(visible(text)).toBe(code);
});

it("text of a paragraph is on one line, and has no markup", () => {
  expect(markdownText("a <b>\n*c* `d` [e](f) | # \\ _g_ {h}")).toBe(
    "a \\<b\\> \\*c\\* \\`d\\` \\[e\\](f) \\| \\# \\\\ \\_g\\_ \\{h\\}",
  );
});
