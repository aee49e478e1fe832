/** The colours of the page, for light and for dark; a test proves the contrast of each pair that is read. */
export const COLORS = {
  light: {
    paper: "#fbfaf7",
    raised: "#ffffff",
    sunk: "#f3f1ea",
    ink: "#1d1c1a",
    soft: "#5d5a53",
    line: "#dfdbd1",
    error: "#a11f2e",
    warning: "#7b5400",
    info: "#3c5a76",
    good: "#22663f",
    link: "#1f4f8a",
    mark: "#f6ebc9",
    removed: "#fbe9e7",
    added: "#e6f2e8",
  },
  dark: {
    paper: "#171614",
    raised: "#1f1e1b",
    sunk: "#12110f",
    ink: "#ebe7df",
    soft: "#a8a398",
    line: "#37342e",
    error: "#ff8f8a",
    warning: "#e6b450",
    info: "#93b7d8",
    good: "#84c796",
    link: "#8fb8ec",
    mark: "#3d351c",
    removed: "#3a2120",
    added: "#1f3225",
  },
} as const;

function variables(colors: { readonly [name: string]: string }): string {
  return Object.entries(colors)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}

/** The page's only style sheet. */
export const STYLE = `
:root{color-scheme:light dark;${variables(COLORS.light)};
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,Georgia,serif;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{${variables(COLORS.dark)}}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans);overflow-wrap:anywhere}
[hidden]{display:none!important}
a{color:var(--link);text-underline-offset:.15em}
code,pre{font-family:var(--mono);font-size:.875em;font-variant-ligatures:none}
code{background:var(--sunk);border-radius:3px;padding:.1em .3em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.page{max-width:76rem;margin:0 auto;padding:0 2rem}
.skip{position:absolute;left:-9999px}
.skip:focus{left:1rem;top:.5rem;background:var(--raised);padding:.4rem .8rem;z-index:3}
header.top{padding-block:3.5rem 1.75rem}
.eyebrow{margin:0 0 .4rem;color:var(--soft);font-size:.875rem}
.eyebrow code{background:none;padding:0}
h1{margin:0;font:600 2.9rem/1.1 var(--serif);letter-spacing:-.015em}
.breaking h1{color:var(--error)}
.warning h1{color:var(--warning)}
.compatible h1,.unchanged h1{color:var(--good)}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem 2rem;margin:1.1rem 0 0;padding:0}
.counts b{font:600 1.5rem/1 var(--serif);margin-right:.1rem;font-variant-numeric:lining-nums}
.lead{margin:.9rem 0 0;color:var(--soft);max-width:52rem}
.error b,.chip.error{color:var(--error)}
.warn b,.chip.warning{color:var(--warning)}
.info b,.chip.info{color:var(--info)}
.problems{list-style:none;margin:1.25rem 0 0;padding:.6rem 1rem;border:1px solid var(--line);border-left:3px solid var(--warning);background:var(--raised)}
#tools{position:sticky;top:0;z-index:2;background:var(--paper);border-block:1px solid var(--line)}
#tools .page{display:flex;flex-wrap:wrap;align-items:center;gap:.6rem .75rem;padding-block:.7rem}
#tools input,#tools select,#tools button{font:inherit;font-size:.9rem;color:var(--ink);background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:.34rem .7rem;min-height:2.25rem}
#tools button{cursor:pointer}
#tools button:hover,#tools select:hover,#tools input:hover{border-color:var(--soft)}
#search{flex:1 1 12rem;min-width:8rem}
#operation{flex:0 1 18rem;min-width:8rem;max-width:100%}
#search::placeholder{color:var(--soft);opacity:1}
.levels{display:flex;gap:.35rem}
.levels button::before{content:"";display:inline-block;width:.55em;height:.55em;margin-right:.5em;border-radius:50%;background:currentcolor;vertical-align:.08em}
.levels button[aria-pressed=true][data-level=error]::before{color:var(--error)}
.levels button[aria-pressed=true][data-level=warning]::before{color:var(--warning)}
.levels button[aria-pressed=true][data-level=info]::before{color:var(--info)}
.levels button[aria-pressed=false]{color:var(--soft);background:none;text-decoration:line-through}
.levels button[aria-pressed=false]::before{background:none;box-shadow:inset 0 0 0 1.5px currentcolor}
#status{flex:1 0 100%;margin:0;color:var(--soft);font-size:.85rem}
#status:empty{display:none}
main.page{padding-block:1.5rem 3rem}
section{margin:2.25rem 0 0}
section:first-child{margin-top:.5rem}
h2{margin:0 0 .75rem;font:600 1.3rem/1.3 var(--serif)}
h3{margin:0 0 .75rem;font:600 1.12rem/1.3 var(--serif)}
h3 .method{font:600 .8rem/1 var(--mono);letter-spacing:.04em;color:var(--soft);margin-right:.3rem}
h3 .path{font:500 1.02rem/1.4 var(--mono)}
.api{margin-top:3.5rem;padding-top:1.5rem;border-top:2px solid var(--line)}
.api>h2{font-size:1.6rem}
.api>h2 code{background:none;padding:0;font-size:1.3rem;margin-right:.3rem}
.apis{list-style:none;margin:1.1rem 0 0;padding:0}
.apis code{background:none;padding:0}
h2 .method{font:600 .8rem/1 var(--mono);letter-spacing:.04em;color:var(--soft);margin-right:.3rem}
h2 .path{font:500 1.02rem/1.4 var(--mono)}
.finding{border-top:1px solid var(--line)}
.finding:last-child{border-bottom:1px solid var(--line)}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
.finding>details>summary{display:grid;grid-template-columns:5.6rem minmax(0,1fr) auto;gap:0 .9rem;align-items:baseline;padding:.8rem .25rem;border-radius:4px}
.finding>details>summary:hover .says{text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:.2em}
.chip{font-size:.8rem;font-weight:600}
.chip::before{content:"";display:inline-block;width:.55em;height:.55em;margin-right:.5em;border-radius:50%;background:currentcolor}
.chip.warning::before{border-radius:1px;transform:rotate(45deg)}
.chip.info::before{background:none;box-shadow:inset 0 0 0 1.5px currentcolor}
.says{font-weight:500}
.says code{font-weight:400}
.turn{color:var(--soft);font-size:.8rem;white-space:nowrap}
.turn::after{content:"+";display:inline-block;width:1.2em;text-align:right;font:400 1.1rem/1 var(--mono)}
details[open]>summary .turn::after{content:"−"}
.body{padding:.1rem .25rem 1.6rem 6.5rem}
.facts{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;margin:0 0 .9rem;padding:0;list-style:none;color:var(--soft);font-size:.85rem}
.facts code{background:none;padding:0}
.sides{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem}
figure{margin:0;min-width:0;border:1px solid var(--line);border-radius:6px;background:var(--raised);overflow:hidden;display:flex;flex-direction:column}
figcaption{padding:.5rem .8rem;font-size:.82rem;color:var(--soft);border-bottom:1px solid var(--line)}
figcaption b{color:var(--ink);font-weight:600;margin-right:.25rem}
figcaption code{background:none;padding:0}
.value{display:block;margin:0;padding:.5rem .8rem;border-bottom:1px solid var(--line);font-size:.85rem}
.value code{background:none;padding:0}
.base .value.said{background:var(--removed)}
.head .value.said{background:var(--added)}
pre{margin:0;overflow-x:auto;line-height:1.6;tab-size:2}
pre.source{padding:.5rem 0;font-size:.8rem;overflow-wrap:normal}
.row{display:block;padding-right:.8rem;width:max-content;min-width:100%}
.row .number{display:inline-block;width:3.1rem;padding-right:.5rem;text-align:right;color:var(--soft);user-select:none}
.row.marked{background:var(--mark)}
.near .row.marked{background:none}
.absent{padding:.6rem .8rem 0;margin:0;color:var(--soft);font-size:.85rem;font-style:italic}
.proof,.advice,.reach{margin:1rem 0 0;max-width:60rem}
.proof>details>summary{font-weight:500;width:fit-content}
.proof>details>summary::before{content:"▸";display:inline-block;width:1.1em;color:var(--soft)}
.proof>details[open]>summary::before{content:"▾"}
.proof p{margin:.4rem 0 .5rem 1.1em;color:var(--soft);font-size:.9rem}
.proof pre{margin-left:1.1em;padding:.7rem .9rem;background:var(--sunk);border-radius:6px;font-size:.8rem}
.unproved{color:var(--soft);font-style:italic}
.advice b,.reach b{font-weight:600}
.reach ul{margin:.3rem 0 0;padding:0;list-style:none;columns:22rem;font-size:.9rem}
.reach code{background:none;padding:0}
.plain{border-collapse:collapse;width:100%;font-size:.92rem}
.plain .kind{white-space:nowrap}
.plain th{white-space:nowrap;text-align:left;font-weight:600;color:var(--soft);font-size:.8rem;padding:.3rem 1rem .3rem 0;border-bottom:1px solid var(--line)}
.plain td{vertical-align:top;padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--line)}
.plain pre{white-space:pre-wrap;background:none;padding:0;font-size:.8rem}
.fixtures{list-style:none;margin:0;padding:0;font-size:.9rem}
.fixtures code{background:none;padding:0}
.fixtures span{display:inline-block;width:5.2rem;color:var(--soft);font-size:.82rem}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.85rem;padding:1.1rem 0 2.5rem}
kbd{font:inherit;font-size:.8rem;border:1px solid var(--line);border-bottom-width:2px;border-radius:4px;padding:0 .35rem;background:var(--raised);color:var(--ink)}
footer span{margin-right:1.2rem;white-space:nowrap}
@media screen{
.body{content-visibility:auto;contain-intrinsic-size:auto 26rem}
}
@media (max-width:46rem){
.page{padding:0 1rem}
header.top{padding-block:2rem 1.25rem}
h1{font-size:2.1rem}
.counts{gap:.35rem 1.3rem}
.counts b{font-size:1.25rem}
#tools{position:static}
#operation{flex:1 1 100%}
.levels{flex:1 1 auto;flex-wrap:wrap}
.finding>details>summary{grid-template-columns:minmax(0,1fr) auto;gap:.15rem .6rem}
.says{grid-column:1/-1;grid-row:2}
.body{padding-left:.25rem}
.sides{grid-template-columns:minmax(0,1fr)}
.row .number{width:2.4rem;padding-right:.3rem}
.plain,.plain tbody,.plain tr,.plain td{display:block}
.plain thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.plain tr{border-bottom:1px solid var(--line);padding:.5rem 0}
.plain td{border:0;padding:.05rem 0}
}
@media print{
:root{${variables(COLORS.light)}}
body{font-size:10.5pt;background:none}
#tools,footer,.turn,.skip{display:none!important}
.page{max-width:none;padding:0}
header.top{padding-block:0 1rem}
.body{padding-left:0}
figure,.proof,pre{break-inside:avoid}
h2,summary{break-after:avoid}
pre,pre.source{white-space:pre-wrap}
.row{width:auto}
details::details-content{content-visibility:visible;height:auto}
a{color:inherit}
}
`;
