/** The little of Markdown that our own reference texts use: headings, paragraphs, code. */
import { html, raw } from 'hono/html';

type Html = ReturnType<typeof html>;

export function markdownPage(title: string, markdown: string): Html {
  const [fencedOff, blocks] = takeCode(markdown);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/api.css" />
      </head>
      <body class="text">
        <main>${fencedOff.split(/\n{2,}/).map((block) => blockOf(block.trim(), blocks))}</main>
      </body>
    </html>`;
}

/** Fenced code may hold empty lines: it is put aside and a place kept for it. */
function takeCode(markdown: string): [string, string[]] {
  const blocks: string[] = [];
  const text = markdown.replaceAll(/```\w*\n([\s\S]*?)```/g, (_, code: string) => `\u0001${blocks.push(code) - 1}`);
  return [text, blocks];
}

function blockOf(block: string, code: readonly string[]): Html {
  const [, level, heading] = /^(#{1,3}) (.+)$/.exec(block) ?? [];
  if (level && heading) {
    return level.length === 1 ? html`<h1>${heading}</h1>` : html`<h3 id="${heading}">${heading}</h3>`;
  }
  if (block.startsWith('\u0001')) return html`<pre><code>${code[Number(block.slice(1))]}</code></pre>`;
  return html`<p>${raw(escaped(block).replaceAll(/`([^`]+)`/g, '<code>$1</code>'))}</p>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
