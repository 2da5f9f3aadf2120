/** What the pages of the documentation have in common. No script: they are searched with the browser's own search. */
import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

export interface FrameParts {
  title: string;
  contents: Html | Html[];
  main: Html;
}

export function frame({ title, contents, main }: FrameParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Perennial</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/api.css" />
      </head>
      <body>
        <header>
          <a class="home" href="/docs"><img src="/favicon.svg" alt="" width="20" height="20" /> Perennial documentation</a>
          <span><a href="/docs/api">API</a> <a href="/">To the product</a></span>
        </header>
        <div class="columns">
          <nav aria-label="Contents">
            <details>
              <summary>Contents</summary>
              ${contents}
            </details>
          </nav>
          <main>${main}</main>
        </div>
      </body>
    </html>`;
}
