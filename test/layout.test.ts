import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { jsonLiteral, propertyName, stringLiteral } from "../generator/emit/literals.js";
import { formatEach } from "../generator/output/format-file.js";
import { layOut } from "../generator/output/layout/layout.js";
import type { JsonValue } from "../generator/source/json.js";
import { ROOT } from "./support/root.js";

const WIDTH = 100;
const byPrettier = (text: string) => format(text, { printWidth: WIDTH, parser: "typescript" });

/** The layout of what it must know itself. */
function byLayout(text: string): Promise<string> {
  return layOut(text, WIDTH, (statement) => Promise.reject(new Error(`left to Prettier: ${statement}`)));
}

/** Every emitted module that is committed: the packages of both documents, and all goldens. */
const MODULES = ["generated", "test/cases"].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/(^|\/)(dist|node_modules|runtime)\//.test(path))
    .map((path) => `${folder}/${path}`),
);

describe("what is committed", () => {
  it.each(MODULES)("%s is as Prettier formats it, and laid out anew it stays so", async (path) => {
    const text = readFileSync(new URL(path, ROOT), "utf8");
    expect(await byPrettier(text)).toBe(text);
    expect(await layOut(text, WIDTH, byPrettier)).toBe(text);
  });
});

/** Line breaks at places that an emitter chooses, and no others. */
describe("as Prettier does", () => {
  it.each([
    ["an object stays open", "const a = {\nb: 1, c: { d: 2 } };"],
    ["an object that fits is closed", "const a = { b: { c: [] }, e: {} };"],
    ["a blank line between members", "const a = {\nb: 1,\n\n\nc: 2 };"],
    ["numbers fill lines", `const a = [${Array.from({ length: 60 }, (_, index) => index - 3).join(", ")}];`],
    ["a list of objects has one a line", "const a = [{ a: 1, b: 2 }, { a: 1, b: 2 }];"],
    ["quotes that need fewer escapes", 'const a = ["it\'s", "say \\"hi\\"", "\\"\'", "\\\\\\""];'],
    ["quotes of names", 'const a = { "b": 1, "c-d": 2, "9": 3, ["__proto__"]: 4 };'],
    ["numbers", "const a = [1e+21, 1e-7, 1.50, 0.10];"],
    ["a long string goes to the next line", `const aLongName = "${"x".repeat(90)}";`],
    ["a long string behind a short key stays", `const a = { b: "${"x".repeat(99)}" };`],
    ["wide characters", `const a = f("${"漢".repeat(36)}", "${"é".repeat(10)}", "${"🎉".repeat(4)}");`],
    ["functions as arguments", `const a = v.allOf(v.ref(() => b), v.ref(() => c));`],
    ["a hugged last argument", `const a = v.literals("enum", [${'"some longer value", '.repeat(6)}]);`],
    ["a chain of names", `const a = { ...${"a".repeat(60)}.${"b".repeat(20)}.${"c".repeat(20)}.d };`],
    ["a call that breaks", `const a = omit(${"a".repeat(50)}.${"b".repeat(30)}, "${"c".repeat(30)}");`],
    ["satisfies", `const a = { b: c(${"d".repeat(40)}.e, "f") satisfies ${"G".repeat(50)} };`],
    [
      "a union that breaks",
      `type A = ${Array.from({ length: 9 }, (_, n) => `"some value ${n}"`).join(" | ")};`,
    ],
    ["a union in a list", `interface A { b?: ("${"x".repeat(40)}" | "${"y".repeat(50)}")[]; }`],
    ["parentheses that are not needed", "type A = (string)[] | ((number));"],
    ["objects that are joined", `type A = { a: 1 } & { b: 2 } & B & ({ c: 3 } | null);`],
    ["a tuple", `type A = [${"B".repeat(40)}, ("c" | "${"d".repeat(40)}")?, ...string[]];`],
    [
      "type arguments",
      `type A = Expect<Agree<${"B".repeat(40)}, components["schemas"]["${"C".repeat(40)}"]>>;`,
    ],
    ["an index signature", "interface A { [key: string]: unknown; readonly b: 1 }"],
    ["a method", `interface A { method(args: ${"B".repeat(40)}, options?: C): Promise<${"D".repeat(40)}>; }`],
    [
      "a function",
      `export function f(args: ${"A".repeat(40)} = {}, b: B = {}): Promise<${"C".repeat(30)}> {\nreturn send(a, { ...args }) as Promise<${"C".repeat(60)}>;\n}`,
    ],
    [
      "imports",
      `import { ${"a".repeat(50)}, type ${"B".repeat(50)} } from "./c.js";\nimport * as v from "./v.js";`,
    ],
    [
      "comments",
      "// One\n\n/**\n      * Two\n * lines\n */\nexport const a: v.Schema<B> = /* @__PURE__ */ v.schema(() => v.any);",
    ],
    ["a comment in a type", "interface A {\n/** B */\nb: 1;\n\n/* c\n d */\nc: 2 }"],
  ])("%s", async (_, text) => {
    expect(await byLayout(text)).toBe(await byPrettier(text));
  });

  it("whatever a document holds", { timeout: 60_000 }, async () => {
    const name = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("a", "long-name", "1"));
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false, 0, -1.5, 1e21),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: "grapheme", maxLength: 120 }),
        fc.array(tie("value"), { maxLength: 6 }),
        fc.dictionary(name, tie("value"), { maxKeys: 6 }),
      ),
    }));
    const module = fc.tuple(value, value, name, fc.boolean()).map(([first, second, key, isOpen]) => {
      const literal = isOpen ? jsonLiteral(first).replace(/^\{ /, "{\n") : jsonLiteral(first);
      const call = `build(first${propertyName(key) === key ? `.${key}` : `[${stringLiteral(key)}]`}, ${jsonLiteral(second)})`;
      return `const first = ${literal} satisfies First;\nexport const second = ${call};\n`;
    });
    await fc.assert(
      fc.asyncProperty(module, async (text) => {
        expect(await byLayout(text)).toBe(await byPrettier(text));
      }),
      { numRuns: 200 },
    );
  });
});

it("leaves quoted names of other alphabets to Prettier, whose tables are its own", async () => {
  const text = 'const a = { "größe": 1, "名前": 2, "a-ö": 3 };\n';
  await expect(byLayout(text)).rejects.toThrow("left to Prettier");
  expect(await layOut(text, WIDTH, byPrettier)).toBe(await byPrettier(text));
});

it("leaves other statements to Prettier, and keeps their place", async () => {
  const text = "const a = { b: 1 }\n\nexport type B<T> = T extends string ? 1 : 2\nconst c = 3";
  expect(await layOut(text, WIDTH, byPrettier)).toBe(await byPrettier(text));
  const [file] = await formatEach([{ path: "a.ts", text }]);
  expect(file!.text).toBe(await byPrettier(text));
});

it("refuses a syntax error", async () => {
  await expect(formatEach([{ path: "a.ts", text: "const = 1;" }])).rejects.toThrow(/expected/);
});
