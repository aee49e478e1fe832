import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  codeMarkdown,
  fencedMarkdown,
  messageMarkdown,
  plainMarkdown,
} from "../../../generator/diff/reports/markdown-escape.js";
import { MARKER, markdownReport, MAX_COMMENT } from "../../../generator/diff/reports/markdown.js";
import type { Review } from "../../../generator/diff/review.js";
import { forHostileTexts, hostileText } from "./hostile.js";
import { reviewOf, SAMPLE } from "./sample.js";

const ZERO_WIDTH = "\u200b";

describe("text of a document in Markdown", () => {
  it.each([
    ["@octocat", `@${ZERO_WIDTH}octocat`],
    ["closes #12", `closes \\#${ZERO_WIDTH}12`],
    ["GH-7", `GH\\-${ZERO_WIDTH}7`],
    ["https://a.example", `https:${ZERO_WIDTH}//a\\.example`],
    ["www.a.example", `www${ZERO_WIDTH}\\.a\\.example`],
    ["<b>&amp;", "\\<b\\>\\&amp;"],
    ["[a](b) ![c](d)", "\\[a\\]\\(b\\) \\!\\[c\\]\\(d\\)"],
    ["a | b", "a \\| b"],
    ["$x$", "<span>$</span>x<span>$</span>"],
    ["one\n\n# two", "one \\# two"],
    ["deadbeefdead", `deadbe${ZERO_WIDTH}efdead`],
    [":tada:", `:${ZERO_WIDTH}tada:`],
  ])("%j is plain", (text, expected) => {
    expect(plainMarkdown(text)).toBe(expected);
  });

  it.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    [" a ", "`  a  `"],
    ["", "` `"],
    ["a\n\nb", "`a b`"],
  ])("%j is a span of code", (text, expected) => {
    expect(codeMarkdown(text)).toBe(expected);
  });

  it("is code where our messages quote it, and plain elsewhere", () => {
    expect(messageMarkdown('"<b>" is a new value of `a.b` of GET /x|y')).toBe(
      '`"<b>"` is a new value of `a.b` of GET /x\\|y',
    );
  });

  it("keeps two spans of code apart", () => {
    expect(messageMarkdown('`a`"b"')).toBe(`\`a\`${ZERO_WIDTH}\`"b"\``);
    expect(messageMarkdown('"`"`x`')).toBe(`\`\`"\`"\`\`${ZERO_WIDTH}\`x\``);
  });

  it("ends no span of code, and no block", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(afterCode(codeMarkdown(text))).toBe("");
        const [open = "", ...rest] = fencedMarkdown(text.split("\n"), "json").split("\n");
        const fence = /^`+/.exec(open)?.[0] ?? "";
        expect(rest.findIndex((line) => new RegExp(`^ {0,3}${fence}\`*\\s*$`).test(line))).toBe(
          rest.length - 1,
        );
      }),
    );
  });

  it("is left without anything that means something", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const plain = plainMarkdown(text).replaceAll("<span>$</span>", "");
        expect(plain.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[\\`*_{}[\]()<>#+\-.!|~&$^=\n\r]/);
        expect(plain.replaceAll("\\", "")).not.toMatch(
          /[@#]\S(?<!\u200b)|\bGH-\d|:\/\/|\bwww\.|\b[0-9a-f]{7}/i,
        );
      }),
    );
  });
});

/** What follows the span of code that a text begins with (CommonMark 0.31, section 6.1); undefined where it begins with none. */
function afterCode(text: string): string | undefined {
  const fence = /^`+/.exec(text)?.[0];
  if (fence === undefined) return undefined;
  const rest = text.slice(fence.length);
  const end = [...rest.matchAll(/`+/g)].find(([run]) => run === fence);
  return end && rest.slice(end.index + fence.length);
}

/** The text without what is escaped and without spans of code: what a parser of Markdown finds meaning in. */
function activeText(text: string): string {
  const [, inert] = /^(\\[!-/:-@[-`{-~])/.exec(text) ?? [];
  if (text === "") return "";
  const next = /\\[!-/:-@[-`{-~]|`/.exec(text)?.index ?? text.length;
  if (next > 0) return text.slice(0, next) + activeText(text.slice(next));
  return activeText(inert ? text.slice(inert.length) : (afterCode(text) ?? fail(text)));
}

function fail(text: string): never {
  throw new Error(`a span of code is not closed: ${text}`);
}

/** Lines outside blocks of code. */
function proseOf(markdown: string): string {
  return markdown.replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, "");
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe("the comment", () => {
  it("begins with the mark by which it is found again", () => {
    expect(markdownReport(SAMPLE).split("\n")[0]).toBe(MARKER);
  });

  it("opens no more than it closes, and has no tag but its own, whatever the documents hold", () => {
    forHostileTexts((some) => {
      const prose = proseOf(markdownReport(reviewOf(some)));
      expect(count(prose, /^```/gm)).toBe(0);
      expect(count(prose, /^<details>/gm)).toBe(5);
      expect(count(prose, /^<\/details>$/gm)).toBe(5);
      expect(count(prose, /^#{1,6} /gm)).toBe(5);
      const own = /<(?:!-- clientsmith diff --|\/?(?:details|summary|sub|span))>/g;
      expect(activeText(prose).replace(own, "")).not.toMatch(/[<>|`\]]|!\[/);
    });
  });

  it("is cut between entries, and counts what is left out", () => {
    const [, shared, proved] = SAMPLE.review.findings;
    const many = Array.from({ length: 600 }, (_, index) => ({
      ...(index % 2 === 0 ? shared! : proved!),
      id: `F${index}`,
    }));
    const text = markdownReport({ ...SAMPLE, review: { ...SAMPLE.review, findings: many } });
    expect(text.length).toBeLessThanOrEqual(MAX_COMMENT);
    expect(text.length).toBeGreaterThan(MAX_COMMENT - 3_000);
    const shown = count(text, /^🔴 \*\*error\*\*/gm);
    const [, left] =
      /Left out, for a comment holds no more: (\d+) errors, 4 exported types, 2 call sites, 2 remarks, 3 fixture records/.exec(
        text,
      ) ?? [];
    expect(shown + Number(left)).toBe(600);
    expect(count(text, /^<details>/gm)).toBe(count(text, /^<\/details>$/gm));
    expect(count(text, /^```/gm) % 2).toBe(0);
  });

  it("is never too long, however long the texts are", () => {
    for (const hostile of ["`", "$", "@", "|", "\u{1f600}"]) {
      const long = hostile.repeat(30_000);
      const input = reviewOf([long]);
      const { findings } = input.review;
      const review: Review = { ...input.review, findings: Array.from({ length: 40 }, () => findings).flat() };
      expect(markdownReport({ ...input, review }).length).toBeLessThanOrEqual(MAX_COMMENT);
    }
  });
});
