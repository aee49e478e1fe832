import fc from "fast-check";

/** What somebody would write into a document to break out of a report. */
export const HOSTILE: readonly [string, ...string[]] = [
  "</code></pre></details><script>globalThis.__pwn=1</script>",
  "<img src=x onerror=globalThis.__pwn=1>",
  '" onmouseover="globalThis.__pwn=1',
  "' onfocus='globalThis.__pwn=1' autofocus='",
  "</style><style>*{display:none}</style>",
  "<!-- -->--!><svg/onload=globalThis.__pwn=1>",
  "&lt;b&gt;&#60;script&#62;",
  "@octocat please",
  "@org/team",
  "closes #123 and GH-7 and owner/name#4",
  "https://evil.example/a www.evil.example mailto:a@evil.example a@evil.example",
  "[click](javascript:alert(1)) ![image](https://evil.example/p.png) [ref]: https://evil.example",
  "```\n</details>\n# Heading\n- [ ] task\n```",
  "~~~\nfence\n~~~",
  "a`b``c```d",
  "`",
  " ` ",
  "| a | b |\n| --- | --- |",
  "$`x`$ $$y$$ :tada:",
  "line\r\n::error file=a::pwn\n##[error]pwn\n##vso[task.setvariable variable=a]pwn",
  "::set-output name=a::b",
  "%0A::stop-commands::x",
  "\u001b]0;pwn\u0007\u001b[2J\u009b31m",
  "\u202eright to left\u2066\u2069\u2028\u2029",
  "\ud800 half \udc00",
  "a:b,c=d",
  "C:\\x\\y.yaml",
  "../../x?y#z",
  "__proto__",
  "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
  "\u0000",
  "",
];

/** Checks what holds for whatever a document says: for each hostile text alone, then for a few texts together. */
export function forHostileTexts(check: (texts: readonly [string, ...string[]]) => void): void {
  for (const hostile of HOSTILE) check([hostile]);
  fc.assert(fc.property(texts, check));
}

/** A few texts, of which some are hostile, some are made of the characters that mean something, and some are anything. */
const texts = fc.tuple(hostileText(), hostileText(), hostileText(), hostileText(), hostileText());

export function hostileText(): fc.Arbitrary<string> {
  const special = fc.constantFrom(..."`*_{}[]()<>#+-.!|~$&@:/\\%,;'\"= \n\r\ta1");
  return fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.array(special, { maxLength: 24 }).map((characters) => characters.join("")),
    fc.array(fc.constantFrom(...HOSTILE), { minLength: 2, maxLength: 3 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
}
