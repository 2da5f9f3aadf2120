export const referenceStyles = `
:root { color-scheme: light dark; --line: light-dark(#e3e5e8, #33373d); --soft: light-dark(#5c6470, #a3abb6); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr);
  font: 15px/1.55 "Inter Variable", system-ui, sans-serif;
  background: light-dark(#fff, #16181c); color: light-dark(#1a1d21, #e8eaed); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.25rem; border-right: 1px solid var(--line); }
nav .home { font-weight: 650; color: inherit; text-decoration: none; }
nav h2 { margin: 1.25rem 0 .25rem; font-size: .75rem; color: var(--soft); font-weight: 600; }
nav ul { margin: 0; padding: 0; list-style: none; font-size: .8rem; }
nav li { padding: .1rem 0; }
a { color: light-dark(#1f6f4a, #6fce9f); text-underline-offset: 2px; }
main { padding: 2rem; max-width: 62rem; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; }
section { padding: 1.5rem 0; border-top: 1px solid var(--line); }
h3 { margin: 0 0 .25rem; font-size: 1.05rem; }
h4 { margin: 1rem 0 .25rem; font-size: .85rem; }
p { margin: .25rem 0; }
.address b { font: 600 .75rem ui-monospace, monospace; }
code { font: .82rem ui-monospace, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .82rem; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  font-weight: 400; overflow-wrap: anywhere; }
th { width: 28%; }
small { color: var(--soft); }
body.text { display: block; }
pre { padding: .75rem; overflow: auto; border: 1px solid var(--line); border-radius: .375rem; }
@media (max-width: 48rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1.25rem; }
}
`;
