/** The folder docs/ as pages: `/docs` and `/docs/concepts/health`. Only what is in the folder is ever served. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Marked } from 'marked';

export interface Document {
  /** below docs/ without its ending: 'concepts/health'; '' is the first page */
  path: string;
  title: string;
  /** made of our own texts, so it holds no foreign markup */
  html: string;
}

const folder = join(import.meta.dirname, '../../../docs');

/** Pages by path. */
export async function readDocuments(): Promise<Map<string, Document>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md'));
  const documents = await Promise.all(
    names.map(async (name) => toDocument(name.replaceAll('\\', '/'), await readFile(join(folder, name), 'utf8'))),
  );
  return new Map(documents.map((document) => [document.path, document]));
}

function toDocument(name: string, markdown: string): Document {
  const path = name === 'README.md' ? '' : name.slice(0, -'.md'.length);
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? path;
  return { path, title, html: markedFor(name).parse(markdown, { async: false }) };
}

/** Headings get ids to link to; links between files become links between pages. */
function markedFor(name: string): Marked {
  return new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${slugOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      table(token) {
        const cells = (row: typeof token.header, tag: string) =>
          row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('');
        const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
        return `<div class="wide"><table><thead><tr>${cells(token.header, 'th')}</tr></thead><tbody>${rows}</tbody></table></div>\n`;
      },
    },
    walkTokens(token) {
      if (token.type === 'link') token.href = addressOf(token.href as string, name);
    },
  });
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** '../concepts/signals.md#past' in 'guides/import.md' is '/docs/concepts/signals#past'. */
function addressOf(href: string, from: string): string {
  if (/^([a-z]+:|\/|#)/.test(href)) return href;
  const { pathname, hash } = new URL(href, `http://docs/docs/${from}`);
  return `${pathname.replace(/(\/README)?\.md$/, '').replace(/\/$/, '')}${hash}`;
}
