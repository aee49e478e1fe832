import { describe, expect, it } from "vitest";
import { githubReport } from "../../../generator/diff/reports/github.js";
import { forHostileTexts } from "./hostile.js";
import { reviewOf, SAMPLE } from "./sample.js";

type Command = {
  readonly name: string;
  readonly properties: Record<string, string>;
  readonly message: string;
};

/** Reads a line as GitHub's runner does (`ActionCommand.TryParseV2`): properties end at the first `::`. */
function parseCommand(line: string): Command {
  const [, name = "", properties = "", message = ""] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? [];
  const pairs = properties.split(",").map((pair): [string, string] => {
    const [key = "", value = ""] = pair.split("=", 2);
    return [key, unescape(pair.slice(key.length + 1) || value)];
  });
  return { name, properties: Object.fromEntries(pairs), message: unescape(message) };
}

function unescape(text: string): string {
  return text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}

describe("workflow commands", () => {
  it("stand where the finding is, or where it would be", () => {
    const commands = githubReport(SAMPLE).trimEnd().split("\n").map(parseCommand);
    expect(commands.map(({ name, properties }) => [name, properties["file"], properties["line"]])).toEqual([
      ["error", "specs/head.yaml", "22"],
      ["error", "specs/head.yaml", "56"],
      ["error", "specs/head.yaml", "47"],
      ["warning", "specs/head.yaml", "23"],
      ["notice", "specs/head.yaml", "26"],
      ["notice", undefined, undefined],
      ["error", "apps/web/src/orders.ts", "12"],
      ["error", "apps/web/src/draft.ts", "3"],
      ["warning", "review-waivers.yaml", "4"],
      ["warning", undefined, undefined],
    ]);
  });

  it("escape what would end a line, a property or a command", () => {
    const [first = ""] = githubReport(reviewOf(["a:b,c=d%\nx::error::y", "n"])).split("\n");
    expect(first).toMatch(/^::error file=a%3Ab%2Cc=d%25%0Ax%3A%3Aerror%3A%3Ay,line=1,col=1,title=/);
  });

  it("are one line each, and nothing else, whatever the documents hold", () => {
    forHostileTexts((some) => {
      const lines = githubReport(reviewOf(some)).split("\n");
      expect(lines).toHaveLength(7);
      expect(lines.pop()).toBe("");
      for (const line of lines) {
        expect(line).toMatch(
          /^::(error|warning|notice) (file=[^,:]*,line=\d+,col=\d+,)?title=[^,:]*::[^\r\n]*$/,
        );
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(line).not.toMatch(/##(\[|vso\[)/i);
        expect(parseCommand(line).properties["title"]).toMatch(
          /^(response-property-type-changed|TS2322|waiver)$/,
        );
      }
    });
  });
});
