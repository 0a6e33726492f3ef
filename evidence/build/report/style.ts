/** The style of the report: one sheet, light and dark by the reader's system, plain on paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1d21; --soft: #5a616c; --line: #d5d9df; --paper: #fff; --card: #f6f7f9;
  --mark: #ffe48a; --mark-ink: #1b1d21; --accent: #24507d; --warn: #8a4b00; --warn-paper: #fff5e6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ec; --soft: #a2a9b4; --line: #3a3f47; --paper: #15171a;
  --card: #1d2024; --mark: #6d5600; --mark-ink: #fff6d6; --accent: #8fbbe8; --warn: #ffc878; --warn-paper: #33260f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 54rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", Vazirmatn, "Noto Sans Arabic", sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 .75rem; padding-top: 1rem; border-top: 2px solid var(--line); overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1.25rem 0 .5rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
dl { margin: .75rem 0; }
dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .3rem 0; border-top: 1px solid var(--line); }
dl > div:first-child { border-top: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code { font: .85em/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
article { margin: 1.25rem 0; padding: 1.25rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
blockquote { margin: .75rem 0; padding: .85rem 1rem; background: var(--paper); border: 1px solid var(--line);
  border-inline-start: .25rem solid var(--accent); border-radius: .35rem; font-size: 1.1rem; line-height: 1.7;
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; text-align: start; }
blockquote[dir=auto] { unicode-bidi: plaintext; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: .15rem; }
.withheld { background: var(--ink); color: var(--paper); padding: 0 .3rem; border-radius: .15rem; font-size: .8em; }
.tag { margin: 1rem 0 0; padding: .85rem 1rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--paper); }
.tag > h4 { margin-top: 0; }
.tag q { background: var(--mark); color: var(--mark-ink); unicode-bidi: isolate; white-space: pre-wrap; overflow-wrap: anywhere; }
.tag h5 { font-size: .9rem; margin: 1rem 0 .5rem; }
.tag.withdrawn { border-style: dashed; } .tag.withdrawn > h4, .tag.withdrawn .rule blockquote { color: var(--soft); }
.tag.withdrawn q, .tag q.plain { background: none; color: inherit; }
.kind { margin: 0 0 .5rem; font-size: .8rem; font-weight: 600; color: var(--soft); }
.tag.norm { border-inline-start: .4rem double var(--soft); }
.norms { border-inline-start: .4rem double var(--soft); padding-inline-start: 1rem; }
.rule { margin: .5rem 0; } .rule blockquote, blockquote.small { font-size: 1rem; line-height: 1.55; }
.rule blockquote { border-inline-start-color: var(--soft); }
.plain { margin: 0; padding: 0; list-style: none; } .plain > li + li { margin-top: .4rem; } dd > p:first-child { margin-top: 0; }
.reviews { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .75rem; }
.review { padding: .6rem .8rem; border: 1px solid var(--line); border-top: .2rem solid var(--soft); border-radius: .35rem; overflow-wrap: anywhere; }
.review.dispute { border-top-color: var(--warn); } .review p { margin: .25rem 0; } .review .soft { font-size: .85rem; }
.statements { margin: 1rem 0 0; padding: .75rem 1rem; border: 1px dashed var(--line); border-radius: .35rem; }
.statements .soft { font-size: .9rem; }
a { color: var(--accent); }
.notice { padding: .75rem 1rem; border-inline-start: .25rem solid var(--warn); background: var(--warn-paper); border-radius: .35rem; }
.notice > :first-child { margin-top: 0; } .notice > :last-child { margin-bottom: 0; }
figure { margin: 1rem 0; }
figure img { display: block; max-width: 100%; max-height: 36rem; border: 1px solid var(--line); border-radius: .35rem; }
figure .cover { overflow: hidden; border-radius: .35rem; width: fit-content; max-width: 100%; }
figure input:not(:checked) ~ .cover img { filter: blur(28px); }
figcaption { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; margin-top: .35rem; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; font-size: .9rem; table-layout: fixed; }
caption { text-align: start; font-weight: 600; padding: .3rem 0; }
th, td { text-align: start; vertical-align: top; padding: .4rem .5rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; } tbody th { font-weight: 400; } th:first-child { width: 7rem; }
.hashes th:first-child { width: 45%; } .hashes th:nth-child(2) { width: 8rem; }
article article { background: var(--paper); }
ul { padding-inline-start: 1.25rem; } li { overflow-wrap: anywhere; }
details { margin: .75rem 0; } summary { cursor: pointer; color: var(--accent); }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid var(--line); color: var(--soft); font-size: .9rem; }
@media (max-width: 36rem) { body { padding: 1.25rem .9rem 3rem; } article { padding: .9rem; }
  dl > div { grid-template-columns: 1fr; } dt { font-size: .85rem; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --card: #fff;
  --mark: #e6e6e6; --mark-ink: #000; --accent: #000; --warn: #000; --warn-paper: #fff; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } article, .tag, figure, dl > div, tr, li { break-inside: avoid; } h2, h3, h4, caption { break-after: avoid; }
  thead { display: table-header-group; } p { orphans: 3; widows: 3; }
  article { break-inside: auto; } mark, .tag > h4 { margin-top: 0; }
.tag q { text-decoration: underline; print-color-adjust: exact; }
  details::details-content { content-visibility: visible; block-size: auto; }
  figure > input, figure > span { display: none; } figure input:not(:checked) ~ .cover img { filter: none; } }
`;
