import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../../generator/diff/reports/html.js";
import type { LocatedFinding } from "../../../generator/diff/review.js";
import { reportOf } from "../../../generator/diff/reports/report.js";
import { CHROMIUM, Page } from "../../support/browser.js";
import { HOSTILE } from "./hostile.js";
import { reviewOf, SAMPLE } from "./sample.js";

/** The first finding of the sample, several times. */
function many(length: number): LocatedFinding[] {
  return Array.from({ length }, (_, index) => ({ ...SAMPLE.review.findings[0]!, id: `F${index + 1}` }));
}

type AxNode = {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
};

const WHY = CHROMIUM === undefined ? " (skipped: no Chromium on the path, and CHROMIUM names none)" : "";
if (WHY) console.warn(`The page is not looked at in a browser${WHY}`);

describe.skipIf(CHROMIUM === undefined)(`the page in a browser${WHY}`, () => {
  let page: Page;
  let folder: string;

  const show = async (html: string) => {
    const file = join(folder, "review.html");
    writeFileSync(file, html);
    await page.go(pathToFileURL(file).href);
  };
  const shown = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll("article.finding")].filter((each) => each.checkVisibility()).map(({ id }) => id)`,
    );
  const laidOut = () =>
    page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))`);
  const focused = () =>
    page.evaluate<string>(`document.activeElement.closest("article")?.id ?? document.activeElement.id`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
    page = await Page.open(CHROMIUM!);
  });

  afterAll(async () => {
    await page.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("sends no request, and breaks nothing of its policy", async () => {
    page.log.requests.length = 0;
    await show(htmlReport(SAMPLE));
    expect(page.log.requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
    expect(page.log.requests).toHaveLength(1);
    expect(page.log.complaints).toEqual([]);
    expect(await page.evaluate(`getComputedStyle(document.querySelector("#tools")).position`)).toBe("sticky");
  });

  it("filters by level, by operation and by words", async () => {
    await show(htmlReport(SAMPLE));
    expect(await shown()).toEqual(["F1", "F2", "F3", "F4", "F5", "F6"]);
    await page.evaluate(`document.querySelector("button[data-level=error]").click()`);
    expect(await shown()).toEqual(["F4", "F5", "F6"]);
    expect(await page.evaluate(`document.querySelector("#status").textContent`)).toBe("3 of 6 shown");
    await page.evaluate(`document.querySelector("button[data-level=error]").click()`);
    await page.evaluate(
      `operation.selectedIndex = [...operation.options].findIndex(({ text }) => text === "POST /orders"), operation.dispatchEvent(new Event("change"))`,
    );
    expect(await shown()).toEqual(["F2", "F3"]);
    await page.evaluate(`search.value = "QUANTITY minimum", search.dispatchEvent(new Event("input"))`);
    expect(await shown()).toEqual(["F3"]);
    await page.evaluate(`search.value = "nowhere", search.dispatchEvent(new Event("input"))`);
    expect(await page.evaluate(`none.checkVisibility()`)).toBe(true);
  });

  it("is walked by keys", async () => {
    await show(htmlReport(SAMPLE));
    await page.press("j");
    await page.press("j");
    expect(await focused()).toBe("F2");
    expect(await page.evaluate(`document.activeElement.matches(":focus-visible")`)).toBe(true);
    await page.press("k");
    expect(await focused()).toBe("F1");
    const isOpen = () => page.evaluate<boolean>(`F1.querySelector("details").open`);
    expect(await isOpen()).toBe(true);
    await page.press("Enter");
    expect(await isOpen()).toBe(false);
    await page.press("/");
    expect(await focused()).toBe("search");
    for (const key of "lost") await page.press(key);
    expect(await shown()).toEqual(["F2"]);
    await page.press("Escape");
    expect(await shown()).toHaveLength(6);
  });

  it("leaves the keys to others where they are switched off", async () => {
    await show(htmlReport(SAMPLE));
    await page.evaluate(`keys.click()`);
    await page.evaluate(`keys.blur()`);
    for (const key of ["j", "/"]) await page.press(key);
    expect(await focused()).toBe("");
    expect(await page.evaluate(`search.hasAttribute("aria-keyshortcuts")`)).toBe(false);
    await page.evaluate(`keys.click()`);
    await page.evaluate(`keys.blur()`);
    await page.press("j");
    expect(await focused()).toBe("F1");
  });

  it.each([1280, 800, 390])("%d pixels wide, shows what gets the focus below its bar", async (width) => {
    const notes = many(40).map((finding): typeof finding => ({ ...finding, level: "warning" }));
    await page.resize(width, 500);
    await show(htmlReport({ ...SAMPLE, review: { ...SAMPLE.review, findings: notes } }));
    await page.evaluate(`document.querySelector("#status").textContent = "40 of 41 shown"`);
    await laidOut();
    await page.evaluate(`F40.querySelector("summary").focus()`);
    for (let count = 0; count < 30; count++) {
      await page.press("Tab", { shift: true });
      const covered = await page.evaluate<number>(
        `tools.getBoundingClientRect().bottom - document.activeElement.getBoundingClientRect().top`,
      );
      expect(covered).toBeLessThanOrEqual(0);
    }
    expect(await focused()).toBe("F10");
  });

  it("lays out what is open and seen alone", async () => {
    await page.resize(1280, 700);
    await show(htmlReport({ ...SAMPLE, review: { ...SAMPLE.review, findings: many(40) } }));
    await laidOut();
    const isLaidOut = (id: string) =>
      page.evaluate<boolean>(
        `document.querySelector("#${id} .sides").checkVisibility({ contentVisibilityAuto: true })`,
      );
    expect([await isLaidOut("F1"), await isLaidOut("F40")]).toEqual([true, false]);
  });

  it.each(["light", "dark"])("has a placeholder that is read in %s", async (value) => {
    await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
    await show(htmlReport(SAMPLE));
    expect(await page.evaluate(`getComputedStyle(search, "::placeholder").color`)).toBe(
      await page.evaluate(`getComputedStyle(document.querySelector("header .lead")).color`),
    );
    await page.send("Emulation.setEmulatedMedia", { features: [] });
  });

  it.each([1280, 390])(
    "%d pixels wide, names its findings and its tables, and keeps their headings",
    async (width) => {
      await page.resize(width, 900);
      await show(htmlReport(SAMPLE));
      const { nodes } = await page.send<{ nodes: AxNode[] }>("Accessibility.getFullAXTree");
      const named = (role: string) =>
        nodes
          .filter((node) => !node.ignored && node.role?.value === role)
          .map((node) => node.name?.value ?? "");
      expect(named("article")).toHaveLength(6);
      expect(named("article")).not.toContain("");
      expect(named("table")).toEqual(expect.arrayContaining(["TypeScript"]));
      expect(named("table")).not.toContain("");
      expect(named("columnheader")).toEqual(expect.arrayContaining(["Export", "Change", "Finding"]));
      expect(named("row").length).toBeGreaterThan(1);
    },
  );

  it.each([
    [1280, 2],
    [390, 1],
  ])("fits %d pixels, with both documents in %d columns", async (width, columns) => {
    await page.resize(width, 900);
    const hostile = { ...reviewOf([HOSTILE.join(""), "name".repeat(80)]), name: "name".repeat(80) };
    for (const inputs of [[SAMPLE], [hostile], [SAMPLE, hostile]]) {
      await show(reportOf("html", inputs));
      // No wider than what is seen of it: the window without its scroll bar.
      expect(
        await page.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`),
      ).toBe(0);
      const template = await page.evaluate<string>(
        `getComputedStyle(document.querySelector(".sides")).gridTemplateColumns`,
      );
      expect(template.split(" ")).toHaveLength(columns);
    }
  });

  it("opens the finding that its address names", async () => {
    await show(htmlReport(SAMPLE));
    await page.evaluate(`location.hash = "#F5", new Promise((resolve) => setTimeout(resolve))`);
    expect(await page.evaluate(`F5.querySelector("details").open`)).toBe(true);
    expect(await focused()).toBe("F5");
  });

  it("prints what is closed, and no tools", async () => {
    await show(htmlReport(SAMPLE));
    const isSeen = (selector: string) =>
      page.evaluate<boolean>(
        `document.querySelector(${JSON.stringify(selector)}).checkVisibility() && document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().height > 0`,
      );
    expect([await isSeen("#F5 .sides"), await isSeen("#tools")]).toEqual([false, true]);
    await page.send("Emulation.setEmulatedMedia", { media: "print" });
    expect([await isSeen("#F5 .sides"), await isSeen("#tools")]).toEqual([true, false]);
    await page.send("Emulation.setEmulatedMedia", { media: "" });
  });

  it("runs nothing of a document", async () => {
    for (const hostile of HOSTILE) {
      page.log.complaints.length = 0;
      await show(htmlReport(reviewOf([hostile, "name"])));
      expect(await page.evaluate(`typeof globalThis.__pwn`)).toBe("undefined");
      expect(page.log.complaints).toEqual([]);
      expect(await shown()).toHaveLength(4);
    }
    expect(page.log.requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
  });
});
