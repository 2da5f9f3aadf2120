/** One page of the documentation, with the way to the others beside it. */
import { html, raw } from 'hono/html';
import type { Document } from './documents.ts';
import { frame, type Html } from './frame.ts';

const folders: readonly [folder: string, title: string][] = [
  ['concepts', 'Concepts'],
  ['guides', 'Guides'],
  ['reference', 'Reference'],
  ['', 'Running it'],
  ['decisions', 'Decisions'],
];

/** @param shown the page itself; the others are linked in its contents */
export function documentPage(shown: Document, all: Iterable<Document>): Html {
  const others = [...all].filter(({ path }) => path !== '').sort((a, b) => (a.path < b.path ? -1 : 1));
  const contents = folders.map(([folder, title]) => {
    const own = others.filter(({ path }) => folderOf(path) === folder);
    return html`<h2>${title}</h2>
      <ul>
        ${folder === 'reference' ? html`<li><a href="/docs/api">The API</a></li>` : ''}
        ${own.map(({ path, title: name }) => contentsLink(path, name, path === shown.path))}
      </ul>`;
  });
  return frame({ title: shown.title, contents, main: html`<article>${raw(shown.html)}</article>` });
}

/** The pages of a folder, for links that name it. Null when there is none. */
export function folderPage(folder: string, all: Iterable<Document>): Html | null {
  const title = folders.find(([name]) => name === folder && name !== '')?.[1];
  if (title === undefined) return null;
  const documents = [...all];
  const items = documents.filter(({ path }) => folderOf(path) === folder).sort((a, b) => (a.path < b.path ? -1 : 1));
  const list = items.map(({ path, title: name }) => `<li><a href="/docs/${path}">${name}</a></li>`).join('');
  return documentPage({ path: folder, title, html: `<h1>${title}</h1><ul>${list}</ul>` }, documents);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function contentsLink(path: string, title: string, current: boolean): Html {
  return html`<li><a href="/docs/${path}" ${current ? raw('aria-current="page"') : ''}>${title}</a></li>`;
}
