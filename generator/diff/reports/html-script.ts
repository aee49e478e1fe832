/**
 * What the page does beyond what a browser does by itself: filters, the search, and the keys. The page reads without it. It is one fixed text, so
 * that the page's policy can name its hash; it never writes HTML.
 */
export const SCRIPT = `"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const findings = all("article.finding").map((article) => ({
    article,
    details: article.querySelector("details"),
    summary: article.querySelector("summary"),
    level: article.dataset.level,
    operations: article.dataset.operations.split(" "),
    text: article.textContent.toLowerCase(),
  }));
  const search = one("#search");
  const operation = one("#operation");
  const levels = all("button[data-level]");
  const status = one("#status");
  const expand = one("#expand");
  const none = one("#none");
  const keys = one("#keys");
  const tools = one("#tools");

  const isWanted = (finding, hidden, words) =>
    !hidden.includes(finding.level) &&
    (operation.value === "" || finding.operations.includes(operation.value)) &&
    words.every((word) => finding.text.includes(word));

  const visible = () => findings.filter(({ article }) => !article.hidden);

  const filter = () => {
    const hidden = levels.filter((each) => each.ariaPressed === "false").map((each) => each.dataset.level);
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    for (const finding of findings) finding.article.hidden = !isWanted(finding, hidden, words);
    for (const group of all("section.group")) group.hidden = !group.querySelector("article.finding:not([hidden])");
    const shown = visible().length;
    status.textContent = shown === findings.length ? "" : shown + " of " + findings.length + " shown";
    none.hidden = shown > 0 || findings.length === 0;
    describeExpand();
  };

  const describeExpand = () => {
    const isOpen = visible().some(({ details }) => details.open);
    expand.textContent = isOpen ? "Collapse all" : "Expand all";
  };

  const step = (by) => {
    const list = visible();
    if (list.length === 0) return;
    const at = list.findIndex(({ article }) => article.contains(document.activeElement));
    const next = at === -1 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    list[next].summary.focus({ preventScroll: true });
    list[next].article.scrollIntoView({ block: "start" });
  };

  const reveal = () => {
    const target = findings.find(({ article }) => "#" + article.id === location.hash);
    if (!target) return;
    target.article.hidden = false;
    target.article.closest("section.group").hidden = false;
    target.details.open = true;
    target.summary.focus();
  };

  for (const button of levels)
    button.addEventListener("click", () => {
      button.ariaPressed = button.ariaPressed === "true" ? "false" : "true";
      filter();
    });
  search.addEventListener("input", filter);
  operation.addEventListener("change", filter);
  expand.addEventListener("click", () => {
    const isOpen = visible().some(({ details }) => details.open);
    for (const { details } of visible()) details.open = !isOpen;
    describeExpand();
  });
  for (const { details } of findings) details.addEventListener("toggle", describeExpand);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
      search.blur();
      return;
    }
    if (!keys.checked || event.target.closest("input, select, textarea")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    }
  });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
  addEventListener("hashchange", reveal);

  // Who speaks to the page types letters that are none (WCAG 2.2, 2.1.4).
  keys.addEventListener("change", () => {
    if (keys.checked) search.setAttribute("aria-keyshortcuts", "/");
    else search.removeAttribute("aria-keyshortcuts");
  });

  // What gets the focus is not behind the bar, however many rows that has.
  new ResizeObserver(() => {
    const isOver = getComputedStyle(tools).position === "sticky";
    document.documentElement.style.scrollPaddingTop = isOver ? tools.offsetHeight + 8 + "px" : "";
  }).observe(tools);

  tools.hidden = false;
  describeExpand();
  reveal();
})();
`;
