/** The colours of web/ui/tokens.css, in both themes. */
export const referenceStyles = `
:root { color-scheme: light dark; --page: light-dark(#f8f8f6, #111110); --surface: light-dark(#fff, #181817);
  --sunken: light-dark(#f2f2ef, #0d0d0c); --line: light-dark(#e5e5e0, #2a2a27); --text: light-dark(#1b1b19, #ececea);
  --soft: light-dark(#56564f, #a5a59d); --accent: light-dark(#3d42bd, #a9adf5); --accent-soft: light-dark(#ecedfb, #24263f); }
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; font: 15px/1.6 Inter, ui-sans-serif, system-ui, sans-serif; background: var(--page); color: var(--text); }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
header { position: sticky; top: 0; z-index: 1; display: flex; justify-content: space-between; gap: 1rem; align-items: center;
  height: 3rem; padding: 0 1.25rem; background: var(--surface); border-bottom: 1px solid var(--line); font-size: .85rem; }
header .home { display: flex; gap: .5rem; align-items: center; font-weight: 600; color: inherit; }
header span { display: flex; gap: 1.25rem; white-space: nowrap; }
.columns { display: grid; grid-template-columns: 18rem minmax(0, 1fr); max-width: 96rem; margin: 0 auto; }
nav { position: sticky; top: 3rem; height: calc(100vh - 3rem); overflow: auto; padding: 1rem 1.25rem 3rem; font-size: .82rem; }
nav summary { cursor: pointer; padding: .4rem 0; font-weight: 600; }
@supports selector(::details-content) { @media (min-width: 48.01rem) {
  nav summary { display: none; } nav details::details-content { content-visibility: visible; } } }
nav h2 { margin: 1.25rem 0 .35rem; font-size: .72rem; color: var(--soft); font-weight: 600; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: flex; gap: .5rem; align-items: baseline; padding: .2rem .4rem; margin: 0 -.4rem; border-radius: 4px;
  color: var(--text); overflow-wrap: anywhere; }
nav a:hover { background: var(--sunken); text-decoration: none; }
nav a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 550; }
main { min-width: 0; padding: 2rem 2rem 6rem; border-left: 1px solid var(--line); background: var(--surface); min-height: 100vh; }
article { max-width: 46rem; }
h1 { margin: 0 0 .75rem; font-size: 1.65rem; line-height: 1.25; letter-spacing: -.01em; }
article h2, h2.tag { margin: 2.25rem 0 .5rem; font-size: 1.2rem; }
h2.tag { margin-top: 3.5rem; font-size: 1.35rem; }
article h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
section { padding: 1.5rem 0; border-top: 1px solid var(--line); }
section h3 { margin: 0 0 .25rem; font-size: 1.05rem; }
h4 { margin: 1rem 0 .25rem; font-size: .8rem; color: var(--soft); font-weight: 600; }
p { margin: .5rem 0; }
.address { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
.method { font: 650 .66rem/1 ui-monospace, monospace; min-width: 2.6rem; }
.get { color: light-dark(#0f673d, #6fce9f); } .post { color: light-dark(#3d42bd, #a9adf5); }
.put, .patch { color: light-dark(#7c4f05, #e2b04a); } .delete { color: light-dark(#ae231c, #f08a82); }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); gap: 1rem 2rem; align-items: start; }
code { font: .82rem/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
:not(pre) > code { padding: .05rem .25rem; border-radius: 3px; background: var(--sunken); }
nav code, .address code { background: none; padding: 0; }
pre { margin: .75rem 0; padding: .75rem .9rem; overflow: auto; border: 1px solid var(--line); border-radius: 6px;
  background: var(--sunken); font-size: .82rem; }
pre.example { position: sticky; top: 4rem; margin: 1rem 0 0; max-height: 70vh; white-space: pre-wrap; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .82rem; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  font-weight: 400; }
thead th { font-weight: 600; color: var(--soft); }
section table { table-layout: fixed; }
section th { width: 30%; } section td:nth-child(2) { width: 30%; }
section th, section td { overflow-wrap: anywhere; }
small { color: var(--soft); font-size: .8rem; }
blockquote { margin: .75rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft); }
@media (max-width: 72rem) { .pair { grid-template-columns: minmax(0, 1fr); } pre.example { position: static; } }
@media (max-width: 48rem) {
  .columns { display: block; }
  nav { position: static; height: auto; padding: .5rem 1.25rem; }
  main { padding: 1.25rem; border-left: 0; }
}
`;
