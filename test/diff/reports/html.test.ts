import { describe, expect, it } from "vitest";
import { SCRIPT } from "../../../generator/diff/reports/html-script.js";
import { COLORS, STYLE } from "../../../generator/diff/reports/html-style.js";
import { htmlReport } from "../../../generator/diff/reports/html.js";
import { forHostileTexts, HOSTILE } from "./hostile.js";
import { reviewOf, SAMPLE, sha256, UNCHANGED } from "./sample.js";

const VOID = new Set(["meta", "input"]);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g;

type Tag = { readonly name: string; readonly isEnd: boolean; readonly attributes: Record<string, string> };

/** The page without its style and its script, which are fixed texts of ours. */
function markupOf(page: string): string {
  return page.replace(`<style>${STYLE}</style>`, "").replace(`<script>${SCRIPT}</script>`, "");
}

function tagsOf(markup: string): Tag[] {
  return [...markup.matchAll(TAG)].map(([, slash, name = "", attributes = ""]) => ({
    name,
    isEnd: slash === "/",
    attributes: Object.fromEntries(
      [...attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, value]),
    ),
  }));
}

/** Tags that are not closed, or close what is not open. */
function unbalanced(tags: readonly Tag[]): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const { name, isEnd } of tags) {
    if (VOID.has(name)) continue;
    if (!isEnd) open.push(name);
    else if (open.pop() !== name) wrong.push(`</${name}>`);
  }
  return [...wrong, ...open];
}

/** What is left of a page that has no tag and no entity: only text. */
function textOf(markup: string): string {
  return markup.replace("<!doctype html>", "").replace(TAG, "");
}

function decoded(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name]!);
}

function base64(text: string): string {
  return Buffer.from(sha256(text), "hex").toString("base64");
}

describe("the page", () => {
  it("asks for nothing: its policy allows its own style sheet and its own script", () => {
    const page = htmlReport(SAMPLE);
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${base64(STYLE)}&#39;; script-src &#39;sha256-${base64(SCRIPT)}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).toContain(`<style>${STYLE}</style>`);
    expect(page).toContain(`<script>${SCRIPT}</script>`);
    expect(page).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|\bsrc=|<link|<img|<iframe/);
    expect(SCRIPT + STYLE).not.toMatch(
      /innerHTML|insertAdjacent|outerHTML|document\.write|eval\(|fetch\(|<\//,
    );
  });

  it("has the verdict and the counts at its top, a section an operation, and both sides of each finding", () => {
    const markup = markupOf(htmlReport(SAMPLE));
    expect(markup).toContain("<title>Breaking: 3 errors, 1 warning, 2 notes</title>");
    expect(markup).toContain("<h1>Breaking</h1>");
    expect(markup).toContain('<li class="error"><b>3</b> errors</li><li class="warn"><b>1</b> warning</li>');
    const ids = tagsOf(markup).flatMap(
      ({ attributes }) => (attributes["data-level"] && attributes["id"]) || [],
    );
    expect(ids).toEqual(["F1", "F2", "F3", "F4", "F5", "F6"]);
    expect(markup).toContain('<h2><span class="method">POST</span> <span class="path">/orders</span></h2>');
    expect(markup).toContain('<span class="row marked"><span class="number">59</span> state:\n</span>');
    expect(markup).toContain("Not in this document. Nearest to it:");
    expect(markup).toContain('<a href="#F2">F2</a>');
    expect(markup).toContain('<tr role="row"><td role="cell">W1</td><td role="cell">');
    expect(markup).not.toContain("undefined");
  });

  it("is well-formed, and names what people who do not see it need", () => {
    for (const input of [SAMPLE, UNCHANGED]) {
      const tags = tagsOf(markupOf(htmlReport(input)));
      expect(unbalanced(tags)).toEqual([]);
      const ids = tags.flatMap(({ attributes }) => attributes["id"] ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { name, isEnd, attributes } of tags) {
        if (/^(input|select)$/.test(name) && !isEnd) expect(attributes["aria-label"]).toBeTruthy();
        if (attributes["aria-labelledby"]) expect(ids).toContain(attributes["aria-labelledby"]);
        if (attributes["href"]) expect(ids).toContain(attributes["href"].slice(1));
      }
    }
  });

  it("opens the first errors alone where there are many", () => {
    const [finding] = SAMPLE.review.findings;
    const findings = Array.from({ length: 120 }, (_, index) => ({ ...finding!, id: `F${index + 1}` }));
    const page = htmlReport({ ...SAMPLE, review: { ...SAMPLE.review, findings } });
    const open = [...page.matchAll(/id="(F\d+)"[^>]*>\n<details open>/g)].map(([, id]) => id);
    expect(open).toEqual(findings.slice(0, 50).map(({ id }) => id));
  });

  it("has no tag and no attribute but its own, and says every text, whatever the documents hold", () => {
    const known = new Set(tagsOf(markupOf(htmlReport(reviewOf(["a", "b", "c", "d", "e"])))).map(kindOf));
    forHostileTexts((some) => {
      const markup = markupOf(htmlReport(reviewOf(some)));
      expect(unbalanced(tagsOf(markup))).toEqual([]);
      expect(tagsOf(markup).filter((tag) => !known.has(kindOf(tag)))).toEqual([]);
      expect(textOf(markup)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    });
    const text = decoded(textOf(markupOf(htmlReport(reviewOf([HOSTILE[0], "b"])))));
    expect(text).toContain(HOSTILE[0]);
  });
});

/** A tag and its attributes, without what they are set to. */
function kindOf({ name, isEnd, attributes }: Tag): string {
  return `${isEnd ? "/" : ""}${name} ${Object.keys(attributes).join(" ")}`;
}

/** The contrast of two colours (WCAG 2.2, “contrast ratio”). */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(["light", "dark"] as const)("the colours in %s", (scheme) => {
  it("have the contrast that WCAG 2.2 asks of text (AA: 4.5)", () => {
    const { paper, raised, sunk, mark, removed, added, ...inks } = COLORS[scheme];
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    for (const ground of [paper, raised])
      for (const name of ["ink", "soft", "error", "warning", "info", "good", "link"] as const)
        expect(contrast(inks[name], ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    for (const ground of [sunk, mark, removed, added])
      for (const name of ["ink", "soft"] as const)
        expect(contrast(inks[name], ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });
});
